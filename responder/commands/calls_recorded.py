"""What follows the result of a call made by hand: each subject registers what is its own."""

from collections.abc import Callable

from responder.commands.matter import Matter
from responder.domain.call_task import CallTask
from responder.domain.record import By

Recorded = Callable[[Matter, CallTask, By], None]
WHEN_RECORDED: list[Recorded] = []


def when_recorded(follow: Recorded) -> Recorded:
    """Register what the result of a call brings about; each looks whether it is its own."""
    WHEN_RECORDED.append(follow)
    return follow
