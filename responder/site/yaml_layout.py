"""Where each value of a YAML file stands, so that one can be rewritten and the rest left alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of a mapping, its offset, and its value."""

    key: str
    start: int
    colon: int
    value: "Laid"


@dataclass(frozen=True, slots=True)
class Laid:
    """A value and the offsets [start, end) it takes up in its file.

    Exactly one of `entries` and `items` is there for a mapping and for a list, neither for a
    single value. `flow` is one in brackets; `nothing` a value that was left out.
    """

    start: int
    end: int
    entries: tuple[Entry, ...] | None = None
    items: tuple["Laid", ...] | None = None
    flow: bool = False
    nothing: bool = False

    def entry(self, key: str) -> Entry | None:
        """What stands under a key."""
        return next((one for one in self.entries or () if one.key == key), None)


def laid_out(text: str) -> Laid | None:
    """The layout of a file that parses; None for one that says nothing."""
    events: Iterator[Any] = YAML(typ="safe", pure=True).parse(text)
    for event in events:
        if isinstance(event, DocumentStartEvent):
            found = _value(next(events), events, text)
            return None if found.nothing else found
    return None


def _value(event: Any, events: Iterator[Any], text: str) -> Laid:
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, SequenceStartEvent):
        items, closing = _items(events, text)
        flow = bool(event.flow_style)
        return Laid(start, closing if flow else _last(items, end), items=items, flow=flow)
    if isinstance(event, MappingStartEvent):
        entries, closing = _entries(events, text)
        flow = bool(event.flow_style)
        last = _last([one.value for one in entries], end)
        return Laid(start, closing if flow else last, entries=entries, flow=flow)
    if isinstance(event, AliasEvent):
        return Laid(start, end)
    assert isinstance(event, ScalarEvent)
    if event.style is None and start == end:
        return Laid(start, end, nothing=True)
    return Laid(start, len(text[:end].rstrip()) if event.style in ("|", ">") else end)


def _items(events: Iterator[Any], text: str) -> tuple[tuple[Laid, ...], int]:
    found = []
    while not isinstance(event := next(events), SequenceEndEvent):
        found.append(_value(event, events, text))
    return tuple(found), event.end_mark.index


def _entries(events: Iterator[Any], text: str) -> tuple[tuple[Entry, ...], int]:
    found = []
    while not isinstance(event := next(events), MappingEndEvent):
        value = _value(next(events), events, text)
        colon = text.find(":", event.end_mark.index) + 1
        if value.nothing:
            value = Laid(colon, colon, nothing=True)
        found.append(Entry(event.value, event.start_mark.index, colon, value))
    return tuple(found), event.end_mark.index


def _last(values: Any, otherwise: int) -> int:
    return max((one.end for one in values), default=otherwise)
