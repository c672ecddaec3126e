"""Killed at no particular moment, while it serves as it does in earnest: processes, one of two
replicas, and PostgreSQL itself."""

import random
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from responder.engine.sender import TIMEOUT
from tests.chaos.judge import judge
from tests.chaos.load import acts
from tests.chaos.scene import KILLED, Scene
from tests.fakes.postgres import Postgres, served
from tests.fakes.provider import Answer, Provider, Sent

LEASE = timedelta(seconds=31)
"""A lease and a moment: what the last process had in hand may be taken up by the next one."""
LONGEST = 20.0
MOST_LIVES = 30
BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


def slowly(chance: random.Random) -> Callable[[Sent], Answer]:
    """A provider that takes its time, so that there is something in flight to be killed."""
    return lambda _: Answer(delay=chance.uniform(0.001, 0.05))


def until(said: Callable[[], bool], process: BaseProcess) -> None:
    """Wait for something to happen while a process runs."""
    while process.is_alive() and not said():
        time.sleep(0.002)


def lives_on(scene: Scene) -> None:
    """Let one process follow the other until everybody has done what the load says, and nothing
    is left that became due while the last one stopped."""
    names = {act.name for act in acts()}
    for _ in range(MOST_LIVES):
        assert scene.live(LEASE, live=LONGEST) == 0, scene.errors
        if set(scene.journal.confirmed()) == names and scene.is_quiet():
            return
    raise AssertionError("the load does not come to an end")


def _has_written_since(scene: Scene, lines: int) -> bool:
    return len(scene.journal.lines()) > lines


@pytest.mark.chaos
@pytest.mark.parametrize("database", BOTH, indirect=True)
def test_killed_at_random(scene: Scene, pytestconfig: pytest.Config) -> None:
    """Whatever it was doing, the next process takes it up; nothing is lost and nothing twice."""
    seed, kills = random.randrange(10**6), 24 if "chaos" in pytestconfig.option.markexpr else 4
    print(f"seed {seed}")
    chance = random.Random(seed)
    scene.provider.rule = slowly(chance)
    for _ in range(kills):
        begun = len(scene.journal.lines())
        with scene.process(LEASE, live=LONGEST) as process:
            until(partial(_has_written_since, scene, begun), process)
            time.sleep(chance.uniform(0, 0.25))
            process.kill()
            assert scene.ended(process) in (KILLED, 0), scene.errors
    lives_on(scene)
    judge(scene, under_way=TIMEOUT)
    assert scene.provider.duplicates() == 0


@pytest.mark.chaos
@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_one_of_two_replicas_is_killed(scene: Scene) -> None:
    """The other goes on at once with what is ready; nothing is done by both."""
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    scene.provider.rule = slowly(chance)
    with scene.process(live=LONGEST) as one, scene.process(live=LONGEST) as other:
        until(lambda: bool(scene.journal.confirmed()), one)
        time.sleep(chance.uniform(0, 0.1))
        one.kill()
        assert scene.ended(one) == KILLED
        other.kill()
        assert scene.ended(other) in (KILLED, 0), scene.errors
    lives_on(scene)
    judge(scene, under_way=TIMEOUT)
    assert scene.provider.duplicates() == 0


@pytest.mark.chaos
@pytest.mark.postgres
def test_the_database_is_killed(provider: Provider, tmp_path: Path) -> None:
    """The server dies under a process at work, which waits for it and confirms nothing lost."""
    with served() as server:
        scene = Scene.at(server.url(server.create()), provider, tmp_path)
        provider.rule = slowly(random.Random(1))
        with scene.process(live=LONGEST) as process:
            until(lambda: bool(scene.journal.confirmed()), process)
            _killed_and_started(server)
            assert scene.ended(process) == 0, scene.errors
        lives_on(scene)
        judge(scene, under_way=TIMEOUT)
        assert provider.duplicates() == 0


def _killed_and_started(server: Postgres) -> None:
    server.kill()
    server.start()
