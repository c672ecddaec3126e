"""What an inspector's page is made of: tables that fit a phone, instants, names; all escaped."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from zoneinfo import ZoneInfo

from responder.commands.telling import name
from responder.domain.site import Site
from responder.inbound.link_frame import STYLE, page

Either = tuple[str, str]
"""The same in Chinese and English."""
WIDE = """
body { max-width: 75rem; }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
table { width: 100%; border-collapse: collapse; margin: .5rem 0 1rem; font-size: 1rem; }
caption { text-align: left; color: var(--dim); }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0;
  border-top: 1px solid var(--line); white-space: pre-line; }
th { font-weight: 600; }
code { font-size: .875rem; word-break: break-all; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem 0; }
nav a { padding: .375rem 0; }
pre { white-space: pre-wrap; font: inherit; margin: 0; }
@media (max-width: 40rem) {
  table, tbody, tr, td, caption { display: block; }
  thead { display: none; }
  tr { border-top: 1px solid var(--line); padding: .5rem 0; }
  td { border: 0; padding: .1rem 0; }
  td:empty { display: none; }
  td[data-of]::before { content: attr(data-of) "\\a0\\a0"; color: var(--dim); }
}
@media print { nav, .leave { display: none; } }
"""
INSPECTOR_STYLE = STYLE + WIDE


class Html(str):
    """A cell whose own parts are escaped already."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """One page in one language, by one site's zone and names; `address` is that of the link."""

    language: str
    address: str
    site: Site

    def page(self, title: str, body: Iterable[str]) -> str:
        """The whole document."""
        return page(self.language, title, body, INSPECTOR_STYLE)

    def section(self, id: str, title: Either) -> str:
        """A heading that the contents lead to."""
        return f'<h2 id="{id}">{self.either(*title)}</h2>'

    def table(
        self, headings: Sequence[Either], rows: Iterable[Sequence[str]], caption: str = ""
    ) -> str:
        """Rows under headings, on a phone each value with its own; "none" for none."""
        names = [self.either(*one) for one in headings]
        body = [self._row(names, row) for row in rows]
        if not body:
            return self.none()
        told = f"<caption>{escape(caption)}</caption>" if caption else ""
        head = "".join(f"<th>{escape(one)}</th>" for one in names)
        shown = f"<thead><tr>{head}</tr></thead>" if any(names) else ""
        return f"<table>{told}{shown}<tbody>{''.join(body)}</tbody></table>"

    def _row(self, names: Sequence[str], row: Sequence[str]) -> str:
        return f"<tr>{''.join(self._cells(names, row))}</tr>"

    def _cells(self, names: Sequence[str], row: Sequence[str]) -> Iterator[str]:
        for heading, value in zip(names, row, strict=True):
            said = value if isinstance(value, Html) else escape(str(value))
            of = f' data-of="{escape(heading)}"' if heading else ""
            yield f"<td{of}>{said}</td>"

    def none(self) -> str:
        """That there is nothing of it."""
        return f'<p class="dim">{self.either("无", "None")}</p>'

    def link(self, to: str, label: str) -> Html:
        """A link under the inspector's own, in this language."""
        path, mark, place = to.partition("#")
        path, _, query = path.partition("?")
        asked = "&".join(part for part in (query, f"lang={self.language}") if part)
        href = f"{self.address}{path}?{asked}{mark}{place}"
        return Html(f'<a href="{escape(href)}">{escape(label)}</a>')

    def tongues(self) -> str:
        """To the same page in the other language."""
        other, label = ("en", "English") if self.language == "zh" else ("zh", "中文")
        return f'<p class="dim"><a href="?lang={other}">{label}</a></p>'

    def who(self, person: str | None) -> str:
        """A person's name."""
        return name(self.site, person, self.language) if person else "—"

    def listed(self, words: Sequence[str]) -> str:
        """Words with the language's comma between them."""
        return self.either("、", ", ").join(words) or "—"

    def time(self, at: datetime | str | None) -> str:
        """An instant in the site's zone, to the second."""
        if not at:
            return ""
        moment = datetime.fromisoformat(at) if isinstance(at, str) else at
        return moment.astimezone(ZoneInfo(self.site.time_zone)).strftime("%Y-%m-%d %H:%M:%S")

    def day(self, at: datetime | None) -> date:
        """The day of an instant in the site's zone."""
        return at.astimezone(ZoneInfo(self.site.time_zone)).date() if at else date.min

    def either(self, zh: str, en: str) -> str:
        """One of two wordings."""
        return en if self.language == "en" else zh
