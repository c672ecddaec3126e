"""Who keeps the related units up to date: the liaison officers, else the administrators (4.7)."""

from datetime import time

from responder.commands.matter import FirmMatter
from responder.domain.words import Words

KEEPS_UP_AT = time(9, 15)
"""When the daily rounds about related units go: somebody is at the desk to call them."""


def tell_keepers(matter: FirmMatter, what: Words, asks: Words) -> None:
    """Ask the first two of them, without ringing."""
    matter.ask(matter.callers()[:2], what, asks)
