"""What the regimes that apply demand of an incident, by its milestones, grades and reports sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from responder.domain.dossier import Dossier
from responder.domain.incident import Incident
from responder.domain.obligation import Kind, Obligation, Step
from responder.domain.playbook import Playbook
from responder.domain.regime import Milestone, Regime
from responder.domain.site import Site
from responder.domain.words import Words
from responder.regimes.due import Due, Happened, Standing, Submission, dues, in_force

ANSWERS = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}
BUREAU = "bureau"
CORE_SYSTEM = "core_system"
SUMMARIES = ("final", "summary", "supplement")
"""Stages of reports that sum up, after handling ended."""


@dataclass(frozen=True, slots=True)
class Demand:
    """One report of one regime."""

    regime: Regime
    due: Due

    @property
    def id(self) -> str:
        """What its row is called: `cn-securities/first`, `cn-securities/continuing#3`."""
        return f"{self.regime.id}/{self.due.key}"

    @property
    def duty(self) -> str:
        """The regime's id of the duty."""
        return f"{self.regime.id}/{self.due.duty.id}"

    @property
    def runs(self) -> bool:
        """Whether it is owed and its clock runs."""
        return self.due.standing is Standing.OWED and self.due.due_at is not None

    @property
    def kind(self) -> Kind:
        """What is owed."""
        if self.due.duty.stage == "classification":
            return Kind.CLASSIFICATION
        return Kind.SUMMARY if self.due.duty.stage in SUMMARIES else Kind.REPORT


def regimes_of(site: Site, incident: Incident) -> list[Regime]:
    """Those that apply to the firm, its playbook's, and those a joined report brought; in force.

    Of a regime and its later editions, the one that counts on the day of declaration.
    """
    playbook = site.playbooks.get(incident.playbook) or Playbook(incident.playbook)
    day = incident.declared_at.astimezone(ZoneInfo(site.time_zone)).date()
    named = dict.fromkeys([*site.applies, *playbook.regimes, *incident.regimes])
    found = (in_force(site.regimes, id, day) for id in named)
    return list({one.id: one for one in found if one}.values())


def demands(
    site: Site, incident: Incident, dossier: Dossier, rows: Mapping[str, Obligation]
) -> Iterator[Demand]:
    """Everything that every regime demands and that is not yet submitted, regime by regime."""
    milestones = milestones_of(incident, dossier)
    registered = [site.systems[one].core for one in incident.systems if one in site.systems]
    core = any(registered) if registered else None
    for regime in regimes_of(site, incident):
        happened = happened_under(regime, site, dossier, rows, milestones, core)
        for due in dues(regime, happened, site.calendars):
            if not due.duty.warning:
                yield Demand(regime, due)


def milestones_of(incident: Incident, dossier: Dossier) -> dict[str, datetime]:
    """What is known; until somebody says otherwise, it happened and was noticed as declared.

    An incident handled to its end is resolved, unless that was told apart.
    """
    usual = (Milestone.OCCURRED, Milestone.DETECTED, Milestone.AWARE)
    found = dict.fromkeys(map(str, usual), incident.declared_at) | dossier.milestones
    if Milestone.STOOD_DOWN in found:
        found.setdefault(Milestone.RESOLVED, found[Milestone.STOOD_DOWN])
    return found


def happened_under(
    regime: Regime,
    site: Site,
    dossier: Dossier,
    rows: Mapping[str, Obligation],
    milestones: Mapping[str, datetime],
    core: bool | None = None,
) -> Happened:
    """What happened, as one regime looks at it; `core` is what the register says of its systems."""
    confirmed = dossier.values.get(grade_field(regime.id))
    judged = (Milestone.CLASSIFIED.value, Milestone.RECLASSIFIED.value)
    own = dict.fromkeys(judged, confirmed.at) if confirmed else {}
    prefix = f"{regime.id}/"
    mine = [row for row in rows.values() if row.duty.startswith(prefix)]
    said = {name: value.said.strip().casefold() for name, value in dossier.values.items()}
    if core is not None:
        said.setdefault(CORE_SYSTEM, "yes" if core else "no")
    return Happened(
        milestones={**own, **milestones},
        grade=dossier.grades.get(regime.id, ""),
        institution=site.firm.institution,
        submissions=[_submission(row, prefix) for row in mine if row.done_at],
        answers={name: ANSWERS[word] for name, word in said.items() if word in ANSWERS},
        changes=dossier.changes,
        kinds=site.firm.kinds,
        cannot_meet={
            row.duty.removeprefix(prefix): row.postponed_at for row in mine if row.postponed_at
        },
    )


def _submission(row: Obligation, prefix: str) -> Submission:
    assert row.done_at is not None
    duty = row.duty.removeprefix(prefix)
    return Submission(duty, row.number, row.done_at, row.states, row.preliminary)


def grade_field(regime: str) -> str:
    """The field of the dossier that holds who confirmed a regime's grade, and when."""
    return f"grade.{regime}"


def basis_of(demand: Demand, dossier: Dossier, rows: Mapping[str, Obligation]) -> str:
    """What may move a limit later: a classification, an answer, a report it counts from."""
    regime = demand.regime.id
    confirmed = dossier.values.get(grade_field(regime))
    classified = dossier.milestones.get(Milestone.CLASSIFIED) or (confirmed and confirmed.at)
    sent = sum(1 for row in rows.values() if row.done_at and row.duty.startswith(f"{regime}/"))
    return f"{dossier.grades.get(regime, '')}|{classified or ''}|{sent}"


def row_of(demand: Demand, site: Site, incident: Incident, basis: str) -> Obligation:
    """A new row for a demand."""
    due = demand.due
    return Obligation(
        id=demand.id,
        incident=incident.id,
        kind=demand.kind,
        duty=demand.duty,
        title=title_of(demand),
        number=due.number,
        started_at=due.started_at,
        due_at=due.due_at,
        because=due.because,
        to=recipients(demand, site, incident),
        addressee=due.duty.addressee,
        steps=[Step(id) for id in due.duty.steps],
        basis=basis,
    )


def title_of(demand: Demand) -> Words:
    """What it is called; a classification by the regime it is for."""
    title, regime = demand.due.duty.name, demand.regime.name
    if demand.kind is not Kind.CLASSIFICATION:
        return title
    return Words(f"{title.zh}（{regime.said('zh')}）", f"{title.en} ({regime.said('en')})")


def recipients(demand: Demand, site: Site, incident: Incident) -> tuple[str, ...]:
    """The related units it goes to: those the duty names, by id or by kind.

    A classification is the firm's own. Where a duty names nobody at all, those of the playbook's
    report path, else the firm's bureau.
    """
    duty = demand.due.duty
    if demand.kind is Kind.CLASSIFICATION:
        return ()
    named = [unit for one in duty.to for unit in _units(one, site)]
    if named or duty.to or duty.addressee != Words():
        return tuple(dict.fromkeys(named))
    playbook = site.playbooks.get(incident.playbook)
    path = tuple(unit for unit in (playbook.report_path if playbook else ()) if unit in site.units)
    return path or ((site.firm.bureau,) if site.firm.bureau else ())


def _units(named: str, site: Site) -> list[str]:
    """The units that a pack's word means: `bureau` the firm's own, else an id, else a kind."""
    if named == BUREAU and site.firm.bureau:
        return [site.firm.bureau]
    units = site.units
    return [named] if named in units else [one.id for one in units.values() if one.kind == named]
