"""The investigation after stand-down: four parts, causes, conclusion (JR/T 0099 7.3)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from responder.domain.words import Words


class Part(StrEnum):
    """The four parts of the report on an incident."""

    FACTS = "facts"
    HANDLING = "handling"
    CAUSE = "cause"
    MEASURES = "measures"


PART_NAMES = {
    Part.FACTS: Words("一、事件基本情况", "1. The facts"),
    Part.HANDLING: Words("二、处置与报告情况", "2. Handling and reporting"),
    Part.CAUSE: Words(
        "三、调查情况：原因、等级、责任认定与结论", "3. Cause, grade, liability, conclusion"
    ),
    Part.MEASURES: Words("四、整改措施与责任追究", "4. Measures and accountability"),
}
FIRST = (Part.FACTS, Part.HANDLING)
"""What the record itself tells, and a preliminary conclusion needs at least."""


@dataclass(slots=True)
class Writing:
    """One part as it was last written; `by` is empty for what the record itself filled in."""

    said: str
    by: str
    at: datetime


@dataclass(slots=True)
class Cause:
    """One cause that was found; it has at least one measure."""

    id: str
    said: str
    by: str
    at: datetime


@dataclass(slots=True)
class Accountability:
    """Who is held to account, as one version of it; the ledger bears nothing but `digest`.

    The salt is as long as an id is unguessable: without it, nobody can try out names.
    """

    said: str
    salt: str
    by: str
    at: datetime

    @property
    def digest(self) -> str:
        """What binds it to the ledger."""
        return sha256(f"{self.salt}\n{self.said}".encode()).hexdigest()


@dataclass(slots=True)
class Extension:
    """A later date for the supplement, and why."""

    until: date
    reason: str
    by: str
    at: datetime


@dataclass(slots=True)
class Preliminary:
    """A conclusion before the cause is known: what is still open, and until when (7.3)."""

    open_points: str
    supplement_by: date
    by: str
    at: datetime
    extensions: list[Extension] = field(default_factory=list)

    @property
    def until(self) -> date:
        """The day by which the supplement is to follow, as last extended."""
        return self.extensions[-1].until if self.extensions else self.supplement_by


@dataclass(slots=True)
class Investigation:
    """One incident's investigation. `accountability` is for those authorised to see it alone."""

    incident: str
    opened_at: datetime
    lead: str = ""
    parts: dict[str, Writing] = field(default_factory=dict)
    accountability: list[Accountability] = field(default_factory=list)
    causes: list[Cause] = field(default_factory=list)
    preliminary: Preliminary | None = None
    concluded_at: datetime | None = None
    concluded_by: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.concluded_at is None

    def said(self, part: Part) -> str:
        """What a part says, `""` while nothing does."""
        written = self.parts.get(part)
        return written.said if written else ""

    def empty(self, parts: Collection[Part] = tuple(Part)) -> list[Part]:
        """The parts that nobody has written."""
        return [part for part in parts if not self.said(part).strip()]


def lacking(one: Investigation, measured: Collection[str]) -> Iterator[Words]:
    """What a conclusion still lacks; `measured` are the causes that have a measure."""
    for part in one.empty():
        name = PART_NAMES[part]
        yield Words(f"“{name.zh}”未写", f"“{name.en}” is not written")
    if not one.accountability:
        yield Words("责任追究未写", "accountability is not written")
    if not one.causes:
        yield Words("没有登记原因", "no cause is put down")
    for cause in one.causes:
        if cause.id not in measured:
            yield Words(f"原因{cause.id}没有整改措施", f"cause {cause.id} has no measure")


def unfinished(
    one: Investigation | None, measured: Collection[str], today: date
) -> Iterator[Words]:
    """Why the incident cannot be closed yet; an extension still running lets it be."""
    if one is None:
        yield Words("尚未开展调查", "nobody has investigated")
        return
    if not one.is_open:
        return
    if one.preliminary is None:
        yield from lacking(one, measured)
        yield Words("调查尚未下结论", "the investigation is not concluded")
    elif not one.preliminary.extensions or one.preliminary.until < today:
        until = one.preliminary.until
        yield Words(
            f"仅有初步结论，补充报告未出（应于{until}前），也没有有效的延期",
            f"the conclusion is preliminary: its supplement (by {until}) is missing, and no"
            " extension runs",
        )


def measured_causes(measures: Mapping[str, tuple[str, bool]]) -> set[str]:
    """The causes with a measure that was not dropped, from each measure's cause and whether so."""
    return {cause for cause, dropped in measures.values() if cause and not dropped}
