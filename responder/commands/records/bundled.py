"""What left the house about an incident, for its evidence bundle: reports, notices, agreed lines.

Only what is final: a submitted report, a released notice, the versions of the line. What is still
a draft stays at home. The same state gives the same bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.notices.agreed_line import shown
from responder.commands.notices.queries import brief
from responder.commands.reports.seen import report, sheet
from responder.domain.notice import Notice
from responder.domain.notice import Stage as NoticeStage
from responder.domain.report import Stage as ReportStage
from responder.domain.report_sheet import ReportSheet
from responder.evidence.canonical import canonical
from responder.ports.unit_of_work import UnitOfWork

AGREED_LINE = "agreed-line.json"
FINAL = (NoticeStage.RELEASED, NoticeStage.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Bundled:
    """Files by their name in the bundle; `sheets` are reports, still to be printed as PDF."""

    files: dict[str, bytes]
    sheets: dict[str, ReportSheet]


def bundled(uow: UnitOfWork, incident: str, now: datetime) -> Bundled:
    """What a stranger is to have beside the record. Raises UnknownId."""
    files, sheets = dict(_notices(uow, incident)), {}
    lines = shown(uow, incident)
    if lines["versions"]:
        files[AGREED_LINE] = _json(lines)
    for one in uow.reports.of(incident).values():
        if one.stage is ReportStage.SUBMITTED:
            files[f"reports/{one.id}.json"] = _json(report(uow, one.key, now))
            sheets[f"reports/{one.id}.pdf"] = sheet(uow, one.key, now)
    return Bundled(files, sheets)


def _notices(uow: UnitOfWork, incident: str) -> Iterator[tuple[str, bytes]]:
    """Each notice's history, and its texts: as each outlet carried them, else as released.

    A text file is the text itself, so that its SHA-256 is the one on the record.
    """
    for notice in uow.notices.of(incident).values():
        if notice.stage in FINAL:
            yield f"notices/{notice.id}.json", _json(brief(notice))
            for name, text in _texts(notice):
                yield f"notices/{notice.id}-{name}.txt", text.encode()


def _texts(notice: Notice) -> Iterator[tuple[str, str]]:
    if notice.stage is NoticeStage.PUBLISHED:
        yield from ((outlet, posting.text) for outlet, posting in notice.postings.items())
    else:
        yield from ((form.replace("/", "."), text) for form, text in notice.texts.items())


def _json(said: dict[str, Any]) -> bytes:
    return canonical(said) + b"\n"
