"""The roster of the next days and the rules of duty, in words."""

from collections.abc import Iterator, Mapping

from responder.commands.duty.shown import (
    duty_roster,
    roster_lines,
    rules_lines,
    waiting,
    waiting_lines,
)
from responder.inbound.language.world import World


def duty_shown(_values: Mapping[str, str], world: World) -> Iterator[str]:
    """Who is on shift for seven days, and what waits."""
    rows = duty_roster(world.roster, world.now)
    yield from roster_lines(rows, world.site, world.language)
    yield from waiting_lines(waiting(world.uow), world.site, world.language)
    if not rows:
        yield world.said("没有轮值表。", "There is no rotation.")


def duty_rules(_values: Mapping[str, str], world: World) -> Iterator[str]:
    """The rules by area."""
    yield from rules_lines(world.site.duty_rules, world.site, world.language)
