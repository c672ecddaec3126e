"""What departs from the plan, and the year's training, in words."""

from collections.abc import Iterator, Mapping

from responder.commands.planning.training import trainings
from responder.commands.planning.versions import differences
from responder.inbound.language.world import World

MOST = 20


def plan_differences(_values: Mapping[str, str], world: World) -> Iterator[str]:
    """A line a difference, the major ones marked."""
    found = differences(world.uow, "", "", world.now)
    if not found:
        yield world.said("与现行预案版本一致。", "Nothing departs from the plan in force.")
    for one in found[:MOST]:
        mark = world.said("（重大）", " (major)") * one.major
        text = " ".join(world.words(one.said).split())
        yield f"{one.section} {world.words(one.reason)}{mark}：{text}"
    if len(found) > MOST:
        more = len(found) - MOST
        yield world.said(f"另有{more}处，见 responder plan diff。", f"{more} more: `plan diff`.")


def training_list(_values: Mapping[str, str], world: World) -> Iterator[str]:
    """A line a course."""
    found = trainings(world.uow, world.now)
    if not found:
        yield world.said("没有培训计划。", "No training is planned.")
    for one in found:
        state = world.said("已办", "held") if one["held"] else world.said("计划", "planned")
        state = world.said("逾期未办", "overdue") if one["overdue"] else state
        state = world.said("签到中", "takes attendance") if one["running"] else state
        came = world.said(f"{len(one['attended'])}人参加", f"{len(one['attended'])} came")
        shown = f" · {came}" if one["attended"] else ""
        yield f"{one['on'] or '—'} {one['title'][world.language]} · {state}{shown}"
