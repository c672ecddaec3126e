"""What the records say of the plan beside the file: departures, versions, receipts, sessions."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from responder.domain.drill_record import DrillRecord
from responder.domain.plan_in_force import plan_in_force, unanswered
from responder.domain.plan_life import Departure, PlanReview, PlanVersion, Reading
from responder.domain.training import Session
from responder.domain.words import Words
from responder.readiness.control import CONTROLS, Light, stands
from responder.readiness.controls import every_control
from tests.unit.readiness.removal import with_site
from tests.unit.readiness.removals_plan import untrained, with_plan

AT = datetime(2026, 9, 20, 1, tzinfo=UTC)
TODAY = date(2026, 9, 28)
DAY = timedelta(days=1)


def light(situation, clause):
    """The light of one control."""
    assert every_control()
    return stands(CONTROLS[clause], situation).light


def version(**fields):
    """Version 3.2 as it is kept."""
    return PlanVersion("PLN-2026-0001", "3.2", "hash", AT, "li.na", **fields)


def kept(situation, **fields):
    """The situation with that version on the shelf."""
    return replace(situation, plan_versions=(version(**fields),))


def test_a_departure_is_amber_until_it_is_due(untouched):
    """Section c is marked changed; what is major turns red once the day to file is past."""
    mark = [Departure("c", Words("变", "change"), True)]
    soon = kept(untouched, departures=mark, refile_by=TODAY + DAY)
    assert light(soon, "7.1-P.c") is Light.AMBER
    assert light(soon, "7.1-R.f") is Light.AMBER
    late = kept(untouched, departures=mark, refile_by=TODAY - DAY)
    assert light(late, "7.1-R.f") is Light.RED
    slip = kept(untouched, departures=[Departure("h", Words("字", "a word"))])
    assert light(slip, "7.1-P.c") is Light.GREEN
    assert light(slip, "7.1-R.f") is Light.GREEN


def test_a_review_that_asks_for_a_version_waits_for_it(untouched):
    """Amber while there is time, red after."""
    review = [PlanReview(TODAY, "li.na", "须修订", revises=True)]
    assert light(kept(untouched, reviews=review, revise_by=TODAY), "7.1-R.c") is Light.AMBER
    assert light(kept(untouched, reviews=review, revise_by=TODAY - DAY), "7.1-R.c") is Light.RED


def test_the_review_is_due_soon_before_it_is_overdue(untouched):
    """Thirty days before, amber."""
    ago = timedelta(days=340)
    assert light(with_plan(untouched, reviewed_on=TODAY - ago), "7.1-R.c") is Light.AMBER


def test_a_new_version_is_not_filed_yet(untouched):
    """未报备: amber while the thirty days run, and owed by the rule on filing again."""
    new = with_plan(untouched, published_on=TODAY - DAY)
    fresh = kept(new, major=True, refile_by=TODAY + 29 * DAY, published_on=TODAY - DAY)
    assert light(fresh, "7.1-R.e") is Light.AMBER
    assert light(fresh, "7.1-R.f") is Light.AMBER
    minor = kept(new, published_on=TODAY - DAY)
    assert light(minor, "7.1-R.f") is Light.GREEN, "a minor change is not filed again"


def test_receipts_here_count_as_those_of_before(untouched):
    """A reader of the shelf is a reader; within fourteen days nobody is late."""
    bare = with_site(untouched, plan_read=())
    assert light(bare, "7.1-l") is Light.RED
    assert light(with_plan(bare, published_on=TODAY - 13 * DAY), "7.1-l") is Light.AMBER
    people = {one.person for one in untouched.site.plan_read}
    read = tuple(Reading(p, "3.2", AT, right=4, questions=5, quiz_at=AT) for p in people)
    assert light(replace(bare, readings=read), "7.1-l") is Light.GREEN
    failed = (replace(read[0], right=3), *read[1:])
    assert light(replace(bare, readings=failed), "7.1-l") is Light.RED
    old = tuple(replace(one, version="3.1") for one in read)
    assert light(replace(bare, readings=old), "7.1-l") is Light.RED, (
        "another version does not count"
    )


def test_a_new_holder_has_fourteen_days(untouched):
    """From the day they were asked; and whoever was removed is asked no more."""
    kept = tuple(one for one in untouched.site.plan_read if one.person != "du.peng")
    bare = with_site(untouched, plan_read=kept)
    asked = Reading("du.peng", "3.2", asked_at=AT)
    assert light(replace(bare, readings=(asked,)), "7.1-l") is Light.AMBER
    long_ago = replace(asked, asked_at=AT - 20 * DAY)
    assert light(replace(bare, readings=(long_ago,)), "7.1-l") is Light.RED
    assert light(replace(bare, gone=frozenset({"du.peng"})), "7.1-l") is Light.GREEN


def test_a_session_held_here_counts(untouched):
    """Training of the shelf makes good what the file lacks."""
    without = untrained("ma.hui")(untouched)
    assert light(without, "7.1-ab") is Light.RED
    held = Session("TRN-2026-0001", "autumn-2026", AT, "li.na", ("plan",), ["ma.hui"])
    assert light(replace(without, sessions=(held,)), "7.1-ab") is Light.GREEN


@pytest.mark.parametrize(
    ("answer", "is_open"),
    [
        ("none", False),
        ("无", False),
        ("", False),
        ("3.2", False),
        ("3.1", False),
        ("3.10", True),
        ("补充递补电话", True),
    ],
)
def test_what_a_drill_asks_of_the_plan(untouched, answer, is_open):
    """None, a version that took it up, or a change that waits for its version."""
    drill = DrillRecord("DRL-X", on=TODAY, plan_changes=answer)
    site = replace(untouched.site, drills_held=(drill,))
    assert bool(unanswered(site, ())) is is_open
    assert unanswered(site, (version(references=["DRL-X"]),)) == []


def test_without_a_plan_nothing_is_in_force(untouched):
    """And every control of it says so in red."""
    none = with_site(untouched, plan=None)
    assert plan_in_force(none.site, ()) is None
    for clause in ("7.1-P.a", "7.1-R.c", "7.1-R.e", "7.1-R.f", "7.1-l"):
        assert light(none, clause) is Light.RED
