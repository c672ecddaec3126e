"""A warning in one line."""

from collections.abc import Mapping
from typing import Any

from responder.domain.incident import ROMAN
from responder.domain.warning import STAGE_NAMES, Stage
from responder.inbound.language.world import World


def warning_line(one: Mapping[str, Any], world: World) -> str:
    """Its id, what it is about, where it stands, and what it waits for."""
    level = world.said(f"{ROMAN[one['level']]}级", f"level {one['level']}")
    stage = world.words(STAGE_NAMES[Stage(one["stage"])])
    drill = world.said("【演练】", "DRILL ") * bool(one["drill"])
    line = f"{one['id']} {drill}{one['title']} · {level} · {stage}"
    if one["stage"] == Stage.RAISED.value:
        who, by = world.who(one["asked"]), world.clock(one["verify_by"])
        line += world.said(f"（{by}前请{who}核实）", f" ({who} is to verify it by {by})")
    if one["important"]:
        line += world.said(" · 重要，须报送预警报告", " · important: a warning report is due")
    return line + (f" → {one['incident']}" if one["incident"] else "")
