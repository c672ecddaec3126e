"""`incident-report`: the paper on one incident, for leaders or in full."""

from pathlib import Path
from typing import Any

import click

from responder import app
from responder.cli.acting import act, looking, say_json
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.commands.aftermath.incident_paper import ApproveIncidentReport, report_order
from responder.domain.report_order import AUDIENCES, LEADERSHIP
from responder.errors import BadInput, UnknownId
from responder.ports.papers import Made

PATH: Any = click.Path(path_type=Path)


@command("incident-report", "事件处置报告（PDF）", "The report on an incident, as PDF")
@argument("incident")
@option(
    "--audience",
    type=click.Choice(AUDIENCES),
    default=LEADERSHIP,
    zh="给领导，或内部全文",
    en="For leaders, or in full",
)
@option("--out", required=True, type=PATH, metavar="FILE.pdf", zh="写到哪里", en="Where to")
@option("--author", default="", metavar="PERSON", zh="编制人", en="Who answers for it")
@option(
    "--approve",
    is_flag=True,
    zh="由我批准现有内容（须写明另一人编制）",
    en="Approve what it says; another is its author",
)
def incident_report(
    given: Given, incident: str, audience: str, out: Path, author: str, approve: bool
) -> None:
    """Write it; approved if so asked."""
    if approve:
        act(given, ApproveIncidentReport, incident=incident, author=author)
    with looking(given) as house:
        people = house.roster().site.people
        if author and author not in people:
            raise UnknownId("人员", "person", author, people)
        order = house.read(lambda uow, now: report_order(uow, incident, now, audience, author))
    made = app.papers_of().make("incident-report", order, given.language)
    written(given, out, made, incident)


def written(given: Given, out: Path, made: Made, id: str) -> None:
    """Put a paper into a file, and say what it is."""
    put(out, made.pdf)
    if given.as_json:
        missing = list(made.missing)
        say_json({"id": id, "file": str(out), "pages": made.pages, "missing": missing})
        return
    click.echo(given.said(f"已写好 {out}，共 {made.pages} 页。", f"{out}, {made.pages} pages."))
    if made.missing:
        signs = " ".join(made.missing)
        click.echo(
            given.said(
                f"注意：字体中没有这些字符，文中以“□U+编码”标出：{signs}",
                f"Mind: no font has these characters; they stand as “□U+code”: {signs}",
            ),
            err=True,
        )


def put(out: Path, content: bytes) -> None:
    """Write a file. Raises BadInput where that cannot be."""
    try:
        out.write_bytes(content)
    except OSError as error:
        raise BadInput(
            f"写不了 {out}：{error.strerror}。",
            f"{out} cannot be written: {error.strerror}.",
            "请换一个可写的位置。",
            "Name a place that can be written.",
        ) from None
