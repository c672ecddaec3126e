"""What goes without saying: here, for the system named, in this incident."""

from collections.abc import Mapping, Sequence

from responder.inbound.language.grades_meant import having
from responder.inbound.language.nameable import known
from responder.inbound.language.naming import Known
from responder.inbound.language.verb import Kind, Slot
from responder.inbound.language.world import World


def unsaid(slot: Slot, world: World, values: Mapping[str, str]) -> str:
    """The one value that a slot can have by what is known already; empty where it must be said."""
    if slot.kind is Kind.PLAYBOOK:
        return _playbook_of_system(world, values)
    if slot.kind is Kind.PLAN:
        running = list(world.pool(slot.pool))
        return world.about or (running[0] if len(running) == 1 else "")
    if slot.kind is Kind.PLANNED:
        found = [one.value for one in known(slot, world, values)]
        return found[0] if len(found) == 1 else ""
    return world.door if slot.name == "platform" and world.door in slot.among else ""


def likely(
    slot: Slot, choices: Sequence[Known], world: World, values: Mapping[str, str]
) -> list[Known]:
    """The decisions that are asked for; the rules that have such a grade."""
    if slot.kind is Kind.REGIME:
        return having(choices, world, values)
    return _asked(choices, world, values)


def _asked(choices: Sequence[Known], world: World, values: Mapping[str, str]) -> list[Known]:
    """The decisions asked for at present, those put to this person if there are any."""
    authority = world.uow.authorities.get(values.get("incident", ""))
    waiting = [r for r in authority.requests.values() if r.is_open] if authority else []
    mine = [r for r in waiting if world.person in r.asked]
    wanted = {request.decision for request in mine or waiting}
    return [one for one in choices if one.value in wanted]


def _playbook_of_system(world: World, values: Mapping[str, str]) -> str:
    """The one playbook for the system named."""
    system = values.get("system", "")
    books = world.site.playbooks.values()
    fits = [book.id for book in books if system and system in book.systems]
    return fits[0] if len(fits) == 1 else ""
