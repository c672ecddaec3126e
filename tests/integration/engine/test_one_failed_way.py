"""One failed way never blocks the others (P8), whatever its manner of failing; and it is shown."""

import asyncio
import time
from datetime import timedelta

import pytest

from responder.channels.sandbox import Sandbox
from responder.commands import queries
from responder.commands.case import Case
from responder.commands.incidents.card import card_of
from responder.commands.paging.answering import Acknowledge
from responder.commands.paging.provider_report import ReportProgress
from responder.domain.playbook import Entry
from responder.domain.record import By
from responder.engine import breaker, sender
from responder.engine.clock import SystemClock
from responder.ports.channel import Fate, Receipt
from tests.integration.engine.test_on_a_real_store import TWO_MINUTES, house
from tests.unit.engine.stand_ins import until

CHAT_THEN_VOICE = (Entry(("slack",)), Entry(("voice",), TWO_MINUTES, TWO_MINUTES))
CALL_THEN_SMS = (Entry(("voice",)), Entry(("sms",), TWO_MINUTES))
EVERYTHING = (Entry(("slack", "sms", "voice")),)
HANG = 3600.0


class Platform(Sandbox):
    """A platform that answers as told: a receipt, or seconds of silence."""

    real = True

    def __init__(self, name, vias, answer):
        self.name, self.vias, self.answer = name, frozenset(vias), answer
        self.tries = []

    async def send(self, message, text):
        self.tries.append((message.person, time.monotonic()))
        if isinstance(self.answer, float):
            await asyncio.sleep(self.answer)
            return Receipt(Fate.ACCEPTED, message.id)
        return self.answer


def rate_limited(seconds):
    return Receipt(Fate.RETRY_AFTER, "", "429", timedelta(seconds=seconds), for_all=True)


def rung(built, incident, via="voice"):
    return {m.person for m in built.messages(incident) if m.via == via}


@pytest.mark.parametrize(
    ("answer", "at_once"),
    [
        (Receipt(Fate.NEVER, reason="account disabled"), True),
        (Receipt(Fate.REFUSED, reason="no connection"), True),
        (Receipt(Fate.UNKNOWN, reason="502"), True),
        (rate_limited(30), True),
        (rate_limited(3), False),
        (Receipt(Fate.ACCEPTED, "1"), False),
    ],
    ids=["never", "refused", "unknown", "paused for long", "paused briefly", "accepted"],
)
def test_the_next_way_starts_at_once_where_one_fails(tmp_path, answer, at_once):
    chat = Platform("slack", ("slack",), answer)
    with house(tmp_path, chat, profiles={"urgent": CHAT_THEN_VOICE}) as built:
        incident = built.declare()
        asyncio.run(built.at(0))
        assert ({"duty", "admin"} <= rung(built, incident)) is at_once


def test_hanging_counts_as_failing_once_its_time_is_up(tmp_path, monkeypatch):
    monkeypatch.setattr(sender, "TIMEOUT", timedelta(seconds=0.05))
    chat = Platform("slack", ("slack",), HANG)
    with house(tmp_path, chat, profiles={"urgent": CHAT_THEN_VOICE}) as built:
        incident = built.declare()
        asyncio.run(built.at(0))
        assert {"duty", "admin"} <= rung(built, incident)


def test_an_open_breaker_lets_the_next_way_start_without_a_try(tmp_path):
    """Nobody else's page waits for a provider that is known to be down."""
    chat = Platform("slack", ("slack",), Receipt(Fate.REFUSED, reason="no connection"))
    with house(tmp_path, chat, profiles={"urgent": CHAT_THEN_VOICE}) as built:

        async def story():
            for _ in range(breaker.FAILURES):
                built.declare(separate="another")
                await built.at(0)
            tried = len(chat.tries)
            incident = built.declare(separate="one more")
            await built.at(0)
            return incident, len(chat.tries) - tried

        incident, tries = asyncio.run(story())
        assert tries == 0
        assert {"duty", "admin"} <= rung(built, incident)


def test_a_long_pause_of_an_account_fails_everybodys_way_at_once(tmp_path):
    """A 429 that asks for over ten seconds: the next page does not even ask."""
    chat = Platform("slack", ("slack",), rate_limited(30))
    with house(tmp_path, chat, profiles={"urgent": CHAT_THEN_VOICE}) as built:

        async def story():
            built.declare()
            await built.at(0)
            tried = len(chat.tries)
            incident = built.declare(separate="another")
            await built.at(1)
            return incident, len(chat.tries) - tried

        incident, tries = asyncio.run(story())
        assert tries == 0
        assert {"duty", "admin"} <= rung(built, incident)


@pytest.mark.parametrize("says_more", [False, True])
def test_no_progress_in_thirty_seconds_lets_the_next_way_start(tmp_path, says_more):
    """A call accepted, of which nothing more is heard; one that rings is left to ring."""
    taken = Receipt(Fate.ACCEPTED, "CA1", ask_after=timedelta(seconds=60))
    phone = Platform("phone", ("voice",), taken)
    with house(tmp_path, phone, profiles={"urgent": CALL_THEN_SMS}) as built:

        async def story():
            incident = built.declare()
            await built.at(0)
            if says_more:
                for one in built.messages(incident):
                    report = ReportProgress(
                        message=one.id,
                        provider="phone",
                        provider_id="CA1",
                        progress="ringing",
                        event=f"{one.id} ringing",
                        fate=Fate.ACCEPTED,
                    )
                    built.do(report)
            await built.at(29)
            before = rung(built, incident, "sms")
            await built.at(30)
            return before, rung(built, incident, "sms")

        before, then = asyncio.run(story())
        assert before == set()
        assert (then == {"duty", "admin"}) is not says_more


def test_a_hanging_platform_leaves_the_others_at_full_speed(tmp_path):
    """Chat takes requests and never answers: SMS and calls go out at once, all of them."""
    chat = Platform("slack", ("slack",), HANG)
    others = Platform("others", ("sms", "voice"), Receipt(Fate.DELIVERED, "1"))
    with house(
        tmp_path,
        chat,
        others,
        clock=SystemClock(),
        settle=False,
        profiles={"urgent": EVERYTHING},
    ) as built:

        async def story():
            stop = asyncio.Event()
            running = asyncio.create_task(built.engine.run(stop))
            began = time.monotonic()
            for n in range(40):
                await asyncio.to_thread(built.declare, separate=f"number {n}")
            await asyncio.wait_for(until(lambda: len(others.tries) >= 80), 8)
            took = time.monotonic() - began
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            return took

        took = asyncio.run(story())
        assert took < 8, "less than one time-out of the platform that hangs"
        assert len(chat.tries) >= 50


@pytest.mark.parametrize("gets_through", [True, False])
def test_what_failed_is_shown_until_somebody_is_reached(tmp_path, gets_through):
    """On the card and beside the incident, whose way it is: until it works, or is not needed."""
    chat = Platform("slack", ("slack",), Receipt(Fate.REFUSED, reason="no connection"))
    with house(tmp_path, chat, profiles={"urgent": CHAT_THEN_VOICE}) as built:

        async def story():
            incident = built.declare()
            await built.at(0)
            return incident

        incident = asyncio.run(story())

        def shown():
            return built.store.read(
                lambda uow: (
                    queries.incident(uow, incident)["failing"],
                    card_of(Case.load(uow, incident, built.clock.now()))["failing"],
                )
            )

        failing, card = shown()
        assert failing == {"duty": ["slack"], "admin": ["slack"]}
        assert card == "duty的Slack、admin的Slack"
        if gets_through:
            chat.answer = Receipt(Fate.ACCEPTED, "1")
            asyncio.run(built.at(5))
        else:
            built.do(Acknowledge(by=By("duty", "handset"), incident=incident))
        assert shown() == ({}, "")
