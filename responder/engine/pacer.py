"""Pacing: a token bucket of an account, and the gaps between messages to one place of it.

Instants are seconds of one steady clock, passed in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import inf

from responder.ports.channel import Channel, Pace, Paced

SPARED = 2
"""Tokens that stay in the bucket, of a large one: requests bunch together on their way."""
STRETCHED = 1.005
"""How much longer than it must be an interval is where the bucket holds nothing to spare."""
BREATH = 0.0025
"""Seconds between two messages where many may leave at once: what is urgent gets in between."""
WAITED = 0.3
"""Intervals that the next message waits for an answer not yet there."""
FORGOTTEN = 0.004
"""How much of the way back to the latest the quickest answer moves with each one."""
MOST_PLACES = 1000


@dataclass(slots=True)
class Pacer:
    """Says when the next message may leave.

    Of a large bucket part is kept back, for what bunches together on its way, and the rest makes
    up for what left late, so that the rate is held. A bucket of one token leaves nothing to keep:
    there, what may have come in late, as its answer shows, puts off the next by as much, and
    the lack of an answer by a little. Without a pace everything may leave at once, until the
    provider asks for a pause.
    """

    pace: Pace | None = None
    _interval: float = field(init=False, default=0.0)
    _ahead: float = field(init=False, default=0.0)
    _breath: float = field(init=False, default=0.0)
    _due: float = field(init=False, default=-inf)
    _latest: float = field(init=False, default=-inf)
    _quickest: float = field(init=False, default=inf)
    _paused_until: float = field(init=False, default=-inf)
    _places: dict[str, float] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        if self.pace is None:
            return
        spare = self.pace.burst - 1
        self._interval = (1 if spare else STRETCHED) / self.pace.rate
        self._breath = min(self._interval / 4, BREATH)
        self._ahead = (spare - min(spare / 2, SPARED)) * self._interval

    def free_at(self) -> float:
        """From when on the account takes a message."""
        return max(self._due - self._ahead, self._latest + self._breath, self._paused_until)

    def place_free_at(self, to: str) -> float:
        """From when on a place takes a message, whatever the account does."""
        return self._places.get(_place(to), -inf)

    def first_free_at(self, places: Iterable[str]) -> float:
        """From when on the first of these places takes a message, whatever the account does."""
        if not self._places:
            return -inf
        return min((self.place_free_at(to) for to in places), default=-inf)

    def leave(self, to: str, now: float) -> None:
        """A message leaves for a place."""
        if self.pace is None:
            return
        self._due = max(self._due, now) + self._interval
        self._latest = now
        if self._heeds_answers:
            self._due += WAITED * self._interval  # until the answer is there
        if gap := _gap(self.pace, to):
            if len(self._places) >= MOST_PLACES:
                self._places = {one: at for one, at in self._places.items() if at > now}
            self._places[_place(to)] = now + gap

    def answered(self, left: float, now: float) -> None:
        """What left then is answered now. It came in late by no more than its answer did."""
        if self._ahead or self.pace is None or left != self._latest:
            return
        took, quickest = now - left, min(self._quickest, now - left)
        self._due = left + self._interval + took - quickest
        self._quickest = quickest + FORGOTTEN * (took - quickest)

    @property
    def _heeds_answers(self) -> bool:
        """Whether the answer to one is there before the next leaves, if all goes well."""
        return not self._ahead and (self._quickest < self._interval or self._quickest == inf)

    def pause(self, until: float) -> None:
        """The provider wants nothing of this account before then."""
        self._paused_until = max(self._paused_until, until)

    def lasts(self, messages: int) -> float:
        """Seconds in which so many messages leave at a steady pace."""
        return messages * self._interval


def pacer_of(channel: Channel, rates: Mapping[str, float]) -> Pacer:
    """The pacer of a channel's account; `rates` are those the site sets, by channel."""
    pace = channel.pace if isinstance(channel, Paced) else None
    rate = rates.get(channel.name)
    if rate is not None:
        pace = replace(pace, rate=rate) if pace else Pace(rate)
    return Pacer(pace)


def _place(to: str) -> str:
    return to.partition("/")[0]


def _gap(pace: Pace, to: str) -> float:
    beginning = max((one for one in pace.gaps if to.startswith(one)), key=len, default=None)
    return 0.0 if beginning is None else pace.gaps[beginning]
