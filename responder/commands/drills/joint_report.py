"""What is owed after a joint drill: its report, due by working days, reminded until it is in."""

from datetime import date, datetime, time

from responder.commands.daily import each_day
from responder.commands.drills.drill_at_work import AFTER_END, DrillAtWork
from responder.commands.matter import FirmMatter
from responder.commands.workdays import day_of
from responder.domain.drill_run import DrillRun, Ended
from responder.domain.record import ENGINE
from responder.domain.words import Words
from responder.drills.joint import report_due
from responder.ports.unit_of_work import UnitOfWork

DAYS_LEFT = (7, 3, 1, 0)
"""On which days before the limit it is spoken of; after it every day."""


def _owe(drill: DrillAtWork) -> None:
    """An aborted drill was not held."""
    run = drill.run
    if run.ended is Ended.ABORTED or run.ended_at is None:
        return
    found = report_due(drill.scenario, drill.case.site, run.ended_at)
    if found is not None:
        run.report_duty, run.report_due_at = found
        due_at = run.report_due_at.isoformat()
        drill.case.record("DrillReportDue", ENGINE, duty=run.report_duty, due_at=due_at)


AFTER_END.append(_owe)


@each_day(time(9))
def remind_of_joint_reports(uow: UnitOfWork, now: datetime) -> None:
    """Who reports for the firm and who leads drills hear of it: real, whatever it is about."""
    owed = [run for run in uow.drill_runs.all().values() if run.owes_report]
    if not owed:
        return
    matter = FirmMatter.load(uow, now)
    site = matter.site
    for run in owed:
        assert run.report_due_at is not None
        due_on, today = (day_of(at, site.time_zone) for at in (run.report_due_at, now))
        left = (due_on - today).days
        if left in DAYS_LEFT or left < 0:
            liaisons = (liaison.person for liaison in site.liaisons)
            people = (*liaisons, *site.grants.get("coordinator", ()), run.started_by)
            matter.tell(dict.fromkeys(people), _words(run, due_on, left))


def _words(run: DrillRun, due_on: date, left: int) -> Words:
    if left < 0:
        return Words(
            f"联合演练{run.id}的报告已逾期{-left}天（应于{due_on}前报送）",
            f"The report on the joint drill {run.id} is {-left} days late (due {due_on})",
        )
    return Words(
        f"联合演练{run.id}的报告应于{due_on}前报送，报送后请登记：drill reported {run.id}",
        f"The report on the joint drill {run.id} is due by {due_on}; then: drill reported {run.id}",
    )
