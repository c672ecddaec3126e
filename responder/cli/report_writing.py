"""`report draft|answer|set|review|override|sign|correct|withdraw`: until it is signed."""

from typing import Any

import click

from responder.cli.acting import act
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.commands.reports.correction import CorrectReport
from responder.commands.reports.report import (
    STATES,
    AnswerField,
    DraftReport,
    SetReport,
    WithdrawReport,
)
from responder.commands.reports.sign_off import OverrideContradiction, ReviewReport, SignReport

REASON = option("--reason", required=True, metavar="WHY", zh="理由", en="Why")
STATED = option(
    "--states",
    multiple=True,
    type=click.Choice(STATES),
    zh="报告所称的状态；restored 结束持续报告",
    en="What it states; `restored` ends continuing reports",
)


@command("draft", "按报告规则起草报告，由处置记录和已登记事实填写", "Draft it, from the record")
@argument("incident")
@argument("duty", metavar="REGIME/DUTY")
@option("--report-lang", type=click.Choice(["zh", "en"]), zh="报告语言", en="Its language")
@option("--partial", is_flag=True, zh="先报部分内容", en="Only what suffices at first")
@option("--preliminary", is_flag=True, zh="初步分析判断", en="The cause stays open")
@STATED
def draft(given: Given, incident: str, duty: str, report_lang: str | None, **kind: Any) -> None:
    """Draft it."""
    act(given, DraftReport, incident=incident, duty=duty, language=report_lang or "", **kind)


@command(
    "answer", "为本报告单独填写一个栏目；留空则恢复由事实填写", "Write a field of one report alone"
)
@argument("report")
@argument("field")
@argument("text", required=False, default="")
def answer(given: Given, report: str, field: str, text: str) -> None:
    """Write it."""
    act(given, AnswerField, report=report, field=field, text=text)


@command("set", "改变报告的类型", "Say what kind of report it is to be")
@argument("report")
@option("--partial/--complete", default=None, zh="先报部分内容", en="Only what suffices at first")
@option("--preliminary/--established", default=None, zh="初步分析判断", en="The cause stays open")
@STATED
def changed(given: Given, report: str, states: tuple[str, ...], **kind: Any) -> None:
    """Set it."""
    act(given, SetReport, report=report, states=states or None, **kind)


@command("review", "冻结内容并送签；签发人须为另一人", "Freeze it and ask a second person to sign")
@argument("report")
def review(given: Given, report: str) -> None:
    """Send it."""
    act(given, ReviewReport, pages=True, report=report)


@command(
    "override", "签发人准予保留与记录的矛盾，须写明理由", "Let a contradiction pass, by an approver"
)
@argument("report")
@argument("contradiction")
@REASON
def override(given: Given, report: str, contradiction: str, reason: str) -> None:
    """Let it pass."""
    named: dict[str, Any] = {"contradiction": contradiction, "reason": reason}
    act(given, OverrideContradiction, report=report, **named)


@command("sign", "签发送签的报告", "Sign what was sent for signature")
@argument("report")
def sign(given: Given, report: str) -> None:
    """Sign it."""
    act(given, SignReport, report=report)


@command("correct", "更正已报出的报告：另起一份并逐栏对照", "A new one, with what differs")
@argument("report")
@REASON
def correct(given: Given, report: str, reason: str) -> None:
    """Begin it."""
    act(given, CorrectReport, report=report, reason=reason)


@command("withdraw", "作废未报出的报告；应报事项不变", "Put a draft aside; what is owed stays owed")
@argument("report")
@REASON
def withdraw(given: Given, report: str, reason: str) -> None:
    """Withdraw it."""
    act(given, WithdrawReport, report=report, reason=reason)
