"""Who fills which role in an incident, in words."""

from collections.abc import Iterator, Mapping

from responder.commands.incidents.role import roles_in
from responder.domain.words import Words
from responder.inbound.language.world import World


def role_lines(values: Mapping[str, str], world: World) -> Iterator[str]:
    """A line a role that the incident works with."""
    found = roles_in(world.uow, values["incident"], world.now)
    if not found:
        yield world.said("本事件没有用到的岗位。", "This incident works with no role.")
    for one in found:
        role = world.words(Words(**one["name"])) or one["role"]
        person = world.who(one["person"]) if one["person"] else world.said("无人", "nobody")
        away = world.said("（缺勤）", " (away)") * one["absent"]
        given = world.said("（本事件指定）", " (for this incident)") * one["given"]
        count = one["open_tasks"]
        work = world.said(f" · 未完成任务{count}项", f" · open tasks: {count}") * bool(count)
        colon = world.said("：", ": ")
        yield f"{role} ({one['role']}){colon}{person}{away}{given}{work}"


def roles_given(given: Mapping[str, str], world: World) -> Iterator[str]:
    """The roles that were given or taken in an incident, on one line; none where there are none."""
    if not given:
        return
    roles = world.site.roles
    named = ((world.words(roles[r].name) or r if r in roles else r, p) for r, p in given.items())
    told = (f"{role}{world.said('', ': ')}{world.who(person)}" for role, person in named)
    yield world.said("本事件岗位：", "Roles here: ") + world.listed(told)
