"""Whom a target means now: a person, a role, a team, the succession."""

from responder.commands.case import Case
from responder.domain.organisation import SUCCESSION
from responder.domain.people import DEPARTMENTS
from responder.domain.roster import Target
from responder.errors import BadInput, UnknownId


def whom(case: Case, target: str) -> list[str]:
    """The people a target means now. Raises UnknownId or BadInput, with the mend."""
    parsed, site = Target.parse(target), case.site
    known: dict[str, list[str]] = {
        "person": list(site.people),
        "role": list(site.roles),
        "team": [*site.teams, "command_body", "execution_body", *DEPARTMENTS],
        SUCCESSION: [""],
    }
    if parsed.id not in known.get(parsed.kind, ()):
        raise UnknownId("呼叫对象", "target", target, known.get(parsed.kind, known["person"]))
    people = case.roster.resolve(target, case.now).people
    if not people:
        raise BadInput(
            f"{target}目前没有可呼叫的人。",
            f"{target} means nobody at this moment.",
            "请直接写人员编号，或用 who 查看。",
            "Name a person instead, or look with `who`.",
        )
    return list(people)
