"""`page`, `ack`, `decline`."""

from responder.cli.acting import act
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.cli.rehearse import say_who_would_be_called
from responder.commands.paging.answering import Acknowledge, Decline, Page


@command(
    "page",
    "呼叫人员。对象：人员编号、role:岗位、team:班组、succession",
    "Call people in. TARGET: a person's id, role:R, team:T or succession",
)
@argument("target")
@option("--incident", required=True, metavar="ID", zh="哪个事件", en="For which incident")
@option("--why", required=True, zh="为什么", en="What for")
@option(
    "--dry-run",
    is_flag=True,
    zh="只列出将呼叫谁、何时、以何种方式",
    en="Only say who would be called, when and how",
)
def page(given: Given, target: str, incident: str, why: str, dry_run: bool) -> None:
    """Call people in, or say who would be."""
    if dry_run:
        say_who_would_be_called(given, target, incident)
    else:
        act(given, Page, pages=True, incident=incident, target=target, why=why)


@command("ack", "接手事件或预警", "Take the page of an incident or a warning")
@argument("incident")
def ack(given: Given, incident: str) -> None:
    """Take it."""
    act(given, Acknowledge, incident=incident)


@command("decline", "不能接手，转下一位", "Pass the page to the next person")
@argument("incident")
@option("--sure", is_flag=True, zh="该岗位只有我，仍然转", en="Even if nobody else holds my post")
def decline(given: Given, incident: str, sure: bool) -> None:
    """Pass it on."""
    act(given, Decline, pages=True, incident=incident, sure=sure)
