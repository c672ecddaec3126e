"""One call to a number at a time, over all incidents: a ring due during a call joins it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from responder.domain.load import rings, share_lines
from responder.domain.message import Message, Outcome, State
from responder.domain.people import RINGING
from responder.engine.memory import Memory
from responder.ports.unit_of_work import UnitOfWork

LONGEST_CALL = timedelta(minutes=10)
GOT_THROUGH = frozenset({State.ACCEPTED, State.DELIVERED})


class Lines:
    """Which numbers are being rung, which are in a call, and what rings wait to join one.

    A ring joins for good only once the call got through; until then it waits, and where the call
    fails it rings itself.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._calls: dict[str, tuple[datetime, str]] = {}
        self._riders: dict[str, list[Message]] = {}

    async def share(
        self, messages: list[Message], now: datetime
    ) -> tuple[list[Message], list[Message]]:
        """Sort messages into those to send, in order, and rings that join a call in progress.

        Rings that have to wait for what becomes of an earlier one are kept here.
        """
        await self._hang_up(messages, now)
        calls = {to: until for to, (until, _) in self._calls.items() if until > now}
        ringing = dict.fromkeys(self._riders, datetime.max.replace(tzinfo=now.tzinfo))
        shared = share_lines(messages, calls | ringing, now)
        for message in shared.send:
            if rings(message):
                self._riders[message.to] = []
        joined = []
        for message in shared.joined:
            if message.to in self._riders:
                self._riders[message.to].append(message)
            else:
                joined.append(message)
        return shared.send, joined

    def over(self, message: Message, outcome: Outcome | None) -> tuple[list[Message], bool]:
        """A ring came to an outcome: those that waited for it, and whether they join its call."""
        riders = self._riders.pop(message.to, []) if rings(message) else []
        through = outcome is not None and outcome.state in GOT_THROUGH
        if through and outcome is not None and outcome.calling_until is not None:
            self._calls[message.to] = (outcome.calling_until, message.id)
        return riders, through

    def wait_for(self, message: Message, riders: list[Message]) -> None:
        """Let rings wait for what becomes of another one."""
        self._riders[message.to] = riders

    def empty(self) -> list[Message]:
        """Take out every ring that waits to join."""
        waiting = [message for riders in self._riders.values() for message in riders]
        self._riders.clear()
        return waiting

    async def _hang_up(self, messages: Iterable[Message], now: datetime) -> None:
        """Forget calls that are over, as the store now has it: some ended early, some go on."""
        oldest = now - LONGEST_CALL
        self._calls = {to: call for to, call in self._calls.items() if call[0] > oldest}
        wanted = {m.to for m in messages if m.via in RINGING} & self._calls.keys()
        if not wanted:
            return
        ids = {to: self._calls[to][1] for to in wanted}

        def calls(uow: UnitOfWork) -> dict[str, Message | None]:
            return {to: uow.outbox.get(id) for to, id in ids.items()}

        for to, message in (await self._memory.ask(calls)).items():
            until = message.calling_until if message else None
            if until is None or until <= now:
                self._calls.pop(to, None)
            else:
                self._calls[to] = (until, ids[to])
