"""Progress told to the parties concerned (7.2): clocks, the leaders' five lines, no change."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from responder.commands.briefings.briefing import Brief
from responder.commands.briefings.due import briefings
from responder.commands.consent import Confirm
from responder.commands.decisions.decision import Decide
from responder.commands.drills.conducting import ResumeDrill
from responder.commands.engine_work import NoticeDowntime
from responder.commands.incidents.incident import Declare
from responder.commands.incidents.leading import SetLevel
from responder.commands.incidents.note import AddNote
from responder.commands.incidents.phase import Cancel, Reopen, SetPhase
from responder.commands.incidents.task import DoTask
from responder.commands.paging.answering import Acknowledge
from responder.commands.paging.call_task import RecordCall, TakeCall
from responder.commands.paging.calls_waiting import call_tasks
from responder.commands.paging.keypress import command_of
from responder.commands.paging.phone_call import AnswerText
from responder.commands.reports.dossier import EnterFact
from responder.documents.messages import Messages
from responder.domain.briefing import LEADERS, Audience
from responder.domain.call_task import Result
from responder.domain.incident import Phase
from responder.domain.keys import press
from responder.domain.message import Message, Purpose
from responder.domain.people import Way
from responder.domain.record import By
from responder.domain.register import Unit
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import BadInput, NotAllowed, UnknownId
from tests.acceptance.conftest import EVENING
from tests.stage.firm import person, small_firm
from tests.stage.play import Play, by
from tests.stage.talk import Talk
from tests.unit.documents.samples import TEMPLATES

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
BRANCHES = Audience(
    "branches",
    Words("营业网点", "Branches"),
    ("clerk", "role:it_lead"),
    levels=(1, 2, 3),
    every={1: 30 * MINUTE, 2: 30 * MINUTE},
    keeper="deputy",
)
EXCHANGE = Audience(
    "exchange", Words("交易所", "The exchange"), ("unit:sse",), levels=(1, 2), every={1: HOUR}
)
OURS = {Purpose.BRIEF, Purpose.BRIEF_DUE, Purpose.CALL_TASK}


def firm(**audiences: Audience) -> Site:
    usual = small_firm()
    sse = Unit(
        "sse",
        "core_institution",
        Words("上交所", "The exchange"),
        reach=(Way("email", "x@example.org"), Way("by_hand", "021", "phone", "值班室")),
    )
    people = usual.people | {"deputy": person("deputy", "slack", "sms", language="en")}
    return replace(usual, people=people, units={"sse": sse}, audiences=audiences)


@pytest.fixture
def store(opened: Callable[..., Any]) -> Any:
    """On both databases."""
    return opened()


@pytest.fixture
def play(store: Any) -> Iterator[Play]:
    play = Play.of(store, firm(leaders=LEADERS, branches=BRANCHES, exchange=EXCHANGE), EVENING)
    yield play
    play.outgoing = [(at, m) for at, m in play.outgoing if m.purpose in OURS]
    play.over()


@pytest.fixture
def incident(play: Play) -> str:
    """An outage at level 2, in the duty lead's hands; the leaders have had their first brief."""
    id = play.do(Declare(by=by("clerk"), playbook="outage", title="交易中断")).id
    play.do(Acknowledge(by=by("duty"), incident=id))
    assert sent(play) == ["boss voice brief", "second voice brief", "head slack brief",
                          "head sms brief"]  # fmt: skip
    return str(id)


def taken(play: Play, *purposes: Purpose) -> list[Message]:
    """The messages of some purposes that went out since last asked."""
    wanted = purposes or tuple(OURS)
    found = [m for _, m in play.outgoing if m.purpose in wanted]
    play.outgoing = [(at, m) for at, m in play.outgoing if m.purpose not in wanted]
    return found


def sent(play: Play, *purposes: Purpose) -> list[str]:
    return [f"{m.person} {m.via} {m.purpose.value}" for m in taken(play, *purposes)]


def text(message: Message) -> str:
    return Messages(TEMPLATES).message(message).body


def clock(play: Play, incident: str, audience: str) -> dict[str, Any]:
    found = play.store.read(lambda uow: briefings(uow, play.now, incident))
    return next(one for one in found if one["audience"] == audience)


def tell(play: Play, incident: str, audience: str, text: str = "", who: str = "duty") -> Any:
    return play.do(Brief(by=by(who), incident=incident, audience=audience, text=text))


# The leaders


def test_leaders_hear_at_activation_and_each_hour(play: Play, incident: str) -> None:
    """Five lines at once; then hourly at level 2, each kept on time by the house itself."""
    assert clock(play, incident, "leaders")["due_at"] == (EVENING + HOUR).isoformat()
    play.wait(29 * MINUTE)
    tell(play, incident, "branches", "进展如下")
    play.wait(31 * MINUTE - timedelta(seconds=1))
    assert "boss voice brief" not in sent(play)
    play.wait(timedelta(seconds=1))
    (slack,) = [m for m in taken(play, Purpose.BRIEF) if m.via == "slack"]
    lines = text(slack).splitlines()
    assert lines[0].startswith("领导快报2 · ")
    assert lines[1] == "一、交易中断，20:15启动预案，现为Ⅱ级响应，已1小时。"
    assert lines[3] == "三、进展：处置中，现场指挥duty，任务完成0/4，逾期2项。"
    assert lines[5].endswith("下次快报22:15前。")
    tell(play, incident, "branches", "进展如下")
    play.wait(HOUR)
    leaders = [m for m in taken(play, Purpose.BRIEF) if m.facts["briefs"] == "leaders"]
    (slack,) = [m for m in leaders if m.via == "slack"]
    assert "较上次无变化" in text(slack), "taking it in hand was a change, two hours ago"
    kept = clock(play, incident, "leaders")
    assert [one["late_s"] for one in kept["intervals"]] == [0, 0]
    assert kept["receipts"]["head"] == {"slack": "delivered", "sms": "delivered"}
    taken(play)


def test_no_clock_at_level_three_but_every_turn(play: Play) -> None:
    """At level 3 the leaders hear of activation and of a change of level, and of no hour."""
    id = play.do(Declare(by=by("clerk"), playbook="leak", title="泄露")).id
    play.do(Acknowledge(by=by("head"), incident=id))
    assert len(taken(play, Purpose.BRIEF)) == 4
    play.wait(3 * HOUR)
    assert all("boss" not in line for line in sent(play))
    play.do(SetLevel(by=by("head"), incident=id, level=2, reason="影响扩大"))
    told = [m for m in taken(play, Purpose.BRIEF) if m.person == "head" and m.via == "slack"]
    assert "现为Ⅱ级响应" in text(told[0])
    play.wait(HOUR)
    assert "boss voice brief" in sent(play)


def test_what_is_asked_of_the_leaders_is_their_last_line(play: Play, incident: str) -> None:
    """Somebody entitled adds it; the clock starts anew, and the reminder says how."""
    play.wait(55 * MINUTE)
    due = [m for m in taken(play) if m.purpose is Purpose.BRIEF_DUE and m.person == "duty"]
    (chat,) = [m for m in due if m.via == "slack" and m.facts["briefs"] == "leaders"]
    assert text(chat).startswith("⏰ 21:15自动发出领导快报")
    tell(play, incident, "leaders", "请决定是否暂停委托")
    (slack,) = [m for m in taken(play, Purpose.BRIEF) if m.via == "slack"]
    assert "五、请领导：请决定是否暂停委托。下次快报22:10前。" in text(slack)
    taken(play)


def test_a_fact_entered_once_is_in_the_next_brief(play: Play, incident: str) -> None:
    """The customers hit and the expected recovery, as somebody entered them for every paper."""
    for field, value in (("customers", "8600"), ("expected_normal_at", "2026-11-23T22:30+08:00")):
        play.do(EnterFact(by=by("duty"), incident=incident, field=field, value=value,
                          estimate=True))  # fmt: skip
    tell(play, incident, "leaders", "请知悉")
    (slack,) = [m for m in taken(play, Purpose.BRIEF) if m.via == "slack"]
    assert "受影响客户8,600户（估计）。" in text(slack)
    assert "预计22:30恢复（估计）。" in text(slack)
    taken(play)


def test_restored_then_where_the_report_is(play: Play, incident: str) -> None:
    """A brief at restoration ends the clock; at stand-down they hear who has the report."""
    play.do(DoTask(by=by("duty"), incident=incident, task="verify"))
    play.do(SetPhase(by=by("duty"), incident=incident, phase=Phase.RESTORED))
    (slack,) = [m for m in taken(play, Purpose.BRIEF) if m.via == "slack"]
    assert "系统已恢复，定时快报到此为止" in text(slack)
    assert clock(play, incident, "leaders")["ended"]
    tell(play, incident, "branches", "已恢复，可正常交易")
    tell(play, incident, "exchange", "已恢复")
    taken(play)
    play.wait(3 * HOUR)
    assert sent(play) == [], "nothing more is due"
    play.do(SetPhase(by=by("duty"), incident=incident, phase=Phase.STOOD_DOWN))
    (slack,) = [m for m in taken(play, Purpose.BRIEF) if m.via == "slack"]
    assert "事件处置报告（PDF）已可出具，请向duty索取" in text(slack)


def test_a_false_alarm_is_told_to_whoever_was_told_of_it(play: Play, incident: str) -> None:
    """The leaders were; the branches were not, and hear nothing."""
    asked = play.do(Cancel(by=by("duty"), incident=incident, reason="监控误报"))
    play.do(Confirm(by=by("head"), request=asked.id))
    told = taken(play, Purpose.BRIEF)
    assert {m.person for m in told} == {"boss", "second", "head"}
    assert "事件已撤销（监控误报）" in text(next(m for m in told if m.via == "slack"))
    play.wait(2 * HOUR)
    assert sent(play) == []


# The others


def test_told_in_time_nobody_is_reminded(play: Play, incident: str) -> None:
    """People by their own ways, a unit by a human; the next interval begins."""
    reply = tell(play, incident, "branches", "电话委托可用")
    assert reply.facts["people"] == ["clerk", "head"]
    assert "下次：20:45前" in reply.said.zh
    chat = [m for m in taken(play, Purpose.BRIEF) if m.person == "clerk"]
    assert text(chat[0]).splitlines()[1:3] == ["电话委托可用。", "下次通报：20:45前。"]
    reply = tell(play, incident, "exchange", "正在切换")
    assert reply.facts["called"] == ["sse"]
    assert sent(play) == ["duty slack call_task", "duty sms call_task"], "the commander keeps it"
    call = play.do(TakeCall(by=by("duty"), incident=incident, call="1"))
    assert call.facts["how"] == "phone", "what a human can use, not the mail"
    assert "正在切换" in call.facts["read_out"]["zh"]
    play.do(RecordCall(by=by("duty"), incident=incident, call="1", result=Result.REACHED))
    play.wait(20 * MINUTE)
    assert sent(play) == []


def test_reminded_five_minutes_before_and_alarmed_at_the_end(play: Play, incident: str) -> None:
    """The keeper is reminded; at the end keeper and duty lead are alarmed; lateness is kept."""
    play.wait(10 * MINUTE)
    reminders = taken(play, Purpose.BRIEF_DUE)
    assert {(m.person, m.via) for m in reminders if m.facts["briefs"] == "branches"} == {
        ("deputy", "slack"),
        ("deputy", "sms"),
    }
    (chat,) = [m for m in reminders if m.person == "deputy" and m.via == "slack"]
    assert "Branches to be told by 20:30" in text(chat)
    assert "press [No change]" not in text(chat), "nothing was said yet that could stay so"
    taken(play), play.tells()
    play.wait(5 * MINUTE)
    alarms = [line for line in play.tells() if line.endswith("alarm")]
    assert {line.split()[0] for line in alarms} >= {"deputy", "duty"}
    play.wait(timedelta(seconds=90))
    assert tell(play, incident, "branches", "处置中").facts["told_late"] == 90
    (interval,) = clock(play, incident, "branches")["intervals"]
    assert (interval["late_s"], interval["by"]) == (90, "duty")
    kinds = [k for k in play.kinds(incident) if k.startswith("Brief")]
    assert kinds.count("BriefingReminded") == kinds.count("BriefingMissed") == 2
    taken(play), play.tells()


def test_no_change_is_one_tap_where_the_record_shows_none(play: Play, incident: str) -> None:
    """Pressed under the reminder; refused, naming it, once a task was done or a decision taken."""
    with pytest.raises(BadInput, match="told nothing yet"):
        tell(play, incident, "branches")
    tell(play, incident, "branches", "处置中")
    taken(play), play.tells()
    play.wait(25 * MINUTE)
    (chat,) = [m for m in taken(play) if m.person == "deputy" and m.via == "slack"]
    assert "press [No change]" in text(chat)
    pressed = command_of(press(chat.purpose, "1").act, chat, by("deputy"))
    assert pressed is not None
    play.do(pressed)
    (told,) = [m for m in taken(play, Purpose.BRIEF) if m.person == "clerk"]
    assert "截至20:40，处置仍在进行，情况没有变化。" in text(told)
    play.do(DoTask(by=by("duty"), incident=incident, task="safety"))
    with pytest.raises(BadInput, match=r"a task was done at 20:40 \(People are safe\)"):
        tell(play, incident, "branches", who="deputy")
    tell(play, incident, "branches", "人员平安")
    tell(play, incident, "branches")
    play.do(Decide(by=by("boss"), incident=incident, decision="halt-orders", approves=True,
                   reason="同意"))  # fmt: skip
    with pytest.raises(BadInput, match="Halt orders"):
        tell(play, incident, "branches")
    tell(play, incident, "branches", "已暂停委托")
    play.do(AddNote(by=by("duty"), incident=incident, text="切换备用通道"))
    tell(play, incident, "branches")
    play.do(AddNote(by=by("duty"), incident=incident, text="备用通道可用", starred=True))
    with pytest.raises(BadInput, match="a starred note"):
        tell(play, incident, "branches")
    taken(play), play.tells()


def test_a_digit_takes_the_page_and_never_the_reminder(store: Any) -> None:
    """A reminder waits on the same telephone: a bare 1 still means the one page there."""
    play = Play.of(store, firm(branches=replace(BRANCHES, keeper="head")), EVENING)
    id = play.do(Declare(by=by("clerk"), playbook="outage", title="交易中断")).id
    play.do(Acknowledge(by=by("duty"), incident=id))
    play.do(Decide(by=by("boss"), incident=id, decision="halt-orders", approves=True, reason="可"))
    play.wait(10 * MINUTE)
    assert "head sms brief_due" in sent(play)
    digit = AnswerText(by=By("head", "sms"), number="sms:head", key="1")
    assert play.do(digit).facts.get("passive"), "alone it answers nothing"
    other = play.do(Declare(by=by("clerk"), playbook="leak", title="数据泄露")).id
    assert "head sms" in play.rings()
    assert play.do(digit).facts["counted"]
    assert play.incident(other).commander == "head"
    assert clock(play, id, "branches")["number"] == 0


def test_downtime_makes_nothing_up(play: Play, incident: str) -> None:
    """Three hours without an engine: one alarm an audience, one brief to the leaders."""
    tell(play, incident, "branches", "处置中")
    taken(play), play.tells()
    stopped = play.now
    play.sleep(3 * HOUR + MINUTE)
    play.do(NoticeDowntime(since=stopped, until=play.now))
    play.wait(timedelta(0))
    assert sent(play, Purpose.BRIEF).count("head slack brief") == 1
    missed = [e.payload for e in play.timeline(incident) if e.kind == "BriefingMissed"]
    assert [(one["audience"], one["skipped"]) for one in missed if one] == [
        ("exchange", 11),
        ("branches", 5),
    ]
    assert clock(play, incident, "branches")["due_at"] == (stopped + 3.5 * HOUR).isoformat()
    leaders = clock(play, incident, "leaders")["intervals"]
    assert [one["late_s"] for one in leaders] == [int((2 * HOUR + MINUTE).total_seconds())]
    taken(play), play.tells(), play.rings()


def test_a_restart_changes_nothing(opened: Callable[..., Any], play: Play, incident: str) -> None:
    """Another engine on the same database goes on where the first one stopped."""
    play.wait(12 * MINUTE)
    taken(play)
    play.store = opened()
    play.wait(MINUTE)
    assert sent(play, Purpose.BRIEF_DUE) == []
    play.wait(3 * MINUTE)
    assert "deputy slack alarm" in play.tells()
    taken(play)


def test_reopened_everybody_is_told_soon(play: Play, incident: str) -> None:
    """The clocks that had ended run again."""
    play.do(DoTask(by=by("duty"), incident=incident, task="verify"))
    play.do(SetPhase(by=by("duty"), incident=incident, phase=Phase.RESTORED))
    tell(play, incident, "branches", "已恢复")
    taken(play)
    play.do(Reopen(by=by("duty"), incident=incident, reason="再次中断"))
    assert "boss voice brief" in sent(play, Purpose.BRIEF)
    assert clock(play, incident, "branches")["due_at"] == (EVENING + 15 * MINUTE).isoformat()
    taken(play), play.tells()


def test_who_may_and_to_whom(play: Play, incident: str) -> None:
    """The keeper of an audience may tell it; somebody else in the manual may not."""
    tell(play, incident, "branches", "处置中", "deputy")
    with pytest.raises(NotAllowed):
        tell(play, incident, "exchange", "处置中", "clerk")
    with pytest.raises(UnknownId, match="branches"):
        tell(play, incident, "branchs", "处置中")
    with pytest.raises(BadInput, match="over 500"):
        tell(play, incident, "branches", "长" * 501)
    taken(play)


def test_whoever_is_asked_to_call_may_make_the_call(store: Any) -> None:
    """The keeper of an audience is no responder otherwise; what they are asked, they may do."""
    play = Play.of(store, firm(exchange=replace(EXCHANGE, keeper="clerk")), EVENING)
    id = play.do(Declare(by=by("duty"), playbook="outage", title="交易中断")).id
    tell(play, id, "exchange", "正在切换", "clerk")
    assert sent(play) == ["clerk slack call_task"]
    play.do(RecordCall(by=by("clerk"), incident=id, call="1", result=Result.REACHED))
    play.do(Brief(by=by("duty"), incident=id, audience="exchange", text="仍在切换"))
    with pytest.raises(NotAllowed):
        play.do(RecordCall(by=by("root"), incident=id, call="2", result=Result.REACHED))


def test_a_drill_is_marked_and_calls_nobody_outside(play: Play) -> None:
    """Its briefs begin with 【演练】; units hear nothing; frozen it is silent, then begins anew."""
    id = play.do(Declare(by=by("duty"), playbook="outage", title="演练", drill=True)).id
    told = [m for m in taken(play, Purpose.BRIEF) if m.via == "slack"]
    assert text(told[0]).startswith("【演练】")
    reply = tell(play, id, "exchange", "演练通报")
    assert (reply.facts["called"], reply.facts["withheld"]) == ([], ["sse"])
    assert play.store.read(lambda uow: call_tasks(uow, play.now, id)) == []
    real = play.do(Declare(by=by("clerk"), playbook="leak", title="真实泄露")).id
    play.do(Acknowledge(by=by("head"), incident=real))
    taken(play)
    play.wait(HOUR)
    assert all(not m.drill for m in taken(play))
    for phase in (Phase.RESTORED, Phase.STOOD_DOWN):
        play.do(SetPhase(by=by("head"), incident=real, phase=phase))
    taken(play)
    play.do(ResumeDrill(by=by("duty"), incident=id))
    assert clock(play, id, "branches")["due_at"] == (play.now + 15 * MINUTE).isoformat()
    taken(play), play.rings(), play.tells()


def test_in_the_words_of_the_chat(play: Play, incident: str) -> None:
    """简报 and 待通报, in both languages; 无变化 is held against the record there too."""
    talk = Talk(play)
    assert "已通报营业网点：2人" in talk.hears("duty", "简报 营业网点 “电话委托可用”")
    assert "已通报营业网点" in talk.hears("duty", "简报 branches 无变化")
    assert "told: 2 people" in talk.hears("deputy", "brief branches no change")
    listed = talk.hears("duty", "待通报")
    assert "营业网点（branches）· 20:45前 · 上次20:15 · 按时3/3 · deputy" in listed
    assert "领导（leaders）" in listed
    assert "请写明进展" in talk.hears("duty", "简报 branches")
    taken(play)
