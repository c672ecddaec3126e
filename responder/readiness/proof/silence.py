"""What failed channels come to: whom they leave without any way, and whom they only delay."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations

from responder.domain.playbook import Entry
from responder.domain.ringing import Rung, begin
from responder.domain.roster import Roster
from responder.readiness.proof.question import CHANNELS

People = frozenset[str]
NOW = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Silence:
    """Failed channels, whom they leave without any way, and who hears later because of them."""

    channels: tuple[str, ...] = ()
    people: People = frozenset()
    late: People = frozenset()


NOTHING_FAILS = Silence()


def silences(roster: Roster, profile: Sequence[Entry], most: int) -> list[Silence]:
    """The sets of at most `most` failed channels, smallest first; each folded that can be.

    A refused ring starts the next way at once. Where that tells everybody who has a way left as
    early as ever, failed channels differ from unreachable people in nothing that is asked here,
    and a set that silences no more people than a smaller one shows nothing more.
    """
    found: list[Silence] = []
    for channels in channel_sets(roster, most):
        silence = silence_of(roster, profile, channels)
        if not any(_says_all(known, silence) for known in found):
            found.append(silence)
    return found


def channel_sets(roster: Roster, most: int) -> list[tuple[str, ...]]:
    """Every set of at most `most` channels that anybody has, smallest first."""
    used = [via for via in CHANNELS if any(via in p.vias for p in roster.site.people.values())]
    return [channels for many in range(most + 1) for channels in combinations(used, many)]


def _says_all(smaller: Silence, silence: Silence) -> bool:
    alike = smaller.people == silence.people and not smaller.late and not silence.late
    return alike and {*smaller.channels} <= {*silence.channels}


def silence_of(roster: Roster, profile: Sequence[Entry], channels: Sequence[str]) -> Silence:
    """What a set of failed channels comes to."""
    ways = {id: roster.vias(id) for id in roster.site.people}
    kinds = {vias: hears_at_once(profile, vias, channels) for vias in {*ways.values()} if vias}
    silent = {vias for vias in kinds if {*vias} <= {*channels}}
    return Silence(
        tuple(channels),
        frozenset(id for id, vias in ways.items() if vias in silent),
        frozenset(id for id, vias in ways.items() if not kinds.get(vias, True))
        - {id for id, vias in ways.items() if vias in silent},
    )


def hears_at_once(profile: Sequence[Entry], ways: Sequence[str], failed: Collection[str]) -> bool:
    """Whether some way that carries rings at the very instant a profile begins."""
    run, rung = begin(profile, ways, NOW), Rung()
    while rings := [via for via in run.ring(NOW, ways, False) if rung.first("", via, NOW)]:
        if any(via not in failed for via in rings):
            return True
        for via in rings:
            run.bring_forward(NOW, ways, via)
    return False
