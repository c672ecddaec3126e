"""Looking contacts up: masked by role, bound to a purpose, on the record (JR/T 0099 7.1 o).

Who leads or works on an open incident sees the numbers of its people in full; others see enough
to recognise one. Nothing that goes abroad carries another person's number.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from responder.commands.clean import clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.manual.sight import Sight, duty_sights, seen_by, sight
from responder.commands.manual.who import duty_lines, who
from responder.commands.pursuit import roster_in_force
from responder.commands.rights import capacities, require
from responder.domain.contact_search import UNIT
from responder.domain.contact_search import found as search
from responder.domain.incident import Incident
from responder.domain.masking import masked, without_numbers
from responder.domain.people import VIA_NAMES, Person, Way
from responder.domain.record import By, Fact
from responder.domain.register import Unit
from responder.domain.roster import Roster
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

FIRM = "FIRM"
DUTY_LIST = "who"


@dataclass(frozen=True)
class ShowContact(Command):
    """How to reach a person or a related unit; `why` is needed where no open incident is meant.

    `whom` is an id or a name, `unit:U` for a unit alone.
    """

    whom: str
    why: str = ""
    incident: str = ""


@dataclass(frozen=True)
class ShowDuty(Command):
    """Who is on duty, with the numbers of those whom an open incident lets the viewer see."""

    role: str = ""
    at: datetime | None = None


@handles(ShowContact)
def show_contact(command: ShowContact, uow: UnitOfWork, now: datetime) -> Reply:
    """Answer with what the viewer may see, and put on record who looked whom up, and why."""
    roster = roster_in_force(uow)
    require("contact", command.by, set(capacities(command.by.person, roster, now)))
    several = matches(roster, command.whom, now)
    if len(several) > 1:
        return _which(roster, several)
    whom = meant(roster, several[0], now)
    about = _incident(uow, command)
    why = _purpose(command, about)
    seen = sight(uow, roster, command.by, now, about)
    if isinstance(whom, Unit):
        shown, reach, head = seen.everything or seen.units, whom.reach, _of_unit(whom)
        label: dict[str, Any] = {"unit": whom.id}
    else:
        known = roster.site.people[whom]
        shown, reach = seen.has(whom), known.reach
        head, label = _of_person(known, roster.absent(whom, now)), {"people": [whom]}
    ways = [way if shown else replace(way, to=masked(way.to)) for way in reach]
    _record(uow, command.by, now, about, why, shown, label)
    return Reply(
        command.whom,
        _said(head, ways, shown),
        {**label, "full": shown, "why": why, "reach": [_way(way) for way in ways]},
    )


@handles(ShowDuty)
def show_duty(command: ShowDuty, uow: UnitOfWork, now: datetime) -> Reply:
    """The same as `who`; whose number was shown in full is on record, by incident."""
    roster, by = roster_in_force(uow), command.by
    require("contact", by, set(capacities(by.person, roster, now)))
    found = who(roster, command.at or now, command.role)
    left = [person for person in found["people"] if person != by.person]
    full: list[str] = []
    for about, seen in duty_sights(uow, roster, by, now):
        shown = [person for person in left if seen.has(person)]
        left = [person for person in left if person not in shown]
        if shown:
            _record(uow, by, now, about, DUTY_LIST, True, {"people": shown})
        full += shown
    found = seen_by(Sight(by.person, frozenset(full)), found)
    said = Words(*("\n".join(duty_lines(found, language)) for language in ("zh", "en")))
    return Reply(FIRM, said, found)


def meant(roster: Roster, whom: str, at: datetime) -> str | Unit:
    """The person or unit of an id or a name. Raises UnknownId, or BadInput for several."""
    several = matches(roster, whom, at)
    if len(several) > 1:
        raise BadInput(
            f"“{whom[:40]}”有{len(several)}个。",
            f"There are {len(several)} of “{whom[:40]}”.",
            f"请写编号：{'、'.join(several)}。",
            f"Give an id: {', '.join(several)}.",
        )
    one = several[0]
    return roster.site.units[one.removeprefix(UNIT)] if one.startswith(UNIT) else one


def matches(roster: Roster, whom: str, at: datetime) -> tuple[str, ...]:
    """Everybody whom what was said may mean: people's ids, `unit:U`. Raises UnknownId."""
    if several := search(roster, whom, at):
        return several
    site = roster.site
    people = [one for one in site.people.values() if roster.known(one.id)]
    known = [*(p.id for p in people), *(p.name.zh for p in people), *site.units]
    raise UnknownId("人员或关联单位", "person or related unit", whom, known)


def _incident(uow: UnitOfWork, command: ShowContact) -> Incident | None:
    """The open incident it is for: the one named, or one that the purpose names."""
    words = command.why.replace("#", " ").split()
    for id, incident in uow.incidents.open().items():
        if id == command.incident or {id, id.casefold(), id.rpartition("-")[2]} & set(words):
            return incident
    return None


def _purpose(command: ShowContact, about: Incident | None) -> str:
    """What it is for, as it goes on the record: without a number somebody may have typed."""
    if not command.why.strip() and about is None:
        raise BadInput(
            "查看联系方式须写明用途。",
            "A look-up needs its purpose.",
            "请写明事件编号，或用一句话写明用途。",
            "Name the incident, or say in a line what it is for.",
        )
    return without_numbers(clean_reason(command.why, needed=about is None)).strip()


def _record(
    uow: UnitOfWork,
    by: By,
    now: datetime,
    about: Incident | None,
    why: str,
    full: bool,
    label: dict[str, Any],
) -> None:
    """Who looked, about whom, what for. What was seen never enters the record."""
    subject = about.id if about else FIRM
    payload = {**label, "why": why or subject, "full": full}
    uow.ledger.append([Fact("ContactShown", subject, by, now, payload)])


# In words


def _which(roster: Roster, several: tuple[str, ...]) -> Reply:
    """Whom may be meant, without anybody's number."""
    site = roster.site
    heads = {
        id: _of_unit(site.units[id.removeprefix(UNIT)])
        if id.startswith(UNIT)
        else _of_person(site.people[id], away=False)
        for id in several
    }
    lines = {
        language: "\n".join(f"{id}　{head.said(language)}" for id, head in heads.items())
        for language in ("zh", "en")
    }
    said = Words(f"请写明是哪一位：\n{lines['zh']}", f"Which of these:\n{lines['en']}")
    return Reply("", said, {"choices": list(several)})


def _of_unit(unit: Unit) -> Words:
    return Words(f"{unit.name.zh}　{unit.contact.zh}", f"{unit.name.en}  {unit.contact.en}")


def _of_person(person: Person, away: bool) -> Words:
    name, title = person.name, person.title
    return Words(
        f"{name.zh}　{title.zh}" + "（缺勤）" * away, f"{name.en}  {title.en}" + " (away)" * away
    )


def _way(way: Way) -> dict[str, str]:
    return {"via": way.via, "to": way.to, "how": way.how, "note": way.note}


def _said(head: Words, ways: Iterable[Way], shown: bool) -> Words:
    lines = {
        language: [head.said(language).strip(), *(_line(way, language) for way in ways)]
        for language in ("zh", "en")
    }
    if not shown:
        lines["zh"].append("号码已按权限隐去一部分；要联系，请用“呼叫”，或请值班负责人查看。")
        lines["en"].append(
            "Numbers are shown in part; to reach them use “page”, or ask the duty lead."
        )
    return Words("\n".join(lines["zh"]), "\n".join(lines["en"]))


def _line(way: Way, language: str) -> str:
    means = VIA_NAMES[way.via].said(language) if way.via in VIA_NAMES else way.via
    how = way.how or means
    note = f"（{way.note}）" if language == "zh" else f" ({way.note})"
    return f"{how} {way.to}" + note * bool(way.note)
