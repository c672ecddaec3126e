"""`prove` on the sample and on planted gaps: each is found, and only it, with a mend that holds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import pytest

from responder.domain.people import Way
from responder.domain.playbook import Step
from responder.domain.roster import Roster
from responder.domain.rota import Absence
from responder.domain.site import Site
from responder.readiness.proof.coverage import NO_BACKUP, NO_BACKUP_WAY, NO_ROLE, NO_WAY, NOBODY
from responder.readiness.proof.prove import Proof, prove, succession_breaks
from responder.readiness.proof.question import Question
from responder.readiness.proof.statement import statement
from responder.site.loader import load
from responder.site.sample import sample_folder

START = datetime.fromisoformat("2026-09-28T10:00+08:00")
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture(scope="module")
def sample() -> Site:
    return load(sample_folder()).site


def proof_of(site: Site, *playbooks: str, **asked: Any) -> Proof:
    question = replace(Question(START, 14 * DAY), **asked)
    chosen = [site.playbooks[id] for id in playbooks] or list(site.playbooks.values())
    return prove(Roster(site), chosen, question)


def test_the_sample_holds(sample):
    """For ninety days, with any two people unreachable and any two channels down."""
    found = proof_of(sample, horizon=90 * DAY)
    assert found.holds, (found.breaches[:3], found.uncovered[:3])


def test_of_three_in_the_order_it_says_the_gap_and_the_mend(sample):
    """The first three of the succession: decided a minute late, mended by a shorter hand-down."""
    one, *others = proof_of(sample, "network-failure", people=3).breaches
    assert not others
    assert one.people == ("chen.guo", "liu.min", "zhang.wei")
    assert one.decisions == ("level-two",)
    assert one.reached_after == 16 * MINUTE
    assert one.lasts == 14 * DAY
    assert one.mend
    assert one.mend.where == "contacts/command.yaml"
    assert "5m to 4m" in one.mend.words.en


class Planted(NamedTuple):
    """A gap put into the sample: what breaks then, and what kind of mend is offered."""

    what: str
    change: Callable[[Site], Site]
    people: set[tuple[str, ...]]
    channels: set[tuple[str, ...]]
    mend: str


def outage(site: Site, **changes: Any) -> Site:
    changed = replace(site.playbooks["trading-outage"], **changes)
    return replace(site, playbooks={**site.playbooks, "trading-outage": changed})


def command(site: Site, **changes: Any) -> Site:
    return replace(site, command=replace(site.command, **changes))


def by_voice_alone(site: Site) -> Site:
    people = {
        id: replace(one, reach=(Way("voice", f"+86{number}"),))
        for number, (id, one) in enumerate(site.people.items())
    }
    return replace(site, people=people)


PLANTED = [
    Planted(
        "a long wait before anybody else is paged",
        lambda site: outage(
            site, escalation=(Step(("zhang.wei",), 20 * MINUTE), Step(("li.na",), 3 * MINUTE))
        ),
        {("zhang.wei",)},
        {()},
        "wait",
    ),
    Planted(
        "one person for everything",
        lambda site: outage(site, escalation=(Step(("zhang.wei",), 30 * MINUTE),)),
        {("zhang.wei",)},
        {()},
        "step",
    ),
    Planted(
        "nobody who is paged may command: only if both answer are others paged in time",
        lambda site: outage(site, escalation=(Step(("wei.zhen", "ye.shan"), 30 * MINUTE),)),
        {("wei.zhen",), ("ye.shan",)},
        {()},
        "command",
    ),
    Planted(
        "decisions handed down slowly",
        lambda site: command(site, hand_down_after=10 * MINUTE),
        {("chen.guo", "liu.min")},
        {()},
        "wait",
    ),
    Planted(
        "an order of one",
        lambda site: command(site, succession=("chen.guo",), hand_down_after=20 * MINUTE),
        {("chen.guo",), ("dong.mei", "zhou.jian")},
        {()},
        "wait",
    ),
    Planted("everybody by one channel", by_voice_alone, {()}, {("voice",)}, "way"),
]


@pytest.mark.parametrize("planted", PLANTED, ids=lambda one: one.what)
def test_a_planted_gap_is_found_and_only_it(sample, planted):
    """The smallest set, not those it is part of; nothing else breaks the playbook."""
    found = proof_of(planted.change(sample), "trading-outage", horizon=2 * DAY)
    assert not found.holds
    assert {one.people for one in found.breaches} == planted.people
    assert {one.channels for one in found.breaches} == planted.channels
    for one in found.breaches:
        assert (one.mend.kind if one.mend else "") == planted.mend, one.mend


def test_the_mend_of_one_is_tried_on_the_next(sample):
    """Four duty leads, one mend: the wait of the same step."""
    supplier = proof_of(sample, "supplier-gone", people=3)
    mends = {one.mend.words.en for one in supplier.breaches if one.mend and not one.decisions}
    assert mends == {"shorten the wait of step 1 from 10m to 4m"}


def test_what_is_mended_as_said_holds(sample):
    """The wait is written as the mend says, and the gap is gone."""
    planted = PLANTED[0].change(sample)
    (one,) = proof_of(planted, "trading-outage", horizon=2 * DAY).breaches
    assert one.mend
    assert one.mend.words.en == "shorten the wait of step 1 from 20m to 14m"
    for wait, holds in ((14, True), (15, False)):
        steps = (Step(("zhang.wei",), wait * MINUTE), Step(("li.na",), 3 * MINUTE))
        mended = outage(sample, escalation=steps)
        assert proof_of(mended, "trading-outage", people=1, horizon=2 * DAY).holds is holds


def test_playbooks_of_one_kind_are_proved_once(sample):
    """Both have the gap, each with a mend in its own file; the statement says how many kinds."""
    planted = PLANTED[0].change(sample)
    outage = planted.playbooks["trading-outage"]
    twins = {one: replace(outage, id=one) for one in ("one", "other")}
    site = replace(planted, playbooks=twins)
    found = proof_of(site, horizon=DAY)
    assert [one.playbook for one in found.breaches] == ["one", "other"]
    files = [one.mend.where for one in found.breaches if one.mend]
    assert files == ["playbooks/one.yaml", "playbooks/other.yaml"]
    assert statement(found, Roster(site)).figures["kinds_of_playbook"] == 1


AWAY = "2026-10-03T00:00+08:00", "2026-10-05T12:00+08:00"


def away(site: Site, person: str) -> Site:
    start, end = map(datetime.fromisoformat, AWAY)
    return replace(site, absences=(*site.absences, Absence(person, start, end)))


def role(site: Site, id: str, **changes: Any) -> Site:
    return replace(site, roles={**site.roles, id: replace(site.roles[id], **changes)})


def without_ways(site: Site, person: str) -> Site:
    return replace(site, people={**site.people, person: replace(site.people[person], reach=())})


@pytest.mark.parametrize(
    ("change", "lacks", "mend"),
    [
        (lambda site: away(site, "li.na"), NO_BACKUP, "role"),
        (lambda site: away(site, "zhang.wei"), NO_BACKUP, "role"),
        (lambda site: away(away(site, "zhang.wei"), "li.na"), NOBODY, ""),
        (lambda site: role(site, "it_lead", backup=""), NO_BACKUP, "role"),
        (lambda site: role(site, "it_lead", backup="zhang.wei"), NO_BACKUP, "role"),
        (lambda site: without_ways(site, "li.na"), NO_BACKUP_WAY, "way"),
        (lambda site: without_ways(site, "zhang.wei"), NO_WAY, "way"),
    ],
)
def test_a_role_without_primary_or_backup(sample, change, lacks, mend):
    """Exactly that role, over exactly that stretch, with a mend that closes it."""
    found = proof_of(change(sample), people=0, channels=0).uncovered
    assert {one.role for one in found} == {"it_lead"}
    (one,) = found
    assert one.lacks == lacks
    assert (one.mend.kind if one.mend else "") == mend
    if "away" in change.__code__.co_names and "role" not in change.__code__.co_names:
        assert (one.start, one.end) == tuple(map(datetime.fromisoformat, AWAY))
    else:
        assert one.end - one.start == 14 * DAY


def test_two_away_on_a_rotation_are_mended_by_an_override(sample):
    """Whoever is free of the same rotation, else of the department, from then to then."""
    found = proof_of(away(sample, "lu.ming"), people=0, channels=0).uncovered
    assert {one.role for one in found} == {"network_admin"}
    for one in found:
        assert one.mend
        assert one.mend.kind == "override"
        assert "rotation: network-admin" in one.mend.words.en


def test_a_role_that_does_not_exist(sample):
    """A playbook that names it has nobody for it."""
    planted = outage(sample, escalation=(Step(("role:oracle", "role:duty_lead")),))
    found = proof_of(planted, "trading-outage", people=0, channels=0).uncovered
    assert [(one.role, one.lacks) for one in found] == [("oracle", NO_ROLE)]


def test_the_statement_says_what_was_not_covered(sample):
    """And by how many checks the rest was."""
    proof = proof_of(sample, "trading-outage")
    told = statement(proof, Roster(sample))
    assert told.figures["playbooks"] == 1
    assert told.figures["checks"] == told.figures["by_argument"] + told.figures["by_simulation"]
    assert told.covered
    assert told.assumed
    assert any("quiet hours" in one.en for one in told.not_covered)
    assert all(one.zh and one.en for one in (*told.covered, *told.assumed, *told.not_covered))


def test_a_quick_look_at_the_succession(sample):
    """What readiness asks of 7.1-3b: for one instant, in no time."""
    roster = Roster(sample)
    asked = "level-two", START
    assert succession_breaks(roster, *asked, people=2, within=15 * MINUTE) is None
    broken = succession_breaks(roster, *asked, people=3, within=15 * MINUTE)
    assert broken == ("chen.guo", "liu.min", "zhang.wei")
