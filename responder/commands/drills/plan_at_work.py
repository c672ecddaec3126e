"""A drill to come at work: who is invited and reminded, who leads it, that it begins in time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from responder.commands.acts import ACTS
from responder.commands.daily import each_day
from responder.commands.drills.inviting import end_of, invite
from responder.commands.drills.starting import AFTER_START, begin, may_begin
from responder.commands.matter import FirmMatter
from responder.commands.rights import capacities
from responder.domain.drill import DrillScenario
from responder.domain.planned_drill import HOUR, PlannedDrill, Reminder
from responder.domain.record import ENGINE, By
from responder.domain.site import Site
from responder.domain.words import Words
from responder.drills.approval import is_approved
from responder.drills.dates import invited
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

PLANNED = "planned_drill"
"""The timer of what is to be said or done about a drill to come."""
AROUND = 12 * HOUR
"""A drill begun by hand this long before or after its time is the one that was planned."""
LATEST = HOUR / 4
"""How late the engine still begins it by itself."""


def when(at: datetime, site: Site) -> str:
    """A day and a time as both languages write them."""
    return at.astimezone(ZoneInfo(site.time_zone)).strftime("%Y-%m-%d %H:%M")


@dataclass
class PlanAtWork:
    """One drill to come; `save` writes it back and arms what is next."""

    uow: UnitOfWork
    now: datetime
    plan: PlannedDrill
    matter: FirmMatter

    @classmethod
    def of(cls, uow: UnitOfWork, plan: PlannedDrill, now: datetime) -> "PlanAtWork":
        """A plan in hand."""
        return cls(uow, now, plan, FirmMatter.load(uow, now))

    @classmethod
    def load(cls, uow: UnitOfWork, id: str, now: datetime) -> "PlanAtWork":
        """The drill to come of that id. Raises UnknownId, BadInput for one that is no more."""
        plan = uow.drill_plans.get(id)
        if plan is None:
            raise UnknownId("演练安排", "planned drill", id, uow.drill_plans.open())
        if not plan.is_open:
            became = end_of(plan)
            raise BadInput(became.zh, became.en)
        return cls.of(uow, plan, now)

    @property
    def site(self) -> Site:
        """The register in force."""
        return self.matter.site

    @property
    def scenario(self) -> DrillScenario:
        """Its scenario as it stands; an empty one where the file is gone."""
        return self.site.scenarios.get(self.plan.scenario, DrillScenario(self.plan.scenario))

    @property
    def title(self) -> Words:
        """What it is called."""
        title, id = self.scenario.title, self.plan.scenario
        return Words(title.said("zh") or id, title.said("en") or id)

    @property
    def is_approved(self) -> bool:
        """Whether its scenario may be held as it stands."""
        return is_approved(self.scenario, self.uow.drill_approvals.get(self.plan.scenario))

    @property
    def invited(self) -> tuple[str, ...]:
        """Who hears of it beforehand."""
        return invited(self.site, self.scenario)

    @property
    def leaders(self) -> list[str]:
        """Who hears how its planning goes: its coordinator and its controllers."""
        quiet = DrillScenario(self.plan.scenario, controllers=self.scenario.controllers)
        return list(dict.fromkeys((self.plan.coordinator, *invited(self.site, quiet))))

    def record(self, kind: str, by: By, **payload: Any) -> None:
        """One fact about the firm."""
        self.matter.record(kind, by, plan=self.plan.id, **payload)

    def tell(self, people: Iterable[str], what: Words) -> None:
        """Tell people quietly, with what it is about."""
        self.matter.tell(dict.fromkeys(people), self._about(what))

    def invite(self, why: Words | None = None) -> None:
        """Ask everybody invited whether they come."""
        what = why or Words("演练安排", "A drill is planned")
        invite(self.matter, self.plan, self.title, self.invited, what)

    def announce(self, by: By, why: Words | None = None, **facts: Any) -> None:
        """A new plan: on the record, its people invited, what is next armed."""
        self.plan.take_due(self.now)
        people, until = list(self.invited), self.plan.starts_at.isoformat()
        facts |= {"scenario": self.plan.scenario, "people": people, "until": until}
        self.record("DrillScheduled", by, **facts)
        self.invite(why)
        self.save()

    def _about(self, what: Words) -> Words:
        at = when(self.plan.starts_at, self.site)
        return Words(
            f"{what.zh}：{self.title.zh}，{at}（{self.plan.id}）",
            f"{what.en}: {self.title.en}, {at} ({self.plan.id})",
        )

    def save(self) -> None:
        """Write it back and arm the next reminder, or the start."""
        self.uow.drill_plans.put(self.plan.id, self.plan)
        self.uow.timers.set(PLANNED, self.plan.id, self.plan.next_at)

    # Who leads it

    def hand_to(self, person: str, by: By) -> None:
        """Another coordinator; nothing else of the plan changes."""
        before, self.plan.coordinator = self.plan.coordinator, person
        self.record("DrillHandedOver", by, before=before, person=person)
        if by == ENGINE:
            self.tell(
                [person], Words("原组织人员离任，请您接手", "Its coordinator left: you lead it")
            )

    def keep_led(self) -> None:
        """A coordinator who left is followed by the next who may plan drills."""
        heir = self.who_leads()
        if heir and heir != self.plan.coordinator:
            self.hand_to(heir, ENGINE)

    def who_leads(self) -> str:
        """Its coordinator, or the next who may plan drills; `""` for nobody."""
        return next((person for person in self._heirs() if self._may_lead(person)), "")

    def _heirs(self) -> Iterable[str]:
        site = self.site
        yield self.plan.coordinator
        yield from site.grants.get("coordinator", ())
        yield from (site.command.body.head, *self.matter.roster.command_body)

    def _may_lead(self, person: str) -> bool:
        held = capacities(person, self.matter.roster, self.now)
        return not set(ACTS["schedule_drill"][1]).isdisjoint(held)

    # Before it, and at its time

    def go_on(self) -> None:
        """Say or do what is due."""
        self.keep_led()
        match self.plan.take_due(self.now):
            case Reminder.DAY:
                self._remind(Words("演练提醒", "Reminder of the drill"))
            case Reminder.HOUR:
                self._remind(Words("演练将在一小时内开始", "The drill begins within the hour"))
            case Reminder.NOW:
                self._begin()

    def _remind(self, what: Words) -> None:
        coming = [person for person in self.invited if self.plan.answers.get(person, True)]
        invite(self.matter, self.plan, self.title, coming, what)
        if not self.is_approved:
            lacks = Words("演练计划尚未批准", "The drill’s plan is not approved yet")
            self.tell(self.leaders, lacks)

    def _begin(self) -> None:
        """By the engine where it was planned so; else its leaders are told that it is time."""
        if not self.plan.by_itself:
            self.tell(self.leaders, Words("到点了，请开始演练", "It is time: begin the drill"))
            return
        by = By(self.plan.coordinator, ENGINE.door, self.plan.id)
        try:
            self._must_be_in_time()
            may_begin(self.scenario, self.site, self.uow, self.now, self.plan.in_session)
        except BadInput as refused:
            why = Words(refused.said("zh"), refused.said("en"))
            self.plan.missed = why.said(self.site.language)
            self.record("DrillNotBegun", ENGINE, reason=self.plan.missed)
            self.tell(self.leaders, Words(f"演练未能开始（{why.zh}）", f"Not begun ({why.en})"))
            return
        reply = begin(self.scenario, by, self.uow, self.now, self.plan.in_session)
        self.plan.drill = reply.id

    def _must_be_in_time(self) -> None:
        """An engine that was down begins no drill in the middle of the night."""
        if self.now - self.plan.starts_at > LATEST:
            at = when(self.plan.starts_at, self.site)
            raise BadInput(
                f"系统当时没有运行，已错过{at}。",
                f"The engine did not run at {at}.",
                "请改期，或现在开始。",
                "Move it, or begin it now.",
            )


def planned_due(uow: UnitOfWork, ids: list[str], now: datetime) -> None:
    """A reminder's time has come, or the start's."""
    for id in ids:
        plan = uow.drill_plans.get(id)
        if plan is not None and plan.is_open:
            work = PlanAtWork.of(uow, plan, now)
            work.go_on()
            work.save()


@each_day(time(8, 45))
def keep_drills_led(uow: UnitOfWork, now: datetime) -> None:
    """Nothing planned is lost with who planned it."""
    for plan in uow.drill_plans.open().values():
        work = PlanAtWork.of(uow, plan, now)
        work.keep_led()
        work.save()


def _was_planned(uow: UnitOfWork, scenario: str, drill: str, now: datetime) -> None:
    """A drill begun by hand near its planned time is the planned one."""
    for plan in uow.drill_plans.open().values():
        if plan.scenario == scenario and abs(plan.starts_at - now) <= AROUND:
            plan.drill = drill
            PlanAtWork.of(uow, plan, now).save()


AFTER_START.append(_was_planned)
