"""`simulate` tells what the engine then really does, to the second: rings, answers, decisions.

The real commands on a real store and the virtual clock, with people who cannot be reached and
channels that refuse; for every sample playbook, and for random firms.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from responder.commands.firm import AcceptSite
from responder.domain.roster import Roster
from responder.domain.simulation import Scenario, simulate
from responder.domain.site import Site
from responder.site.loader import load
from responder.site.sample import sample_folder
from responder.store.opening import open_store
from tests.oracle.compare import counted
from tests.oracle.effort import effort
from tests.oracle.worlds import worlds
from tests.stage.answering import Answering, with_declarer

AT = datetime.fromisoformat("2026-10-01T03:00:00+08:00")
SPARED = 4
"""At level 4 the quiet hours spare people, which `simulate` leaves out."""
FEW_RINGS = timedelta(minutes=8)
"""Within it nobody is rung by voice ten times, after which the engine rings less often: rings are
compared so far, everything else to the end."""
LONG = timedelta(minutes=25)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Opens one fresh database after the other."""
    folder = tmp_path_factory.mktemp("stores")
    stores: list[Any] = []

    def fresh() -> Any:
        for store in stores:
            store.close()
        stores[:] = [open_store(f"sqlite:///{folder / f'{len(list(folder.iterdir()))}.db'}")]
        return stores[0]

    yield fresh
    for store in stores:
        store.close()


@pytest.fixture(scope="module")
def sample() -> Site:
    return with_declarer(load(Path(sample_folder())).site)


def both(
    store: Any, site: Site, playbook: str, scenario: Scenario
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The simulation, and what the engine did as far as the simulation goes."""
    told = simulate(Roster(site), site.playbooks[playbook], scenario)
    play = Answering(store, scenario.at)
    play.do(AcceptSite(site=site))
    play.unreachable, play.refused = scenario.unreachable, scenario.failed
    play.patience = scenario.answers_after
    incident = play.declare(playbook, scenario.level)
    play.run(incident, scenario.at + scenario.until)
    return told, play.told(incident, scenario.at)


def within(events: list[dict[str, Any]], until: timedelta) -> list[dict[str, Any]]:
    last, rings = (int(span.total_seconds()) for span in (until, FEW_RINGS))
    plain = [{k: v for k, v in event.items() if k != "refused"} for event in events]
    return [e for e in plain if e["t"] <= (min(rings, last) if e["kind"] == "page" else last)]


def alike(told: dict[str, Any], done: list[dict[str, Any]], until: timedelta) -> None:
    """Each second alike. At the last, whoever answers beside the one who completes is only seen."""
    end = told["outcome"]["acknowledged_t"]
    simulated, really = within(told["events"], until), within(done, until)
    for events in (simulated, really):
        events[:] = [e for e in events if not (e["kind"] == "acknowledged" and e["t"] == end)]
    assert counted(by_time(really)) == counted(by_time(simulated))


def by_time(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(events, key=lambda event: event["t"])


LEADS = ("wang.fang", "zhao.lei", "sun.qiang", "zhang.wei")
FIRST_TWO = ("chen.guo", "liu.min")


@pytest.mark.parametrize(
    ("unreachable", "failed"),
    [
        ((), ()),
        (FIRST_TWO, ("slack",)),
        (LEADS, ("voice", "sms")),
        ((*LEADS, *FIRST_TWO), ()),
        ((), ("slack", "telegram", "voice", "sms")),
    ],
    ids=["everybody", "two of the order", "the leads", "both", "e-mail alone"],
)
def test_every_sample_playbook(opened, sample, unreachable, failed):
    """Whoever cannot be reached, whichever channels are down."""
    for id, playbook in sample.playbooks.items():
        level = min(playbook.level, SPARED - 1)
        scenario = Scenario(AT, level, frozenset(unreachable), until=LONG, failed=frozenset(failed))
        told, done = both(opened(), sample, id, scenario)
        alike(told, done, LONG)


@given(worlds(), st.sampled_from(((), ("voice",), ("slack", "sms"), ("telegram", "email"))))
@effort(25)
def test_random_firms(opened, world, failed):
    """Strange sites, wherever the hour."""
    assume(all(not e.every or e.every >= timedelta(minutes=1) for e in profile(world.site)))
    site = with_declarer(world.site)
    until = min(timedelta(seconds=world.until), FEW_RINGS)
    scenario = Scenario(
        world.at,
        world.level,
        world.unreachable,
        timedelta(seconds=world.answer_after),
        until,
        frozenset(failed),
    )
    site.playbooks["outage"] = world.playbook
    told, done = both(opened(), site, "outage", scenario)
    assume(not tied(told))
    alike(told, done, until)


def profile(site: Site) -> Any:
    return [entry for entries in site.profiles.values() for entry in entries]


def tied(told: dict[str, Any]) -> bool:
    """Several people answer at one second at which a step starts, too.

    People never answer at the very same instant; `simulate` takes their answers together (rule 9),
    the engine one after the other, and the first may have started the step.
    """
    answers: dict[int, int] = {}
    for event in told["events"]:
        answers[event["t"]] = answers.get(event["t"], 0) + (event["kind"] == "acknowledged")
    moving = {e["t"] for e in told["events"] if e["kind"] in ("step", "widened")}
    moving.add(told["outcome"]["acknowledged_t"] if told["outcome"]["short"] else -1)
    return any(count > 1 and t in moving for t, count in answers.items())
