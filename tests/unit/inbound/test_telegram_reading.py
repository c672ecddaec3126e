"""Updates as Telegram tells them: what is for us, who said it where, and what is no update."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.inbound.language.parse import parse
from responder.inbound.telegram.commands import OFFERED, offered
from responder.inbound.telegram.reading import (
    ELSEWHERE,
    NAMELESS,
    Bot,
    Event,
    Moved,
    TooLong,
    Unreadable,
    read,
)

US = Bot(123456789, "er_example_bot")
GROUP = -1001234567890
USER = {"id": 5, "is_bot": False, "first_name": "张伟", "language_code": "zh-hans"}
OUR_USER = {"id": US.account, "is_bot": True, "first_name": "应急", "username": US.name}
PRIVATE = {"id": 5, "type": "private", "first_name": "张伟"}
FORUM = {"id": GROUP, "type": "supergroup", "title": "应急", "is_forum": True}


def said(text, chat=PRIVATE, **more):
    message = {"message_id": 7, "date": 1795436100, "chat": chat, "from": USER, "text": text}
    return {"update_id": 9, "message": message | more}


def heard(told):
    return read(told, US, lambda chat: chat == GROUP)


def test_a_line_in_private():
    """Whoever wrote it, in a place that is theirs alone, once for each update of this bot's."""
    event = heard(said("状态"))
    assert isinstance(event, Event)
    assert (event.line, event.message, event.press) == ("状态", "7", "")
    visitor = event.visitor
    assert (visitor.platform, visitor.account, visitor.place) == ("telegram", "5", "5")
    assert (visitor.alone, visitor.event, visitor.language) == (True, "123456789.9", "zh")


@pytest.mark.parametrize(
    ("code", "language"),
    [("zh", "zh"), ("zh-hant", "zh"), ("en", "en"), ("de", "en"), (None, "zh")],
)
def test_the_language_of_a_stranger(code, language):
    """As their phone says; English for those whose language we do not speak."""
    event = heard(said("x", **{"from": USER | {"language_code": code}}))
    assert event.visitor.language == language


TOPIC = {"message_thread_id": 40, "is_topic_message": True}
BEGINNING = {
    "message_id": 40,
    "date": 1795436100,
    "chat": FORUM,
    "from": OUR_USER,
    "forum_topic_created": {"name": "Ⅱ级响应", "icon_color": 7322096},
}
OURS = {"message_id": 41, "date": 1795436100, "chat": FORUM, "from": OUR_USER, "text": "页"}
THEIRS = OURS | {"from": USER | {"id": 6}}


@pytest.mark.parametrize(
    ("text", "to", "line"),
    [
        ("/status", None, "/status"),
        ("/status@ER_Example_Bot now", None, "/status now"),
        ("/status@other_bot", None, None),
        ("/状态", BEGINNING, "/状态"),
        ("状态", None, None),
        ("状态", BEGINNING, None),
        ("状态", OURS, "状态"),
        ("状态", THEIRS, None),
        ("@er_example_bot 状态", None, None),
    ],
)
def test_what_is_heard_in_a_topic(text, to, line):
    """Commands, and replies to what the bot said; the beginning of a topic is no such thing."""
    more = TOPIC | ({"reply_to_message": to} if to else {})
    event = heard(said(text, FORUM, **more))
    assert (event.line if event else None) == line
    if event:
        assert (event.visitor.place, event.visitor.alone) == (f"{GROUP}/40", False)


def test_who_hides_is_nobody():
    """An anonymous administrator, or a channel, shares its account with others."""
    event = heard(said("/ack", FORUM, sender_chat=FORUM))
    assert event.hindrance is NAMELESS
    event = heard(said("状态", **{"from": USER | {"is_bot": True}}))
    assert event.hindrance is NAMELESS


def test_a_group_that_is_not_the_firms():
    """Neither said nor pressed there, anything is done."""
    other = FORUM | {"id": -42}
    assert heard(said("/ack", other)).hindrance is ELSEWHERE
    assert heard(pressed(OURS | {"chat": other})).hindrance is ELSEWHERE
    assert heard(pressed(OURS)).hindrance is None


def pressed(message, data="k:m1:1"):
    query = {"id": "77", "from": USER, "message": message, "chat_instance": "-7", "data": data}
    return {"update_id": 9, "callback_query": query}


def test_a_press():
    """Of a button under a message, in its topic; under one too old to be told of, in its chat."""
    event = heard(pressed(OURS | TOPIC))
    assert (event.data, event.press, event.message) == ("k:m1:1", "77", "41")
    assert event.visitor.place == f"{GROUP}/40"
    old = heard(pressed({"message_id": 41, "date": 0, "chat": FORUM}))
    assert old.visitor.place == str(GROUP)


def test_a_group_moves():
    """It has another id from now on."""
    assert heard(said("", FORUM, migrate_to_chat_id=-5)) == Moved(GROUP, -5)


def test_a_text_longer_than_any_of_telegrams():
    """Nobody typed it."""
    with pytest.raises(TooLong):
        heard(said("x" * 4097))
    with pytest.raises(TooLong):
        heard(pressed(OURS, "x" * 4097))


def test_other_kinds_are_not_for_us():
    """Those of tomorrow neither, whatever their shape."""
    assert heard({"update_id": 9, "poll": 5, "a_kind_of_tomorrow": []}) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = [
    "message_id",
    "date",
    "chat",
    "from",
    "text",
    "reply_to_message",
    "entities",
    "caption",
    "message_thread_id",
    "is_topic_message",
    "sender_chat",
    "migrate_to_chat_id",
    "data",
]


@given(
    st.dictionaries(st.sampled_from(FIELDS), JSON), st.sampled_from(["message", "callback_query"])
)
def test_no_update_breaks_the_reader(spoilt, kind):
    """Anything in the place of anything: it is read, or said to be unreadable."""
    told = json.loads(json.dumps(said("/状态") if kind == "message" else pressed(OURS)))
    told[kind] |= spoilt
    try:
        event = heard(told)
    except Unreadable:
        return
    if isinstance(event, Event):
        assert all(isinstance(one, str) for one in (event.line, event.data, event.press))
        assert event.visitor.account.lstrip("-").isdecimal()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_commands_on_offer_are_commands(language):
    """Each says something to the language, in the words of the language of the reader."""
    for name, what in offered(language):
        said_of = parse(f"/{name}")
        assert said_of is not None, name
        assert what == said_of.verb.help.said(language)[:256]
    assert len(OFFERED) == len(set(OFFERED)) <= 100
