"""The investigation and the register of measures, in words; of accountability, never a word."""

from collections.abc import Iterator, Mapping
from typing import Any

from responder.commands.aftermath.investigation import investigation
from responder.commands.measures.listed import measures, origin_words
from responder.domain.investigation import PART_NAMES, Part
from responder.domain.measure import STATE_NAMES, State
from responder.inbound.language.world import World


def investigation_lines(values: Mapping[str, str], world: World) -> Iterator[str]:
    """A line a part, its causes, and what is still missing."""
    found = investigation(world.uow, values["incident"])
    for part in Part:
        written = bool(found["parts"][part.value].strip())
        mark = "■" if written else "□"
        yield f"{mark} {world.words(PART_NAMES[part])}"
    for cause in found["causes"]:
        yield world.said(f"原因{cause['id']}：", f"Cause {cause['id']}: ") + cause["text"]
    if found["preliminary"]:
        until = found["preliminary"]["supplement_by"]
        yield world.said(f"补充报告应于{until}前提交。", f"The supplement is due by {until}.")
    if found["concluded_at"]:
        yield world.said("已作出结论。", "It is concluded.")
    elif found["lacking"]:
        missing = world.listed(one[world.language] for one in found["lacking"])
        yield world.said("尚缺：", "Still missing: ") + missing


def measure_list(values: Mapping[str, str], world: World) -> Iterator[str]:
    """A line a measure, the overdue ones or one's own alone."""
    owner = world.person if "mine" in values else ""
    found = measures(world.uow, world.now, owner=owner, overdue="overdue" in values)
    if not found:
        yield world.said("台账上没有这样的整改措施。", "There is no such measure.")
    for one in found:
        state = world.words(STATE_NAMES[State(one["state"])]) + _raised(one, world)
        who, source = world.who(one["owner"]), world.words(origin_words(one))
        yield f"{one['id']} {one['title']} · {who} · {one['due_on']} · {state} · {source}"


def _raised(one: Mapping[str, Any], world: World) -> str:
    """Who besides its owner heard that it is late."""
    told = world.people([raised["person"] for raised in one["raised"]])
    late = one["raised"] and one["state"] == State.OVERDUE
    return world.said(f"，已报{told}", f"; known to {told}") if late else ""
