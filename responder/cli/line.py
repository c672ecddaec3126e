"""`line`: the agreed line of an incident, proposed by one and approved by another."""

from typing import Any

from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.frame import command, group
from responder.cli.given import Given, argument, option
from responder.commands.notices.agreed_line import ApproveLine, ProposeLine, shown
from responder.domain.words import Words


@command("show", "统一解释口径：现行、待签发", "The agreed line: in force, and proposed")
@argument("incident")
def line_shown(given: Given, incident: str) -> None:
    """Show it."""
    with looking(given) as house:
        found = house.read(lambda uow, _now: shown(uow, incident))
        site = house.roster().site
    if given.as_json:
        say_json(found)
        return
    names = show.Names(site, given.language)
    if not found["versions"]:
        show.line(names.said("还没有口径。", "There is no agreed line yet."))
    for one in found["versions"][-2:]:
        _show_version(one, names)


def _show_version(one: dict[str, Any], names: show.Names) -> None:
    said = names.said
    approved = one["approved_by"]
    by = f"{names.clock(one['approved_at'])} {names.person(approved)}" if approved else ""
    state = said(f"已签发 {by}", f"approved {by}") if approved else said("待签发", "to be approved")
    head = said(f"口径第{one['version']}版", f"Agreed line, version {one['version']}")
    show.line(f"{head}  {one['reference']}  {state}", "bold")
    show.line(one["line"][names.language] or one["line"]["zh"])
    for sentence in one["may_say"]:
        show.line(said("可以说：", "May be said: ") + (sentence[names.language] or sentence["zh"]))
    for phrase in one["never_say"].get(names.language, ()):
        show.line(said("不得说：", "Never said: ") + phrase)


@command("propose", "提出新一版口径，待另一人签发", "Propose a version")
@argument("incident")
@option("--zh", default="", metavar="TEXT", zh="口径，中文", en="The line in Chinese")
@option("--en", default="", metavar="TEXT", zh="口径，英文", en="The line in English")
@option("--may-say", multiple=True, metavar="TEXT", zh="可以说的一句", en="A sentence to add")
@option("--never-say", multiple=True, metavar="TEXT", zh="不得说的一句", en="A phrase to forbid")
@option("--reason", default="", metavar="WHY", zh="为何改", en="Why it changes")
def line_proposed(
    given: Given,
    incident: str,
    zh: str,
    en: str,
    may_say: tuple[str, ...],
    never_say: tuple[str, ...],
    reason: str,
) -> None:
    """Propose it."""
    act(
        given,
        ProposeLine,
        pages=True,
        incident=incident,
        line=Words(zh, en),
        may_say=tuple(Words(one, one) for one in may_say),
        never_say=never_say,
        reason=reason,
    )


@command("approve", "签发口径；提出人不能自己签发", "Approve it; whoever proposed it cannot")
@argument("incident")
@option("--version", type=int, default=0, metavar="N", zh="第几版", en="Which version")
def line_approved(given: Given, incident: str, version: int) -> None:
    """Approve it."""
    act(given, ApproveLine, pages=True, incident=incident, version=version)


line = group("line", "统一解释口径", "The agreed line", line_shown, line_proposed, line_approved)
