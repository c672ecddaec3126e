"""`event`: the log of all events (运维事件, 5.8), emergencies or not."""

from typing import Any

import click

from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.frame import command, group
from responder.cli.given import Given, argument, option
from responder.commands.problems.events import (
    AssignEvent,
    CloseEvent,
    LogEvent,
    NoteEvent,
    event_line,
    events_logged,
    find_event,
)
from responder.domain.logged_event import IMPACT_NAMES, LEVELS, SCOPE_NAMES, SOURCE_NAMES

RANKS = click.IntRange(LEVELS[0], LEVELS[-1])


@command("log", "登记运维事件", "Log an event, in seconds")
@argument("text")
@option("--impact", type=RANKS, required=True, zh="影响程度，1最重", en="How grave, 1 the most")
@option("--scope", type=RANKS, required=True, zh="影响范围，1最广", en="How wide, 1 the most")
@option("--system", default="", zh="哪个系统", en="Which system")
@option(
    "--symptom",
    default="",
    zh="现象（处置方案编号或几个字），用于识别重复发生",
    en="The symptom, by which it is known again: a playbook's id, or words",
)
@option("--owner", default="", metavar="PERSON", zh="由谁办理", en="Who sees to it")
def logged(given: Given, text: str, **said: Any) -> None:
    """Log it."""
    act(given, LogEvent, pages=bool(said["owner"]), title=text, **said)


@command("list", "运维事件登记", "The log")
@option("--open", "still", is_flag=True, zh="只看未办结的（默认）", en="Open ones alone (usual)")
@option("--overdue", is_flag=True, zh="只看逾期的", en="Idle for too long")
@option("--owner", default="", metavar="PERSON", zh="只看某人的", en="One person's alone")
@option("--month", default="", metavar="2026-10", zh="某月登记的", en="Those of a month")
@option("--all", "everything", is_flag=True, zh="含已办结的", en="The closed ones too")
def listed(given: Given, still: bool, **wanted: Any) -> None:
    """List it."""
    with looking(given) as house:
        found = house.read(lambda uow, now: events_logged(uow, now, **wanted))
        site = house.roster().site
    found = [one for one in found if one["open"] or not still]
    if given.as_json:
        say_json({"events": found})
        return
    names = show.Names(site, given.language)
    if not found:
        show.line(names.said("没有这样的运维事件。", "There is no such event."))
        return
    headings = (
        "",
        names.said("运维事件", "event"),
        names.said("优先级", "priority"),
        names.said("系统", "system"),
        names.said("负责人", "owner"),
        names.said("登记时间", "logged"),
        names.said("状态", "state"),
    )
    show.table(headings, [_row(one, names) for one in found])


def _row(one: dict[str, Any], names: show.Names) -> tuple[Any, ...]:
    return (
        one["id"],
        one["title"],
        one["priority"],
        names.system(one["system"]) if one["system"] else "—",
        names.person(one["owner"]) if one["owner"] else "—",
        names.clock(one["at"], full=True),
        _state(one, names),
    )


def _state(one: dict[str, Any], names: show.Names) -> Any:
    if not one["open"]:
        return names.said("已办结", "closed")
    if one["overdue"]:
        return "red", names.said("逾期", "overdue")
    return one["became"] or names.said("办理中", "open")


@command("show", "一起运维事件", "One event in full")
@argument("event")
def shown(given: Given, event: str) -> None:
    """Show it."""
    with looking(given) as house:
        site = house.roster().site
        found = house.read(
            lambda uow, now: event_line(find_event(uow, event), site.event_rules, now)
        )
    if given.as_json:
        say_json(found)
        return
    names = show.Names(site, given.language)
    impact = IMPACT_NAMES[found["impact"]].said(names.language)
    scope = SCOPE_NAMES[found["scope"]].said(names.language)
    show.line(f"{found['id']} · {found['title']}")
    show.line(
        names.said(
            f"优先级{found['priority']}：{impact}，{scope}",
            f"Priority {found['priority']}: {impact}; {scope}",
        )
    )
    show.line(names.said("来源：", "From: ") + SOURCE_NAMES[found["source"]].said(names.language))
    if found["heard"]:
        show.line(names.said(f"另有同样报告{found['heard']}次", f"Reported {found['heard']} more"))
    for note in found["notes"]:
        show.line(f"{names.clock(note['at'], full=True)} {names.person(note['by'])} {note['text']}")
    if found["outcome"]:
        show.line(names.said("结果：", "Outcome: ") + found["outcome"])


@command("assign", "分派运维事件", "Say who sees to it")
@argument("event")
@argument("person")
def assigned(given: Given, event: str, person: str) -> None:
    """Assign it."""
    act(given, AssignEvent, pages=True, event=event, to=person)


@command("note", "登记进展", "Say what was done")
@argument("event")
@argument("text")
def noted(given: Given, event: str, text: str) -> None:
    """Note it."""
    act(given, NoteEvent, event=event, text=text)


@command("close", "办结运维事件", "Close it")
@argument("event")
@argument("outcome")
def closed(given: Given, event: str, outcome: str) -> None:
    """Close it."""
    act(given, CloseEvent, event=event, outcome=outcome)


event = group(
    "event",
    "运维事件登记",
    "The log of all events",
    logged,
    listed,
    shown,
    assigned,
    noted,
    closed,
)
