"""Regimes: what a rule demands to be reported, to whom, by when, in which words. All of it data.

A regime is a rule pack: reports with clocks, forms, gradings. `responder.regimes` computes from it
what is due; nothing here or there concludes that something is not reportable.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from responder.domain.words import Words

GRADES = ("extraordinary", "major", "larger", "ordinary")
"""特别重大, 重大, 较大, 一般, the gravest first: the regulatory grade, not the response level."""
GRADE_NAMES = {
    "extraordinary": Words("特别重大", "extraordinary"),
    "major": Words("重大", "major"),
    "larger": Words("较大", "larger"),
    "ordinary": Words("一般", "ordinary"),
}


class Milestone(StrEnum):
    """What starts or ends a clock. A report that was submitted is one too (`Limit.after`).

    `aware` is found out or told by others. `reopened` makes the reports of the ending due anew.
    `reclassified` is the instant a grade was changed to one that demands less. `quarter_ended`
    follows from the others where nobody says it.
    """

    OCCURRED = "occurred"
    DETECTED = "detected"
    AWARE = "aware"
    CLASSIFIED = "classified"
    DETERMINED = "determined"
    WARNED = "warned"
    LIFTED = "lifted"
    RESTORED = "restored"
    RESOLVED = "resolved"
    STOOD_DOWN = "stood_down"
    CLOSED = "closed"
    DRILLED = "drilled"
    QUARTER_ENDED = "quarter_ended"
    REOPENED = "reopened"
    RECLASSIFIED = "reclassified"
    REQUESTED = "requested"
    THRESHOLD_MET = "threshold_met"
    OUT_OF_TOLERANCE = "out_of_tolerance"
    EXTORTION_PAID = "extortion_paid"


class Unit(StrEnum):
    """Units of a span. Days are calendar days, months calendar months."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    MONTHS = "months"
    WORKING_DAYS = "working_days"
    TRADING_DAYS = "trading_days"


class Roll(StrEnum):
    """What becomes of a limit that falls on a day off."""

    NONE = ""
    NOON_NEXT_WORKING_DAY = "noon_next_working_day"
    NEXT_WORKING_DAY = "next_working_day"
    NEXT_TRADING_DAY = "next_trading_day"


class Ends(StrEnum):
    """When in its last day a span of days ends.

    `USUAL` is the same time of day for calendar days and months, and the end of the day for
    working and trading days (`responder.regimes.days` says why).
    """

    USUAL = ""
    SAME_TIME = "same_time"
    END_OF_DAY = "end_of_day"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value comes from and how far it is to be trusted: A, B, C or M (memory only)."""

    text: str = ""
    confidence: str = ""
    verified_on: date | None = None
    needs_verification: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """So many units; 0 minutes is at once. Days of work or trading are those of a calendar."""

    amount: int = 0
    unit: Unit = Unit.MINUTES
    calendar: str = ""
    ends: Ends = Ends.USUAL


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: within a span after a milestone, or after a report (its `Duty.id`) was submitted.

    `also` must have come too: it counts from the last of them. `unless_after` names a milestone
    that, where it comes later than this limit, replaces it (DORA: classified later than 24 h after
    awareness); `unless` a report whose submission does (NIS2: the progress report). Institutions
    of the kinds in `no_roll_for` have no grace where it falls on a day off.
    """

    after: str
    within: Span
    roll: Roll = Roll.NONE
    unless_after: str = ""
    also: tuple[str, ...] = ()
    unless: str = ""
    no_roll_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """One report that a regime demands: of several limits the earliest counts.

    It comes again, counted from the last submission: after `every`, or at once where something
    important changed (`on_change`), until the report that states `ends_with` is submitted. Without
    `every` its limits say no more than from when changes count.
    `steps` are done one after the other, each with a proof of its own (`phone`, `written`).
    `form` is its paper, `first` the fields that suffice at first. `to` are recipients as the
    firm's units know them (`regulator`, `exchange`, …).

    It binds `institutions` of these kinds (none: all) but `not_for` those. It is due at `grades`
    (none: whatever the grade), `when` one of these hub fields is answered yes, `unless` one of
    those is. `spared_by` is a milestone that spares it by coming before its limit, `covered_by`
    reports that say the same if submitted after its clock began. A later edition of another
    report `updates` it: clocks counting from that one count from the latest.

    `opens` names the report that follows where this one is submitted as preliminary;
    `if_late` the notice that its limit cannot be met; `instead_of` one that stands until `when` is
    answered yes, so that nobody need be asked.
    """

    id: str
    name: Words = Words()
    stage: str = "initial"
    limits: tuple[Limit, ...] = ()
    every: Span | None = None
    on_change: bool = False
    ends_with: str = ""
    steps: tuple[str, ...] = ("written",)
    to: tuple[str, ...] = ()
    addressee: Words = Words()
    form: str = ""
    first: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    spared_by: str = ""
    covered_by: tuple[str, ...] = ()
    updates: str = ""
    opens: str = ""
    if_late: str = ""
    instead_of: str = ""
    warning: bool = False
    note: Words = Words()
    source: Source = Source()

    @property
    def recurs(self) -> bool:
        """Whether it comes again until the end is reported."""
        return self.every is not None or self.on_change


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form and the hub field it is filled from; `also` are further ones in it.

    Without a name of its own it has the hub field's. `needed` tells for each stage whether it must
    be answered: `y` yes, `c` where it applies (`when`), nothing: not at that stage.
    """

    id: str
    name: Words = Words()
    hub: str = ""
    also: tuple[str, ...] = ()
    part: str = ""
    needed: dict[str, str] = field(default_factory=dict)
    when: Words = Words()

    def at(self, stage: str) -> str:
        """Whether it is needed at a stage; a form without stages needs all its fields."""
        return self.needed.get(stage, "") if self.needed else "y"


@dataclass(frozen=True, slots=True)
class Form:
    """A report's paper: its fields in order, under the headings of its `parts` if it has any."""

    id: str
    title: Words = Words()
    parts: dict[str, Words] = field(default_factory=dict)
    fields: tuple[FormField, ...] = ()
    source: Source = Source()


class Comparison(StrEnum):
    """How a hub field is compared with a value."""

    AT_LEAST = ">="
    OVER = ">"
    IS = "="
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Criterion:
    """A condition of a grading: a hub field compared with a value, or `any` of several."""

    hub: str = ""
    test: Comparison = Comparison.AT_LEAST
    value: str = ""
    any: tuple["Criterion", ...] = ()


@dataclass(frozen=True, slots=True)
class GradeRule:
    """A grade that is proposed where `all` and at least `need` of the `some` criteria hold."""

    grade: str
    all: tuple[Criterion, ...] = ()
    some: tuple[Criterion, ...] = ()
    need: int = 0
    says: Words = Words()
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Regime:
    """A rule pack, in force on [effective_from, effective_to]; its zone is that of its limits.

    `edition_of` names the pack it replaces from its first day on. `scale` are its grades, the
    gravest first (none: the four of `GRADES`). `grading` is on where the firm says so: stand-in
    values propose nothing by themselves.
    """

    id: str
    name: Words = Words()
    jurisdiction: str = ""
    time_zone: str = "Asia/Shanghai"
    effective_from: date | None = None
    effective_to: date | None = None
    edition_of: str = ""
    working_days: str = ""
    trading_days: str = ""
    scale: dict[str, Words] = field(default_factory=dict)
    duties: tuple[Duty, ...] = ()
    forms: dict[str, Form] = field(default_factory=dict)
    gradings: tuple[GradeRule, ...] = ()
    grading: bool = False
    note: Words = Words()
    source: Source = Source()

    @property
    def grades(self) -> tuple[str, ...]:
        """The ids of its grades, the gravest first."""
        return tuple(self.scale) or GRADES

    def duty(self, id: str) -> Duty | None:
        """The duty of that id, if there is one."""
        return next((duty for duty in self.duties if duty.id == id), None)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where its values come from, each once."""
        found = [self.source, *(duty.source for duty in self.duties)]
        found += [form.source for form in self.forms.values()]
        found += [rule.source for rule in self.gradings]
        return tuple(dict.fromkeys(found))

    @property
    def calendars(self) -> tuple[str, ...]:
        """The calendars that its limits are counted by, each once."""
        spans = [limit.within for duty in self.duties for limit in duty.limits]
        spans += [duty.every for duty in self.duties if duty.every]
        wanted = [self.working_days, self.trading_days, *(span.calendar for span in spans)]
        return tuple(dict.fromkeys(id for id in wanted if id))
