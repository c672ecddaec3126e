"""`plan`: the playbooks, one as a person at work needs it, and the plan's life cycle."""

from responder import app
from responder.cli import show
from responder.cli.acting import looking, say_json, settings_for
from responder.cli.frame import command, group
from responder.cli.given import Given, argument
from responder.cli.plan_known import checked, covered, quizzed, read, receipts_shown
from responder.cli.plan_life import (
    adopted,
    compared,
    filed,
    filings_shown,
    reviewed,
    versions_shown,
)
from responder.cli.plan_paper import packed, printed
from responder.commands.planning.playbook_words import scheme_lines
from responder.commands.planning.playbooks import SERIES, Scheme, plans


@command("list", "全部处置方案", "All the playbooks")
def listed(given: Given) -> None:
    """List them."""
    site = app.roster_in_force(settings_for(given)).site
    found = plans(site)
    if given.as_json:
        say_json(found)
        return
    names = show.Names(site, given.language)
    said = names.said
    reviewed = found["reviewed_on"] or "—"
    show.line(
        said(
            f"应急预案{found['version'] or '—'}版，最近一次评估：{reviewed}",
            f"Plan {found['version'] or '—'}, last reviewed: {reviewed}",
        ),
        "bold",
    )
    show.table(
        (
            said("编号", "id"),
            said("处置方案", "playbook"),
            said("故障", "fault"),
            said("级别", "level"),
            said("维护", "owner"),
        ),
        [
            (
                book["id"],
                book["title"][names.language],
                book["fault"] or "—",
                names.level(book["level"]),
                names.person(book["owner"]),
            )
            for book in found["playbooks"]
        ],
    )


@command(
    "show",
    "一个处置方案；给事件编号则为该事件启动时的版本",
    "One playbook; for an incident, the copy that it runs by",
)
@argument("id")
def shown(given: Given, id: str) -> None:
    """Show it."""
    if id.startswith(SERIES):
        with looking(given) as house:
            roster, now = house.roster(), house.clock.now()
            scheme = house.read(lambda uow, _now: Scheme.find(uow, roster, id))
    else:
        roster, now = app.roster_in_force(settings_for(given)), app.system_clock().now()
        scheme = Scheme.of(roster, id)
    if given.as_json:
        say_json(scheme.facts)
        return
    for line in scheme_lines(scheme, now, given.language):
        show.line(line)


plan = group(
    "plan",
    "处置方案与应急预案",
    "Playbooks, and the life of the plan",
    listed,
    shown,
    versions_shown,
    compared,
    adopted,
    reviewed,
    filed,
    filings_shown,
    read,
    quizzed,
    receipts_shown,
    covered,
    checked,
    printed,
    packed,
)
