"""The only one that sends: claims what the outbox holds, sends it, records what became of it."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from datetime import timedelta

from responder.commands.paging.outcomes import ClaimMessages
from responder.domain.load import AMPLE, Room, joint
from responder.domain.message import Message, Outcome
from responder.domain.people import VIAS
from responder.engine.fence import Fence
from responder.engine.lane import AT_ONCE, Lane
from responder.engine.limits import Limits
from responder.engine.lines import Lines
from responder.engine.memory import Memory, Reached
from responder.engine.outcomes import handed_back, joined, lease_ran_out, nobody_carries
from responder.engine.pacer import Pacer
from responder.engine.recorder import LINGER, Recorder
from responder.engine.relay import Relay
from responder.engine.sender import Sender
from responder.ports.channel import Channel, Channels
from responder.ports.clock import Clock
from responder.ports.renderer import Renderer

BATCH = 1000
LOOK_EVERY = 0.01
"""Seconds between two looks at messages that wait for their turn, when all is to be sent."""
LEASE = timedelta(seconds=30)

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
        pacer_of: Callable[[Channel], Pacer | None],
        linger: float = LINGER,
    ) -> None:
        self._memory = memory
        self._clock = clock
        self._channels = channels
        self._relay = Relay(channels)
        self._reached = reached
        self._wake = wake
        self._at_once = at_once
        self._pacer_of = pacer_of
        self._sender = Sender(clock, renderer, Limits(memory), Fence(memory), reached)
        self._recorder = Recorder(memory, reached, linger)
        self._lines = Lines(memory)
        self._lanes: dict[str, Lane] = {}
        self._ahead: Future[list[Message]] | None = None
        self._rests = self._claims_ahead = self._missed = False
        self._rooms: Mapping[str, Room] = AMPLE
        self._full: set[str] = set()
        self.has_more = False

    async def claim(self) -> int:
        """Lease what is ready and start to send it; returns how many messages that were.

        `has_more` tells whether more may be ready. Nothing is claimed while a channel that is
        getting on is full: it will have room in a moment.
        """
        if self._is_worth_waiting:
            self.has_more = True
            return 0
        self._look_for_room()
        messages: list[Message] = await self._memory.do(self._claiming())
        self.has_more = len(messages) == BATCH
        await self._start(messages)
        return len(messages)

    def rest(self) -> None:
        """Nobody claims until `start_ahead`: a commit may bring along what it enqueues."""
        self._rests, self._claims_ahead = True, not self._is_worth_waiting
        self._look_for_room()

    def claim_ahead(self) -> None:
        """Claim within the commit that is being made; called in whatever thread makes it.

        This spares what is most urgent a second commit and the way through the loop.
        """
        if self._claims_ahead:
            self._claims_ahead = False
            self._ahead = self._memory.begin(self._claiming())
        self._missed = self._missed or not self._rests

    @property
    def has_full(self) -> bool:
        """Whether a channel is full; it wakes once it has room."""
        return bool(self._full)

    def is_called_for(self) -> bool:
        """Whether a commit brought messages along, or may have while nobody rested; asked once."""
        missed, self._missed = self._missed, False
        return missed or self._ahead is not None

    async def start_ahead(self) -> None:
        """Start to send what a commit brought along."""
        self._rests = self._claims_ahead = False
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
        while (tasks := self._tasks) or self._waits or not self._recorder.is_idle:
            if tasks:
                await asyncio.wait(tasks)
            elif self._waits:
                await asyncio.sleep(LOOK_EVERY)
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
    def _waits(self) -> bool:
        return any(lane.waits for lane in self._lanes.values())

    @property
    def _is_worth_waiting(self) -> bool:
        return any(lane.is_worth_waiting_for for lane in self._lanes.values())

    def _claiming(self) -> ClaimMessages:
        return ClaimMessages(limit=BATCH, until=self._clock.now() + LEASE, rooms=self._rooms)

    def _look_for_room(self) -> None:
        """On each way, what those channels take together that carry it; any of them takes it."""
        found = {}
        for via in VIAS:
            lanes = [self._lane_of(channel) for channel in self._channels.carriers(via)]
            rooms = [room for lane in lanes if (room := lane.room) is not None]
            if lanes and len(rooms) == len(lanes):
                found[via] = joint(rooms)
        self._rooms = found  # at once: a commit may be reading it

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
            if lane.room is not None and lane.room.before is not None:
                self._full.add(lane.channel.name)

    def _put(self, message: Message) -> None:
        channel = self._relay.first(message)
        if channel is None:
            self._settle(message, nobody_carries(message, self._clock.now()))
        else:
            self._put_to(channel, message)

    def _put_to(self, channel: Channel, message: Message) -> None:
        self._lane_of(channel).put(message)

    def _lane_of(self, channel: Channel) -> Lane:
        lane = self._lanes.get(channel.name)
        if lane is None:
            at_once = self._at_once.get(channel.name, AT_ONCE)
            pacer = self._pacer_of(channel)
            lane = Lane(channel, self._send, self._landed, self._clock.now, at_once, pacer)
            self._lanes[channel.name] = lane
        return lane

    def _hand_back(self, lane: Lane) -> None:
        now = self._clock.now()
        for message, delay in lane.overflow():
            later = now + timedelta(seconds=delay)
            self._settle(message, handed_back(message, now, later, "channel busy"))

    async def _send(self, message: Message, lane: Lane) -> None:
        try:
            outcome = await self._sender.send(message, lane)
        except Exception:
            log.exception("sending message %s broke off; its lease runs out", message.id)
            outcome = None
        another = self._relay.next(message, outcome)
        if another is not None:
            self._put_to(another, message)
        else:
            self._settle(message, self._relay.told(message, outcome))

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

    def _landed(self, lane: Lane) -> None:
        if lane.is_idle:
            self._recorder.hurry()
        if (self.has_more and not self._is_worth_waiting) or self._is_hungry(lane):
            self._wake()

    def _is_hungry(self, lane: Lane) -> bool:
        """Whether a channel that was full has room again: its share may wait in the outbox."""
        if lane.channel.name not in self._full:
            return False
        room = lane.room
        if room is None or room.before is not None:
            return False
        self._full.discard(lane.channel.name)
        return True
