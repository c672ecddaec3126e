import time
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from responder.engine import clock as clocks
from responder.engine.clock import SystemClock, VirtualClock

START = datetime(2026, 11, 23, tzinfo=UTC)


def test_the_machines_clock_runs_and_never_goes_back():
    """It agrees with the wall clock, in UTC, and only grows."""
    clock = SystemClock()
    readings = [clock.now() for _ in range(1000)]
    assert readings == sorted(readings)
    assert readings[0].tzinfo is UTC
    assert abs(datetime.now(UTC) - clock.now()) < timedelta(seconds=1)
    assert abs(clock.drift()) < timedelta(seconds=1)


def test_a_stepped_wall_clock_moves_no_timer(monkeypatch):
    """Setting the wall clock shows in `drift` and nowhere else."""
    clock = SystemClock()
    before = clock.now()

    class Stepped(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(hours=1)

    monkeypatch.setattr(clocks, "datetime", Stepped)
    assert clock.now() - before < timedelta(seconds=1)
    assert abs(clock.drift() - timedelta(hours=1)) < timedelta(seconds=1)


def test_replicas_go_by_one_clock():
    """Started by the database's clock it runs on from there, whatever the machine's says."""
    ahead = datetime.now(UTC) + timedelta(seconds=40)
    clock = SystemClock(ahead)
    assert timedelta(0) <= clock.now() - ahead < timedelta(seconds=1)
    assert abs(clock.drift()) < timedelta(seconds=1), "no step: it never went by the machine's"


def test_it_runs_without_boot_time(monkeypatch):
    """Systems that do not count sleep have steady time all the same."""
    monkeypatch.delattr(time, "CLOCK_BOOTTIME", raising=False)
    clock = SystemClock()
    assert clock.now() <= clock.now()


@given(st.lists(st.integers(-1000, 1000), max_size=20))
def test_the_virtual_clock_never_goes_back(moves):
    """Moving it to an earlier instant changes nothing."""
    clock = VirtualClock(START)
    latest = START
    for move in moves:
        clock.move_to(START + timedelta(seconds=move))
        latest = max(latest, START + timedelta(seconds=move))
        assert clock.now() == latest


def test_the_virtual_clock_passes_by():
    """Time passes when told to; a step of the wall is its own thing."""
    clock = VirtualClock(START)
    clock.pass_by(timedelta(minutes=3))
    clock.step_wall(timedelta(hours=-1))
    assert clock.now() == START + timedelta(minutes=3)
    assert clock.drift() == timedelta(hours=-1)
