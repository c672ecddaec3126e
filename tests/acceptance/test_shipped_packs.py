"""The packs of the release at work: what a firm owes, and the grade that its facts propose."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from responder.commands.incidents.incident import Declare
from responder.commands.incidents.phase import Reopen, SetPhase
from responder.commands.obligations.due_list import due_list
from responder.commands.obligations.reporting import DoStep
from responder.commands.paging.answering import Acknowledge
from responder.commands.reports.dossier import EnterFact
from responder.commands.reports.grade import ConfirmGrade, grades
from responder.domain.incident import Phase
from responder.domain.register import System
from responder.domain.site import Site
from responder.domain.words import Words
from responder.site.calendars import calendars_wanted, shipped_calendar
from responder.site.packs import shipped_regime
from tests.acceptance.conftest import EVENING
from tests.stage.play import Play, by
from tests.stage.regulated import regulated_firm

HEAD, DUTY = by("head"), by("duty")
CORE = {"core": System("core", Words("集中交易系统", "core trading system"), core=True)}


def firm(*ids: str, core: bool = True, grading: bool = False) -> Site:
    """The firm under packs of the release."""
    packs = [replace(pack, grading=grading) for id in ids if (pack := shipped_regime(id))]
    wanted = {id: shipped_calendar(id) for id in calendars_wanted(packs, ())}
    usual = regulated_firm(*packs, calendars={id: one for id, one in wanted.items() if one})
    systems = {id: replace(one, core=core) for id, one in CORE.items()}
    return replace(usual, systems=usual.systems | systems)


@pytest.fixture
def stage(opened: Callable[..., Any]) -> Callable[[Site], Play]:
    """A play on either database."""
    return lambda site: Play.of(opened(), site, EVENING)


def declared(play: Play) -> str:
    id = play.do(Declare(by=by("clerk"), playbook="outage", title="交易中断")).id
    play.do(Acknowledge(by=DUTY, incident=id))
    return str(id)


def listed(play: Play, incident: str) -> dict[str, tuple[str, float | None]]:
    """What the list says of each: its state, and in how many minutes it is due."""
    found = play.store.read(lambda uow: due_list(uow, play.now, incident))
    return {
        row["id"].partition("/")[2]: (
            row["state"],
            row["in_s"] / 60 if row.get("in_s") is not None else None,
        )
        for row in found
    }


def done(play: Play, incident: str, id: str, *steps: str, **more: Any) -> None:
    for step in steps or ("written",):
        taken_by = "李科长" if step == "phone" else ""
        play.do(
            DoStep(
                by=HEAD,
                incident=incident,
                obligation=id,
                step=step,
                taken_by=taken_by,
                proof="回执",
                **more,
            )
        )


def test_an_outage_of_the_core_system(stage):
    """At once by phone then in writing, each half hour until the end is reported, five workdays."""
    play = stage(firm("cn-securities"))
    incident = declared(play)
    assert listed(play, incident)["first"] == ("due", 0)
    done(play, incident, "first", "phone", "written")
    assert listed(play, incident)["continuing-core#1"] == ("due", 30)
    assert listed(play, incident)["continuing-other#1"][0] == "not_demanded"
    play.wait(timedelta(minutes=20))
    done(play, incident, "continuing-core#1")
    play.do(SetPhase(by=DUTY, incident=incident, phase=Phase.RESTORED, reason="已验证"))
    assert listed(play, incident)["continuing-core#2"] == ("due", 30), "the state ends nothing"
    done(play, incident, "continuing-core#2", states=("restored",))
    play.do(SetPhase(by=DUTY, incident=incident, phase=Phase.STOOD_DOWN))
    after = listed(play, incident)
    assert after["summary"][0] == "due"
    assert "continuing-core#3" not in after
    play.do(Reopen(by=DUTY, incident=incident, reason="又断了"))
    assert listed(play, incident)["continuing-core#3"] == ("due", 0)


def test_an_outage_of_another_system(stage):
    """The register says that it is not core: each hour."""
    play = stage(firm("cn-securities", core=False))
    incident = declared(play)
    done(play, incident, "first", "phone", "written")
    assert listed(play, incident)["continuing-other#1"] == ("due", 60)
    assert listed(play, incident)["continuing-core#1"][0] == "not_demanded"


def test_an_incident_nobody_classified_under_dora(stage):
    """What would be due is shown, the classification is owed in time, then the clock runs."""
    play = stage(firm("eu-dora"))
    incident = declared(play)
    found = listed(play, incident)
    assert found["initial"][0] not in ("due", "done", "not_demanded")
    assert found["classify"][0] == "due"
    play.wait(timedelta(hours=1))
    play.do(ConfirmGrade(by=HEAD, incident=incident, regime="eu-dora", grade="major"))
    assert listed(play, incident)["initial"] == ("due", 240)
    play.wait(timedelta(minutes=30))
    again = ConfirmGrade(by=HEAD, incident=incident, regime="eu-dora", grade="major")
    play.do(replace(again, reason="复核"))
    assert listed(play, incident)["initial"] == ("due", 210), "saying it again wins no time"
    done(play, incident, "initial", "portal")
    assert listed(play, incident)["intermediate"] == ("due", 72 * 60)
    down = ConfirmGrade(by=HEAD, incident=incident, regime="eu-dora", grade="not_major")
    play.do(replace(down, reason="影响有限"))
    after = listed(play, incident)
    assert after["initial"][0] == "done", "history stays"
    assert after["reclassification"] == ("due", 0)


def test_the_facts_propose_a_grade(stage):
    """拟定, with the rule that matched and what could make it graver; a person confirms it."""
    play = stage(firm("cn-securities", grading=True))
    incident = declared(play)
    assert graded(play, incident)["grade"] is None
    play.do(EnterFact(by=HEAD, incident=incident, field="trading_minutes", value="6"))
    found = graded(play, incident)
    assert (found["grade"], found["confirmed"]) == ("larger", False)
    assert "第12条（四）" in found["because"]["zh"]
    assert {"full_outage", "active_customers"} <= {*found["unknown"]}
    play.do(ConfirmGrade(by=HEAD, incident=incident, regime="cn-securities", grade="larger"))
    assert graded(play, incident)["confirmed"]


def graded(play: Play, incident: str) -> dict[str, Any]:
    (found,) = play.store.read(lambda uow: grades(uow, incident))
    return dict(found)


@pytest.mark.parametrize(
    ("at", "duty"),
    [(EVENING, "notice"), (datetime(2027, 3, 18, 9, tzinfo=UTC), "initial")],
    ids=["now", "from 2027"],
)
def test_the_edition_of_the_day_counts(opened, at, duty):
    """The British rule of 2027 for an incident of 2027, the one of today for one of today."""
    site = replace(firm("uk-fca", "uk-fca-2027"), applies=("uk-fca",))
    play = Play.of(opened(), site, at)
    assert {"notice", "initial"} & listed(play, declared(play)).keys() == {duty}
