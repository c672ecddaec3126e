"""`responder.toml` read into nodes like the YAML files, each with its line."""

import re
import tomllib
from collections.abc import Mapping as AnyMapping
from typing import Any

from responder.domain.words import Words
from responder.site.finding import Where, fault
from responder.site.nodes import Mapping, Node, Scalar, Sequence

Path = tuple[str | int, ...]

_TABLE = re.compile(r"\s*(\[\[?)([^\[\]]+)\]")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*[\w-]+)*)\s*=""")
_AT_LINE = re.compile(r"at line (\d+)")


def parse_toml(file: str, text: str) -> Mapping:
    """The file as a mapping; its lines are found by looking for keys and table heads."""
    try:
        return _Tree(file, text).mapping((), tomllib.loads(text))
    # Besides its own error the parser lets through what endless numbers and nesting raise.
    except (ValueError, RecursionError) as error:
        found = _AT_LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        problem = str(error).partition(" (at ")[0] or type(error).__name__
        what = Words(f"TOML 语法错误（{problem}）", f"Not TOML: {problem}")
        mend = Words(
            "请检查引号、等号和方括号。", "Check the quotes, equals signs and square brackets."
        )
        raise fault(Where(file, line), what, mend) from error


class _Tree:
    """Plain values into nodes, looking each one's line up."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.lines = _lines(text)

    def mapping(self, path: Path, table: AnyMapping[str, Any]) -> Mapping:
        return Mapping(
            self._where(path),
            {key: self._node((*path, key), value) for key, value in table.items()},
            {key: self._where((*path, key)) for key in table},
        )

    def _node(self, path: Path, value: Any) -> Node:
        if isinstance(value, dict):
            return self.mapping(path, value)
        if isinstance(value, list):
            items = (self._node((*path, i), item) for i, item in enumerate(value))
            return Sequence(self._where(path), tuple(items))
        if isinstance(value, bool):
            return Scalar(self._where(path), str(value).lower())
        return Scalar(self._where(path), str(value), plain=not isinstance(value, str))

    def _where(self, path: Path) -> Where:
        """The line of the value, or of the nearest thing that holds it."""
        while path and path not in self.lines:
            path = path[:-1]
        return Where(self.file, self.lines.get(path, 1))


def _lines(text: str) -> dict[Path, int]:
    lines: dict[Path, int] = {}
    table: Path = ()
    tables: dict[Path, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if head := _TABLE.match(line):
            table = _parts(head[2])
            if head[1] == "[[":
                tables[table] = tables.get(table, -1) + 1
                lines.setdefault(table, number)
                table = (*table, tables[table])
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, *_parts(key[1])), number)
    return lines


def _parts(dotted: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))
