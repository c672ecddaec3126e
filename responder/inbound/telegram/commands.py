"""The commands that Telegram offers while somebody types `/`: ASCII names alone."""

from responder.inbound.language.words import PHRASES

OFFERED = (
    "new",
    "ack",
    "decline",
    "status",
    "page",
    "who",
    "decide",
    "task",
    "done",
    "note",
    "timeline",
    "level",
    "grade",
    "take",
    "handover",
    "watch",
    "role",
    "plan",
    "card",
    "warn",
    "safe",
    "sos",
    "undo",
    "link",
    "lang",
    "help",
)
"""The most wanted first. Chinese words work all the same: typed plainly, or after `/er`."""
LONGEST = 256


def offered(language: str) -> list[tuple[str, str]]:
    """Each command with what it does."""
    return [(name, PHRASES[(name,)][0].help.said(language)[:LONGEST]) for name in OFFERED]
