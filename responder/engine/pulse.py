"""The engine's pulse: it records that it runs, and notices when it did not."""

import logging
from datetime import datetime, timedelta

from responder.commands.command import Command
from responder.commands.engine_work import Heartbeat, NoticeClockStep, NoticeDowntime
from responder.commands.firm import HEARTBEAT
from responder.engine.clock import EngineClock
from responder.engine.memory import Memory
from responder.ports.unit_of_work import UnitOfWork

EVERY = timedelta(seconds=5)
GAP = timedelta(seconds=10)
"""Work noticed up to this late counts as in time; a longer silence is downtime."""
STEP = timedelta(seconds=5)
"""How far the wall clock may jump without being worth a word."""

log = logging.getLogger(__name__)


class Pulse:
    """Beats, and tells commands of a silence or of a stepped wall clock, each once."""

    def __init__(self, memory: Memory, clock: EngineClock) -> None:
        self._memory = memory
        self._clock = clock
        self._last: datetime | None = None
        self._drift = clock.drift()

    @property
    def next_due(self) -> datetime:
        """When it has to beat again."""
        return self._clock.now() if self._last is None else self._last + EVERY

    async def begin(self) -> None:
        """Before any other work: find out how long nothing ran."""
        said = await self._memory.ask(_last_beat)
        self._last = datetime.fromisoformat(said) if said else None
        await self.beat()

    async def beat(self) -> None:
        """Notice what happened to time, and record that the engine runs, where that is due."""
        now = self._clock.now()
        step = self._clock.drift() - self._drift
        if abs(step) > STEP:
            self._drift += step
            await self._notice(NoticeClockStep(step=step))
        since = self._last
        if since is not None and now - since > GAP:
            await self._notice(NoticeDowntime(since=since, until=now))
        if since is None or now - since >= EVERY:
            await self._memory.do(Heartbeat())
            self._last = now

    async def _notice(self, command: Command) -> None:
        """Tell; but what cannot be told must not keep anybody from being paged."""
        try:
            await self._memory.do(command)
        except Exception:
            log.exception("%s could not be recorded", type(command).__name__)


def _last_beat(uow: UnitOfWork) -> str | None:
    """When an engine last ran; where none ever did, nothing ran since the first declaration."""
    said = uow.notes.get(HEARTBEAT)
    if isinstance(said, str):
        return said
    declared = (incident.declared_at for incident in uow.incidents.open().values())
    first = min(declared, default=None)
    return first.isoformat() if first else None
