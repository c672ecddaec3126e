"""`call`: what a human has to call, because no machine can."""

from typing import Any

import click

from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.frame import command, group
from responder.cli.given import Given, argument, option
from responder.commands.paging.call_task import RecordCall, TakeCall
from responder.commands.paging.calls_waiting import call_tasks
from responder.domain.call_task import Result
from responder.domain.words import Words


@command("list", "待人工联络的清单", "The calls to be made by hand")
@argument("incident")
def listed(given: Given, incident: str) -> None:
    """List them."""
    with looking(given) as house:
        found = house.read(lambda uow, now: call_tasks(uow, now, incident))
        site = house.roster().site
    if given.as_json:
        say_json({"id": incident, "calls": found})
        return
    names = show.Names(site, given.language)
    if not found:
        show.line(names.said("没有需要人工联络的。", "There is nobody to call by hand."))
        return
    headings = (
        "",
        names.said("联系谁", "whom"),
        names.said("方式", "how"),
        names.said("自", "since"),
        names.said("状态", "state"),
    )
    show.table(headings, [_row(call, names) for call in found])


def _row(call: dict[str, Any], names: show.Names) -> tuple[Any, ...]:
    whom, how, state = (
        Words(**call[part]).said(names.language) for part in ("name", "manner", "state")
    )
    waits = call["needed"] and not call["taken_by"]
    at = names.clock(call["asked_at"])
    return call["id"], whom, how, at, ("bold red" if waits else "", state)


@command("take", "由我联络；给出号码和要说的话", "I make this call: the number, and what to say")
@argument("incident")
@argument("call")
def taken(given: Given, incident: str, call: str) -> None:
    """Take it up."""
    act(given, TakeCall, incident=incident, call=call)


@command("done", "登记联络结果", "What came of a call")
@argument("incident")
@argument("call")
@argument("result", type=click.Choice([result.value for result in Result]))
@option("--words", default="", zh="对方怎么说", en="What they said")
@option(
    "--takes",
    default="",
    metavar="WHO",
    zh="对方表示接手：何人所说",
    en="They take the page: who said so",
)
def done(given: Given, incident: str, call: str, result: str, words: str, takes: str) -> None:
    """Record the result."""
    act(
        given,
        RecordCall,
        pages=True,
        incident=incident,
        call=call,
        result=Result(result),
        words=words,
        takes=takes,
    )


call = group("call", "人工联络", "Calls to be made by hand", listed, taken, done)
