"""The engine notices when it did not run, and when the wall clock was set."""

import asyncio
from datetime import timedelta

import pytest

from responder.commands.engine_work import Heartbeat, NoticeClockStep, NoticeDowntime, RunDue
from responder.commands.firm import HEARTBEAT
from tests.unit.engine.stand_ins import START, World, after, until

KINDS = (Heartbeat, NoticeDowntime, NoticeClockStep)


def beats(world, *seconds):
    async def story():
        await world.engine.begin()
        for second in seconds:
            world.clock.move_to(after(second))
            await world.engine.beat()

    asyncio.run(story())
    return world.store.kinds(*KINDS)


def test_it_beats_every_five_seconds():
    """The record shows that it runs, and no more often than needed."""
    world = World()
    assert beats(world, 1, 4.9, 5, 6, 10, 14) == [Heartbeat()] * 3
    assert world.store.values[HEARTBEAT] == after(10).isoformat()


@pytest.mark.parametrize(("ago", "noticed"), [(10, False), (10.5, True), (7200, True)])
def test_downtime_is_noticed_at_the_start(ago, noticed):
    """A silence of more than ten seconds before the start is told before anything else."""
    world = World()
    since = START - timedelta(seconds=ago)
    world.store.values[HEARTBEAT] = since.isoformat()
    done = beats(world)
    assert done == [*[NoticeDowntime(since=since, until=START)] * noticed, Heartbeat()]


def test_the_first_start_of_all_is_no_downtime():
    """An empty database was not running before."""
    assert beats(World()) == [Heartbeat()]


def test_a_process_that_was_stopped_notices():
    """SIGSTOP, a paused machine: the gap is told once, then work goes on."""
    done = beats(World(), 3, 63, 64, 68)
    assert done == [
        Heartbeat(),
        NoticeDowntime(since=START, until=after(63)),
        Heartbeat(),
        Heartbeat(),
    ]


@pytest.mark.parametrize(("step", "noticed"), [(4, False), (6, True), (-3600, True)])
def test_a_stepped_clock_is_noticed_once(step, noticed):
    """Setting the wall clock by more than five seconds is told once, and moves no timer."""
    world = World()

    async def story():
        await world.engine.begin()
        world.clock.step_wall(timedelta(seconds=step))
        await world.engine.beat()
        await world.engine.beat()

    asyncio.run(story())
    said = world.store.kinds(NoticeClockStep)
    assert said == [NoticeClockStep(step=timedelta(seconds=step))] * noticed


def test_what_cannot_be_told_keeps_nobody_from_being_paged(caplog):
    """An error while telling is logged, and the engine goes on."""
    world = World()
    world.store.values[HEARTBEAT] = (START - timedelta(hours=1)).isoformat()

    def fails(command):
        if isinstance(command, NoticeDowntime):
            raise ZeroDivisionError

    world.store.fails = fails
    assert beats(world) == [Heartbeat()]
    assert "NoticeDowntime could not be recorded" in caplog.text


def test_downtime_is_told_before_any_other_work():
    """What was missed must be known before the rules look at what is due."""
    world = World(settle=False)
    world.store.values[HEARTBEAT] = (START - timedelta(hours=1)).isoformat()

    async def story():
        stop = asyncio.Event()
        run = asyncio.create_task(world.engine.run(stop))
        await until(lambda: world.store.kinds(RunDue))
        stop.set()
        await run

    asyncio.run(asyncio.wait_for(story(), 5))
    assert [type(c) for c in world.store.done[:3]] == [NoticeDowntime, Heartbeat, RunDue]
