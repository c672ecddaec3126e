"""Telling an audience how things stand (JR/T 0099 7.2: progress to the parties concerned)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.briefings.audience import (
    audience_of,
    briefing_of,
    change,
    keep,
    keeper_of,
    keeps_it,
    named_change,
)
from responder.commands.briefings.leaders_brief import NONE, leaders_brief
from responder.commands.case import Case
from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.pursuit import UNIT
from responder.commands.telling import QUIETLY, Teller, clock_time
from responder.domain.briefing import (
    BRIEFED,
    Audience,
    Briefing,
    How,
    end,
    told,
)
from responder.domain.call_task import CallTask
from responder.domain.incident import PHASE_NAMES, Phase
from responder.domain.message import Purpose
from responder.domain.people import BY_HAND, WRITTEN, Person
from responder.domain.record import By
from responder.domain.role import filler
from responder.domain.roster import Target
from responder.domain.words import Words
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork

LONGEST = 500
UNDER_WAY = (Phase.DECLARED, Phase.ACTIVE, Phase.CONTAINED)
"""The phases in which the clocks run: what is restored is told once more, and no longer."""


@dataclass(frozen=True)
class Brief(Command):
    """Tell an audience how things stand; without a text, that nothing has changed.

    Where the house writes the brief itself, `text` is what is asked of its readers.
    """

    incident: str
    audience: str
    text: str = ""


@handles(Brief)
def brief(command: Brief, uow: UnitOfWork, now: datetime) -> Reply:
    """Send it, and start the next interval. Refused where the record contradicts “no change”."""
    case = Case.load(uow, command.incident, now)
    audience = audience_of(case, command.audience)
    keeps = keeps_it(case, audience, command.by.person)
    case.may("brief", command.by, *(["briefer"] if keeps else []))
    _can_be_told(case, audience)
    briefing = briefing_of(case, audience)
    text = command.text.strip()
    if text:
        clean_line(text, "通报内容", "text", LONGEST, breaks=True)
    else:
        _nothing_changed(case, audience, briefing)
    how = How.TEXT if text else How.NO_CHANGE
    given = give(case, audience, briefing, command.by, how, Words(text, text) if text else NONE)
    case.save()
    again = clock_time(briefing.due_at, case.site)
    facts = {("text" if key == "said" else key): value for key, value in given.items()}
    return Reply(case.incident.id, _said(audience, given, again), facts)


def _can_be_told(case: Case, audience: Audience) -> None:
    if not case.incident.is_open or case.incident.frozen:
        raise BadInput(
            f"{case.incident.id}已办结、撤销或冻结，不再通报{audience.name.said('zh')}。",
            f"{case.incident.id} is closed, cancelled or frozen: nobody is told of progress.",
        )


def _nothing_changed(case: Case, audience: Audience, briefing: Briefing) -> None:
    """Raise BadInput unless the record shows no change since the audience was told last."""
    if not briefing.number:
        raise BadInput(
            f"还没有通报过{audience.name.said('zh')}，不能只报“无变化”。",
            f"{audience.name.said('en')} were told nothing yet: “no change” says nothing.",
            "请写明进展。",
            "Say how things stand.",
        )
    entry = change(case, audience)
    if entry is None:
        return
    what = named_change(case, entry)
    since = clock_time(briefing.last_at, case.site)
    raise BadInput(
        f"上次通报（{since}）以后有变化：{what.zh}，不能报“无变化”。",
        f"The record shows a change since the last report ({since}): {what.en}.",
        f"请写明进展：brief {case.incident.id} {audience.id} “…”。",
        f"Say how things stand: brief {case.incident.id} {audience.id} “…”.",
    )


# Giving it


def give(
    case: Case,
    audience: Audience,
    briefing: Briefing,
    by: By,
    how: How,
    text: Words = NONE,
    over: Words = NONE,
    changed: bool | None = None,
) -> dict[str, Any]:
    """Tell everybody in the audience, on the record; returns what the record says of it.

    `over` says that handling is over; `changed` whether the record shows a change.
    """
    runs = case.incident.phase in UNDER_WAY and over == NONE
    again = audience.interval(case.incident.level) if runs else None
    if how is How.NO_CHANGE:
        changed, text = False, _unchanged_words(case)
    late = told(briefing, case.now, by.person, how, text.said("zh"), again)
    if not runs:
        end(briefing)
    wanted = text.zh if how is How.TEXT else ""
    facts = _facts(case, audience, briefing, text)
    lines = None
    if audience.five_lines:
        lines = leaders_brief(
            case, next_at=briefing.due_at, changed=changed, wanted=wanted, over=over
        )
        facts |= lines._asdict() | {"text": ""}
    people, units, withheld = _members(case, audience)
    reached = [person for person in people if _tell(case, audience, person, facts)]
    callers = list(dict.fromkeys([keeper_of(case, audience), *case.callers()]))
    teller = Teller(case.uow, case.site, case.subject, case.now, lambda: filter(None, callers))
    for unit in units:
        _have_called(teller, unit, text)
    given: dict[str, Any] = {
        "audience": audience.id,
        "number": briefing.number,
        "how": how.value,
        "said": text.said(case.site.language) if how is not How.FIVE_LINES else "",
        "people": reached,
        "called": units,
        "unreached": [person for person in people if person not in reached],
        "withheld": withheld,
        "told_late": int(late.total_seconds()),
        "next": briefing.due_at.isoformat() if briefing.due_at else None,
    }
    if lines is not None:
        given["lines"] = [line.said(case.site.language) for line in lines]
    case.record(BRIEFED, by, **given)
    keep(case, briefing)
    return given


def _facts(case: Case, audience: Audience, briefing: Briefing, text: Words) -> dict[str, Any]:
    """What messages to the audience say, in both languages where they differ."""
    return {
        "audience": Words(audience.name.said("zh"), audience.name.said("en")),
        "briefs": audience.id,
        "number": str(briefing.number),
        "text": text,
        "phase": PHASE_NAMES[case.incident.phase],
        "due": clock_time(briefing.due_at, case.site),
        "paper": "incident-report" if audience.five_lines and case.incident.is_over else "",
    }


def _unchanged_words(case: Case) -> Words:
    at = clock_time(case.now, case.site)
    return Words(
        f"截至{at}，处置仍在进行，情况没有变化。",
        f"As of {at} handling goes on; nothing has changed.",
    )


def _members(case: Case, audience: Audience) -> tuple[list[str], list[str], list[str]]:
    """People and units to be told; in a drill nobody outside hears of it (P5)."""
    people: dict[str, None] = {}
    units: list[str] = []
    for member in audience.members:
        target = Target.parse(member)
        if target.kind == "unit":
            units += [target.id] if target.id in case.site.units else []
        elif target.kind == "role":
            people[filler(case.incident, case.roster, target.id, case.now)] = None
        else:
            people |= dict.fromkeys(case.roster.resolve(member, case.now).people)
    known = [person for person in people if case.roster.known(person)]
    return (known, [], units) if case.incident.drill else (known, units, [])


def _tell(case: Case, audience: Audience, id: str, facts: dict[str, Any]) -> bool:
    """Tell a person by their own ways; False where there is none."""
    person = case.site.people[id]
    said = {
        key: value.said(person.language) if isinstance(value, Words) else value
        for key, value in facts.items()
    }
    return bool(case.teller.tell(person, Purpose.BRIEF, ways_to(person, audience.by), said))


def ways_to(person: Person, wanted: Iterable[str]) -> list[str]:
    """By which ways somebody is told: those wanted, else what is written, else what there is."""
    for some in (wanted, WRITTEN, [via for via in person.vias if via != BY_HAND], [BY_HAND]):
        if found := [via for via in person.vias if via in some]:
            return found
    return []


def _have_called(teller: Teller, id: str, text: Words) -> None:
    """Ask a human to tell a unit, by the first line that a human can use."""
    unit, firm, subject = teller.site.units[id], teller.site.firm.name, teller.subject
    ways = [way for way in unit.reach if way.via == BY_HAND] or list(unit.reach)
    for way in ways[:1]:
        call = CallTask("", subject.id, f"{UNIT}{id}", way.how or way.via, way.to, teller.now)
        call.purpose, call.note = Purpose.BRIEF, way.note
        call.read_out = Words(
            f"您好，这里是{firm.zh}，通报“{subject.title}”处置进展：{text.said('zh')}",
            f"This is {firm.en}, with a progress report on “{subject.title}”: {text.said('en')}",
        )
        teller.have_called(call, unit.name, QUIETLY)


def _said(audience: Audience, given: dict[str, Any], again: str) -> Words:
    """What came of it, for whoever told them."""
    name, many = audience.name, {key: len(v) for key, v in given.items() if isinstance(v, list)}
    parts = [
        Words(
            f"已通报{name.said('zh')}：{many['people']}人",
            f"{name.said('en')} told: {many['people']} people",
        )
    ]
    if many["called"]:
        parts.append(
            Words(f"请人工联络{many['called']}家单位", f"{many['called']} units to call by hand")
        )
    if many["withheld"]:
        parts.append(Words("演练不联络外单位", "outside units are not called in a drill"))
    if many["unreached"]:
        parts.append(
            Words(f"{many['unreached']}人没有可用方式", f"{many['unreached']} cannot be reached")
        )
    if late := given["told_late"]:
        parts.append(Words(f"逾期{late}秒，已留痕", f"late by {late} s, on the record"))
    if again:
        parts.append(Words(f"下次：{again}前", f"next by {again}"))
    return Words("；".join(p.zh for p in parts) + "。", "; ".join(p.en for p in parts) + ".")
