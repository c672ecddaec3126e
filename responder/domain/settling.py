"""How an outcome changes its message: never backwards, never by whoever lost the lease."""

from dataclasses import replace

from responder.domain.message import FINAL, RANK, Message, Outcome, State


def settle(message: Message, outcome: Outcome, recalled: bool = False) -> bool:
    """Let an outcome change its message; returns whether it did. `following` says which state.

    What an outcome leaves out stays as it was.
    """
    state = following(message, outcome, recalled)
    if state is None:
        return _fill_in(message, outcome)
    before = replace(message) if state is message.state else None
    again = outcome.retry_at if state is State.READY else None
    message.state = state
    message.ready_at = again or message.ready_at
    message.leased_until = None
    message.provider = outcome.provider or message.provider
    message.provider_id = outcome.provider_id or message.provider_id
    message.text = outcome.text or message.text
    message.reason = outcome.reason or message.reason
    message.settled_at = None if again else outcome.at
    message.calling_until = outcome.calling_until
    return message != before


def following(message: Message, outcome: Outcome, recalled: bool = False) -> State | None:
    """The state an outcome leads to, None where it changes none.

    Old fences count for nothing, nor does what goes backwards. The one way back is `retry_at`: a
    message that is surely or possibly not sent becomes ready again at that time, whatever else
    the outcome reports; `withdrawn` if it was `recalled` while it was under way. So does one
    accepted of which its provider is asked (`asks`): it is looked up then.
    """
    if outcome.fence != message.fence or message.state in FINAL:
        return None
    if outcome.retry_at is None:
        return outcome.state if RANK[outcome.state] > RANK[message.state] else None
    if outcome.asks and message.state is State.ACCEPTED:
        return State.READY
    if RANK[message.state] >= RANK[State.ACCEPTED]:
        return None
    return State.WITHDRAWN if recalled else State.READY


def _fill_in(message: Message, outcome: Outcome) -> bool:
    """A report ahead of the sender's own left the text out; a call that is over frees its line."""
    if outcome.fence != message.fence:
        return False
    text = message.text or outcome.text
    calling_until = None if outcome.over else message.calling_until
    if (text, calling_until) == (message.text, message.calling_until):
        return False
    message.text, message.calling_until = text, calling_until
    return True
