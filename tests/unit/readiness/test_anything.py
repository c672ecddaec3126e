"""Judging never raises, whatever a site that loads says and whatever the record holds."""

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any, get_type_hints

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from responder.domain.rota import Rotation
from responder.domain.site import Site
from responder.readiness.control import assess
from responder.readiness.controls import every_control
from responder.readiness.report_facts import readiness_report
from responder.readiness.situation import Situation
from responder.readiness.values import values
from responder.site.loader import load
from responder.site.sample import sample_folder
from tests.contract.store.anything import anything

ZONE = "Asia/Shanghai"
SPANS, YEARS = 60 * 24 * 365, 60
SPARED = {"site", "at", "gone", "stored", "heartbeat_at", "roster"}
NOW = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@cache
def sample() -> Site:
    return load(sample_folder()).site


def loadable(value: Any) -> Any:
    """The value as a reader would let it pass: zones known, spans and years as calendars go."""
    if isinstance(value, timedelta):
        return timedelta(minutes=value // timedelta(seconds=1) % SPANS)
    if isinstance(value, date):
        return value.replace(year=2000 + value.year % YEARS, day=min(value.day, 28))
    if isinstance(value, Rotation):
        value = replace(value, shift=max(loadable(value.shift), timedelta(hours=1)))
    if is_dataclass(value) and not isinstance(value, type):
        said = {one.name: getattr(value, one.name) for one in fields(value) if one.init}
        return replace(
            value,
            **{name: ZONE if name == "time_zone" else loadable(v) for name, v in said.items()},
        )
    if isinstance(value, dict):
        return {key: _under(key, loadable(inner)) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(map(loadable, value))
    return value


def _under(key: Any, value: Any) -> Any:
    """What is kept by id is kept by its own."""
    if is_dataclass(value) and not isinstance(value, type) and hasattr(value, "id"):
        return replace(value, id=key)
    return value


@cache
def some(kind: type, *spared: str) -> MappingProxyType[str, st.SearchStrategy[Any]]:
    """A strategy for each field of a dataclass."""
    hints = get_type_hints(kind)
    return MappingProxyType(
        {one.name: anything(hints[one.name]) for one in fields(kind) if one.name not in spared}
    )


def parts(strategies: MappingProxyType[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    """Anything at all for a few of the fields."""
    names = st.lists(st.sampled_from(sorted(strategies)), max_size=3, unique=True)
    return names.flatmap(lambda some: st.fixed_dictionaries({one: strategies[one] for one in some}))


@given(
    parts(some(Site, "time_zone", "calendars")),
    parts(some(Situation, *SPARED)),
    NOW,
    st.booleans(),
    st.none() | NOW,
)
@settings(max_examples=400, suppress_health_check=list(HealthCheck), deadline=None)
def test_judging_never_raises(said, kept, at, stored, heartbeat_at):
    """The sample with anything at all in some of its places, its record with anything on it."""
    site = replace(sample(), **loadable(said))
    situation = Situation(site, at, stored=stored, heartbeat_at=heartbeat_at, **loadable(kept))
    standings = assess(situation, every_control())
    assert len(values(standings, "zh")) == len(standings)
    report = readiness_report(situation, standings)
    assert report.worst() or not [one for one in standings if one.gaps]
