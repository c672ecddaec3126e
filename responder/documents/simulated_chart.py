"""The chart of what `simulate` tells: a row for each person, what happens to them along it."""

from collections.abc import Iterator
from dataclasses import dataclass

from responder.documents.paper.fonts import BOLD
from responder.documents.picture import BLACK, DARK, LIGHT, MIDDLE, Line, Mark, Shape, Text, box
from responder.documents.simulated import EDGE, WIDTH, Simulated, after, cut
from responder.documents.simulated_signs import asked_sign, decided_sign, ring_sign, taken_sign
from responder.domain.people import VIAS

LABELS = 196
HEAD, AXIS, ROW = 96, 34, 34
TICKS = (10, 20, 30, 60, 120, 180, 300, 600, 900, 1200, 1800, 3600)
MOST_TICKS = 12


@dataclass(frozen=True, slots=True)
class Chart:
    """What was simulated, as long as it lasts, with a height within a row for each way used."""

    shown: Simulated
    seconds: int
    vias: tuple[str, ...]

    @classmethod
    def of(cls, shown: Simulated) -> "Chart":
        """The chart of a simulation: a minute at the least."""
        last = max((event["t"] for event in shown.events), default=0)
        vias = tuple(v for v in VIAS if any(e.get("via") == v for e in shown.events))
        return cls(shown, max(round(last * 1.04) + 5, 60), vias)

    @property
    def top(self) -> float:
        """Where the first row begins."""
        return HEAD + AXIS

    @property
    def floor(self) -> float:
        """Where the last row ends."""
        return self.top + ROW * max(len(self.shown.people), 1)

    def x(self, t: float) -> float:
        """Where it is `t` seconds after the declaration."""
        return LABELS + EDGE + t / self.seconds * (WIDTH - LABELS - 2 * EDGE)

    def middle(self, person: str) -> float:
        """The middle of a person's row."""
        return self.top + ROW * (self.shown.people.index(person) + 0.5)

    def ground(self) -> Iterator[Mark]:
        """The axis, and a row for each person; pale where nobody reaches them."""
        for person in self.shown.people:
            y = self.middle(person) - ROW / 2
            if person in self.shown.found["unreachable"]:
                yield Shape(box(EDGE, y, WIDTH - 2 * EDGE, ROW), LIGHT, None)
            yield Line(EDGE, y, WIDTH - EDGE, y, 0.6, MIDDLE)
        yield Line(EDGE, self.floor, WIDTH - EDGE, self.floor, 0.6, MIDDLE)
        for person in self.shown.people:
            yield from self._label(person)
        step = next((s for s in TICKS if self.seconds / s <= MOST_TICKS), TICKS[-1])
        for t in range(0, self.seconds + 1, step):
            yield Line(self.x(t), self.top - 5, self.x(t), self.top, 1)
            yield Text(self.x(t), self.top - 9, after(t), 10.5, align="middle")
        yield Line(self.x(0), self.top, WIDTH - EDGE, self.top, 1.4)

    def _label(self, person: str) -> Iterator[Mark]:
        shown, y = self.shown, self.middle(person)
        known = shown.site.people.get(person)
        under = known.title.said(shown.language) if known else ""
        if person in shown.found["unreachable"]:
            under = shown.said("联系不上", "unreachable")
        yield Text(EDGE + 4, y - 1, cut(shown.person(person), LABELS - 12, 13, BOLD), 13, True)
        yield Text(EDGE + 4, y + 12, cut(under, LABELS - 12, 9.5), 9.5, shade=DARK)

    def steps(self) -> Iterator[Mark]:
        """Where steps start and more people are paged."""
        taken = -100.0
        for event in self.shown.events:
            if event["kind"] not in ("step", "widened"):
                continue
            x, wide = self.x(event["t"]), event["kind"] == "widened"
            yield Line(x, self.top, x, self.floor, 3 if wide else 1, DARK, dashed=not wide)
            words = self.shown.said("扩大", "more") if wide else f"{event['round']}/{event['step']}"
            if x - taken > 30:
                yield Text(x, self.top - 23, words, 10.5, bold=True, align="middle")
                taken = x

    def rows(self) -> Iterator[Mark]:
        """What happens to each person, the rings beneath the answers."""
        for event in self.shown.events:
            if event["kind"] == "page":
                place = self._place(event["via"])
                y = self.middle(event["person"]) + place
                yield from ring_sign(
                    event["via"], self.x(event["t"]), y, bool(event.get("refused"))
                )
        yield from self._handed_down()
        asked: dict[tuple[int, str], int] = {}
        for event in self.shown.events:
            if event["kind"] == "asked":
                key = event["t"], event["person"]
                asked[key] = asked.get(key, 0) + 1
        for (t, person), count in asked.items():
            yield from asked_sign(self.x(t) + 12, self.middle(person), count)
        for event in self.shown.events:
            x = self.x(event["t"])
            if event["kind"] == "acknowledged":
                yield from taken_sign(x, self.middle(event["person"]))
            elif event["kind"] == "decided":
                yield from decided_sign(x + 12, self.middle(event["person"]))
            elif event["kind"] == "changed":
                words = self.shown.said("接班", "takes over")
                yield Text(x + 4, self.middle(event["person"]) - 8, words, 9.5)

    def _place(self, via: str) -> float:
        """Each way rings at a height of its own within a row."""
        if len(self.vias) < 2:
            return 0.0
        return (self.vias.index(via) / (len(self.vias) - 1) - 0.5) * (ROW - 12)

    def _handed_down(self) -> Iterator[Mark]:
        """From whoever was silent to whoever is asked next."""
        asked: dict[str, dict[int, list[str]]] = {}
        for event in self.shown.events:
            known = self.shown.site.decisions.get(event.get("decision", ""))
            if event["kind"] == "asked" and known and known.by_succession:
                asked.setdefault(known.id, {}).setdefault(event["t"], []).append(event["person"])
        moves = {
            (t, before[0], now[0])
            for at in asked.values()
            for before, (t, now) in zip(at.values(), list(at.items())[1:], strict=False)
            if len(before) == len(now) == 1
        }
        for move in sorted(moves):
            yield from self._arrow(*move)

    def _arrow(self, t: int, giver: str, taker: str) -> Iterator[Mark]:
        x, start, end = self.x(t) + 12, self.middle(giver), self.middle(taker)
        down = 1 if end > start else -1
        tip = end - 11 * down
        yield Line(x, start, x, tip - 6 * down, 2)
        yield Shape(((x, tip), (x - 5, tip - 8 * down), (x + 5, tip - 8 * down)), BLACK)
