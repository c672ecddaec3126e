"""The frame of every page: firm and title above, the control block and the page's number below."""

from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.lib.utils import TimeStamp
from reportlab.pdfgen.canvas import Canvas

from responder.documents.paper.control import DRILL_BANNER, PAGE, SENSITIVITY, Control
from responder.documents.paper.fonts import REGULAR
from responder.documents.paper.pen import INK, QUIET, RULE, Pen
from responder.documents.paper.wording import Wording

WIDTH, HEIGHT = 595.28, 841.89
LEFT = 54.0
TOP = 66.0
BOTTOM = 58.0
ROOM_WIDE = WIDTH - 2 * LEFT
ROOM_HIGH = HEIGHT - TOP - BOTTOM
rl_config.useA85 = 0  # text around compressed streams makes them larger and slower
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}


class Frame:
    """The frame of one paper."""

    def __init__(
        self, title: str, language: str, control: Control, wording: Wording, *, drill: bool
    ) -> None:
        self.title = title
        self.language = language
        self.control = control
        self.drill = drill
        self.author = wording.line(control.author or control.firm)
        self.number = wording.line(control.number)
        sensitive = SENSITIVITY.said(language) + control.sensitivity if control.sensitivity else ""
        told = [wording.line(one, 80) for one in (control.firm, sensitive) if one]
        self.head = " | ".join(told)
        said = [f"{name} {wording.line(value, 60)}" for name, value in control.said(language)]
        self.foot = " | ".join(said)

    def canvas(self, stream: BytesIO) -> Any:
        """A canvas that knows no clock, and no font but ours."""
        canvas = Canvas(
            stream,
            pagesize=(WIDTH, HEIGHT),
            pageCompression=1,
            invariant=1,
            initialFontName=REGULAR,
            lang=LANGUAGES.get(self.language, self.language),
        )
        canvas.setTitle(self.title)
        canvas.setAuthor(self.author)
        canvas.setSubject(self.number)
        canvas.setCreator("Responder")
        canvas.setProducer("Responder")
        canvas.showOutline()
        canvas._doc._timeStamp = self._date()  # noqa: SLF001 - the library has no other way
        return canvas

    def _date(self) -> TimeStamp:
        """The document's own date in place of the library's."""
        stamp = TimeStamp(invariant=1)
        at = self.control.made_at
        if at is not None:
            stamp.YMDhms = at.timetuple()[:6]
            offset = at.utcoffset()
            minutes = int(offset.total_seconds() // 60) if offset else 0
            stamp.dhh, stamp.dmm = divmod(abs(minutes), 60)
            stamp.dhh = -stamp.dhh if minutes < 0 else stamp.dhh
        return stamp

    def draw(self, pen: Pen, page: int, pages: int) -> None:
        """Header and footer of a page."""
        right, head = WIDTH - LEFT, HEIGHT - 42
        if self.drill:
            pen.canvas.setFillGray(INK)
            pen.canvas.rect(LEFT, HEIGHT - 27, ROOM_WIDE, 15, stroke=0, fill=1)
            banner = DRILL_BANNER.said(self.language)
            pen.text(WIDTH / 2, HEIGHT - 22.5, banner, 8.5, strong=True, align="centre", grey=1)
        pen.text(LEFT, head, self.head, 7.5, grey=QUIET, room=ROOM_WIDE / 2 - 8)
        if page > 1:
            pen.text(right, head, self.title, 7.5, align="right", grey=QUIET, room=ROOM_WIDE / 2)
        pen.rule(LEFT, head - 6, right, head - 6, 0.5, RULE)
        pen.rule(LEFT, 44, right, 44, 0.5, RULE)
        number = PAGE.said(self.language).format(page=page, pages=pages)
        pen.text(LEFT, 33, self.foot, 7.0, grey=QUIET, room=ROOM_WIDE - 70)
        pen.text(right, 33, number, 7.5, align="right")
