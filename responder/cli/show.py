"""Showing things in a terminal at 3 am: names, local times, plain tables; colour only on a TTY."""
# ruff: noqa: PLC0415 - rich is loaded where something is shown, not where help is asked for

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from responder.cli.failing import one_line
from responder.domain.incident import ROMAN
from responder.domain.people import VIA_NAMES
from responder.domain.site import Site

WIDE = 400
"""Columns where nobody looks: a pipe or a file gets whole lines."""


@dataclass(frozen=True, slots=True)
class Names:
    """Ids as the names a person reads, and instants in the site's zone."""

    site: Site
    language: str

    def said(self, zh: str, en: str) -> str:
        """One of two wordings."""
        return en if self.language == "en" else zh

    def person(self, id: str | None) -> str:
        """A person's name; the id where the contacts hold no such person."""
        known = self.site.people.get(id or "")
        return (known.name.said(self.language) or known.id) if known else (id or "—")

    def people(self, ids: Iterable[str]) -> str:
        """Names with the language's comma between them."""
        return self.listed([self.person(id) for id in ids])

    def listed(self, words: Iterable[str]) -> str:
        """Words with the language's comma between them; a dash for none."""
        return self.said("、", ", ").join(words) or "—"

    def ways(self, vias: Iterable[str]) -> str:
        """Kinds of way, with a stroke between them."""
        said = (VIA_NAMES[v].said(self.language) if v in VIA_NAMES else v for v in vias)
        return "/".join(said)

    def role(self, id: str) -> str:
        """A role's name."""
        known = self.site.roles.get(id)
        return (known.name.said(self.language) or id) if known else id

    def decision(self, id: str) -> str:
        """A decision's question."""
        known = self.site.decisions.get(id)
        return (known.question.said(self.language) or id) if known else id

    def system(self, id: str) -> str:
        """A system's name."""
        known = self.site.systems.get(id)
        return (known.name.said(self.language) or id) if known else id

    def unit(self, id: str) -> str:
        """A related unit's name."""
        known = self.site.units.get(id)
        return (known.name.said(self.language) or id) if known else id

    def level(self, level: int) -> str:
        """Ⅱ级响应, or level 2."""
        return self.said(f"{ROMAN.get(level, level)}级响应", f"level {level}")

    def clock(self, at: datetime | str | None, full: bool = False) -> str:
        """An instant in the site's zone: 20:15:07, with its date where that is asked for."""
        if not at:
            return "—"
        moment = datetime.fromisoformat(at) if isinstance(at, str) else at
        local = moment.astimezone(ZoneInfo(self.site.time_zone))
        return local.strftime("%Y-%m-%d %H:%M:%S" if full else "%H:%M:%S")


def table(headings: Sequence[str], rows: Iterable[Sequence[Any]], title: str = "") -> None:
    """A table; the last column wraps, the others stay whole."""
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=None, title_justify="left", pad_edge=False, header_style="bold")
    for place, heading in enumerate(headings, 1):
        last = place == len(headings)
        shown.add_column(heading, no_wrap=not last, overflow="fold")
    for row in rows:
        shown.add_row(*(_text(Text, cell) for cell in row))
    if title:
        line(title, "bold")
    console = _console()
    with console.capture() as printed:
        console.print(shown)
    for row_printed in printed.get().splitlines():
        click.echo(row_printed.rstrip(), color=True)


def line(text: str, style: str = "") -> None:
    """One line of text, whatever it holds."""
    from rich.text import Text

    _console().print(Text(one_line(text), style=style), soft_wrap=True)


def pairs(rows: Iterable[tuple[str, str]]) -> None:
    """What is what: names in a column, what they are beside them."""
    table(("", ""), [(name, value) for name, value in rows if value])


def _text(text: Any, cell: Any) -> Any:
    """A cell; `("red", words)` is coloured words."""
    if isinstance(cell, tuple):
        style, words = cell
        return text(one_line(str(words)), style=style)
    return text(one_line("" if cell is None else str(cell)))


def _console() -> Any:
    from rich.console import Console

    width = None if sys.stdout.isatty() else WIDE
    return Console(file=sys.stdout, highlight=False, width=width)
