"""What a word means of what an incident holds: tasks, calls, what it owes, notices, questions."""

from collections.abc import Iterator, Mapping

from responder.commands.owed import title_of
from responder.commands.paging.calls_waiting import call_tasks
from responder.domain.words import Words
from responder.inbound.language.naming import Known, named
from responder.inbound.language.text import plain
from responder.inbound.language.verb import Slot
from responder.inbound.language.world import World


def tasks(_slot: Slot, world: World, values: Mapping[str, str]) -> Iterator[Known]:
    """The tasks of the incident, those still to be done first; each has its number in the list."""
    found = list(world.uow.tasks.of(values.get("incident", "")).values())
    numbers = {task.id: str(n) for n, task in enumerate(found, 1)}
    for task in sorted(found, key=lambda t: (not t.is_open, t.owner != world.person)):
        yield named(task.id, task.title, world, numbers[task.id])


def calls(_slot: Slot, world: World, values: Mapping[str, str]) -> Iterator[Known]:
    """The calls to be made by hand, those that wait first; each has its number in the list."""
    subject = values.get("incident", "")
    found = call_tasks(world.uow, world.now, subject) if subject else []
    for call in sorted(found, key=lambda one: not one["needed"]):
        yield named(call["id"], Words(**call["name"]), world, call["whom"])


def owed(_slot: Slot, world: World, values: Mapping[str, str]) -> Iterator[Known]:
    """What is owed and not done, by its number in the list."""
    subject = values.get("incident", "")
    rows = list(world.uow.obligations.of(subject).values()) if subject else []
    for row in (one for one in rows if one.is_open):
        yield named(row.id, title_of(row), world, str(row.place))


def notices(_slot: Slot, world: World, values: Mapping[str, str]) -> Iterator[Known]:
    """The notices of the incident, the latest first."""
    found = list(world.uow.notices.of(values.get("incident", "")).values())
    for one in reversed(found):
        yield Known(one.id, f"{one.id} {one.template}", (one.id, plain(one.number or one.id)))


def inquiries(_slot: Slot, world: World, values: Mapping[str, str]) -> Iterator[Known]:
    """The questions of the incident, those still open first."""
    found = world.uow.inquiries.of(values.get("incident", "")).values()
    for one in sorted(found, key=lambda one: not one.is_open):
        yield Known(one.id, f"{one.id} {one.said}", (one.id,))
