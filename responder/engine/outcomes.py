"""What a channel's receipt means for a message: which state, and whether it is tried again.

The state reported tells commands what happened, `retry_at` tells the outbox what is to come:
`failed` or `unknown` with a `retry_at` is a way that failed now and is tried again beside the
others; `ready` is a message handed back untouched.
"""

from datetime import datetime, timedelta

from responder.domain.message import DOUBT, JOINED, Message, Outcome, Purpose, State
from responder.ports.channel import Fate, Receipt
from responder.ports.renderer import Text

SOON = timedelta(seconds=10)
"""A provider that asks for no longer a pause has not failed."""
FIRST_PAUSE = timedelta(seconds=5)
MOST_REFUSALS = 5
MOST_DOUBTS = 5
"""Times in all; among ten thousand messages and one doubt in fifty, three in a row are common."""
MOST_TRIES = 20
OUTSIDE = frozenset({Purpose.NOTICE})
"""Purposes that leave the firm: never sent again on a doubt, a human is asked (P3)."""


def outcome_of(
    message: Message, receipt: Receipt, text: Text, provider: str, at: datetime
) -> Outcome:
    """The outcome of one sending."""
    state, retry_at = _verdict(message, receipt, at)
    return Outcome(
        id=message.id,
        fence=message.fence,
        state=state,
        at=at,
        provider=provider,
        provider_id=receipt.provider_id,
        text=text.body,
        reason=_reason(receipt, text),
        for_good=receipt.fate is Fate.NEVER,
        retry_at=retry_at,
        calling_until=at + receipt.rings_for if receipt.rings_for else None,
        asks_at=at + receipt.ask_after if receipt.ask_after else None,
    )


def _verdict(message: Message, receipt: Receipt, at: datetime) -> tuple[State, datetime | None]:
    match receipt.fate:
        case Fate.ACCEPTED:
            return State.ACCEPTED, None
        case Fate.DELIVERED:
            return State.DELIVERED, None
        case Fate.NEVER | Fate.MISSED:
            return State.FAILED, None
        case Fate.REFUSED:
            pause = FIRST_PAUSE * 2 ** max(message.attempt - 1, 0)
            return State.FAILED, at + pause if message.attempt < MOST_REFUSALS else None
        case Fate.RETRY_AFTER:
            after = receipt.after or FIRST_PAUSE
            again = message.attempt < MOST_TRIES
            state = State.READY if again and after <= SOON else State.FAILED
            return state, at + after if again else None
        case Fate.UNKNOWN:
            again = message.attempt < MOST_DOUBTS and message.purpose not in OUTSIDE
            return State.UNKNOWN, max(message.leased_until or at, at) if again else None


def _reason(receipt: Receipt, text: Text) -> str:
    said = receipt.reason
    if receipt.fate is Fate.UNKNOWN:
        said = f"{DOUBT}: {said}" if said else DOUBT
    return f"{said}; {text.reason}" if said and text.reason else said or text.reason


def handed_back(message: Message, at: datetime, retry_at: datetime, reason: str = "") -> Outcome:
    """A message not touched: somebody may take it again from `retry_at`."""
    return Outcome(message.id, message.fence, State.READY, at, retry_at=retry_at, reason=reason)


def resting(message: Message, provider: str, at: datetime, until: datetime) -> Outcome:
    """A provider is left alone: the way failed now, without anything having been sent."""
    return Outcome(
        message.id,
        message.fence,
        State.FAILED,
        at,
        provider=provider,
        reason="breaker open",
        retry_at=until if message.attempt < MOST_TRIES else None,
    )


def joined(message: Message, at: datetime) -> Outcome:
    """A ring that joined a call to the same number."""
    return Outcome(message.id, message.fence, State.SKIPPED, at, reason=JOINED)


def over_limit(message: Message, provider: str, at: datetime) -> Outcome:
    """A ring that the provider's callee limit does not allow."""
    reason = "callee limit"
    return Outcome(message.id, message.fence, State.SKIPPED, at, provider=provider, reason=reason)


def nobody_carries(message: Message, at: datetime) -> Outcome:
    """No channel carries this way."""
    reason = f"no channel for {message.via}"
    return Outcome(message.id, message.fence, State.FAILED, at, reason=reason, for_good=True)


def lease_ran_out(message: Message, at: datetime) -> Outcome:
    """Whoever had claimed it died, or lost the database: it may or may not have been sent."""
    receipt = Receipt(Fate.UNKNOWN, reason="the lease ran out")
    return outcome_of(message, receipt, Text(""), message.provider, at)


def in_doubt(message: Message) -> bool:
    """Whether an earlier sending of a message may have got through."""
    return message.reason.startswith(DOUBT)
