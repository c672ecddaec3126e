"""How an outcome changes its message: never backwards, never by whoever lost the lease."""

from dataclasses import replace

from responder.domain.message import FINAL, RANK, Message, Outcome, State


def settled(message: Message, outcome: Outcome, recalled: bool = False) -> Message:
    """The message after an outcome; an old fence changes nothing, nor does what goes backwards.

    The one way back is `retry_at`: a message that is surely or possibly not sent becomes ready
    again at that time, whatever else the outcome reports; `withdrawn` if it was `recalled`
    while it was under way. So does one accepted of which its provider is asked (`asks`): it is
    looked up then. What an outcome leaves out stays as it was.
    """
    state = _following(message, outcome, recalled)
    if state is None:
        return _filled_in(message, outcome)
    again = outcome.retry_at if state is State.READY else None
    return replace(
        message,
        state=state,
        ready_at=again or message.ready_at,
        leased_until=None,
        provider=outcome.provider or message.provider,
        provider_id=outcome.provider_id or message.provider_id,
        text=outcome.text or message.text,
        reason=outcome.reason or message.reason,
        settled_at=None if again else outcome.at,
        calling_until=outcome.calling_until,
    )


def _following(message: Message, outcome: Outcome, recalled: bool) -> State | None:
    """The state an outcome leads to, None where it changes nothing."""
    if outcome.fence != message.fence or message.state in FINAL:
        return None
    if outcome.retry_at is None:
        return outcome.state if RANK[outcome.state] > RANK[message.state] else None
    if outcome.asks and message.state is State.ACCEPTED:
        return State.READY
    if RANK[message.state] >= RANK[State.ACCEPTED]:
        return None
    return State.WITHDRAWN if recalled else State.READY


def _filled_in(message: Message, outcome: Outcome) -> Message:
    """A report ahead of the sender's own left the text out; a call that is over frees its line."""
    if outcome.fence != message.fence:
        return message
    return replace(
        message,
        text=message.text or outcome.text,
        calling_until=None if outcome.over else message.calling_until,
    )
