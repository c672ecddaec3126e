"""The contact manual: tables taken in, the register changed and told of, its papers."""

from responder.commands.manual import (
    cards,
    cards_shown,
    change_notices,
    changing,
    freshness,
    importing,
    leaving,
    printing,
    register_files,
)

__all__ = [
    "cards",
    "cards_shown",
    "change_notices",
    "changing",
    "freshness",
    "importing",
    "leaving",
    "printing",
    "register_files",
]
