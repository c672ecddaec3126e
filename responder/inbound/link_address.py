"""Where a message's one-time page is, and how long it may be opened."""

from datetime import datetime, timedelta

from responder.commands.drills.inviting import time_of
from responder.domain.message import Message, Purpose
from responder.ports.tokens import Tokens

LINK_HOLDS = timedelta(hours=2)
AFTER_A_DRILL = timedelta(days=3)
"""How long the link holds that asks how a drill went: nobody is urged to answer at night."""


def address(base: str, tokens: Tokens, message: Message) -> str:
    """The link for a message, at the firm's public address."""
    return f"{base.rstrip('/')}/r/{tokens.issue(message.id, _holds_until(message))}"


def _holds_until(message: Message) -> datetime:
    """An invitation's link holds until the drill: it may be answered anew until then."""
    if message.purpose is Purpose.HOT_WASH:
        return message.ready_at + AFTER_A_DRILL
    usual = message.ready_at + LINK_HOLDS
    if message.purpose is Purpose.INVITATION:
        return max(usual, time_of(message) or usual)
    return usual
