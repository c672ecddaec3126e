"""Papers: controlled documents as PDF, the same bytes from the same facts.

Text is never markup here: there is no parser of it, and nothing that could reach a host. Imported
when a paper is made, never before: it brings ReportLab and two fonts.
"""

from responder.documents.paper.control import Control
from responder.documents.paper.lines import Tone
from responder.documents.paper.paper import Paper
from responder.documents.paper.pen import Pattern, Pen
from responder.documents.paper.sheet import A4, A4_PLAIN, A6, Sheet
from responder.documents.paper.table import Cell, Column

__all__ = [
    "A4",
    "A4_PLAIN",
    "A6",
    "Cell",
    "Column",
    "Control",
    "Paper",
    "Pattern",
    "Pen",
    "Sheet",
    "Tone",
]
