"""The programme of drills: what was tried when, what was never tried, who never took part (7.1 x).

Reachability tests are no drills; what has no day on record was not held.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from responder.domain.drill import DrillScenario, Kind
from responder.domain.drill_record import DrillRecord, half_before, half_of
from responder.domain.site import Site
from responder.drills.people import possible

HALVES = 4
"""How many half-years the grid shows, this one the last."""
Half = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Programme:
    """Drills by what was tried and when; `grid` counts them by subject and half-year.

    A subject is a scenario of the site, or what earlier drills were drawn from. `recurring` are
    those that come again by themselves, as far as everybody may know.
    """

    halves: tuple[Half, ...]
    grid: dict[str, tuple[int, ...]]
    latest: dict[str, date]
    next: tuple[str, ...]
    never: tuple[str, ...]
    posts: dict[str, tuple[int, int]]
    recurring: tuple[str, ...] = ()


def programme(site: Site, records: Iterable[DrillRecord], today: date) -> Programme:
    """What the drills held up to a day come to."""
    held = [one for one in records if one.on and one.on <= today]
    halves = _halves(today)
    subjects = list(dict.fromkeys([*_drillable(site), *(subject(site, one) for one in held)]))
    latest = {name: _latest(site, held, name) for name in subjects}
    return Programme(
        halves,
        {name: tuple(_count(site, held, name, half) for half in halves) for name in subjects},
        {name: day for name, day in latest.items() if day},
        tuple(sorted(_drillable(site), key=lambda name: latest[name] or date.min)),
        tuple(_never(site, held)),
        _posts(site, held, halves[-2][0]),
        tuple(dict.fromkeys(_recurring(site))),
    )


def label(half: Half) -> str:
    """How a half-year is written: `2026H2`."""
    return f"{half[0].year}H{1 if half[0].month == 1 else 2}"


def subject(site: Site, record: DrillRecord) -> str:
    """What a drill tried: its playbook, so that a scenario and earlier drills of it are one."""
    scenario = site.scenarios.get(record.scenario)
    return scenario.playbook if scenario else record.scenario


def _drillable(site: Site) -> list[str]:
    """The playbooks that scenarios of the site try, each once."""
    scenarios: Sequence[DrillScenario] = list(site.scenarios.values())
    return list(dict.fromkeys(s.playbook for s in scenarios if s.kind is not Kind.REACHABILITY))


def _recurring(site: Site) -> Iterator[str]:
    for scenario in site.scenarios.values():
        if scenario.recurs is not None and not scenario.unannounced:
            yield scenario.playbook


def _halves(today: date) -> tuple[Half, ...]:
    halves = [half_of(today)]
    while len(halves) < HALVES:
        halves.insert(0, half_before(halves[0][0]))
    return tuple(halves)


def _count(site: Site, held: Iterable[DrillRecord], name: str, half: Half) -> int:
    return sum(
        subject(site, one) == name and one.on is not None and half[0] <= one.on < half[1]
        for one in held
    )


def _latest(site: Site, held: Iterable[DrillRecord], name: str) -> date | None:
    days = [one.on for one in held if one.on and subject(site, one) == name]
    return max(days, default=None)


def _never(site: Site, held: Iterable[DrillRecord]) -> Iterable[str]:
    """People who hold a role and were in no drill."""
    seen = {person for one in held for person in one.participants}
    holders = possible(site, (f"role:{role}" for role in site.roles))
    return (person for person in site.people if person in holders and person not in seen)


def _posts(site: Site, held: Iterable[DrillRecord], since: date) -> dict[str, tuple[int, int]]:
    """Of each role's people, how many took part since a day: this half-year or the last."""
    lately = {p for one in held if one.on and one.on >= since for p in one.participants}
    posts = {role: possible(site, (f"role:{role}",)) for role in site.roles}
    return {role: (len(people & lately), len(people)) for role, people in posts.items() if people}
