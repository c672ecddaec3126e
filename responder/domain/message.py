"""A message on its way to a person, and what became of it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """How far a message got. It never goes backwards; `RANK` is the order.

    `accepted`: the provider took it. `delivered`: the provider says it reached the device,
    which is no acknowledgement (P1). `unknown`: it may or may not have been sent (P3).
    """

    READY = "ready"
    SENDING = "sending"
    UNKNOWN = "unknown"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    SKIPPED = "skipped"


RANK = {
    State.READY: 0,
    State.SENDING: 1,
    State.UNKNOWN: 2,
    State.ACCEPTED: 3,
    State.DELIVERED: 4,
    State.FAILED: 4,
    State.WITHDRAWN: 5,
    State.SKIPPED: 5,
}
FINAL = frozenset({State.DELIVERED, State.FAILED, State.WITHDRAWN, State.SKIPPED})
DOUBT = "unknown"
"""How the reason of a message begins that may have been sent: it is looked up before it is sent
again."""
JOINED = "joined"
"""The reason of a ring that joined a call to the same number."""


class Purpose(StrEnum):
    """Why a message is sent; it picks the template and the order under load."""

    PAGE = "page"
    DECISION = "decision"
    STILL_THERE = "still_there"
    VERIFY_WARNING = "verify_warning"
    ALARM = "alarm"
    HANDOVER = "handover"
    TOLD = "told"
    CANCELLED = "cancelled"
    ROLL_CALL = "roll_call"
    CALL_TASK = "call_task"
    DUE = "due"
    BRIEF = "brief"
    BRIEF_DUE = "brief_due"
    NOTICE = "notice"
    INJECT = "inject"
    TEST = "test"
    ASSENT = "assent"
    CHECK_IN = "check_in"
    INVITATION = "invitation"
    HOT_WASH = "hot_wash"
    ROOM = "room"
    CARD = "card"


PURSUED = frozenset({Purpose.PAGE, Purpose.VERIFY_WARNING, Purpose.DECISION})
"""What goes on by another way where one fails; all else goes by every way from the start."""
FOR_ROOMS = frozenset({Purpose.ROOM, Purpose.CARD})
"""What goes to a place of a chat platform, and to no person."""
READY_WORDS = frozenset({Purpose.NOTICE})
"""What brings its own words, released by people: no template and no channel changes a letter."""
TO_PLACES = FOR_ROOMS | READY_WORDS
"""What goes to no person."""


@dataclass(slots=True)
class Message:
    """One line of one way to one person: an outbox row.

    `facts` feed the template of `purpose`; `code` is what an answer refers to. `fence` rises
    with every claim, so that a claimant that lost its lease can settle nothing.
    `urgency` sorts under load: smaller goes first (real before drill, level, purpose).
    """

    id: str
    incident: str
    person: str
    via: str
    to: str
    purpose: Purpose
    ready_at: datetime
    facts: dict[str, Any] = field(default_factory=dict)
    code: str = ""
    urgency: int = 0
    drill: bool = False
    language: str = "zh"
    state: State = State.READY
    attempt: int = 0
    fence: int = 0
    leased_until: datetime | None = None
    provider: str = ""
    provider_id: str = ""
    text: str = ""
    reason: str = ""
    settled_at: datetime | None = None
    calling_until: datetime | None = None


@dataclass(slots=True)
class Outcome:
    """What a channel reports of one sending. `for_good` marks a way that will never work.

    `asks_at` is when the provider is to be asked, if it has said nothing more by then; `asks`
    that this is now, and `over` that a call has ended.
    """

    id: str
    fence: int
    state: State
    at: datetime
    provider: str = ""
    provider_id: str = ""
    text: str = ""
    reason: str = ""
    for_good: bool = False
    retry_at: datetime | None = None
    calling_until: datetime | None = None
    asks_at: datetime | None = None
    asks: bool = False
    over: bool = False

    @property
    def way_failed(self) -> bool:
        """Whether the next way is to start at once (P8)."""
        skipped = self.state is State.SKIPPED and self.reason != JOINED
        return skipped or self.state in (State.FAILED, State.UNKNOWN)
