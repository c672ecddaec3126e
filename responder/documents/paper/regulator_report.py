"""A report to a regulator as a PDF: its form, field by field, blanks and estimates marked."""

from itertools import groupby

from responder.documents.paper.control import Control
from responder.documents.paper.paper import Paper
from responder.documents.paper.table import Cell, Column
from responder.documents.report_words import HEADINGS, MARKS, blank, shown
from responder.domain.report_sheet import ReportSheet, SheetRow

NUMBER, NAME, NOTE = 11.0, 46.0, 34.0


def regulator_report(sheet: ReportSheet, language: str) -> Paper:
    """The paper of a report, in the report's own language."""
    control = Control(
        number=sheet.number,
        version=sheet.version,
        author=sheet.author,
        approver=sheet.approver,
        sensitivity=sheet.sensitivity,
        made_at=sheet.made_at,
        firm=sheet.firm,
    )
    paper = Paper(sheet.title, language, control, subtitle=sheet.subtitle, drill=sheet.drill)
    _warn(paper, sheet, language)
    paper.key_values(sheet.facts)
    for note in sheet.notes:
        paper.text(note)
    for part, rows in groupby(sheet.rows, key=lambda row: row.part):
        if part:
            paper.heading(part, 1)
        _fields(paper, list(rows), language)
    _behind(paper, sheet, language)
    return paper


def _warn(paper: Paper, sheet: ReportSheet, language: str) -> None:
    """What whoever is to sign it has to see first."""
    if sheet.missing:
        listed = ("、" if language == "zh" else ", ").join(sheet.missing)
        meter = f"{sheet.answered}/{sheet.demanded}"
        paper.callout(listed, HEADINGS["missing"].said(language).format(meter))
    if sheet.against:
        paper.callout("\n".join(sheet.against), HEADINGS["against"].said(language))


def _fields(paper: Paper, rows: list[SheetRow], language: str) -> None:
    """The fields; while it is checked, with where each answer comes from."""
    columns = [
        Column("", NUMBER),
        Column(HEADINGS["field"].said(language), NAME, strong=True),
        Column(HEADINGS["answer"].said(language)),
    ]
    checked = any(row.note for row in rows)
    if checked:
        columns.append(Column(HEADINGS["from"].said(language), NOTE))
    paper.table(columns, [_cells(row, language, checked=checked) for row in rows])


def _cells(row: SheetRow, language: str, *, checked: bool) -> tuple[str | Cell, ...]:
    note = (row.note,) if checked else ()
    if row.mark == "blank":
        return (
            row.number,
            row.name,
            Cell(blank(row, language), strong=row.needed.startswith("y")),
            *note,
        )
    return row.number, row.name, shown(row, language), *note


def _behind(paper: Paper, sheet: ReportSheet, language: str) -> None:
    """What a correction changes, what was let pass, and the hash of what was signed."""
    if sheet.changes:
        paper.heading(HEADINGS["changes"].said(language), 1)
        columns = [Column(HEADINGS[one].said(language)) for one in ("field", "before", "after")]
        none = MARKS["none"].said(language)
        rows = [(one.name, one.before or none, one.after or none) for one in sheet.changes]
        paper.table(columns, rows)
    if sheet.passed:
        paper.heading(HEADINGS["passed"].said(language), 1)
        columns = [Column(HEADINGS[one].said(language)) for one in ("contradiction", "reason")]
        paper.table(columns, list(sheet.passed))
    if sheet.sha256:
        paper.text(HEADINGS["sha256"].said(language).format(sheet.sha256))
