"""The card of an incident: its state in a few lines, as facts for the words."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from responder.commands.case import Case
from responder.commands.incidents.safety_board import Board
from responder.commands.obligations.owner_hunt import limit_said
from responder.commands.owed import late_s, outstanding, title_of
from responder.commands.problems.lessons import lessons_of, symptom_of_playbook
from responder.commands.pursuit import failing_ways
from responder.commands.telling import clock_time, name
from responder.domain.incident import PHASE_NAMES
from responder.domain.obligation import Obligation
from responder.domain.people import VIA_NAMES
from responder.domain.task import Task

MOST_NAMED = 12
"""People that a line of the card names; the rest is counted."""
MOST_OWED = 3
"""Reports due that it shows; the list has them all."""


def card_of(case: Case) -> dict[str, Any]:
    """What the card says now, in the site's first language; `""` where there is nothing to say."""
    return _Card(case).facts()


class _Card:
    def __init__(self, case: Case) -> None:
        self.case = case
        self.language = case.site.language

    def facts(self) -> dict[str, Any]:
        incident, escalation = self.case.incident, self.case.escalation
        return {
            "state": self._state(),
            "commander": self._name(incident.commander),
            "provisional": "" if incident.commander else self._name(incident.provisional),
            "decider": self._name(self.case.authority.holder),
            "roles": self._roles(),
            "taken": self._taken(escalation.acknowledged),
            "ringing": self._names(escalation.runs) if escalation.is_open else "",
            "failing": self._failing(failing_ways(self.case.uow, incident.id, escalation)),
            "decisions": self._decisions(),
            "tasks": self._tasks(),
            "reports": self._reports(),
            "lessons": self._lessons(),
            **self._safe(),
        }

    def _state(self) -> str:
        said = PHASE_NAMES[self.case.incident.phase].said(self.language)
        frozen = self._word("（演练已冻结）", " (frozen)") if self.case.incident.frozen else ""
        return f"{said}{frozen}"

    def _name(self, person: str) -> str:
        return name(self.case.site, person, self.language) if person else ""

    def _names(self, people: Iterable[str]) -> str:
        named = [self._name(person) for person in people]
        more = len(named) - MOST_NAMED
        said = self._word("、", ", ").join(named[:MOST_NAMED])
        return said if more <= 0 else said + self._word(f"等{len(named)}人", f" and {more} more")

    def _roles(self) -> str:
        """The roles given or taken here; the rosters say who fills the others."""
        roles = self.case.site.roles
        told = [
            f"{roles[role].name.said(self.language) or role}{self._word('', ': ')}{self._name(who)}"
            for role, who in self.case.incident.roles.items()
            if role in roles
        ]
        return self._word("、", ", ").join(told)

    def _taken(self, acknowledged: dict[str, datetime]) -> str:
        told = [f"{self._name(p)} {self._clock(at)}" for p, at in acknowledged.items()]
        return self._word("、", ", ").join(told)

    def _failing(self, failing: dict[str, list[str]]) -> str:
        told = [
            f"{self._name(person)}{self._word('的', ' by ')}{self._ways(vias)}"
            for person, vias in failing.items()
        ]
        more = len(told) - MOST_NAMED
        said = self._word("、", ", ").join(told[:MOST_NAMED])
        return said if more <= 0 else said + self._word(f"等{len(told)}人", f" and {more} more")

    def _ways(self, vias: Iterable[str]) -> str:
        return "/".join(VIA_NAMES[v].said(self.language) if v in VIA_NAMES else v for v in vias)

    def _decisions(self) -> str:
        waiting = [r for r in self.case.authority.requests.values() if r.is_open]
        decisions = [self.case.court.decision(r.decision) for r in waiting]
        said = [d.question.said(self.language) or d.id for d in decisions]
        return self._word("；", "; ").join(said)

    def _tasks(self) -> str:
        tasks = list(self.case.uow.tasks.of(self.case.incident.id).values())
        if not tasks:
            return ""
        done = sum(task.done_at is not None for task in tasks)
        late = sum(self._is_late(task) for task in tasks)
        overdue = self._word(f"，逾期{late}项", f", {late} overdue") if late else ""
        return f"{done}/{len(tasks)}{overdue}"

    def _reports(self) -> str:
        """What is owed outside, the earliest limit first; no countdown, which would be old soon."""
        owed = outstanding(self.case.uow, self.case.incident.id)[:MOST_OWED]
        return self._word("；", "; ").join(self._report(row) for row in owed)

    def _lessons(self) -> str:
        """What was learnt when the like happened before."""
        incident, symptom = self.case.incident, symptom_of_playbook(self.case.playbook)
        found = lessons_of(self.case.uow, incident.systems, symptom)
        return self._word("；", "; ").join(
            f"{problem.id} {problem.lesson or problem.cause}" for problem in found
        )

    def _report(self, row: Obligation) -> str:
        site, now = self.case.site, self.case.now
        limit = limit_said(row, site, now).said(self.language)
        late = self._word("，逾期未报", ", late") if late_s(row, now) else ""
        held = self._name(row.owner) if row.taken_at else self._word("未接手", "not taken")
        title = title_of(row).said(self.language)
        return self._word(f"{title}（{limit}，{held}{late}）", f"{title} ({limit}, {held}{late})")

    def _is_late(self, task: Task) -> bool:
        return task.is_open and task.due_at is not None and task.due_at < self.case.now

    def _safe(self) -> dict[str, str]:
        roll = self.case.incident.roll_call
        if roll is None:
            return {"safe": "", "in_need": "", "silent": ""}
        board = Board.of(roll, self.case.site)
        silent = board.silent(self.language, MOST_NAMED)
        return {
            "safe": board.counts(self.language),
            "in_need": board.in_need(self.language),
            "silent": self._word("；", "; ").join(silent),
        }

    def _clock(self, at: datetime) -> str:
        return clock_time(at, self.case.site)

    def _word(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en
