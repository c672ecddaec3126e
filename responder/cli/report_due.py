"""`report due|take|done|postpone|end`: what is owed outside, on the clock."""

from datetime import datetime
from typing import Any

import click

from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.cli.values import instant
from responder.commands.obligations.due_list import STATES, due_list, how_late, owing
from responder.commands.obligations.owner_hunt import lasting
from responder.commands.obligations.reporting import (
    STATEABLE,
    DoStep,
    EndObligation,
    Postpone,
    TakeObligation,
)
from responder.commands.queries import find_incident
from responder.domain.obligation import step_name
from responder.domain.warning import is_warning
from responder.domain.words import Words

GRAVE = {"late": "bold red", "due": "yellow"}
REASON = option("--reason", required=True, metavar="WHY", zh="理由", en="Why")


@command("due", "应报、已报、逾期清单", "What is done, due, late and to come, by recipient")
@argument("incident", required=False, default="")
def due(given: Given, incident: str) -> None:
    """List one incident's, or of all that owe something."""
    with looking(given) as house:
        if incident and not is_warning(incident):
            house.read(lambda uow, _now: find_incident(uow, incident))
        found = house.read(
            lambda uow, now: {
                one: due_list(uow, now, one) for one in ([incident] if incident else owing(uow))
            }
        )
        site = house.roster().site
    if given.as_json:
        listed = [{"id": one, "obligations": rows} for one, rows in found.items()]
        say_json(listed[0] if incident else {"incidents": listed})
        return
    names = show.Names(site, given.language)
    if not any(found.values()):
        show.line(names.said("没有应报事项。", "Nothing is owed."))
    for one, rows in found.items():
        if rows:
            show.line(names.said("【演练】", "DRILL ") * one.startswith("DRL-") + one)
            show.table(_headings(names), [_row(row, names) for row in rows])


def _headings(names: show.Names) -> tuple[str, ...]:
    return (
        "",
        names.said("事项", "what"),
        names.said("报送对象", "to"),
        names.said("状态", "state"),
        names.said("时限", "limit"),
        names.said("负责", "owner"),
    )


def _row(row: dict[str, Any], names: show.Names) -> tuple[Any, ...]:
    words = {part: Words(**row[part]).said(names.language) for part in ("title", "addressee")}
    limit = names.said("立即", "at once") if row["at_once"] else ""
    limit = limit or (names.clock(row["due_at"]) if row["due_at"] else "—")
    person = row["done_by"] or row["ended_by"] or row["owner"]
    held = names.person(person) if person else "—"
    if row["state"] in ("due", "late") and not row["taken_at"]:
        held += names.said("（未接手）", " (not taken)")
    state = (GRAVE.get(row["state"], ""), _state(row, names))
    return row["place"] or "", words["title"], words["addressee"], state, limit, held


def _state(row: dict[str, Any], names: show.Names) -> str:
    said = STATES[row["state"]].said(names.language)
    if row["late_s"]:
        said += names.said(*how_late(row["at_once"], row["late_s"]))
    elif row["in_s"] is not None:
        left = lasting(row["in_s"])
        said += names.said(f"，还有{left.zh}", f", {left.en} left")
    if row["done_at"]:
        said += f" {names.clock(row['done_at'])}"
    following = next((step["id"] for step in row["steps"] if not step["done_at"]), None)
    step = step_name(following or "")
    if following and row["state"] in ("due", "late") and len(row["steps"]) > 1:
        said += names.said(f"；下一步{step.zh}", f"; next: {step.en}")
    return said


@command("take", "由我负责报送", "I see to it; without ID to all that nobody has in hand")
@argument("incident")
@argument("obligation", required=False, default="")
def take(given: Given, incident: str, obligation: str) -> None:
    """Take it in hand."""
    act(given, TakeObligation, incident=incident, obligation=obligation)


@command("done", "登记已报送一步", "Record that a step was done by a human")
@argument("incident")
@argument("obligation")
@argument("step", required=False, default="")
@option("--taken-by", default="", metavar="NAME", zh="对方接报人", en="Who took it there")
@option("--proof", default="", metavar="TEXT", zh="凭据", en="What proves it")
@option("--at", default="", metavar="TIME", zh="何时（默认现在）", en="When, if not now")
@option(
    "--states",
    multiple=True,
    type=click.Choice([state.value for state in STATEABLE]),
    zh="报告称已恢复等",
    en="What the report tells of",
)
@option("--preliminary", is_flag=True, zh="原因未明，随后补充", en="The cause is still open")
def done(
    given: Given,
    incident: str,
    obligation: str,
    step: str,
    taken_by: str,
    proof: str,
    at: str,
    states: tuple[str, ...],
    preliminary: bool,
) -> None:
    """Record it."""
    act(
        given,
        DoStep,
        incident=incident,
        obligation=obligation,
        step=step,
        taken_by=taken_by,
        proof=proof,
        done_at=_told(given, at) if at else None,
        states=states,
        preliminary=preliminary,
    )


def _told(given: Given, text: str) -> datetime:
    """An instant as people write it, in the site's zone."""
    with looking(given) as house:
        return instant(text, house.clock.now(), house.roster().site.time_zone)


@command("postpone", "登记延期，合规人员将得知", "Say that a limit is not kept; it stays late")
@argument("incident")
@argument("obligation")
@option("--until", required=True, metavar="TIME", zh="延至", en="Expected by")
@REASON
def postpone(given: Given, incident: str, obligation: str, until: str, reason: str) -> None:
    """Postpone it."""
    fields: dict[str, Any] = {"until": _told(given, until), "reason": reason}
    act(given, Postpone, incident=incident, obligation=obligation, **fields)


@command("end", "终止应报事项，合规人员将得知", "End what is due, by name; compliance is told")
@argument("incident")
@argument("obligation")
@REASON
def end(given: Given, incident: str, obligation: str, reason: str) -> None:
    """End it."""
    act(given, EndObligation, incident=incident, obligation=obligation, reason=reason)
