"""Playbooks in a chat: the list, and one cut to fit a message."""

from collections.abc import Iterator, Mapping

from responder.commands.planning.playbook_words import FITS_A_CHAT, plan_lines, scheme_lines
from responder.commands.planning.playbooks import Scheme
from responder.inbound.language.world import World


def plan_list(_values: Mapping[str, str], world: World) -> Iterator[str]:
    """A line a playbook."""
    yield from plan_lines(world.site, world.language, FITS_A_CHAT)


def plan_shown(values: Mapping[str, str], world: World) -> Iterator[str]:
    """A playbook, or an incident's own copy of one."""
    scheme = Scheme.find(world.uow, world.roster, values["plan"])
    yield from scheme_lines(scheme, world.now, world.language, FITS_A_CHAT)
