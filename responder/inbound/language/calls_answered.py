"""The calls to be made by hand, in words: whom, how, and how far each of them got."""

from collections.abc import Iterator, Mapping

from responder.commands.paging.calls_waiting import call_tasks
from responder.domain.words import Words
from responder.inbound.language.world import World


def call_lines(values: Mapping[str, str], world: World) -> Iterator[str]:
    """A line a call."""
    found = call_tasks(world.uow, world.now, values["incident"])
    if not found:
        yield world.said("没有需要人工联络的。", "There is nobody to call by hand.")
    for call in found:
        said = (world.words(Words(**call[part])) for part in ("name", "manner", "state"))
        yield f"{call['id']} {' · '.join(said)}"
