"""The frame of every page: firm and title above, the control block and the page's number below."""

from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.lib.utils import TimeStamp
from reportlab.pdfgen.canvas import Canvas

from responder.documents.paper.control import DRILL_BANNER, PAGE, SENSITIVITY, Control
from responder.documents.paper.fonts import REGULAR
from responder.documents.paper.pen import INK, QUIET, RULE, Pen
from responder.documents.paper.sheet import A4, Sheet
from responder.documents.paper.wording import Wording

rl_config.useA85 = 0  # text around compressed streams makes them larger and slower
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}


class Frame:
    """The frame of one paper."""

    def __init__(
        self,
        title: str,
        language: str,
        control: Control,
        wording: Wording,
        sheet: Sheet = A4,
        *,
        drill: bool,
    ) -> None:
        self.sheet = sheet
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
        self.remark = wording.line(control.remark, 80)

    def canvas(self, stream: BytesIO) -> Any:
        """A canvas that knows no clock, and no font but ours."""
        canvas = Canvas(
            stream,
            pagesize=(self.sheet.width, self.sheet.height),
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
        number = PAGE.said(self.language).format(page=page, pages=pages)
        if self.sheet.small:
            self._foot_of_small(pen, number)
            return
        sheet, size = self.sheet, self.sheet.frame_size
        left, right, head = sheet.side, sheet.width - sheet.side, sheet.height - 42
        if self.drill:
            pen.canvas.setFillGray(INK)
            pen.canvas.rect(left, sheet.height - 27, sheet.room_wide, 15, stroke=0, fill=1)
            banner = DRILL_BANNER.said(self.language)
            pen.text(
                sheet.width / 2,
                sheet.height - 22.5,
                banner,
                8.5,
                strong=True,
                align="centre",
                grey=1,
            )
        half = sheet.room_wide / 2
        pen.text(left, head, self.head, max(size, 7.5), grey=QUIET, room=half - 8)
        if page > 1:
            pen.text(right, head, self.title, max(size, 7.5), align="right", grey=QUIET, room=half)
        pen.rule(left, head - 6, right, head - 6, 0.5, RULE)
        pen.rule(left, 44, right, 44, 0.5, RULE)
        foot = " | ".join(filter(None, (self.remark, self.foot)))
        pen.text(left, 33, foot, size, grey=QUIET, room=sheet.room_wide - 70)
        pen.text(right, 33, number, max(size, 7.5), align="right")

    def _foot_of_small(self, pen: Pen, number: str) -> None:
        sheet, size = self.sheet, self.sheet.frame_size
        left, right = sheet.side, sheet.width - sheet.side
        pen.rule(left, 34, right, 34, 0.5, RULE)
        pen.text(left, 24, self.foot, size, room=sheet.room_wide)
        pen.text(left, 13, self.remark, size, room=sheet.room_wide - 70)
        pen.text(right, 13, number, size, align="right")
