"""Who is held to account for an incident: kept beside the record, for few eyes (7.3).

The ledger's payloads are read by whoever sees the timeline, a bundle or an inspector's page; so
they bear the salted hash of what was written, and of looking at it that somebody did. The text
stands with the investigation alone, and goes with it when its years are over.
"""

from dataclasses import dataclass
from datetime import datetime

from responder.commands.aftermath.investigating import LONGEST_PART, found_of, keep, open_of
from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.firm import require_act
from responder.domain.investigation import Accountability
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class WriteAccountability(Command):
    """Who is held to account, and how; for few eyes."""

    incident: str
    text: str


@dataclass(frozen=True)
class ReadAccountability(Command):
    """Look at it; that somebody did is on the record."""

    incident: str


@handles(WriteAccountability)
def write_accountability(command: WriteAccountability, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep it beside the record, which bears nothing but its salted hash."""
    require_act("account", command.by, uow, now)
    case, one = open_of(command.incident, uow, now)
    text = clean_line(command.text, "责任追究", "accountability", LONGEST_PART, breaks=True)
    kept = Accountability(text, uow.token(), command.by.person, now)
    one.accountability.append(kept)
    case.record("AccountabilityWritten", command.by, sha256=kept.digest)
    keep(case, one)
    return Reply(
        one.incident,
        Words(
            "已写入，仅授权人员可见；处置记录中只有其摘要值。",
            "It is kept, for those authorised alone; the record bears only its hash.",
        ),
        {"sha256": kept.digest},
    )


@handles(ReadAccountability)
def read_accountability(command: ReadAccountability, uow: UnitOfWork, now: datetime) -> Reply:
    """Show it, and every version before, to somebody authorised; the look is on the record."""
    require_act("read_account", command.by, uow, now)
    case, one = found_of(command.incident, uow, now)
    case.record("AccountabilityRead", command.by)
    case.save()
    versions = [
        {"text": each.said, "by": each.by, "at": each.at.isoformat(), "sha256": each.digest}
        for each in one.accountability
    ]
    said = one.accountability[-1].said if one.accountability else ""
    return Reply(
        one.incident,
        Words(said or "尚未填写。", said or "It is not written yet."),
        {"versions": versions},
    )
