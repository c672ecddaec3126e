"""Any value of a type, drawn from the annotations alone: fields added later are covered too."""

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=4)
WHOLE = st.integers(-(2**53), 2**53)
JSON = st.recursive(
    st.none() | st.booleans() | WHOLE | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=3,
)
SIMPLE = {
    Any: JSON,
    str: TEXT,
    int: WHOLE,
    bool: st.booleans(),
    NoneType: st.none(),
    None: st.none(),
    date: st.dates(),
    time: st.times(),
    datetime: st.datetimes(timezones=st.just(UTC)),
    timedelta: st.integers(-(10**12), 10**12).map(lambda us: timedelta(microseconds=us)),
}


def anything(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a type as the domain annotates them."""
    if kind in SIMPLE:
        return SIMPLE[kind]
    if isinstance(kind, type) and is_dataclass(kind):
        return _any_of(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    origin, inner = get_origin(kind), [anything(arg) for arg in get_args(kind) if arg is not ...]
    if origin in (Union, UnionType):
        return st.one_of(inner)
    if origin is dict:
        return st.dictionaries(*inner, max_size=2)
    if origin is tuple:
        return st.lists(inner[0], max_size=2).map(tuple)
    if origin is list:
        return st.lists(inner[0], max_size=2)
    raise TypeError(kind)


@cache
def _any_of(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Values of a dataclass, which may hold others of its kind."""

    def built() -> st.SearchStrategy[Any]:
        hints = get_type_hints(kind)
        return st.builds(kind, **{one.name: anything(hints[one.name]) for one in fields(kind)})

    return st.deferred(built)
