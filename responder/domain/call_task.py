"""Calls that a human makes: to a line that no machine dials, or to a related unit."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from responder.domain.message import Purpose
from responder.domain.words import Words


class Result(StrEnum):
    """What came of a call. None of them is an acknowledgement (P1)."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    MESSAGE_LEFT = "message_left"


RESULTS = {
    Result.REACHED: Words("已联系上", "reached"),
    Result.NO_ANSWER: Words("无人接听", "no answer"),
    Result.WRONG_NUMBER: Words("号码有误", "wrong number"),
    Result.MESSAGE_LEFT: Words("已留言", "message left"),
}


IN_PERSON = Words("当面", "in person")
MANNERS = {
    "phone": Words("电话", "phone"),
    "voice": Words("电话", "phone"),
    "fax": Words("传真", "fax"),
    "sms": Words("短信", "SMS"),
    "email": Words("邮件", "email"),
    "mail": Words("邮件", "mail"),
    "platform": Words("报送平台", "platform"),
    "in person": IN_PERSON,
    "in_person": IN_PERSON,
    "person": IN_PERSON,
}


def manner(how: str) -> Words:
    """How a human reaches somebody, as the site writes it, in words."""
    return MANNERS.get(how.casefold(), Words(how, how))


@dataclass(slots=True)
class CallTask:
    """A call to be made by hand: to whom (a person's id, or `unit:U`), how and where.

    `id` counts within the incident. `message` is the outbox row that the call stands for, and
    whose text is read out; a unit has none, and `read_out` instead. `matter` keeps calls apart that
    are made to the same line for different reasons. `played` says whom to tell in the unit's place:
    in a drill nobody outside is called. `told` was asked to make it; whoever may can take it, and
    records the result.
    """

    id: str
    incident: str
    whom: str
    how: str
    to: str
    asked_at: datetime
    purpose: Purpose = Purpose.CALL_TASK
    matter: str = ""
    note: str = ""
    message: str = ""
    read_out: Words = Words()
    told: str = ""
    reminded: bool = False
    taken_by: str = ""
    taken_at: datetime | None = None
    result: Result | None = None
    words: str = ""
    recorded_by: str = ""
    recorded_at: datetime | None = None
    said_by: str = ""
    played: Words = Words()

    @property
    def key(self) -> str:
        """The id under which it is kept."""
        return f"{self.incident}/{self.id}"

    @property
    def is_open(self) -> bool:
        """Whether its result is still to be recorded."""
        return self.result is None

    def is_like(self, other: "CallTask") -> bool:
        """Whether one call would do for both."""
        mine = (self.whom, self.how, self.to, self.purpose, self.matter)
        return mine == (other.whom, other.how, other.to, other.purpose, other.matter)
