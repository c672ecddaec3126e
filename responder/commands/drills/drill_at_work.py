"""A drill under way: its incident, its scenario, its run, loaded and saved together."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from responder.commands.briefings.clocks import stood_down
from responder.commands.case import AFTER_FREEZE, Case
from responder.commands.drills.drill_warnings import (
    OVER,
    end_warnings,
    freeze_warnings,
    raise_of,
    resume_warnings,
    warnings_of,
)
from responder.commands.obligations.obligation import release
from responder.commands.telling import Subject, Teller
from responder.domain.drill import DrillScenario, Result, Row
from responder.domain.drill_run import DrillRun, Ended, Pause
from responder.domain.message import Purpose
from responder.domain.people import CHAT
from responder.domain.record import ENGINE, By
from responder.domain.words import Words
from responder.drills.conduct import due_rows, ends_at, next_at
from responder.drills.people import possible
from responder.drills.scoring import SHOWING, Score, scores
from responder.drills.warned import DrilledWarning
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

DRILL = "drill"
"""The timer of what is due next in a drill."""
FROZEN = "frozen"


@dataclass
class DrillAtWork:
    """One drill; `save` writes it back and arms what is due next."""

    uow: UnitOfWork
    now: datetime
    case: Case
    run: DrillRun
    scenario: DrillScenario

    @classmethod
    def load(cls, uow: UnitOfWork, id: str, now: datetime) -> "DrillAtWork":
        """The drill of that id. Raises UnknownId where there is none by a scenario."""
        run = uow.drill_runs.get(id)
        if run is None:
            raise UnknownId("演练", "drill", id, uow.drill_runs.open())
        case = Case.load(uow, id, now)
        return cls(uow, now, case, run, scenario_of(case, run))

    def save(self) -> None:
        """Write the run back and arm the next row, or the end."""
        self.uow.drill_runs.put(self.run.id, self.run)
        self.uow.timers.set(DRILL, self.run.id, next_at(self.scenario, self.run))

    def must_run(self) -> None:
        """Raise BadInput where it is over."""
        if not self.run.is_open:
            raise BadInput("演练已结束。", "The drill is over.")

    def must_not_be_closed(self) -> None:
        """Raise BadInput where its file is closed."""
        if self.run.closed_at is not None:
            raise BadInput(
                "演练已归档，不能再改。", "The drill’s file is closed; it changes no more."
            )

    # Scores

    def scores(self) -> dict[str, Score]:
        """What is known by now of each expected action."""
        subjects = (self.run.id, *self.run.warnings.values())
        held = (self.uow.ledger.of(subject, SHOWING) for subject in subjects)
        entries = sorted(chain.from_iterable(held), key=lambda entry: entry.seq)
        return scores(self.scenario, self.run, entries, self.case.roster, self.now)

    def results(self) -> dict[str, Result]:
        """The results alone."""
        return {id: score.result for id, score in self.scores().items()}

    def warnings(self) -> tuple[DrilledWarning, ...]:
        """The early warnings opened in it, in order, and what became of each."""
        return tuple(warnings_of(self.uow, self.run))

    # Rows

    def go_on(self) -> None:
        """Send what is due, pass over what no longer applies, end what has run its time."""
        send, skip = due_rows(self.scenario, self.run, self.results(), self.now)
        for row in skip:
            self.run.skipped[row.id] = self.now
            self.case.record("RowSkipped", ENGINE, row=row.id)
        for row in send:
            self.send(row, ENGINE)
        if (
            self.run.is_open
            and not self.run.is_paused
            and ends_at(self.scenario, self.run) <= self.now
        ):
            self.end(Ended.LEFT, ENGINE, "")

    def send(self, row: Row, by: By, *, late: bool = False) -> list[str]:
        """Send a row to whom it is for, on the record; returns them."""
        self.run.sent[row.id] = self.now
        people = [person for person in self._meant(row.to) if self.case.roster.known(person)]
        teller = Teller(self.uow, self.case.site, self._subject(), self.now)
        for person in (self.case.site.people[id] for id in people):
            language = person.language
            facts = {"sender": row.sender.said(language), "text": row.text.said(language)}
            wanted = [via for via in row.by if via in person.vias]
            vias = wanted or [via for via in person.vias if via in CHAT] or list(person.vias)
            teller.tell(person, Purpose.INJECT, vias, facts)
        planned = self.run.instant(row.at)
        texts = {"zh": row.text.zh, "en": row.text.en}
        warning = raise_of(self.case, self.run, self.scenario, row, by)
        opened: dict[str, Any] = {"warning": warning} if warning else {}
        self.case.record(
            "RowSent",
            by,
            row=row.id,
            of=row.type.value,
            people=people,
            text=texts,
            planned=planned.isoformat(),
            late=late,
            **opened,
        )
        return people

    def _meant(self, targets: Iterable[str]) -> list[str]:
        roster, at = self.case.roster, self.now
        found = (person for target in targets for person in roster.resolve(target, at).people)
        return list(dict.fromkeys(found))

    def _subject(self) -> Subject:
        return self.case.subject

    def tell_all(self, what: Words) -> None:
        """Tell everybody who takes part, without ringing."""
        self.case.tell(self.case.incident.recipients, what)

    # The clock

    def pause(self, reason: str) -> None:
        """The drill's clock stands still."""
        self.run.pauses.append(Pause(self.now, None, reason))
        freeze_warnings(self.uow, self.run, self.now)

    def resume(self) -> None:
        """It runs on from where it stood."""
        stood = self._go_on()
        resume_warnings(self.uow, self.run, self.now, stood)

    def _go_on(self) -> timedelta:
        """The last pause is over; returns how long it was."""
        pause = self.run.pauses[-1]
        pause.until = self.now
        return pause.until - pause.since

    # The end

    def end(self, how: Ended, by: By, reason: str) -> None:
        """Everything of it stops; what it owed outside goes with it, for it was never real."""
        if self.run.is_paused:
            self._go_on()
        self.run.ended, self.run.ended_at = how, self.now
        self.run.ended_by, self.run.reason = by.person, reason
        case = self.case
        case.stop()
        if case.incident.is_handled:
            case.incident.end_drill()
        case.incident.frozen = False
        stood_down(case)
        for key, row in self.uow.obligations.of(self.run.id).items():
            if row.is_open:
                release(self.uow, key, ENGINE, OVER.said(case.site.language), self.now)
        end_warnings(self.uow, self.run, self.now)
        counted = {r.value: 0 for r in Result} | _counted(self.results().values())
        case.record("DrillEnded", by, how=how.value, reason=reason, results=counted)
        for follow in AFTER_END:
            follow(self)
        case.save()


AFTER_END: list[Callable[[DrillAtWork], None]] = []
"""What follows from every end, of whichever kind."""


def _counted(results: Iterable[Result]) -> dict[str, int]:
    found = list(results)
    return {result.value: found.count(result) for result in found}


def scenario_of(case: Case, run: DrillRun) -> DrillScenario:
    """The scenario as it stood when the drill began (P9)."""
    return case.site.scenarios.get(run.scenario) or DrillScenario(run.scenario)


def takes_part(case: Case, scenario: DrillScenario) -> tuple[str, ...]:
    """Everybody on the drill's list, by the register it is held by."""
    wanted = (*scenario.recipients, *scenario.controllers)
    inside = possible(case.site, wanted)
    return tuple(person for person in case.site.people if person in inside)


def _stand_still(case: Case) -> None:
    """A real declaration froze it: its clock stands still, and everybody in it hears of it."""
    run = case.uow.drill_runs.get(case.incident.id)
    if run is None or not run.is_open:
        return
    drill = DrillAtWork(case.uow, case.now, case, run, scenario_of(case, run))
    if not run.is_paused:
        drill.pause(FROZEN)
    drill.tell_all(
        Words(
            "真实事件发生，演练冻结。请转入真实处置，不要再按演练行动",
            "A real event: this drill is frozen. Turn to the real one and leave the drill alone",
        )
    )
    drill.save()


AFTER_FREEZE.append(_stand_still)
