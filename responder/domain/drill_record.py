"""A drill as it counts for the standard (JR/T 0099 7.1 w to aa), and for which half-year."""

from dataclasses import dataclass, field
from datetime import date

from responder.domain.words import Words

PLAN_HEADINGS = {
    "purpose": Words("目的", "purpose"),
    "content": Words("内容", "content"),
    "time": Words("时间", "time"),
    "participants": Words("参与方", "participants"),
    "manner": Words("方式", "manner"),
    "preparation": Words("前期准备", "preparation"),
    "recording": Words("统计与记录要求", "statistics and recording"),
    "recovery": Words("系统恢复", "recovery"),
    "verification": Words("验证", "verification"),
}
"""What a drill's plan says at least (7.1 w); recovery and verification are kept apart."""
HALF_STARTS = (1, 7)


@dataclass(frozen=True, slots=True)
class DrillFinding:
    """A problem that a drill brought to light, and how it was put right (7.1 z)."""

    id: str
    what: Words = Words()
    owner: str = ""
    due_on: date | None = None
    done_on: date | None = None
    proof: str = ""


@dataclass(frozen=True, slots=True)
class DrillRecord:
    """A drill held: its approved plan, who took part, what was found, what became of it.

    `plan` holds the headings of `PLAN_HEADINGS`, `recorded` says where its record is kept.
    `plan_changes` says what the emergency plan is to change for it (empty: not considered yet).
    `reported_on` is when the year's drills, this one among them, were reported; `report_due_on`
    the limit of a report on this one alone, as joint drills of core institutions need. `partners`
    are the units outside the firm that took part, by id or by name. `held_at` says of one taken in
    where it was held.
    """

    id: str
    scenario: str = ""
    title: Words = Words()
    on: date | None = None
    plan: dict[str, Words] = field(default_factory=dict)
    approved_by: str = ""
    recorded: str = ""
    evaluated_on: date | None = None
    participants: tuple[str, ...] = ()
    plan_changes: str = ""
    findings: tuple[DrillFinding, ...] = ()
    reported_on: date | None = None
    reported_to: str = ""
    receipt: str = ""
    report_due_on: date | None = None
    partners: tuple[str, ...] = ()
    held_at: Words = Words()


def half_of(day: date) -> tuple[date, date]:
    """The half-year a day lies in: its first day, and the first of the next."""
    if day.month < HALF_STARTS[1]:
        return date(day.year, 1, 1), date(day.year, 7, 1)
    return date(day.year, 7, 1), date(day.year + 1, 1, 1)


def half_before(day: date) -> tuple[date, date]:
    """The half-year before the one a day lies in."""
    starts, _ = half_of(day)
    if starts.month == 1:
        return date(starts.year - 1, 7, 1), starts
    return date(starts.year, 1, 1), starts


def last_quarter_of(half: tuple[date, date]) -> date:
    """The first day of a half-year's last quarter."""
    return half[0].replace(month=half[0].month + 3)
