"""Early warnings that belong to a drill: raised by a row, still with it, over with it (P5).

They are warnings like any other, among the drill's recipients, counted and listed apart.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from responder.commands.alert import Alert
from responder.commands.case import Case
from responder.commands.incidents.incident import LONGEST_TITLE
from responder.commands.numbering import number
from responder.commands.obligations.obligation import release
from responder.commands.owed import OBLIGATION
from responder.commands.telling import CALL_TASK, TAKE_WITHIN
from responder.commands.warnings.path import ask
from responder.commands.warnings.warning import asked_already, open_warning
from responder.domain.drill import DrillScenario, Row
from responder.domain.drill_run import DrillRun
from responder.domain.organisation import DUTY_LEAD
from responder.domain.record import ENGINE, By
from responder.domain.warning import DRILLED, ENDED, WARNED, Stage, Warning
from responder.domain.words import Words
from responder.drills.warned import DrilledWarning, steps
from responder.ports.unit_of_work import UnitOfWork

OVER = Words("演练已结束", "the drill is over")


def raise_of(case: Case, run: DrillRun, scenario: DrillScenario, row: Row, by: By) -> str:
    """Open the warning of a row, as monitoring would; returns its id, `""` where it raises none."""
    danger, site = row.raises, case.site
    playbook = site.playbooks.get(danger.playbook) if danger else None
    if danger is None or playbook is None:
        return ""
    title = danger.title.said(site.language) or row.text.said(site.language)
    warning = Warning(
        id=number(case.uow, DRILLED, site, case.now),
        title=title[:LONGEST_TITLE],
        playbook=playbook.id,
        raised_at=case.now,
        raised_by=by.person,
        site_version=case.incident.site_version,
        system=danger.system,
        level=danger.level or playbook.level,
        verify_by=case.now + playbook.verify_within,
        asked=case.roster.holder(DUTY_LEAD, case.now),
        drill=run.id,
        recipients=case.incident.recipients,
        controller=_controller(case, run, scenario),
    )
    run.warnings[row.id] = warning.id
    alert = Alert.of(case.uow, case.now, warning)
    open_warning(alert, by, asked_already(case.uow, warning))
    return warning.id


def _controller(case: Case, run: DrillRun, scenario: DrillScenario) -> str:
    """Who plays the units: the first controller there is now, else whoever began the drill."""
    roster, now = case.roster, case.now
    found = (person for one in scenario.controllers for person in roster.resolve(one, now).people)
    return next((one for one in found if not roster.absent(one, now)), run.started_by)


def freeze_warnings(uow: UnitOfWork, run: DrillRun, now: datetime) -> None:
    """The drill stands still, and so does everything of theirs."""
    for alert in _alerts(uow, run, now):
        alert.freeze()
        alert.save()


def resume_warnings(uow: UnitOfWork, run: DrillRun, now: datetime, stood: timedelta) -> None:
    """They go on where they stood: whoever was asked is asked again, each limit is moved."""
    for alert in _alerts(uow, run, now):
        warning = alert.warning
        warning.frozen = False
        if warning.verify_by is not None:
            warning.verify_by += stood
        if alert.waits:
            alert.address([warning.asked])
        alert.escalation.stopped = not (warning.escalated and warning.stage is Stage.RAISED)
        ask(alert, warning.reported if warning.is_open else (), WARNED)
        ask(alert, warning.ended_to, ENDED)
        _rearm(uow, warning.id, now, stood)
        alert.save()


def _rearm(uow: UnitOfWork, id: str, now: datetime, stood: timedelta) -> None:
    """Its calls wait anew, what is owed along its path is owed so much later."""
    for call in uow.call_tasks.of(id).values():
        if call.is_open and not call.taken_by:
            uow.timers.set(CALL_TASK, call.key, now + TAKE_WITHIN)
    for key, row in uow.obligations.of(id).items():
        if row.is_open and row.due_at is not None:
            row.due_at += stood
            uow.obligations.put(key, row)
    uow.timers.set(OBLIGATION, id, now)


def end_warnings(uow: UnitOfWork, run: DrillRun, now: datetime) -> None:
    """What is still open ends with the drill, on the record; nobody is told of each."""
    for alert in _alerts(uow, run, now):
        warning = alert.warning
        why = OVER.said(alert.site.language)
        for key, row in uow.obligations.of(warning.id).items():
            if row.is_open:
                release(uow, key, ENGINE, why, now)
        if warning.is_open:
            before, warning.stage = warning.stage, Stage.OVER
            stages: dict[str, Any] = {"stage": warning.stage.value, "before": before.value}
            alert.record("WarningMoved", ENGINE, **stages, reason=why)
        alert.freeze()
        alert.save()


def warnings_of(uow: UnitOfWork, run: DrillRun) -> Iterator[DrilledWarning]:
    """The warnings of a drill, and what became of each."""
    for row, id in run.warnings.items():
        warning = uow.warnings.get(id)
        if warning is not None:
            told = tuple(steps(uow.ledger.of(id)))
            yield DrilledWarning(id, row, warning.title, warning.stage, told)


def _alerts(uow: UnitOfWork, run: DrillRun, now: datetime) -> Iterator[Alert]:
    for id in run.warnings.values():
        yield Alert.load(uow, id, now)
