"""Sheets read into rows of the register: cleaned values by field, and a sentence for each fault."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from responder.domain.tables.columns import Column
from responder.domain.tables.sheet import Place, Reading, Remark, Row, Sheet, Source, letters
from responder.domain.words import Words
from responder.errors import BadInput
from responder.site.tables.cells import EMPTIED, Here, emptied, meaning
from responder.site.tables.headings import (
    DAY,
    ROSTER,
    Recognised,
    checked_mapping,
    recognise,
    unrecognised,
)
from responder.site.tables.numbers import Unusable

POSTS = "posts"
_FOOT = re.compile(
    r"(?:注|备注|说明|制表|填表|合计|更新日期|note|remark|total)[:：\d]?", re.IGNORECASE
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def read_rows(
    sheets: tuple[Sheet, ...], here: Here, mapping: Mapping[str, str], only: str = ""
) -> Reading:
    """The rows of a file's sheets, or of one. Raises BadInput where nothing can be recognised."""
    meant = checked_mapping(mapping)
    wanted = tuple(sheet for sheet in sheets if only in ("", sheet.name))
    if not wanted:
        names = [sheet.name for sheet in sheets]
        raise BadInput(
            f"没有“{only}”这张表。",
            f"There is no sheet “{only}”.",
            f"文件中有：{'、'.join(names)}。",
            f"The file holds {', '.join(names)}.",
        )
    reading = Reading()
    for sheet in wanted:
        found = recognise(sheet, meant)
        if found is None:
            what = Words(
                "没有认出表头，未读。", "Its headings were not recognised; it is not read."
            )
            mend = Words("请用 --map 列名=字段 说明。", "Name them with --map HEADING=FIELD.")
            reading.remarks.append(Remark(Place(sheet.name), False, what, mend))
            continue
        reading.sheets[sheet.name] = found.kind.name
        reading.mapping |= found.mapping
        _SheetReader(sheet, found, here, reading).read()
    if not reading.sheets:
        raise unrecognised(wanted)
    return reading


class _SheetReader:
    """Reads one sheet whose columns are known."""

    def __init__(self, sheet: Sheet, found: Recognised, here: Here, into: Reading) -> None:
        self.sheet, self.found, self.here, self.into = sheet, found, here, into
        columns = {column.field: letters(place) for place, column in found.columns.items()}
        self.source = Source(sheet.name, columns)

    def read(self) -> None:
        """Every row below the headings that says something."""
        head = self.found.head
        for index, cells in enumerate(self.sheet.rows[head + 1 :], start=head + 1):
            if any(cells) and cells != self.sheet.rows[head] and not _is_foot(cells):
                self._row(index, cells)

    def _row(self, index: int, cells: tuple[str, ...]) -> None:
        number = self.sheet.first + index
        if index in self.sheet.foreign:
            what = Words(
                "编码与全文不同，读出的可能是乱码。", "It is in another encoding than the rest."
            )
            mend = Words(
                "请在表格软件中统一另存为“CSV UTF-8”。", "Save the whole file as “CSV UTF-8”."
            )
            self.into.remarks.append(Remark(Place(self.sheet.name, number), True, what, mend))
            return
        values: dict[str, Any] = {}
        faulty = False
        for place, column in self.found.columns.items():
            cell = cells[place] if place < len(cells) else ""
            if (index, place) in self.sheet.valueless:
                self._without_value(number, place)
            if cell:
                faulty |= not self._take(values, column, cell, number, place)
        if self.found.kind.name == ROSTER:
            values[POSTS] = dict(self._posts(cells))
        if values:
            id = "" if faulty else _made_id(self, values)
            row = Row(self.found.kind.name, self.source, number, values, id, faulty)
            self.into.rows.append(row)

    def _take(
        self, values: dict[str, Any], column: Column, cell: str, number: int, place: int
    ) -> bool:
        """Put what a cell means among the values; whether it could be read."""
        is_empty = cell.casefold() in EMPTIED
        try:
            value = emptied(column.takes) if is_empty else meaning(column.takes, cell, self.here)
        except Unusable as fault:
            at = Place(self.sheet.name, number, letters(place))
            self.into.remarks.append(Remark(at, True, fault.what, fault.mend))
            return False
        name = column.field
        if column.takes == "script":
            name = f"{name}.{'zh' if _CHINESE.search(cell) else 'en'}"
        if name in values and isinstance(value, tuple):
            values[name] = (*values[name], *value)
        else:
            values.setdefault(name, value)
        return True

    def _without_value(self, number: int, place: int) -> None:
        what = Words("公式没有计算结果，按空白处理。", "The formula has no value; taken as blank.")
        mend = Words(
            "请在表格软件中打开并保存一次，或改填数值。",
            "Open and save the file in a spreadsheet program once, or enter the value.",
        )
        at = Place(self.sheet.name, number, letters(place))
        self.into.remarks.append(Remark(at, False, what, mend))

    def _posts(self, cells: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        for place, heading in self.found.headings.items():
            said = cells[place] if place < len(cells) else ""
            if said and place not in self.found.columns:
                yield heading, said


def _made_id(reader: _SheetReader, values: Mapping[str, Any]) -> str:
    """What the thing would be called; the sounds of Chinese are looked up only for this."""
    zh, en = values.get("name.zh", ""), values.get("name.en", "")
    if values.get("id") or not (zh or en):
        return ""
    from responder.site.tables.spelling import person_id, thing_id  # noqa: PLC0415 - 0.2 s

    if reader.found.kind.name != "people":
        return thing_id(zh, en)
    mail = values.get("email") or ()
    return person_id(zh, en, mail[0].to if mail else "")


def _is_foot(cells: tuple[str, ...]) -> bool:
    """A note below a table, which is no row of it."""
    said = [cell for cell in cells if cell]
    return len(said) == 1 and bool(_FOOT.match(said[0])) and DAY not in said
