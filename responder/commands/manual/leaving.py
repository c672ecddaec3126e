"""Somebody leaves: out of force at once everywhere, and the places they leave open are named (P9).

A running incident keeps its own copy of the register; there they stop counting and being rung.
"""

from dataclasses import dataclass
from datetime import datetime

from responder.commands.command import Command, Reply, handles
from responder.commands.firm import RemovePerson, remove_person
from responder.commands.manual.register_files import in_force
from responder.commands.matter import FirmMatter
from responder.commands.revising import follows_revision, revise
from responder.domain.leaving import Gap, left_open, without
from responder.domain.record import ENGINE
from responder.domain.revision import Revision
from responder.domain.site import Site
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork

NAMED = 12
MOST_LEAVERS = 20


@dataclass(frozen=True)
class RemoveForGood(Command):
    """Take somebody out of the register, and out of everything that runs."""

    person: str
    reason: str


@handles(RemoveForGood)
def remove_for_good(command: RemoveForGood, uow: UnitOfWork, now: datetime) -> Reply:
    """Their rights end now; the register goes on without them."""
    before = in_force(uow)
    running = _running(uow, before, command.person)
    removed = RemovePerson(by=command.by, person=command.person, reason=command.reason)
    remove_person(removed, uow, now)
    gaps = left_open(before, command.person, now)
    name = before.people[command.person].name
    summary = Words(f"移除人员{name.said('zh')}", f"{name.said('en')} removed")
    one = revise(uow, without(before, command.person), command.by, now, "edit", summary)
    said = _said(command.person, name, gaps, running)
    facts = [
        {"zh": gap.where.zh, "en": gap.where.en, "at": gap.at.isoformat() if gap.at else None}
        for gap in gaps
    ]
    return Reply(command.person, said, {"revision": one.id, "to_replace": facts})


@follows_revision
def flag_leavers(
    uow: UnitOfWork, before: Site, after: Site, revision: Revision, now: datetime
) -> None:
    """Tell the administrators what those who are no longer there leave open."""
    left = [id for id in before.people if id not in after.people]
    for id in left[:MOST_LEAVERS]:
        gaps, running = left_open(before, id, now), _running(uow, before, id)
        if not gaps and not running:
            continue
        matter = FirmMatter.load(uow, now)
        where = [gap.where.zh for gap in gaps[:NAMED]]
        matter.record("LeaverFlagged", ENGINE, person=id, revision=revision.id, open=where)
        people = matter.site.grants.get("administrator", ()) or matter.callers()
        matter.tell(people, _said(id, before.people[id].name, gaps, running))


def _running(uow: UnitOfWork, site: Site, person: str) -> list[str]:
    """The incidents being handled in which they are counted on."""
    known = person in site.people
    return [
        id
        for id, incident in uow.incidents.open().items()
        if known and incident.is_handled and person in _at_work(uow, id)
    ]


def _at_work(uow: UnitOfWork, incident: str) -> set[str]:
    held, escalation = uow.incidents.get(incident), uow.escalations.get(incident)
    leading = {held.commander, held.provisional} if held else set()
    paged = {*escalation.runs, *escalation.acknowledged} if escalation else set()
    return leading | paged


def _said(person: str, name: Words, gaps: tuple[Gap, ...], running: list[str]) -> Words:
    zh, en = name.said("zh") or person, name.said("en") or person
    more = f"等{len(gaps)}处" * (len(gaps) > NAMED)
    also = f" and {len(gaps) - NAMED} more" * (len(gaps) > NAMED)
    where = "；".join(gap.where.zh for gap in gaps[:NAMED]) + more
    where_en = "; ".join(gap.where.en for gap in gaps[:NAMED]) + also
    zh_said, en_said = f"{zh}已移除，立即生效。", f"{en} is removed, with immediate effect."
    if running:
        zh_said += f"正在处置的{'、'.join(running)}保留原有联系人，此人不再被呼叫。"
        en_said += f" {', '.join(running)} keep their copy; they are rung there no more."
    if gaps:
        zh_said += f"须另行指定：{where}。"
        en_said += f" To be replaced: {where_en}."
    return Words(zh_said, en_said)
