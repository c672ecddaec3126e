"""What happened while paging and deciding: past tense, each with the instant it counts at.

An event's class name is its `kind` on the ledger.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at an instant."""

    at: datetime


# Paging


@dataclass(frozen=True, slots=True)
class StepStarted(Event):
    """A step began to page its people; steps are numbered from 1 after expansion."""

    round: int
    step: int


@dataclass(frozen=True, slots=True)
class NobodyMeant(Event):
    """A target resolved to nobody."""

    round: int
    step: int
    target: str


@dataclass(frozen=True, slots=True)
class PassedOver(Event):
    """People a target would mean, were they not away."""

    round: int
    step: int
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitNamed(Event):
    """A step named a related unit: a human has to call it."""

    round: int
    step: int
    unit: str


@dataclass(frozen=True, slots=True)
class Rang(Event):
    """A way of a person rings, under the round and step of the page that began the run."""

    round: int
    step: int
    person: str
    via: str


@dataclass(frozen=True, slots=True)
class Unreachable(Event):
    """Somebody paged has no working way."""

    person: str


@dataclass(frozen=True, slots=True)
class Acknowledged(Event):
    """A human took the page."""

    person: str


@dataclass(frozen=True, slots=True)
class Declined(Event):
    """A human passed the page on."""

    person: str


@dataclass(frozen=True, slots=True)
class WayFailed(Event):
    """A way did not get through; `for_good` means it is not tried again in the incident."""

    person: str
    via: str
    for_good: bool


@dataclass(frozen=True, slots=True)
class Changed(Event):
    """A role named in this round has a new holder."""

    role: str
    person: str


@dataclass(frozen=True, slots=True)
class Widened(Event):
    """A round ended with nobody reached: the command body, else everyone, is paged as well."""

    round: int
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NobodyLeft(Event):
    """A round ended and there is nobody left to page."""

    round: int


@dataclass(frozen=True, slots=True)
class Completed(Event):
    """Enough have acknowledged; `short` when nobody was left to ask for more."""

    acknowledged_by: tuple[str, ...]
    commander: str
    short: bool


@dataclass(frozen=True, slots=True)
class Late(Event):
    """Due work was carried out late by more than ten seconds."""

    by: timedelta


# Deciding


@dataclass(frozen=True, slots=True)
class Asked(Event):
    """Somebody was asked for a decision; `acting_for` is the first in the order or `""`."""

    request: str
    decision: str
    person: str
    acting_for: str


@dataclass(frozen=True, slots=True)
class DecisionRang(Event):
    """A way of somebody asked for a decision rings."""

    request: str
    person: str
    via: str


@dataclass(frozen=True, slots=True)
class HandedDown(Event):
    """Authority over the incident moved on; `taker` is `""` when the order is exhausted."""

    giver: str
    taker: str
    acting_for: str


@dataclass(frozen=True, slots=True)
class TakenBack(Event):
    """Somebody earlier in the order answered and holds authority again."""

    giver: str
    taker: str
    acting_for: str


@dataclass(frozen=True, slots=True)
class Hunted(Event):
    """The order is exhausted: the whole command body is asked, with an alarm."""

    request: str
    decision: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered(Event):
    """Somebody entitled answered a request: approve or reject."""

    request: str
    decision: str
    person: str
    approves: bool
    reason: str
    acting_for: str


@dataclass(frozen=True, slots=True)
class Decided(Event):
    """A request is answered for good."""

    request: str
    decision: str
    person: str
    approved: bool
    acting_for: str


@dataclass(frozen=True, slots=True)
class PassedOn(Event):
    """Somebody asked for a decision handed it on."""

    request: str
    person: str


@dataclass(frozen=True, slots=True)
class Extended(Event):
    """Somebody said "I am deciding": the request waits once longer."""

    request: str
    person: str
    until: datetime
