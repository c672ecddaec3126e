"""`who`: who is on duty, who decides, and how to reach them."""

from typing import Any

from responder import app
from responder.cli import show
from responder.cli.acting import say_json, settings_for
from responder.cli.frame import command
from responder.cli.given import Given, option
from responder.cli.values import instant
from responder.commands.manual.organisation_chart import chart_lines, organisation_chart
from responder.commands.manual.sight import seen_by, terminal_sight
from responder.commands.manual.who import who as find
from responder.domain.site import Site


@command(
    "who",
    "此刻（或某时）谁在岗、谁备岗、决策递补顺序，以及联系方式",
    "Who is on duty now (or then), who backs them up, who decides in which order, and their ways",
)
@option("--at", metavar="TIME", zh="何时（默认现在）", en="When; default now")
@option("--role", default="", zh="只看一个岗位", en="One role only")
@option("--org", is_flag=True, zh="应急组织体系：机构、成员、职责", en="The emergency organisation")
def who(given: Given, at: str | None, role: str, org: bool) -> None:
    """Say who."""
    roster = app.roster_in_force(settings_for(given))
    if org:
        _show_organisation(given, roster.site)
        return
    now = app.system_clock().now()
    when = instant(at, now, roster.site.time_zone) if at else now
    found = seen_by(terminal_sight(roster, given.acting), find(roster, when, role))
    if given.as_json:
        say_json(found)
        return
    names = show.Names(roster.site, given.language)
    said = names.said
    show.line(names.clock(when, full=True) + f" {roster.site.time_zone}", "bold")
    show.table(
        (
            said("岗位", "role"),
            said("在岗", "holder"),
            said("编号", "id"),
            said("备岗", "backup"),
            said("联系方式", "ways"),
        ),
        [_role(post, found["people"], names) for post in found["roles"]],
    )
    if found["succession"]:
        show.line("")
        show.table(
            (
                "",
                said("决策递补顺序", "order of succession"),
                said("编号", "id"),
                said("联系方式", "ways"),
            ),
            [
                (place, _name(id, found["people"], names), id, _ways(found["people"][id]))
                for place, id in enumerate(found["succession"], 1)
            ],
        )


def _show_organisation(given: Given, site: Site) -> None:
    chart = organisation_chart(site)
    if given.as_json:
        say_json(chart)
        return
    for line in chart_lines(chart, given.language):
        show.line(line, "" if line.startswith(" ") else "bold")


def _role(post: dict[str, Any], people: dict[str, Any], names: show.Names) -> tuple[Any, ...]:
    name = post["name"][names.language] or post["role"]
    holder = post["holder"]
    if holder is None:
        return name, ("red", names.said("无人", "nobody")), "", "", ""
    backup = post["backup"] if post["backup"] != holder else None
    second = _name(backup, people, names) if backup else "—"
    return name, _name(holder, people, names), holder, second, _ways(people[holder])


def _name(id: str, people: dict[str, Any], names: show.Names) -> Any:
    person = people[id]
    name = person["name"][names.language] or id
    if not person["known"]:
        return ("red", names.said(f"{id}（查无此人）", f"{id} (unknown)"))
    if person["absent"]:
        return ("yellow", names.said(f"{name}（缺勤）", f"{name} (away)"))
    return name


def _ways(person: dict[str, Any]) -> str:
    """What can be dialled first: a person reading this is about to call."""
    reach = sorted(person["reach"], key=lambda way: way["via"] not in ("voice", "by_hand"))
    return " · ".join(f"{way['how'] or way['via']} {way['to']}" for way in reach)
