"""Which kind of table a sheet is, which row its headings are, and which field each column holds."""

from collections.abc import Mapping
from dataclasses import dataclass

from responder.domain.tables.columns import KINDS, Column, Kind, plain
from responder.domain.tables.sheet import Sheet
from responder.domain.words import Words
from responder.errors import BadInput

DEEPEST = 20
"""Rows of title and explanation that may stand above the headings."""
ROSTER = "roster"
DAY = "day"
FIELDS = tuple(dict.fromkeys(c.field for kind in KINDS.values() for c in kind.columns))


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a sheet is: its kind, the row of its headings (from 0), its columns by place."""

    kind: Kind
    head: int
    columns: Mapping[int, Column]
    headings: Mapping[int, str]

    @property
    def mapping(self) -> dict[str, str]:
        """Which heading meant which field."""
        return {self.headings[place]: column.field for place, column in self.columns.items()}


def recognise(sheet: Sheet, mapping: Mapping[str, str]) -> Recognised | None:
    """What a sheet is, None if no row of it can be headings; `mapping` says what headings mean."""
    best: tuple[float, Recognised] | None = None
    for number, row in enumerate(sheet.rows[:DEEPEST]):
        headings = {place: text for place, text in enumerate(row) if text}
        for kind in KINDS.values():
            found = _columns(kind, headings, mapping)
            if kind.name == ROSTER or not _suffices(kind, found):
                continue
            score = len(found) + 0.5 * (sheet.name in (kind.title.zh, kind.title.en))
            if best is None or score > best[0]:
                best = score, Recognised(kind, number, found, headings)
    return best[1] if best else _roster(sheet, mapping)


def checked_mapping(mapping: Mapping[str, str]) -> dict[str, str]:
    """A mapping with plain headings. Raises BadInput for a field that there is not."""
    unknown = next((field for field in mapping.values() if field not in FIELDS), None)
    if unknown is not None:
        raise BadInput(
            f"没有“{unknown}”这个字段。",
            f"There is no field “{unknown}”.",
            f"可用：{'、'.join(FIELDS)}。",
            f"The fields are {', '.join(FIELDS)}.",
        )
    return {plain(heading): field for heading, field in mapping.items()}


def unrecognised(sheets: tuple[Sheet, ...]) -> BadInput:
    """The refusal of a file in which nothing was recognised."""
    names = [sheet.name for sheet in sheets]
    example = Words("姓名、部门、手机", "Name, Department, Mobile")
    return BadInput(
        f"没有认出表头（{'、'.join(names)}）。",
        f"No headings were recognised in {', '.join(names)}.",
        f"请让一行写有 {example.zh} 这样的列名，或用 --map 列名=字段 说明。",
        f"Head the columns {example.en}, say, or name them with --map HEADING=FIELD.",
    )


def _roster(sheet: Sheet, mapping: Mapping[str, str]) -> Recognised | None:
    kind = KINDS[ROSTER]
    for number, row in enumerate(sheet.rows[:DEEPEST]):
        headings = {place: text for place, text in enumerate(row) if text}
        found = _columns(kind, headings, mapping)
        if found and len(headings) > 1:
            return Recognised(kind, number, found, headings)
    return None


def _columns(
    kind: Kind, headings: Mapping[int, str], mapping: Mapping[str, str]
) -> dict[int, Column]:
    found: dict[int, Column] = {}
    for place, heading in headings.items():
        field = mapping.get(plain(heading))
        column = kind.column(field) if field else kind.meant(heading)
        if column:
            found[place] = column
    return found


def _suffices(kind: Kind, found: Mapping[int, Column]) -> bool:
    fields = {column.field for column in found.values()}
    return all(fields.intersection(group) for group in kind.needs)
