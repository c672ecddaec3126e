"""Notices: their words, made by the site's templates before a draft is kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from responder.errors import BadInput

if TYPE_CHECKING:
    from responder.commands.notices.notice import DraftNotice
    from responder.ports.unit_of_work import UnitOfWork

Read = Callable[[Callable[["UnitOfWork", datetime], Any]], Any]
"""Answers a question from a snapshot of the house."""


def with_words(read: Read, site: Path, command: "DraftNotice") -> "DraftNotice":
    """The command with the texts of every form, in each language whose blanks are filled.

    The first language is always there, its empty blanks shown; another one waits until it is whole.
    """
    from responder.commands.notices.notice import Drafted, basis_for
    from responder.documents.notices import NoticeTemplates, NotWritten

    template, basis = read(lambda uow, now: basis_for(uow, command, now))
    templates = NoticeTemplates(site / "templates" / "notices")
    texts: dict[str, str] = {}
    lacking: tuple[str, ...] = ()
    main = basis.languages[0]
    for language in basis.languages:
        facts = {**basis.blanks[language], **basis.lists[language]}
        try:
            written = templates.written(template, language, facts, basis.is_drill)
        except NotWritten as error:
            raise _no_words(template, language, error) from error
        if language == main:
            lacking = written.lacking
        elif written.lacking:
            continue
        texts |= {f"{form}/{language}": text for form, text in written.texts.items()}
    blanks = {one: basis.blanks[one] for one in basis.languages if f"investors/{one}" in texts}
    return replace(command, written=Drafted(texts, blanks, lacking, basis.line.sha256))


def _no_words(template: str, language: str, why: Exception) -> BadInput:
    return BadInput(
        f"公告模板“{template}”（{language}）不能用：{why}。",
        f"The template {template} ({language}) cannot be used: {why}.",
        "请用 responder check 查看，或改用通用模板。",
        "See it with responder check, or use a shared one.",
    )
