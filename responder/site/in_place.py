"""A YAML file rewritten where something changed, every other byte left as it was.

What a file ought to say is given as plain data, before and after; only where these differ is
anything written. Comments and order elsewhere, quoting and layout stay.
"""

import json
import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import Any

from responder.site.yaml_layout import Entry, Laid, laid_out

Plain = Any
"""Texts, whole numbers, flags, lists of these and mappings from texts to these."""

STEP = 2
_LETTERS = r"[^\W\d_](?:[\w./ ×—–（）、。；，“”-]*[\w.）。])?"
_FIGURES = r"\d{1,6}[smhd]|\d{4}-\d{2}-\d{2}"
_SIMPLE = re.compile(f"{_LETTERS}|{_FIGURES}")
_TAKEN = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
_UNSEEN = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def rewritten(text: str, before: dict[str, Plain], after: dict[str, Plain]) -> str:
    """The text of a file that says `before`, made to say `after`. It parses."""
    laid = laid_out(text)
    pen = _Pen(text)
    if laid is None or laid.entries is None:
        whole = "".join(f"{pen.entry(key, value, 0)}{pen.newline}" for key, value in after.items())
        lead = "" if not text or text.endswith("\n") else pen.newline
        return f"{text}{lead}{whole}" if after else text
    gone = {key: value for key, value in before.items() if key not in after}
    emptied = {key: type(v)() for key, v in gone.items() if isinstance(v, list | dict)}
    pen.differ(laid, before, after | emptied)
    return pen.written()


class _Pen:
    """Notes what is to be changed in one text, then writes it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self._edits: list[tuple[int, int, str]] = []

    def written(self) -> str:
        """The text with everything noted carried out."""
        parts, at = [], 0
        for start, end, said in sorted(self._edits, key=lambda edit: edit[:2]):
            parts += [self.text[at:start], said]
            at = max(at, end)
        return "".join([*parts, self.text[at:]])

    def differ(self, laid: Laid, before: Plain, after: Plain) -> None:
        """Note how a value is made to say something else."""
        if before == after:
            return
        if laid.entries is not None and isinstance(before, dict) and isinstance(after, dict):
            self._mapping(laid, before, after)
        elif laid.items is not None and isinstance(before, list) and isinstance(after, list):
            self._list(laid, before, after)
        else:
            self._instead(laid, after)

    def _instead(self, laid: Laid, after: Plain) -> None:
        self._edits.append((laid.start, laid.end, flow(after)))

    # Mappings

    def _mapping(self, laid: Laid, before: dict[str, Plain], after: dict[str, Plain]) -> None:
        entries = {one.key: one for one in laid.entries or ()}
        if laid.flow and {*before, *after} != {*before} & {*after} & {*entries}:
            self._instead(laid, after)
            return
        for key in dict.fromkeys([*before, *after]):
            entry = entries.get(key)
            if entry is None or key not in after or before.get(key) == after[key]:
                continue
            if entry.value.nothing or entry.value.items == ():
                said = self.entry(key, after[key], self._column(entry.start))
                self._edits.append((entry.start, entry.value.end, said))
            elif key in before:
                self.differ(entry.value, before[key], after[key])
            else:
                self._instead(entry.value, after[key])
        self._keys(laid, before, after)

    def _keys(self, laid: Laid, before: dict[str, Plain], after: dict[str, Plain]) -> None:
        """Drop the keys that went, add those that came, each behind the one it follows."""
        entries = laid.entries or ()
        dropped = [one for one in entries if one.key in before and one.key not in after]
        kept = [one for one in entries if one not in dropped]
        added = [key for key in after if key not in {one.key for one in entries}]
        if added and not kept:
            first, *dropped = dropped
            column = self._column(first.start)
            lead = f"{self.newline}{' ' * column}"
            said = lead.join(self.entry(key, after[key], column) for key in added)
            self._edits.append((first.start, first.value.end, said))
            added = []
        for entry in dropped:
            self._drop_entry(entries, entry)
        for key in added:
            self._add_entry(kept, key, after)

    def _drop_entry(self, entries: Sequence[Entry], entry: Entry) -> None:
        begins = self._line_start(entry.start)
        if self.text[begins : entry.start].strip():
            later = [one.start for one in entries if one.start > entry.start]
            self._edits.append((entry.start, min(later, default=entry.value.end), ""))
        else:
            self._drop_lines(begins, entry.value.end)

    def _add_entry(self, kept: Sequence[Entry], key: str, after: dict[str, Plain]) -> None:
        column = self._column(kept[0].start)
        said, lead = self.entry(key, after[key], column), f"{self.newline}{' ' * column}"
        earlier = list(after)[: list(after).index(key)]
        behind = [one for one in kept if one.key in earlier]
        if behind:
            at = self._line_end(max(one.value.end for one in behind))
            self._edits.append((at, at, f"{lead}{said}"))
        else:
            at = kept[0].start
            self._edits.append((at, at, f"{said}{lead}"))

    # Lists

    def _list(self, laid: Laid, before: list[Plain], after: list[Plain]) -> None:
        items = laid.items or ()
        if len(items) != len(before) or (laid.flow and len(before) != len(after)):
            self._instead(laid, after)
            return
        if laid.flow:
            for item, old, new in zip(items, before, after, strict=True):
                self.differ(item, old, new)
            return
        names = [_name(one) for one in before], [_name(one) for one in after]
        for kind, i1, i2, j1, j2 in SequenceMatcher(None, *names, autojunk=False).get_opcodes():
            same = kind == "equal" or not (_named(before[i1:i2], after[j1:j2]))
            paired = min(i2 - i1, j2 - j1) if same or i2 - i1 == len(items) else 0
            for i, j in islice(zip(range(i1, i2), range(j1, j2), strict=False), paired):
                self.differ(items[i], before[i], after[j])
            for item in items[i1 + paired : i2]:
                self._drop_item(item)
            if j1 + paired < j2:
                self._add_items(items, i1 + paired, i2, after[j1 + paired : j2])

    def _drop_item(self, item: Laid) -> None:
        self._drop_lines(self._line_start(self._dash(item)), item.end)

    def _add_items(
        self, items: Sequence[Laid], at: int, until: int, added: Sequence[Plain]
    ) -> None:
        """Put items after item `at - 1`; before item `until` where there is none."""
        near = items[at - 1] if at else items[until]
        column = self._column(self._dash(near))
        said = [f"- {self._item(one, column + STEP)}" for one in added]
        lead = f"{self.newline}{' ' * column}"
        if at:
            end = self._line_end(near.end)
            self._edits.append((end, end, "".join(f"{lead}{one}" for one in said)))
        else:
            dash = self._dash(near)
            self._edits.append((dash, dash, "".join(f"{one}{lead}" for one in said)))

    # Places

    def _dash(self, item: Laid) -> int:
        return self.text.rindex("-", 0, item.start)

    def _line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        end = len(self.text) if end < 0 else end
        return end - 1 if end > at and self.text[end - 1] == "\r" else end

    def _drop_lines(self, begins: int, end: int) -> None:
        """Whole lines go with the break before them, so that what is put behind them stays."""
        if begins:
            self._edits.append((self._line_end(begins - 1), self._line_end(end), ""))
        else:
            rest = self._line_end(end)
            more = len(self.newline) if self.text[rest:] else 0
            self._edits.append((begins, rest + more, ""))

    def _column(self, at: int) -> int:
        return at - self._line_start(at)

    # Words

    def entry(self, key: str, value: Plain, indent: int) -> str:
        """A key and its value, further lines indented."""
        lead = f"{self.newline}{' ' * (indent + STEP)}"
        if isinstance(value, dict) and not value.keys() <= {"zh", "en"}:
            inner = (self.entry(k, v, indent + STEP) for k, v in value.items())
            return f"{scalar(key)}:" + "".join(f"{lead}{one}" for one in inner)
        if isinstance(value, list) and any(isinstance(one, dict) for one in value):
            inner = (f"- {self._item(one, indent + 2 * STEP)}" for one in value)
            return f"{scalar(key)}:" + "".join(f"{lead}{one}" for one in inner)
        return f"{scalar(key)}: {flow(value)}"

    def _item(self, value: Plain, indent: int) -> str:
        if not (isinstance(value, dict) and "id" in value):
            return flow(value)
        lead = f"{self.newline}{' ' * indent}"
        return lead.join(self.entry(key, inner, indent) for key, inner in value.items())


def flow(value: Plain) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{scalar(k)}: {flow(v)}' for k, v in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(flow(one) for one in value)}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else scalar(value)


def scalar(text: str) -> str:
    """A text, quoted wherever it might be taken for something else."""
    if _SIMPLE.fullmatch(text) and text.lower() not in _TAKEN:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def _name(item: Plain) -> str:
    named = isinstance(item, dict) and "id" in item
    return str(item["id"]) if named else json.dumps(item, ensure_ascii=False, sort_keys=True)


def _named(*items: Sequence[Plain]) -> bool:
    return any(isinstance(one, dict) and "id" in one for many in items for one in many)
