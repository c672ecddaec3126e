"""A joint drill of a core institution is reported within fifteen working days (令第218号 38)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from responder.domain.drill import DrillScenario
from responder.drills.joint import report_due
from responder.site.calendars import calendars_wanted, shipped_calendar
from responder.site.packs import shipped_regime
from tests.stage.firm import small_firm

HELD = datetime(2026, 11, 21, 4, tzinfo=UTC)
JOINT = DrillScenario("s", joint=True)


def firm(institution: str, *ids: str):
    packs = [pack for id in ids if (pack := shipped_regime(id))]
    wanted = {id: shipped_calendar(id) for id in calendars_wanted(packs, ())}
    site = small_firm()
    return replace(
        site,
        firm=replace(site.firm, institution=institution),
        regimes={pack.id: pack for pack in packs},
        applies=tuple(pack.id for pack in packs),
        calendars={id: calendar for id, calendar in wanted.items() if calendar},
    )


def test_fifteen_working_days_by_hand() -> None:
    """Held on a Saturday, 21 November 2026: Mon 23 is the first, Fri 11 December the fifteenth."""
    found = report_due(JOINT, firm("core", "cn-order218"), HELD)
    assert found is not None
    duty, at = found
    assert duty == "cn-order218/drill"
    assert at.astimezone(ZoneInfo("Asia/Shanghai")).date() == date(2026, 12, 11)


@pytest.mark.parametrize(
    ("scenario", "institution", "packs"),
    [
        (DrillScenario("s"), "core", ["cn-order218"]),
        (JOINT, "operating", ["cn-order218"]),
        (JOINT, "core", []),
    ],
)
def test_nobody_else_owes_it(scenario, institution, packs) -> None:
    """Neither a drill of one's own, nor an operating institution, nor without the regime."""
    assert report_due(scenario, firm(institution, *packs), HELD) is None
