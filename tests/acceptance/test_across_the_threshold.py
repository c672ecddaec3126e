"""Chats of any platform: who may speak, what is asked back, what a button does, what a room shows.

Told without a platform: each platform's own stories are beside this one.
"""

from datetime import timedelta

import pytest

from responder.app import words_for
from responder.commands.account import CODE_HOLDS, TRIES, MakeLinkCode, UnlinkAccount
from responder.commands.engine_work import RunDue
from responder.commands.firm import RemovePerson
from responder.commands.incidents.room import ConnectPlatforms
from responder.commands.paging.outcomes import ClaimMessages, RecordOutcomes
from responder.domain.message import Message, Outcome, Purpose, State
from responder.domain.record import By
from responder.inbound.language.speak import Interpreter
from responder.inbound.threshold import Spoken, Threshold, Visitor
from tests.stage.play import Play, everybody
from tests.stage.talk import Talk

MINUTE = timedelta(minutes=1)
EVERY_WAY = ("slack", "sms", "voice")
INC = "INC-2026-0001"
ROOT = By("root", "cli")


class Chat:
    """The firm's chats on a platform, as its door hears them."""

    def __init__(self, play: Play, platform: str = "slack") -> None:
        self.play, self.platform = play, platform
        house = Talk(play)
        self.threshold = Threshold(house, Interpreter(house, words_for))
        self.events = 0

    def links(self, person: str, account: str) -> Spoken:
        """An administrator makes a code, the account shows it."""
        code = self.play.do(MakeLinkCode(by=ROOT, person=person)).facts["code"]
        return self.says(account, f"绑定 {code}")

    def visitor(self, account: str, place: str = "") -> Visitor:
        self.events += 1
        event = f"Ev{self.events}"
        return Visitor(self.platform, account, place or f"D-{account}", not place, event)

    def says(self, account: str, line: str, place: str = "") -> Spoken:
        spoken = self.threshold.say(self.visitor(account, place), line)
        assert spoken is not None
        return spoken

    def presses(self, account: str, data: str, place: str = "") -> Spoken:
        spoken = self.threshold.press(self.visitor(account, place), data)
        assert spoken is not None
        return spoken


@pytest.fixture
def chat(play: Play) -> Chat:
    return Chat(play)


def declared(play: Play, chat: Chat) -> None:
    assert chat.links("clerk", "U-clerk").id == "clerk"
    assert "将启动" in chat.says("U-clerk", "启动 “无法登录” 级别=2 系统=core").text
    chat.says("U-clerk", "是")
    assert play.rings() == [*everybody(["duty", "admin"], *EVERY_WAY), "boss voice"]


def test_an_account_nobody_linked_changes_nothing(play: Play, chat: Chat) -> None:
    said = chat.says("U-stranger", "启动 “无法登录”")
    assert said.refused
    assert "绑定码" in said.text
    assert play.kinds("FIRM") == ["SiteAccepted", "Refused"]
    assert play.timeline("FIRM")[-1].door == "slack"


def test_a_code_binds_once_and_only_in_time(play: Play, chat: Chat) -> None:
    code = play.do(MakeLinkCode(by=ROOT, person="duty")).facts["code"]
    assert chat.says("U-1", f"link {code}").id == "duty"
    assert chat.says("U-2", f"link {code}").refused, "a code is good once"
    late = play.do(MakeLinkCode(by=ROOT, person="admin")).facts["code"]
    play.sleep(CODE_HOLDS + MINUTE)
    assert chat.says("U-2", f"link {late}").refused
    assert "admin" not in str(
        [e.payload for e in play.timeline("FIRM") if e.kind == "AccountLinked"]
    )
    assert not any(code in str(entry.payload) for entry in play.timeline("FIRM"))


def test_guessing_codes_is_stopped(play: Play, chat: Chat) -> None:
    for _ in range(TRIES):
        assert "绑定码不对" in chat.says("U-9", "绑定 zzzzzzzzzzzz").text
    code = play.do(MakeLinkCode(by=ROOT, person="duty")).facts["code"]
    assert "错误次数过多" in chat.says("U-9", f"绑定 {code}").text
    assert chat.says("U-8", f"绑定 {code}").id == "duty", "others are not held up"


def test_a_new_account_replaces_the_old_one(play: Play, chat: Chat) -> None:
    chat.links("duty", "U-old")
    chat.links("duty", "U-new")
    assert chat.says("U-old", "谁在值班").refused
    assert not chat.says("U-new", "谁在值班").refused
    play.do(UnlinkAccount(by=ROOT, platform="slack", person="duty"))
    assert chat.says("U-new", "谁在值班").refused


def test_what_is_asked_is_answered_by_its_own_button(play: Play, chat: Chat) -> None:
    chat.links("clerk", "U-clerk")
    first = chat.says("U-clerk", "启动 “无法登录” 级别=2 系统=core")
    assert [button.label for button in first.buttons] == ["确认", "取消"]
    second = chat.says("U-clerk", "启动 “行情中断” 级别=2 系统=core")
    old, new = first.buttons[0].data, second.buttons[0].data
    assert "没有执行" in chat.presses("U-clerk", old).text, "an old button confirms nothing new"
    assert play.rings() == []
    assert INC in chat.presses("U-clerk", new).text
    assert play.incident(INC).title == "行情中断"
    assert len(play.rings()) == 7
    assert chat.presses("U-clerk", new).refused, "nor does it do anything twice"


def test_a_choice_is_a_button_in_the_place_it_was_asked(play: Play, chat: Chat) -> None:
    declared(play, chat)
    chat.links("duty", "U-duty")
    chat.says("U-duty", "收到")
    play.tells()
    asked = chat.says("U-duty", "完成", place="C-inc")
    assert asked.buttons
    again = chat.presses("U-duty", asked.buttons[0].data, place="C-elsewhere")
    assert again.refused
    done = chat.presses("U-duty", asked.buttons[0].data, place="C-inc")
    assert "已完成" in done.text


def test_an_event_told_twice_is_heard_once(play: Play, chat: Chat) -> None:
    chat.links("clerk", "U-clerk")
    visitor = chat.visitor("U-clerk")
    assert chat.threshold.say(visitor, "谁在值班") is not None
    assert chat.threshold.say(visitor, "谁在值班") is None


def sent(play: Play, person: str, via: str = "slack") -> Message:
    found = play.store.read(lambda uow: uow.outbox.to(person))
    return next(m for m in reversed(found) if m.via == via)


def test_the_person_paged_answers_without_having_linked(play: Play, chat: Chat) -> None:
    """The platform vouches for the account the page was sent to (P7)."""
    declared(play, chat)
    page = sent(play, "duty")
    taken = chat.presses(page.to, f"k:{page.id}:1")
    assert "由您接手" in taken.text
    assert play.incident(INC).commander == "duty"
    assert chat.presses("U-thief", f"k:{page.id}:1").refused
    play.tells()


def test_whoever_is_removed_answers_no_more(play: Play, chat: Chat) -> None:
    declared(play, chat)
    page = sent(play, "duty")
    play.do(RemovePerson(by=ROOT, person="duty", reason="离职"))
    assert chat.presses(page.to, f"k:{page.id}:1").refused
    play.rings(), play.tells()


def test_the_only_one_is_asked_twice_and_a_decision_is_read_back(play: Play, chat: Chat) -> None:
    declared(play, chat)
    page = sent(play, "admin")
    asked = chat.presses(page.to, f"k:{page.id}:2")
    assert "只有您能接手" in asked.text
    assert not chat.presses(page.to, asked.buttons[0].data).refused
    chat.links("boss", "U-boss")
    question = sent(play, "boss", "voice")
    back = chat.presses("U-boss", f"k:{question.id}:4")
    assert [b.label for b in back.buttons] == ["确认", "返回"]
    assert "已决策" in chat.presses("U-boss", back.buttons[0].data).text
    play.rings(), play.tells()


def test_a_fault_of_ours_is_answered_with_a_code(
    chat: Chat, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat.links("clerk", "U-clerk")
    with monkeypatch.context() as broken:
        broken.setattr(chat.threshold.house, "read", lambda query: 1 / 0)
        said = chat.says("U-clerk", "谁在值班")
    assert said.refused
    assert "E-" in said.text
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize(
    "data", ["", "k:", "k:nothing:1", "w:x:1", "w::", "v:", "x:y", "k:a:b:c:d"]
)
def test_a_button_made_up_does_nothing(play: Play, chat: Chat, data: str) -> None:
    chat.links("clerk", "U-clerk")
    before = play.kinds("FIRM")
    assert chat.presses("U-clerk", data).refused
    assert play.kinds("FIRM") == before


# Rooms


def rooms(play: Play) -> list[Message]:
    """What is sent to rooms now, in order; the platform has not answered yet."""
    claim = ClaimMessages(limit=500, until=play.now + MINUTE)
    return play._run(claim)


def answers(
    play: Play, message: Message, state: State, id: str = "", for_good: bool = False
) -> None:
    outcome = Outcome(message.id, message.fence, state, play.now, "slack", id, for_good=for_good)
    play._run(RecordOutcomes(outcomes=(outcome,)))


def settled(play: Play, messages: list[Message]) -> list[Message]:
    """Everything but what concerns rooms is delivered."""
    for message in messages:
        if message.person:
            answers(play, message, State.DELIVERED)
    return [m for m in messages if not m.person]


def due(play: Play, span: timedelta) -> list[Message]:
    play.now += span
    play._run(RunDue())
    return settled(play, rooms(play))


def opened(play: Play, chat: Chat) -> Message:
    """An incident whose room is open; returns its first card."""
    play._run(ConnectPlatforms(by=ROOT, platforms={"slack": ""}))
    chat.links("clerk", "U-clerk")
    code = "启动 “无法登录” 级别=3 系统=core"
    play._send = lambda: None  # type: ignore[method-assign]
    chat.says("U-clerk", code)
    (room,) = settled(play, rooms(play))
    assert room.purpose is Purpose.ROOM
    assert room.facts["name"] == "inc-20261123-0001", "the fault stays on the mainland"
    answers(play, room, State.DELIVERED, "C-1")
    (card,) = due(play, timedelta(0))
    return card


def test_an_incident_gets_a_room_and_one_card(play: Play, chat: Chat) -> None:
    card = opened(play, chat)
    assert (card.purpose, card.to, card.facts["card"]) == (Purpose.CARD, "C-1", "")
    assert card.facts["invite"] == ["slack:duty", "slack:admin", "slack:clerk"]
    assert due(play, MINUTE / 6) == [], "nothing is edited while the first one is under way"
    answers(play, card, State.DELIVERED, "ts-1")
    assert due(play, MINUTE / 6) == [], "nor while nothing changes"
    chat.links("duty", "U-duty")
    taken = chat.says("U-duty", "收到", place="C-1")
    assert "由您接手" in taken.text, "the room knows what it is about"
    (edit,) = due(play, MINUTE / 6)
    assert (edit.facts["card"], edit.facts["taken"]) == ("ts-1", "duty 20:15")
    answers(play, edit, State.DELIVERED, "ts-1")
    assert due(play, MINUTE / 6) == []


def test_a_room_that_is_gone_is_opened_anew_and_not_for_ever(play: Play, chat: Chat) -> None:
    card = opened(play, chat)
    for place in ("C-2", "C-3"):
        answers(play, card, State.FAILED, for_good=True)
        (room,) = settled(play, rooms(play))
        assert room.purpose is Purpose.ROOM
        answers(play, room, State.DELIVERED, place)
        (card,) = due(play, MINUTE / 6)
        assert card.to == place
    answers(play, card, State.FAILED, for_good=True)
    assert [m for m in due(play, MINUTE) if not m.person] == []
    assert play.kinds(INC).count("RoomLost") == 3


def test_no_room_where_no_platform_is_connected(play: Play, chat: Chat) -> None:
    declared(play, chat)
    assert play.incident(INC).rooms == {}
    assert play.tells() == []
