"""Drills as they count for the standard, and the year's report on them (JR/T 0099 7.1 x, y, aa)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.firm import note_fact, require_act
from responder.commands.pursuit import roster_in_force
from responder.commands.workdays import day_of
from responder.domain.drill import DrillScenario, Kind
from responder.domain.drill_archive import TakenIn
from responder.domain.drill_record import DrillFinding, DrillRecord
from responder.domain.drill_run import DrillRun, Ended
from responder.domain.measure import Measure
from responder.domain.plan_lines import addressee
from responder.domain.record import Fact
from responder.domain.site import Site
from responder.domain.words import Words
from responder.drills.annual import Annual, annual
from responder.drills.elsewhere import record_here
from responder.drills.programme import Programme, programme
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork

LONGEST_RECEIPT = 200


@dataclass(frozen=True)
class FileYear(Command):
    """The year's report on drills was submitted to its authority, with the receipt."""

    year: int
    receipt: str
    on: date | None = None


@handles(FileYear)
def file_year(command: FileYear, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep the filing with each drill of that year; a joint one's own report is not done by it.

    Raises BadInput for a year without any here.
    """
    require_act("close_drill", command.by, uow, now)
    site = roster_in_force(uow).site
    receipt = clean_line(command.receipt, "回执", "receipt", LONGEST_RECEIPT)
    to, authority = addressee(site)
    mine = [run for run, _ in _counting(uow) if _day(run, site).year == command.year]
    others = [one for one in uow.drill_archives.all().values() if _is_of(one, command.year)]
    if not mine and not others:
        raise BadInput(
            f"{command.year}年没有在本系统进行的演练。",
            f"No drill of {command.year} was held in this system.",
            "此前的演练请在 contacts/drills.yaml 填写 reported_on。",
            "For those before it, fill in reported_on in contacts/drills.yaml.",
        )
    day = command.on or day_of(now, site.time_zone)
    filed = {"unit": to, "receipt": receipt, "on": day.isoformat()}
    for run in mine:
        if run.report_due_at is None:
            run.reported_on, run.reported_to, run.receipt = day, to, receipt
            uow.drill_runs.put(run.id, run)
            uow.ledger.append([Fact("DrillReported", run.id, command.by, now, filed)])
    for one in others:
        one.reported_on, one.reported_to, one.receipt = day, to, receipt
        uow.drill_archives.put(one.key, one)
    drills = [*(run.id for run in mine), *(one.key for one in others)]
    facts = {"year": command.year, "unit": to, "receipt": receipt, "drills": drills}
    note_fact(uow, "DrillYearFiled", command.by, now, **facts)
    return Reply(
        str(command.year),
        Words(
            f"已登记{command.year}年度演练报告：{authority.zh}，回执{receipt}，{len(drills)}次演练。",
            f"Filed for {command.year}: {authority.en}, receipt {receipt}, {len(drills)} drills.",
        ),
        {"to": to, "drills": drills},
    )


def _is_of(one: TakenIn, year: int) -> bool:
    """Whether one taken in counts for a year, and owes no report of its own."""
    record = one.record
    return bool(record and record.on and record.on.year == year and not record.report_due_on)


def year_of_drills(uow: UnitOfWork, now: datetime, year: int) -> Annual:
    """The facts of the year's report."""
    site = roster_in_force(uow).site
    return annual(site, drill_records(uow, site), year, now)


def drill_programme(uow: UnitOfWork, now: datetime) -> Programme:
    """What was tried when, what is next, who never took part."""
    site = roster_in_force(uow).site
    return programme(site, drill_records(uow, site), day_of(now, site.time_zone))


def _counting(uow: UnitOfWork) -> Iterator[tuple[DrillRun, DrillScenario]]:
    """Drills that ended, neither aborted nor a mere test of who can be reached.

    Each with its scenario as it was held: what became of the file since changes nothing (P9).
    """
    for run in uow.drill_runs.all().values():
        held = uow.incidents.get(run.id)
        scenarios = uow.sites.get(held.site_version).scenarios if held else {}
        scenario = scenarios.get(run.scenario) or DrillScenario(run.scenario)
        if run.ended in (Ended.DONE, Ended.LEFT) and scenario.kind is not Kind.REACHABILITY:
            yield run, scenario


def _day(run: DrillRun, site: Site) -> date:
    return day_of(run.started_at, site.time_zone)


def drill_records(uow: UnitOfWork, site: Site) -> tuple[DrillRecord, ...]:
    """Every drill that counts: kept before the register was, held here, taken in."""
    here = (
        _record(run, scenario, site, uow.measures.of(run.id).values())
        for run, scenario in _counting(uow)
    )
    taken_in = (record_here(one, site) for one in uow.drill_archives.all().values())
    return (*site.drills_held, *here, *filter(None, taken_in))


def _record(
    run: DrillRun, scenario: DrillScenario, site: Site, measures: Iterable[Measure]
) -> DrillRecord:
    zone = ZoneInfo(site.time_zone)
    return DrillRecord(
        id=run.id,
        scenario=run.scenario,
        title=scenario.title,
        on=_day(run, site),
        plan=scenario.plan,
        approved_by=run.approved_by,
        recorded=run.id,
        evaluated_on=run.evaluated_at and run.evaluated_at.astimezone(zone).date(),
        participants=tuple(run.took_part),
        plan_changes=run.plan_change,
        findings=tuple(_finding(one, zone) for one in measures),
        reported_on=run.reported_on,
        reported_to=run.reported_to,
        receipt=run.receipt,
        report_due_on=run.report_due_at and run.report_due_at.astimezone(zone).date(),
        partners=tuple(unit for unit, seen in run.partners.items() if seen.came),
    )


def _finding(one: Measure, zone: ZoneInfo) -> DrillFinding:
    return DrillFinding(
        id=one.id,
        what=Words(one.title, one.title),
        owner=one.owner,
        due_on=one.due_on,
        done_on=one.verified_at and one.verified_at.astimezone(zone).date(),
        proof=one.proof,
    )
