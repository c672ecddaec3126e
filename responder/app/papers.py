"""Papers: the press of a house."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from responder.documents.paper.press import Press
    from responder.domain.contact_manual import ContactManual
    from responder.domain.people import Person
    from responder.domain.plan_document import PlanDocument
    from responder.domain.report_sheet import ReportSheet


def papers_of(*, apart: bool = False) -> "Press":
    """What makes PDFs; `apart` in a process of its own, for where an event loop runs."""
    from responder.documents.paper.press import Press

    return Press(apart=apart)


def csv_of(headings: "Sequence[str]", rows: "Iterable[Sequence[str]]") -> bytes:
    """A table for spreadsheets, in which nothing is calculated."""
    from responder.documents.spreadsheet import csv_of as made

    return made(headings, rows)


def report_docx(sheet: "ReportSheet") -> bytes:
    """A report to a regulator as a Word document, for signing off in Word or WPS."""
    from responder.documents.report_docx import report_docx as made

    return made(sheet)


def manual_page(manual: "ContactManual", language: str) -> str:
    """The contact manual as one HTML file that fetches nothing."""
    from responder.documents.manual_page import manual_page as made

    return made(manual, language)


def vcards_of(
    people: "Iterable[Person]", callers: "Sequence[str]", firm: str, language: str, version: str
) -> str:
    """The vCards of people, and that of the numbers that emergency calls come from, if any."""
    from responder.documents.vcards import VCards

    cards = VCards(firm, language, version)
    return (cards.emergency(callers) if callers else "") + cards.people(people)


def plan_docx(document: "PlanDocument", language: str) -> bytes:
    """The plan as a Word document."""
    from responder.documents.plan_docx import plan_docx as made

    return made(document, language)


def plan_letter_docx(document: "PlanDocument", language: str) -> bytes:
    """The letter that the plan is filed with, as a Word document."""
    from responder.documents.plan_docx import letter_docx as made

    return made(document, language)
