"""A report, an interval: what the engine's own record says of them decides how well it was done."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from responder.commands.briefings.briefing import Brief
from responder.commands.drills.entering import EnterAction
from responder.commands.drills.queries import drill_shown
from responder.commands.incidents.task import DoTask
from responder.commands.obligations.reporting import DoStep
from responder.commands.paging.answering import Acknowledge
from responder.commands.reports.dossier import EnterFact
from responder.commands.reports.report import DraftReport
from responder.commands.reports.sign_off import ReviewReport, SignReport
from responder.commands.reports.submission import PhoneReport, SubmitReport
from responder.domain.briefing import Audience
from responder.domain.drill import DrillScenario, Expected, Row
from responder.domain.words import Words
from tests.acceptance.conftest import EVENING
from tests.acceptance.test_drills import DRILL, people_rung, start
from tests.acceptance.test_reports_to_regulators import TOLD
from tests.stage.play import Play, by
from tests.stage.regimes import reporting_firm
from tests.unit.drills.test_flaws import SAID, TAKE, sound

MINUTE = timedelta(minutes=1)
HALF_HOUR = timedelta(minutes=30)
BRANCHES = Audience("branches", Words("网点", "Branches"), ("duty",), every={2: HALF_HOUR})
EXPECTED = (
    replace(TAKE, by=()),
    Expected("report", "report", of="cn/first", within=90 * MINUTE, objective="o"),
    Expected("kept", "interval", of="branches", within=60 * MINUTE, objective="o"),
)


def scenario() -> DrillScenario:
    row = Row("a", to=("role:duty_lead",), by=("slack",), text=SAID, expects=EXPECTED)
    people = ("role:duty_lead", "role:it_lead", "liaison")
    return replace(
        sound(), lasts=timedelta(hours=2), recipients=people, rows={"a": row}, systems=("core",)
    )


@pytest.fixture
def held(store) -> Iterator[Play]:
    """A drill in the firm that reports, in hand, with everything told but the cause."""
    site = reporting_firm()
    grants = site.grants | {"coordinator": ("clerk",)}
    audiences = {"branches": BRANCHES}
    one = scenario()
    site = replace(
        site, grants=grants, applies=("cn",), audiences=audiences, scenarios={one.id: one}
    )
    play = Play.of(store, site, EVENING)
    start(play)
    play.now += MINUTE
    play.do(Acknowledge(by=by("duty"), incident=DRILL))
    play.do(DoTask(by=by("duty"), incident=DRILL, task="safety"))
    for field, value in (TOLD | {"loss": "0"}).items():
        play.do(EnterFact(by=by("liaison"), incident=DRILL, field=field, value=value))
    yield play
    people_rung(play)
    play.over()


def submitted(play: Play) -> None:
    """Drafted, phoned, signed by another, submitted with a receipt."""
    ref = str(play.do(DraftReport(by=by("liaison"), incident=DRILL, duty="cn/first")).id)
    play.do(PhoneReport(by=by("liaison"), report=ref, taken_by="王处"))
    play.do(ReviewReport(by=by("liaison"), report=ref))
    play.do(SignReport(by=by("clerk"), report=ref))
    play.do(SubmitReport(by=by("liaison"), report=ref, receipt="演练回执1"))


def came(play: Play, id: str) -> dict[str, Any]:
    found = play.store.read(lambda uow: drill_shown(uow, DRILL, play.now))
    return next(one for one in found["expected"] if one["id"] == id)


def cause(play: Play) -> None:
    told: dict[str, Any] = {"field": "cause", "value": "网关单线程排队", "estimate": True}
    play.do(EnterFact(by=by("liaison"), incident=DRILL, **told))


def test_a_complete_report_in_time_is_done(held: Play) -> None:
    """An estimate is an answer."""
    cause(held)
    submitted(held)
    found = came(held, "report")
    assert (found["result"], found["lacking"], found["remarks"]) == ("done", [], [])
    assert found["who"] == "liaison"


def test_what_it_left_open_is_named(held: Play) -> None:
    """Its entry names it in both languages, and so does the result."""
    submitted(held)
    (entry,) = [e for e in held.timeline(DRILL) if e.kind == "ObligationDischarged"]
    lacking = [{"id": "cause_estimate", "zh": "原因初步判断", "en": "cause_estimate"}]
    assert (entry.payload or {})["lacking"] == lacking
    held.wait(90 * MINUTE)
    found = came(held, "report")
    assert (found["result"], found["entry"]) == ("partial", entry.seq)
    assert found["remarks"] == [{"zh": "要件不全：原因初步判断", "en": "left open: cause_estimate"}]


def test_after_its_rules_limit_it_is_late_whatever_the_drill_allows(held: Play) -> None:
    """The rule gives an hour, the scenario one and a half."""
    cause(held)
    held.wait(timedelta(minutes=59, seconds=30))
    submitted(held)
    held.wait(HALF_HOUR)
    found = came(held, "report")
    assert (found["result"], found["late_s"]) == ("late", 30)
    assert found["remarks"][0]["zh"] == "超过规定时限30秒"


def test_a_report_made_outside_shows_nothing_of_what_it_said(held: Play) -> None:
    """In part, until an evaluator who saw the paper vouches for it by name."""
    done: dict[str, Any] = {
        "incident": DRILL,
        "obligation": "first",
        "taken_by": "王处",
        "proof": "传真回执",
    }
    for step in ("phone", "written"):
        held.do(DoStep(by=by("liaison"), step=step, **done))
    at = held.now
    held.wait(90 * MINUTE)
    assert came(held, "report")["result"] == "partial"
    assert "系统内没有稿件" in came(held, "report")["remarks"][0]["zh"]
    vouched = EnterAction(
        by=by("clerk"),
        incident=DRILL,
        expected="report",
        person="liaison",
        at=at,
        reason="传真件核对，十五项齐全",
    )
    held.do(vouched)
    assert came(held, "report")["result"] == "done"


def brief(play: Play) -> None:
    play.do(Brief(by=by("duty"), incident=DRILL, audience="branches", text="仍在处置"))


def test_an_interval_is_kept_or_broken_by_its_own_clock(held: Play) -> None:
    """Told a quarter of an hour after activation, then every half-hour: known at its end."""
    brief(held)
    held.wait(29 * MINUTE)
    brief(held)
    held.wait(29 * MINUTE)
    assert came(held, "kept")["result"] is None
    brief(held)
    held.wait(2 * MINUTE)
    found = came(held, "kept")
    assert (found["result"], found["missed"]) == ("done", [])


def test_a_gap_is_told_with_its_time(held: Play) -> None:
    """Due at 20:30, told at 20:36: kept in part, and the report says when nobody heard."""
    held.wait(20 * MINUTE)
    brief(held)
    held.wait(25 * MINUTE)
    brief(held)
    held.wait(20 * MINUTE)
    found = came(held, "kept")
    assert found["result"] == "partial"
    assert found["remarks"][0] == {"zh": "20:30到点未报", "en": "nobody was told by 20:30"}


def test_never_told_is_not_done(held: Play) -> None:
    held.wait(61 * MINUTE)
    found = came(held, "kept")
    assert (found["result"], len(found["missed"])) == ("not_done", 2)
    kinds = {e.seq: e.kind for e in held.timeline(DRILL)}
    assert kinds[found["entry"]] == "BriefingMissed"
