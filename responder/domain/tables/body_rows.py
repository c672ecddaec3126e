"""Rows of the command body and the executing body taken into a register."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from responder.domain.organisation import BODY_DUTIES, Body, Command
from responder.domain.tables.draft import Draft, Names
from responder.domain.tables.sheet import Row
from responder.domain.words import Words

COMMAND = "command_body"
EXECUTION = "execution_body"
LISTS = ("member", "succession")


def take_bodies(draft: Draft, rows: Iterable[Row], names: Names) -> None:
    """A part that the table names is then exactly as it says, in its order; the rest stays."""
    said: dict[str, dict[str, list[str]]] = {COMMAND: {}, EXECUTION: {}}
    first: dict[str, Row] = {}
    waits: list[timedelta] = []
    duties: dict[str, dict[str, Words]] = {COMMAND: {}, EXECUTION: {}}
    for row in rows:
        body, part = row.values.get("body", ""), row.values.get("part", "")
        person = names.person(row.values.get("person", ""), row, "person")
        if person is None or not _is_whole(draft, row, body, part, person):
            continue
        first.setdefault(body, row)
        if part == "wait":
            waits.append(row.values["wait"])
        elif part in BODY_DUTIES:
            words = Words(row.values.get("says.zh", ""), row.values.get("says.en", ""))
            duties[body][part] = words
        else:
            said[body].setdefault(part, []).append(person)
    site = draft.site
    command, execution = site.command, site.execution_body
    after = Command(
        _body(command.body, said[COMMAND], duties[COMMAND]),
        tuple(said[COMMAND].get("succession", command.succession)),
        waits[-1] if waits else command.hand_down_after,
    )
    executing = _body(execution, said[EXECUTION], duties[EXECUTION])
    if COMMAND in first:
        draft.put("command", "", first[COMMAND], command, after)
    if EXECUTION in first:
        draft.put(EXECUTION, "", first[EXECUTION], execution, executing)
    draft.site = replace(site, command=after, execution_body=executing)


def _body(before: Body, said: dict[str, list[str]], duties: dict[str, Words]) -> Body:
    return replace(
        before,
        head=said["head"][-1] if "head" in said else before.head,
        members=tuple(said.get("member", before.members)),
        principal="principal" in said or before.principal,
        duties={**before.duties, **duties},
    )


def _is_whole(draft: Draft, row: Row, body: str, part: str, person: str) -> bool:
    """Whether a row says all that its part takes."""
    lacking = ""
    if not body or not part:
        lacking = "body" if not body else "part"
    elif part == "wait" and not row.values.get("wait"):
        lacking = "wait"
    elif part in ("head", *LISTS) and not person:
        lacking = "person"
    if lacking:
        what = Words("这一行不完整。", "This row is not complete.")
        mend = Words("请补上空着的一格。", "Fill in the empty cell.")
        draft.fault(row, what, mend, lacking)
    return not lacking
