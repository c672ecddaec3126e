"""The warning report: told to the units on the playbook's path, and its end along the same (7.2).

No machine tells an authority anything: each line is a call that a human makes, by phone first and
then in writing, in the path's order, every attempt on the record.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from responder.commands.alert import Alert
from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.telling import clock_time
from responder.commands.warnings.owed import owe_along
from responder.commands.warnings.path import ask
from responder.domain.message import Purpose
from responder.domain.organisation import DUTY_LEAD
from responder.domain.record import ENGINE, By
from responder.domain.report_path import path_of
from responder.domain.warning import WARNED
from responder.domain.words import Words
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork

LONGEST = 500


@dataclass(frozen=True)
class ReportWarning(Command):
    """Report a warning along its path; `text` is added to what is read out."""

    warning: str
    text: str = ""


@handles(ReportWarning)
def report_warning(command: ReportWarning, uow: UnitOfWork, now: datetime) -> Reply:
    """Ask for the first call; each call's result asks for the next."""
    alert = Alert.load(uow, command.warning, now)
    alert.may("report_warning", command.by)
    alert.must_run()
    warning = alert.warning
    if command.text:
        clean_line(command.text, "内容", "text", LONGEST, breaks=True)
    _can_be_reported(alert)
    known = alert.site.units
    units = [known[id] for id in alert.playbook.report_path if id in known]
    warning.reported, warning.reported_at = path_of(units), now
    warning.reporter, warning.report_said = command.by.person, command.text
    ids = [unit.id for unit in units]
    alert.record("WarningReported", command.by, units=ids)
    due = warning.report_due_at or now + alert.site.patience.report_within
    owe_along(alert, WARNED, ids, due, command.by.person)
    ask(alert, warning.reported, WARNED)
    alert.save()
    zh = "、".join(unit.name.said("zh") or unit.id for unit in units)
    en = ", ".join(unit.name.said("en") or unit.id for unit in units)
    said = Words(
        f"{warning.id}按报告路径报送：{zh}。先电话、后书面，已请人工联络第一家；每次结果请登记。",
        f"{warning.id} is reported along its path: {en}. By phone, then in writing; the first call"
        " is on the list. Record each result.",
    )
    if warning.drill:
        alert.tell([warning.controller], Words(PLAY.zh.format(zh), PLAY.en.format(en)))
        said = Words(f"{said.zh}{NOBODY_OUTSIDE.zh}", f"{said.en} {NOBODY_OUTSIDE.en}")
    return Reply(warning.id, said, {"units": ids})


PLAY = Words(
    "预警按报告路径报送，请您代下列单位接报：{}。演练不联系外单位",
    "The warning is reported along its path, and you stand in for {}. Nobody outside is called",
)
NOBODY_OUTSIDE = Words(
    "演练不联系外单位，一律向导调口头报告。",
    "Nobody outside is called in a drill: the controller hears each of them.",
)


def _can_be_reported(alert: Alert) -> None:
    warning = alert.warning
    if not warning.is_open:
        raise BadInput(
            f"{warning.id}已了结，不再报送预警。",
            f"{warning.id} is over: there is no warning to report.",
            "转为事件的，按事件报告。",
            "If it became an incident, that is what is reported.",
        )
    if warning.reported_at is not None:
        at = clock_time(warning.reported_at, alert.site)
        raise BadInput(
            f"{warning.id}已于{at}按报告路径报送。",
            f"{warning.id} was reported along its path at {at}.",
            f"各家进展用 warn show {warning.id} 查看。",
            f"See how far it is with: warn show {warning.id}.",
        )
    if not any(id in alert.site.units for id in alert.playbook.report_path):
        raise BadInput(
            f"处置方案{alert.playbook.id}没有报告路径。",
            f"The playbook {alert.playbook.id} has no report path.",
            "请在该方案的 report_path 列出关联单位。",
            "List related units under its “report_path”.",
        )


# What is not done in time


def report_is_due(alert: Alert, by: By) -> None:
    """An important danger is reported as the rules for it demand: by when, and to whom (7.2).

    Who answers for it is hunted at once, as for every report that is due.
    """
    units = [id for id in alert.playbook.report_path if id in alert.site.units]
    alert.record("WarningReportDue", by, units=units)
    warning = alert.warning
    if units and warning.reported_at is None:
        warning.report_due_at = alert.now + alert.site.patience.report_within
        owe_along(alert, WARNED, units, warning.report_due_at)


def open_too_long(uow: UnitOfWork, ids: list[str], now: datetime) -> None:
    """A warning that is neither lifted nor converted: the duty lead is reminded until it is."""
    for id in ids:
        alert = Alert.load(uow, id, now)
        warning = alert.warning
        if not warning.is_open:
            continue
        warning.reminded_at = now
        lead = alert.roster.holder(DUTY_LEAD, now)
        people: Iterable[str] = [lead] if lead else alert.roster.command_body
        hours = int((now - warning.raised_at).total_seconds()) // 3600
        alert.record("WarningForgotten", ENGINE, hours=hours, people=list(people))
        since = clock_time(warning.raised_at, alert.site)
        what = Words(
            f"预警未了结：{warning.title}，{since}发起，已{hours}小时。",
            f"The warning of {since} is still open after {hours} h: {warning.title}.",
        )
        mend = Words(
            f"请解除（warn lift {id}）或转为事件（warn convert {id}）。",
            f"Lift it (warn lift {id}) or convert it (warn convert {id}).",
        )
        alert.ring(people, Purpose.ALARM, what=what, mend=mend)
        alert.save()
