"""A provider described as data: what it is asked, and how its answers are read."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from responder.channels.gateway import HttpGateway
from responder.domain.message import Message, Purpose
from responder.ports.channel import Fate, Receipt
from responder.ports.probe import Probe
from responder.ports.renderer import Text
from responder.site.loader import gateways_in
from tests.fakes.gateway import TOKEN, MainlandGateway

AT = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
SECRETS = {"TOKEN": TOKEN}


def message(via: str = "sms", to: str = "+8613800138021") -> Message:
    return Message("m1", "INC-2026-0017", "wang.fang", via, to, Purpose.PAGE, AT, code="0017")


def sent(
    folder: Path,
    prepare: Callable[[MainlandGateway], Any] = lambda _: None,
    secrets: dict[str, str] = SECRETS,
    via: str = "sms",
    **more: str,
) -> tuple[Receipt, MainlandGateway]:
    async def story() -> tuple[Receipt, MainlandGateway]:
        async with MainlandGateway() as fake:
            prepare(fake)
            (folder / "contacts").mkdir()
            text = "gateways:" + fake.described(via, **more)
            (folder / "contacts" / "gateways.yaml").write_text(text, encoding="utf-8")
            (described,) = gateways_in(folder).values()
            channel = HttpGateway(described, secrets)
            try:
                return await channel.send(message(via), Text("应急：请处置。")), fake
            finally:
                await channel.close()

    return asyncio.run(story())


def test_its_blanks_are_filled(tmp_path):
    """The number without its region, the text, the mark; nested as the gateway wants it."""
    receipt, fake = sent(tmp_path)
    assert receipt == Receipt(Fate.ACCEPTED, "SN1")
    (taken,) = fake.taken
    assert (taken.mobile, taken.content, taken.id) == ("13800138021", "应急：请处置。", "m1")
    assert not fake.unexpected


def test_a_call_that_hears_no_keys_says_so(tmp_path):
    """Nobody is asked to press keys that nothing hears; the line is held for a while."""
    receipt, fake = sent(tmp_path, via="voice")
    assert "本线路不能按键" in fake.taken[0].content
    assert receipt.rings_for is not None
    assert receipt.rings_for <= timedelta(minutes=1)


@pytest.mark.parametrize(
    ("status", "body", "fate"),
    [
        (200, {"code": 7, "msg": "balance"}, Fate.REFUSED),
        (200, {"code": 0, "data": []}, Fate.UNKNOWN),
        (200, {}, Fate.UNKNOWN),
        (200, "hello", Fate.UNKNOWN),
        (302, {}, Fate.REFUSED),
        (403, {}, Fate.REFUSED),
        (429, {}, Fate.RETRY_AFTER),
        (500, {}, Fate.UNKNOWN),
    ],
)
def test_its_answers(tmp_path, status, body, fate):
    """Only a plain refusal promises that nothing was sent."""
    receipt, _ = sent(tmp_path, lambda fake: fake.answers.append((status, body)))
    assert receipt.fate is fate


def test_a_secret_that_is_not_there_is_named(tmp_path):
    """Nothing is sent, and the record says which one is missing, never what one is."""
    receipt, fake = sent(tmp_path, secrets={})
    assert receipt == Receipt(Fate.REFUSED, reason="the secret TOKEN is not set")
    assert not fake.taken


def test_it_cannot_be_asked_afterwards(tmp_path):
    """What is in doubt stays in doubt."""

    async def story() -> Receipt | None:
        (tmp_path / "contacts").mkdir()
        text = "gateways:" + MainlandGateway().described()
        (tmp_path / "contacts" / "gateways.yaml").write_text(text, encoding="utf-8")
        (described,) = gateways_in(tmp_path).values()
        return await HttpGateway(described, SECRETS).look_up(message())

    found = asyncio.run(story())
    assert found is not None
    assert found.fate is Fate.UNKNOWN


def probed(folder: Path, secrets: dict[str, str], url: str = "") -> tuple[Probe, MainlandGateway]:
    async def story() -> tuple[Probe, MainlandGateway]:
        async with MainlandGateway() as fake:
            (folder / "contacts").mkdir()
            text = "gateways:" + fake.described().replace(fake.url, url or fake.url)
            (folder / "contacts" / "gateways.yaml").write_text(text, encoding="utf-8")
            (described,) = gateways_in(folder).values()
            return await HttpGateway(described, secrets).probe(), fake

    return asyncio.run(story())


def test_it_is_tried_without_a_request(tmp_path):
    """Its address answers and its secrets are there: nothing is asked of it."""
    probe, fake = probed(tmp_path, SECRETS)
    assert probe == Probe(fake.url)
    assert (fake.taken, fake.unexpected) == ([], [])


def test_what_it_lacks_is_said(tmp_path):
    """A secret that is not set and an address where nobody answers, each with its mend."""
    probe, _ = probed(tmp_path, {}, "http://127.0.0.1:1")
    secret, address = probe.lacks
    assert "RESPONDER_GATEWAY__TOKEN" in secret.mend.en
    assert "127.0.0.1:1" in address.what.zh
    assert secret.is_grave
    assert address.is_grave
