"""How long records are kept: legal holds, and what two people may erase after the years (7.3-3).

Nothing else erases: there is no other command that does, and each record is judged again at the
instant at which it would go.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.alert import pursuit_of
from responder.commands.clean import clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.consent import ask_consent, takes_effect
from responder.commands.firm import require_act
from responder.commands.matter import FirmMatter, Matter, seconds
from responder.commands.pursuit import roster_in_force
from responder.domain.consent import Consent
from responder.domain.record import By
from responder.domain.retention import Hold, kept_until
from responder.domain.words import Words
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork

AT_ONCE = 200
"""So many records are erased at one go; the next run takes the next."""


@dataclass(frozen=True)
class PlaceHold(Command):
    """Nothing of an incident or a warning is erased from now on. `incident` is either's id."""

    incident: str
    reason: str


@dataclass(frozen=True)
class ReleaseHold(Command):
    """Its years count again, once a second person agrees."""

    incident: str
    reason: str


@dataclass(frozen=True)
class EraseOutlived(Command):
    """Erase what is older than its years and held by nothing, once a second person agrees."""

    reason: str


@dataclass(frozen=True, slots=True)
class Outlived:
    """A record past its years: `kept` says what still keeps it, empty where nothing does."""

    id: str
    title: str
    ended_at: datetime
    kept: tuple[Words, ...] = ()


@handles(PlaceHold)
def place_hold(command: PlaceHold, uow: UnitOfWork, now: datetime) -> Reply:
    """One person suffices to keep; the first reason stands, a second hold changes nothing."""
    matter = pursuit_of(uow, command.incident, now)
    require_act("hold", command.by, uow, now)
    reason = clean_reason(command.reason)
    held = uow.holds.get(command.incident)
    if held is not None and held.is_open:
        raise BadInput(
            f"{command.incident}已在保全（{held.reason}）。",
            f"{command.incident} is on hold already ({held.reason}).",
        )
    hold = Hold(command.incident, reason, command.by.person, now)
    uow.holds.put(command.incident, hold)
    matter.record("HoldPlaced", command.by, reason=reason)
    matter.save()
    return Reply(
        command.incident,
        Words(
            f"{command.incident}已保全，其全部记录不得删除。",
            f"{command.incident} is on hold; nothing of it may be erased.",
        ),
    )


@handles(ReleaseHold)
def release_hold(command: ReleaseHold, uow: UnitOfWork, now: datetime) -> Reply:
    """Ask a second person to let it go."""
    matter = pursuit_of(uow, command.incident, now)
    require_act("release_hold", command.by, uow, now)
    reason = clean_reason(command.reason)
    _held(uow, command.incident)
    who = seconds("release_hold", uow, command.by, now)
    return ask_consent(matter, "release_hold", command.by, {"reason": reason}, who)


@takes_effect("release_hold")
def _released(matter: Matter, consent: Consent, by: By) -> Reply:
    hold = _held(matter.uow, consent.incident)
    hold.released_at, hold.released_by, hold.agreed_by = matter.now, consent.asked_by, by.person
    hold.release_reason = consent.facts["reason"]
    matter.uow.holds.put(consent.incident, hold)
    asked_by, reason = consent.asked_by, hold.release_reason
    matter.record("HoldReleased", by, asked_by=asked_by, reason=reason)
    matter.save()
    return Reply(consent.incident, Words("已解除保全。", "The hold is released."))


@handles(EraseOutlived)
def erase_outlived(command: EraseOutlived, uow: UnitOfWork, now: datetime) -> Reply:
    """Ask a second person to erase exactly what is listed now."""
    require_act("erase", command.by, uow, now)
    reason = clean_reason(command.reason)
    ids = [one.id for one in outlived(uow, now) if not one.kept][:AT_ONCE]
    if not ids:
        raise BadInput(
            "没有可以删除的记录：均未满保存年限，或在保全。",
            "Nothing may be erased: everything is within its years, or held.",
            "用 retention run --dry-run 查看。",
            "See `retention run --dry-run`.",
        )
    who = seconds("erase", uow, command.by, now)
    facts = {"reason": reason, "incidents": ids}
    reply = ask_consent(FirmMatter.load(uow, now), "erase", command.by, facts, who)
    return Reply(reply.id, reply.said, {**reply.facts, "incidents": ids})


@takes_effect("erase")
def _erased(matter: Matter, consent: Consent, by: By) -> Reply:
    """Each is judged anew: what came to be held meanwhile stays."""
    may_go = {one.id for one in outlived(matter.uow, matter.now) if not one.kept}
    gone = [id for id in consent.facts["incidents"] if id in may_go]
    stays = [id for id in consent.facts["incidents"] if id not in may_go]
    reason = consent.facts["reason"]
    for id in gone:
        files = sorted({one.sha256 for one in matter.uow.exhibits.of(id).values()})
        erased = matter.uow.erase(id, reason, by, matter.now)
        said = {"incident": id, "entries": erased.entries, "values": erased.values, "files": files}
        matter.record("RecordErased", by, reason=reason, asked_by=consent.asked_by, **said)
    matter.save()
    return Reply(
        consent.id,
        Words(
            f"已删除{len(gone)}件记录的内容" + f"；{'、'.join(stays)}仍须保存" * bool(stays) + "。",
            f"{len(gone)} records are erased" + f"; kept: {', '.join(stays)}" * bool(stays) + ".",
        ),
        {"erased": gone, "kept": stays},
    )


# Asking


def outlived(uow: UnitOfWork, now: datetime) -> list[Outlived]:
    """Every record past its years, with what keeps it all the same."""
    years = roster_in_force(uow).site.retention_years
    return [one for one in _ended(uow, now, years) if kept_until(one.ended_at, years) <= now]


def _ended(uow: UnitOfWork, now: datetime, years: int) -> Iterator[Outlived]:
    """What is closed; of what began within the years, the end need not be looked up."""
    for id, incident in uow.incidents.all().items():
        if not incident.is_open and kept_until(incident.declared_at, years) <= now:
            yield Outlived(id, incident.title, _last(uow, id), tuple(_keeps(uow, id, now)))
    for id, warning in uow.warnings.all().items():
        if not warning.is_open and kept_until(warning.raised_at, years) <= now:
            held = (id, warning.incident or warning.drill)
            keeps = [words for each in held if each for words in _keeps(uow, each, now)]
            yield Outlived(id, warning.title, _last(uow, id), tuple(keeps))


def _last(uow: UnitOfWork, id: str) -> datetime:
    """The years count from the last that was put on its record."""
    return max(entry.at for entry in uow.ledger.of(id))


def _keeps(uow: UnitOfWork, id: str, now: datetime) -> Iterator[Words]:
    hold = uow.holds.get(id)
    if hold is not None and hold.is_open:
        yield Words(f"保全：{hold.reason}", f"held: {hold.reason}")
    if any(one.is_open for one in uow.measures.of(id).values()):
        yield Words("整改未完成", "measures are open")
    if any(one.is_open for one in uow.obligations.of(id).values()):
        yield Words("报送义务未完成", "something is still owed")
    if any(one.is_open for one in uow.inquiries.of(id).values()):
        yield Words("问询未答复", "an inquiry is open")
    if any(one.holds(now) for one in uow.inspections.of(id).values()):
        yield Words("检查人员正在查阅", "an inspector may still read it")


def holds(uow: UnitOfWork) -> list[dict[str, Any]]:
    """The holds that stand, oldest first."""
    return [
        {"id": one.incident, "reason": one.reason, "by": one.by, "at": one.at.isoformat()}
        for one in uow.holds.open().values()
    ]


def _held(uow: UnitOfWork, id: str) -> Hold:
    hold = uow.holds.get(id)
    if hold is None or not hold.is_open:
        raise BadInput(f"{id}没有被保全。", f"{id} is not on hold.")
    return hold
