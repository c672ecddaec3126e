"""The only one that sends: claims what the outbox holds, sends it, records what became of it."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from datetime import timedelta

from responder.commands.engine_work import ClaimMessages
from responder.domain.message import Message, Outcome
from responder.engine.lane import AT_ONCE, Lane
from responder.engine.lines import Lines
from responder.engine.memory import Memory, Reached
from responder.engine.outcomes import handed_back, joined, lease_ran_out, nobody_carries
from responder.engine.recorder import LINGER, Recorder
from responder.engine.sender import Sender
from responder.ports.channel import Channels
from responder.ports.clock import Clock
from responder.ports.renderer import Renderer

BATCH = 200
LEASE = timedelta(seconds=30)
LONGEST_BACK = timedelta(seconds=15)

log = logging.getLogger(__name__)


class Dispatcher:
    """Messages from the outbox to their channels, leased while they are under way.

    Sends are tasks of their own: `claim` starts them and returns. `wake` is called when there is
    room to claim again.
    """

    def __init__(
        self,
        memory: Memory,
        clock: Clock,
        renderer: Renderer,
        channels: Channels,
        reached: Reached,
        wake: Callable[[], None],
        at_once: Mapping[str, int],
        linger: float = LINGER,
    ) -> None:
        self._memory = memory
        self._clock = clock
        self._channels = channels
        self._reached = reached
        self._wake = wake
        self._at_once = at_once
        self._sender = Sender(clock, renderer, reached)
        self._recorder = Recorder(memory, reached, linger)
        self._lines = Lines(memory)
        self._lanes: dict[str, Lane] = {}
        self._ahead: Future[list[Message]] | None = None
        self._rests = False
        self.has_more = False

    async def claim(self) -> int:
        """Lease what is ready and start to send it; returns how many messages that were.

        `has_more` tells whether more may be ready. Nothing is claimed while a channel that is
        getting on is full: it will have room in a moment.
        """
        if self._is_worth_waiting:
            self.has_more = True
            return 0
        messages: list[Message] = await self._memory.do(self._claiming())
        self.has_more = len(messages) == BATCH
        await self._start(messages)
        return len(messages)

    def rest(self) -> None:
        """Nobody claims until `start_ahead`: a commit may bring along what it enqueues."""
        self._rests = not self._is_worth_waiting

    def claim_ahead(self) -> None:
        """Claim within the commit that is being made; called in whatever thread makes it.

        This spares what is most urgent a second commit and the way through the loop.
        """
        if self._rests:
            self._rests = False
            self._ahead = self._memory.begin(self._claiming())

    async def start_ahead(self) -> None:
        """Start to send what a commit brought along."""
        self._rests = False
        try:
            await self._start(await self._brought())
            await asyncio.sleep(0)  # the senders go first
        except Exception:
            log.exception("what was claimed ahead waits until its lease runs out")

    async def take_up(self, expired: Iterable[Message]) -> None:
        """Messages whose lease ran out become ready again, in doubt."""
        for message in expired:
            self._recorder.add(lease_ran_out(message, self._clock.now()))
        await self._recorder.flush()

    async def drain(self) -> None:
        """Wait until everything claimed is sent and recorded."""
        while (tasks := self._tasks) or not self._recorder.is_idle:
            if tasks:
                await asyncio.wait(tasks)
            await self._recorder.flush()

    def hold(self, reason: str) -> None:
        """Hand back everything that is not yet in flight."""
        now = self._clock.now()
        waiting = [message for lane in self._lanes.values() for message in lane.empty()]
        for message in (*waiting, *self._lines.empty()):
            self._recorder.add(handed_back(message, now, now, reason))

    async def close(self) -> None:
        """Hand back what waits, let what is in flight land, record it."""
        now = self._clock.now()
        for message in await self._brought():
            self._recorder.add(handed_back(message, now, now, "the engine stops"))
        self.hold("the engine stops")
        await self.drain()

    @property
    def _tasks(self) -> set[asyncio.Task[None]]:
        return {task for lane in self._lanes.values() for task in lane.tasks}

    @property
    def _is_worth_waiting(self) -> bool:
        return any(lane.is_worth_waiting_for for lane in self._lanes.values())

    def _claiming(self) -> ClaimMessages:
        return ClaimMessages(limit=BATCH, until=self._clock.now() + LEASE)

    async def _brought(self) -> list[Message]:
        """What was claimed ahead; nothing where that commit failed."""
        ahead, self._ahead = self._ahead, None
        if ahead is None:
            return []
        try:
            return ahead.result() if ahead.done() else await asyncio.wrap_future(ahead)
        except Exception:
            log.exception("what was to be claimed ahead was not")
            return []

    async def _start(self, messages: list[Message]) -> None:
        if not messages:
            return
        self._reached("dispatcher.claimed")
        send, joining = await self._lines.share(messages, self._clock.now())
        for message in joining:
            self._recorder.add(joined(message, self._clock.now()))
        for message in send:
            self._put(message)
        for lane in self._lanes.values():
            self._hand_back(lane)

    def _put(self, message: Message) -> None:
        channel = self._channels.carrier(message)
        if channel is None:
            self._settle(message, nobody_carries(message, self._clock.now()))
            return
        if channel.name not in self._lanes:
            at_once = self._at_once.get(channel.name, AT_ONCE)
            self._lanes[channel.name] = Lane(channel, self._send, self._landed, at_once)
        self._lanes[channel.name].put(message)

    def _hand_back(self, lane: Lane) -> None:
        now = self._clock.now()
        for message, delay in lane.overflow():
            later = now + min(timedelta(seconds=delay), LONGEST_BACK)
            self._settle(message, handed_back(message, now, later, "channel busy"))

    async def _send(self, message: Message, lane: Lane) -> None:
        try:
            outcome = await self._sender.send(message, lane)
        except Exception:
            log.exception("sending message %s broke off; its lease runs out", message.id)
            outcome = None
        self._settle(message, outcome)

    def _settle(self, message: Message, outcome: Outcome | None) -> None:
        """Record an outcome; rings that waited to join its call do so, or the first one rings."""
        if outcome is not None:
            self._recorder.add(outcome)
        riders, through = self._lines.over(message, outcome)
        if through:
            for rider in riders:
                self._recorder.add(joined(rider, self._clock.now()))
        elif riders:
            self._lines.wait_for(riders[0], riders[1:])
            self._put(riders[0])

    def _landed(self) -> None:
        if self.has_more and not self._is_worth_waiting:
            self._wake()
