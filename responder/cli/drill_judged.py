"""`drill mark` to `drill reported`: a drill judged, its report written, its file closed."""

from datetime import date
from pathlib import Path

import click

from responder import app
from responder.cli.acting import act, looking
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.cli.papers import PATH, written
from responder.cli.values import DAY, instant
from responder.commands.drills.after_action import after_action
from responder.commands.drills.closing import (
    AnswerPlanChange,
    CloseDrill,
    EvaluateDrill,
    ReportDrill,
)
from responder.commands.drills.conducting import MarkExpected, Observe
from responder.commands.drills.entering import EnterAction
from responder.domain.drill import Result


@command("mark", "评估人评定一个预期动作", "Mark an expected action that no entry shows")
@argument("id")
@argument("expected")
@argument("result", type=click.Choice([one.value for one in Result]))
@option("--why", required=True, zh="依据", en="On what ground")
def mark(given: Given, id: str, expected: str, result: str, why: str) -> None:
    """Mark it."""
    act(given, MarkExpected, incident=id, expected=expected, result=Result(result), why=why)


@command(
    "enter",
    "补登在系统外完成的预期动作，写明实际时间（标为人工补登，归档前可登）",
    "Enter by hand what was done outside the system, by its true time; until the file is closed",
)
@argument("id")
@argument("expected")
@option("--at", required=True, metavar="TIME", zh="实际完成的时间", en="When it was really done")
@option("--by", "person", required=True, metavar="PERSON", zh="谁完成的", en="Who did it")
@option("--reason", required=True, zh="怎样做的、如何得知", en="How, and how that is known")
def enter(given: Given, id: str, expected: str, at: str, person: str, reason: str) -> None:
    """Enter it."""
    with looking(given) as house:
        when = instant(at, house.clock.now(), house.roster().site.time_zone)
    act(given, EnterAction, incident=id, expected=expected, person=person, at=when, reason=reason)


@command("observe", "登记评估人的观察", "Put down what an evaluator saw")
@argument("id")
@argument("text")
@option("--objective", default="", zh="针对哪个目标", en="Which objective it is about")
@option("--strength", is_flag=True, zh="做得好的地方", en="Something done well")
def observe(given: Given, id: str, text: str, objective: str, strength: bool) -> None:
    """Keep it."""
    act(given, Observe, incident=id, text=text, objective=objective, strength=strength)


@command("report", "演练评估报告（PDF）", "The after-action report, as PDF")
@argument("id")
@option("--out", required=True, type=PATH, metavar="FILE.pdf", zh="写到哪里", en="Where to")
@option("--anonymous", is_flag=True, zh="反馈不署名", en="Without who gave which feedback")
def report(given: Given, id: str, out: Path, anonymous: bool) -> None:
    """Write it."""
    with looking(given) as house:
        found = house.read(lambda uow, now: after_action(uow, id, now, anonymous=anonymous))
    written(given, out, app.papers_of().make("after-action", found, given.language), id)


@command("evaluate", "评估完成", "The evaluation is complete")
@argument("id")
def evaluate(given: Given, id: str) -> None:
    """Complete it."""
    act(given, EvaluateDrill, incident=id)


@command(
    "plan-change",
    "预案是否据此修订：none 不修订，或写明改哪里",
    "Does the emergency plan change for it? none, or what is to change",
)
@argument("id")
@argument("change")
def plan_change(given: Given, id: str, change: str) -> None:
    """Answer it."""
    act(given, AnswerPlanChange, incident=id, change=change)


@command("close", "演练归档", "Close a drill's file")
@argument("id")
def close(given: Given, id: str) -> None:
    """Close it."""
    act(given, CloseDrill, incident=id)


@command("reported", "登记已向监管部门报告演练", "Record that a drill was reported")
@argument("id")
@option("--to", required=True, metavar="UNIT", zh="报给哪个单位", en="To which unit")
@option("--receipt", required=True, zh="回执编号", en="The receipt")
@option("--on", type=DAY, default=None, zh="日期（默认今天）", en="The day; default today")
def reported(given: Given, id: str, to: str, receipt: str, on: date | None) -> None:
    """Keep it."""
    act(given, ReportDrill, incident=id, to=to, receipt=receipt, on=on)
