"""QR codes, drawn as vectors."""

from itertools import groupby

import segno

from responder.documents.paper.pen import Pen

QUIET_ZONE = 4
"""Light modules that the standard wants around it."""


def draw_qr(pen: Pen, x: float, top: float, side: float, text: str) -> None:
    """A code for a text in a square of `side` points, its quiet zone within it."""
    rows = [list(row) for row in segno.make_qr(text, error="m").matrix]
    module = side / (len(rows) + 2 * QUIET_ZONE)
    canvas = pen.canvas
    canvas.setFillGray(0)
    for number, row in enumerate(rows, QUIET_ZONE + 1):
        begin = QUIET_ZONE
        for dark, run in groupby(row):
            wide = len(list(run))
            if dark:
                left, low = x + begin * module, top - number * module
                canvas.rect(left, low, wide * module, module * 1.02, stroke=0, fill=1)
            begin += wide
