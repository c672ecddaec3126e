"""The keys of a mapping, read one by one; a key nobody asks for is unknown."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar

from responder.domain.words import Words
from responder.site.finding import Where, did_you_mean
from responder.site.nodes import Mapping, Node, Scalar
from responder.site.shapes import Reading, is_nothing

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


class Fields:
    """One mapping under reading. A key that is asked for is a known key; `close` refuses the rest.

    A key that is missing or left empty takes its default.
    """

    def __init__(self, reading: Reading, node: Node) -> None:
        self.reading = reading
        self._mapping = reading.mapping(node)
        self._asked: dict[str, None] = {}

    @property
    def where(self) -> Where:
        """The line on which the mapping begins."""
        return self._mapping.where

    def node(self, key: str) -> Node | None:
        """What stands under a key, None if it is missing or left empty."""
        self._asked[key] = None
        node = self._mapping.values.get(key)
        return None if node is None or is_nothing(node) else node

    def close(self) -> None:
        """Refuse every key that nobody asked for."""
        for key, where in self._mapping.keys.items():
            if key not in self._asked:
                mend = Words(
                    f"可用的键：{'、'.join(self._asked)}。",
                    f"The keys here are {', '.join(self._asked)}.",
                )
                what = Words(f"不认识的键“{key}”", f"Unknown key “{key}”")
                self.reading.refuse(where, what, did_you_mean(key, self._asked, mend))

    # One value

    def _read(self, key: str, read: Callable[[Node], T | None]) -> T | None:
        node = self.node(key)
        return None if node is None else read(node)

    def id(self) -> str:
        """The id, which nothing can do without."""
        node = self.node("id")
        if node is not None:
            id = self.reading.text(node)
            if id != "":
                return self.reading.id(id, node.where) if id else ""
        what = Words("缺少编号 id", "The id is missing")
        self.reading.refuse(self.where, what, Words("请补上 id。", "Give it an id."))
        return ""

    def text(self, key: str, default: str = "") -> str:
        found = self._read(key, self.reading.text)
        return default if found is None else found

    def words(self, key: str) -> Words:
        """One text for both languages, or `{zh, en}`."""
        node = self.node(key)
        return Words() if node is None else words(self.reading, node)

    def whole(self, key: str, default: int) -> int:
        found = self._read(key, self.reading.whole)
        return default if found is None else found

    def flag(self, key: str) -> bool:
        return bool(self._read(key, self.reading.flag))

    def span(self, key: str, default: timedelta) -> timedelta:
        found = self.span_if_any(key)
        return default if found is None else found

    def span_if_any(self, key: str) -> timedelta | None:
        return self._read(key, self.reading.span)

    def day(self, key: str) -> date | None:
        return self._read(key, self.reading.day)

    def time_of_day(self, key: str) -> time | None:
        return self._read(key, self.reading.time)

    def moment(self, key: str) -> date | datetime | None:
        return self._read(key, self.reading.moment)

    def zone(self, key: str) -> str:
        return self._read(key, self.reading.zone) or self.reading.time_zone

    def one_of(self, key: str, kind: type[E], otherwise: E) -> E:
        """One of the values of an enumeration, which the files may name."""
        text = self.text(key)
        if not text or text in list(kind):
            return kind(text) if text else otherwise
        node = self.node(key)
        names = [value for value in kind if value]
        what = Words(f"{key} 不能写“{text}”", f"{key} cannot be “{text}”")
        mend = Words(f"可用：{'、'.join(names)}。", f"It is one of {', '.join(names)}.")
        where = node.where if node else self.where
        self.reading.refuse(where, what, did_you_mean(text, names, mend))
        return otherwise

    # Many values

    def texts(self, key: str) -> tuple[str, ...]:
        return self._read(key, self.reading.texts) or ()

    def inner(self, key: str) -> "Fields":
        """The mapping under a key, without any keys if it is missing."""
        return Fields(self.reading, self.node(key) or Mapping(self.where, {}, {}))

    def each(self, key: str, read: Callable[["Fields"], T]) -> tuple[T, ...]:
        """A list of mappings."""
        node = self.node(key)
        items = self.reading.items(node) if node else ()
        return tuple(self._closed(item, read) for item in items)

    def by_id(
        self, key: str, read: Callable[["Fields", str], T], *, bare: bool = False
    ) -> dict[str, T]:
        """A list of mappings with an `id` each, which must differ; `bare` admits an id alone."""
        found: dict[str, T] = {}
        first: dict[str, Where] = {}
        node = self.node(key)
        for item in self.reading.items(node) if node else ():
            fields = Fields(self.reading, _named(item) if bare else item)
            id = fields.id()
            value = read(fields, id)
            fields.close()
            if id in first:
                self.reading.refuse_twice(id, fields.where, first[id])
            elif id:
                found[id], first[id] = value, fields.where
        return found

    def by_key(self, key: str, read: Callable[["Fields", str], T]) -> dict[str, T]:
        """A mapping from ids to mappings."""
        found: dict[str, T] = {}
        for id, node in self.inner(key).all().items():
            fields = Fields(self.reading, node)
            found[id] = read(fields, id)
            fields.close()
        return found

    def lists(self, key: str) -> dict[str, tuple[str, ...]]:
        """A mapping from ids to lists of texts."""
        return {
            id: () if is_nothing(node) else self.reading.texts(node)
            for id, node in self.inner(key).all().items()
        }

    def all(self) -> dict[str, Node]:
        """Every value by its key, where the keys are ids and none is unknown."""
        for key, where in self._mapping.keys.items():
            self._asked[key] = None
            self.reading.id(key, where)
        return self._mapping.values

    def _closed(self, node: Node, read: Callable[["Fields"], T]) -> T:
        fields = Fields(self.reading, node)
        value = read(fields)
        fields.close()
        return value


def words(reading: Reading, node: Node) -> Words:
    """One text for both languages, or `{zh, en}`."""
    if isinstance(node, Scalar):
        text = reading.text(node) or ""
        return Words(text, text)
    fields = Fields(reading, node)
    both = Words(fields.text("zh"), fields.text("en"))
    fields.close()
    return both


def _named(item: Node) -> Node:
    if isinstance(item, Scalar):
        return Mapping(item.where, {"id": item}, {"id": item.where})
    return item
