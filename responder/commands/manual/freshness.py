"""Related units' lines tried in turn, and who is reminded that it is time again (4.7)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.daily import each_day
from responder.commands.firm import require_act
from responder.commands.manual.keeping import KEEPS_UP_AT, tell_keepers
from responder.commands.matter import FirmMatter
from responder.commands.pursuit import UNIT, roster_in_force
from responder.domain.change_notice import UnitCheck
from responder.domain.masking import without_numbers
from responder.domain.record import By
from responder.domain.unit_freshness import Freshness, freshness
from responder.domain.words import Words
from responder.errors import UnknownId
from responder.ports.unit_of_work import UnitOfWork

LONGEST_NOTE = 300
REMINDED = "units.reminded"
"""The note of the day on which the keepers were last asked to try lines."""
EVERY = timedelta(days=7)
NAMED = 5


@dataclass(frozen=True)
class RecordUnitCheck(Command):
    """Somebody tried a related unit's line; `unit` is its id, with `unit:` before it or not."""

    unit: str
    reached: bool
    note: str = ""


@handles(RecordUnitCheck)
def record_unit_check(command: RecordUnitCheck, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep it; a line that bounced is on the list until somebody is reached."""
    require_act("record_unit", command.by, uow, now)
    matter, id = FirmMatter.load(uow, now), command.unit.removeprefix(UNIT)
    unit = matter.site.units.get(id)
    if unit is None:
        raise UnknownId("关联单位", "related unit", command.unit, matter.site.units)
    clean_line(command.note or "—", "说明", "note", LONGEST_NOTE)
    check = tried(matter, id, command.by, command.reached, command.note)
    said = (
        Words(f"已登记：{unit.name.zh}联系正常。", f"Recorded: {unit.name.en} was reached.")
        if command.reached
        else Words(
            f"已登记：{unit.name.zh}联系不上，请核实新的联系方式后再次核对。",
            f"Recorded: {unit.name.en} was not reached; find the new number and try again.",
        )
    )
    return Reply(check.id, said, {"unit": id, "reached": command.reached})


def tried(matter: FirmMatter, unit: str, by: By, reached: bool, note: str) -> UnitCheck:
    """Put on the record that a line was tried, and what came of it."""
    check = UnitCheck(
        matter.uow.token(), unit, matter.now, by.person, reached, without_numbers(note)
    )
    matter.uow.unit_checks.put(check.id, check)
    matter.record("UnitTried", by, unit=unit, reached=reached, note=check.note)
    return check


def unit_freshness(uow: UnitOfWork) -> tuple[Freshness, ...]:
    """How fresh each unit's line is."""
    return freshness(roster_in_force(uow).site, uow.unit_checks.all().values())


def today(uow: UnitOfWork, now: datetime) -> date:
    """The day in the site's zone."""
    return now.astimezone(ZoneInfo(roster_in_force(uow).site.time_zone)).date()


@each_day(KEEPS_UP_AT)
def remind_of_units(uow: UnitOfWork, now: datetime) -> None:
    """Once a week, while any line is due or comes due within a fortnight."""
    day = today(uow, now)
    said = uow.notes.get(REMINDED)
    if said and day - date.fromisoformat(str(said)) < EVERY:
        return
    due = [one for one in unit_freshness(uow) if one.is_due(day) or one.is_due_soon(day)]
    if not due:
        return
    uow.notes.put(REMINDED, day.isoformat())
    more = len(due) - NAMED
    zh, en = ([one.unit.name.said(lang) for one in due[:NAMED]] for lang in ("zh", "en"))
    what = Words(
        f"关联单位联系方式待核对：{'、'.join(zh)}" + f"等{len(due)}家" * (more > 0),
        f"Related units to be tried: {', '.join(en)}" + f" and {more} more" * (more > 0),
    )
    tell_keepers(FirmMatter.load(uow, now), what, TRY_THEM)


def freshness_facts(one: Freshness, day: date) -> dict[str, Any]:
    """A unit's line as scripts read it."""
    return {
        "unit": one.unit.id,
        "name": {"zh": one.unit.name.zh, "en": one.unit.name.en},
        "reached_on": one.reached_on.isoformat() if one.reached_on else None,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "due": one.is_due(day),
        "bounced": one.bounced.note or True if one.bounced else None,
    }


TRY_THEM = Words(
    "请逐家电话或邮件核对，登记 contacts verify unit:编号 --reached 或 --bounced",
    "Call or write to each; record it: contacts verify unit:ID --reached or --bounced",
)
