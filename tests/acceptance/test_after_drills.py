"""What a drill leaves to be done: measures that remind and go up, repeats, the joint report."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from responder.commands.daily import StartRounds
from responder.commands.drills.after_action import after_action
from responder.commands.drills.approving import ApproveDrill
from responder.commands.drills.closing import (
    AnswerPlanChange,
    CloseDrill,
    EvaluateDrill,
    ReportDrill,
)
from responder.commands.drills.conducting import AbortDrill, EndDrill
from responder.commands.drills.partners import RecordPartner
from responder.commands.drills.queries import drills
from responder.commands.drills.records import FileYear
from responder.commands.drills.starting import StartDrill
from responder.commands.firm import RemovePerson
from responder.commands.measures.measure import AddMeasure
from responder.commands.readiness.looking import assessed, situation
from responder.domain.drill import Partner
from responder.domain.measure import Origin
from responder.domain.message import Purpose
from responder.domain.organisation import Body
from responder.domain.record import ENGINE
from responder.domain.site import Site
from responder.domain.words import Words
from responder.readiness.control import Light
from responder.site.calendars import calendars_wanted, shipped_calendar
from responder.site.packs import shipped_regime
from tests.acceptance.conftest import EVENING
from tests.acceptance.test_drills import DRILL, firm, scenario
from tests.stage.play import Play, by
from tests.stage.regulated import BUREAU
from tests.stage.talk import Talk

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def core(joint: bool = True, institution: str = "core") -> Site:
    """The small firm as an institution under CSRC Order 218, with the packs of the release."""
    regime = shipped_regime("cn-order218")
    assert regime is not None
    wanted = {id: shipped_calendar(id) for id in calendars_wanted([regime], ())}
    partners = (Partner("bureau", Words("旁听", "listens in")),) if joint else ()
    site = firm(replace(scenario(), joint=joint, partners=partners))
    return replace(
        site,
        firm=replace(site.firm, institution=institution),
        regimes={regime.id: regime},
        applies=(regime.id,),
        units={"bureau": BUREAU},
        calendars={id: one for id, one in wanted.items() if one},
    )


@pytest.fixture
def stage(opened: Callable[..., Any]) -> Callable[[Site], Play]:
    """A play on either database."""
    return lambda site: Play.of(opened(), site, EVENING)


def hold(play: Play, how: Any = EndDrill, **fields: Any) -> str:
    """A drill of five minutes."""
    play.do(ApproveDrill(by=by("boss"), scenario="s"))
    id = str(play.do(StartDrill(by=by("clerk"), scenario="s")).id)
    play.wait(5 * MINUTE)
    play.do(how(by=by("clerk"), incident=id, **fields))
    return id


def measure(play: Play, drill: str, title: str, **fields: Any) -> str:
    fields = {"owner": "duty", "due_on": date(2026, 12, 4), **fields}
    return str(play.do(AddMeasure(by=by("clerk"), incident=drill, title=title, **fields)).id)


def told(play: Play, word: str) -> set[str]:
    """Who was told something with a word in it since last asked; none of it marked as a drill."""
    found = [m for _, m in play.outgoing if word in m.facts.get("what", "")]
    play.outgoing.clear()
    assert not [one for one in found if one.drill]
    return {one.person for one in found}


def test_an_overdue_finding_reminds_and_goes_up(stage) -> None:
    """The owner a week and a day before, weekly once late; from the second week the lead too."""
    site = firm(scenario())
    play = stage(replace(site, execution_body=Body("head", ("duty", "admin"))))
    id = measure(play, hold(play), "值班表未更新")
    assert play.store.read(lambda uow: uow.measures.get(id)).origin is Origin.DRILL
    play.outgoing.clear()
    at = {
        date(2026, 11, 28): {"duty"},
        date(2026, 12, 4): {"duty"},
        date(2026, 12, 8): {"duty"},
    }
    for day, people in at.items():
        play.wait(days_until(play, day))
        assert told(play, "值班表未更新") == people, day
    play.wait(days_until(play, date(2026, 12, 15)))
    assert told(play, "值班表未更新") == {"duty", "head"}


def days_until(play: Play, day: date) -> timedelta:
    """From now to that evening."""
    return EVENING + (day - EVENING.date()) - play.now


def test_a_finding_that_comes_back_is_flagged(stage) -> None:
    """By its words or its clause, among drills of the same scenario, each with where it was."""
    play = stage(firm(scenario()))
    first = hold(play)
    old = measure(play, first, "值班表未更新", clause="3.2")
    again = hold(play)
    same = measure(play, again, "值班表 未更新！")
    clause = measure(play, again, "联系人缺一名", clause="3.2")
    other = measure(play, again, "会议室电话不通")
    found = play.store.read(lambda uow: after_action(uow, again, play.now))
    assert found.repeats == {same: (old,), clause: (old,)}
    assert other not in found.repeats
    before = play.store.read(lambda uow: after_action(uow, first, play.now))
    assert before.repeats == {}


def listed(play: Play) -> dict[str, Any]:
    found: list[dict[str, Any]] = play.store.read(lambda uow: drills(uow, play.now))
    return found[0]


def light(play: Play) -> tuple[Light, list[str]]:
    """Of 7.1-aa, with what is amiss."""
    found = play.store.read(lambda uow: assessed(situation(uow, play.now)))
    one = next(one for one in found if one.id == "7.1-aa")
    return one.light, [gap.what.zh for gap in one.gaps]


def test_a_joint_drill_is_reported_in_fifteen_working_days(stage) -> None:
    """Held on Monday 23 November 2026: by Monday 14 December; amber, late red, then reported."""
    play = stage(core())
    id = hold(play)
    assert listed(play)["report_due_at"] == "2026-12-14T15:59:59+00:00"
    assert listed(play)["report_duty"] == "cn-order218/drill"
    assert "报告2026-12-14前" in Talk(play).hears("clerk", "演练列表")
    state, gaps = light(play)
    assert state is Light.AMBER
    assert any(id in gap for gap in gaps)
    play.outgoing.clear()
    play.do(StartRounds(by=ENGINE))
    play.wait(14 * DAY)
    assert "clerk" in told(play, "应于2026-12-14前报送")
    play.wait(8 * DAY)
    assert "clerk" in told(play, "已逾期1天")
    assert light(play)[0] is Light.RED
    play.do(RecordPartner(by=by("clerk"), incident=id, unit="bureau"))
    for step in (EvaluateDrill, CloseDrill):
        if step is CloseDrill:
            play.do(AnswerPlanChange(by=by("clerk"), incident=id, change="none"))
        play.do(step(by=by("clerk"), incident=id))
    play.do(ReportDrill(by=by("clerk"), incident=id, to="bureau", receipt="218-1"))
    assert listed(play)["reported_on"]
    assert not [gap for gap in light(play)[1] if "联合演练" in gap]
    play.outgoing.clear()
    play.wait(2 * DAY)
    assert told(play, "联合演练") == set()


def test_the_years_report_does_not_stand_for_it(stage) -> None:
    """Filed with the others, a joint drill's own report is still owed."""
    play = stage(core())
    hold(play)
    play.do(FileYear(by=by("clerk"), year=2026, receipt="2026-1"))
    assert listed(play)["reported_on"] is None


def test_who_began_it_leaves(stage) -> None:
    """Removed while it runs: the other coordinator ends it, and everybody left is asked."""
    site = firm(scenario())
    play = stage(replace(site, grants={**site.grants, "coordinator": ("clerk", "admin")}))
    play.do(ApproveDrill(by=by("boss"), scenario="s"))
    id = play.do(StartDrill(by=by("clerk"), scenario="s")).id
    play.do(RemovePerson(by=by("root"), person="clerk", reason="离职"))
    play.outgoing.clear()
    play.do(EndDrill(by=by("admin"), incident=id))
    play.wait(MINUTE)
    asked = {m.person for _, m in play.outgoing if m.purpose is Purpose.HOT_WASH}
    assert asked == {"duty", "deputy", "head"}


@pytest.mark.parametrize(
    ("site", "how"),
    [
        (core(joint=False), {}),
        (core(institution="operating"), {}),
        (core(), {"how": AbortDrill, "reason": "停电"}),
    ],
    ids=["not joint", "operating", "aborted"],
)
def test_nobody_else_owes_that_report(stage, site: Site, how: dict[str, Any]) -> None:
    """One's own drill, an operating institution's, one that was aborted."""
    play = stage(site)
    assert hold(play, **how) == DRILL
    assert listed(play)["report_due_at"] is None
