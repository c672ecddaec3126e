"""Units outside the firm in a joint drill: whom to call, what to read out, who took part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.case import AFTER_FREEZE, Case
from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.drills.drill_at_work import AFTER_END, DrillAtWork, scenario_of
from responder.commands.drills.scenarios import scenario_in_force
from responder.commands.drills.starting import AFTER_START
from responder.commands.pursuit import roster_in_force
from responder.domain.drill import DrillScenario
from responder.domain.drill_run import DrillRun, Ended, PartnerSeen
from responder.domain.site import Site
from responder.domain.words import Words
from responder.drills.partners import read_out, unit_name
from responder.drills.people import possible
from responder.errors import UnknownId
from responder.ports.unit_of_work import UnitOfWork

LONGEST_NOTE = 500


@dataclass(frozen=True)
class RecordPartner(Command):
    """Whether a unit outside took part; `note` says who there, and how it went."""

    incident: str
    unit: str
    came: bool = True
    note: str = ""


@handles(RecordPartner)
def record_partner(command: RecordPartner, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep it, until the file is closed. Raises UnknownId for a unit that the drill has none of."""
    drill = DrillAtWork.load(uow, command.incident, now)
    drill.case.may("evaluate_drill", command.by)
    drill.must_not_be_closed()
    units = [one.unit for one in drill.scenario.partners]
    if command.unit not in units:
        raise UnknownId("外部参演单位", "unit of this drill", command.unit, units)
    note = command.note and clean_line(command.note, "说明", "note", LONGEST_NOTE)
    seen = PartnerSeen(command.came, note, command.by.person, now)
    drill.run.partners[command.unit] = seen
    kind = "PartnerTookPart" if command.came else "PartnerStayedAway"
    drill.case.record(kind, command.by, unit=command.unit, note=note)
    drill.case.save()
    drill.save()
    name = unit_name(drill.case.site, command.unit)
    said = Words(f"已登记：{name.zh}没有参加。", f"Recorded: {name.en} took no part.")
    if command.came:
        said = Words(f"已登记：{name.zh}参加了演练。", f"Recorded: {name.en} took part.")
    return Reply(command.incident, said, {"unit": command.unit, "came": command.came})


# Asking


def call_list(uow: UnitOfWork, scenario: str) -> list[dict[str, Any]]:
    """Whom people call before a joint drill, by which lines, and what they read out.

    By the register in force, for the next day planned. Raises UnknownId.
    """
    site = roster_in_force(uow).site
    one = scenario_in_force(site, scenario)
    planned = [p.starts_at for p in uow.drill_plans.open().values() if p.scenario == scenario]
    at = min(planned, default=None)
    found = []
    for partner in one.partners:
        unit, said = site.units.get(partner.unit), read_out(one, site, partner, at)
        found.append(
            {
                "unit": partner.unit,
                "name": _both(unit_name(site, partner.unit)),
                "contact": _both(unit.contact if unit else Words()),
                "lines": [
                    {"how": way.how or way.via, "to": way.to, "note": way.note}
                    for way in (unit.reach if unit else ())
                ],
                "part": _both(partner.part),
                "read_out": _both(said),
            }
        )
    return found


def partners_shown(scenario: DrillScenario, run: DrillRun, site: Site) -> list[dict[str, Any]]:
    """Each unit outside, its part, and whether it took part: None while nobody has said."""
    found = []
    for one in scenario.partners:
        seen = run.partners.get(one.unit)
        name, part = _both(unit_name(site, one.unit)), _both(one.part)
        came, note = (seen.came, seen.note) if seen else (None, "")
        found.append({"unit": one.unit, "name": name, "part": part, "came": came, "note": note})
    return found


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


# Telling those who conduct it to call


def _begun(uow: UnitOfWork, _scenario: str, id: str, now: datetime) -> None:
    drill = DrillAtWork.load(uow, id, now)
    how = f"drill call-list {drill.scenario.id}"
    _have_called(
        drill.case,
        drill.scenario,
        drill.run,
        Words(f"联合演练已开始，号码和读稿见 {how}", f"The joint drill has begun; see: {how}"),
    )


def _over(drill: DrillAtWork) -> None:
    words = Words("联合演练已结束", "The joint drill is over")
    if drill.run.ended is Ended.ABORTED:
        words = Words(
            "联合演练中止，一切行动停止", "The joint drill is broken off: all of it stops"
        )
    _have_called(drill.case, drill.scenario, drill.run, words)


def _frozen(case: Case) -> None:
    run = case.uow.drill_runs.get(case.incident.id)
    if run is not None and run.is_open:
        words = Words("真实事件发生，联合演练冻结", "A real event: the joint drill is frozen")
        _have_called(case, scenario_of(case, run), run, words)


def _have_called(case: Case, scenario: DrillScenario, run: DrillRun, what: Words) -> None:
    """Who conducts it is asked to call the units; the engine itself tells them nothing."""
    if not scenario.partners:
        return
    names = [unit_name(case.site, one.unit) for one in scenario.partners]
    zh, en = "、".join(one.zh for one in names), ", ".join(one.en for one in names)
    words = Words(f"请电话告知{zh}：{what.zh}", f"Please call {en}. {what.en}")
    case.tell(_conductors(case, scenario, run), words)


def _conductors(case: Case, scenario: DrillScenario, run: DrillRun) -> Iterable[str]:
    inside = possible(case.site, scenario.controllers)
    return dict.fromkeys((run.started_by, *(p for p in case.site.people if p in inside)))


AFTER_START.append(_begun)
AFTER_END.append(_over)
AFTER_FREEZE.append(_frozen)
