"""`drill call-list` and `drill partner`: units outside the firm in a joint drill."""

import click

from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.commands.drills.partners import RecordPartner, call_list
from responder.domain.call_task import manner

CAME = {"came": True, "absent": False}


@command(
    "call-list",
    "联合演练：逐家电话告知外部参演单位的号码和读稿（系统不发送）",
    "A joint drill: whom to call outside the firm, and what to read out; nothing is sent",
)
@argument("scenario")
def called(given: Given, scenario: str) -> None:
    """Show it."""
    with looking(given) as house:
        found = house.read(lambda uow, _now: call_list(uow, scenario))
    if given.as_json:
        say_json({"scenario": scenario, "calls": found})
        return
    if not found:
        show.line(given.said("这不是联合演练。", "This is no joint drill."))
    for one in found:
        language = given.language
        show.line(f"{one['name'][language]} · {one['contact'][language]}", "bold")
        for way in one["lines"]:
            note = f"（{way['note']}）" if way["note"] else ""
            show.line(f"  {manner(way['how']).said(language)} {way['to']}{note}")
        show.line(f"  {one['read_out'][language]}")


@command(
    "partner",
    "登记外部单位是否参加了联合演练",
    "Record whether a unit outside the firm took part in a joint drill",
)
@argument("id")
@argument("unit")
@argument("result", type=click.Choice(list(CAME)))
@option("--note", default="", zh="对方何人、情况如何", en="Who there, and how it went")
def partnered(given: Given, id: str, unit: str, result: str, note: str) -> None:
    """Record it."""
    act(given, RecordPartner, incident=id, unit=unit, came=CAME[result], note=note)
