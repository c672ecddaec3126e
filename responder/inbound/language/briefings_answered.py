"""The clocks of the audiences, in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from responder.commands.briefings.due import briefings
from responder.inbound.language.world import World


def briefing_lines(values: Mapping[str, str], world: World) -> Iterator[str]:
    """A line an audience: when it is due, when it was told, how many intervals were kept."""
    found = briefings(world.uow, world.now, values["incident"])
    if not found:
        yield world.said("本站点没有设通报对象。", "This site names no audience.")
    for one in found:
        name = one["name"][world.language]
        last = world.clock(one["last_at"]) or "—"
        kept = sum(interval["late_s"] == 0 for interval in one["intervals"])
        yield world.said(
            f"{name}（{one['audience']}）· {_due(one, world)} · 上次{last}"
            f" · 按时{kept}/{len(one['intervals'])} · {_keeper(one, world)}",
            f"{name} ({one['audience']}) · {_due(one, world)} · last {last}"
            f" · on time {kept}/{len(one['intervals'])} · {_keeper(one, world)}",
        )


def _due(one: Mapping[str, Any], world: World) -> str:
    if one["due_at"] is None:
        return world.said("无定时", "no clock")
    at = world.clock(one["due_at"])
    if one["overdue"]:
        return world.said(f"逾期，{at}前", f"overdue, by {at}")
    return world.said(f"{at}前", f"by {at}")


def _keeper(one: Mapping[str, Any], world: World) -> str:
    return world.said("自动", "by itself") if one["itself"] else world.who(one["keeper"])
