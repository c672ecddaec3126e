"""What an incident's record holds: its entries, and its evidence with hashes."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from responder.documents.paper.lines import Tone
from responder.documents.paper.section import Section
from responder.documents.paper.table import Cell, Column, Row
from responder.documents.timeline import line
from responder.domain.incident_facts import is_starred
from responder.domain.record import Entry
from responder.domain.report_order import INTERNAL

TYPED = frozenset({"text", "reason", "note", "words", "why", "title", "said", "name", "ended"})
"""What people typed into an entry; times and hashes are not."""


class OnRecord(Section):
    """Sections seven and eight."""

    def parts(self) -> Iterator[Callable[[], None]]:
        """The story or the whole record, and the evidence."""
        yield self._timeline
        yield self._evidence

    def _timeline(self) -> None:
        paper, said = self.paper, self.said
        full = self.audience == INTERNAL
        title = (
            said("七、处置记录（全部）", "7. The whole record")
            if full
            else (said("七、大事记", "7. The story"))
        )
        paper.heading(title)
        columns = (
            Column("", 7),
            Column(said("序号", "No."), 13, "right"),
            Column(said("时间", "Time"), 27),
            Column(said("记录", "Entry")),
        )
        entries = self.facts.entries if full else self.facts.starred()
        paper.table(columns, (self._entry(entry) for entry in entries))
        paper.text(self._origin(), Tone.QUIET)

    def _entry(self, entry: Entry) -> Row:
        told = line(self._fit(entry), self.facts.site, self.naming.language)
        star = is_starred(entry)
        shown = Cell(told, strong=star and self.audience == INTERNAL)
        return "★" if star else "", str(entry.seq), self.naming.moment(entry.at), shown

    def _fit(self, entry: Entry) -> Entry:
        """The entry; what people typed into it without what is not the reader's."""
        typed = {
            name: self.text(value)
            for name, value in (entry.payload or {}).items()
            if name in TYPED and isinstance(value, str)
        }
        return replace(entry, payload={**(entry.payload or {}), **typed}) if typed else entry

    def _origin(self) -> str:
        entries = self.facts.entries
        if not entries:
            return ""
        first, last = entries[0].seq, entries[-1]
        return self.said(
            f"取自处置记录第 {first}—{last.seq} 条，共 {len(entries)} 条；末条哈希 {last.hash}",
            f"From entries {first} to {last.seq} of the record, {len(entries)} in all;"
            f" hash of the last: {last.hash}",
        )

    def _evidence(self) -> None:
        paper, said, naming = self.paper, self.said, self.naming
        paper.heading(said("八、存证清单", "8. Evidence"))
        columns = (
            Column("", 8, "right"),
            Column(said("文件", "File")),
            Column(said("字节", "Bytes"), 20, "right"),
            Column(said("收存", "Taken in"), 27),
            Column(said("保管人", "Custody"), 24),
            Column("SHA-256", 59),
        )
        rows = [
            (
                one.id,
                self.text(one.name + (f"　{one.note}" if one.note else "")),
                f"{one.size:,}",
                naming.moment(one.added_at),
                naming.person(one.custodian),
                one.sha256,
            )
            for one in self.facts.exhibits
        ]
        paper.table(columns, rows, said("没有存证。", "There is no evidence."))
