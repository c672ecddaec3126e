"""What Twilio's channel asks of Twilio, and what it makes of the answers."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from responder.channels.phone import Account, Twilio
from responder.channels.phone.wire import Wire
from responder.domain.message import Message, Purpose
from responder.ports.channel import Fate, Receipt
from responder.ports.probe import Lack, Probe
from responder.ports.renderer import Text
from tests.fakes import twilio as fakes

AT = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
TO = "+85251230001"
TEXT = Text("应急：请处置。0017")

Story = Callable[[Twilio, fakes.Twilio], Awaitable[Any]]


def message(id: str = "m1", via: str = "voice", **more: Any) -> Message:
    return Message(id, "INC-1", "p", via, TO, Purpose.PAGE, AT, code="0017", **more)


def told(story: Story) -> Any:
    async def play() -> Any:
        async with fakes.Twilio(lambda: AT) as fake:
            account = Account(
                fakes.SID, fakes.TOKEN, fakes.NUMBER, "https://er/phone/twilio", fake.url
            )
            channel = Twilio(account)
            try:
                return await story(channel, fake)
            finally:
                await channel.close()
                assert not fake.unexpected

    return asyncio.run(play())


@pytest.mark.parametrize("via", ["voice", "sms"])
@pytest.mark.parametrize(
    ("answer", "fate"),
    [
        (fakes.MADE, Fate.ACCEPTED),
        (fakes.UNREADABLE, Fate.UNKNOWN),
        (fakes.Answer(body="{}"), Fate.UNKNOWN),
        (fakes.Answer(body='{"sid": null, "status": "queued"}'), Fate.UNKNOWN),
        (fakes.Answer(body='{"sid": "CA1", "status": "dreaming"}'), Fate.UNKNOWN),
        (fakes.BROKEN, Fate.UNKNOWN),
        (fakes.TOO_MANY, Fate.RETRY_AFTER),
        (fakes.refusal(21211), Fate.NEVER),
        (fakes.refusal(21215), Fate.REFUSED),
        (fakes.Answer(401, takes=False), Fate.REFUSED),
    ],
)
def test_what_an_answer_means(via: str, answer: fakes.Answer, fate: Fate) -> None:
    """Only a refusal promises that nothing was made; each create is asked for exactly once."""

    async def story(channel: Twilio, fake: fakes.Twilio) -> Receipt:
        fake.answers.append(answer)
        receipt = await channel.send(message(via=via), TEXT)
        assert fake.creates == 1
        return receipt

    receipt = told(story)
    assert receipt.fate is fate
    assert TO not in receipt.reason


def test_nobody_there_means_nothing_was_sent() -> None:
    """A connection that does not come about is a refusal, at once."""

    async def story(channel: Twilio, fake: fakes.Twilio) -> Receipt:
        lost = Twilio(
            Account(fakes.SID, fakes.TOKEN, fakes.NUMBER, "https://er", "http://127.0.0.1:1")
        )
        try:
            return await lost.send(message(), TEXT)
        finally:
            await lost.close()

    assert told(story).fate is Fate.REFUSED


def test_a_time_out_is_a_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library has none of its own; ours ends a request that hangs."""
    monkeypatch.setattr("responder.channels.phone.wire.TIMEOUT", 0.05)

    async def story(channel: Twilio, fake: fakes.Twilio) -> Receipt:
        async def hang(request: Any) -> Any:
            await asyncio.sleep(1)

        monkeypatch.setattr(fake, "_create", hang)
        monkeypatch.setattr(channel, "_wire", Wire(fake.url))
        channel._client.http_client = channel._wire
        return await channel.send(message(), TEXT)

    assert told(story).fate is Fate.UNKNOWN


# Look-up


async def made_for(fake: fakes.Twilio, id: str) -> fakes.Call:
    """A call that Twilio holds and our process knows nothing of: another one made it."""
    call = fake._call({"To": TO, "From": fakes.NUMBER, "Url": f"https://er/voice?m={id}"})
    assert isinstance(call, fakes.Call)
    return call


def test_a_call_is_known_by_the_requests_it_made() -> None:
    """Twilio's record of what it asked us names the message, or another one."""

    async def story(channel: Twilio, fake: fakes.Twilio) -> None:
        for id in ("m1", "m2"):
            call = await made_for(fake, id)
            call.asked.append(call.fields["Url"])
            call.status = "in-progress"
        found = await channel.look_up(message("m1"))
        assert found == Receipt(Fate.DELIVERED, fake.calls[0].sid, reason="in-progress")
        assert await channel.look_up(message("m3")) is None

    told(story)


def test_a_call_that_asked_nothing_yet_is_taken_for_it() -> None:
    """One number is rung once at a time; unless this process made it for another message."""

    async def story(channel: Twilio, fake: fakes.Twilio) -> None:
        await made_for(fake, "m1")
        found = await channel.look_up(message("m1"))
        assert found is not None
        assert found.fate is Fate.ACCEPTED
        fake.calls.clear()
        await channel.send(message("m2"), TEXT)
        assert await channel.look_up(message("m3")) is None

    told(story)


def test_an_old_call_and_one_that_nobody_took_are_none_of_it() -> None:
    """What ended unanswered may be rung again: nothing is taken for a call that was never made."""

    async def story(channel: Twilio, fake: fakes.Twilio) -> None:
        (await made_for(fake, "m1")).created = AT - timedelta(hours=1)
        (await made_for(fake, "m1")).status = "no-answer"
        assert await channel.look_up(message("m1")) is None

    told(story)


def test_an_sms_is_known_by_its_text() -> None:
    """The same text to the same number was said; another text was not."""

    async def story(channel: Twilio, fake: fakes.Twilio) -> None:
        fake.answers.append(fakes.UNREADABLE)
        await channel.send(message("m1", "sms"), TEXT)
        found = await channel.look_up(message("m1", "sms", text=TEXT.body))
        assert found is not None
        assert found.fate is Fate.ACCEPTED
        assert await channel.look_up(message("m1", "sms", text="another")) is None

    told(story)


def test_what_has_an_id_is_fetched_by_it() -> None:
    """And what Twilio does not know is no trace."""

    async def story(channel: Twilio, fake: fakes.Twilio) -> None:
        receipt = await channel.send(message(), TEXT)
        fake.calls[0].status = "busy"
        found = await channel.look_up(message(provider_id=receipt.provider_id))
        assert found == Receipt(Fate.MISSED, receipt.provider_id, reason="busy")
        assert await channel.look_up(message(provider_id="CA" + "0" * 32)) is None

    told(story)


def test_it_is_tried_without_a_call() -> None:
    """The account is fetched, and the number is among its own: nothing is made."""

    async def story(channel: Twilio, fake: fakes.Twilio) -> Probe:
        probe = await channel.probe()
        assert fake.creates == 0
        return probe

    assert told(story) == Probe(f"示例证券, {fakes.NUMBER}")


@pytest.mark.parametrize(
    ("account", "numbers", "said", "grave"),
    [
        ({"status": "suspended"}, None, "suspended", True),
        ({"type": "Trial"}, None, "trial account", False),
        ({}, {}, "not the account's", True),
        ({}, {"+85239999999": {"voice": True, "sms": True}}, "not the account's", True),
        ({}, {fakes.NUMBER: {"voice": True, "sms": False}}, "cannot send SMS", False),
        ({}, {fakes.NUMBER: {"voice": False, "sms": True}}, "cannot call", False),
    ],
)
def test_what_an_account_lacks_is_said(
    account: dict[str, str], numbers: dict[str, Any] | None, said: str, grave: bool
) -> None:
    """Each with its mend; what keeps it from sending is grave."""

    async def story(channel: Twilio, fake: fakes.Twilio) -> Probe:
        fake.account.update(account)
        fake.numbers = fake.numbers if numbers is None else numbers
        return await channel.probe()

    (lack,) = told(story).lacks
    assert said in lack.what.en
    assert lack.mend.zh
    assert lack.is_grave == grave


def test_an_account_that_is_not_let_in() -> None:
    """A wrong token, and nobody at the address: the token stays out of what is said."""

    def lack(token: str, url: str) -> Lack:
        async def story(_: Twilio, fake: fakes.Twilio) -> Probe:
            account = Account(fakes.SID, token, fakes.NUMBER, "https://er", url or fake.url)
            other = Twilio(account)
            try:
                return await other.probe()
            finally:
                await other.close()

        (found,) = told(story).lacks
        assert isinstance(found, Lack)
        return found

    assert "AUTH_TOKEN" in lack("wrong", "").mend.en
    assert "does not answer" in lack(fakes.TOKEN, "http://127.0.0.1:9").what.en
