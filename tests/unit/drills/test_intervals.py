"""An interval is kept when nobody waited for a word; that is known when its time is over."""

from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.domain.briefing import Audience
from responder.domain.drill import Expected, Result
from responder.domain.drill_run import Ended
from responder.drills.flaws import flaws
from responder.drills.scoring import RANK
from responder.site.loader import load
from responder.site.sample import sample_folder
from tests.unit.drills.test_flaws import expecting, firm, sound
from tests.unit.drills.test_scoring import MINUTE, START, entry, running, scored

HOUR = timedelta(hours=1)
KEEP = Expected("keep", "interval", of="branches", within=HOUR, objective="o")
DUTY = replace(KEEP, of="cn-securities/continuing-core")
PAST = 2 * HOUR


def told(at: int, seq: int = 1, actor: str = "duty", audience: str = "branches"):
    return entry("Briefed", at * MINUTE, seq, actor, audience=audience)


def missed(at: int, seq: int = 1, due: int | None = None, audience: str = "branches"):
    due_at = START + (at if due is None else due) * MINUTE
    return entry("BriefingMissed", at * MINUTE, seq, audience=audience, due_at=due_at.isoformat())


def came(*entries, now: timedelta = PAST, of: Expected = KEEP, **run):
    return scored(list(entries), now, running(**run), of).get("keep")


def test_it_is_kept_when_nobody_waited():
    """Known at the end of its time and no second before; the last telling proves it."""
    assert came(told(10), told(40, 2), now=HOUR) is None
    found = came(told(10), told(40, 2))
    assert (found.result, found.entry, found.by) == (Result.DONE, 2, "duty")


def test_a_gap_that_was_mended_is_part_of_it():
    """The telling that ended the gap proves it, and the gap is named."""
    found = came(told(10), missed(40, 2), told(44, 3))
    assert (found.result, found.entry) == (Result.PARTIAL, 3)
    assert found.missed == (START + 40 * MINUTE,)
    assert came(told(10), missed(40, 2), told(75, 3)).entry == 3
    assert came(told(10), missed(40, 2)).entry == 1


def test_never_told_is_not_done():
    """The first time that passed without a word proves it."""
    found = came(missed(15), missed(45, 2))
    assert (found.result, found.entry, found.done_at) == (Result.NOT_DONE, 1, None)
    assert came().result is Result.NOT_DONE
    assert came(told(90)).result is Result.PARTIAL


def test_what_was_missed_before_the_row_or_after_its_time_is_not_of_it():
    """Nor what passed for somebody else, or only because the drill ended."""
    since: dict[str, Any] = {"sent": {"a": START + 20 * MINUTE}}
    assert came(missed(15), told(25, 2), told(50, 3), **since).result is Result.DONE
    assert came(told(10), told(40, 2), missed(70, 3)).result is Result.DONE
    assert came(told(10), missed(20, 2, audience="hotline")).result is Result.DONE
    over: dict[str, Any] = {"ended": Ended.DONE, "ended_at": START + 30 * MINUTE}
    closed = missed(30, 2, due=40)
    assert came(told(10), closed, now=31 * MINUTE, **over).result is Result.DONE


def test_who_tells_counts():
    """Kept up by somebody else, it was kept in part."""
    mine = replace(KEEP, by=("role:duty_lead",))
    assert came(told(10), told(40, 2), of=mine).result is Result.DONE
    assert came(told(10), told(40, 2, "head"), of=mine).result is Result.PARTIAL


def test_continuing_reports_are_kept_by_their_own_clock():
    """Submitted each time before its limit; a breach is a gap."""
    names = (f"cn-securities/continuing-core#{n}" for n in count(1))
    first, second = (
        entry("ObligationDischarged", at, seq, "head", obligation=next(names), report="1")
        for seq, at in enumerate((25 * MINUTE, 50 * MINUTE), 1)
    )
    breach = entry("ObligationBreached", 56 * MINUTE, 3, obligation=next(names), late_s=1)
    assert came(first, second, of=DUTY).result is Result.DONE
    assert came(first, second, breach, of=DUTY).result is Result.PARTIAL
    assert came(breach, of=DUTY).result is Result.NOT_DONE
    other = entry("ObligationBreached", MINUTE, 4, obligation="cn-securities/first", late_s=1)
    assert came(first, second, other, of=DUTY).result is Result.DONE


KINDS = st.sampled_from([told, missed])
RECORDS = st.lists(st.tuples(st.integers(0, 120), KINDS), max_size=8)


@given(RECORDS, st.integers(0, 120), st.integers(0, 60))
def test_it_never_gets_worse_as_time_goes_on(record, now, more):
    """What is known of it at one instant is never taken back at a later one."""
    entries = [kind(at, seq) for seq, (at, kind) in enumerate(sorted(record, key=at_first), 1)]
    before = known(entries, now)
    after = known(entries, now + more)
    assert before is None or RANK.index(after) <= RANK.index(before)


def at_first(one):
    return one[0]


def known(entries, now: int) -> Result | None:
    """What is known at a minute by the record as it stands then."""
    found = came(*[e for e in entries if e.at <= START + now * MINUTE], now=now * MINUTE)
    return found.result if found else None


@given(RECORDS)
def test_kept_means_that_no_time_passed_without_a_word(record):
    entries = [kind(at, seq) for seq, (at, kind) in enumerate(sorted(record, key=at_first), 1)]
    inside = [one for one in entries if one.at <= START + HOUR]
    gaps = [one for one in inside if one.kind == "BriefingMissed"]
    kept = bool(inside) and not gaps
    assert (came(*entries).result is Result.DONE) is kept
    spoken = any(one.kind == "Briefed" for one in entries)
    assert (came(*entries).result is Result.NOT_DONE) is not spoken


LEVELLED = Audience("branches", every={1: timedelta(minutes=30), 2: timedelta(minutes=30)})
ITSELF = replace(LEVELLED, id="leaders", five_lines=True)
SITE = replace(firm(), audiences={"branches": LEVELLED, "leaders": ITSELF})


@pytest.mark.parametrize(
    ("of", "level", "within", "en"),
    [
        ("branches", 3, HOUR, "has no interval at level 3"),
        ("branches", 2, 20 * MINUTE, "over before one interval of 30 minutes"),
        ("leaders", 2, HOUR, "no “leaders”"),
        ("nobody", 2, HOUR, "no “nobody”"),
        ("branches", 2, 30 * MINUTE, ""),
    ],
)
def test_an_interval_that_cannot_be_kept_is_a_flaw(of, level, within, en):
    """No clock at that level, none that comes round, none that people keep."""
    one = expecting(does="interval", of=of, within=within)(replace(sound(), level=level))
    found = [flaw.what.en for flaw in flaws(one, SITE)]
    assert [en in what for what in found] == [True] * bool(en)


def test_a_continuing_report_has_its_rules_interval():
    """Of the packs, only what comes round within hours can be kept in a drill."""
    site = load(sample_folder()).site
    scenario = site.scenarios["slow-matching-listing"]
    row = next(iter(scenario.rows.values()))
    for within, flawed in ((30 * MINUTE, False), (20 * MINUTE, True)):
        one = replace(DUTY, within=within, objective="reach")
        rows = {**scenario.rows, row.id: replace(row, expects=(*row.expects, one))}
        assert any(flaws(replace(scenario, rows=rows), site)) is flawed
