"""What is due in a drill under way: rows to send, rows that no longer apply, when to look again."""

from collections.abc import Mapping
from datetime import datetime

from responder.domain.drill import Condition, DrillScenario, Result, Row
from responder.domain.drill_run import LONGEST, DrillRun

MET = (Result.DONE, Result.LATE, Result.PARTIAL)


def due_rows(
    scenario: DrillScenario, run: DrillRun, results: Mapping[str, Result], now: datetime
) -> tuple[list[Row], list[Row]]:
    """Rows whose time has come, in order: those to send, those whose condition is not met."""
    if run.is_paused or not run.is_open:
        return [], []
    come = [row for row in _left(scenario, run) if run.instant(row.at) <= now]
    send = [row for row in come if _applies(row, results)]
    return send, [row for row in come if row not in send]


def next_at(scenario: DrillScenario, run: DrillRun) -> datetime | None:
    """When something is due next: a row, or the drill's end; None while it stands still."""
    if run.is_paused or not run.is_open:
        return None
    rows = [run.instant(row.at) for row in _left(scenario, run)]
    return min([*rows, ends_at(scenario, run)])


def ends_at(scenario: DrillScenario, run: DrillRun) -> datetime:
    """When it ends by itself: as long after the start as planned, and never run overnight."""
    planned = run.instant(scenario.lasts)
    return min(planned, run.started_at + LONGEST)


def coming(scenario: DrillScenario, run: DrillRun) -> list[tuple[datetime, Row]]:
    """What the controller sees ahead, with the instants as they stand now."""
    return [(run.instant(row.at), row) for row in _left(scenario, run)]


def _left(scenario: DrillScenario, run: DrillRun) -> list[Row]:
    done = {*run.sent, *run.skipped}
    rows = [row for row in scenario.rows.values() if row.id not in done]
    return sorted(rows, key=lambda row: row.at)


def _applies(row: Row, results: Mapping[str, Result]) -> bool:
    return all(_holds(one, results) for one in row.only_if)


def _holds(condition: Condition, results: Mapping[str, Result]) -> bool:
    """`done` is met by anything that was done at all, `not_done` by nothing; else exactly."""
    found = results.get(condition.expected, Result.NOT_DONE)
    if condition.was is Result.DONE:
        return found in MET
    return found is condition.was
