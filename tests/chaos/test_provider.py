"""A provider that answers badly: what a channel makes of it, and what the engine does then."""

import asyncio
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from responder.commands.incidents.incident import Declare
from responder.domain.message import Message, Purpose, State
from responder.domain.record import By
from responder.domain.ringing import Line
from responder.engine.clock import VirtualClock
from responder.ports.channel import Fate, Receipt
from responder.ports.renderer import Text
from responder.store.opening import open_store
from tests.chaos import load
from tests.chaos.child import House
from tests.chaos.judge import messages, record
from tests.chaos.scene import Scene
from tests.fakes import provider as answers
from tests.fakes.http_channel import HttpChannel
from tests.fakes.provider import Answer, Provider, always, in_turn

MESSAGE = Message("m1", "INC-1", "duty0", "sms", "sms:duty0", Purpose.PAGE, load.EVENING)
DECLARED = Declare(by=By("clerk", "handset"), playbook=load.playbook(0), title=load.title(0))


def sent(provider: Provider, timeout: float = 0.2) -> tuple[Receipt, Receipt | None]:
    """What one send says, and the look-up after it."""

    async def story() -> tuple[Receipt, Receipt | None]:
        async with HttpChannel(provider.url, timeout=timeout) as channel:
            return await channel.send(MESSAGE, Text("…")), await channel.look_up(MESSAGE)

    return asyncio.run(story())


@pytest.mark.parametrize(
    ("answer", "fate", "taken"),
    [
        (answers.ACCEPTED, Fate.ACCEPTED, True),
        (answers.ACCEPTED.after(0.05), Fate.ACCEPTED, True),
        (answers.REFUSED, Fate.REFUSED, False),
        (answers.INVALID, Fate.NEVER, False),
        (answers.TOO_MANY, Fate.RETRY_AFTER, False),
        (answers.BROKEN, Fate.UNKNOWN, False),
        (answers.BROKEN_LATE, Fate.UNKNOWN, True),
        (answers.UNREADABLE, Fate.UNKNOWN, True),
        (answers.BLACK_HOLE, Fate.UNKNOWN, False),
        (answers.SWALLOWED, Fate.UNKNOWN, True),
    ],
)
def test_what_a_channel_makes_of_it(
    provider: Provider, answer: Answer, fate: Fate, taken: bool
) -> None:
    """Only what surely was not sent may be sent again at once; the look-up settles a doubt."""
    provider.rule = always(answer)
    receipt, found = sent(provider)
    assert receipt.fate is fate
    assert (found is not None) == taken == bool(provider.accepted)
    if fate is Fate.RETRY_AFTER:
        assert receipt.after == timedelta(seconds=1)


def test_nobody_there() -> None:
    """Where nobody answers the door, nothing was sent; a look-up cannot say."""
    with Provider() as provider:
        gone = provider
    receipt, found = sent(gone)
    assert receipt.fate is Fate.REFUSED
    assert found is not None
    assert found.fate is Fate.UNKNOWN


def test_the_unexpected_is_heard() -> None:
    """A test that asks the provider for anything else fails."""
    with Provider() as provider, pytest.raises(HTTPError) as refused:
        urlopen(f"{provider.url}/balance")
    refused.value.close()
    with pytest.raises(AssertionError, match="balance"):
        provider.over()


# The engine


class Declared:
    """One incident, declared a moment ago, on the engine and the provider."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.clock = VirtualClock(load.EVENING)

    def after(self, *seconds: int) -> list[Message]:
        """The outbox once the engine has worked at these instants."""

        async def story(house: House) -> None:
            await house.do(DECLARED)
            for second in seconds:
                self.clock.move_to(load.EVENING + timedelta(seconds=second))
                for _ in range(3):
                    await house.engine.cycle(self.clock.now())
                    await house.engine.drain()

        async def opened(channel: HttpChannel) -> None:
            async with channel:
                await story(House.around(store, self.clock, channel, lambda _: None))

        with closing(open_store(self.scene.database)) as store:
            asyncio.run(opened(HttpChannel(self.scene.provider.url, timeout=0.2)))
            self.said = [
                line["state"]
                for entry in record(store)
                if entry.kind == "MessagesSettled"
                for line in (entry.payload or {})["messages"]
            ]
            self.escalations = store.read(lambda uow: uow.escalations.all())
            return messages(store)

    def run_of(self, person: str) -> list[Line]:
        """The lines of a person's profile as they stand."""
        runs = (e.runs[person].lines for e in self.escalations.values() if person in e.runs)
        return next(runs)


@pytest.fixture
def declared(provider: Provider, tmp_path: Path) -> Declared:
    """The load's first incident on a SQLite file."""
    return Declared(Scene.at(f"sqlite:///{tmp_path / 'responder.db'}", provider, tmp_path))


def by_sms(answer: Answer, times: int = 1000) -> answers.Rule:
    """SMS to the duty lead are answered so; all else is well."""
    rule = in_turn([answer] * times)
    return lambda sent: rule(sent) if sent.to == "sms:duty0" else answers.ACCEPTED


@pytest.mark.parametrize("answer", [answers.REFUSED, answers.BROKEN, answers.INVALID])
def test_a_failed_way_starts_the_next_at_once(declared: Declared, answer: Answer) -> None:
    """It is tried again beside, if it may be; nobody waits for that (P8).

    The entry that follows after a minute begins now. Its way has rung at this instant already,
    and rings once at an instant.
    """
    declared.scene.provider.rule = by_sms(answer)
    rung = [m for m in declared.after(0) if m.person == "duty0" and m.via == "voice"]
    assert len(rung) == 1
    assert [line.first_at for line in declared.run_of("duty0")] == [load.EVENING, load.EVENING]
    assert {"failed", "unknown"} & set(declared.said)


@pytest.mark.parametrize("answer", [answers.UNREADABLE, answers.BROKEN_LATE, answers.SWALLOWED])
def test_what_was_taken_is_never_sent_twice(declared: Declared, answer: Answer) -> None:
    """After a doubt the provider is asked, and says that it has it: one POST in all (P3)."""
    declared.scene.provider.rule = by_sms(answer)
    (sms,) = [m for m in declared.after(0, 31) if m.to == "sms:duty0"]
    assert sms.state is State.ACCEPTED
    assert sum(one.to == "sms:duty0" for one in declared.scene.provider.accepted) == 1
    assert "unknown" in declared.said


def test_what_was_not_taken_is_sent_again(declared: Declared) -> None:
    """A black hole once: the page goes out as soon as the time-out is over."""
    declared.scene.provider.rule = by_sms(answers.BLACK_HOLE, times=1)
    (sms,) = [m for m in declared.after(0, 31) if m.to == "sms:duty0"]
    assert sms.state is State.ACCEPTED
    assert declared.scene.provider.counts()[sms.id] == 1


def test_a_burst_of_refusals_is_waited_out(declared: Declared) -> None:
    """429 with a short pause is no failure: the page goes out after it."""
    declared.scene.provider.rule = by_sms(answers.TOO_MANY, times=2)
    (sms,) = [m for m in declared.after(0, 1, 2, 3) if m.to == "sms:duty0"]
    assert sms.state is State.ACCEPTED
    assert sms.attempt == 3
    assert not {"failed", "unknown"} & set(declared.said)
