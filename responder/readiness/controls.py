"""Every control, in the order of the standard. Importing a subject's file registers its judges."""

import re

from responder.readiness import (
    aftermath,
    cards,
    contacts,
    contacts_told,
    drills,
    duty,
    events,
    handling,
    organisation,
    plan,
    plan_known,
    plan_rules,
    problems,
    public,
    reachability,
    registers,
    reporting,
    training,
    warnings,
    watch,
)
from responder.readiness.control import CONTROLS, Control

__all__ = [
    "aftermath",
    "cards",
    "contacts",
    "contacts_told",
    "drills",
    "duty",
    "events",
    "every_control",
    "handling",
    "organisation",
    "plan",
    "plan_known",
    "plan_rules",
    "problems",
    "public",
    "reachability",
    "registers",
    "reporting",
    "training",
    "warnings",
    "watch",
]
_CLAUSE = re.compile(r"([0-9.]+)-(?:([PR])\.)?([0-9]*)(.*)")
_CHAPTERS = ("7.1", "7.2", "7.3", "4.7", "5.1", "5.8")
_BLOCKS = (None, "P", "R")


def every_control() -> tuple[Control, ...]:
    """All controls, in the order of the standard: chapter 7 first, then what it rests upon."""
    return tuple(sorted(CONTROLS.values(), key=lambda one: _place(one.id)))


def _place(clause: str) -> tuple[int, int, int, int, str]:
    """Where a clause stands: numbered paragraphs, the plan's contents and rules, then letters."""
    found = _CLAUSE.fullmatch(clause)
    if found is None or found[1] not in _CHAPTERS:
        return len(_CHAPTERS), 0, 0, 0, clause
    lettered = not found[2] and not found[3]
    block = len(_BLOCKS) if lettered else _BLOCKS.index(found[2])
    letters = len(found[4].rstrip("'").partition(".")[0])
    return _CHAPTERS.index(found[1]), block, int(found[3] or 0), letters, found[4]
