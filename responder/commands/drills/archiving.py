"""A drill as one file, out of one installation and into another (7.1 y: records are kept)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.drills.drill_at_work import DrillAtWork
from responder.commands.drills.records import drill_records
from responder.commands.firm import note_fact, require_act
from responder.commands.pursuit import roster_in_force
from responder.domain.drill_archive import ArchivedEntry, ArchivedWarning, DrillArchive, TakenIn
from responder.domain.drill_run import DrillRun
from responder.domain.words import Words
from responder.drills.elsewhere import held_at
from responder.drills.partners import unit_name
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

LONGEST_PLACE = 60


@dataclass(frozen=True)
class KeepArchive(Command):
    """Take a drill held elsewhere into the register of drills, as its file says.

    `held_at` is what people here call the place that it comes from.
    """

    archive: TakenIn
    held_at: str = ""


def archive_of(uow: UnitOfWork, id: str, now: datetime) -> DrillArchive | TakenIn:
    """A drill that is over, held here or taken in. Raises UnknownId, BadInput while it runs."""
    taken = uow.drill_archives.get(id)
    if taken is not None:
        return taken
    if uow.drill_runs.get(id) is None:
        raise UnknownId("演练", "drill", id, [*uow.drill_runs.all(), *uow.drill_archives.all()])
    drill = DrillAtWork.load(uow, id, now)
    if drill.run.is_open:
        raise BadInput(
            "演练还在进行。",
            "The drill is still running.",
            "请先结束：drill end。",
            "First: drill end.",
        )
    site = drill.case.site
    run, measures = drill.run, tuple(uow.measures.of(id).values())
    named = {*run.took_part, *run.absent, run.started_by, run.closed_by, run.approved_by}
    named |= {one.owner for one in measures}
    records = {one.id: one for one in drill_records(uow, site)}
    return DrillArchive(
        id=id,
        firm=site.firm.name,
        time_zone=site.time_zone,
        scenario=drill.scenario,
        run=run,
        entries=_entries(uow, id),
        warnings=tuple(_warnings(uow, run)),
        measures=measures,
        record=records.get(id),
        names={p: site.people[p].name for p in sorted(named) if p in site.people},
        units={one.unit: unit_name(site, one.unit) for one in drill.scenario.partners},
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


def archives(uow: UnitOfWork) -> list[dict[str, Any]]:
    """The drills taken in, the earliest held first."""
    site = roster_in_force(uow).site
    found = [
        {
            "id": one.key,
            "number": one.id,
            "held_at": _both(held_at(one, site)),
            "title": _both(one.record.title) if one.record else None,
            "on": one.record.on.isoformat() if one.record and one.record.on else None,
            "counts": one.record is not None,
            "sha256": one.sha256,
        }
        for one in uow.drill_archives.all().values()
    ]
    return sorted(found, key=lambda one: (one["on"] or "", one["id"]))


@handles(KeepArchive)
def keep_archive(command: KeepArchive, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep it once; a later archive of the same drill takes the place of an earlier one.

    Raises BadInput where another archive of that drill goes on otherwise: one was altered, or the
    ledger it comes from was brought back from a copy.
    """
    require_act("close_drill", command.by, uow, now)
    place = command.held_at and clean_line(command.held_at, "来源", "place", LONGEST_PLACE)
    one = replace(command.archive, held_at=place)
    if (run := uow.drill_runs.get(one.id)) is not None:
        entries = uow.ledger.of(run.id)
        if entries and entries[0].hash == one.hashes[0]:
            return _came_back(one, len(entries))
    kept = uow.drill_archives.get(one.key)
    if kept is not None and kept.continues(one):
        said = Words("该演练档案已在册。", "This drill is on the register already.")
        return Reply(kept.key, said, _facts(kept))
    if kept is not None:
        _must_continue(one, kept)
        one.held_at = one.held_at or kept.held_at
        one.reported_on, one.reported_to = kept.reported_on, kept.reported_to
        one.receipt = kept.receipt
    uow.drill_archives.put(one.key, one)
    note_fact(uow, "DrillTakenIn", command.by, now, drill=one.key, sha256=one.sha256)
    where = held_at(one, roster_in_force(uow).site)
    renewed = Words("，替换较早的档案", ", in place of an earlier archive") if kept else Words()
    return Reply(
        one.key,
        Words(
            f"已收入演练档案{one.key}（{where.zh}）{renewed.zh}。",
            f"Taken in: {one.key} of {where.en}{renewed.en}.",
        ),
        _facts(one),
    )


def _came_back(one: TakenIn, entries: int) -> Reply:
    """Our own, from a copy of its file: it is not counted beside itself."""
    more = len(one.hashes) - entries
    newer = Words()
    if more > 0:
        newer = Words(
            f"但档案比本系统的记录多{more}条，请核对本系统是否由旧备份恢复。",
            f" But the file has {more} entries more than the record here: was this system brought"
            " back from an old backup?",
        )
    return Reply(
        one.id,
        Words(
            f"{one.id}是本系统自己的演练，已在册。{newer.zh}",
            f"{one.id} is a drill of this very system, and on its register.{newer.en}",
        ),
        {"sha256": one.sha256, "counts": False, "own": True},
    )


def _must_continue(one: TakenIn, kept: TakenIn) -> None:
    if not one.continues(kept):
        raise BadInput(
            f"{one.key}已在册，两份档案的记录不一致。",
            f"{one.key} is here already, and its record goes on otherwise.",
            "请人工核对，并向来源方确认哪一份为准。",
            "Compare them by hand, and ask where they come from which of them holds.",
        )


def _facts(one: TakenIn) -> dict[str, Any]:
    return {"number": one.id, "sha256": one.sha256, "counts": one.record is not None}


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.said("zh"), "en": words.said("en")}
