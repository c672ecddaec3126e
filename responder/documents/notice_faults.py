"""Whether every notice of a site can be made: each template tried in all its forms."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from responder.documents.notice_samples import sample_notice
from responder.documents.notices import ENDING, NoticeTemplates, NotWritten, names_for
from responder.domain.notice import OF_INCIDENT
from responder.domain.notice_blanks import BLANKS, LISTS
from responder.domain.notice_rules import LONGEST_SMS
from responder.domain.outlet import FORMS

NOTICE_NAMES = frozenset({*BLANKS, *LISTS, "main"})
"""What a template of a notice may name."""


def tried(path: Path, language: str) -> list[tuple[int, int]]:
    """Render what a file is part of, as it would be and corrected; SMS that are too long.

    Raises whatever a template raises. Shared parts are tried with the faults that use them.
    """
    template = _template_of(path.name)
    if template is None:
        return []
    folder = _folder(path.parent.parent)
    found = []
    for more in ({}, {"corrects": "2026-006", "reason": "时间", "restored_part": ""}):
        try:
            written = folder.written(template, language, sample_notice(language, **more))
        except NotWritten as error:
            raise (error.__cause__ or error) from None
        length, most = len(written.texts["sms"]), LONGEST_SMS[language]
        signed = length + len("【示例证券】") if language == "zh" else length
        if signed > most:
            found.append((signed, most))
    return found[:1]


@cache
def _folder(folder: Path) -> NoticeTemplates:
    """Shared parts are read once for all that are built on them; a file that changed, anew."""
    return NoticeTemplates(folder)


def forms_missing(folder: Path, languages: Iterable[str]) -> Iterator[str]:
    """The files that are missing: no fault's notice may lack a form in a language."""
    known = list(languages)
    faults = sorted({fault for language in known for fault in _faults(folder / language)})
    shown = set()
    for language in known:
        for fault in faults:
            for stage in OF_INCIDENT:
                for form in FORMS:
                    names = list(names_for(f"{fault}.{stage}", form))
                    file = f"{language}/{names[-1]}"
                    there = any((folder / language / name).is_file() for name in names)
                    if not there and file not in shown:
                        shown.add(file)
                        yield file


def _faults(folder: Path) -> Iterator[str]:
    if folder.is_dir():
        for path in folder.glob(f"*{ENDING}"):
            template = _template_of(path.name)
            if template is not None:
                yield template.rpartition(".")[0]


def _template_of(name: str) -> str | None:
    """`trading-outage.first` for any of its files; None for a shared part."""
    fault, _, rest = name.removesuffix(ENDING).partition(".")
    stage = rest.partition(".")[0]
    return f"{fault}.{stage}" if name[0] not in "_." and stage in OF_INCIDENT else None
