"""The Telegram channel against a real Bot API server: what arrives, what each refusal comes to."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import pytest

from responder.channels.telegram import channel as channel_room
from responder.channels.telegram.channel import Telegram
from responder.channels.telegram.line import Line
from responder.documents.telegram import TelegramStyle
from responder.domain.message import Message, Purpose
from responder.errors import SettingError
from responder.ports.channel import Fate
from responder.ports.probe import Probe
from responder.ports.renderer import Button, Text
from tests.fakes import telegram as fake
from tests.fakes.telegram import GROUP, TOKEN

AT = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
DUTY = 100200300
TEXT = Text(
    "【演练】Ⅱ级响应 · <b>集中交易</b> & 中断\n回1接手 @all <!channel>",
    buttons=(Button("我来处置", "k:m1:1"), Button("转下一位", "k:m1:2")),
)


def message(id="m1", to=str(DUTY), purpose=Purpose.PAGE, person="wang.fang", **facts):
    return Message(id, "INC-2026-0017", person, "telegram", to, purpose, AT, facts, code="0017")


def card(to, shown=""):
    return message(to=to, purpose=Purpose.CARD, person="", card=shown, invite=[])


def room(to=str(GROUP)):
    return message(to=to, purpose=Purpose.ROOM, person="", name="inc-0017", attempt=1)


def sent(server, *messages, text=TEXT, token=TOKEN, url=""):
    """The receipts of messages sent one after the other on one channel."""

    async def story():
        channel = Telegram(Line(token, url or server.url), TelegramStyle())
        receipts = [await channel.send(one, text) for one in messages]
        await channel.close()
        return receipts

    return asyncio.run(story())


@pytest.fixture
def server():
    with fake.Telegram() as running:
        running.person(DUTY).has_started = True
        yield running
        assert running.unexpected == []


def test_a_page_arrives_as_it_was_written(server):
    """Nothing in it formats or mentions; its buttons carry their data; the first line is bold."""
    (receipt,) = sent(server, message())
    assert receipt.fate is Fate.ACCEPTED
    (post,) = server.posts
    assert post.text == TEXT.body
    assert post.rows == [[("我来处置", "k:m1:1"), ("转下一位", "k:m1:2")]]
    assert receipt.provider_id == str(post.id)


def test_a_text_is_cut_and_never_refused_for_its_length(server):
    """Telegram takes 4096 units; a longer one says that it was cut."""
    (receipt,) = sent(server, message(), text=Text("🔴中断" * 3000))
    assert receipt.fate is Fate.ACCEPTED
    assert server.posts[0].text.endswith("…")


def test_a_page_is_not_lost_to_its_markup(server):
    """Refused for its markup it was not sent, and goes out plain at once, buttons and all."""
    server.answers("sendMessage", fake.NO_MARKUP)
    (receipt,) = sent(server, message())
    assert receipt.fate is Fate.ACCEPTED
    (post,) = server.posts
    assert post.text == TEXT.body
    assert post.labels == ["我来处置", "转下一位"]
    assert server.asked == ["sendMessage", "sendMessage"]


def test_a_room_and_its_card(server):
    """A topic named by the text, one pinned card in it, edited in place; the same twice is well."""
    (opened,) = sent(server, room())
    chat, _, topic = opened.provider_id.partition("/")
    assert (int(chat), server.groups[GROUP].topics[int(topic)]) == (
        GROUP,
        "【演练】Ⅱ级响应 · <b>集中交易</b> & 中断 回1接手 @all <!channel>",
    )
    (first,) = sent(server, card(opened.provider_id))
    edited, again = sent(
        server,
        card(opened.provider_id, first.provider_id),
        card(opened.provider_id, first.provider_id),
        text=Text("Ⅱ级响应 · 已接手", buttons=TEXT.buttons),
    )
    assert edited.provider_id == again.provider_id == first.provider_id
    assert {edited.fate, again.fate} == {Fate.ACCEPTED}
    assert server.card.text == "Ⅱ级响应 · 已接手"
    assert server.card.rows == [[("我来处置", "k:m1:1"), ("转下一位", "k:m1:2")]]
    assert len(server.posts) == 1
    assert server.asked.count("pinChatMessage") == 1


def test_a_long_name_of_a_room(server):
    """128 characters, the drill's mark first."""
    (opened,) = sent(server, room(), text=Text("【演练】" + "集中交易系统中断" * 30))
    name = server.groups[GROUP].topics[int(opened.provider_id.partition("/")[2])]
    assert len(name) == 128
    assert name.startswith("【演练】")


def test_a_card_that_is_gone_is_posted_anew(server):
    """Somebody deleted it: there is one again, and pinned."""
    (opened,) = sent(server, room())
    (receipt,) = sent(server, card(opened.provider_id, "4711"))
    assert receipt.fate is Fate.ACCEPTED
    assert str(server.card.id) == receipt.provider_id != "4711"


def test_a_card_that_cannot_be_pinned_stands_all_the_same(server):
    """Why it is not pinned is on the record; it is not posted twice."""
    (opened,) = sent(server, room())
    server.answers("pinChatMessage", fake.refused("Bad Request: not enough rights to pin"))
    (receipt,) = sent(server, card(opened.provider_id))
    assert receipt.fate is Fate.ACCEPTED
    assert "not pinned" in receipt.reason
    assert len(server.posts) == 1


@pytest.mark.parametrize("answer", [fake.CLOSED, fake.NO_TOPIC, fake.NO_CHAT])
def test_a_topic_that_is_closed_or_gone(server, answer):
    """For good, so that another room is asked for."""
    (opened,) = sent(server, room())
    server.answers("sendMessage", answer)
    (receipt,) = sent(server, card(opened.provider_id))
    assert receipt.fate is Fate.NEVER
    server.answers("editMessageText", answer)
    (receipt,) = sent(server, card(opened.provider_id, "4711"))
    assert receipt.fate is Fate.NEVER


@pytest.mark.parametrize(
    ("answer", "fate"),
    [
        (fake.BLOCKED, Fate.NEVER),
        (fake.NO_CHAT, Fate.NEVER),
        (fake.UNAUTHORIZED, Fate.REFUSED),
        (fake.refused("Bad Request: BUTTON_DATA_INVALID"), Fate.RETRY_AFTER),
        (fake.FLOODED, Fate.RETRY_AFTER),
        (fake.BROKEN, Fate.UNKNOWN),
        (fake.UNREADABLE, Fate.UNKNOWN),
        (fake.CUT, Fate.UNKNOWN),
    ],
)
def test_what_an_answer_comes_to(server, answer, fate):
    """A refusal is no doubt, and a doubt no refusal; nothing is tried twice by itself."""
    server.answers("sendMessage", answer)
    refused, taken = sent(server, message("a"), message("b"))
    assert refused.fate is fate
    assert str(DUTY) not in refused.reason
    assert taken.fate is Fate.ACCEPTED
    assert server.asked == ["sendMessage", "sendMessage"]
    if answer is fake.FLOODED:
        assert refused.after == timedelta(seconds=7)


def test_silence_ends_in_time(server, monkeypatch):
    """What was swallowed may have been sent: nobody knows."""
    monkeypatch.setattr(channel_room, "TIMEOUT", 0.2)
    server.answers("sendMessage", fake.SWALLOWED)
    (receipt,) = sent(server, message())
    assert receipt.fate is Fate.UNKNOWN


def test_nobody_there():
    """No connection: surely not sent."""
    with fake.Telegram() as gone:
        url = gone.url
    (receipt,) = sent(None, message(), url=url)
    assert receipt.fate is Fate.REFUSED


def test_a_group_that_became_a_supergroup_is_followed(server, caplog):
    """The first try did not happen; the new id is used from then on, and said."""
    server.groups[GROUP].moved_to = -1009
    server.groups[-1009] = fake.Group()
    first, second = sent(server, room(), room())
    assert first.provider_id.startswith("-1009/")
    assert second.provider_id.startswith("-1009/")
    assert server.asked == ["createForumTopic"] * 3
    assert "set telegram.group" in caplog.text


@pytest.mark.parametrize("to", ["", "@somebody", "abc", "1/2/3", "8023 "])
def test_what_is_no_place_is_never_tried(server, to):
    """Nobody linked an account, or the manual holds something else."""
    (receipt,) = sent(server, message(to=to))
    assert receipt.fate is Fate.NEVER
    assert server.asked == []


def test_after_a_doubt_telegram_cannot_say(server):
    """There is no look-up: the message may be sent again, and arrive twice."""

    async def story():
        return await Telegram(Line(TOKEN, server.url), TelegramStyle()).look_up(message())

    receipt = asyncio.run(story())
    assert receipt is not None
    assert receipt.fate is Fate.UNKNOWN


@pytest.mark.parametrize("answer", [fake.BROKEN, fake.UNREADABLE, fake.CUT, fake.UNAUTHORIZED])
def test_the_token_is_in_no_word(server, caplog, capfd, answer):
    """It is part of every address; no error and no log, however talkative, repeats it."""
    caplog.set_level(logging.DEBUG)
    server.answers("sendMessage", answer)
    (receipt,) = sent(server, message())
    (unreachable,) = sent(server, message(), url="http://127.0.0.1:1")
    printed = capfd.readouterr()
    said = [receipt.reason, unreachable.reason, caplog.text, printed.out, printed.err]
    assert not [one for one in said if "what-no-log" in one]


def test_a_token_that_is_none():
    """Said at the start, with the mend; what was given is not repeated."""
    with pytest.raises(SettingError, match="RESPONDER_TELEGRAM__TOKEN") as refused:
        Line("not-a-token/../secret")
    assert "secret" not in str(refused.value)


def probed(server, group=str(GROUP), token=TOKEN, url=""):
    async def story():
        channel = Telegram(Line(token, url or server.url), TelegramStyle(), group)
        try:
            return await channel.probe()
        finally:
            await channel.close()

    return asyncio.run(story())


def test_it_is_tried_without_a_message(server):
    """Who the bot is and what the group lets it do; without a group, the bot alone."""
    assert probed(server) == Probe(f"@{fake.NAME}")
    assert server.asked == ["getMe", "getChat", "getChatMember"]
    assert probed(server, group="") == Probe(f"@{fake.NAME}")
    assert server.posts == []


@pytest.mark.parametrize(
    ("forum", "rights", "said"),
    [
        (False, ("can_manage_topics", "can_pin_messages"), "no topics"),
        (True, ("can_pin_messages",), "may not manage topics in"),
        (True, (), "may not manage topics and pin messages in"),
    ],
)
def test_what_the_group_lacks_is_said(server, forum, rights, said):
    """People are still reached: a warning, with the mend."""
    server.groups[GROUP].forum, server.groups[GROUP].rights = forum, rights
    (lack,) = probed(server).lacks
    assert said in lack.what.en
    assert not lack.is_grave


def test_a_group_that_is_not_ours(server):
    (lack,) = probed(server, group="-100999").lacks
    assert "not in the group" in lack.what.en
    assert not lack.is_grave


def test_a_bot_that_is_not_let_in(server):
    """A wrong token, nobody at the address, somebody else there: each keeps it from sending."""
    for lacks, said in (
        (probed(server, token="123456789:AA-another").lacks, "refuses the bot's token"),
        (probed(server, url="http://127.0.0.1:9").lacks, "does not answer"),
    ):
        assert said in lacks[0].what.en
        assert lacks[0].is_grave
    server.answers("getMe", fake.UNREADABLE)
    assert "not Telegram" in probed(server).lacks[0].what.en
