"""The incident as a Gantt chart, in vectors: phases, decisions and tasks over trading sessions.

Black and white: bars differ by pattern, what is due is a diamond, late ones are filled.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from responder.documents.paper.pen import INK, QUIET, RULE, Pattern, Pen

LANE = 15.0
BAR = 7.5
HEAD = 30.0
FOOT = 24.0
LABELS = 146.0
STEPS = [timedelta(minutes=m) for m in (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880)]
MOST_TICKS = 9


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that lasted; `words` stand in it where there is room."""

    starts: datetime
    ends: datetime
    pattern: Pattern
    words: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """An instant: a diamond for what is due, a stroke for what was planned.

    `filled` means late; beyond the chart's end an arrow shows that it is later.
    """

    at: datetime
    filled: bool = False
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of the chart."""

    name: str
    bars: Sequence[Bar] = ()
    marks: Sequence[Mark] = ()


@dataclass(frozen=True, slots=True)
class Shade:
    """A time that is shaded from top to bottom."""

    name: str
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Gantt:
    """A chart over [starts, ends]; instants in the zone its axis is to show."""

    starts: datetime
    ends: datetime
    lanes: Sequence[Lane]
    shades: Sequence[Shade] = ()
    legend: Sequence[tuple[Pattern | str, str]] = ()

    @property
    def height(self) -> float:
        """How high it is drawn, in points."""
        return HEAD + LANE * len(self.lanes) + FOOT

    def draw(self, pen: Pen, x: float, top: float, room: float) -> None:
        """Draw it `room` wide below `top`."""
        left, right = x + LABELS, x + room
        floor = top - HEAD - LANE * len(self.lanes)
        self._shade(pen, left, right, top, floor)
        self._axis(pen, left, right, top, floor)
        for number, lane in enumerate(self.lanes):
            middle = top - HEAD - LANE * (number + 0.5)
            pen.text(x, middle - 2.8, lane.name, 7.6, room=LABELS - 8)
            pen.rule(x, middle - LANE / 2, right, middle - LANE / 2, 0.25, RULE)
            for bar in lane.bars:
                if bar.starts < self.ends and bar.ends > self.starts:
                    self._bar(pen, bar, middle, left, right)
            for mark in lane.marks:
                self._mark(pen, mark, middle, left, right)
        pen.rule(left, top - HEAD, right, top - HEAD, 0.8, INK)
        self._explain(pen, x, floor - 15)

    def _place(self, at: datetime, left: float, right: float) -> float:
        whole = (self.ends - self.starts).total_seconds() or 1.0
        share = (at - self.starts).total_seconds() / whole
        return left + min(max(share, 0.0), 1.0) * (right - left)

    def _shade(self, pen: Pen, left: float, right: float, top: float, floor: float) -> None:
        taken = left
        for shade in self.shades:
            begin, end = (self._place(at, left, right) for at in (shade.starts, shade.ends))
            if end - begin < 0.5:
                continue
            pen.box(begin, floor, end - begin, top - HEAD - floor, Pattern.PALE, edge=None)
            if begin >= taken:
                pen.text(begin, top - 8, shade.name, 6.5, grey=QUIET, room=max(end - begin, 46))
                taken = begin + max(end - begin, 50)

    def _axis(self, pen: Pen, left: float, right: float, top: float, floor: float) -> None:
        for at in self._ticks():
            place = self._place(at, left, right)
            pen.rule(place, top - HEAD + 3, place, floor, 0.3, RULE)
            shape = "%m-%d %H:%M" if self.ends - self.starts > timedelta(hours=20) else "%H:%M"
            pen.text(place, top - HEAD + 6, at.strftime(shape), 7.0, align="centre")

    def _ticks(self) -> Iterator[datetime]:
        whole = self.ends - self.starts
        step = next((one for one in STEPS if whole / one <= MOST_TICKS), whole / MOST_TICKS)
        midnight = self.starts.replace(hour=0, minute=0, second=0, microsecond=0)
        at = midnight + -(-(self.starts - midnight) // step) * step
        while at <= self.ends:
            yield at
            at += step

    def _bar(self, pen: Pen, bar: Bar, middle: float, left: float, right: float) -> None:
        begin, end = (self._place(at, left, right) for at in (bar.starts, bar.ends))
        wide = max(end - begin, 1.2)
        pen.box(begin, middle - BAR / 2, wide, BAR, bar.pattern)
        if bar.words and wide > 26:
            white = bar.pattern is Pattern.SOLID
            if not white:
                inner = min(wide - 3, pen.wide(bar.words, 6.3) + 3)
                pen.box(begin + 1.5, middle - 3, inner, 6, Pattern.PALE, edge=None)
            pen.text(
                begin + 3, middle - 2.3, bar.words, 6.3, grey=1 if white else INK, room=wide - 5
            )

    def _mark(self, pen: Pen, mark: Mark, middle: float, left: float, right: float) -> None:
        if mark.at > self.ends:
            self._beyond(pen, mark, middle, right)
            return
        place = self._place(mark.at, left, right)
        if mark.planned:
            pen.rule(place, middle - 6, place, middle + 6, 1.4, INK)
        else:
            pen.diamond(place, middle, 4.2, filled=mark.filled)

    def _beyond(self, pen: Pen, mark: Mark, middle: float, right: float) -> None:
        """What lies after the chart's end: when, with an arrow."""
        same_day = mark.at.astimezone(self.ends.tzinfo).date() == self.ends.date()
        at = mark.at.astimezone(self.ends.tzinfo).strftime("%H:%M" if same_day else "%m-%d %H:%M")
        wide = pen.wide(f"{at} →", 6.8) + 4
        pen.box(right - wide, middle - 4.5, wide, 9, Pattern.PALE, edge=None)
        pen.text(right - 2, middle - 2.4, f"{at} →", 6.8, align="right")
        if not mark.planned:
            pen.diamond(right - wide - 6, middle, 4.2, filled=mark.filled)

    def _explain(self, pen: Pen, x: float, y: float) -> None:
        for key, words in self.legend:
            if isinstance(key, Pattern):
                pen.box(x, y - 1, 14, 7, key, edge=None if key is Pattern.PALE else INK)
            elif key == "planned":
                pen.rule(x + 7, y - 2, x + 7, y + 7, 1.4, INK)
            else:
                pen.diamond(x + 7, y + 2.5, 4.0, filled=key == "late")
            pen.text(x + 18, y, words, 7.0, grey=QUIET)
            x += 24 + pen.wide(words, 7.0)
