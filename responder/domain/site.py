"""The site: everything an emergency planner edits, as one immutable value."""

from dataclasses import dataclass, field
from datetime import time

from responder.domain.briefing import Audience
from responder.domain.calendar import Calendar
from responder.domain.carriage import Carriage
from responder.domain.change_notice import UnitTold
from responder.domain.drill import DrillScenario
from responder.domain.drill_record import DrillRecord
from responder.domain.duty import DutyRules
from responder.domain.issued_card import CardHeld, ManualPlaced
from responder.domain.logged_event import EventRules
from responder.domain.monitoring import AlertRule
from responder.domain.organisation import Body, Command, Decision, Liaison, Role, StillThere
from responder.domain.outlet import Outlet, PublicVoice
from responder.domain.people import Person
from responder.domain.plan_life import Fault, Question, Read
from responder.domain.playbook import Entry, Playbook
from responder.domain.provision import Provision
from responder.domain.reachability import ProbeRules, WayProved
from responder.domain.regime import Regime
from responder.domain.register import Plan, System, Unit
from responder.domain.retention import LEAST_YEARS
from responder.domain.rota import Absence, Override, Rotation
from responder.domain.training import Course
from responder.domain.warning import Patience
from responder.domain.wording import Wording
from responder.domain.words import Words


@dataclass(frozen=True, slots=True)
class Firm:
    """Who we are: the institution's kind decides whom the plan is filed with (7.1 e).

    `kinds` are further kinds that regimes tell apart (`cii`, `trading_venue`, …).
    """

    name: Words = Words()
    institution: str = "operating"
    bureau: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The hours of the night, in each person's own zone; [start, end), over midnight."""

    start: time = time(22, 0)
    end: time = time(7, 30)

    def cover(self, local: time) -> bool:
        """Whether a local time of day lies in them."""
        if self.start <= self.end:
            return self.start <= local < self.end
        return local >= self.start or local < self.end


@dataclass(frozen=True, slots=True)
class Site:
    """Contacts, rosters, policy and playbooks of one firm, as loaded.

    Mappings keep the order of the files. References may dangle: what cannot be resolved
    is nobody, and a finding of `check`.
    """

    firm: Firm = Firm()
    time_zone: str = "Asia/Shanghai"
    languages: tuple[str, ...] = ("zh", "en")
    quiet_hours: QuietHours = QuietHours()
    people: dict[str, Person] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    rotations: dict[str, Rotation] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    absences: tuple[Absence, ...] = ()
    teams: dict[str, tuple[str, ...]] = field(default_factory=dict)
    grants: dict[str, tuple[str, ...]] = field(default_factory=dict)
    command: Command = Command()
    execution_body: Body = Body()
    liaisons: tuple[Liaison, ...] = ()
    decisions: dict[str, Decision] = field(default_factory=dict)
    still_there: StillThere = StillThere()

    @property
    def language(self) -> str:
        """The language of what is read by everybody: the first."""
        return self.languages[0] if self.languages else "zh"

    units: dict[str, Unit] = field(default_factory=dict)
    systems: dict[str, System] = field(default_factory=dict)
    profiles: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    playbooks: dict[str, Playbook] = field(default_factory=dict)
    plan: Plan | None = None
    alerts: tuple[AlertRule, ...] = ()
    channels: dict[str, Carriage] = field(default_factory=dict)
    applies: tuple[str, ...] = ()
    regimes: dict[str, Regime] = field(default_factory=dict)
    calendars: dict[str, Calendar] = field(default_factory=dict)
    audiences: dict[str, Audience] = field(default_factory=dict)
    patience: Patience = Patience()
    wordings: dict[str, Wording] = field(default_factory=dict)
    outlets: dict[str, Outlet] = field(default_factory=dict)
    voice: PublicVoice = PublicVoice()
    retention_years: int = LEAST_YEARS
    duty_rules: DutyRules = DutyRules()
    ways_proved: tuple[WayProved, ...] = ()
    probe_rules: ProbeRules = ProbeRules()
    units_told: tuple[UnitTold, ...] = ()
    faults: dict[str, Fault] = field(default_factory=dict)
    plan_read: tuple[Read, ...] = ()
    quiz: tuple[Question, ...] = ()
    courses: dict[str, Course] = field(default_factory=dict)
    provisions: dict[str, Provision] = field(default_factory=dict)
    event_rules: EventRules = EventRules()
    drills_held: tuple[DrillRecord, ...] = ()
    scenarios: dict[str, DrillScenario] = field(default_factory=dict)
    cards_held: tuple[CardHeld, ...] = ()
    manuals_placed: tuple[ManualPlaced, ...] = ()
