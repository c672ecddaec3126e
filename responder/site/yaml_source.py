"""YAML files read into nodes; the only place that knows the YAML libraries.

Built from the parser's events and not from its objects, because events carry lines, duplicate
keys are still there to be refused, no tag can construct anything, and aliases cannot multiply
unseen.

libyaml reads a file first, six times as fast. What it refuses, or where it is not there, ruamel
reads: it says best what is wrong and where.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from responder.domain.words import Words
from responder.errors import SiteDoesNotLoad
from responder.site.finding import Where, fault
from responder.site.nodes import Mapping, Node, Scalar, Sequence

MOST_NODES = 100_000
"""A register of a thousand people is a fifth of it; aliases count as what they repeat."""
DEEPEST = 40
_DOCUMENT = (DocumentStartEvent, yaml.DocumentStartEvent)
_ALIAS = (AliasEvent, yaml.AliasEvent)
_LIST, _LIST_END = (
    (SequenceStartEvent, yaml.SequenceStartEvent),
    (SequenceEndEvent, yaml.SequenceEndEvent),
)
_MAP, _MAP_END = (
    (MappingStartEvent, yaml.MappingStartEvent),
    (MappingEndEvent, yaml.MappingEndEvent),
)
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
"""Neither can be kept: a database refuses the one, no encoding knows the others."""

_SPELLING = Words(
    "请检查缩进（只用空格）、冒号后的空格，以及含特殊符号的文字是否加了引号。",
    "Check the indentation (spaces only), the space after colons, and quotes round texts "
    "with special signs.",
)


def parse_yaml(file: str, text: str) -> Node:
    """The only document of a YAML file as a node; an empty file says nothing."""
    swift = _swiftly(file, text)
    if swift is not None:
        return swift
    try:
        return _Builder(file, YAML(typ="safe", pure=True).parse(text)).document()
    except ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        what = Words("含有不允许的控制字符", "A control character is not allowed here")
        raise fault(Where(file, line), what, _remove("字符", "character")) from error
    except MarkedYAMLError as error:
        raise _misspelt(file, text, error) from error
    # The parser meets broken escapes, directives and marks with whatever Python raises.
    except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError) as error:
        raise _unreadable(file, error) from error
    except (ValueError, NotImplementedError, RecursionError) as error:
        raise _unreadable(file, error) from error


def _swiftly(file: str, text: str) -> Node | None:
    """The document as libyaml reads it; None where it refuses, or is not there."""
    if not yaml.__with_libyaml__:
        return None
    try:
        return _Builder(file, yaml.parse(text, Loader=yaml.CSafeLoader)).document()
    except (yaml.YAMLError, ValueError):  # a text with half a character is a ValueError
        return None


def _misspelt(file: str, text: str, error: Any) -> SiteDoesNotLoad:
    mark = error.problem_mark or error.context_mark
    if mark and error.context_mark and mark.index >= len(text):
        mark = error.context_mark  # the file ended too soon: say what was left open, not where
    problem = error.problem or error.context or "?"
    where = Where(file, mark.line + 1 if mark else 1)
    return fault(where, Words(f"YAML 语法错误（{problem}）", f"Not YAML: {problem}"), _SPELLING)


def _unreadable(file: str, error: Exception) -> SiteDoesNotLoad:
    why = type(error).__name__
    return fault(Where(file), Words(f"YAML 无法解析（{why}）", f"Not YAML ({why})"), _SPELLING)


def _remove(zh: str, en: str) -> Words:
    return Words(f"请删除该{zh}。", f"Remove the {en}.")


class _Builder:
    """Turns the events of one file into nodes, counting as it goes."""

    def __init__(self, file: str, events: Iterable[Any]) -> None:
        self.file = file
        self.events = iter(events)
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.count = 0

    def document(self) -> Node:
        root: Node | None = None
        for event in self.events:
            if not isinstance(event, _DOCUMENT):
                continue
            if root is not None:
                what = Words("一个文件中有多份文档", "There is a second document in the file")
                raise fault(self._where(event), what, _remove("---", "line ---"))
            root = self._node(next(self.events), 0)
        return root or Scalar(Where(self.file), "")

    def _node(self, event: Any, depth: int) -> Node:
        where = self._where(event)
        if depth > DEEPEST:
            what = Words("嵌套层次过深", "This is nested too deeply")
            raise fault(where, what, Words("请减少嵌套。", "Nest less."))
        if isinstance(event, _ALIAS):
            return self._repeated(event, where)
        if event.tag is not None:
            what = Words(f"不支持标签 {event.tag}", f"Tags are not used here: {event.tag}")
            raise fault(where, what, _remove("标签", "tag"))
        before = self.count
        self._counted(1, where)
        node = self._kind_of_node(event, where, depth)
        if event.anchor:
            self.anchors[event.anchor] = node, self.count - before
        return node

    def _kind_of_node(self, event: Any, where: Where, depth: int) -> Node:
        if isinstance(event, _LIST):
            return Sequence(where, tuple(self._items(depth)))
        if isinstance(event, _MAP):
            return self._mapping(where, depth)
        return Scalar(where, self._text(event, where), not event.style)

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self.events), _LIST_END):
            yield self._node(event, depth + 1)

    def _mapping(self, where: Where, depth: int) -> Mapping:
        mapping = Mapping(where, {}, {})
        while not isinstance(event := next(self.events), _MAP_END):
            key = self._node(event, depth + 1)
            if not isinstance(key, Scalar):
                what = Words("键应为一个词", "A key is a single word")
                raise fault(key.where, what, Words("请检查此处括号。", "Check the brackets here."))
            if key.text in mapping.keys:
                raise self._twice(key, mapping.keys[key.text])
            mapping.keys[key.text] = key.where
            mapping.values[key.text] = self._node(next(self.events), depth + 1)
        return mapping

    def _twice(self, key: Scalar, first: Where) -> SiteDoesNotLoad:
        what = Words(
            f"键“{key.text}”重复，第{first.line}行已有",
            f"The key “{key.text}” is already on line {first.line}",
        )
        return fault(key.where, what, Words("请删去其中一个。", "Keep one of the two."))

    def _repeated(self, event: Any, where: Where) -> Node:
        if event.anchor not in self.anchors:
            what = Words(
                f"别名 *{event.anchor} 没有对应的锚点",
                f"The alias *{event.anchor} repeats nothing that stands before it",
            )
            raise fault(where, what, Words("请直接写出内容。", "Write the content out."))
        node, size = self.anchors[event.anchor]
        self._counted(size, where)
        return node

    def _counted(self, more: int, where: Where) -> None:
        self.count += more
        if self.count > MOST_NODES:
            what = Words("文件内容过多（含别名展开）", "The file says too much, aliases included")
            raise fault(where, what, Words("请拆分或删减。", "Split or shorten it."))

    def _text(self, event: Any, where: Where) -> str:
        text: str = event.value
        if _UNKEEPABLE.search(text):
            what = Words("文字中有无法保存的字符", "The text holds a character that cannot be kept")
            raise fault(where, what, _remove("字符", "character"))
        return text

    def _where(self, event: Any) -> Where:
        return Where(self.file, event.start_mark.line + 1)
