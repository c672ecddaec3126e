"""Playbooks and accounts by chat: what to do, as the incident has it; whose account this is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from responder.app import words_for
from responder.commands.account import MakeLinkCode
from responder.commands.firm import AcceptSite
from responder.commands.incidents.incident import Declare
from responder.commands.planning.playbook_words import FITS_A_CHAT, plan_lines, scheme_lines
from responder.commands.planning.playbooks import Scheme
from responder.domain.playbook import DecisionPoint, Playbook, Task
from responder.domain.record import By
from responder.domain.roster import Roster
from responder.domain.words import Words
from responder.inbound.language.conversation import Conversation
from responder.inbound.language.speak import Interpreter
from responder.inbound.threshold import Spoken, Threshold, Visitor
from tests.acceptance.conftest import EVENING
from tests.stage.firm import small_firm
from tests.stage.play import Play, by
from tests.stage.talk import Talk

MINUTE = timedelta(minutes=1)
INC = "INC-2026-0001"
ROOM = Conversation(incident=INC)


# Playbooks


def test_an_incident_shows_its_own_copy(play: Play) -> None:
    """In its room without words; what was changed since in the site changes nothing there (P9)."""
    talk, site = Talk(play), small_firm()
    play.do(Declare(by=by("clerk"), playbook="outage", title="无法登录"))
    talk.hears("duty", "完成 safety")
    outage = replace(site.playbooks["outage"], symptoms=Words("新现象", "New"), tasks=())
    play.do(AcceptSite(site=replace(site, playbooks={**site.playbooks, "outage": outage})))
    play.do(Declare(by=by("clerk"), playbook="leak", title="泄露"))
    in_room = talk.says("admin", "预案", ROOM).text
    assert in_room.splitlines() == [
        f"交易中断 (outage) · Ⅱ级响应 · {INC}所用的版本",
        "先做：",
        "1 【人身安全】确认人员安全（已办）（值班负责人 duty，20:20前）",
        "2 暂停委托（信息技术负责人 head，20:35前）",
        "3 【危险】重启报盘（系统管理员 admin）；回退：切回",
        "再做：",
        "4 业务验证（信息技术负责人 head）",
        "决策：暂停委托？（按决策递补顺序，20:20前）；未决不得：暂停委托",
    ]
    assert "现象：新现象" in talk.says("duty", "plan show outage", ROOM).text
    offered = talk.says("clerk", "预案").choices
    assert [choice.label.split()[0] for choice in offered[:2]] == ["INC-2026-0002", INC]
    assert "(leak)" in talk.hears("clerk", "1")
    talk.hears("clerk", "lang en")
    assert "People are safe (done) (Duty lead Duty, by 20:20)" in talk.hears("clerk", "plan 0001")
    play.outgoing.clear()


def test_a_playbook_says_spans_where_nothing_runs(play: Play) -> None:
    """Without an incident a task is due so long after the declaration, by whoever is in post."""
    heard = Talk(play).hears("clerk", "预案 outage")
    assert "2 暂停委托（信息技术负责人，20分钟内）" in heard
    assert "决策：暂停委托？（按决策递补顺序，5分钟内）" in heard


TEXT = st.builds(lambda text, times: text * times, st.text(max_size=9), st.integers(0, 200))
WORDS = st.builds(Words, TEXT, TEXT)
TASKS = st.lists(
    st.builds(
        Task,
        st.uuids().map(str),
        title=WORDS,
        detail=WORDS,
        role=st.sampled_from(["", "it_lead", "gone"]),
        due=st.none() | st.timedeltas(timedelta(0), timedelta(days=2)),
        safety=st.booleans(),
        danger=st.booleans(),
        rollback=WORDS,
    ),
    max_size=8,
)
POINTS = st.lists(st.builds(DecisionPoint, st.sampled_from(["halt-orders", "gone"])), max_size=3)
BOOKS = st.builds(
    Playbook,
    st.just("book"),
    title=WORDS,
    symptoms=WORDS,
    over_when=WORDS,
    tasks=TASKS.map(tuple),
    decisions=POINTS.map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(book=BOOKS, language=st.sampled_from(["zh", "en"]))
def test_any_playbook_fits_a_message_and_says_what_it_left_out(
    book: Playbook, language: str
) -> None:
    """However long its texts: at most 2,900 characters, and where to read on if that is not all."""
    scheme = Scheme(Roster(small_firm()), book)
    shown = "\n".join(scheme_lines(scheme, EVENING, language, FITS_A_CHAT))
    whole = "\n".join(scheme_lines(scheme, EVENING, language))
    assert len(shown) <= FITS_A_CHAT
    assert shown == whole or "responder plan show book" in shown.splitlines()[-1]


def test_how_to_roll_back_is_never_shortened() -> None:
    """Titles and details give way first."""
    back = "一步一步退回原状。" * 100
    tasks = tuple(
        Task(f"t{n}", Words(f"任务{n}"), Words("细节" * 600), danger=n == 5, rollback=Words(back))
        for n in range(9)
    )
    scheme = Scheme(Roster(small_firm()), Playbook("long", tasks=tasks))
    shown = scheme_lines(scheme, EVENING, "zh", FITS_A_CHAT)
    assert f"6 【危险】任务5；回退：{back}" in shown
    assert shown[-1] == "（部分内容已缩短；全文：responder plan show long）"


def test_many_playbooks_are_counted() -> None:
    """A list that does not fit says how many are left."""
    books = {f"p{n}": Playbook(f"p{n}", Words("某系统中断" * 6)) for n in range(90)}
    lines = plan_lines(replace(small_firm(), playbooks=books), "zh", FITS_A_CHAT)
    left = 90 - (len(lines) - 2)
    assert lines[-1] == f"（还有{left}项未列出；全文：responder plan list）"
    assert len("\n".join(lines)) <= FITS_A_CHAT


# Accounts


@pytest.fixture
def says(play: Play) -> Callable[..., Spoken]:
    """The firm's Slack: an account says a line, in private or in a place."""
    house = Talk(play)
    threshold = Threshold(house, Interpreter(house, words_for))

    def say(account: str, line: str, place: str = "") -> Spoken:
        visitor = Visitor("slack", account, place or f"D-{account}", not place)
        spoken = threshold.say(visitor, line)
        assert spoken is not None
        return spoken

    return say


def linked(play: Play, says: Callable[..., Spoken], person: str, account: str) -> str:
    made = play.do(MakeLinkCode(by=By("root", "cli"), person=person))
    assert says(account, f"绑定 {made.facts['code']}").id == person
    return str(made.facts["code"])


def test_my_accounts_and_how_to_link_another(play: Play, says: Callable[..., Spoken]) -> None:
    """Which are mine, in part; who makes a code; and no code, nor the account, is shown."""
    linked(play, says, "duty", "U0777ABC")
    heard = says("U0777ABC", "绑定", "C-1").text
    assert "Slack：已绑定（U0****）" in heard
    assert "Telegram：未绑定" in heard
    assert "系统管理授权人员（root）执行 responder link duty" in heard
    assert "U0777ABC" not in heard
    assert says("U-stranger", "绑定").refused


def test_a_code_is_never_repeated(play: Play, says: Callable[..., Spoken]) -> None:
    """One that was mistyped, or typed where it binds nothing, is not shown to whoever reads on."""
    linked(play, says, "duty", "U-1")
    assert "zz9-secret" not in says("U-1", "绑定 zz9-secret", "C-1").text
    code = play.do(MakeLinkCode(by=By("root", "cli"), person="duty")).facts["code"]
    heard = Talk(play).hears("duty", f"绑定 {code}")
    assert "没有绑定" in heard
    assert code not in heard


def test_my_account_here_is_let_go(play: Play, says: Callable[..., Spoken]) -> None:
    """After a word of confirmation, and from then on it is a stranger's; others' stay."""
    linked(play, says, "duty", "U-1")
    linked(play, says, "admin", "U-2")
    asked = says("U-1", "解绑")
    assert "将解除您1个Slack账号的绑定" in asked.text
    assert [button.label for button in asked.buttons] == ["确认", "取消"]
    assert says("U-1", "否").text == "好的，没有执行。"
    assert not says("U-1", "谁").refused
    says("U-1", "unlink")
    assert says("U-1", "是").text == "已解除绑定，立即生效。"
    assert says("U-1", "谁").refused
    assert not says("U-2", "谁").refused
    kinds = [entry.kind for entry in play.timeline("FIRM")]
    assert kinds.count("AccountUnlinked") == 1
    assert "没有绑定的账号，无需再做" in says("U-2", "解绑 telegram").text
