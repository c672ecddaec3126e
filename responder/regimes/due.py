"""What is due of one incident under one regime: every report, with its limit and its steps.

Recomputed whole from what happened; the same happenings give the same dues, in the same order.
No clock is read: what is not known yet is to come, and is said to be so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from responder.domain.calendar import Calendar
from responder.domain.regime import Duty, Limit, Milestone, Regime
from responder.domain.words import Words
from responder.regimes.clocks import KNOWN_BY, Clock, Clocks, earliest, quarter_end

ENDINGS = (Milestone.RESTORED, Milestone.RESOLVED, Milestone.STOOD_DOWN, Milestone.CLOSED)
"""Reports counted from these are due anew once the incident was reopened."""
CLASSIFY = Duty(
    id="classify",
    name=Words("待定级：须有具名人员确认", "To be classified by a named person"),
    stage="classification",
    steps=("classified",),
)
"""Stands in the list while it is open whether reports are demanded. It is no report."""
JUDGEMENTS = (Milestone.CLASSIFIED, Milestone.DETERMINED, Milestone.THRESHOLD_MET)
"""Milestones that come by somebody's judgement: until then it is open whether clocks begin."""


class Standing(StrEnum):
    """How firmly something is due.

    `owed`: its clock runs. `to_come`: demanded, its clock has not begun. `depends`: nobody has
    said yet what decides it (`Due.asks`); shown with the limit it would have, page nobody for the
    report but somebody for the classification. `not_demanded`: by what a named person said; it
    may still be reported, and stays in the list.
    """

    OWED = "owed"
    TO_COME = "to_come"
    DEPENDS = "depends"
    NOT_DEMANDED = "not_demanded"


@dataclass(frozen=True, slots=True)
class Submission:
    """A report as it was submitted: which duty, the how-manieth of it, when, and what it states.

    `states` are milestones the report tells of (`restored` ends a continuing duty). `preliminary`
    where something stays unknown, so that the rest is to follow.
    """

    duty: str
    number: int
    at: datetime
    states: tuple[str, ...] = ()
    preliminary: bool = False


@dataclass(frozen=True, slots=True)
class Happened:
    """What is known of an incident: its milestones, its grade in this regime, what was sent.

    `kinds` are further kinds of the institution (`cii`, `trading_venue`, …), `answers` the hub
    fields answered yes or no, `changes` the instants of all important changes, `cannot_meet` when
    somebody said of a duty that its limit cannot be met.
    """

    milestones: Mapping[str, datetime]
    grade: str = ""
    institution: str = "operating"
    submissions: Sequence[Submission] = field(default_factory=tuple)
    kinds: Sequence[str] = ()
    answers: Mapping[str, bool] = field(default_factory=dict)
    changes: Sequence[datetime] = ()
    cannot_meet: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Due:
    """One report that is (or will be) due. `number` counts reports of a recurring duty from 1.

    `due_at` is None while the milestone its limit counts from is not there yet; `started_at` is
    from when somebody can work on it. `because` is what the limit that counts is counted from: a
    milestone, a duty's id, `every`, `changed` or `reopened`; `limit` that limit. `beyond` names a
    calendar that does not reach far enough: `due_at` is then no later than the true limit, days of
    work being counted as if there were no days off.
    """

    duty: Duty
    number: int
    started_at: datetime | None
    due_at: datetime | None
    because: str = ""
    standing: Standing = Standing.OWED
    limit: Limit | None = None
    asks: tuple[str, ...] = ()
    beyond: str = ""

    @property
    def key(self) -> str:
        """`first`, or `continuing#3` for one of an interval duty."""
        return (
            self.duty.id
            if self.number == 1 and not self.duty.recurs
            else f"{self.duty.id}#{self.number}"
        )

    @property
    def is_at_once(self) -> bool:
        """Whether it is due at the very instant it begins: what counts is how fast it was done."""
        return self.due_at is not None and self.due_at == self.started_at


def dues(regime: Regime, happened: Happened, calendars: Mapping[str, Calendar]) -> list[Due]:
    """Everything due, or to come once its milestone is there, that is not yet submitted.

    In the order of the pack, what is to be classified first. Never raises for a calendar that
    ends too early: see `Due.beyond`.
    """
    docket = _Docket(regime, happened, calendars)
    found = [due for duty in regime.duties for due in docket.of(duty)]
    return [*docket.to_classify(found), *found]


class _Docket:
    """One incident under one regime: reads the happenings once, answers for each duty."""

    def __init__(
        self, regime: Regime, happened: Happened, calendars: Mapping[str, Calendar]
    ) -> None:
        self.regime = regime
        self.happened = happened
        self.submitted = sorted(happened.submissions, key=lambda one: (one.at, one.number))
        milestones = {**quarter_end(regime, happened.milestones), **happened.milestones}
        self.reopened = milestones.get(Milestone.REOPENED)
        self.kinds = frozenset((happened.institution, *happened.kinds))
        self.clocks = Clocks(regime, {**self._reported(), **milestones}, self.kinds, calendars)

    def _reported(self) -> dict[str, datetime]:
        """When each report was first submitted, or its latest update."""
        first = {one.duty: one.at for one in reversed(self.submitted)}
        for duty in self.regime.duties:
            if duty.updates in first and duty.id in first:
                latest = max(one.at for one in self.submitted if one.duty == duty.id)
                first[duty.updates] = max(first[duty.updates], latest)
        return first

    def of(self, duty: Duty) -> Iterator[Due]:
        """What is due of one duty: one report, or nothing any more."""
        if not self._binds(duty):
            return
        if duty.recurs:
            yield from self._recurring(duty)
        elif not self._is_done(duty):
            yield from self._single(duty)

    def to_classify(self, found: Sequence[Due]) -> Iterator[Due]:
        """What somebody has to say, by when at the latest, so that reports come in time."""
        open_ = [due for due in found if due.standing is Standing.DEPENDS]
        if not open_ or not any(name in self.happened.milestones for name in KNOWN_BY):
            return
        first = min((due for due in open_ if due.due_at), key=_when, default=None)
        yield Due(
            duty=CLASSIFY,
            number=1,
            started_at=min(due.started_at for due in open_ if due.started_at) if first else None,
            due_at=first.due_at if first else None,
            because=first.duty.id if first else "",
            standing=Standing.OWED if first else Standing.TO_COME,
            asks=tuple(dict.fromkeys(ask for due in open_ for ask in due.asks)),
            beyond=first.beyond if first else "",
        )

    # Whether it is demanded

    def _binds(self, duty: Duty) -> bool:
        """Whether the institution is of a kind it binds, and it was opened if it must be."""
        if duty.institutions and self.kinds.isdisjoint(duty.institutions):
            return False
        if not self.kinds.isdisjoint(duty.not_for):
            return False
        openers = [other.id for other in self.regime.duties if other.opens == duty.id]
        if openers:
            return any(one.preliminary and one.duty in openers for one in self.submitted)
        excused = self._excused(duty)
        return excused is None or excused.id in self.happened.cannot_meet

    def _excused(self, duty: Duty) -> Duty | None:
        """The duty that this one is the notice for, if its limit cannot be met."""
        return next((other for other in self.regime.duties if other.if_late == duty.id), None)

    def _standing(self, duty: Duty) -> tuple[Standing, tuple[str, ...]]:
        """Whether what is known demands it, and what is still to be said."""
        asks: list[str] = []
        if duty.grades:
            if self.happened.grade not in self.regime.grades:
                asks.append("grade")
            elif self.happened.grade not in duty.grades:
                return Standing.NOT_DEMANDED, ("grade",)
        answers = self.happened.answers
        if any(answers.get(fact) for fact in duty.unless):
            return Standing.NOT_DEMANDED, duty.unless
        if duty.when and not any(answers.get(fact) for fact in duty.when):
            unknown = [fact for fact in duty.when if fact not in answers]
            if not unknown:
                return Standing.NOT_DEMANDED, duty.when
            if duty.instead_of:
                return Standing.TO_COME, tuple(unknown)
            asks += unknown
        return (Standing.DEPENDS if asks else Standing.OWED), tuple(asks)

    def _judgements(self, duty: Duty) -> tuple[str, ...]:
        """The hub fields of judgements that its clock waits for."""
        waited = {name for limit in duty.limits for name in (limit.after, *limit.also)}
        return tuple(
            f"{one}_at" for one in JUDGEMENTS if one in waited - self.happened.milestones.keys()
        )

    # What was done

    def _is_done(self, duty: Duty) -> bool:
        """Whether a submission discharges it: a preliminary one only where it opens the rest."""
        return any(
            one.duty == duty.id
            and (bool(duty.opens) or not one.preliminary)
            and not self._is_stale(duty, one)
            for one in self.submitted
        )

    def _is_stale(self, duty: Duty, one: Submission) -> bool:
        """Whether it told of an end that was none."""
        ending = any(limit.after in ENDINGS for limit in duty.limits)
        return ending and self.reopened is not None and one.at <= self.reopened

    def _ends(self, duty: Duty) -> list[Submission]:
        """The reports that stated the end of a recurring duty."""
        return [one for one in self.submitted if duty.ends_with in one.states]

    def _is_spared(self, duty: Duty, clock: Clock) -> bool:
        """Whether another report says the same, or what spares it came in time."""
        spared_at = self.clocks.instants.get(duty.spared_by)
        if spared_at is not None and spared_at <= clock.due_at:
            return True
        return any(
            one.duty in duty.covered_by and one.at >= clock.started_at for one in self.submitted
        )

    # When

    def _single(self, duty: Duty) -> Iterator[Due]:
        excused = self._excused(duty)
        if excused and self._is_done(excused):
            return
        clock = self._excuse(excused) if excused else self.clocks.earliest(duty.limits)
        if clock and self._is_spared(duty, clock):
            return
        number = 1 + sum(one.duty == duty.id for one in self.submitted)
        yield self._due(duty, number, clock)

    def _excuse(self, excused: Duty) -> Clock | None:
        """From when it was said that a limit cannot be met, until that limit."""
        clock = self.clocks.earliest(excused.limits)
        said = self.happened.cannot_meet[excused.id]
        return clock and replace(clock, started_at=said, because=excused.id)

    def _recurring(self, duty: Duty) -> Iterator[Due]:
        own = [one for one in self.submitted if one.duty == duty.id]
        number = max([len(own), *(one.number for one in own)]) + 1
        clock = self._next(duty, own[-1].at) if own else self._first(duty)
        if ends := self._ends(duty):
            if self.reopened is None or ends[-1].at > self.reopened:
                return
            if not own or own[-1].at <= self.reopened:
                clock = Clock(self.reopened, self.reopened, Milestone.REOPENED)
        yield self._due(duty, number, clock)

    def _first(self, duty: Duty) -> Clock | None:
        clock = self.clocks.earliest(duty.limits)
        if clock is None:
            return None
        return earliest((clock if duty.every else None, self._changed(duty, clock.started_at)))

    def _next(self, duty: Duty, last: datetime) -> Clock | None:
        """The next report after the last: after the interval, or at once after a change."""
        regular = self.clocks.again(last, duty.every) if duty.every else None
        return earliest((regular, self._changed(duty, last)))

    def _changed(self, duty: Duty, since: datetime) -> Clock | None:
        """The first important change nobody has reported; a reopening is one."""
        changes = [*self.happened.changes, *([self.reopened] if self.reopened else [])]
        first = min((at for at in changes if at > since), default=None)
        return Clock(first, first, "changed") if duty.on_change and first else None

    def _due(self, duty: Duty, number: int, clock: Clock | None) -> Due:
        standing, asks = self._standing(duty)
        if standing in (Standing.NOT_DEMANDED, Standing.TO_COME):
            return Due(duty, number, None, None, standing=standing, asks=asks)
        if clock is None:
            asks = (*asks, *self._judgements(duty))
            standing = Standing.DEPENDS if asks else Standing.TO_COME
            return Due(duty, number, None, None, standing=standing, asks=asks)
        return Due(
            duty,
            number,
            clock.started_at,
            clock.due_at,
            clock.because,
            standing,
            clock.limit,
            asks,
            clock.beyond,
        )


def _when(due: Due) -> datetime:
    assert due.due_at is not None
    return due.due_at


def in_force(regimes: Mapping[str, Regime], id: str, day: date) -> Regime | None:
    """The edition of a pack that counts for an incident of a day.

    The newest that is in force by then; one that ended without a newer one goes on counting.
    None before the first.
    """
    editions = [one for one in regimes.values() if id in (one.id, one.edition_of)]
    begun = [one for one in editions if (one.effective_from or date.min) <= day]
    return max(begun, key=lambda one: one.effective_from or date.min, default=None)
