"""A drill conducted in chat words, without naming it: begun, judged, told about, closed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from responder.app import words_for
from responder.commands.drills.approving import ApproveDrill
from responder.commands.drills.conducting import (
    AbortDrill,
    EndDrill,
    MarkExpected,
    Observe,
    PauseDrill,
)
from responder.commands.drills.entering import EnterAction
from responder.commands.drills.queries import drill_shown
from responder.commands.drills.starting import StartDrill
from responder.domain.drill import Absence, Result
from responder.domain.message import Message, Purpose
from responder.domain.record import By
from responder.inbound.forms import CONTROLLING
from responder.inbound.language.consider import consider
from responder.inbound.language.conversation import Conversation
from responder.inbound.language.drills_meant import controls
from responder.inbound.language.words import BY_NAME
from responder.inbound.language.world import World
from tests.acceptance.conftest import EVENING
from tests.acceptance.test_drills import DRILL, firm, scenario, shown
from tests.stage.play import Play, by
from tests.stage.talk import Talk

MINUTE = timedelta(minutes=1)
CLERK = By("clerk", "chat")
AT_20_20 = EVENING + 5 * MINUTE


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A drill after eleven minutes of silence, for lines that change nothing."""
    from responder.store.opening import open_store

    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('still') / 'responder.db'}")
    yield begun(Talk(Play.of(store, firm(scenario()), EVENING)))
    store.close()


@pytest.fixture
def talk(store) -> Any:
    """The small firm with an approved scenario, in the evening."""
    play = Play.of(store, firm(scenario()), EVENING)
    play.do(ApproveDrill(by=by("boss"), scenario="s"))
    return Talk(play)


@pytest.fixture
def running(talk: Talk) -> Talk:
    """The same with its drill under way, silence for eleven minutes."""
    return begun(talk)


def begun(talk: Talk) -> Talk:
    """The drill starts, and nobody takes it."""
    talk.play.do(ApproveDrill(by=by("boss"), scenario="s"))
    talk.play.do(StartDrill(by=by("clerk"), scenario="s"))
    talk.play.wait(11 * MINUTE)
    return talk


def meant(talk: Talk, line: str) -> Any:
    """The command a line of the controller's stands for in a room about nothing."""
    found = talk.read(lambda uow, now: consider(line, CLERK, Conversation(), uow, now, words_for))
    return found.command or found.answer.numbered


def one(kind: type, **fields: Any) -> Any:
    return kind(by=CLERK, incident=DRILL, **fields)


TABLE = [
    ("推送 nobody", None),
    ("暂停演练 行情异常", one(PauseDrill, reason="行情异常")),
    ("drill pause quotes stopped", one(PauseDrill, reason="quotes stopped")),
    ("结束演练", one(EndDrill)),
    ("drill end", one(EndDrill)),
    ("中止演练 场地停电", one(AbortDrill, reason="场地停电")),
    (
        "演练评定 seen 做到 现场可见",
        one(MarkExpected, expected="seen", result=Result.DONE, why="现场可见"),
    ),
    (
        'drill mark seen not_done "nobody came"',
        one(MarkExpected, expected="seen", result=Result.NOT_DONE, why="nobody came"),
    ),
    (
        "补登 take @duty 20:20 私人电话接手",
        one(EnterAction, expected="take", person="duty", at=AT_20_20, reason="私人电话接手"),
    ),
    (
        "人工补登 take duty 20:20 “私人电话接手”",
        one(EnterAction, expected="take", person="duty", at=AT_20_20, reason="私人电话接手"),
    ),
    (
        'drill enter take @duty 20:20 "by his own phone"',
        one(EnterAction, expected="take", person="duty", at=AT_20_20, reason="by his own phone"),
    ),
    ("观察 值班负责人没有看手机", one(Observe, text="值班负责人没有看手机")),
    ("观察 “口径不一” 目标=o", one(Observe, text="口径不一", objective="o")),
    ("观察 o 交接清楚 做得好=是", one(Observe, text="交接清楚", objective="o", strength=True)),
    ('observe "clear words" --strength', one(Observe, text="clear words", strength=True)),
]


@pytest.mark.parametrize(("line", "command"), TABLE, ids=[line for line, _ in TABLE])
def test_a_line_is_its_command(still: Talk, line: str, command: Any) -> None:
    """The one drill that runs is meant; a row that went out is no choice any more."""
    found = meant(still, line)
    if command is None:
        assert "无法识别" in found
    else:
        assert found == command


def test_a_drill_begins_at_a_yes(talk: Talk) -> None:
    """First how many people will be messaged; then it is the conversation's own."""
    heard = talk.hears("clerk", "开始演练 s")
    assert "向4人发送演练消息" in heard
    assert f"演练{DRILL}已开始" in talk.hears("clerk", "是")
    assert talk.chats["clerk"].incident == DRILL
    assert f"{DRILL} " in talk.hears("clerk", "演练列表")


def test_what_is_next_is_shown(running: Talk) -> None:
    """To the controller in a line each: what comes, the counts, what was not done."""
    heard = running.hears("clerk", "演练情况")
    assert heard.startswith(DRILL)
    assert "进行中" in heard
    assert "未做到1" in heard
    assert "超时或未做到：take" in heard


def test_the_real_thing_is_confirmed(running: Talk) -> None:
    """Whom a real declaration rings is told before; only a yes does it."""
    heard = running.hears("clerk", "中止演练 机房断电 真实=是")
    assert "并按" in heard
    assert "将立即呼叫" in heard
    running.hears("clerk", "是")
    assert shown(running.play)["ended"] == "aborted"
    open_ = running.read(lambda uow, _: uow.incidents.open())
    assert [i.title for i in open_.values() if not i.drill] == ["机房断电"]


def test_a_room_about_something_else_means_the_drill(running: Talk) -> None:
    """A conversation about an incident that is no drill: the words still find the drill."""
    room = Conversation(incident="INC-2026-0001")
    assert not running.says("clerk", "结束演练", room).refused
    assert shown(running.play)["ended"] == "done"


def questions(talk: Talk) -> list[Message]:
    """The messages that ask how it went."""
    found = talk.read(lambda uow, _: uow.outbox.of(DRILL))
    return [one for one in found if one.purpose is Purpose.HOT_WASH]


def test_of_two_that_run_a_room_means_its_own(store) -> None:
    """Elsewhere it is asked which; said again where it is over, it goes to no other drill."""
    two = {"s": scenario(), "t": replace(scenario(), id="t")}
    talk = Talk(Play.of(store, replace(firm(scenario()), scenarios=two), EVENING))
    for id in two:
        talk.play.do(ApproveDrill(by=by("boss"), scenario=id))
        talk.play.do(StartDrill(by=by("clerk"), scenario=id))
    second = "DRL-2026-0002"
    assert len(talk.says("clerk", "结束演练").choices) == 2
    room = Conversation(incident=second)
    assert talk.says("clerk", "结束演练", room).id == second
    again = talk.says("clerk", "结束演练", room)
    assert again.refused
    assert "已结束" in again.text
    assert shown(talk.play)["ended"] is None


def feedback(talk: Talk) -> dict[str, Any]:
    found: dict[str, Any] = talk.read(lambda uow, now: drill_shown(uow, DRILL, now))["feedback"]
    return found


def test_everybody_in_it_says_how_it_went(running: Talk) -> None:
    """Asked quietly at its end; answered in a line or bit by bit; changed until closed."""
    running.hears("clerk", "结束演练")
    told = {one.person for one in questions(running)}
    assert told == {"duty", "deputy", "head", "clerk"}
    assert "已收到反馈" in running.hears("duty", "演练反馈 4 做得好=“接手快” 应改进=“通报晚”")
    running.hears("head", "演练反馈")
    running.hears("head", "2")
    running.hears("head", "值守清楚")
    assert "已收到反馈" in running.hears("head", "电话太多")
    running.hears("duty", "演练反馈 5 做得好=“接手快” 应改进=“无”")
    found = feedback(running)
    assert found["knew"] == {"1": 0, "2": 1, "3": 0, "4": 0, "5": 1}
    assert found["asked"] == 4
    assert {one["person"]: one["better"] for one in found["answers"]} == {
        "duty": "无",
        "head": "电话太多",
    }
    assert "反馈2/4人" in running.hears("clerk", "演练情况")


def test_only_who_was_in_it_is_asked(running: Talk) -> None:
    """Nobody outside, nobody while it runs, nobody after the file was closed."""
    early = running.says("duty", f"演练反馈 {DRILL} 4 做得好=“a” 应改进=“b”")
    assert early.refused
    assert "还在进行" in early.text
    running.hears("clerk", "结束演练")
    other = running.says("boss", f"演练反馈 {DRILL} 4 做得好=“a” 应改进=“b”")
    assert other.refused
    for line in (
        "演练评定 seen 做到 现场可见",
        "演练评估",
        "预案修订 不修订",
        "演练归档",
    ):
        assert not running.says("clerk", line).refused, line
    late = running.says("duty", f"演练反馈 {DRILL} 4 做得好=“a” 应改进=“b”")
    assert "已归档" in late.text


def test_after_an_aborted_drill_nobody_is_asked(running: Talk) -> None:
    """What was broken off is not judged."""
    running.hears("clerk", "中止演练 场地停电")
    assert not questions(running)
    assert running.says("duty", f"演练反馈 {DRILL} 4 做得好=“a” 应改进=“b”").refused


def test_who_was_drawn_as_away_is_not_asked(store) -> None:
    """They were not in it."""
    away = Absence(1, ("role:it_lead",))
    talk = begun(Talk(Play.of(store, firm(scenario(absent=away)), EVENING)))
    talk.hears("clerk", "结束演练")
    assert shown(talk.play)["absent"] == ["head"]
    assert {one.person for one in questions(talk)} == {"duty", "deputy", "clerk"}
    assert talk.says("head", f"演练反馈 {DRILL} 4 做得好=“a” 应改进=“b”").refused


def test_the_menu_of_who_conducts_it(running: Talk) -> None:
    """The controller's begins with the drill while it runs, and nobody else's."""

    def begins_with_it(person: str) -> bool:
        return running.read(lambda uow, now: controls(World(uow, now, person)))

    assert begins_with_it("clerk")
    assert not begins_with_it("duty")
    assert {line for line, *_ in CONTROLLING} <= set(BY_NAME)
    running.hears("clerk", "结束演练")
    assert not begins_with_it("clerk")
