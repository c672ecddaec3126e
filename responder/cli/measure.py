"""`measure`: the register of corrective actions (整改台账)."""

from datetime import date
from typing import Any

import click

from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.frame import command, group
from responder.cli.given import Given, argument, option
from responder.cli.values import DAY
from responder.commands.measures.listed import measures, origin_words
from responder.commands.measures.measure import (
    AddMeasure,
    DropMeasure,
    ExtendMeasure,
    HandMeasure,
    MeasureDone,
    VerifyMeasure,
)
from responder.domain.measure import STATE_NAMES, Origin, State


@command("add", "列入整改台账", "Put a measure on the register")
@argument("source", metavar="INCIDENT|ID")
@argument("title")
@option("--owner", required=True, metavar="PERSON", zh="负责人", en="Who does it")
@option("--due", required=True, type=DAY, zh="完成期限", en="By when")
@option("--cause", default="", zh="针对哪一条原因", en="Which cause it is for")
@option("--clause", default="", zh="对应的条款", en="The clause it answers")
@option(
    "--origin",
    default=Origin.INCIDENT.value,
    type=click.Choice([one.value for one in Origin]),
    zh="来源：事件、演练、检查、问题",
    en="What it comes from",
)
def added(
    given: Given,
    source: str,
    title: str,
    owner: str,
    due: date,
    cause: str,
    clause: str,
    origin: str,
) -> None:
    """Put it on."""
    fields: dict[str, Any] = {"cause": cause, "clause": clause, "origin": Origin(origin)}
    act(given, AddMeasure, incident=source, title=title, owner=owner, due_on=due, **fields)


@command("list", "整改台账", "The register")
@argument("incident", required=False)
@option("--overdue", is_flag=True, zh="只看逾期的", en="Overdue ones alone")
@option("--owner", default="", metavar="PERSON", zh="只看某人的", en="One person's alone")
@option("--all", "everything", is_flag=True, zh="含已销号的", en="The closed ones too")
def listed(given: Given, incident: str | None, overdue: bool, owner: str, everything: bool) -> None:
    """List it."""
    wanted: dict[str, Any] = {"overdue": overdue, "owner": owner, "everything": everything}
    with looking(given) as house:
        found = house.read(lambda uow, now: measures(uow, now, incident=incident or "", **wanted))
        site = house.roster().site
    if given.as_json:
        say_json({"measures": found})
        return
    names = show.Names(site, given.language)
    if not found:
        show.line(names.said("台账上没有这样的整改措施。", "There is no such measure."))
        return
    headings = (
        "",
        names.said("整改措施", "measure"),
        names.said("来源", "from"),
        names.said("负责人", "owner"),
        names.said("期限", "due"),
        names.said("状态", "state"),
    )
    show.table(headings, [_row(one, names) for one in found])


def _row(one: dict[str, Any], names: show.Names) -> tuple[Any, ...]:
    state = STATE_NAMES[State(one["state"])].said(names.language)
    if one["raised"] and one["state"] == State.OVERDUE:
        told = names.people([raised["person"] for raised in one["raised"]])
        state += names.said(f"，已报{told}", f"; known to {told}")
    source = origin_words(one).said(names.language)
    return one["id"], one["title"], source, names.person(one["owner"]), one["due_on"], state


@command("done", "整改完成，附证明", "It is done; give the proof")
@argument("measure")
@argument("proof")
def done(given: Given, measure: str, proof: str) -> None:
    """Say so; the proof is a piece of evidence by its number, or a text."""
    act(given, MeasureDone, measure=measure, proof=proof)


@command(
    "verify", "第二人验证；--objects 退回", "Verify it as a second person; --objects sends it back"
)
@argument("measure")
@option("--objects", default="", metavar="WHY", zh="不通过的理由", en="What is wrong with it")
def verified(given: Given, measure: str, objects: str) -> None:
    """Verify it, or send it back."""
    act(given, VerifyMeasure, measure=measure, objects=objects)


@command("drop", "取消整改措施", "It will not be done")
@argument("measure")
@option("--reason", required=True, zh="理由", en="Why")
def dropped(given: Given, measure: str, reason: str) -> None:
    """Drop it."""
    act(given, DropMeasure, measure=measure, reason=reason)


@command("extend", "延长整改期限", "Give it more time")
@argument("measure")
@option("--due", required=True, type=DAY, zh="新的期限", en="The new day")
@option("--reason", required=True, zh="理由", en="Why")
def extended(given: Given, measure: str, due: date, reason: str) -> None:
    """Extend it."""
    act(given, ExtendMeasure, measure=measure, due_on=due, reason=reason)


@command("hand", "改由他人负责", "Somebody else does it from now on")
@argument("measure")
@argument("person")
@option("--reason", required=True, zh="理由", en="Why")
def handed(given: Given, measure: str, person: str, reason: str) -> None:
    """Hand it over."""
    act(given, HandMeasure, measure=measure, owner=person, reason=reason)


measure = group(
    "measure",
    "整改台账",
    "The register of measures",
    added,
    listed,
    done,
    verified,
    dropped,
    extended,
    handed,
)
