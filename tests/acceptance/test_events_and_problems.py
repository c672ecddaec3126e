"""Events and problems (5.8): all logged, ranked, urged, closed; repeated and major ones solved."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from responder.commands.case import Case
from responder.commands.firm import AcceptSite
from responder.commands.incidents.card import card_of
from responder.commands.incidents.incident import Declare
from responder.commands.incidents.leading import SetLevel
from responder.commands.incidents.phase import Reopen, SetPhase
from responder.commands.incidents.task import DoTask
from responder.commands.measures.measure import AddMeasure, MeasureDone, VerifyMeasure
from responder.commands.paging.answering import Acknowledge
from responder.commands.problems.event_analysis import event_analysis
from responder.commands.problems.events import (
    AssignEvent,
    CloseEvent,
    LogEvent,
    NoteEvent,
    events_logged,
    find_event,
)
from responder.commands.problems.gathered import Gathered, ImportProblems
from responder.commands.problems.library import (
    AnalyseProblem,
    DismissProblem,
    EndProblem,
    EscalateProblem,
    HandleProblem,
    ProposeProblem,
    SolveProblem,
    SubmitProblem,
    VerifyProblem,
    find_problem,
)
from responder.commands.problems.looking import by_source, problem_in_full, problems
from responder.commands.problems.review import SignEvents, draft_review, reviews
from responder.commands.problems.urging import list_overdue_events
from responder.commands.warnings.monitoring import ReceiveAlerts
from responder.commands.warnings.moving import ConvertWarning, MoveWarning
from responder.commands.warnings.warning import RaiseWarning
from responder.domain.incident import Phase
from responder.domain.logged_event import LoggedEvent
from responder.domain.measure import Origin
from responder.domain.monitoring import AlertRule, Signal
from responder.domain.organisation import Role
from responder.domain.problem import SOURCES, Problem, Stage
from responder.domain.record import By
from responder.domain.warning import Stage as WarningStage
from responder.domain.words import Words
from responder.errors import BadInput, IllegalChange, NotAllowed, UnknownId
from tests.stage.firm import person, small_firm
from tests.stage.play import Play, by
from tests.stage.talk import Talk

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""10:00 in Shanghai."""
MONITORING = By("", "alerts", "alertmanager")


def firm() -> Any:
    """The small firm with an event manager, an auditor and monitoring."""
    site = small_firm()
    people = {**site.people, **{id: person(id, "slack") for id in ("evan", "audit")}}
    manager = Role("event_manager", Words("事件管理岗", "Event manager"), primary="evan")
    return replace(
        site,
        people=people,
        roles={**site.roles, "event_manager": manager},
        grants={**site.grants, "auditor": ("audit",)},
        alerts=(AlertRule({"job": "trade*"}, "core", "outage", 3), AlertRule(playbook="leak")),
    )


@pytest.fixture
def play(opened: Any) -> Iterator[Play]:
    """On either database; at the end no message may be left unexpected."""
    play = Play.of(opened(), firm(), START)
    yield play
    play.over()


def log(play: Play, title: str = "行情延迟", **more: Any) -> str:
    usual: dict[str, Any] = {"impact": 2, "scope": 2, "system": "core"}
    found: str = play.do(LogEvent(by=by("admin"), title=title, **usual | more)).id
    return found


def event(play: Play, id: str) -> LoggedEvent:
    return play.store.read(lambda uow: find_event(uow, id))


def problem(play: Play, id: str) -> Problem:
    return play.store.read(lambda uow: find_problem(uow, id))


def logged(play: Play, **wanted: Any) -> list[dict[str, Any]]:
    return play.store.read(lambda uow: events_logged(uow, play.now, **wanted))


def library(play: Play, **wanted: Any) -> list[dict[str, Any]]:
    return play.store.read(lambda uow: problems(uow, play.now, **wanted))


def declare(play: Play, playbook: str = "outage", **more: Any) -> str:
    """An incident taken in hand; what was sent for it is forgotten."""
    id: str = play.do(Declare(by=by("clerk"), playbook=playbook, title="中断", **more)).id
    play.do(Acknowledge(by=by("duty" if playbook == "outage" else "head"), incident=id))
    play.outgoing = [one for one in play.outgoing if one[1].person == "evan"]
    return id


def stand_down(play: Play, id: str) -> None:
    if play.incident(id).playbook == "outage":
        play.do(DoTask(by=by("head"), incident=id, task="verify", sure=True))
    for phase in (Phase.RESTORED, Phase.STOOD_DOWN):
        play.do(SetPhase(by=by("duty"), incident=id, phase=phase, reason="已恢复"))
    play.outgoing = [one for one in play.outgoing if one[1].person == "evan"]


# The log


def test_an_event_is_logged_in_a_line(play):
    """From a chat, with its priority by the matrix and until when something has to be done."""
    said = Talk(play).hears("clerk", "记事件 “行情延迟” 系统=core 影响=1 范围=2")
    assert said == "EVT-2026-0001 已登记，优先级2，12:00前须有进展。"
    one = event(play, "EVT-2026-0001")
    assert (one.title, one.system, one.priority, one.source) == ("行情延迟", "core", 2, "person")
    english = Talk(play)
    english.hears("duty", "lang en")
    assert "priority 4" in english.hears("duty", 'event log "printer" impact=3 scope=3')


@pytest.mark.parametrize(
    "wrong",
    [{"impact": 0}, {"scope": 4}, {"system": "cor"}, {"title": " "}, {"owner": "nobody"}],
)
def test_what_cannot_be_logged_is_refused(play, wrong):
    """With the mend; nothing is in the log then."""
    with pytest.raises((BadInput, UnknownId)):
        log(play, **{"title": "x", **wrong})
    assert logged(play, everything=True) == []


def test_whoever_it_is_assigned_to_hears_of_it(play):
    """Assigned, noted, closed with an outcome; each is on its record."""
    id = log(play)
    play.do(AssignEvent(by=by("duty"), event=id, to="head"))
    assert play.tells() == ["head slack told", "head sms told"]
    play.do(NoteEvent(by=by("head"), event=id, text="已换线路"))
    with pytest.raises(NotAllowed):
        play.do(NoteEvent(by=by("clerk"), event=id, text="我也看看"))
    play.do(CloseEvent(by=by("head"), event=id, outcome="恢复正常"))
    assert play.kinds(id) == ["EventLogged", "EventAssigned", "EventNoted", "EventClosed"]
    with pytest.raises(BadInput, match="is closed"):
        play.do(CloseEvent(by=by("head"), event=id, outcome="再关"))
    play.wait(DAY)
    assert play.tells() == []


def test_an_idle_event_is_urged(play):
    """Its owner after its priority's span, the duty lead with them after a second one."""
    id = log(play, impact=1, scope=2, owner="head")
    assert play.tells() == ["head slack told", "head sms told"]
    play.wait(2 * HOUR - MINUTE)
    assert play.tells() == []
    assert logged(play, overdue=True) == []
    play.wait(MINUTE)
    assert play.tells() == ["head slack told", "head sms told"]
    assert [one["id"] for one in logged(play, overdue=True)] == [id]
    play.wait(2 * HOUR)
    both = ["head slack told", "head sms told", "duty slack told", "duty sms told"]
    assert play.tells() == both
    play.do(NoteEvent(by=by("head"), event=id, text="正在处理"))
    play.wait(2 * HOUR - MINUTE)
    assert play.tells() == []
    assert logged(play, overdue=True) == []
    play.wait(MINUTE)
    assert play.tells() == ["head slack told", "head sms told"], "the owner alone again"


def test_nobody_owns_it_so_the_duty_lead_is_urged(play):
    """At the first span already."""
    log(play, impact=1, scope=2)
    play.wait(2 * HOUR)
    assert play.tells() == ["duty slack told", "duty sms told"]


def test_the_morning_list(play):
    """What lies idle goes to the duty lead and the event manager, the gravest first."""
    log(play, title="打印机", impact=3, scope=3)
    log(play, title="行情", impact=1, scope=2)
    play.store.run(lambda uow: list_overdue_events(uow, play.now))
    play.now += 25 * HOUR
    play.store.run(lambda uow: list_overdue_events(uow, play.now))
    play._send()
    told = [(m.person, m.facts["what"], m.facts["work"]) for _, m in play.outgoing]
    assert {person for person, *_ in told} == {"duty", "evan"}
    assert "2起，首起EVT-2026-0002 行情" in told[0][1]
    assert told[0][2].splitlines() == ["· EVT-2026-0002 行情", "· EVT-2026-0001 打印机"]
    play.outgoing.clear()


# Every incident, warning and alert is one event


def test_an_alert_a_warning_an_incident_are_one_event(play):
    """Heard of again it is counted, not logged anew; it becomes the incident, and ends with it."""
    signal = Signal("a", True, "撮合延迟", {"job": "trade"}, "2026-11-23T01:00:00Z")
    [warning] = play.do(ReceiveAlerts(by=MONITORING, signals=(signal,))).facts["raised"]
    [one] = logged(play)
    assert (one["source"], one["became"], one["heard"]) == ("monitoring", warning, 0)
    play.do(ReceiveAlerts(by=MONITORING, signals=(signal,)))
    again = replace(signal, fingerprint="b", title="撮合失败")
    play.do(ReceiveAlerts(by=MONITORING, signals=(again,)))
    play.do(RaiseWarning(by=by("clerk"), title="我也看到", playbook="outage", system="core"))
    id = play.do(ConvertWarning(by=by("duty"), warning=warning)).id
    play.do(Declare(by=by("clerk"), playbook="outage", title="也报"))
    [one] = logged(play, everything=True)
    assert (one["became"], one["heard"], one["open"]) == (id, 4, True)
    assert play.incident(id).event == one["id"] == play.warning(warning).event
    with pytest.raises(BadInput, match="ends with it"):
        play.do(CloseEvent(by=by("duty"), event=one["id"], outcome="关"))
    play.wait(HOUR)
    play.outgoing.clear()
    play.do(Acknowledge(by=by("duty"), incident=id))
    stand_down(play, id)
    assert (event(play, one["id"]).is_open, event(play, one["id"]).outcome) == (False, "已结束应急")
    play.do(Reopen(by=by("duty"), incident=id, reason="复发"))
    assert event(play, one["id"]).is_open
    play.outgoing.clear()


def test_a_logged_event_becomes_the_incident_declared_from_it(play):
    """It is ranked anew by the response level where that is graver, and never urged again."""
    id = log(play, impact=3, scope=3)
    incident = declare(play, came_from=id)
    one = event(play, id)
    assert (one.became, one.symptom, one.priority) == (incident, "outage", 2)
    assert len(logged(play, everything=True)) == 1
    play.do(SetLevel(by=by("duty"), incident=incident, level=1, reason="扩大"))
    assert event(play, id).priority == 1
    with pytest.raises(UnknownId):
        play.do(Declare(by=by("clerk"), playbook="leak", title="x", came_from="EVT-1"))
    with pytest.raises(BadInput, match=f"has become {incident}"):
        play.do(Declare(by=by("clerk"), playbook="leak", title="x", came_from=id))
    play.outgoing.clear()


def test_what_proves_to_be_a_running_incident_ends_in_it(play):
    """A report that joins an incident brings its own event to it."""
    incident = declare(play)
    id = log(play, title="报盘无回报")
    play.do(Declare(by=by("clerk"), playbook="outage", title="同一件", came_from=id))
    assert (event(play, id).became, event(play, id).is_open) == (incident, False)
    assert event(play, play.incident(incident).event).heard == 2
    play.outgoing.clear()


def test_a_lifted_warning_ends_its_event(play):
    """And so does a dismissed one."""
    id = play.do(RaiseWarning(by=by("duty"), title="异响", playbook="outage", system="core")).id
    for stage in (WarningStage.VERIFIED, WarningStage.LIFTED):
        play.do(MoveWarning(by=by("duty"), warning=id, stage=stage, reason="已排除"))
    [one] = logged(play, everything=True)
    assert (one["open"], one["outcome"]) == (False, "已解除")
    play.outgoing.clear()


def test_a_drill_is_no_event(play):
    """Neither in the log nor in the library."""
    declare(play, drill=True)
    declare(play, drill=True, separate="另一次")
    assert logged(play, everything=True) == []
    assert library(play, everything=True) == []
    play.outgoing.clear()


# Problems


def twice(play: Play) -> str:
    """Two alike events; the problem they propose."""
    log(play, title="行情延迟 09:31")
    play.now += 30 * DAY
    log(play, title="行情延迟 10:02")
    play.outgoing = [one for one in play.outgoing if one[1].person == "evan"]
    [one] = library(play)
    return str(one["id"])


def test_two_alike_events_propose_a_problem(play):
    """Within ninety days; a third joins it; dismissed with a reason, the count begins anew."""
    id = twice(play)
    assert play.tells() == ["evan slack told"]
    assert problem(play, id).events == ["EVT-2026-0001", "EVT-2026-0002"]
    assert problem(play, id).source == "event"
    third = log(play, title="行情延迟 11:15")
    assert problem(play, id).events[-1] == third
    assert len(library(play)) == 1
    with pytest.raises(BadInput):
        play.do(DismissProblem(by=by("evan"), problem=id, reason=" "))
    play.do(DismissProblem(by=by("evan"), problem=id, reason="供应商已公告"))
    play.now += MINUTE
    log(play, title="行情延迟 13:00")
    assert library(play) == [], "one since it was looked into"
    log(play, title="行情延迟 14:00")
    assert [one["stage"] for one in library(play)] == ["proposed"]
    play.outgoing.clear()


@pytest.mark.parametrize(
    ("second", "later"),
    [
        ({"title": "行情中断"}, DAY),
        ({"system": "crm"}, DAY),
        ({}, 91 * DAY),
    ],
)
def test_what_is_not_alike_proposes_nothing(play, second, later):
    """Another symptom, another system, too long ago."""
    log(play, title="行情延迟")
    play.now += later
    log(play, **{"title": "行情延迟", **second})
    assert library(play, everything=True) == []


def test_a_major_event_proposes_a_problem_alone(play):
    """Whatever has the highest priority, the first time already."""
    log(play, impact=1, scope=1)
    assert play.tells() == ["evan slack told"]
    assert len(library(play)) == 1


def test_two_like_incidents_propose_one(play):
    """The same system and kind of fault, whoever declared them."""
    stand_down(play, declare(play))
    play.now += DAY
    declare(play)
    assert play.tells() == ["evan slack told"]
    [one] = library(play)
    assert (one["system"], one["symptom"]) == ("core", "outage")


def solved(play: Play, id: str) -> None:
    """All the way to the fix verified by a second person."""
    play.do(SubmitProblem(by=by("evan"), problem=id, owner="admin"))
    play.do(AnalyseProblem(by=by("admin"), problem=id, cause="网关内存泄漏"))
    play.do(HandleProblem(by=by("admin"), problem=id, fix="升级网关", change="CHG-88"))
    play.do(VerifyProblem(by=by("audit"), problem=id, verification="压测四小时通过"))
    play.do(SolveProblem(by=by("admin"), problem=id))


def test_every_stage_has_its_instant(play):
    """From the proposal to the lesson; escalated on the way, told to the lead."""
    id = twice(play)
    play.do(SubmitProblem(by=by("evan"), problem=id, owner="admin"))
    play.now += HOUR
    play.do(EscalateProblem(by=by("admin"), problem=id, reason="需厂商"))
    play.now += HOUR
    play.do(AnalyseProblem(by=by("admin"), problem=id, cause="网关内存泄漏"))
    play.now += HOUR
    play.do(HandleProblem(by=by("admin"), problem=id, fix="升级网关", change="CHG-88"))
    play.do(VerifyProblem(by=by("audit"), problem=id, verification="压测通过"))
    play.do(SolveProblem(by=by("admin"), problem=id))
    play.do(EndProblem(by=by("admin"), problem=id, lesson="变更前须压测"))
    stages = play.store.read(lambda uow: problem_in_full(uow, id, play.now))["stages"]
    wanted = "proposed submitted escalated analysed handled solved ended"
    assert [one["stage"] for one in stages] == wanted.split()
    assert len({one["at"] for one in stages}) >= 4
    assert play.kinds(id).count("ProblemMoved") == 6
    play.outgoing.clear()


def test_an_illegal_stage_is_refused_with_the_legal_ones(play):
    """Nothing is skipped, and what has ended stays so."""
    id = twice(play)
    with pytest.raises(IllegalChange, match="submitted, dismissed"):
        play.do(SolveProblem(by=by("evan"), problem=id))
    with pytest.raises(IllegalChange):
        play.do(EndProblem(by=by("evan"), problem=id, lesson="x", change="y"))
    solved(play, id)
    with pytest.raises(IllegalChange, match="ended, handled"):
        play.do(DismissProblem(by=by("evan"), problem=id, reason="不做了"))
    play.do(EndProblem(by=by("admin"), problem=id, lesson="变更前须压测"))
    with pytest.raises(IllegalChange, match="—"):
        play.do(AnalyseProblem(by=by("admin"), problem=id, cause="又"))
    play.outgoing.clear()


def test_nothing_is_solved_without_cause_fix_and_verification(play):
    """By a second person; a new fix has to be verified anew; open measures wait."""
    id = twice(play)
    play.do(SubmitProblem(by=by("evan"), problem=id, owner="head"))
    play.do(AnalyseProblem(by=by("head"), problem=id, cause="网关内存泄漏"))
    with pytest.raises(BadInput, match="no fix to verify"):
        play.do(VerifyProblem(by=by("audit"), problem=id, verification="好"))
    play.do(HandleProblem(by=by("head"), problem=id, fix="升级网关"))
    with pytest.raises(BadInput, match="lacks its verification"):
        play.do(SolveProblem(by=by("head"), problem=id))
    with pytest.raises(BadInput, match="owner cannot verify"):
        play.do(VerifyProblem(by=by("head"), problem=id, verification="好"))
    play.do(VerifyProblem(by=by("audit"), problem=id, verification="压测通过"))
    measure = play.do(
        AddMeasure(
            by=by("head"), incident=id, title="换网关", owner="admin", due_on=date(2027, 1, 20)
        )
    ).id
    with pytest.raises(BadInput, match=f"{measure} are not verified"):
        play.do(SolveProblem(by=by("head"), problem=id))
    play.do(MeasureDone(by=by("admin"), measure=measure, proof="CHG-88"))
    play.do(VerifyMeasure(by=by("audit"), measure=measure))
    play.do(SolveProblem(by=by("head"), problem=id))
    with pytest.raises(BadInput, match="names no change"):
        play.do(EndProblem(by=by("head"), problem=id, lesson="压测"))
    play.do(HandleProblem(by=by("head"), problem=id, fix="再升级", change="CHG-90"))
    with pytest.raises(BadInput, match="lacks its verification"):
        play.do(SolveProblem(by=by("head"), problem=id))
    assert play.store.read(lambda uow: uow.measures.get(measure)).origin is Origin.PROBLEM
    play.outgoing.clear()


def test_the_lesson_shows_when_it_happens_again(play):
    """In the answer to declaring, on the record, on the room's card, and to who logs the like."""
    stand_down(play, declare(play))
    play.now += DAY
    stand_down(play, declare(play))
    [one] = library(play)
    id = one["id"]
    solved(play, id)
    play.do(EndProblem(by=by("admin"), problem=id, lesson="先切备用报盘，再查内存"))
    play.outgoing.clear()
    play.now += DAY
    reply = play.do(Declare(by=by("clerk"), playbook="outage", title="又中断"))
    assert f"曾经发生：{id}（已结束）先切备用报盘，再查内存。" in reply.said.zh
    assert f"Seen before: {id} (ended) 先切备用报盘，再查内存." in reply.said.en
    assert "SeenBefore" in play.kinds(reply.id)
    card = play.store.read(lambda uow: card_of(Case.load(uow, reply.id, play.now)))
    assert card["lessons"] == f"{id} 先切备用报盘，再查内存"
    said = Talk(play).hears("clerk", "记事件 “报盘慢” 系统=core 影响=2 范围=2 现象=outage")
    assert "先切备用报盘" in said
    assert "曾经发生" not in Talk(play).hears("clerk", "记事件 “报盘慢” 系统=crm 影响=2 范围=2")
    assert [o["id"] for o in library(play, search="备用报盘")] == [id]
    assert "先切备用报盘" in Talk(play).hears("duty", "问题库 备用报盘")
    play.outgoing.clear()


def test_problems_come_from_every_source(play):
    """All seven, alone or from a table; a bad row lets nothing in, and none comes twice."""
    rows = tuple(
        Gathered(n, f"问题{n}", source, "core", reference=f"R-{n}")
        for n, source in enumerate(SOURCES, 2)
    )
    bad = Gathered(9, "坏行", "inspection", "cor")
    with pytest.raises(BadInput, match="Row 9: There is no system"):
        play.do(ImportProblems(by=by("evan"), rows=(*rows, bad)))
    assert library(play) == []
    assert len(play.do(ImportProblems(by=by("evan"), rows=rows)).facts["problems"]) == len(SOURCES)
    again = play.do(ImportProblems(by=by("evan"), rows=rows))
    assert again.facts == {"problems": [], "passed_over": len(SOURCES)}
    play.do(ProposeProblem(by=by("clerk"), title="自查发现", source="self_check"))
    counts = play.store.read(by_source)
    assert counts == {
        s: {"all": 1 + (s == "self_check"), "open": 1 + (s == "self_check")} for s in SOURCES
    }
    assert len(library(play, source="self_check")) == 2
    with pytest.raises(UnknownId):
        play.do(ProposeProblem(by=by("clerk"), title="x", source="rumour"))


def test_who_may_not_works_on_no_problem(play):
    """Somebody of no standing proposes, and no more."""
    id = play.do(ProposeProblem(by=by("clerk"), title="慢")).id
    with pytest.raises(NotAllowed):
        play.do(SubmitProblem(by=by("clerk"), problem=id))
    assert problem(play, id).stage is Stage.PROPOSED


# The month


def test_the_draft_is_there_on_the_third_working_day(play):
    """Its counts are those of the log; the event manager is asked to sign; once."""
    for day, (impact, scope) in enumerate([(1, 2), (2, 2), (2, 2), (3, 3)]):
        play.now = START + day * DAY
        log(play, title=f"事{'一二三四'[day]}", impact=impact, scope=scope)
    play.do(CloseEvent(by=by("duty"), event="EVT-2026-0002", outcome="好"))
    for day, there in ((2, False), (3, True), (4, True)):  # Tue 1 Dec is the first
        play.now = datetime(2026, 12, day, 1, 0, tzinfo=UTC)
        play.store.run(lambda uow: draft_review(uow, play.now))
        assert bool(play.store.read(reviews)) is there
    play._send()
    assert play.tells() == ["evan slack told"]
    [review] = play.store.read(reviews)
    assert (review["month"], review["counts"]["total"]) == ("2026-11", 4)
    entries = play.store.read(lambda uow: uow.ledger.all(limit=10_000))
    ranks = Counter((e.payload or {})["priority"] for e in entries if e.kind == "EventLogged")
    counted = {int(k[9:]): n for k, n in review["counts"].items() if k.startswith("priority ")}
    assert counted == dict(ranks)
    found = play.store.read(lambda uow: event_analysis(uow, "2026-11", play.now))
    assert found.logged_by_priority() == dict(sorted(ranks.items()))
    assert found.logged_by_system() == [("core", 4)]
    assert found.logged_by_source() == [("person", 4)]
    play.do(SignEvents(by=by("evan"), month="2026-11"))
    with pytest.raises(BadInput, match="signed already"):
        play.do(SignEvents(by=by("evan"), month="2026-11"))
    with pytest.raises(BadInput, match="not over"):
        play.do(SignEvents(by=by("evan"), month="2026-12"))
    with pytest.raises(NotAllowed):
        play.do(SignEvents(by=by("clerk"), month="2026-11"))
    assert play.store.read(reviews)[0]["signed_by"] == "evan"


def test_a_site_without_an_event_manager_goes_on(play):
    """Nobody is told; the log and the library are kept all the same."""
    play.do(AcceptSite(site=small_firm()))
    play.outgoing.clear()
    log(play, impact=1, scope=1)
    assert len(library(play)) == 1
