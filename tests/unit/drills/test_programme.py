"""The programme and the year's report count the same drills as anybody counting by hand."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from responder.domain.drill import Kind
from responder.domain.drill_record import DrillFinding, DrillRecord
from responder.drills.annual import annual
from responder.drills.programme import label, programme
from tests.stage.firm import small_firm
from tests.unit.drills.test_flaws import sound

NOW = datetime(2026, 11, 23, tzinfo=UTC)
TODAY = NOW.date()
SITE = small_firm(
    scenarios={
        "s": sound(),
        "l": replace(sound(), id="l", playbook="leak"),
        "test": replace(sound(), id="test", kind=Kind.REACHABILITY, playbook="ping"),
    }
)
PEOPLE = list(SITE.people)


@st.composite
def records(draw):
    """Drills by scenarios of the site and by names from before it."""
    days = draw(st.lists(st.dates(date(2024, 6, 1), date(2026, 11, 23)), max_size=8))
    return [
        DrillRecord(
            f"DRL-{n}",
            draw(st.sampled_from(["s", "outage", "leak", "fire"])),
            on=day,
            participants=tuple(draw(st.lists(st.sampled_from(PEOPLE), unique=True, max_size=4))),
            findings=tuple(
                DrillFinding(f"F{n}-{m}", done_on=draw(st.sampled_from([None, day])))
                for m in range(draw(st.integers(0, 2)))
            ),
        )
        for n, day in enumerate(days)
    ]


def tried(record: DrillRecord) -> str:
    return "outage" if record.scenario == "s" else record.scenario


def half(day: date) -> str:
    return f"{day.year}H{1 if day.month <= 6 else 2}"


@given(records())
def test_the_grid_is_a_count_by_hand(drills):
    """Each cell, each latest day, and the one undrilled longest comes first."""
    found = programme(SITE, drills, TODAY)
    assert [label(one) for one in found.halves] == ["2025H1", "2025H2", "2026H1", "2026H2"]
    by_hand = Counter((tried(one), half(one.on)) for one in drills)
    for name, counts in found.grid.items():
        assert list(counts) == [by_hand[name, label(one)] for one in found.halves]
    assert "ping" not in found.grid
    days = {name: max(one.on for one in drills if tried(one) == name) for name in found.latest}
    assert found.latest == days
    order = [found.latest.get(name, date.min) for name in found.next]
    assert order == sorted(order)
    assert set(found.next) == {"outage", "leak"}


@given(records())
def test_who_never_took_part(drills):
    """Holders of roles, of whom no drill knows."""
    found = programme(SITE, drills, TODAY)
    seen = {person for one in drills for person in one.participants}
    assert set(found.never) == {"duty", "deputy", "admin", "head"} - seen
    assert all(drilled <= of for drilled, of in found.posts.values())


@given(records(), st.integers(2024, 2026))
def test_the_years_totals_are_those_of_the_archive(drills, year):
    """Recomputed here from the records alone."""
    found = annual(SITE, drills, year, NOW)
    mine = [one for one in drills if one.on.year == year]
    assert sorted(one.id for one in found.drills) == sorted(one.id for one in mine)
    assert found.by_half == (
        sum(one.on.month <= 6 for one in mine),
        sum(one.on.month > 6 for one in mine),
    )
    assert found.attendances == sum(len(one.participants) for one in mine)
    assert found.people == len(set().union(*(one.participants for one in mine)))
    findings = [finding for one in mine for finding in one.findings]
    assert len(found.chains) == len(findings)
    assert found.put_right == sum(one.done_on is not None for one in findings)


def test_the_chain_ends_at_the_next_drill_of_the_same():
    """Finding, what the plan became, and the drill that tried it again, in another year too."""
    finding = DrillFinding("F1")
    drills = [
        DrillRecord("DRL-1", "s", on=date(2025, 12, 1), findings=(finding,), plan_changes="3.2"),
        DrillRecord("DRL-2", "leak", on=date(2026, 1, 5)),
        DrillRecord("DRL-3", "outage", on=date(2026, 2, 5)),
    ]
    (chain,) = annual(SITE, drills, 2025, NOW).chains
    assert (chain.drill, chain.finding, chain.plan_changes) == ("DRL-1", finding, "3.2")
    assert chain.retried == "DRL-3"


def test_the_right_addressee():
    """A core institution reports to the CSRC, any other to the bureau of its domicile (7.1 aa)."""
    core = replace(SITE, firm=replace(SITE.firm, institution="core"))
    assert annual(core, [], 2026, NOW).to == "csrc"
    bureau = replace(SITE, firm=replace(SITE.firm, bureau="b"))
    assert annual(bureau, [], 2026, NOW).to == "bureau"
