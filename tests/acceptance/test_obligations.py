"""What is owed to authorities: no clock passes in silence, and no due report can be made to vanish.

Stories of a firm under a regime of half-hour reports: who is asked, what is refused, what is late.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from responder.commands import handle
from responder.commands.consent import Confirm
from responder.commands.engine_work import RunDue
from responder.commands.incidents.incident import Declare
from responder.commands.incidents.leading import SetLevel
from responder.commands.incidents.phase import Cancel, Reopen, SetPhase
from responder.commands.obligations import reconciling
from responder.commands.obligations.due_list import due_list, owing
from responder.commands.obligations.obligation import owe, reconcile
from responder.commands.obligations.reporting import DoStep, EndObligation, Postpone, TakeObligation
from responder.commands.paging.answering import Acknowledge
from responder.commands.paging.became import became_of
from responder.commands.paging.keypress import command_of
from responder.commands.paging.screen import waits
from responder.commands.reports.grade import ConfirmGrade, grades
from responder.commands.warnings.moving import MoveWarning
from responder.commands.warnings.warning import RaiseWarning
from responder.domain.dossier import Dossier, Value
from responder.domain.incident import Phase
from responder.domain.keys import Act, menu
from responder.domain.message import Message, Purpose
from responder.domain.obligation import Kind, Obligation
from responder.domain.regime import Milestone
from responder.domain.rota import Absence
from responder.domain.warning import Stage
from responder.domain.words import Words
from responder.errors import BadInput, NotAllowed, UnknownId
from responder.ports.unit_of_work import UnitOfWork
from tests.acceptance.conftest import EVENING
from tests.stage.play import Play, by
from tests.stage.regulated import GRADED, LOCAL, MINUTE, regulated_firm
from tests.stage.talk import Talk

SECOND = timedelta(seconds=1)
HEAD, DUTY, BOSS, CHIEF = by("head"), by("duty"), by("boss"), by("chief")


@pytest.fixture
def store(opened: Callable[..., Any]) -> Any:
    """Either database."""
    return opened()


@pytest.fixture
def play(store: Any) -> Play:
    """The firm at 20:15; pages and the like are other stories'."""
    return Play.of(store, regulated_firm(), EVENING)


@pytest.fixture
def incident(play: Play) -> str:
    """Declared and in hand; nobody has the first report yet."""
    return declared(play)


def declared(play: Play, **more: Any) -> str:
    id = play.do(Declare(by=by("clerk"), playbook="outage", title="交易中断", **more)).id
    play.do(Acknowledge(by=DUTY, incident=id))
    play.outgoing = []
    return str(id)


def asked(play: Play, purpose: Purpose = Purpose.DUE) -> list[tuple[str, str]]:
    """Who was asked since last looked, and when; each once an instant."""
    found = [(at, m.person) for at, m in play.outgoing if m.purpose is purpose]
    play.outgoing = []
    return [(at.strftime("%M:%S"), person) for at, person in dict.fromkeys(found)]


def messages(play: Play) -> list[Message]:
    found = [message for _, message in play.outgoing if message.purpose is Purpose.DUE]
    play.outgoing = []
    return found


def listed(play: Play, incident: str) -> dict[str, dict[str, Any]]:
    found = play.store.read(lambda uow: due_list(uow, play.now, incident))
    return {row["id"].rpartition("/")[2]: row for row in found}


def states(play: Play, incident: str) -> dict[str, str]:
    return {id: row["state"] for id, row in listed(play, incident).items()}


def done(play: Play, incident: str, id: str, **more: Any) -> Any:
    reply = None
    steps = ("phone", "written") if id == "first" else ("written",)
    for step in steps:
        taken_by = "李科长" if step == "phone" else ""
        command = DoStep(
            by=HEAD, incident=incident, obligation=id, step=step, taken_by=taken_by, proof="回执7"
        )
        reply = play.do(replace(command, **more))
    return reply


# The owner, before the deadline


def test_the_whole_chain_is_asked_before_it_is_due(play: Play, incident: str) -> None:
    """Half an hour for four people: each is asked by every way, five minutes apart, then all."""
    play.wait(timedelta(0))
    first = messages(play)
    assert [(m.person, m.via) for m in first] == [
        ("head", "slack"),
        ("head", "sms"),
        ("head", "voice"),
    ]
    assert first[0].facts["next"] == "deputy"
    assert first[0].facts["deadline"] == "20:45前"
    play.wait(20 * MINUTE)
    assert asked(play) == [("20:00", "deputy"), ("25:00", "boss"), ("30:00", "second")]


def test_who_takes_it_is_asked_no_more(play: Play, incident: str) -> None:
    """The hunt ends, on the record; whoever was asked hears who has it; then only the warning."""
    play.wait(6 * MINUTE)
    reply = play.do(TakeObligation(by=by("deputy"), incident=incident))
    assert reply.facts["taken"] == ["local/first"]
    assert "时限20:45" in reply.said.zh
    asked(play)
    play.wait(24 * MINUTE - SECOND)
    assert asked(play) == [("40:00", "deputy")], "five minutes before, its owner alone"
    taken = [e for e in play.timeline(incident) if e.kind == "ObligationTaken"]
    assert [e.actor for e in taken] == ["deputy"]
    row = listed(play, incident)["first"]
    assert (row["owner"], row["state"], row["in_s"]) == ("deputy", "due", 1)


def test_anybody_who_was_asked_may_take_it_and_nobody_else(play: Play, incident: str) -> None:
    """P7: whoever was asked is not refused; others are, with the names of who may."""
    play.wait(timedelta(0))
    with pytest.raises(NotAllowed):
        play.do(TakeObligation(by=by("clerk"), incident=incident, obligation="1"))
    play.do(TakeObligation(by=HEAD, incident=incident, obligation="1"))
    reply = play.do(TakeObligation(by=by("deputy"), incident=incident, obligation="first"))
    assert "应急报告" in reply.said.zh
    assert listed(play, incident)["first"]["owner"] == "deputy"
    with pytest.raises(UnknownId):
        play.do(TakeObligation(by=HEAD, incident=incident, obligation="nothing"))


def test_who_is_away_is_passed_over(store: Any) -> None:
    """The first owner is somebody who is there."""
    away = Absence("head", EVENING - MINUTE, EVENING + timedelta(days=1))
    play = Play.of(store, regulated_firm(absences=(away,)), EVENING)
    incident = declared(play)
    assert listed(play, incident)["first"]["owner"] == "deputy"


# Late


def test_late_by_a_second_is_late(play: Play, incident: str) -> None:
    """Declared, listed, taken, and done one second after its limit: late by one second."""
    play.do(TakeObligation(by=HEAD, incident=incident))
    play.wait(30 * MINUTE)
    assert listed(play, incident)["first"]["state"] == "due", "the limit itself is in time"
    play.wait(SECOND)
    row = listed(play, incident)["first"]
    assert (row["state"], row["late_s"]) == ("late", 1)
    reply = done(play, incident, "first")
    assert reply.said.zh == "已报送：应急报告，迟1秒。"
    entry = next(e for e in play.timeline(incident) if e.kind == "ObligationDischarged")
    assert (entry.payload or {})["late_s"] == 1
    assert listed(play, incident)["first"]["late_s"] == 1


def test_done_at_its_limit_is_in_time(play: Play, incident: str) -> None:
    """Not a second of grace, nor one taken away; and nobody is paged about it."""
    play.do(TakeObligation(by=HEAD, incident=incident))
    play.wait(30 * MINUTE)
    asked(play)
    done(play, incident, "first")
    play.wait(SECOND)
    row = listed(play, incident)["first"]
    assert (row["state"], row["late_s"], row["took_s"]) == ("done", 0, 1800)
    assert asked(play) == []
    assert "ObligationBreached" not in play.kinds(incident)


def test_a_breach_is_paged_through_the_succession_in_the_night_too(store: Any) -> None:
    """The owner and the liaison officers at once, the succession one by one, then all again."""
    night = datetime.fromisoformat("2026-11-23T19:00:00+00:00")  # 03:00 in Shanghai
    play = Play.of(store, regulated_firm(), night)
    incident = declared(play, level=4)
    play.do(TakeObligation(by=HEAD, incident=incident))
    play.wait(30 * MINUTE)
    asked(play)
    play.wait(SECOND)
    rung = messages(play)
    assert {m.person for m in rung} == {"head", "deputy"}
    assert {m.via for m in rung} == {"slack", "sms", "voice"}, "it rings, whatever the hour"
    assert {m.facts["late"] for m in rung} == {"1秒"}
    play.wait(3 * MINUTE)
    assert asked(play) == [("31:01", "boss"), ("32:01", "second")]
    play.wait(5 * MINUTE)
    assert {person for _, person in asked(play)} == {"head", "deputy", "boss", "second"}
    assert "ObligationBreached" in play.kinds(incident)
    play.do(TakeObligation(by=BOSS, incident=incident))
    asked(play)
    play.wait(29 * MINUTE)
    assert asked(play) == [], "somebody has it"
    play.wait(2 * MINUTE)
    assert asked(play), "and if it is still unsent, others are asked again"


# Downtime and restart


def test_downtime_moves_no_limit(play: Play, incident: str) -> None:
    """The engine sleeps over it: due as it was, late by all of it, everybody asked as it wakes."""
    play.sleep(40 * MINUTE)
    play.wait(timedelta(0))
    row = listed(play, incident)["first"]
    assert (row["due_at"], row["late_s"]) == ("2026-11-23T12:45:00+00:00", 600)
    assert {person for _, person in asked(play)} >= {"head", "deputy"}


def test_after_downtime_the_rest_of_the_chain_is_asked_sooner(play: Play, incident: str) -> None:
    """What time there is left is shared among those left, a minute each at least."""
    play.wait(timedelta(0))
    asked(play)
    play.sleep(26 * MINUTE)
    play.wait(3 * MINUTE)
    found = [person for _, person in asked(play)]
    assert [person for person in found if person != "head"][:3] == ["deputy", "boss", "second"]


def test_a_restart_changes_nothing(store: Any, tmp_path: Path) -> None:
    """Every instant is in the rows: another process goes on where this one stopped (P10)."""
    play = Play.of(store, regulated_firm(), EVENING)
    incident = declared(play)
    play.wait(7 * MINUTE)
    asked(play)
    before = states(play, incident)
    again = Play(store, play.now)
    assert states(again, incident) == before
    again.wait(4 * MINUTE)
    assert asked(again) == [("25:00", "boss")]


def test_a_start_told_later_moves_no_limit_and_an_earlier_one_does(
    play: Play, incident: str
) -> None:
    """That somebody knew before it was declared makes it due sooner; never later."""
    for told, due in ((5 * MINUTE, 30), (-10 * MINUTE, 20), (MINUTE, 20)):
        told_of_awareness(play, incident, EVENING + told)
        limit = EVENING + due * MINUTE
        assert listed(play, incident)["first"]["due_at"] == limit.isoformat()


def told_of_awareness(play: Play, incident: str, at: datetime) -> None:
    def told(uow: UnitOfWork) -> None:
        dossier = uow.dossiers.get(incident) or Dossier(incident)
        dossier.milestones[Milestone.AWARE.value] = at
        uow.dossiers.put(incident, dossier)
        reconcile(uow, incident, play.now)

    play.store.run(told)


def test_a_promise_is_the_commanders_and_pages_others_when_it_is_late(
    play: Play, incident: str
) -> None:
    """What no law demands wakes nobody before; once late it rings like everything."""
    play.do(TakeObligation(by=HEAD, incident=incident))
    owed = Obligation(
        "next", incident, Kind.NOTICE, "notice/next", Words("下次公告", "next notice")
    )
    owed.due_at = play.now + 20 * MINUTE
    play.store.run(lambda uow: owe(uow, owed, play.now))
    asked(play)
    play.wait(20 * MINUTE)
    assert {person for _, person in asked(play)} == {"duty"}, "its owner, before it is due"
    play.wait(SECOND)
    assert {person for _, person in asked(play)} == {"duty", "head", "deputy"}


# By phone and chat


def test_key_one_takes_it(play: Play, incident: str) -> None:
    """One key takes all that was asked of this person here; pressed late, it says who has it."""
    play.wait(timedelta(0))
    message = messages(play)[0]
    assert menu(message.purpose)["1"] is Act.TAKE
    assert play.store.read(lambda uow: waits(uow, message))
    command = command_of(Act.TAKE, message, by("head"))
    assert command is not None
    assert play.do(command).facts["taken"] == ["local/first"]
    assert not play.store.read(lambda uow: waits(uow, message))
    said = play.store.read(lambda uow: became_of(uow, message, play.now))
    assert said.zh == "已由您于20:15接手报送。"


def test_the_chat_lists_takes_and_records(play: Play, incident: str) -> None:
    """待报, 我来报送, 登记报送: the same list and the same rules as everywhere."""
    talk = Talk(play)
    due = talk.hears("head", "待报")
    assert "1 应急报告（证监局） · 待报，还有30分 · 时限20:45 · head未接手" in due
    assert "应急报告（时限20:45）" in talk.hears("head", "我来报送 1")
    assert "已登记" in talk.hears("head", "登记报送 1 电话 接报人=李科长 通话两分钟")
    assert "已报送" in talk.hears("head", "登记报送 1 书面 回执7")
    assert "应急报告（证监局） · 已报 · head 20:15" in talk.hears("head", "报告")
    assert "待报：2 续报（第1次）" in talk.hears("duty", "状态")


# Continuing, restored, final, supplement


def test_reports_continue_until_one_states_that_it_is_restored(play: Play, incident: str) -> None:
    """Not the state, the report ends it; then stand-down opens the summary, and it a supplement."""
    done(play, incident, "first")
    play.wait(10 * MINUTE)
    done(play, incident, "continuing#1")
    play.do(SetPhase(by=DUTY, incident=incident, phase=Phase.RESTORED, reason="已验证"))
    assert states(play, incident)["continuing#2"] == "due", "restored, and nobody was told"
    done(play, incident, "continuing#2", states=(Milestone.RESTORED.value,))
    assert "continuing#3" not in states(play, incident)
    assert states(play, incident)["summary"] == "to_come"
    play.do(SetPhase(by=DUTY, incident=incident, phase=Phase.STOOD_DOWN))
    assert states(play, incident)["summary"] == "due"
    done(play, incident, "summary")
    assert listed(play, incident)["summary"]["preliminary"], "nobody has told the cause yet"
    assert states(play, incident)["supplement"] == "due"


def test_a_summary_with_its_cause_needs_no_supplement(play: Play, incident: str) -> None:
    """Somebody told the cause, for good."""
    done(play, incident, "first", states=("restored",))
    for phase in (Phase.RESTORED, Phase.STOOD_DOWN):
        play.do(SetPhase(by=DUTY, incident=incident, phase=phase, reason="已验证"))
    known = Dossier(incident, {"cause": Value("主机故障", "head", play.now)})
    known.milestones = {Milestone.STOOD_DOWN.value: play.now}
    play.store.run(lambda uow: uow.dossiers.put(incident, known))
    done(play, incident, "summary")
    assert "supplement" not in states(play, incident)


def test_who_did_one_continuing_report_has_the_next(play: Play, incident: str) -> None:
    """Nobody is rung each half hour for it; the owner is warned, and paged when it is late."""
    play.do(TakeObligation(by=HEAD, incident=incident))
    done(play, incident, "first")
    done(play, incident, "continuing#1")
    asked(play)
    play.wait(24 * MINUTE)
    assert asked(play) == []
    play.wait(2 * MINUTE)
    assert [person for _, person in asked(play)] == ["head"]


def test_reopened_it_is_to_be_reported_again(play: Play, incident: str) -> None:
    """What was told of its end counts no more."""
    done(play, incident, "first", states=("restored",))
    play.do(SetPhase(by=DUTY, incident=incident, phase=Phase.RESTORED, reason="已验证"))
    assert "continuing#1" not in states(play, incident)
    play.wait(MINUTE)
    play.do(Reopen(by=DUTY, incident=incident, reason="再次中断"))
    assert states(play, incident)["continuing#1"] == "due"


# No way out


def test_nothing_cancels_what_is_due(play: Play, incident: str) -> None:
    """Cancelling is refused, naming the report, its limit and the mend; also on a late consent."""
    with pytest.raises(BadInput) as refused:
        play.do(Cancel(by=DUTY, incident=incident, reason="误报"))
    assert "1号应急报告（证监局，时限20:45）" in refused.value.said("zh")
    assert f"report done {incident} 1" in refused.value.said("zh")
    assert play.incident(incident).phase is Phase.ACTIVE


def test_a_consent_given_before_does_not_cancel_what_fell_due_since(play: Play) -> None:
    """It is looked at when it takes effect, too."""
    quiet = replace(LOCAL, duties=(replace(LOCAL.duties[0], limits=()),))
    play.store.run(lambda uow: uow.sites.accept(uow.sites.add(regulated_firm(quiet))))
    incident = declared(play)
    request = play.do(Cancel(by=DUTY, incident=incident, reason="误报")).id
    promised = Obligation(
        "local/extra", incident, Kind.REPORT, "local/extra", Words("专报", "special report")
    )
    promised.due_at = play.now + MINUTE
    play.store.run(lambda uow: owe(uow, promised, play.now))
    with pytest.raises(BadInput):
        play.do(Confirm(by=HEAD, request=request))
    assert play.incident(incident).phase is Phase.ACTIVE


def test_cancelled_after_a_report_those_who_had_it_are_owed_the_truth(
    play: Play, incident: str
) -> None:
    """The continuing one is ended by name; the clarification goes to the same recipients."""
    done(play, incident, "first", states=("restored",))
    request = play.do(Cancel(by=DUTY, incident=incident, reason="误报")).id
    play.do(Confirm(by=HEAD, request=request))
    row = listed(play, incident)["clarification"]
    assert (row["state"], row["to"], row["in_s"]) == ("due", ["bureau"], 3600)
    play.wait(timedelta(0))
    assert [person for _, person in asked(play)] == ["head"]
    done(play, incident, "clarification", step="phone", taken_by="李科长")
    assert states(play, incident)["clarification"] == "due", "by phone, then in writing"


def test_closing_waits_for_the_last_report(play: Play, incident: str) -> None:
    """Stood down and investigated, it is not closed while the summary is owed."""
    done(play, incident, "first", states=("restored",))
    for phase in (Phase.RESTORED, Phase.STOOD_DOWN, Phase.INVESTIGATING):
        play.do(SetPhase(by=DUTY, incident=incident, phase=phase, reason="已验证"))
    with pytest.raises(BadInput) as refused:
        play.do(SetPhase(by=DUTY, incident=incident, phase=Phase.CLOSED))
    assert "总结报告" in refused.value.said("zh")
    assert "summary report" in refused.value.said("en")


def test_ending_one_is_done_by_name_and_compliance_knows(play: Play, incident: str) -> None:
    """Who, what and why; the commander alone may not."""
    with pytest.raises(NotAllowed):
        play.do(EndObligation(by=DUTY, incident=incident, obligation="1", reason="不想报"))
    with pytest.raises(BadInput):
        play.do(EndObligation(by=CHIEF, incident=incident, obligation="1", reason=""))
    asked(play)
    play.do(EndObligation(by=CHIEF, incident=incident, obligation="1", reason="监管已告知免报"))
    told = [m for _, m in play.outgoing if m.person == "law"]
    assert [m.purpose for m in told] == [Purpose.TOLD]
    assert told[0].facts["what"] == "chief终止应报事项：应急报告，理由：监管已告知免报。"
    assert "ComplianceTold" in play.kinds(incident)
    row = listed(play, incident)["first"]
    assert (row["state"], row["ended_by"]) == ("ended", "chief")


def test_postponed_it_is_late_all_the_same(play: Play, incident: str) -> None:
    """Compliance knows; people are asked by the new time, the limit stands."""
    until = play.now + timedelta(hours=2)
    play.do(Postpone(by=HEAD, incident=incident, obligation="1", until=until, reason="待厂商结论"))
    assert [m.person for _, m in play.outgoing if m.purpose is Purpose.TOLD] == ["law"]
    play.wait(31 * MINUTE)
    row = listed(play, incident)["first"]
    assert (row["late_s"], row["state"]) == (60, "late")
    assert "ObligationBreached" not in play.kinds(incident)
    with pytest.raises(BadInput):
        play.do(Postpone(by=HEAD, incident=incident, obligation="1", until=EVENING, reason="早"))


def test_a_level_lowered_before_a_report_is_told_to_compliance(play: Play, incident: str) -> None:
    """Within half an hour, with name and reason; the limit stays."""
    play.wait(5 * MINUTE)
    play.do(TakeObligation(by=HEAD, incident=incident))
    asked(play)
    request = play.do(SetLevel(by=DUTY, incident=incident, level=3, reason="影响缩小")).id
    play.do(Confirm(by=HEAD, request=request))
    (told,) = [m for _, m in play.outgoing if m.person == "law"]
    assert "duty在报告时限前后降低响应级别" in told.facts["what"]
    assert "影响缩小" in told.facts["what"]
    assert listed(play, incident)["first"]["due_at"] == "2026-11-23T12:45:00+00:00"


def test_a_real_incident_never_becomes_a_drill(play: Play, incident: str) -> None:
    """Declaring a drill of the same beside it leaves the real one and what it owes as they are."""
    drill = declared(play, drill=True)
    assert drill != incident
    assert play.incident(incident).drill is False
    assert states(play, incident)["first"] == "due"
    assert drill in play.store.read(owing)


def test_a_drills_reports_hold_nothing_up(play: Play) -> None:
    """They are practised, and go nowhere."""
    drill = declared(play, drill=True)
    request = play.do(Cancel(by=DUTY, incident=drill, reason="演练结束")).id
    play.do(Confirm(by=HEAD, request=request))
    assert play.incident(drill).phase is Phase.CANCELLED


def test_a_warning_that_owes_a_report_is_not_dismissed(play: Play) -> None:
    """Its report first; whoever promised it opened the row."""
    id = play.do(RaiseWarning(by=by("clerk"), title="磁盘告警", playbook="outage")).id
    owed = Obligation("warning", id, Kind.REPORT, "warning", Words("预警报告", "warning report"))
    owed.due_at = play.now + MINUTE
    play.store.run(lambda uow: owe(uow, owed, play.now))
    with pytest.raises(BadInput) as refused:
        play.do(MoveWarning(by=DUTY, warning=id, stage=Stage.DISMISSED, reason="误报"))
    assert "预警报告" in refused.value.said("zh")


def test_what_happens_after_restoration_was_reported_is_another_incident(
    play: Play, incident: str
) -> None:
    """Joined to the old one, its first report would be lost."""
    done(play, incident, "first", states=("restored",))
    play.do(SetPhase(by=DUTY, incident=incident, phase=Phase.RESTORED, reason="已验证"))
    another = declared(play)
    assert another != incident
    assert states(play, another)["first"] == "due"


def test_a_joined_report_brings_its_own_regimes(store: Any) -> None:
    """A leak reported as part of an outage is owed what leaks are owed."""
    site = regulated_firm(LOCAL, GRADED)
    leak = replace(site.playbooks["leak"], systems=("core",), regimes=("graded",))
    site = replace(site, applies=("local",), playbooks=site.playbooks | {"leak": leak})
    play = Play.of(store, site, EVENING)
    incident = declared(play)
    assert "classify" not in states(play, incident)
    play.do(Declare(by=by("clerk"), playbook="leak", title="数据泄露"))
    assert states(play, incident)["classify"] == "due"


def test_what_no_rule_explains_stays(
    play: Play, incident: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should the rules forget a report that nobody sent, ended or was spared, the row remains."""
    monkeypatch.setattr(reconciling, "demands", lambda *_: iter(()))
    play.store.run(lambda uow: reconcile(uow, incident, play.now))
    monkeypatch.undo()
    assert states(play, incident)["first"] == "due"


def test_standing_down_takes_back_no_question_about_a_report(play: Play, incident: str) -> None:
    """What the emergency asked is withdrawn; what is owed outside outlives it."""

    def all_at_once(uow: UnitOfWork) -> None:
        handle(RunDue(), uow, play.now)
        for phase in (Phase.RESTORED, Phase.STOOD_DOWN):
            handle(
                SetPhase(by=DUTY, incident=incident, phase=phase, reason="已验证"), uow, play.now
            )

    play.store.run(all_at_once)
    play.wait(timedelta(0))
    told = {(message.person, message.facts["what"]) for message in messages(play)}
    assert ("head", "应急报告") in told


# Grades


def test_a_grade_is_nobodys_until_somebody_confirms_it(store: Any) -> None:
    """Somebody is asked to classify; confirmed, the report is owed, or is not, by name."""
    play = Play.of(store, regulated_firm(GRADED), EVENING)
    incident = declared(play)
    assert states(play, incident) == {"classify": "due", "initial": "depends"}
    with pytest.raises(NotAllowed):
        play.do(ConfirmGrade(by=DUTY, incident=incident, regime="graded", grade="major"))
    with pytest.raises(BadInput):
        play.do(Cancel(by=DUTY, incident=incident, reason="误报"))
    play.do(ConfirmGrade(by=CHIEF, incident=incident, regime="graded", grade="major"))
    assert states(play, incident) == {"classify": "done", "initial": "due"}
    with pytest.raises(BadInput):
        play.do(ConfirmGrade(by=CHIEF, incident=incident, regime="graded", grade="ordinary"))
    asked(play)
    lowered = ConfirmGrade(
        by=CHIEF, incident=incident, regime="graded", grade="ordinary", reason="影响核减"
    )
    play.do(lowered)
    assert states(play, incident)["initial"] == "ended"
    assert [m.person for _, m in play.outgoing if m.purpose is Purpose.TOLD] == ["law"]
    entries = [e.payload or {} for e in play.timeline(incident) if e.kind == "GradeConfirmed"]
    assert [(e["grade"], e["graded"]) for e in entries] == [("major", ""), ("ordinary", "major")]
    (shown,) = play.store.read(lambda uow: grades(uow, incident))
    assert (shown["grade"], shown["confirmed"], shown["by"]) == ("ordinary", True, "chief")
    raised = replace(lowered, grade="extraordinary", reason="复核")
    play.do(raised)
    assert states(play, incident)["initial"] == "due", "and owed again, by its own limit"


# Steps


def test_phone_first_then_paper_each_with_its_proof(play: Play, incident: str) -> None:
    """The order is kept; a call needs the name of who took it, a step its proof."""
    step = DoStep(by=HEAD, incident=incident, obligation="1", step="written", proof="回执")
    with pytest.raises(BadInput) as refused:
        play.do(step)
    assert "须先电话报送" in refused.value.said("zh")
    with pytest.raises(BadInput):
        play.do(replace(step, step="phone"))
    with pytest.raises(BadInput):
        play.do(replace(step, step="phone", taken_by="李科长", proof=""))
    early = replace(step, step="phone", taken_by="李科长", done_at=EVENING - MINUTE)
    with pytest.raises(BadInput):
        play.do(early)
    play.wait(3 * MINUTE)
    play.do(replace(step, step="phone", taken_by="李科长", done_at=play.now - MINUTE))
    assert states(play, incident)["first"] == "due"
    play.do(step)
    row = listed(play, incident)["first"]
    assert [(s["id"], s["taken_by"], s["proof"]) for s in row["steps"]] == [
        ("phone", "李科长", "回执"),
        ("written", None, "回执"),
    ]
    with pytest.raises(BadInput):
        play.do(step)
