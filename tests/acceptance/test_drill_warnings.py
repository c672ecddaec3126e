"""An early warning inside a drill: the same rules, its own people, and nothing real (7.2, P5)."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from responder.app import archive_from, archive_text
from responder.commands.consent import Confirm
from responder.commands.drills.after_action import after_action
from responder.commands.drills.archiving import KeepArchive, archive_of
from responder.commands.drills.conducting import (
    AbortDrill,
    EndDrill,
    PauseDrill,
    ResumeDrill,
    SendRow,
)
from responder.commands.drills.queries import drill_shown
from responder.commands.duty.open_items import open_items
from responder.commands.firm import AcceptSite, RemovePerson
from responder.commands.incidents.incident import Declare
from responder.commands.incidents.phase import Cancel
from responder.commands.matter import FirmMatter
from responder.commands.owed import chain_of
from responder.commands.paging.answering import Acknowledge
from responder.commands.paging.call_task import RecordCall, TakeCall
from responder.commands.paging.calls_waiting import call_tasks
from responder.commands.paging.phone_call import AnswerText
from responder.commands.paging.screen import open_requests
from responder.commands.problems.event_analysis import event_analysis
from responder.commands.queries import health, warnings
from responder.commands.readiness.looking import situation
from responder.commands.warnings.monitoring import ReceiveAlerts
from responder.commands.warnings.moving import ConvertWarning, MoveWarning
from responder.commands.warnings.report import ReportWarning
from responder.commands.warnings.warning import RaiseWarning
from responder.domain.call_task import Result
from responder.domain.drill import Absence, Danger, DrillScenario, Expected, Row
from responder.domain.drill_archive import DrillArchive
from responder.domain.duty import Shift
from responder.domain.monitoring import AlertRule, Signal
from responder.domain.record import By
from responder.domain.site import Site
from responder.domain.warning import Stage
from responder.domain.words import Words
from responder.errors import BadInput
from responder.inbound.language.conversation import Conversation
from responder.store.opening import open_store
from tests.acceptance.conftest import EVENING
from tests.acceptance.test_drills import DRILL, firm, results, scenario, start
from tests.acceptance.test_warning_reports import UNITS
from tests.stage.firm import OUTAGE
from tests.stage.play import Play, by
from tests.stage.talk import Talk

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ID = "DRL-WRN-2026-0001"
INSIDE = {"duty", "deputy", "head", "clerk"}
SIGNS = Words("连接数升高", "connections rise")
DANGER = Danger("outage", "core", 3, Words("连接数将满", "Connections fill up"))
WANTED = (
    Expected("seen-to", "verify", within=5 * MINUTE, objective="o"),
    Expected("told", "warn_report", within=20 * MINUTE, objective="o"),
    Expected("ended", "lift", within=40 * MINUTE, objective="o"),
)


def warned_scenario(**fields: Any) -> DrillScenario:
    """At minute ten the drill's monitoring sees early signs."""
    usual = scenario()
    signs = Row("signs", at=10 * MINUTE, to=("role:duty_lead",), by=("slack",), text=SIGNS)
    rows = {**usual.rows, "signs": replace(signs, expects=WANTED, raises=DANGER)}
    return replace(usual, rows=rows, **fields)


def warned_firm(one: DrillScenario | None = None) -> Site:
    usual = firm(one or warned_scenario())
    return replace(
        usual,
        units={unit.id: unit for unit in UNITS},
        playbooks={**usual.playbooks, "outage": replace(OUTAGE, report_path=("bureau", "sse"))},
        alerts=(AlertRule({}, "core", "outage", 3, True),),
    )


@pytest.fixture
def drill(store) -> Play:
    """The drill is under way, taken, and its warning has just been raised."""
    play = raised(store)
    play.rings(), play.tells()
    return play


def raised(store) -> Play:
    play = Play.of(store, warned_firm(), EVENING)
    start(play)
    play.do(Acknowledge(by=by("duty"), incident=DRILL))
    play.rings(), play.tells()
    play.wait(10 * MINUTE)
    return play


def move(play: Play, stage: Stage, reason: str = "已看过", who: str = "duty") -> Any:
    return play.do(MoveWarning(by=by(who), warning=ID, stage=stage, reason=reason))


def report(play: Play) -> Any:
    return play.do(ReportWarning(by=by("duty"), warning=ID))


def waiting(play: Play) -> list[str]:
    found = play.store.read(lambda uow: call_tasks(uow, play.now, ID))
    return [call["id"] for call in found if call["needed"]]


def call_all(play: Play, result: Result = Result.REACHED, most: int = 99) -> int:
    """Play one call after the other, as far as there are any; returns how many."""
    made = 0
    while (ids := waiting(play)) and made < most:
        play.do(RecordCall(by=by("duty"), incident=ID, call=ids[0], result=result))
        made += 1
    return made


def people(play: Play) -> set[str]:
    return {line.split()[0] for line in [*play.rings(), *play.tells()]}


# Among its own people, by the same rules


def test_its_row_raises_it_and_the_duty_lead_is_asked(store) -> None:
    """Numbered apart, marked, for the drill's list; precautions are given out as ever."""
    play = raised(store)
    asked = [m for _, m in play.outgoing if m.incident == ID]
    assert {(m.person, m.purpose.value, m.drill) for m in asked} == {
        ("duty", "verify_warning", True)
    }
    assert {m.facts["deadline"] for m in asked} == {"20:30"}, "until when it is to be verified"
    one = play.warning(ID)
    assert (one.title, one.system, one.level, one.drill) == ("连接数将满", "core", 3, DRILL)
    assert one.site_version == play.incident(DRILL).site_version
    assert play.store.read(lambda uow: [t.id for t in uow.tasks.of(ID).values()]) == ["safety"]
    sent = [e.payload or {} for e in play.timeline(DRILL) if e.kind == "RowSent"]
    assert [one.get("warning") for one in sent] == [None, ID]
    play.rings(), play.tells()


def test_unverified_it_hunts_among_the_recipients_alone(drill: Play) -> None:
    """The system administrator and the boss stand in the escalation and are nobody here."""
    drill.wait(40 * MINUTE)
    assert {"WarningUnverified", "Rang"} <= set(drill.kinds(ID))
    assert people(drill) <= INSIDE


def test_who_left_is_followed_among_the_recipients(drill: Play) -> None:
    """The register in force names a lead outside the drill: its own register names the deputy."""
    move(drill, Stage.VERIFIED)
    site = warned_firm()
    lead = replace(site.roles["duty_lead"], primary="boss", backup="")
    drill.do(AcceptSite(site=replace(site, roles={**site.roles, "duty_lead": lead})))
    drill.do(RemovePerson(by=by("root"), person="duty", reason="离职"))
    people(drill)
    assert move(drill, Stage.LIFTED, "已扩容", "head").facts["reported_to"] == ["deputy"]
    assert people(drill) == {"deputy"}


def test_whoever_is_away_in_the_drill_is_not_asked(store) -> None:
    """Drawn as absent, the duty lead's backup verifies."""
    play = Play.of(store, warned_firm(warned_scenario(absent=Absence(1, ("duty",)))), EVENING)
    start(play)
    play.wait(10 * MINUTE)
    assert play.warning(ID).asked == "deputy"
    people(play)


def test_along_its_path_nobody_outside_is_called(drill: Play) -> None:
    """The controller hears each unit's call: by name, and without a number to dial."""
    move(drill, Stage.VERIFIED)
    assert "导调" in report(drill).said.zh
    assert "clerk slack told" in drill.tells(), "the controller knows whom to stand in for"
    (call,) = drill.store.read(lambda uow: list(uow.call_tasks.of(ID).values()))
    assert (call.whom, call.how, call.to, call.note) == ("unit:bureau", "phone", "", "")
    took = drill.do(TakeCall(by=by("duty"), incident=ID, call="1"))
    assert took.said.zh.startswith("演练不联系外单位：向导调clerk口头报告")
    assert took.facts["to"] is None
    assert took.facts["read_out"]["zh"].startswith("演练。您好")
    assert took.facts["read_out"]["en"].startswith("This is a drill.")
    sent = [m.facts for m in drill.store.read(lambda uow: uow.outbox.of(ID)) if "played" in m.facts]
    assert sent
    for facts in sent:
        assert facts["to"] == ""
        assert facts["whom"] == "导调clerk（代证监局，电话）"
    people(drill)


def test_verified_reported_and_lifted_along_the_same_path(drill: Play) -> None:
    """Each unit hears of it and of its end by the same lines in order; the record scores it."""
    move(drill, Stage.VERIFIED)
    report(drill)
    assert call_all(drill) == 3
    drill.wait(5 * MINUTE)
    assert (results(drill)["seen-to"], results(drill)["told"]) == ("done", "done")
    lifted = move(drill, Stage.LIFTED, "已扩容")
    assert lifted.facts["units"] == ["bureau", "sse"]
    assert results(drill)["ended"] is None, "not all have heard of it yet"
    assert call_all(drill) == 3
    assert results(drill)["ended"] == "done"
    legs = drill.warning(ID)
    assert [(leg.unit, leg.line) for leg in legs.ended_to] == [
        (leg.unit, leg.line) for leg in legs.reported
    ]
    people(drill)


def test_in_part_is_what_leaves_a_line_untold(drill: Play) -> None:
    """Late to verify, two of three told, one of two told of the end."""
    drill.wait(6 * MINUTE)
    move(drill, Stage.VERIFIED)
    report(drill)
    call_all(drill, most=2)
    drill.wait(10 * MINUTE)
    move(drill, Stage.LIFTED, "已扩容")
    call_all(drill, most=1)
    drill.wait(30 * MINUTE)
    found = results(drill)
    assert (found["seen-to"], found["told"], found["ended"]) == ("late", "partial", "partial")
    people(drill)


def test_lifted_before_anybody_was_told_it_is_whole(drill: Play) -> None:
    """Nobody outside heard of it: nobody is to hear of its end."""
    move(drill, Stage.VERIFIED)
    move(drill, Stage.LIFTED, "误会")
    assert results(drill)["ended"] == "done"
    people(drill)


def test_dismissed_it_takes_two(drill: Play) -> None:
    asked = move(drill, Stage.DISMISSED, "误报")
    drill.do(Confirm(by=by("head"), request=asked.id))
    assert drill.warning(ID).stage is Stage.DISMISSED
    people(drill)


def test_come_true_it_is_the_drills_own_incident(drill: Play) -> None:
    """Nothing is declared; those who were warned hear of it."""
    reply = drill.do(ConvertWarning(by=by("duty"), warning=ID))
    assert (reply.id, drill.warning(ID).incident) == (DRILL, DRILL)
    assert list(drill.store.read(lambda uow: uow.incidents.all())) == [DRILL]
    assert "ConvertedFrom" in drill.kinds(DRILL)
    assert people(drill) <= INSIDE


# Never real


def test_it_stands_in_no_real_list_and_no_real_figure(drill: Play) -> None:
    """Lists, the log of events, handovers, the month's figures, readiness, the engine's health."""
    uow = drill.store.read
    assert uow(lambda u: warnings(u, True)) == []
    assert [one["id"] for one in uow(lambda u: warnings(u, drill=True))] == [ID]
    assert uow(lambda u: u.logged_events.all()) == {}
    assert uow(lambda u: health(u, drill.now))["open_warnings"] == 0
    assert uow(lambda u: situation(u, drill.now)).warnings == ()
    assert list(uow(lambda u: event_analysis(u, "2026-11", drill.now)).warnings) == []
    shift = Shift("s", "r", "duty", drill.now - HOUR, drill.now + HOUR)
    items = uow(lambda u: open_items(FirmMatter.load(u, drill.now), shift))
    assert not [words for words in items if ID in words.zh]
    assert drill.warning(ID).event == ""


def test_nobody_outside_may_be_sought_for_its_report(drill: Play) -> None:
    """Of the succession only the head of IT takes part."""
    assert drill.store.read(lambda uow: chain_of(uow, ID, drill.now)).order == ("head",)


def test_a_real_alarm_of_the_same_system_is_a_warning_of_its_own(drill: Play) -> None:
    """Neither joins the other, and the real one rings the duty lead though the drill's asks too."""
    signal = Signal("a1", True, "磁盘即将写满", {}, "2026-11-23T12:15:00Z")
    (real,) = drill.do(ReceiveAlerts(by=By("", "alerts"), signals=(signal,))).facts["raised"]
    assert real == "WRN-2026-0001"
    rung = [m for _, m in drill.outgoing if m.incident == real]
    assert {(m.person, m.drill) for m in rung} == {("duty", False)}
    by_hand = RaiseWarning(by=by("clerk"), title="连接数将满", playbook="outage", system="core")
    assert drill.do(by_hand).id == real, "joins the real one alone"
    assert drill.warning(ID).joined == []
    people(drill)


def test_a_real_warning_that_waits_lets_the_drills_be_asked(store) -> None:
    """One open verification a duty lead is a rule for each side."""
    play = Play.of(store, warned_firm(), EVENING)
    real = RaiseWarning(by=by("clerk"), title="真实隐患", playbook="outage", system="core")
    real_id = play.do(real).id
    start(play)
    play.wait(10 * MINUTE)
    assert [m for _, m in play.outgoing if m.incident == ID]
    assert play.warning(real_id).joined == []
    people(play)


def test_words_said_in_the_drill_mean_its_own_warning(drill: Play) -> None:
    """A real one beside it is named, or chosen; without the drill's, it is still asked which."""
    raised = RaiseWarning(by=by("clerk"), title="真实隐患", playbook="leak", system="crm")
    real = drill.do(raised).id
    talk = Talk(drill)
    talk.chats["duty"] = Conversation(incident=DRILL, alone=True)
    assert ID in talk.hears("duty", "核实 属实")
    assert drill.warning(ID).stage is Stage.VERIFIED
    assert ID in talk.hears("duty", "解除 已扩容")
    assert drill.warning(real).stage is Stage.RAISED
    talk.hears("duty", "核实 属实")
    assert drill.warning(real).stage is Stage.RAISED, "not taken for the drill's"
    talk.hears("duty", f"核实 {real}")
    assert drill.warning(real).stage is Stage.VERIFIED
    people(drill)


def test_by_sms_its_code_has_a_letter_of_its_own(drill: Play) -> None:
    """The drill, its warning and a real warning share 0001: V is the drill's warning."""
    drill.do(RaiseWarning(by=by("clerk"), title="真实隐患", playbook="leak", system="crm"))

    def texts(code: str) -> Any:
        return drill.do(AnswerText(by=by("duty"), number="sms:duty", key="1", code=code))

    several = texts("0001")
    assert "V0001" in several.said.zh
    assert "W0001" in several.said.zh
    assert texts("V0001").id == ID
    assert drill.warning(ID).verifier == "duty"
    assert drill.warning("WRN-2026-0001").verifier == ""
    people(drill)


def test_lists_in_words_show_the_real_ones_and_those_of_drills_where_asked(drill: Play) -> None:
    talk = Talk(drill)
    assert talk.hears("duty", "预警列表") == "没有未了结的预警。"
    assert talk.hears("duty", "预警列表 --演练").startswith(f"{ID} 【演练】连接数将满")
    assert talk.hears("duty", "warn list --drill").startswith(ID)
    assert f"{ID} 连接数将满 · 发起预警" in talk.hears("clerk", f"演练情况 {DRILL}")


# Frozen, resumed, over


def test_a_real_declaration_stops_it_and_resuming_lets_it_go_on(drill: Play) -> None:
    """Frozen, nobody is asked and nothing can be done about it; then its limits are moved."""
    due = drill.warning(ID).verify_by or EVENING
    drill.wait(2 * MINUTE)
    real = drill.do(Declare(by=by("clerk"), playbook="leak", title="真的")).id
    people(drill)
    for act in (
        lambda: move(drill, Stage.VERIFIED),
        lambda: report(drill),
        lambda: drill.do(ConvertWarning(by=by("duty"), warning=ID)),
    ):
        with pytest.raises(BadInput, match="stands still or is over"):
            act()
    asked = drill.store.read(lambda uow: open_requests(uow, "duty"))
    assert ID not in [message.incident for message in asked]
    drill.wait(HOUR)
    assert not [m for _, m in drill.outgoing if m.incident == ID]
    drill.do(Cancel(by=by("duty"), incident=real, reason="误报"))
    people(drill)
    drill.do(ResumeDrill(by=by("duty"), incident=DRILL))
    assert drill.warning(ID).verify_by == due + HOUR
    assert {m.person for _, m in drill.outgoing if m.incident == ID} == {"duty"}
    drill.wait(3 * MINUTE)
    assert "WarningUnverified" in drill.kinds(ID)
    move(drill, Stage.VERIFIED)
    people(drill)


def test_paused_its_calls_wait_and_go_on(drill: Play) -> None:
    """A result that comes meanwhile is kept; the next call is asked for once it goes on."""
    move(drill, Stage.VERIFIED)
    report(drill)
    drill.do(PauseDrill(by=by("clerk"), incident=DRILL, reason="茶歇"))
    with pytest.raises(BadInput, match="paused"):
        drill.do(SendRow(by=by("clerk"), incident=DRILL, row="nobody"))
    people(drill)
    assert waiting(drill) == [], "nobody is to make a call meanwhile"
    drill.do(RecordCall(by=by("duty"), incident=ID, call="1", result=Result.REACHED))
    assert waiting(drill) == []
    drill.wait(HOUR)
    assert not [m for _, m in drill.outgoing if m.incident == ID]
    drill.do(ResumeDrill(by=by("duty"), incident=DRILL))
    assert waiting(drill) == ["2", "3"]
    assert call_all(drill) == 2
    assert results(drill)["told"] == "done"
    people(drill)


@pytest.mark.parametrize("end", [EndDrill, AbortDrill])
def test_what_is_open_ends_with_the_drill(drill: Play, end: Any) -> None:
    """Quietly and on record; nothing of it is owed or asked any more."""
    move(drill, Stage.VERIFIED)
    report(drill)
    people(drill)
    more = {"reason": "够了"} if end is AbortDrill else {}
    drill.do(end(by=by("clerk"), incident=DRILL, **more))
    one = drill.warning(ID)
    assert (one.stage, one.is_open, waiting(drill)) == (Stage.OVER, False, [])
    assert drill.kinds(ID)[-1] == "WarningMoved"
    assert not drill.store.read(
        lambda uow: [o for o in uow.obligations.of(ID).values() if o.is_open]
    )
    drill.wait(24 * HOUR)
    assert not [m for _, m in drill.outgoing if m.incident == ID]
    with pytest.raises(BadInput, match="stands still or is over"):
        move(drill, Stage.LIFTED)
    people(drill)


def test_ended_while_it_is_paused_nothing_rings(drill: Play) -> None:
    drill.do(PauseDrill(by=by("clerk"), incident=DRILL, reason="茶歇"))
    people(drill)
    drill.do(EndDrill(by=by("clerk"), incident=DRILL))
    assert not [m for _, m in drill.outgoing if m.incident == ID]
    assert drill.warning(ID).stage is Stage.OVER
    people(drill)


# After it


def test_it_stands_in_what_is_shown_and_in_the_papers(drill: Play) -> None:
    """With its steps: raised, verified, reported, told, over."""
    move(drill, Stage.VERIFIED)
    report(drill)
    call_all(drill)
    (one,) = drill.store.read(lambda uow: drill_shown(uow, DRILL, drill.now))["warnings"]
    assert (one["id"], one["row"], one["stage"]) == (ID, "signs", "verified")
    assert [step["what"]["en"] for step in one["steps"]] == [
        "raised",
        "verified",
        "reported along its path",
        "everybody on its path was told",
    ]
    drill.do(EndDrill(by=by("clerk"), incident=DRILL))
    paper = drill.store.read(lambda uow: after_action(uow, DRILL, drill.now))
    assert [step.what.en for step in paper.warnings[0].steps][-1] == "over with its drill"
    people(drill)


def test_its_archive_holds_them_exactly_and_no_number(drill: Play, tmp_path: Path) -> None:
    """With their records; taken in elsewhere it leaves again as it came, byte for byte."""
    move(drill, Stage.VERIFIED)
    report(drill)
    call_all(drill)
    drill.do(EndDrill(by=by("clerk"), incident=DRILL))
    archive = drill.store.read(lambda uow: archive_of(uow, DRILL, drill.now))
    assert isinstance(archive, DrillArchive)
    (one,) = archive.warnings
    assert (one.id, one.row, one.stage) == (ID, "signs", Stage.OVER)
    assert [entry.kind for entry in one.entries] == drill.kinds(ID)
    written = archive_text(archive)
    for address in ("slack:duty", "sms:duty", "voice:duty"):
        assert address not in written
    with closing(open_store(f"sqlite:///{tmp_path / 'elsewhere.db'}")) as store:
        elsewhere = Play.of(store, warned_firm(), EVENING)
        kept = elsewhere.do(KeepArchive(by=by("clerk"), archive=archive_from(written)))
        again = elsewhere.store.read(lambda uow: archive_of(uow, kept.id, elsewhere.now))
    assert archive_text(again) == written
    people(drill)
