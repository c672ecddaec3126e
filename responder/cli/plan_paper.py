"""`plan print|pack`: the plan as a controlled document, and what it is filed with."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import click

from responder import app
from responder.cli.acting import looking, say_json
from responder.cli.frame import command
from responder.cli.given import Given, option
from responder.cli.papers import PATH, put, written
from responder.commands.planning.documents import plan_document
from responder.domain.plan_document import PlanDocument
from responder.errors import BadInput

ENDINGS = (".pdf", ".docx")


@command("print", "应急预案全文（PDF 或 Word）", "The plan itself, as PDF or Word")
@option("--out", required=True, type=PATH, metavar="F.pdf|F.docx", zh="写到哪里", en="Where to")
@option("--version", default="", zh="哪一版，不写为现行版本", en="Which; or the one in force")
def printed(given: Given, out: Path, version: str) -> None:
    """Write it."""
    ending = out.suffix.lower()
    if ending not in ENDINGS:
        raise BadInput(
            f"“{out.name}”不是 .pdf 或 .docx。",
            f"{out.name} ends neither in .pdf nor in .docx.",
            "请写成 plan.pdf 或 plan.docx。",
            "Name it plan.pdf or plan.docx.",
        )
    document = _document(given, version)
    if ending == ".pdf":
        made = app.papers_of().make("plan", document, given.language)
        written(given, out, made, document.version)
        return
    put(out, app.plan_docx(document, given.language))
    _said(given, {"version": document.version, "file": str(out)}, f"{out}")


@command("pack", "报备材料：函、预案、修订对照表", "What is filed: letter, plan, list of changes")
@option("--out", required=True, type=PATH, metavar="DIR", zh="写到哪个文件夹", en="Which folder")
@option("--version", default="", zh="哪一版，不写为现行版本", en="Which; or the one in force")
def packed(given: Given, out: Path, version: str) -> None:
    """Write letter and plan, as PDF and Word, and a list of their hashes."""
    document = _document(given, version)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            f"建不了 {out}：{error.strerror}。", f"{out} cannot be made: {error.strerror}."
        ) from None
    press = app.papers_of()
    files = {
        "letter.pdf": press.make("plan-letter", document, given.language).pdf,
        "letter.docx": app.plan_letter_docx(document, given.language),
        "plan.pdf": press.make("plan", document, given.language).pdf,
        "plan.docx": app.plan_docx(document, given.language),
    }
    listed = "".join(f"{sha256(one).hexdigest()}  {name}\n" for name, one in files.items())
    for name, content in {**files, "SHA256SUMS": listed.encode()}.items():
        put(out / name, content)
    to = document.addressee.said(given.language)
    facts = {"version": document.version, "folder": str(out), "to": to, "files": [*files]}
    _said(given, facts, f"{out}: {', '.join(files)} → {to}")


def _document(given: Given, version: str) -> PlanDocument:
    with looking(given) as house:
        return house.read(lambda uow, now: plan_document(uow, version, now))


def _said(given: Given, facts: dict[str, Any], line: str) -> None:
    if given.as_json:
        say_json(facts)
        return
    click.echo(given.said(f"已写好 {line}", line))
