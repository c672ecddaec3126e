"""`role`: who fills which role in an incident."""

from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.frame import command, group
from responder.cli.given import Given, argument
from responder.commands.incidents.role import GiveRole, TakeRole, roles_in


@command("list", "事件中谁担任什么岗位", "Who fills which role in an incident")
@argument("incident")
def listed(given: Given, incident: str) -> None:
    """List them."""
    with looking(given) as house:
        found = house.read(lambda uow, now: roles_in(uow, incident, now))
        site = house.roster().site
    if given.as_json:
        say_json({"id": incident, "roles": found})
        return
    names = show.Names(site, given.language)
    said = names.said
    show.table(
        (
            said("岗位", "role"),
            said("编号", "id"),
            said("由谁担任", "filled by"),
            said("未完成任务", "open tasks"),
            "",
        ),
        [
            (
                one["name"][names.language] or one["role"],
                one["role"],
                names.person(one["person"]) if one["person"] else ("red", said("无人", "nobody")),
                one["open_tasks"] or "—",
                said("本事件指定", "for this incident") if one["given"] else "",
            )
            for one in found
        ],
    )


@command("give", "指定某人在事件中担任岗位", "Somebody fills a role from now on")
@argument("incident")
@argument("role")
@argument("person")
def gave(given: Given, incident: str, role: str, person: str) -> None:
    """Give it."""
    act(given, GiveRole, pages=True, incident=incident, role=role, to=person)


@command("take", "由我在事件中担任岗位", "I fill a role from now on")
@argument("incident")
@argument("role")
def took(given: Given, incident: str, role: str) -> None:
    """Take it."""
    act(given, TakeRole, incident=incident, role=role)


role = group("role", "事件中的岗位", "Roles in an incident", listed, gave, took)
