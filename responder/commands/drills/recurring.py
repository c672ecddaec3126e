"""Drills that recur are planned ahead by themselves: each morning the next date, once (7.1 x).

APScheduler's trigger says on which days a rule falls; what was done about a date is in the plans
alone, so that a second engine, a restart or weeks of standstill plan nothing twice and make
nothing up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from responder.commands.daily import each_day
from responder.commands.drills.plan_at_work import PlanAtWork
from responder.commands.drills.planned import SERIES
from responder.commands.drills.scenarios import must_be_sound
from responder.commands.numbering import number
from responder.commands.pursuit import roster_in_force
from responder.domain.drill import DrillScenario
from responder.domain.planned_drill import PlannedDrill
from responder.domain.record import ENGINE
from responder.domain.words import Words
from responder.drills.dates import invited
from responder.drills.recurring import (
    begins_on,
    dates_to_come,
    held_on,
    is_dealt_with,
    is_overtaken,
    next_date,
    stands_for,
)
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork

NOT_PLANNED = "drills not planned"
"""The note of what was said about dates that could not be planned, by scenario: each once."""


@each_day(time(8, 50))
def plan_recurring(uow: UnitOfWork, now: datetime) -> None:
    """Plan what comes within the time that people need to keep it free."""
    site = roster_in_force(uow).site
    plans = list(uow.drill_plans.all().values())  # from here on nobody else plans one
    for scenario in site.scenarios.values():
        if scenario.recurs is not None:
            _Planning.of(uow, scenario, plans, now).go_on()


def recurring_to_come(uow: UnitOfWork, now: datetime) -> list[dict[str, Any]]:
    """The next date of each recurring drill that is not planned yet, the nearest first."""
    site, plans = roster_in_force(uow).site, list(uow.drill_plans.all().values())
    found = [
        (begins_on(one, site, days[0]), one)
        for one in site.scenarios.values()
        if (days := dates_to_come(one, site, plans, uow.days_of, now))
    ]
    return [
        {
            "scenario": one.id,
            "title": {"zh": one.title.said("zh"), "en": one.title.said("en")},
            "at": at.isoformat(),
            "invited": list(invited(site, one)),
        }
        for at, one in sorted(found, key=lambda pair: pair[0])
    ]


@dataclass
class _Planning:
    """One recurring scenario on one morning; `work` is the plan that its next date may get."""

    uow: UnitOfWork
    now: datetime
    scenario: DrillScenario
    plans: list[PlannedDrill]
    work: PlanAtWork

    @classmethod
    def of(
        cls, uow: UnitOfWork, scenario: DrillScenario, plans: Iterable[PlannedDrill], now: datetime
    ) -> "_Planning":
        """A scenario in hand, led by its owner or else as any plan whose coordinator left."""
        rule = scenario.recurs
        plan = PlannedDrill("", scenario.id, now, now, ENGINE.person, scenario.owner)
        plan.by_itself = rule is not None and rule.by_itself
        work = PlanAtWork.of(uow, plan, now)
        plan.coordinator = work.who_leads()
        return cls(uow, now, scenario, [p for p in plans if p.scenario == scenario.id], work)

    def go_on(self) -> None:
        """Plan its next date if it is time; say once what keeps it from being planned."""
        day: date | None = None
        try:
            day = next_date(self.scenario, self.work.site, self.uow.days_of, self.now)
            if day is not None and not is_dealt_with(self.scenario, day, self.plans):
                self._see_to(day)
        except BadInput as refused:
            self._say_once(day, Words(refused.said("zh"), refused.said("en")))

    def _see_to(self, day: date) -> None:
        """A drill that is planned already takes the place of the date, or is held first."""
        standing = next((plan for plan in self.plans if plan.is_open), None)
        if standing is None:
            self._plan(day)
        elif is_overtaken(standing, self.now):
            self._close(standing)
            self._plan(day)
        elif stands_for(standing, begins_on(self.scenario, self.work.site, day), self.now):
            self._take(standing, day)

    def _plan(self, day: date) -> None:
        """On its day, or the nearest that suits: its coordinator then hears why."""
        work, plan = self.work, self.work.plan
        must_be_sound(self.scenario, work.site)
        _must_be_led(plan)
        held = held_on(self.scenario, work.matter.roster, day, work.leaders, self.now)
        plan.id = number(self.uow, SERIES, work.site, self.now)
        plan.starts_at, plan.occurrence = held.at, day
        why = held.why.said(work.site.language)
        facts = {"occurrence": day.isoformat()} | ({"note": why} if why else {})
        work.announce(ENGINE, Words("定期演练", "A drill that recurs"), **facts)
        if why:
            moved = Words(
                f"定期演练不在{day}（{held.why.zh}），改在此日",
                f"Not held on {day} ({held.why.en}) but then",
            )
            work.tell([plan.coordinator], moved)

    def _take(self, standing: PlannedDrill, day: date) -> None:
        standing.occurrence = day
        work = PlanAtWork.of(self.uow, standing, self.now)
        work.record("DrillStandsFor", ENGINE, scenario=self.scenario.id, occurrence=day.isoformat())
        work.save()

    def _close(self, standing: PlannedDrill) -> None:
        """It never began, nobody moved it, and its next date is to be planned."""
        work = PlanAtWork.of(self.uow, standing, self.now)
        why = Words(
            "一直没有举行，下一次定期演练将至", "it was never held, and its next date comes"
        )
        standing.cancelled = why.said(work.site.language)
        work.record("DrillCancelled", ENGINE, reason=standing.cancelled)
        work.tell(
            work.leaders, Words(f"演练取消（{why.zh}）", f"The drill is cancelled ({why.en})")
        )
        work.save()

    def _say_once(self, day: date | None, why: Words) -> None:
        """To who would lead it, and to its controllers; it is tried again each morning."""
        said: dict[str, str] = self.uow.notes.get(NOT_PLANNED) or {}
        mark = f"{day} {why.en}"
        if said.get(self.scenario.id) == mark:
            return
        self.uow.notes.put(NOT_PLANNED, said | {self.scenario.id: mark})
        facts: dict[str, Any] = {"occurrence": day.isoformat()} if day else {}
        matter, title = self.work.matter, self.work.title
        reason = why.said(matter.site.language)
        matter.record("DrillNotPlanned", ENGINE, scenario=self.scenario.id, reason=reason, **facts)
        what = Words(
            f"定期演练未能安排：{title.zh}。{why.zh}",
            f"A drill that recurs could not be planned: {title.en}. {why.en}",
        )
        matter.tell(self.work.leaders, what)


def _must_be_led(plan: PlannedDrill) -> None:
    if not plan.coordinator:
        raise BadInput(
            "没有人可以组织演练。",
            "Nobody may lead drills.",
            "请在 contacts/roles.yaml 的 grants 中填写 coordinator。",
            "Name a coordinator under “grants” in contacts/roles.yaml.",
        )
