"""Outlets: a file appears whole or not at all; a web hook is spoken to once, where allowed."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from responder.channels.outlets import FileOutlet, WebhookOutlet
from responder.domain.message import Message, Purpose
from responder.ports.channel import Channel, Fate, Receipt
from responder.ports.renderer import Text
from tests.fakes.newsdesk import SECRET, NewsDesk

AT = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
WORDS = "关于系统异常的公告（2026-001）\n\n<b>{{ 7 * 7 }}</b> =HYPERLINK(1)"
HOSTS = ["127.0.0.1"]


@pytest.fixture
def desk() -> Iterator[NewsDesk]:
    with NewsDesk() as desk:
        yield desk


def notice(via: str, to: str = "", **facts: Any) -> Message:
    known = {"outlet": "website", "no": "2026-001", "form": "website", "line_sha256": "f" * 64}
    return Message("m1", "INC-2026-0017", "", via, to, Purpose.NOTICE, AT, facts=known | facts)


def sent(channel: Channel, message: Message) -> Receipt:
    async def story() -> Receipt:
        try:
            return await channel.send(message, Text(WORDS, "关于系统异常的公告（2026-001）"))
        finally:
            await channel.close()

    return asyncio.run(story())


# A file


def test_a_file_holds_the_words_and_its_record(tmp_path):
    """The text letter for letter; beside it what it is, with both hashes; nothing half-made."""
    receipt = sent(FileOutlet(tmp_path), notice("file"))
    assert receipt == Receipt(Fate.DELIVERED, "2026-001.txt")
    assert (tmp_path / "website/2026-001.txt").read_text(encoding="utf-8") == WORDS + "\n"
    said = json.loads((tmp_path / "website/2026-001.json").read_text(encoding="utf-8"))
    assert said["text_sha256"] == sha256(WORDS.encode()).hexdigest()
    assert said["line_sha256"] == "f" * 64
    assert sorted(one.name for one in (tmp_path / "website").iterdir()) == [
        "2026-001.json",
        "2026-001.txt",
    ]


@pytest.mark.parametrize(
    "facts",
    [
        {"outlet": "../../etc"},
        {"outlet": ".."},
        {"outlet": "a/b"},
        {"outlet": ""},
        {"no": "../x"},
        {"no": "."},
        {"outlet": "官网"},
        {"no": "a\x00b"},
        {"outlet": "x" * 200},
    ],
)
def test_a_name_leads_nowhere_else(tmp_path, facts):
    """Nothing is written outside the folder, whatever a name says."""
    folder = tmp_path / "published"
    receipt = sent(FileOutlet(folder), notice("file", **facts))
    assert receipt.fate is Fate.NEVER
    assert not list(tmp_path.rglob("*"))


def test_a_folder_that_cannot_be_written_to_promises_that_nothing_was(tmp_path):
    """It may be tried again."""
    (tmp_path / "published").write_text("in the way", encoding="utf-8")
    receipt = sent(FileOutlet(tmp_path / "published"), notice("file"))
    assert receipt.fate is Fate.REFUSED


def test_a_file_is_looked_up(tmp_path):
    """It is there, or it surely is not."""
    outlet = FileOutlet(tmp_path)
    assert asyncio.run(outlet.look_up(notice("file"))) is None
    sent(outlet, notice("file"))
    found = asyncio.run(outlet.look_up(notice("file")))
    assert found is not None
    assert found.fate is Fate.DELIVERED


# A web hook


def test_a_hook_gets_it_signed(desk):
    """The body's signature holds, and one delivery has one id."""
    receipt = sent(WebhookOutlet(SECRET, HOSTS), notice("webhook", desk.url))
    assert receipt.fate is Fate.DELIVERED
    (taken,) = desk.taken
    assert taken["text"] == WORDS
    assert taken["no"] == "2026-001"
    assert desk.deliveries == ["m1"]
    assert desk.forged == 0


def test_another_key_is_refused_by_the_hook(desk):
    """What cannot be verified is not taken."""
    receipt = sent(WebhookOutlet("another", HOSTS), notice("webhook", desk.url))
    assert receipt.fate is Fate.REFUSED
    assert desk.forged == 1
    assert not desk.taken


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/in",
        "https://evil.example.com/in",
        "https://127.0.0.1.evil.example.com/in",
        "https://evil.example.com@10.0.0.1/in",
        "http://user:pass@127.0.0.1/in",
        "file:///etc/passwd",
        "ftp://127.0.0.1/in",
        "http://[::bad",
        "",
        "website",
    ],
)
def test_only_allowed_hosts_are_spoken_to(url, monkeypatch):
    """No connection is even tried elsewhere, in clear text abroad, or with a password."""

    def refuse(*_args: Any, **_more: Any) -> None:
        raise AssertionError("it went to the network")

    monkeypatch.setattr("aiohttp.ClientSession.post", refuse)
    receipt = sent(WebhookOutlet(SECRET, HOSTS), notice("webhook", url))
    assert receipt.fate is Fate.NEVER
    assert url not in receipt.reason or not url


def test_without_a_key_nothing_is_pushed(desk):
    """An unsigned notice could be anybody's."""
    assert sent(WebhookOutlet("", HOSTS), notice("webhook", desk.url)).fate is Fate.NEVER
    assert not desk.deliveries


@pytest.mark.parametrize(
    ("status", "headers", "fate"),
    [
        (301, {"Location": "http://127.0.0.1:9/"}, Fate.REFUSED),
        (307, {"Location": "https://evil.example.com/"}, Fate.REFUSED),
        (400, {}, Fate.REFUSED),
        (404, {}, Fate.REFUSED),
        (429, {}, Fate.RETRY_AFTER),
        (500, {}, Fate.UNKNOWN),
        (502, {}, Fate.UNKNOWN),
    ],
)
def test_what_its_answers_mean(desk, status, headers, fate):
    """A refusal and a redirect promise that nothing appeared; a failure inside does not."""
    desk.answers.append((status, headers))
    receipt = sent(WebhookOutlet(SECRET, HOSTS), notice("webhook", desk.url))
    assert receipt.fate is fate
    assert len(desk.deliveries) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_leads_to_nobody(desk, status):
    """Not even another allowed host is sent to: the notice goes where the firm said."""
    with NewsDesk() as other:
        desk.answers.append((status, {"Location": other.url}))
        receipt = sent(WebhookOutlet(SECRET, HOSTS), notice("webhook", desk.url))
        assert receipt.fate is Fate.REFUSED
        assert (other.deliveries, other.forged) == ([], 0)


def test_nobody_at_home_is_no_doubt():
    """Without a connection nothing was sent."""
    receipt = sent(WebhookOutlet(SECRET, HOSTS), notice("webhook", "http://127.0.0.1:1/in"))
    assert receipt.fate is Fate.REFUSED


def test_a_hook_that_hangs_leaves_a_doubt(monkeypatch, tmp_path: Path):
    """No answer in time: it may have appeared."""

    async def story() -> Receipt:
        async def hang(_reader: Any, writer: asyncio.StreamWriter) -> None:
            try:
                await asyncio.sleep(5)
            finally:
                writer.close()

        server = await asyncio.start_server(hang, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        outlet = WebhookOutlet(SECRET, HOSTS)
        receipt = await outlet.send(notice("webhook", f"http://127.0.0.1:{port}/"), Text(WORDS))
        await outlet.close()
        server.close()
        return receipt

    monkeypatch.setattr("responder.channels.outlets.TIMEOUT", 0.2)
    assert asyncio.run(story()).fate is Fate.UNKNOWN
