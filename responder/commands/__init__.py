"""Use cases: one file a subject, each a plain function of command, unit of work and now."""

from responder.commands import (
    decision,
    engine_work,
    firm,
    incident,
    leading,
    note,
    paging,
    phase,
    presence,
    roll_call,
    spoken,
    task,
    undo,
    warning,
)
from responder.commands.command import Command, Reply, handle

__all__ = [
    "Command",
    "Reply",
    "decision",
    "engine_work",
    "firm",
    "handle",
    "incident",
    "leading",
    "note",
    "paging",
    "phase",
    "presence",
    "roll_call",
    "spoken",
    "task",
    "undo",
    "warning",
]
