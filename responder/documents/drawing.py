"""A picture drawn as PNG, by the same fonts as the papers. The one place that draws pixels."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from responder.documents.picture import DASH, Disc, Line, Mark, Picture, Shape, Text

FONTS = Path(__file__).parent / "paper" / "fonts"
FINE = 2
"""Pixels drawn for one of the layout: text stays sharp on paper and on good screens."""
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def png(picture: Picture) -> bytes:
    """The picture in grey, each of its pixels drawn as two by two."""
    image = Image.new("L", (picture.width * FINE, picture.height * FINE), 255)
    draw = ImageDraw.Draw(image)
    for mark in picture.marks:
        _draw(draw, mark)
    written = BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


def _draw(draw: Any, mark: Mark) -> None:
    match mark:
        case Line():
            _stroke(draw, mark)
        case Shape():
            points = [(x * FINE, y * FINE) for x, y in mark.points]
            thick = max(round(mark.thick * FINE), 1)
            draw.polygon(points, fill=mark.fill)
            if mark.edge is not None:
                draw.line([*points, points[0]], fill=mark.edge, width=thick, joint="curve")
        case Disc():
            x, y, radius = (value * FINE for value in (mark.x, mark.y, mark.radius))
            around = (x - radius, y - radius, x + radius, y + radius)
            draw.ellipse(around, fill=mark.fill, outline=mark.edge, width=FINE)
        case Text():
            place = (mark.x * FINE, mark.y * FINE)
            font = _font(mark.bold, round(mark.size * FINE))
            anchor = ANCHORS[mark.align]
            draw.text(place, mark.words, fill=mark.shade, font=font, anchor=anchor)


def _stroke(draw: Any, mark: Line) -> None:
    thick = max(round(mark.thick * FINE), 1)
    start, end = (mark.x * FINE, mark.y * FINE), (mark.to_x * FINE, mark.to_y * FINE)
    if not mark.dashed:
        draw.line([start, end], fill=mark.shade, width=thick)
        return
    across, down = end[0] - start[0], end[1] - start[1]
    length = (across**2 + down**2) ** 0.5
    pieces = max(int(length / (DASH * FINE)), 1)
    for piece in range(0, pieces, 2):
        begin, stop = piece / pieces, min((piece + 1) / pieces, 1.0)
        draw.line(
            [
                (start[0] + across * begin, start[1] + down * begin),
                (start[0] + across * stop, start[1] + down * stop),
            ],
            fill=mark.shade,
            width=thick,
        )


@cache
def _font(bold: bool, size: int) -> Any:
    name = "NotoSansSC-Bold" if bold else "NotoSansSC-Regular"
    return ImageFont.truetype(str(FONTS / f"{name}.ttf"), size)
