"""An outage in Telegram: accounts are bound, people declare, are paged, take it, see the card."""

import asyncio
import logging
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import aiohttp
import pytest

from responder.commands.firm import FIRM
from responder.commands.incidents.incident import Declare
from responder.domain.record import By
from responder.inbound.telegram import door as door_room
from responder.inbound.telegram.webhook import SECRET_HEADER
from tests.fakes import telegram as fake
from tests.fakes.telegram import GROUP, TOKEN, Group, eventually
from tests.stage.by_telegram import SECRET, Scene, played

INC = "INC-2026-0001"
BOTH = pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])


@BOTH
def test_an_outage(tmp_path: Path, webhook: bool) -> None:
    """Declared in a private chat, a topic opens with its card; taken by a button, the card knows.

    The same button pressed again, and by another, says who has it."""

    async def story(scene: Scene) -> None:
        clerk, duty, admin = await scene.links("clerk", "duty", "admin")
        card = await scene.declared(clerk)
        (name,) = scene.telegram.groups[GROUP].topics.values()
        assert name == f"Ⅱ级响应 · 集中交易系统无法登录 · {INC}"
        assert "呼叫中：duty、admin" in card.text
        assert card.labels == ["我来处置", "看进展", "看任务", "谁在值班"]
        page = await duty.sees("0001")
        assert page.labels == ["我来处置", "转下一位"]
        late = await admin.sees("0001")
        assert await duty.presses("我来处置") == "", "what was done stays in sight"
        await duty.sees("已登记，20:15由您接手，编号0001")
        await scene.turn()
        await admin.sees("duty")
        await scene.wait(5)
        assert "已接手：duty 20:15" in scene.telegram.card.text
        assert scene.telegram.card.id == card.id, "the card is edited, never sent anew"
        await duty.presses("我来处置", page)
        await duty.sees("20:15")
        await admin.presses("我来处置", late)
        await admin.sees("已")
        taken = scene.record(INC, "Acknowledged")
        assert taken[0].actor == "duty"

    played(tmp_path, story, webhook=webhook)


def test_a_drill_is_marked_first(tmp_path: Path) -> None:
    """In the name of its topic, on its card and in every page (P5)."""

    async def story(scene: Scene) -> None:
        _, duty, admin = await scene.links("clerk", "duty", "admin")
        clerk = By("clerk", "cli")
        await scene.do(Declare(by=clerk, playbook="outage", title="演习", level=2, drill=True))
        await scene.wait(5)
        (name,) = scene.telegram.groups[GROUP].topics.values()
        pages = [await duty.sees("演练"), await admin.sees("演练")]
        for text in (name, scene.telegram.card.text, *(page.text for page in pages)):
            assert text.startswith("【演练】")

    played(tmp_path, story)


@BOTH
def test_a_file_in_the_topic_becomes_evidence(tmp_path: Path, webhook: bool) -> None:
    """Fetched once, whole, put on the record with the words beneath it; in whose custody it is.

    Told twice it is kept once; a stranger's is passed over; what Telegram does not hand to a bot,
    or hands out otherwise than told, is refused with the mend."""

    async def story(scene: Scene) -> None:
        clerk, duty = await scene.links("clerk", "duty")
        await scene.declared(clerk)
        await duty.sees("0001")
        topic = scene.telegram.topic
        log = b"09:31:05 order rejected\n" * 1000
        update = duty.sends(log, "../core.log", topic, "撮合主机日志")
        await duty.sees("core.log", where=topic)
        scene.telegram.tell({"message": scene.telegram.latest["message"]}, update)
        stranger = scene.telegram.person(999, "stranger")
        stranger.sends(b"x", "x.log", topic)
        duty.sends(log, "big.log", topic, size=20_000_001)
        await duty.sees("超过 20 MB", where=topic)
        duty.sends(log, "torn.log", topic, size=len(log) + 1)
        await duty.sees("大小不符", where=topic)
        duty.sends(log, "lost.log", topic)
        scene.telegram.files.clear()
        await duty.sees("没有取到", where=topic)
        (kept,) = scene.record(INC, "EvidenceAdded")
        said = kept.payload or {}
        assert (kept.actor, said["name"]) == ("duty", "core.log")
        assert said["sha256"] == sha256(log).hexdigest()
        assert said["note"] == "撮合主机日志"

    played(tmp_path, story, webhook=webhook)


def test_a_question_gives_its_place_to_its_answer(tmp_path: Path) -> None:
    """Nobody presses a stale button: the question itself becomes the answer."""

    async def story(scene: Scene) -> None:
        (clerk,) = await scene.links("clerk")
        clerk.writes("启动 “无法登录” 级别=2 系统=core")
        asked = await clerk.sees("将启动Ⅱ级响应")
        assert asked.labels == ["确认", "取消"]
        await clerk.presses("取消", asked)
        answered = await clerk.sees()
        assert (answered.id, answered.labels) == (asked.id, [])
        assert not scene.record(INC)

    played(tmp_path, story)


def test_whom_nobody_knows(tmp_path: Path) -> None:
    """They hear, in their phone's language, what this is and how to link; nothing changes."""

    async def story(scene: Scene) -> None:
        (duty,) = await scene.links("duty")
        stranger = scene.telegram.person(5, "Somebody", language="de")
        before = len(scene.record(FIRM))
        stranger.writes("/start")
        await stranger.sees("This is the emergency bot", "Ask an administrator")
        stranger.writes("/start zzzzzzzzzzzz")
        await stranger.sees("wrong or expired")
        stranger.writes("启动 “无法登录”")
        await stranger.sees("not linked")
        stranger.writes("", photo=[])
        await stranger.sees("Only text")
        kinds = [entry.kind for entry in scene.record(FIRM)[before:]]
        assert kinds == ["Refused", "Refused"]
        duty.writes("/start")
        await duty.sees("启动")
        used = await scene.link_of("clerk")
        clerk = scene.telegram.person(6, "clerk")
        clerk.opens(used)
        await clerk.sees("已绑定：clerk")
        stranger.opens(used)
        await stranger.sees("wrong or expired")

    played(tmp_path, story)


@BOTH
def test_in_the_group(tmp_path: Path, webhook: bool) -> None:
    """Commands, replies to the bot and buttons are heard; people's talk among themselves is not."""

    async def story(scene: Scene) -> None:
        clerk, duty, admin = await scene.links("clerk", "duty", "admin")
        card = await scene.declared(clerk)
        await duty.sees("0001")
        await admin.sees("0001")
        there = card.place
        heard = len(scene.record(INC))
        duty.writes("我来处置", there)
        duty.writes("状态", str(GROUP))
        duty.writes("/status@another_bot", there)
        duty.writes("/note@ER_example_bot 主机房断电", there)
        note = await duty.sees("已写入", where=there)
        assert note.reply_to is not None
        assert [entry.kind for entry in scene.record(INC)[heard:]] == ["Noted"]
        duty.writes("状态", there, to=note)
        await duty.sees(INC, where=there)
        duty.writes("/er 状态", there)
        await duty.sees(INC, where=there)
        assert "由您接手" in await duty.presses("我来处置", card, there), "to them alone"
        assert "确认人员安全" in await admin.presses("看任务", card, there)
        assert "现场指挥：duty" in await admin.presses("看进展", card, there)
        await scene.turn()
        await admin.sees("duty")

    played(tmp_path, story, webhook=webhook)


def test_strangers_in_the_group(tmp_path: Path) -> None:
    """A pop-up or a short answer says what to do; who is hidden is nobody; nothing changes."""

    async def story(scene: Scene) -> None:
        clerk, duty, admin = await scene.links("clerk", "duty", "admin")
        card = await scene.declared(clerk)
        await duty.sees("0001")
        await admin.sees("0001")
        stranger, before = scene.telegram.person(5), len(scene.record(INC))
        assert "尚未绑定" in await stranger.presses("我来处置", card, card.place)
        stranger.writes("/note 我来捣乱", card.place)
        await stranger.sees("尚未绑定", where=card.place)
        duty.writes("/note 匿名", card.place, sender_chat={"id": GROUP, "type": "supergroup"})
        await duty.sees("无法确认是谁", where=card.place)
        assert len(scene.record(INC)) == before

    played(tmp_path, story)


def test_another_group(tmp_path: Path) -> None:
    """A linked person is not answered where outsiders read along; the answer names the group."""

    async def story(scene: Scene) -> None:
        (duty,) = await scene.links("duty")
        scene.telegram.groups[-42] = Group()
        duty.writes("/who", "-42")
        await duty.sees("（-42）不是本公司登记的应急处置群", where="-42")
        duty.writes("谁在值班", "-42")
        duty.writes("/who")
        await duty.sees("duty")

    played(tmp_path, story)


def test_a_group_that_moves_stays_the_firms(tmp_path: Path) -> None:
    """It became a supergroup with another id: people are heard there, rooms open there."""

    async def story(scene: Scene) -> None:
        clerk, duty, admin = await scene.links("clerk", "duty", "admin")
        duty.writes("", str(GROUP), migrate_to_chat_id=-1009)
        scene.telegram.groups[-1009] = Group()
        duty.writes("/who", "-1009")
        await duty.sees("duty", where="-1009")
        scene.telegram.groups[GROUP].moved_to = -1009
        card = await scene.declared(clerk)
        assert card.chat == -1009
        await duty.sees("0001")
        await admin.sees("0001")

    played(tmp_path, story)


def test_a_group_is_found_by_asking_in_it(tmp_path: Path) -> None:
    """Where none is set, the answer in a group says its id; incidents open no topic."""

    async def story(scene: Scene) -> None:
        (duty,) = await scene.links("duty")
        duty.writes("/help@er_example_bot", str(GROUP))
        await duty.sees(f"（{GROUP}）", where=str(GROUP))
        await scene.do(Declare(by=By("clerk", "cli"), playbook="outage", title="断电", level=2))
        await duty.sees("0001")
        assert scene.telegram.groups[GROUP].topics == {}

    played(tmp_path, story, group=False)


def test_a_group_that_cannot_take_topics_yet(tmp_path: Path) -> None:
    """Somebody turns them on in the middle of it: the room opens by itself."""

    async def story(scene: Scene) -> None:
        (duty,) = await scene.links("duty")
        scene.telegram.groups[GROUP].forum = False
        await scene.do(Declare(by=By("clerk", "cli"), playbook="outage", title="断电", level=2))
        await duty.sees("0001")
        await scene.wait(30)
        scene.telegram.groups[GROUP].forum = True
        await scene.wait(70)
        assert INC in scene.telegram.card.text

    played(tmp_path, story)


def test_a_topic_that_somebody_deletes(tmp_path: Path) -> None:
    """Another one is opened, and the card stands there."""

    async def story(scene: Scene) -> None:
        clerk, duty, admin = await scene.links("clerk", "duty", "admin")
        old = (await scene.declared(clerk)).place
        scene.telegram.groups[GROUP].topics.clear()
        scene.telegram.posts = [post for post in scene.telegram.posts if post.place != old]
        await duty.sees("0001")
        await duty.presses("我来处置")
        await duty.sees("由您接手")
        await scene.wait(10)
        assert scene.telegram.card.place != old
        assert "已接手：duty" in scene.telegram.card.text
        await admin.sees("0001")
        await admin.sees("duty")
        assert [entry.kind for entry in scene.record(INC, "RoomOpened", "RoomLost")] == [
            "RoomOpened",
            "RoomLost",
            "RoomOpened",
        ]

    played(tmp_path, story)


def test_who_blocks_the_bot_is_reached_otherwise(tmp_path: Path) -> None:
    """The way fails for good and the record says so; the others are not held up (P8)."""

    async def story(scene: Scene) -> None:
        clerk, duty, admin = await scene.links("clerk", "duty", "admin")
        duty.blocks = True
        await scene.declared(clerk)
        await admin.sees("0001")
        (failed,) = scene.record(INC, "WayFailed")
        assert failed.payload is not None
        assert (failed.payload["person"], failed.payload["for_good"]) == ("duty", True)

    played(tmp_path, story)


# The line


def test_what_was_said_while_nobody_listened(tmp_path: Path) -> None:
    """It waits at Telegram and is heard once; a door that closes leaves nothing unconfirmed."""

    async def story(scene: Scene) -> None:
        async with scene.open_door():
            (duty,) = await scene.links("duty")
        assert scene.telegram.waiting == []
        await scene.do(Declare(by=By("clerk", "cli"), playbook="outage", title="断电", level=2))
        await duty.sees("0001")
        duty.writes("记录：一次")
        async with scene.open_door():
            await duty.sees("已写入")
        await scene.wait(5)
        assert "断电" in scene.telegram.card.text
        assert len(scene.record(INC, "Noted")) == 1

    played(tmp_path, story, closed=True)


@BOTH
def test_what_is_told_twice_is_heard_once(tmp_path: Path, webhook: bool) -> None:
    """After a crash Telegram tells again what was heard: it is not done twice, nor passed over
    in silence, for the answer may have been lost with the process that heard it."""

    async def story(scene: Scene) -> None:
        async with scene.open_door():
            (duty,) = await scene.links("duty")
            await scene.do(Declare(by=By("clerk", "cli"), playbook="outage", title="断电", level=2))
            await duty.sees("0001")
            number = duty.writes("记录：一次")
            update = scene.telegram.latest
            await duty.sees("已写入")
        scene.telegram.tell({"message": update["message"]}, number)
        async with scene.open_door():
            await duty.sees("不重复执行")
        await scene.wait(5)
        assert "断电" in scene.telegram.card.text
        assert len(scene.record(INC, "Noted")) == 1

    played(tmp_path, story, webhook=webhook, closed=True)


def test_what_cannot_be_read_holds_nobody_up(tmp_path: Path) -> None:
    """Unknown kinds of update, and some of no shape at all; what comes after them is heard."""

    async def story(scene: Scene) -> None:
        (duty,) = await scene.links("duty")
        before = len(scene.record(FIRM))
        for update in (
            {"a_kind_of_tomorrow": {"x": 1}},
            {"message": 5},
            {"message": {"message_id": "x", "chat": []}},
            {"callback_query": {"id": "1"}},
            {"message": {"message_id": 1, "date": 10**30, "chat": {"id": 1, "type": "private"}}},
        ):
            scene.telegram.tell(update)
        duty.writes("谁在值班")
        await duty.sees("duty")
        assert len(scene.record(FIRM)) == before

    played(tmp_path, story)


def test_a_second_process_on_the_same_bot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Said plainly, once, and tried again; people are heard when the other one stops."""
    monkeypatch.setattr(door_room, "FIRST_PAUSE", 0.01)

    async def story(scene: Scene) -> None:
        scene.telegram.webhook = {"url": "https://example.com", "secret_token": "x"}
        scene.telegram.answers("getUpdates", *[fake.CONFLICT] * 3)
        async with scene.open_door():
            await scene.links("duty")
        assert caplog.text.count("another process asks for this bot's updates") == 1

    played(tmp_path, story, closed=True)


@BOTH
def test_the_network_goes_and_comes(
    tmp_path: Path,
    webhook: bool,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The door waits, longer each time, and takes up again; it breaks nothing down."""
    monkeypatch.setattr(door_room, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(door_room, "LONGEST_PAUSE", 0.05)

    async def story(scene: Scene) -> None:
        scene.telegram.down = True
        async with scene.open_door(awaited=False):
            await eventually(lambda: "cannot be reached" in caplog.text or None)
            scene.telegram.down = False
            await eventually(lambda: "getChat" in scene.telegram.asked or None)
            await scene.links("duty")

    played(tmp_path, story, webhook=webhook, closed=True)


def test_a_refused_token_is_no_breakdown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Said plainly with the mend; when it is good again, people are heard."""
    monkeypatch.setattr(door_room, "FIRST_PAUSE", 0.01)

    async def story(scene: Scene) -> None:
        scene.telegram.answers("getMe", fake.UNAUTHORIZED, fake.UNAUTHORIZED)
        async with scene.open_door():
            await scene.links("duty")
        assert caplog.text.count("Telegram refuses the bot's token") == 1

    played(tmp_path, story, closed=True)


def test_an_answer_that_telegram_holds_back(tmp_path: Path) -> None:
    """Too many at once: it goes out later. Refused for its markup: it goes out plain."""

    async def story(scene: Scene) -> None:
        (duty,) = await scene.links("duty")
        soon = fake.Answer(429, "Too Many Requests", parameters={"retry_after": 1})
        scene.telegram.answers("sendMessage", soon)
        duty.writes("谁在值班")
        await duty.sees("duty")
        scene.telegram.answers("sendMessage", fake.NO_MARKUP)
        duty.writes("<b>&")
        await duty.sees("“<b>&”无法识别，没有执行。")

    played(tmp_path, story)


@BOTH
def test_commands_are_offered_in_both_languages(tmp_path: Path, webhook: bool) -> None:
    """In each language their help; the webhook is set, or taken down, with what it is told."""

    async def story(scene: Scene) -> None:
        offered = scene.telegram.commands
        assert {name: [one["command"] for one in listed] for name, listed in offered.items()}
        assert set(offered) == {"", "zh", "en"}
        assert offered["zh"][0]["description"].startswith("发起事件")
        assert offered[""] == offered["en"]
        if webhook:
            assert scene.telegram.webhook["url"] == "https://er.example.com/telegram/webhook"
            assert scene.telegram.webhook["secret_token"] == SECRET
        else:
            assert scene.telegram.webhook == {}

    played(tmp_path, story, webhook=webhook)


# The webhook


GOOD = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}
UPDATE = '{"update_id": 1, "poll": {"id": "1"}}'
LONG = '{"update_id": 2, "message": {"message_id": 1, "date": 1, "text": "%s", "chat": %s}}'


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({SECRET_HEADER: SECRET[:-1]}, UPDATE, 403),
        ({SECRET_HEADER: "密"}, UPDATE, 403),
        ({SECRET_HEADER: None}, UPDATE, 401),
        ({"Content-Type": "text/plain"}, UPDATE, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, "a=b", 415),
        ({}, "{", 400),
        ({}, "[" * 60_000, 400),
        ({}, "[]", 400),
        ({}, '{"update_id": "x"}', 400),
        ({}, '{"update_id": 1, "message": {"chat": 5}}', 400),
        ({}, '{"update_id": 1, "a_kind_of_tomorrow": {}}', 200),
        ({}, UPDATE, 200),
        ({}, LONG % ("x" * 65_536, '{"id": 5, "type": "private"}'), 413),
        ({}, LONG % ("x" * 300_000, "1"), 413),
    ],
)
def test_what_the_webhook_refuses(
    tmp_path: Path, headers: dict[str, str | None], body: str, status: int
) -> None:
    """The right status, nothing changed, and one note however often it comes."""

    async def story(scene: Scene) -> None:
        before = len(scene.record(FIRM))
        given = {name: said for name, said in (GOOD | headers).items() if said is not None}
        raw = {name.encode(): said.encode() for name, said in given.items()}
        url = f"{scene.telegram.posts_to}/telegram/webhook"
        async with aiohttp.ClientSession() as session:
            for _ in range(3):
                sent = {name.decode(): said.decode("latin-1") for name, said in raw.items()}
                async with session.post(url, data=body.encode(), headers=sent) as answer:
                    assert answer.status == status
            async with session.get(url) as answer:
                assert answer.status == 405
        added = scene.record(FIRM)[before:]
        assert [entry.kind for entry in added] == ["Refused"] * (status != 200)
        assert SECRET not in str(added)

    played(tmp_path, story, webhook=True)


def test_a_call_before_the_door_is_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told to come again, and then heard: nothing is lost."""
    monkeypatch.setattr(door_room, "FIRST_PAUSE", 0.2)

    async def story(scene: Scene) -> None:
        async with scene.open_door():
            (duty,) = await scene.links("duty")
        duty.writes("谁在值班")
        scene.telegram.answers("getMe", fake.BROKEN)
        async with scene.open_door(awaited=False):
            await eventually(lambda: 503 in scene.telegram.statuses or None)
            await duty.sees("duty")

    played(tmp_path, story, webhook=True, closed=True)


# Secrets


@BOTH
def test_no_secret_is_written_anywhere(
    tmp_path: Path,
    webhook: bool,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Token and webhook secret: in no log however talkative, no file, no word on the screen."""
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(door_room, "FIRST_PAUSE", 0.01)

    async def story(scene: Scene) -> None:
        scene.telegram.answers("getMe", fake.UNAUTHORIZED, fake.CUT, fake.UNREADABLE)
        async with scene.open_door():
            clerk, *_ = await scene.links("clerk", "duty", "admin")
            scene.telegram.answers("createForumTopic", fake.CUT)
            scene.telegram.answers("sendMessage", fake.BROKEN, fake.UNREADABLE)
            clerk.writes("谁在值班")
            await scene.do(Declare(by=By("clerk", "cli"), playbook="outage", title="断电", level=2))
            await scene.wait(timedelta(minutes=2).total_seconds())
        for post in scene.telegram.posts:
            post.seen = True

    played(tmp_path, story, webhook=webhook, closed=True)
    printed = capfd.readouterr()
    written = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    said = [caplog.text, printed.out, printed.err]
    everything = b"".join([*written, *(one.encode() for one in said)])
    assert len(written) >= 1
    for secret in (TOKEN, TOKEN.partition(":")[2], SECRET):
        assert secret.encode() not in everything


def test_stopping_is_prompt(tmp_path: Path) -> None:
    """A poll under way holds nobody up."""

    async def story(scene: Scene) -> None:
        loop = asyncio.get_running_loop()
        async with scene.open_door():
            began = loop.time()
        assert loop.time() - began < 2

    played(tmp_path, story, closed=True)
