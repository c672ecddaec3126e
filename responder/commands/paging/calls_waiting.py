"""The calls to be made by hand: the list, and the reminder that nobody makes one."""

from datetime import datetime
from typing import Any

from responder.commands.matter import FirmMatter, Matter, matter_of
from responder.commands.paging.became import asks
from responder.commands.paging.screen import waits
from responder.commands.pursuit import UNIT
from responder.commands.telling import clock_time, name
from responder.domain.call_task import RESULTS, CallTask, manner
from responder.domain.message import Purpose
from responder.domain.people import BY_HAND
from responder.domain.record import ENGINE
from responder.domain.site import Site
from responder.domain.warning import WARNED, is_warning
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork

REMINDED = 2
"""How many are told of a call that nobody makes."""


def call_tasks(uow: UnitOfWork, now: datetime, incident: str) -> list[dict[str, Any]]:
    """The calls of an incident or a warning, in order; the number is told to who takes one."""
    site = matter_of(uow, incident, now).site
    return [_document(uow, call, site) for call in uow.call_tasks.of(incident).values()]


def _document(uow: UnitOfWork, call: CallTask, site: Site) -> dict[str, Any]:
    whom, state = name_of(site, call.whom), how_far(uow, call, site)
    how = manner(call.how)
    if call.played.zh:
        how = Words(f"{how.zh}（{PLAYED.zh}）", f"{how.en} ({PLAYED.en})")
    return {
        "id": call.id,
        "whom": call.whom,
        "name": {"zh": whom.zh, "en": whom.en},
        "how": call.how,
        "manner": {"zh": how.zh, "en": how.en},
        "state": {"zh": state.zh, "en": state.en},
        "purpose": call.purpose.value,
        "asked_at": call.asked_at.isoformat(),
        "told": call.told or None,
        "open": call.is_open,
        "needed": call.is_open and is_needed(uow, call),
        "taken_by": call.taken_by or None,
        "taken_at": call.taken_at.isoformat() if call.taken_at else None,
        "result": call.result.value if call.result else None,
        "words": call.words,
        "said_by": call.said_by or None,
        "recorded_by": call.recorded_by or None,
        "recorded_at": call.recorded_at.isoformat() if call.recorded_at else None,
    }


def name_of(site: Site, whom: str) -> Words:
    """The name of a person or a related unit; the id where the contacts hold neither."""
    known = site.units.get(whom.removeprefix(UNIT)) or site.people.get(whom)
    return (
        Words(known.name.said("zh") or whom, known.name.said("en") or whom)
        if known
        else Words(whom)
    )


def how_far(uow: UnitOfWork, call: CallTask, site: Site) -> Words:
    """How far a call got, in words."""
    if call.result is not None:
        at, said = clock_time(call.recorded_at, site), RESULTS[call.result]
        zh, en = (name(site, call.recorded_by, language) for language in ("zh", "en"))
        return Words(
            f"{said.zh}（{zh}{at}登记）{call.words}",
            f"{said.en} ({en} at {at}) {call.words}".rstrip(),
        )
    if not is_needed(uow, call):
        return Words("无需再联系", "no longer needed")
    if call.taken_by:
        at = clock_time(call.taken_at, site)
        zh, en = (name(site, call.taken_by, language) for language in ("zh", "en"))
        return Words(f"{zh}{at}去联系", f"{en} is at it since {at}")
    return Words("待办理", "nobody is at it")


def is_needed(uow: UnitOfWork, call: CallTask) -> bool:
    """Whether there is still a reason to make a call."""
    message = uow.outbox.get(call.message) if call.message else None
    if message is not None and asks(message):
        return waits(uow, message)
    warning = uow.warnings.get(call.incident) if is_warning(call.incident) else None
    if warning is not None and warning.frozen:
        return False
    if call.matter.startswith(WARNED):
        return warning is not None and warning.is_open
    incident = uow.incidents.get(call.incident)
    if incident is not None and call.purpose is Purpose.BRIEF:
        return not incident.frozen
    return incident is None or (incident.is_handled and not incident.frozen)


def remind(uow: UnitOfWork, keys: list[str], now: datetime) -> None:
    """Calls that nobody took up in time: those at work on it are told, once."""
    for call in uow.call_tasks.get_many(keys).values():
        if not call.is_open or call.taken_by or call.reminded or not is_needed(uow, call):
            continue
        pursued = matter_of(uow, call.incident, now)
        call.reminded = True
        uow.call_tasks.put(call.key, call)
        pursued.record("CallNotTaken", ENGINE, call=call.id, whom=call.whom, how=call.how)
        _tell(pursued, call)
        pursued.save()


def _tell(pursued: Matter, call: CallTask) -> None:
    whom = name_of(pursued.site, call.whom)
    what = Words(
        f"人工联络{call.id}无人办理：{whom.zh}。", f"Nobody makes call {call.id}: {whom.en}."
    )
    if isinstance(pursued, FirmMatter):
        pursued.tell(
            pursued.callers()[:REMINDED], Words(what.zh + CALL_NOW.zh, f"{what.en} {CALL_NOW.en}")
        )
        return
    people = [pursued.site.people[p] for p in pursued.callers() if p != call.whom]
    for person in people[:REMINDED]:
        mend = call.played if call.played.zh else CALL_NOW
        facts = {"what": what.said(person.language), "mend": mend.said(person.language)}
        vias = [via for via in person.vias if via != BY_HAND]
        pursued.teller.tell(person, Purpose.ALARM, vias, facts)


PLAYED = Words("向导调口头报告", "to the controller, by word of mouth")
CALL_NOW = Words(
    "请立即联系，并登记结果（call take、call done）。",
    "Make the call now and record its result (call take, call done).",
)
