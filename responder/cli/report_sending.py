"""`report phone|submit`: a report leaves the firm, by a human's hand."""

from typing import Any

import click

from responder.cli.acting import answer, house_to_act_in, looking, say_json
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.cli.values import instant
from responder.commands.reports.phone_sheet import read_out
from responder.commands.reports.report import STATES
from responder.commands.reports.submission import PhoneReport, SubmitReport

AT = option("--at", default="", metavar="T", zh="何时（不写为现在）", en="When, if not now")


@command(
    "phone",
    "电话报告稿；通话后加 --taken-by 登记接报人和时间",
    "What to read out; afterwards --taken-by records who took it and when",
)
@argument("report")
@option("--taken-by", default="", metavar="NAME", zh="接报人", en="Who took it")
@AT
def phone(given: Given, report: str, taken_by: str, at: str) -> None:
    """Read it out, or record that it was."""
    if taken_by:
        _sent(given, PhoneReport, at, report=report, taken_by=taken_by)
        return
    with looking(given) as house:
        lines = house.read(lambda uow, now: read_out(uow, report, now, given.acting))
    if given.as_json:
        say_json({"id": report, "lines": lines})
    else:
        click.echo("\n".join(lines))


@command(
    "submit", "登记已由人报出：回执或截图必填其一", "Record that a human submitted it, with proof"
)
@argument("report")
@option("--receipt", default="", metavar="R", zh="回执编号", en="The receipt")
@option(
    "--proof", default="", metavar="EVIDENCE", zh="截图的存证号", en="Evidence of it, by number"
)
@AT
@option(
    "--states",
    multiple=True,
    type=click.Choice(STATES),
    zh="报告所称的状态；restored 结束持续报告",
    en="What it states; `restored` ends continuing reports",
)
def submit(given: Given, report: str, at: str, **told: Any) -> None:
    """Record it."""
    _sent(given, SubmitReport, at, report=report, **told)


def _sent(
    given: Given, kind: type[PhoneReport] | type[SubmitReport], at: str, **fields: Any
) -> None:
    with house_to_act_in(given) as (house, by):
        zone = house.roster().site.time_zone
        when = instant(at, house.clock.now(), zone) if at else None
        reply = house.execute(kind(by=by, at=when, **fields))
    answer(given, reply)
