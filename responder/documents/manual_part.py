"""A table of the contact manual, and how it fits a narrow sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

NOBODY = "—"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part:
    """A table of the manual. `widths` are in millimetres of A4; 0 shares what is left.

    Folded to two columns, those numbered in `lead` stand on the left under each other and those
    in `rest` on the right; those in `labelled` with their titles. A narrow sheet does without the
    column `spared`.
    """

    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    widths: tuple[float, ...]
    lead: tuple[int, ...] = ()
    rest: tuple[int, ...] = ()
    labelled: tuple[int, ...] = ()
    spared: int | None = None

    def without_spared(self) -> "Part":
        """The table without the column that a narrow sheet has no room for."""
        if self.spared is None:
            return self
        kept = [number for number in range(len(self.columns)) if number != self.spared]

        def cut(cells: Sequence[T]) -> tuple[T, ...]:
            return tuple(cells[number] for number in kept)

        rows = [cut(row) for row in self.rows]
        return Part(self.title, cut(self.columns), rows, cut(self.widths))

    def folded(self, colon: str) -> Iterator[tuple[str, str]]:
        """The rows in two columns."""
        for row in self.rows:
            left = [row[number] for number in self.lead if row[number] != NOBODY]
            right = [
                (self.columns[number] + colon) * (number in self.labelled) + row[number]
                for number in self.rest
                if row[number] != NOBODY
            ]
            yield "\n".join(left), "\n".join(right)
