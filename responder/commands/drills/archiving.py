"""A drill as one file, out of one installation and into another (7.1 y: records are kept)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from responder.commands.command import Command, Reply, handles
from responder.commands.drills.drill_at_work import DrillAtWork
from responder.commands.drills.records import drill_records
from responder.commands.firm import note_fact, require_act
from responder.domain.drill_archive import ArchivedEntry, ArchivedWarning, DrillArchive
from responder.domain.drill_run import DrillRun
from responder.domain.words import Words
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class KeepArchive(Command):
    """Take a drill held elsewhere into the register of drills, as its file says."""

    archive: DrillArchive


def archive_of(uow: UnitOfWork, id: str, now: datetime) -> DrillArchive:
    """A drill that is over, held here or taken in. Raises UnknownId, BadInput while it runs."""
    taken = next((one for one in uow.drill_archives.all().values() if one.id == id), None)
    if taken is not None:
        return replace(taken, sha256="")
    drill = DrillAtWork.load(uow, id, now)
    if drill.run.is_open:
        raise BadInput(
            "演练还在进行。",
            "The drill is still running.",
            "请先结束：drill end。",
            "First: drill end.",
        )
    site = drill.case.site
    named = {*drill.run.took_part, *drill.run.absent, drill.run.started_by, drill.run.closed_by}
    records = {one.id: one for one in drill_records(uow, site)}
    return DrillArchive(
        id=id,
        firm=site.firm.name,
        time_zone=site.time_zone,
        scenario=drill.scenario,
        run=drill.run,
        entries=_entries(uow, id),
        warnings=tuple(_warnings(uow, drill.run)),
        measures=tuple(uow.measures.of(id).values()),
        record=records.get(id),
        names={p: site.people[p].name for p in sorted(named) if p in site.people},
    )


def _entries(uow: UnitOfWork, subject: str) -> tuple[ArchivedEntry, ...]:
    return tuple(
        ArchivedEntry(e.seq, e.at, e.kind, e.actor, e.door, e.hash, e.payload)
        for e in uow.ledger.of(subject)
    )


def _warnings(uow: UnitOfWork, run: DrillRun) -> Iterator[ArchivedWarning]:
    for row, id in run.warnings.items():
        one = uow.warnings.get(id)
        if one is not None:
            what = (one.title, one.playbook, one.system, one.level, one.stage)
            yield ArchivedWarning(id, row, *what, _entries(uow, id))


@handles(KeepArchive)
def keep_archive(command: KeepArchive, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep it once. Raises BadInput where a drill of that number is here already."""
    require_act("close_drill", command.by, uow, now)
    one = command.archive
    if uow.drill_archives.get(one.sha256):
        return Reply(one.id, Words("该演练档案已在册。", "This drill is on the register already."))
    if uow.drill_runs.get(one.id) or any(a.id == one.id for a in uow.drill_archives.all().values()):
        raise BadInput(
            f"{one.id}已在册，内容不同。",
            f"{one.id} is here already, and says otherwise.",
            "两份档案编号相同，请人工核对。",
            "Two files bear one number: compare them by hand.",
        )
    uow.drill_archives.put(one.sha256, one)
    note_fact(uow, "DrillTakenIn", command.by, now, drill=one.id, sha256=one.sha256)
    firm = one.firm
    return Reply(
        one.id,
        Words(f"已收入演练档案{one.id}（{firm.zh}）。", f"Taken in: {one.id} of {firm.en}."),
        {"sha256": one.sha256, "counts": one.record is not None},
    )
