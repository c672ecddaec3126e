"""What is kept ready: how it stands by its records, and when somebody is reminded of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from responder.domain.provision import (
    BEFORE,
    CHECK,
    DRAW,
    SPEND,
    STOCK_TAKE,
    TEST_CALL,
    Provision,
    ProvisionCheck,
    kept,
    lacking,
    reminder,
    tells_a_secret,
)
from responder.domain.words import Words

DAY = timedelta(days=1)
BASE = date(2026, 9, 1)
NOON = datetime(2026, 9, 1, 4, tzinfo=UTC)
HERE = "Asia/Shanghai"
SPARE = Provision("s", "spare", quantity=20, least=5, check_every=90 * DAY, checked_on=BASE)
DAYS = st.integers(-200, 400).map(lambda n: BASE + n * DAY)


def record(days: int, what: str, amount: int = 0, **more) -> ProvisionCheck:
    return ProvisionCheck("x", "s", what, NOON + days * DAY, "p", amount=amount, **more)


# In stock


@given(
    st.lists(
        st.tuples(
            st.integers(0, 60), st.sampled_from([STOCK_TAKE, DRAW, CHECK]), st.integers(0, 9)
        ),
        max_size=12,
    )
)
def test_the_stock_is_the_last_count_less_what_was_drawn_since(rows):
    """Whatever the order in which the records lie on the shelf."""
    records = [record(days, what, amount) for days, what, amount in rows]
    quantity = 20
    for one in sorted(records, key=lambda r: r.at):
        if one.what == STOCK_TAKE:
            quantity = one.amount
        elif one.what == DRAW:
            quantity -= one.amount
    assert kept(SPARE, records, HERE).quantity == quantity
    assert kept(SPARE, sorted(records, key=lambda r: r.at), HERE).is_low is (quantity < 5)


@given(st.integers(-90, 90), st.booleans(), st.sampled_from([STOCK_TAKE, DRAW]))
def test_what_was_recorded_before_the_file_was_written_no_longer_counts(days, drill, what):
    """The file is where the count begins, its day included; a drill never counts."""
    found = kept(SPARE, [record(days, what, 3, drill=drill)], HERE)
    counts = days >= 0 and not drill
    assert found.quantity == ((3 if what == STOCK_TAKE else 17) if counts else 20)


def test_the_records_of_others_do_not_count():
    """Each entry has its own."""
    other = record(1, DRAW, 5)
    other.provision = "t"
    assert kept(SPARE, [other], HERE).quantity == 20


@given(st.lists(st.tuples(st.integers(1, 100), st.booleans(), st.booleans()), max_size=6))
def test_a_fund_is_what_was_granted_less(rows):
    """What is still asked for, or was refused, is not spent."""
    fund = Provision("s", "fund", amount=1000, checked_on=BASE)
    records = [
        record(1, SPEND, amount, passed=passed, is_open=is_open) for amount, passed, is_open in rows
    ]
    spent = sum(a for a, passed, is_open in rows if passed and not is_open)
    assert kept(fund, records, HERE).balance == 1000 - spent


def test_the_day_of_a_record_is_that_of_the_site():
    """An evening in UTC is the next morning in Shanghai."""
    late = ProvisionCheck("x", "s", CHECK, datetime(2026, 9, 30, 17, tzinfo=UTC), "p")
    assert kept(SPARE, [late], HERE).checked_on == date(2026, 10, 1)


# Checked


def test_the_last_check_that_passed_counts():
    """A failed one marks it, until it passes again; a draw is no check."""
    failed = record(10, CHECK, passed=False)
    assert kept(SPARE, [failed], HERE).failed
    assert kept(SPARE, [failed], HERE).checked_on == BASE
    mended = kept(SPARE, [failed, record(11, TEST_CALL)], HERE)
    assert (mended.failed, mended.checked_on) == (False, BASE + 11 * DAY)
    assert kept(SPARE, [record(12, DRAW, 1)], HERE).checked_on == BASE


@given(DAYS)
def test_the_last_day_is_in_time(today):
    """Of a check and of what runs out."""
    found = kept(SPARE, [], HERE)
    assert found.is_overdue(today) is (today > BASE + 90 * DAY)
    runs_out = Provision("s", "supply", expires_on=BASE)
    assert kept(runs_out, [], HERE).is_expired(today) is (today > BASE)


def test_a_renewal_counts_though_a_later_check_names_no_day():
    """The last day stays until another is given."""
    renewed = record(1, CHECK, expires_on=BASE + 400 * DAY)
    found = kept(SPARE, [renewed, record(5, CHECK)], HERE)
    assert found.expires_on == BASE + 400 * DAY
    failed = record(6, CHECK, passed=False, expires_on=BASE)
    assert kept(SPARE, [renewed, failed], HERE).expires_on == BASE + 400 * DAY


def test_what_was_never_checked_is_due():
    """It has an interval, and no day."""
    never = Provision("s", "spare", check_every=90 * DAY)
    assert kept(never, [], HERE).is_overdue(BASE)


# Reminders

EVERY = st.none() | st.sampled_from([7, 14, 30, 60, 90, 120, 180, 365]).map(lambda n: n * DAY)


@given(DAYS, EVERY, st.integers(0, 150))
def test_steps_only_ever_rise(day, every, days):
    """From one day to the next a reminder goes on or stays, and never falls back."""
    today = day - 70 * DAY + days * DAY
    before, after = reminder(day, today, every), reminder(day, today + DAY, every)
    if before is None:
        return
    assert after is not None
    assert after.step in (before.step, before.step + 1) or every is not None
    assert after.step >= before.step


@example(date(2026, 1, 5), -1)
@example(date(2026, 1, 5), -8)
@given(DAYS, st.integers(-70, 60))
def test_a_reminder_is_said_at_its_days(day, left):
    """60, 30 and 7 days before, the day after, then weekly; to the head from the second week."""
    steps = {reminder(day, day - n * DAY) for n in range(61, 70)}
    assert steps == {None}
    here = reminder(day, day - left * DAY)
    yesterday = reminder(day, day - (left + 1) * DAY)
    is_new = here is not None and (yesterday is None or yesterday.step < here.step)
    planned = left in [span.days for span in BEFORE] or (left < 0 and (-left - 1) % 7 == 0)
    assert is_new is planned
    if here is not None:
        assert here.to_head is (left < -7)


@given(DAYS, st.sampled_from([30, 60, 90, 119, 120, 365]), st.integers(0, 61))
def test_a_check_is_not_announced_before_half_its_interval(day, every, left):
    """What comes round every 90 days is not on one's mind for 60 of them."""
    found = reminder(day, day - left * DAY, every * DAY)
    if found is not None:
        assert left * 2 <= every
    assert (reminder(day, day - 7 * DAY, every * DAY) is not None) is (every >= 14)


@given(st.lists(DAYS, min_size=1, max_size=30).map(sorted))
def test_each_step_is_said_once_whatever_days_the_engine_runs(mornings):
    """Kept with its step, nothing is said twice, and a day slept through is made up for."""
    day, told, steps = BASE + 60 * DAY, 0, []
    for morning in mornings:
        found = reminder(day, morning)
        if found is not None and found.step > told:
            steps.append(found.step)
            told = found.step
    assert steps == sorted(set(steps))
    last = reminder(day, mornings[-1])
    assert told == (last.step if last else 0)


# What is said


@pytest.mark.parametrize("left_out", ["contacts", "means", "service", "emergency"])
def test_each_of_the_four_is_missed(left_out):
    """An agreement that says three of them lacks the fourth; where none is needed none is."""
    names = {"contacts", "means", "service", "emergency"} - {left_out}
    one = Provision("a", "agreement", fields={name: Words("写明") for name in names})
    assert lacking(one) == (left_out,)
    own = Provision("a", "agreement", self_sufficient=Words("自有机组两台"))
    assert lacking(own) == ()
    assert lacking(Provision("d", "document")) == ()


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("https://x", True),
        ("FTP://x", True),
        ("口令 abc", True),
        ("Password abc", True),
        ("密码：abc", True),
        ("token abc", True),
        ("密码机操作手册", False),
        ("tokens 不在此列", False),
        ("A-01柜", False),
        ("", False),
    ],
)
def test_a_secret_is_known(text, secret):
    """A link, or a password that follows its name; a device's name is none."""
    assert tells_a_secret(text) is secret
