"""`task`: the tasks of an incident."""

from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.casebook import show_tasks
from responder.cli.frame import command, group
from responder.cli.given import Given, argument, option
from responder.commands.incidents.task import AssignTask, DoTask, WaiveTask
from responder.commands.queries import find_incident, tasks


@command("list", "事件的任务", "The tasks of an incident")
@argument("incident")
def listed(given: Given, incident: str) -> None:
    """List them."""
    with looking(given) as house:
        house.read(lambda uow, _now: find_incident(uow, incident))
        found = house.read(lambda uow, _now: tasks(uow, incident))
        site, now = house.roster().site, house.clock.now()
    if given.as_json:
        say_json({"id": incident, "tasks": found})
    else:
        show_tasks(found, show.Names(site, given.language), now)


@command("done", "任务完成", "A task is done")
@argument("incident")
@argument("task")
@option("--sure", is_flag=True, zh="危险操作，确已完成", en="It is dangerous, and it is done")
@option(
    "--break-glass",
    default="",
    metavar="REASON",
    zh="决策之前先行完成：理由（现场指挥）",
    en="Before its decision, because (the commander alone)",
)
def done(given: Given, incident: str, task: str, sure: bool, break_glass: str) -> None:
    """Complete it."""
    act(given, DoTask, incident=incident, task=task, sure=sure, break_glass=break_glass)


@command("waive", "任务不需要做", "A task is not needed")
@argument("incident")
@argument("task")
@option("--reason", required=True, zh="理由", en="Why")
def waived(given: Given, incident: str, task: str, reason: str) -> None:
    """Waive it."""
    act(given, WaiveTask, incident=incident, task=task, reason=reason)


@command("assign", "把任务交给某人", "Give a task to somebody")
@argument("incident")
@argument("task")
@argument("person")
def assigned(given: Given, incident: str, task: str, person: str) -> None:
    """Assign it."""
    act(given, AssignTask, pages=True, incident=incident, task=task, to=person)


task = group("task", "任务", "Tasks of an incident", listed, done, waived, assigned)
