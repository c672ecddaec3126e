"""Everything the incident report tells, as plain values, and what is reckoned from the record.

Figures are counted here and nowhere else, so that page one and the detail cannot disagree.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from responder.domain.briefing import Briefing
from responder.domain.dossier import Known
from responder.domain.exhibit import Exhibit
from responder.domain.incident import Incident, Phase
from responder.domain.investigation import Investigation
from responder.domain.measure import Measure
from responder.domain.message import Purpose, State
from responder.domain.notice import Notice
from responder.domain.obligation import Obligation
from responder.domain.people import VIAS
from responder.domain.record import Entry
from responder.domain.site import Site
from responder.domain.task import Progress, Task
from responder.domain.words import Words

STARS = frozenset(
    {
        "Declared", "ConvertedFrom", "PhaseChanged", "LevelRaised", "LevelLowered", "Reopened",
        "Cancelled", "Completed", "Widened", "NobodyLeft", "CommandTaken", "CommanderSilent",
        "WatchGap", "HandedDown", "TakenBack", "Decided", "DecisionSigned", "NeedsHelp",
        "SilentListed", "EngineStopped", "Late", "ReportPhoned", "ReportSubmitted",
        "NoticePublished", "GradeConfirmed", "ObligationBreached", "ObligationPostponed",
        "ObligationEnded", "CauseFound", "InvestigationConcluded",
    }
)  # fmt: skip
"""Kinds of entry that the whole story cannot be told without."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The incident entered a phase."""

    phase: Phase
    at: datetime
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody who was paged, or answered unasked: when, by which ways, and what they did."""

    person: str
    rung_at: datetime | None
    vias: tuple[str, ...]
    rings: int
    answer: str = ""
    answered_at: datetime | None = None
    door: str = ""

    @property
    def after(self) -> timedelta | None:
        """How long it took from the first ring to an answer of their own."""
        if self.answered_at is None or self.rung_at is None:
            return None
        return self.answered_at - self.rung_at


@dataclass(frozen=True, slots=True)
class Way:
    """One kind of way over all people paged: what was sent, what came of it, how fast."""

    via: str
    people: int
    sent: int
    delivered: int
    failed: int
    acknowledged: int
    middle: timedelta | None = None
    longest: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A question and its answer; `acting_for` is whom the decider stood in for."""

    id: str
    asked_at: datetime
    asked: tuple[str, ...]
    decided_at: datetime | None = None
    by: str = ""
    acting_for: str = ""
    approved: bool = False
    reason: str = ""
    to_be_signed: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """Trading time on the chart."""

    name: Words
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """One incident as it stood at `made_at`. `hub` holds what its dossier and record know."""

    made_at: datetime
    site: Site
    incident: Incident
    entries: Sequence[Entry]
    hub: dict[str, Known]
    turns: Sequence[Turn]
    reached: Sequence[Reached]
    ways: Sequence[Way]
    decisions: Sequence[Decision]
    tasks: Sequence[Task] = ()
    obligations: Sequence[Obligation] = ()
    notices: Sequence[Notice] = ()
    briefings: Sequence[Briefing] = ()
    measures: Sequence[Measure] = ()
    investigation: Investigation | None = None
    exhibits: Sequence[Exhibit] = ()
    sessions: Sequence[Session] = ()

    def began_at(self) -> datetime:
        """When it began, as far as is known; else when it was declared."""
        return self.instant("occurred_at") or self.incident.declared_at

    def restored_at(self) -> datetime | None:
        """When it was over; None while it goes on."""
        return self.instant("restored_at")

    def handled_until(self) -> datetime:
        """When handling ended, or the present."""
        over = (Phase.STOOD_DOWN, Phase.CANCELLED)
        ended = [turn.at for turn in self.turns if turn.phase in over]
        return ended[-1] if ended and not self.incident.is_handled else self.made_at

    def lasted(self) -> timedelta:
        """From its beginning until it was over, or the present."""
        return (self.restored_at() or self.made_at) - self.began_at()

    def instant(self, hub: str) -> datetime | None:
        """An instant of the dossier; None where nobody knows."""
        known = self.hub.get(hub)
        if known is None or known.is_open or not known.plain:
            return None
        try:
            return datetime.fromisoformat(known.plain)
        except ValueError:
            return None

    def in_hand_after(self) -> timedelta | None:
        """From declaration to the first human who took it."""
        answered = [one.answered_at for one in self.reached if one.answer == "acknowledged"]
        first = min((at for at in answered if at), default=None)
        return first - self.incident.declared_at if first else None

    def commander(self) -> str:
        """Who is in command, or was last; `""` if nobody ever was."""
        taken = [
            e.payload["person"] for e in self.entries if e.kind == "CommandTaken" and e.payload
        ]
        return self.incident.commander or (str(taken[-1]) if taken else "")

    def unreached(self) -> list[str]:
        """Those who were rung and never gave a sign."""
        return [one.person for one in self.reached if not one.answer]

    def tasks_done(self) -> list[Task]:
        """Tasks that were done, in the order in which they were."""
        done = [task for task in self.tasks if task.progress is Progress.DONE and task.done_at]
        return sorted(done, key=lambda task: task.done_at or self.made_at)

    def owed(self) -> list[Obligation]:
        """What is still owed to somebody outside, the earliest first."""
        due = [one for one in self.obligations if one.is_due]
        return sorted(due, key=lambda one: one.due_at or self.made_at)

    def punctuality(self) -> tuple[int, int]:
        """How many dues were met in time, of all whose time has come.

        What was due at once and has been done had no limit to be met: how long it took is told.
        """
        come = [
            one
            for one in self.obligations
            if one.due_at
            and not one.ended
            and (not one.is_at_once if one.done_at else one.due_at < self.made_at)
        ]
        return sum(not self.is_late(one) for one in come), len(come)

    def is_late(self, one: Obligation) -> bool:
        """Whether it was done after its limit, or is owed past it."""
        if one.ended or (one.done_at and one.is_at_once):
            return False
        return bool(one.late_by(self.made_at))

    def told_in_time(self) -> tuple[int, int]:
        """How many briefing intervals were kept, of all that ended."""
        intervals = [each for one in self.briefings for each in one.intervals]
        kept = [each for each in intervals if each.told_at and each.told_at <= each.due_at]
        return len(kept), len(intervals)

    def starred(self) -> list[Entry]:
        """The entries that tell the story."""
        return [entry for entry in self.entries if is_starred(entry)]


def is_starred(entry: Entry) -> bool:
    """Whether an entry belongs to the story: by its kind, or because somebody starred it."""
    return entry.kind in STARS or bool((entry.payload or {}).get("starred"))


def turns(incident: Incident, entries: Iterable[Entry]) -> Iterator[Turn]:
    """Every phase it entered, in order."""
    yield Turn(Phase.DECLARED, incident.declared_at, incident.declared_by)
    moved = {"Reopened": Phase.ACTIVE, "Cancelled": Phase.CANCELLED}
    for entry in entries:
        said = entry.payload or {}
        if entry.kind == "PhaseChanged" and said.get("phase") in list(Phase):
            yield Turn(Phase(said["phase"]), entry.at, entry.actor, str(said.get("reason", "")))
        elif entry.kind in moved:
            yield Turn(moved[entry.kind], entry.at, entry.actor, str(said.get("reason", "")))


ANSWERS = {"Acknowledged": "acknowledged", "Declined": "declined", "Seen": "seen"}


def people_reached(entries: Iterable[Entry]) -> list[Reached]:
    """Everybody paged, in the order of their first ring, then who took it without being rung."""
    rung: dict[str, list[tuple[datetime, list[str]]]] = {}
    answers: dict[str, tuple[str, datetime, str]] = {}
    for entry in entries:
        said = entry.payload or {}
        if entry.kind == "Rang" and "person" in said:
            vias = said["via"] if isinstance(said["via"], list) else [said["via"]]
            rung.setdefault(said["person"], []).append((entry.at, vias))
        elif entry.kind in ANSWERS:
            person = said.get("person") or entry.actor
            before = answers.get(person)
            if before is None or (before[0] != "acknowledged" and entry.kind == "Acknowledged"):
                answers[person] = ANSWERS[entry.kind], entry.at, entry.door
    unasked = [p for p, answer in answers.items() if answer[0] == "acknowledged" and p not in rung]
    return [
        Reached(
            person,
            rings[0][0],
            tuple(via for via in VIAS if any(via in vias for _, vias in rings)),
            len(rings),
            *answers.get(person, ()),
        )
        for person, rings in rung.items()
    ] + [Reached(person, None, (), 0, *answers[person]) for person in unasked]


def ways(messages: Iterable[Any], people: Sequence[Reached]) -> list[Way]:
    """What each kind of way achieved, from the pages sent and how fast those they rang took it."""
    pages = [one for one in messages if one.purpose is Purpose.PAGE]
    found = []
    for via in VIAS:
        by_it = [one for one in people if via in one.vias]
        sent = [one for one in pages if one.via == via]
        if not by_it and not sent:
            continue
        took = [
            one.after for one in by_it if one.answer == "acknowledged" and one.after is not None
        ]
        found.append(
            Way(
                via,
                len(by_it),
                len(sent),
                sum(one.state is State.DELIVERED for one in sent),
                sum(one.state in (State.FAILED, State.UNKNOWN) for one in sent),
                len(took),
                middle(took),
                max(took, default=None),
            )
        )
    return found


def middle(spans: Sequence[timedelta]) -> timedelta | None:
    """The median; None of none."""
    return timedelta(seconds=median(one.total_seconds() for one in spans)) if spans else None
