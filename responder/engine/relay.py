"""A second provider takes over where the first could not send."""

from dataclasses import replace

from responder.domain.message import Message, Outcome, State
from responder.ports.channel import Channel, Channels


class Relay:
    """Which channel a message goes to next, and what is told of those that failed before.

    Only what was surely not sent is passed on: a doubt stays with the provider that has it (P3).
    """

    def __init__(self, channels: Channels) -> None:
        self._channels = channels
        self._failed: dict[str, dict[str, Outcome]] = {}

    def first(self, message: Message) -> Channel | None:
        """The channel to try; what failed in an earlier sending is told already."""
        self._failed.pop(message.id, None)
        return self._channels.carrier(message)

    def next(self, message: Message, outcome: Outcome | None) -> Channel | None:
        """The channel that takes over after an outcome, None where there is nothing to pass on."""
        if outcome is None or not _surely_not_sent(outcome):
            return None
        failed = self._failed.setdefault(message.id, {})
        failed[outcome.provider] = outcome
        return self._channels.carrier(message, tuple(failed))

    def told(self, message: Message, outcome: Outcome | None) -> Outcome | None:
        """The outcome as it goes on the record, those that failed before it named."""
        failed = self._failed.pop(message.id, {})
        if outcome is None:
            return None
        failed.pop(outcome.provider, None)
        if not failed:
            return outcome
        before = "; ".join(f"{name}: {one.reason or one.state}" for name, one in failed.items())
        retries = [one.retry_at for one in (outcome, *failed.values()) if one.retry_at]
        done = outcome.state in (State.ACCEPTED, State.DELIVERED, State.UNKNOWN)
        return replace(
            outcome,
            reason="; ".join(part for part in (outcome.reason, f"after {before}") if part),
            for_good=outcome.for_good and all(one.for_good for one in failed.values()),
            retry_at=outcome.retry_at if done else min(retries, default=None),
        )


def _surely_not_sent(outcome: Outcome) -> bool:
    failed = outcome.state is State.FAILED or (
        outcome.state is State.SKIPPED and outcome.way_failed
    )
    return failed and bool(outcome.provider) and not outcome.provider_id
