"""What readiness is judged from: the site, and what the record holds beside it, at an instant."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from responder.domain.assessment import Assessment
from responder.domain.briefing import Briefing
from responder.domain.change_notice import ChangeNotice, UnitCheck
from responder.domain.duty import Shift, Swap
from responder.domain.incident import Incident
from responder.domain.inquiry import Inquiry
from responder.domain.investigation import Investigation
from responder.domain.issued_card import IssuedCard, ManualPlaced
from responder.domain.logged_event import EventReview, LoggedEvent
from responder.domain.measure import Measure
from responder.domain.obligation import Obligation
from responder.domain.plan_life import PlanVersion, Reading
from responder.domain.problem import Problem
from responder.domain.provision import ProvisionCheck
from responder.domain.reachability import Probe, WayCheck
from responder.domain.report import Report
from responder.domain.revision import Revision
from responder.domain.roster import Roster
from responder.domain.site import Site
from responder.domain.training import Session
from responder.domain.warning import Warning


@dataclass(frozen=True)
class Situation:
    """The register in force and every record that a control looks at; nothing is looked up later.

    `stored` says whether there is a database at all: files alone show no heartbeat and no receipts
    of this system, so that what only a running system can prove is then left unsaid.
    """

    site: Site
    at: datetime
    gone: frozenset[str] = frozenset()
    stored: bool = False
    heartbeat_at: datetime | None = None
    revisions: tuple[Revision, ...] = ()
    change_notices: tuple[ChangeNotice, ...] = ()
    unit_checks: tuple[UnitCheck, ...] = ()
    issued_cards: tuple[IssuedCard, ...] = ()
    manuals_placed: tuple[ManualPlaced, ...] = ()
    shifts: tuple[Shift, ...] = ()
    swaps: tuple[Swap, ...] = ()
    way_checks: tuple[WayCheck, ...] = ()
    probes: tuple[Probe, ...] = ()
    plan_versions: tuple[PlanVersion, ...] = ()
    readings: tuple[Reading, ...] = ()
    sessions: tuple[Session, ...] = ()
    provision_checks: tuple[ProvisionCheck, ...] = ()
    logged_events: tuple[LoggedEvent, ...] = ()
    problems: tuple[Problem, ...] = ()
    event_reviews: tuple[EventReview, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    incidents: tuple[Incident, ...] = ()
    warnings: tuple[Warning, ...] = ()
    investigations: tuple[Investigation, ...] = ()
    measures: tuple[Measure, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    reports: tuple[Report, ...] = ()
    briefings: tuple[Briefing, ...] = ()
    inquiries: tuple[Inquiry, ...] = ()
    roster: Roster = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "roster", Roster(self.site, self.gone))

    @property
    def today(self) -> date:
        """The day in the site's zone."""
        return self.at.astimezone(ZoneInfo(self.site.time_zone)).date()
