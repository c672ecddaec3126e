"""`incident`: looking at incidents and moving them on."""

from typing import Any

import click

from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.casebook import show_incident, show_list, show_timeline
from responder.cli.frame import command, group
from responder.cli.given import Given, argument, option
from responder.cli.values import LEVEL
from responder.commands.firm import PullContacts
from responder.commands.incidents.leading import COMMAND, KEEPING, HandOver, SetLevel, Take
from responder.commands.incidents.phase import Cancel, Reopen, SetPhase
from responder.commands.queries import entry_line, incidents, timeline
from responder.commands.queries import incident as find
from responder.domain.incident import Phase
from responder.domain.site import Site
from responder.ports.unit_of_work import UnitOfWork

PHASES = [p.value for p in Phase if p not in (Phase.DECLARED, Phase.CANCELLED)]


@command("list", "未办结的事件", "The open incidents")
@option("--all", "everything", is_flag=True, zh="含已办结的", en="The closed ones too")
def listed(given: Given, everything: bool) -> None:
    """List them."""
    with looking(given) as house:
        found = house.read(lambda uow, _now: incidents(uow, everything))
        site = house.roster().site
    if given.as_json:
        say_json({"incidents": found})
    else:
        show_list(found, show.Names(site, given.language))


@command("show", "一个事件的全部现状", "How one incident stands")
@argument("id")
def shown(given: Given, id: str) -> None:
    """Show it."""

    def both(uow: UnitOfWork, _now: Any) -> tuple[dict[str, Any], Site]:
        found = find(uow, id)
        return found, uow.sites.get(found["site_version"])

    with looking(given) as house:
        found, site = house.read(both)
        now = house.clock.now()
    if given.as_json:
        say_json(found)
    else:
        show_incident(found, show.Names(site, given.language), now)


@command("timeline", "处置记录，按发生先后", "The record, in order")
@argument("id")
def timed(given: Given, id: str) -> None:
    """Show the record."""
    with looking(given) as house:
        entries = house.read(lambda uow, _now: timeline(uow, id))
        site = house.roster().site
        if given.as_json:
            say_json({"id": id, "entries": [entry_line(entry) for entry in entries]})
        else:
            show_timeline(entries, show.Names(site, given.language))


@command("set", "推进事件状态", "Move an incident on")
@argument("id")
@argument("phase", type=click.Choice(PHASES))
@option("--reason", default="", zh="理由（未验证业务时必填）", en="Why; needed if not verified")
def moved(given: Given, id: str, phase: str, reason: str) -> None:
    """Change the phase."""
    act(given, SetPhase, incident=id, phase=Phase(phase), reason=reason)


@command("cancel", "撤销（误报）", "Cancel: a false alarm")
@argument("id")
@option("--reason", required=True, zh="理由", en="Why")
def cancelled(given: Given, id: str, reason: str) -> None:
    """Cancel it."""
    act(given, Cancel, incident=id, reason=reason)


@command("reopen", "重新启动处置", "It is not over: work on it again")
@argument("id")
@option("--reason", required=True, zh="理由", en="Why")
def reopened(given: Given, id: str, reason: str) -> None:
    """Reopen it."""
    act(given, Reopen, pages=True, incident=id, reason=reason)


@command("level", "调整响应级别（降级须第二人确认）", "Change the level; lowering takes two")
@argument("id")
@argument("level", type=LEVEL)
@option("--reason", required=True, zh="理由", en="Why")
def levelled(given: Given, id: str, level: int, reason: str) -> None:
    """Change the level."""
    act(given, SetLevel, pages=True, incident=id, level=level, reason=reason)


@command("handover", "移交现场指挥或值守", "Hand over command, or the watch")
@argument("id")
@argument("person")
@option("--watch", is_flag=True, zh="移交的是值守", en="The watch, not command")
def handed_over(given: Given, id: str, person: str, watch: bool) -> None:
    """Offer it."""
    act(given, HandOver, pages=True, incident=id, to=person, what=KEEPING if watch else COMMAND)


@command("take", "接班，或依序接任现场指挥", "Accept a handover, or take command by rank")
@argument("id")
@option("--watch", is_flag=True, zh="接的是值守", en="The watch, not command")
def taken(given: Given, id: str, watch: bool) -> None:
    """Take over."""
    act(given, Take, incident=id, what=KEEPING if watch else COMMAND)


@command("pull", "让该事件改用现行的联系人和值班表", "Let it use the contacts now in force")
@argument("id")
def pulled(given: Given, id: str) -> None:
    """Pull the contacts in."""
    act(given, PullContacts, incident=id)


incident = group(
    "incident",
    "查看和推进事件",
    "Look at incidents, move them on",
    listed,
    shown,
    timed,
    moved,
    cancelled,
    reopened,
    levelled,
    handed_over,
    taken,
    pulled,
)
