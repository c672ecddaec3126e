"""What facts, reports and what is owed may be called in a line."""

from collections.abc import Iterator, Mapping

from responder.domain.obligation import Kind as Owed
from responder.inbound.language.naming import Known, named
from responder.inbound.language.verb import Slot
from responder.inbound.language.world import World
from responder.regimes.hub import BY_ID


def facts(_slot: Slot, world: World, _values: Mapping[str, str]) -> Iterator[Known]:
    """The catalogue of hub fields."""
    yield from (named(one.id, one.name, world) for one in BY_ID.values())


def duties(_slot: Slot, world: World, values: Mapping[str, str]) -> Iterator[Known]:
    """What is owed by its number in the list, then every other report of every pack."""
    owed = [
        row
        for row in world.uow.obligations.of(values.get("incident", "")).values()
        if row.is_open and row.kind in (Owed.REPORT, Owed.SUMMARY)
    ]
    yield from (named(str(row.place), row.title, world, row.duty) for row in owed)
    ids = {row.duty for row in owed}
    for regime in world.site.regimes.values():
        for duty in regime.duties:
            if (id := f"{regime.id}/{duty.id}") not in ids:
                yield named(id, duty.name, world)


def reports(_slot: Slot, world: World, values: Mapping[str, str]) -> Iterator[Known]:
    """The reports of the incident, the latest first."""
    found = world.uow.reports.of(values.get("incident", "")).values()
    for one in reversed(list(found)):
        yield Known(one.id, f"{one.id} {one.regime}/{one.duty}", (one.id, one.key.casefold()))
