"""The emergency organisation as a chart: both bodies, their people and duties (7.1)."""

from collections.abc import Iterator
from typing import Any

from responder.domain.organisation import BODY_DUTIES, Body
from responder.domain.people import DEPARTMENT_NAMES
from responder.domain.site import Site
from responder.domain.words import Words

BODY_NAMES = {
    "command_body": Words("应急指挥决策机构", "Command and decision body"),
    "execution_body": Words("应急执行机构", "Executing body"),
}


def organisation_chart(site: Site) -> dict[str, Any]:
    """Both bodies: the head, the members with what they head, the duties in words."""
    bodies = {"command_body": site.command.body, "execution_body": site.execution_body}
    return {
        **{id: _body(site, body) for id, body in bodies.items()},
        "succession": list(site.command.succession),
    }


def _body(site: Site, body: Body) -> dict[str, Any]:
    return {
        "head": body.head or None,
        "principal": body.principal,
        "members": [_member(site, id) for id in body.everyone],
        "duties": {duty: {"zh": said.zh, "en": said.en} for duty, said in body.duties.items()},
    }


def _member(site: Site, id: str) -> dict[str, Any]:
    known = site.people.get(id)
    name, title = (known.name, known.title) if known else (Words(id, id), Words())
    return {
        "id": id,
        "name": {"zh": name.zh, "en": name.en},
        "title": {"zh": title.zh, "en": title.en},
        "head_of": (known.head_of or None) if known else None,
    }


def chart_lines(chart: dict[str, Any], language: str) -> Iterator[str]:
    """The chart in words, a line a member."""
    for id, name in BODY_NAMES.items():
        body = chart[id]
        yield f"{name.said(language)} ({len(body['members'])})"
        for member in body["members"]:
            yield f"  {_member_line(member, body, language)}"
        for duty, said in body["duties"].items():
            yield f"  {BODY_DUTIES[duty].said(language)}: {Words(**said).said(language)}"


def _member_line(member: dict[str, Any], body: dict[str, Any], language: str) -> str:
    parts = [Words(**member["name"]).said(language) or member["id"]]
    if title := Words(**member["title"]).said(language):
        parts.append(title)
    if member["id"] == body["head"]:
        head = Words("组长（主要领导）", "head, the principal leader")
        plain = Words("组长", "head")
        parts.append((head if body["principal"] else plain).said(language))
    if department := DEPARTMENT_NAMES.get(member["head_of"] or ""):
        said = Words(f"{department.zh}部门负责人", f"head of {department.en}")
        parts.append(said.said(language))
    return " · ".join(parts)
