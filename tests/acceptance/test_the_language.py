"""The command language on a small firm: every verb is its command, every slip is answered."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from responder.app import words_for
from responder.commands import Command
from responder.commands.decisions.decision import Decide, Extend, PassOn
from responder.commands.drills.closing import AnswerPlanChange, CloseDrill, EvaluateDrill
from responder.commands.drills.conducting import (
    AbortDrill,
    EndDrill,
    Observe,
    PauseDrill,
    ResumeDrill,
)
from responder.commands.drills.feedback import GiveFeedback
from responder.commands.firm import AcceptSite
from responder.commands.incidents.incident import Declare
from responder.commands.incidents.leading import HandOver, SetLevel, Take
from responder.commands.incidents.note import AddNote
from responder.commands.incidents.phase import Cancel, Reopen, SetPhase
from responder.commands.incidents.presence import RefuseHandover, StillHere
from responder.commands.incidents.role import GiveRole, TakeRole
from responder.commands.incidents.roll_call import AnswerRoll, CallRoll
from responder.commands.incidents.task import AssignTask, DoTask, WaiveTask
from responder.commands.incidents.undo import Undo
from responder.commands.paging.answering import Acknowledge, Decline, Page
from responder.commands.reachability.self_test import ProveByCode, TryMyWays
from responder.commands.warnings.moving import ConvertWarning, MoveWarning
from responder.commands.warnings.warning import RaiseWarning
from responder.domain.incident import Phase
from responder.domain.record import By
from responder.domain.warning import Stage
from responder.domain.words import Words
from responder.errors import StoreFull
from responder.inbound.language.acts import ACTS
from responder.inbound.language.answers import ANSWERS
from responder.inbound.language.consider import consider
from responder.inbound.language.conversation import Conversation
from responder.inbound.language.parse import parse
from responder.inbound.language.words import VERBS
from tests.stage.firm import person, small_firm
from tests.stage.play import Play, by
from tests.stage.talk import Talk

EVENING = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
INC, DRL, WRN = "INC-2026-0001", "DRL-2026-0001", "WRN-2026-0001"
ME = By("admin", "chat")


@pytest.fixture
def talk(play: Play) -> Any:
    """A frozen drill, an outage at level 2, an open warning; messages are another tale."""
    yield prepared(play)
    play.outgoing.clear()


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The same, for lines that change nothing."""
    from responder.store.opening import open_store

    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('still') / 'responder.db'}")
    yield prepared(Play.of(store, small_firm(), EVENING))
    store.close()


def prepared(play: Play) -> Talk:
    play.do(Declare(by=by("clerk"), playbook="outage", title="演练停机", drill=True))
    play.do(Declare(by=by("clerk"), playbook="outage", title="交易中断"))
    play.do(RaiseWarning(by=by("clerk"), title="磁盘将满", playbook="leak", system="crm"))
    return Talk(play)


def command(talk: Talk, line: str, **chat: Any) -> Command | str:
    """The command that a line of the duty lead's stands for, else the answer; nothing is done."""
    found = talk.read(
        lambda uow, now: consider(line, ME, Conversation(**chat), uow, now, words_for)
    )
    if found.command is None and found.waiting is not None and not found.waiting.lacks:
        chat["waiting"] = {ME.person: found.waiting}
        return command(talk, "是", **chat)
    return found.command or found.answer.numbered


def do(kind: type[Command], **fields: Any) -> Command:
    return kind(by=ME, **fields)


def mine(kind: type[Command], **fields: Any) -> Command:
    return do(kind, incident=INC, **fields)


TABLE = [
    ('declare "Leak" plan=leak', do(Declare, playbook="leak", title="Leak")),
    ("启动 “客户信息外泄” 方案=数据泄露", do(Declare, playbook="leak", title="客户信息外泄")),
    ("启动 leak 客户信息外泄 级别=１", do(Declare, playbook="leak", title="客户信息外泄", level=1)),
    ("启动 数据泄露", do(Declare, playbook="leak", title="数据泄露")),
    (
        'new "x" system=crm drill=yes --separate "another room"',
        do(
            Declare,
            playbook="leak",
            title="x",
            systems=("crm",),
            drill=True,
            separate="another room",
        ),
    ),
    ("incident set contained", mine(SetPhase, phase=Phase.CONTAINED)),
    ("变更状态 恢复 “验证通过”", mine(SetPhase, phase=Phase.RESTORED, reason="验证通过")),
    ("恢复正常 验证通过", mine(SetPhase, phase=Phase.RESTORED, reason="验证通过")),
    ("结束应急", mine(SetPhase, phase=Phase.STOOD_DOWN)),
    ("close", mine(SetPhase, phase=Phase.CLOSED)),
    ('cancel "false alarm"', mine(Cancel, reason="false alarm")),
    ("误报 监控误判", mine(Cancel, reason="监控误判")),
    ('reopen 0001 "again"', mine(Reopen, reason="again")),
    ("重新处置 0001 又断了", mine(Reopen, reason="又断了")),
    ('warn "disk" plan=leak', do(RaiseWarning, title="disk", playbook="leak")),
    (
        "预警 “磁盘将满” 系统=客户系统",
        do(RaiseWarning, title="磁盘将满", playbook="leak", system="crm"),
    ),
    ("warn verify", do(MoveWarning, warning=WRN, stage=Stage.VERIFIED)),
    ("核实 现场已看", do(MoveWarning, warning=WRN, stage=Stage.VERIFIED, reason="现场已看")),
    (
        "解除 wrn-2026-0001 已扩容",
        do(MoveWarning, warning=WRN, stage=Stage.LIFTED, reason="已扩容"),
    ),
    ('lift "enlarged"', do(MoveWarning, warning=WRN, stage=Stage.LIFTED, reason="enlarged")),
    ("不成立 阈值有误", do(MoveWarning, warning=WRN, stage=Stage.DISMISSED, reason="阈值有误")),
    ("转为事件 level=2", do(ConvertWarning, warning=WRN, level=2)),
    ('level 1 "worse"', mine(SetLevel, level=1, reason="worse")),
    ("定级 三级 缓和", mine(SetLevel, level=3, reason="缓和")),
    ("定级 Ⅳ级 缓和", mine(SetLevel, level=4, reason="缓和")),
    ("page @admin come", mine(Page, target="admin", why="come")),
    ("呼叫 系统管理员 请到机房", mine(Page, target="role:system_admin", why="请到机房")),
    ("呼叫 0001 递补顺序 速到", mine(Page, target="succession", why="速到")),
    ("call team:technology now please", mine(Page, target="team:technology", why="now please")),
    ("ack", mine(Acknowledge)),
    ("收到", mine(Acknowledge)),
    ("确认", mine(Acknowledge)),
    ("接手 WRN-2026-0001", do(Acknowledge, incident=WRN)),
    ("next", mine(Decline)),
    ("转下一位 sure=是", mine(Decline, sure=True)),
    ("decline --sure", mine(Decline, sure=True)),
    ("decide approve stop", mine(Decide, decision="halt-orders", approves=True, reason="stop")),
    (
        "决策 police 不同意 “再看”",
        mine(Decide, decision="police", approves=False, reason="再看"),
    ),
    (
        "同意 止损 代记=boss 方式=电话 见证人=@admin",
        mine(
            Decide,
            decision="halt-orders",
            approves=True,
            reason="止损",
            person="boss",
            means="phone",
            witness="admin",
        ),
    ),
    ("我正在决策", mine(Extend, decision="halt-orders")),
    ("decide halt-orders pass", mine(PassOn, decision="halt-orders")),
    ("角色 信息技术负责人", mine(TakeRole, role="it_lead")),
    ("role it_lead @deputy", mine(GiveRole, role="it_lead", to="deputy")),
    ("岗位 0001 deputy 值班负责人", mine(GiveRole, role="duty_lead", to="deputy")),
    ("测试 slack", do(TryMyWays, via="slack")),
    ("核验码 k7m2xq", do(ProveByCode, code="k7m2xq")),
    ("prove k7m2xq", do(ProveByCode, code="k7m2xq")),
    ("take", mine(Take)),
    ("接值守", mine(Take, what="watch")),
    ("暂不能接班", mine(RefuseHandover)),
    ("here", mine(StillHere)),
    ("交班 @deputy", mine(HandOver, to="deputy")),
    ("handover Deputy watch", mine(HandOver, to="deputy", what="watch")),
    ("值守 @deputy", mine(HandOver, to="deputy", what="watch")),
    ("done safety", mine(DoTask, task="safety")),
    ("完成 3 sure=yes", mine(DoTask, task="restart", sure=True)),
    ('done halt --break-glass "life"', mine(DoTask, task="halt", break_glass="life")),
    ("指派 业务验证 @admin", mine(AssignTask, task="verify", to="admin")),
    ("assign @admin verify", mine(AssignTask, task="verify", to="admin")),
    ("免办 restart 未受影响", mine(WaiveTask, task="restart", reason="未受影响")),
    ("note 客户反映“登不上”，a=b，很多", mine(AddNote, text="客户反映“登不上”，a=b，很多")),
    ("记录：报盘已重启", mine(AddNote, text="报盘已重启")),
    ("点名", mine(CallRoll)),
    ("safety ask 值班负责人", mine(CallRoll, target="role:duty_lead")),
    ("平安", mine(AnswerRoll, safe=True)),
    ("sos", mine(AnswerRoll, safe=False)),
    ("undo", do(Undo)),
    ("撤销", do(Undo)),
    ("drill resume", do(ResumeDrill, incident=DRL)),
    ("恢复演练", do(ResumeDrill, incident=DRL)),
    (f"结束演练 {DRL}", do(EndDrill, incident=DRL)),
    (f"暂停演练 {DRL} 行情异常", do(PauseDrill, incident=DRL, reason="行情异常")),
    (f'drill abort {DRL} "no power"', do(AbortDrill, incident=DRL, reason="no power")),
    (
        f"演练转真实 {DRL} 机房断电",
        do(AbortDrill, incident=DRL, reason="机房断电", real=True),
    ),
    (f"观察 {DRL} 通报晚", do(Observe, incident=DRL, text="通报晚")),
    (f"预案修订 {DRL} 不修订", do(AnswerPlanChange, incident=DRL, change="none")),
    (f"plan-change {DRL} call list", do(AnswerPlanChange, incident=DRL, change="call list")),
    (f"演练评估 {DRL}", do(EvaluateDrill, incident=DRL)),
    (f"drill close {DRL}", do(CloseDrill, incident=DRL)),
    (
        f"演练反馈 {DRL} 4 做得好=“快” 应改进=“晚”",
        do(GiveFeedback, incident=DRL, knew=4, well="快", better="晚"),
    ),
    (
        f'drill feedback {DRL} 2 well="fast" better="late"',
        do(GiveFeedback, incident=DRL, knew=2, well="fast", better="late"),
    ),
]


@pytest.mark.parametrize(("line", "meant"), TABLE, ids=[line for line, _ in TABLE])
def test_a_line_is_its_command(still: Talk, line: str, meant: Command) -> None:
    """Verbs, targets, options and texts in either language become exactly this command."""
    assert command(still, line) == meant


def test_every_verb_does_something() -> None:
    """No verb is without a command or an answer; the table above tries every command."""
    spoken = {"help", "lang", "timeline"}
    assert {verb.name for verb in VERBS} == {*ACTS, *ANSWERS, *spoken}


@pytest.mark.parametrize(
    ("line", "holds"),
    [
        ("事件", [f"{INC} 交易中断 · Ⅱ级响应", "【演练】"]),
        ("status", ["决策人：boss", "呼叫中：duty、admin", "待决策：暂停委托？"]),
        (f"状态 {WRN}", ["磁盘将满", "待核实"]),
        ("角色", ["系统管理员 (system_admin)：admin · 未完成任务1项"]),
        ("预案", [f"{INC}所用的版本", "3 【危险】重启报盘", "决策：暂停委托？"]),
        ("plan show 数据泄露", ["数据泄露 (leak) · Ⅲ级响应"]),
        ("预案列表", ["处置方案2个", "交易中断 (outage) · outage · Ⅱ级响应"]),
        ("绑定", ["Slack：未绑定", "responder link"]),
        ("解绑 telegram", ["没有绑定的账号，无需再做"]),
        ("任务", ["□ 1 确认人员安全 (safety)"]),
        ("warnings", [f"{WRN} 磁盘将满"]),
        ("timeline last=3", ["20:15"]),
        ("值守", ["目前无人值守"]),
        ("演练列表", ["还没有按脚本进行的演练"]),
        ("drill planned", ["没有已安排的演练"]),
        ("help", ["接手 (ack)", "启动 (incident new)"]),
        ("help ack", ["例：接手 0007"]),
        ("安全", ["点名 (safety ask)", "平安 (safety ok)"]),
    ],
)
def test_questions_are_answered(still: Talk, line: str, holds: list[str]) -> None:
    """A question changes nothing and is answered in the person's language."""
    before = ledger(still)
    heard = Talk(still.play).hears("duty", line)
    assert [part for part in holds if part not in heard] == []
    assert ledger(still) == before


def ledger(talk: Talk) -> int:
    return len(talk.read(lambda uow, _: uow.ledger.all(limit=10_000)))


# What is missing, wrong or forbidden


@pytest.mark.parametrize(
    ("line", "holds"),
    [
        ("level", "请写明响应级别（1至4）。"),
        ("level 2", "请写明理由。"),
        ("level 5 x", "请写明响应级别（1至4）"),
        ("page @amdin x", "您是否指：admin"),
        ("page", "1. 值班负责人 (role:duty_lead)"),
        ("同意", "请写明理由"),
        ("done saftey", "您是否指：safety"),
        ("done", "1. 确认人员安全 (safety)"),
        ("角色 @deputy", "1. 值班负责人 (duty_lead)"),
        ("role it_led", "您是否指：it_lead"),
        ("plan leek", "您是否指：leak"),
        ("预案 0009", "没有编号为“0009”的事件"),
        ("解绑", "2. Telegram"),
        ("绑定 abc123", "没有绑定"),
        ("undo foo=bar", "“foo=”无法识别"),
        ('declare "x" plan=leak levl=1', "可用：level"),
        ("平安 谢谢", "“谢谢”无法识别"),
        ("status 0009", "没有编号为“0009”的事件"),
        ("note 0009 已重启", "没有编号为“0009”的事件"),
        ("ack INC-2026-0099", "INC-2026-0099"),
        ("confirm", "请指明确认哪一项"),
        ("开始演练", "请选择演练脚本"),
        ("推送 x", "目前没有可办理的事件"),
        ("确认等级", "没有适用的报告规则"),
        ("grade major", "没有适用的报告规则"),
        ("参加演练", "请指明哪次演练"),
        ("接收", "您是否指：接手"),
        ("你好", "没有执行"),
    ],
)
def test_a_slip_is_answered_and_nothing_happens(still: Talk, line: str, holds: str) -> None:
    """What is missing or unknown is named, with what to do; the record gains nothing."""
    before = ledger(still)
    assert holds in Talk(still.play).hears("duty", line)
    assert ledger(still) == before


def test_help_is_an_example_to_copy(talk: Talk) -> None:
    """A slip is answered with a line that works when it is copied."""
    assert "例：定级 2 “客户影响扩大”" in talk.hears("duty", "level 2")
    assert "Did you mean ack" in talk.says("duty", "akc", Conversation(language="en")).text


def test_who_may_is_named(talk: Talk) -> None:
    """Without the right: who has it, by office and name; the attempt is on the record."""
    talk.hears("clerk", "撤销事件 我看错了")
    heard = talk.hears("clerk", "是")
    assert heard.startswith("clerk无权撤销事件。")
    assert "现任值班负责人：duty" in heard
    assert talk.play.kinds(INC)[-1] == "Refused"


def test_already_done_is_no_error(talk: Talk) -> None:
    """Asked for again: who did it and when."""
    talk.hears("duty", f"ack {INC}")
    talk.hears("duty", "已控制")
    again = talk.says("duty", "已控制")
    assert (again.refused, again.text) == (
        False,
        f"{INC}已是“已控制”（20:15 duty），无需再做。",
    )
    assert "已于20:15接手" in talk.hears("duty", "ack")


def test_an_illegal_change_is_told_in_words(talk: Talk) -> None:
    """States are named in the reader's language, with the legal ones."""
    heard = talk.hears("duty", "结束应急")
    assert "已启动预案" in heard
    assert "stood_down" not in heard


def test_a_stranger_changes_nothing(talk: Talk) -> None:
    """Somebody who is not in the contact manual is told so, whatever they say."""
    before = ledger(talk)
    assert "您不在应急处置联络手册中" in talk.hears("nobody", "ack")
    assert ledger(talk) == before


def test_a_store_that_fails_is_answered(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full: the person is told so at once, with what to do by hand."""

    def full(*_: object) -> Any:
        raise StoreFull(where="x")

    monkeypatch.setattr(talk, "execute", full)
    assert "磁盘已满" in talk.says("admin", "ack").text
    monkeypatch.setattr(talk, "read", full)
    assert talk.says("duty", "status").refused


# Which incident


def test_the_conversations_own_incident_comes_first(talk: Talk) -> None:
    """A channel is about its incident: nothing said there goes to another, even once closed."""
    assert command(talk, "note x", incident=DRL) == do(AddNote, incident=DRL, text="x")
    assert command(talk, "ack", incident="INC-2026-0009") == do(
        Acknowledge, incident="INC-2026-0009"
    )


def test_of_several_the_latest_are_offered(talk: Talk) -> None:
    """Two open incidents and none named: a numbered choice, the latest first, and it is kept."""
    talk.play.do(Declare(by=by("clerk"), playbook="leak", title="泄露"))
    answer = talk.says("clerk", "任务")
    offered = ["INC-2026-0002 泄露", f"{INC} 交易中断"]
    assert [choice.label for choice in answer.choices] == offered
    assert "重启报盘" in talk.hears("clerk", "2")
    assert "由您接手" in talk.hears("admin", "ack"), "only one of them calls the administrator"
    assert "重启报盘" in talk.hears("admin", "任务"), "the chat stays with what was taken"


def test_one_code_for_two_is_asked(talk: Talk) -> None:
    """0001 is the duty lead's page and their warning too: a word for several is a question."""
    answer = talk.says("duty", "ack 0001")
    assert [choice.label.split()[0] for choice in answer.choices] == [WRN, INC]
    assert "交易中断" in talk.hears("duty", "状态 0001"), "a frozen drill is not meant"


def test_people_of_one_name_are_told_apart(play: Play) -> None:
    """Two people are called the same: which one is asked, never guessed."""
    site = small_firm()
    twin = replace(site.people["clerk"], name=Words("李娜", "Li Na"))
    head = replace(site.people["head"], name=Words("李娜", "Li Na"))
    play.do(AcceptSite(site=replace(site, people={**site.people, "clerk": twin, "head": head})))
    play.do(Declare(by=by("duty"), playbook="leak", title="泄露"))
    for line in ("page @李娜 速到", "page Li Na come", "交班 “李娜”"):
        answer = Talk(play).says("duty", line)
        assert [choice.label for choice in answer.choices] == ["李娜 (head)", "李娜 (clerk)"], line
    play.outgoing.clear()


# Confirming


def test_level_two_is_confirmed_with_figures(talk: Talk) -> None:
    """A declaration at level 1 or 2 says whom it will call, and waits for a second word."""
    before = ledger(talk)
    asked = talk.hears("clerk", "启动 “数据外泄” plan=leak level=2")
    assert "将启动Ⅱ级响应：数据外泄。将立即呼叫1人（head）" in asked
    assert ledger(talk) == before
    assert "INC-2026-0002 已发起" in talk.hears("clerk", "是")
    assert "没有等待确认" in talk.hears("clerk", "是"), "a yes counts once"


@pytest.mark.parametrize("word", ["yes", "YES", "是", "是的。", "确认", "Ｙ"])
def test_every_yes_counts(talk: Talk, word: str) -> None:
    """In either language, in any width; 确认 then means this and not the page."""
    talk.hears("duty", "误报 看错了")
    assert talk.hears("duty", word) == f"交易中断（{INC}）：已撤销。"


def test_a_late_yes_does_nothing(talk: Talk) -> None:
    """After two minutes the word is stale: it neither confirms nor takes the page."""
    talk.hears("duty", "误报 看错了")
    talk.play.sleep(2 * MINUTE + timedelta(seconds=1))
    before = ledger(talk)
    assert "已超过2分钟" in talk.hears("duty", "确认")
    assert ledger(talk) == before


def test_no_is_no(talk: Talk) -> None:
    """A no drops what was asked."""
    talk.hears("duty", "误报 看错了")
    assert talk.hears("duty", "否") == "好的，没有执行。"
    assert "没有等待确认" in talk.hears("duty", "是")


def test_nobody_confirms_for_another(talk: Talk) -> None:
    """In a channel the yes of somebody else is not a yes."""
    channel = Conversation(incident=INC)
    talk.says("duty", "误报 看错了", channel)
    assert "没有等待确认" in talk.says("admin", "是", channel).text


def test_only_what_counts_is_confirmed(talk: Talk) -> None:
    """Level 3, one person paged, a note, a page taken: done at a word."""
    chat = Conversation(incident=INC)
    for line in (f"ack {INC}", "note x", "page @head 速到", "启动 泄露 plan=leak level=3"):
        answer = talk.says("duty", line, chat)
        assert (chat.waiting, bool(answer.id)) == ({}, True), line


def test_lowering_and_cancelling_are_confirmed(talk: Talk) -> None:
    """What takes something away states what it does and to how many."""
    assert "将把INC-2026-0001由Ⅱ级降为Ⅲ级" in talk.hears("duty", "定级 3 缓和")
    assert "通知3人" in talk.hears("duty", "误报 看错了")


def test_paging_many_is_confirmed_with_their_number(play: Play) -> None:
    """More than ten people are called only after their number was read."""
    site = small_firm()
    extras = {f"p{n}": person(f"p{n}", "sms", department="branch") for n in range(11)}
    teams = {"branch": tuple(extras), "ten": tuple(extras)[:10]}
    play.do(AcceptSite(site=replace(site, people={**site.people, **extras}, teams=teams)))
    play.do(Declare(by=by("duty"), playbook="leak", title="泄露"))
    play.outgoing.clear()
    talk = Talk(play)
    assert "将立即呼叫11人" in talk.hears("duty", "呼叫 team:branch 到岗")
    assert play.rings() == []
    assert "正在呼叫" in talk.hears("duty", "是")
    assert len(play.rings()) == 11
    assert "正在呼叫" in talk.hears("duty", "呼叫 ten 到岗")
    play.outgoing.clear()


def test_a_dangerous_task_is_asked_twice(talk: Talk) -> None:
    """What a command wants to be sure of is confirmed by the same yes."""
    talk.hears("admin", "ack")
    asked = talk.hears("admin", "完成 restart")
    assert "危险操作" in asked
    assert "--sure" not in asked
    assert "“是”" in asked
    assert talk.play.kinds(INC)[-1] != "TaskDone"
    assert talk.hears("admin", "是") == "已完成：重启报盘。"


def test_two_people_by_their_words(talk: Talk) -> None:
    """Lowering waits for another person, who finds it by number."""
    talk.hears("admin", "ack")
    talk.hears("duty", "定级 3 缓和")
    assert "confirm" in talk.hears("duty", "yes")
    offered = talk.hears("admin", "第二人确认")
    assert "降低响应级别" in offered
    assert "Ⅲ级响应" in talk.hears("admin", "1")


# Asking back, languages


def test_plain_words_answer_a_question_in_ones_own_chat(talk: Talk) -> None:
    """What was asked for last is answered with plain words; in a channel it never is."""
    talk.hears("duty", "定级 1")
    assert "将启动Ⅰ级响应" in talk.hears("duty", "客户影响扩大")
    channel = Conversation(incident=INC)
    talk.says("duty", "定级 1", channel)
    assert "没有执行" in talk.says("duty", "客户影响扩大", channel).text


def test_the_language_of_a_conversation(talk: Talk) -> None:
    """`lang` changes the conversation and nothing else."""
    assert talk.hears("duty", "lang en") == "Very well, English."
    assert "Commander" in talk.hears("duty", "status")
    assert talk.hears("duty", "中文") == "好的，本对话使用中文。"
    assert "现场指挥" in talk.hears("duty", "status")


def test_the_texts_of_commands_speak_the_language_of_lines(talk: Talk) -> None:
    """An option that an answer names is written as a line takes it."""
    heard = talk.hears("clerk", "启动 交易中断 plan=outage")
    assert "separate=…" in heard
    assert "--" not in heard


def test_without_an_engine_the_answer_says_so(talk: Talk) -> None:
    """Paging that nobody sends is never silent."""
    assert "现在什么都没有发出去" in talk.hears("duty", "page @head 速到")


# Anything at all


def not_a_verb(line: str) -> bool:
    return parse(line) is None


WORDS = st.sampled_from(
    [p for v in VERBS for p in v.phrases]
    + ["0001", "#1", "@duty", "“x”", "level=2", "plan=leak", "1", "safety", "--sure", "=", "“", "”"]
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(line=st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=5).map(" ".join)))
def test_any_text_is_answered(talk: Talk, line: str) -> None:
    """Whatever is typed, an answer comes back; no text raises, whatever it parses to."""
    answer = talk.says("duty", line, Conversation(alone=True))
    assert answer.text


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(line=st.text(max_size=80).filter(not_a_verb))
def test_what_is_no_verb_changes_nothing(talk: Talk, line: str) -> None:
    """Text that begins with no verb is answered, and the record is as before."""
    before = ledger(talk)
    assert talk.says("duty", line, Conversation(alone=True)).refused
    assert ledger(talk) == before
