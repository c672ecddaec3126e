"""A process is killed at a named point, started again, and nothing confirmed is lost (P3, P10).

The points are read from the source: one that the load never reaches fails its case, so a new
point is either covered or makes itself heard.
"""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from tests.chaos.judge import contents, judge
from tests.chaos.points import DATABASES, points
from tests.chaos.scene import KILLED, Scene
from tests.fakes.provider import ACCEPTED, always


@dataclass(frozen=True, slots=True)
class Plan:
    """At which visit each process in turn is killed, how long nobody runs then, and whether the
    provider can say what became of a message."""

    visits: tuple[int, ...]
    down: timedelta
    looks_up: bool = True

    def __str__(self) -> str:
        visits = "+".join(map(str, self.visits))
        return f"{visits}-{self.down.seconds}s{'' if self.looks_up else '-blind'}"


MARKS = {"sqlite": (), "postgres": (pytest.mark.postgres,)}
BOTH = [pytest.param(database, marks=MARKS[database]) for database in DATABASES]
SHORT, LONG = timedelta(seconds=4), timedelta(seconds=45)
ONCE = Plan((2,), SHORT)
"""The second commit holds what everybody declared."""
MORE = (
    Plan((1,), LONG),
    Plan((3, 5), SHORT, looks_up=False),
    Plan((7, 1), LONG, looks_up=False),
    Plan((8, 2, 4), SHORT),
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every point of each database: by one plan, and by all of them where chaos is asked for."""
    if "plan" in metafunc.fixturenames:
        everything = "chaos" in metafunc.config.option.markexpr
        cases = [
            pytest.param(database, point, plan, marks=MARKS[database])
            for database in DATABASES
            for point in points(database)
            for plan in (ONCE, *(MORE if everything else ()))
        ]
        metafunc.parametrize(("database", "point", "plan"), cases, indirect=["database"], ids=str)


@pytest.mark.chaos
def test_killed_at_a_point(scene: Scene, point: str, plan: Plan) -> None:
    """Nothing confirmed is lost, no page is lost, and one too many was under way at the kill."""
    scene.provider.looks_up = plan.looks_up
    down = timedelta(0)
    for life, visit in enumerate(plan.visits):
        ended = scene.live(down, kill=(point, visit))
        assert ended == KILLED or (life and ended == 0), scene.errors or f"{point} not reached"
        down = plan.down
    assert scene.live(down) == 0, scene.errors
    judge(scene)
    assert scene.provider.duplicates() <= (0 if plan.looks_up else scene.in_flight)
    _a_second_run_changes_nothing(scene)


@pytest.mark.chaos
@pytest.mark.parametrize("database", BOTH, indirect=True)
@pytest.mark.parametrize("nth", [1, 30])
@pytest.mark.parametrize("taken", [False, True])
def test_killed_while_the_provider_has_it(scene: Scene, taken: bool, nth: int) -> None:
    """The request arrived, or was even taken, and nobody is left to read the answer."""
    scene.provider.rule = always(ACCEPTED.after(0.02))
    with scene.process() as process:

        def kill_at(count: int) -> None:
            if count == nth:
                process.kill()

        setattr(scene.provider, "took" if taken else "arrived", kill_at)
        assert scene.ended(process) == KILLED, scene.errors
    assert scene.live(LONG) == 0, scene.errors
    judge(scene)
    assert scene.provider.duplicates() == 0


def _a_second_run_changes_nothing(scene: Scene) -> None:
    before = contents(scene)
    assert scene.live() == 0, scene.errors
    assert contents(scene) == before
