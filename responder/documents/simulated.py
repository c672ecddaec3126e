"""What `simulate` tells, as a picture: people down, time across.

Every ring by its way, who answers and decides when, how steps start and authority is handed down,
and which regulators' clocks run.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from responder.documents.paper.fonts import BOLD, REGULAR, width
from responder.documents.paper.pen import fitted
from responder.documents.picture import (
    BLACK,
    DARK,
    LIGHT,
    MIDDLE,
    WHITE,
    Disc,
    Line,
    Mark,
    Picture,
    Shape,
    Text,
    box,
    together,
    zigzag,
)
from responder.domain.incident import ROMAN
from responder.domain.people import VIA_NAMES, VIAS
from responder.domain.site import Site

Event = Mapping[str, Any]
WIDTH, LABELS, EDGE = 1240, 196, 30
HEAD, AXIS, ROW = 96, 34, 34
LINE = 19
TICKS = (10, 20, 30, 60, 120, 180, 300, 600, 900, 1200, 1800, 3600)
MOST_TICKS = 12
MOST_CLOCKS = 8
RADIUS = 3.2


@dataclass(frozen=True, slots=True)
class Simulated:
    """What is to be shown: what was found, under which site, at which level, in which language."""

    site: Site
    found: Mapping[str, Any]
    clocks: Sequence[Mapping[str, Any]]
    level: int
    language: str

    def said(self, zh: str, en: str) -> str:
        """One of two wordings."""
        return en if self.language == "en" else zh

    def person(self, id: str) -> str:
        """A person's name."""
        known = self.site.people.get(id)
        return (known.name.said(self.language) or id) if known else id

    @property
    def events(self) -> Sequence[Event]:
        """What happened, in order."""
        events: Sequence[Event] = self.found["events"]
        return events

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody rung or asked, in the order of it."""
        return tuple(dict.fromkeys(e["person"] for e in self.events if e.get("person")))

    @property
    def start(self) -> datetime:
        """When it was declared, in the site's zone."""
        at = datetime.fromisoformat(self.found["at"])
        return at.astimezone(ZoneInfo(self.site.time_zone))


def picture_of(shown: Simulated) -> Picture:
    """The picture; as high as its people need."""
    chart = _Chart.of(shown)
    foot = chart.floor + 16
    legend, below = _legend(shown, foot)
    clocks, end = _clocks(shown, below + 8)
    marks = together(_head(shown), chart.ground(), chart.steps(), chart.rows(), legend, clocks)
    return Picture(WIDTH, int(end + 12), marks, _title(shown))


# Head and foot


def _title(shown: Simulated) -> str:
    playbook = shown.site.playbooks[shown.found["playbook"]].title.said(shown.language)
    level = shown.said(f"{ROMAN[shown.level]}级响应", f"level {shown.level}")
    return shown.said(f"推演：{playbook}（{level}）", f"Simulated: {playbook} ({level})")


def _head(shown: Simulated) -> Iterator[Mark]:
    yield Text(EDGE, 30, _title(shown), 18, bold=True)
    at = shown.start.strftime("%Y-%m-%d %H:%M:%S")
    gone = [shown.person(p) for p in shown.found["unreachable"]]
    failed = [VIA_NAMES[via].said(shown.language) for via in shown.found.get("failed", ())]
    comma = shown.said("、", ", ")
    parts = [shown.said(f"{at} 启动", f"declared {at}")]
    if gone:
        parts.append(shown.said("联系不上：", "unreachable: ") + comma.join(gone))
    if failed:
        parts.append(shown.said("通道中断：", "channels down: ") + comma.join(failed))
    yield Text(EDGE, 52, _cut(shown.said("；", "; ").join(parts), WIDTH - 2 * EDGE, 12), 12)
    yield Text(EDGE, 74, _cut(_verdict(shown), WIDTH - 2 * EDGE, 13, BOLD), 13, bold=True)


def _verdict(shown: Simulated) -> str:
    outcome = shown.found["outcome"]
    t, said = outcome["acknowledged_t"], shown.said
    parts = []
    if t is None:
        parts.append(said("无人接手到位", "not enough people take it"))
    else:
        leader = shown.person(outcome["commander"] or "—")
        parts.append(
            said(f"{_after(t)} 接手，现场指挥{leader}", f"taken at {_after(t)}, commander {leader}")
        )
    for id, decided in outcome["decisions"].items():
        known = shown.site.decisions.get(id)
        question = known.question.said(shown.language) if known else id
        who = shown.person(decided["by"])
        at = _after(decided["t"])
        parts.append(said(f"{at} {who}决策“{question}”", f'{at} {who} decides "{question}"'))
    return said("；", "; ").join(parts)


def _legend(shown: Simulated, top: float) -> tuple[list[Mark], float]:
    """What each sign means; wrapped where it runs over the edge."""
    said = shown.said
    used = [v for v in VIAS if any(e.get("via") == v for e in shown.events)]
    kinds = {e["kind"] for e in shown.events}
    entries: list[tuple[Any, str]] = [
        (lambda x, y, via=via: _ring(via, x, y, refused=False), VIA_NAMES[via].said(shown.language))
        for via in used
    ]
    if any(e.get("refused") for e in shown.events):
        refused = next(e["via"] for e in shown.events if e.get("refused"))
        entries.append(
            (
                lambda x, y: _ring(refused, x, y, refused=True),
                said("空心：被退回", "hollow: refused"),
            )
        )
    for kind, sign, words in (
        ("acknowledged", _taken, said("接手", "takes it")),
        ("asked", lambda x, y: _asked(x, y, 1), said("请示决策", "asked to decide")),
        ("decided", _decided, said("作出决策", "decides")),
        (
            "step",
            lambda x, y: [Line(x, y - 8, x, y + 8, 1, DARK, dashed=True)],
            said("轮/步开始", "round/step starts"),
        ),
        (
            "widened",
            lambda x, y: [Line(x, y - 8, x, y + 8, 3)],
            said("扩大呼叫范围", "more people are paged"),
        ),
    ):
        if kind in kinds:
            entries.append((sign, words))
    marks: list[Mark] = []
    x, y = float(EDGE), top + 10
    for sign, words in entries:
        room = 34 + width(words, REGULAR, 11)
        if x + room > WIDTH - EDGE:
            x, y = float(EDGE), y + LINE + 3
        marks += [*sign(x + 8, y), Text(x + 22, y + 4, words, 11)]
        x += room + 12
    return marks, y + 14


def _clocks(shown: Simulated, top: float) -> tuple[list[Mark], float]:
    """The regulators' clocks that the declaration starts, soonest due first."""
    running = [one for one in shown.clocks if one["state"] in ("owed", "depends") and one["due_at"]]
    if not running:
        return [], top
    said, lang = shown.said, "en" if shown.language == "en" else "zh"
    marks: list[Mark] = [
        Line(EDGE, top, WIDTH - EDGE, top, 1, MIDDLE),
        Text(
            EDGE,
            top + 20,
            said("启动即开始计时的报送", "Clocks that the declaration starts"),
            13,
            True,
        ),
    ]
    y = top + 20
    for one in running[:MOST_CLOCKS]:
        y += LINE
        due = datetime.fromisoformat(one["due_at"]).astimezone(ZoneInfo(shown.site.time_zone))
        units = [shown.site.units[u].name.said(lang) for u in one["to"] if u in shown.site.units]
        to = said("、", ", ").join(units) or one["addressee"][lang]
        state = said("（视定级）", " (by its grade)") if one["state"] == "depends" else ""
        marks += [
            Text(EDGE, y, due.strftime("%m-%d %H:%M"), 12, bold=True),
            Text(EDGE + 96, y, _cut(f"{one['title'][lang]}{state}", 430, 12), 12),
            Text(EDGE + 540, y, _cut(to, 320, 12), 12),
            Text(
                EDGE + 876, y, _cut(one["rule"][lang], WIDTH - 2 * EDGE - 876, 12), 12, shade=DARK
            ),
        ]
    return marks, y


# The chart


@dataclass(frozen=True, slots=True)
class _Chart:
    shown: Simulated
    seconds: int
    vias: tuple[str, ...]

    @classmethod
    def of(cls, shown: Simulated) -> "_Chart":
        last = max((event["t"] for event in shown.events), default=0)
        vias = tuple(v for v in VIAS if any(e.get("via") == v for e in shown.events))
        return cls(shown, max(round(last * 1.04) + 5, 60), vias)

    @property
    def top(self) -> float:
        return HEAD + AXIS

    @property
    def floor(self) -> float:
        return self.top + ROW * max(len(self.shown.people), 1)

    def x(self, t: float) -> float:
        return LABELS + EDGE + t / self.seconds * (WIDTH - LABELS - 2 * EDGE)

    def middle(self, person: str) -> float:
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
            yield Text(self.x(t), self.top - 9, _after(t), 10.5, align="middle")
        yield Line(self.x(0), self.top, WIDTH - EDGE, self.top, 1.4)

    def _label(self, person: str) -> Iterator[Mark]:
        shown, y = self.shown, self.middle(person)
        known = shown.site.people.get(person)
        under = known.title.said(shown.language) if known else ""
        if person in shown.found["unreachable"]:
            under = shown.said("联系不上", "unreachable")
        yield Text(EDGE + 4, y - 1, _cut(shown.person(person), LABELS - 12, 13, BOLD), 13, True)
        yield Text(EDGE + 4, y + 12, _cut(under, LABELS - 12, 9.5), 9.5, shade=DARK)

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
                yield from _ring(event["via"], self.x(event["t"]), y, bool(event.get("refused")))
        yield from self._handed_down()
        asked: dict[tuple[int, str], int] = {}
        for event in self.shown.events:
            if event["kind"] == "asked":
                key = event["t"], event["person"]
                asked[key] = asked.get(key, 0) + 1
        for (t, person), count in asked.items():
            yield from _asked(self.x(t) + 12, self.middle(person), count)
        for event in self.shown.events:
            x = self.x(event["t"])
            if event["kind"] == "acknowledged":
                yield from _taken(x, self.middle(event["person"]))
            elif event["kind"] == "decided":
                yield from _decided(x + 12, self.middle(event["person"]))
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


# Signs


def _ring(via: str, x: float, y: float, refused: bool) -> list[Mark]:
    """A ring: each way its own figure; hollow where the channel handed it back."""
    fill, r = (WHITE if refused else BLACK), RADIUS
    match via:
        case "voice":
            return [Disc(x, y, r, fill)]
        case "sms":
            return [Shape(box(x - r, y - r, 2 * r, 2 * r), fill)]
        case "slack":
            return [Shape(((x, y - r - 0.6), (x + r + 0.6, y + r), (x - r - 0.6, y + r)), fill)]
        case "telegram":
            return [Shape(((x, y - r - 1), (x + r + 1, y), (x, y + r + 1), (x - r - 1, y)), fill)]
        case "email":
            flat = Shape(box(x - r - 1.4, y - r + 1, 2 * r + 2.8, 2 * r - 2), fill)
            return [flat]
        case _:
            return [Line(x - r, y - r, x + r, y + r, 1.4), Line(x - r, y + r, x + r, y - r, 1.4)]


def _taken(x: float, y: float) -> list[Mark]:
    return [Disc(x, y, 9, BLACK), *_check(x, y)]


def _decided(x: float, y: float) -> list[Mark]:
    return [Shape(box(x - 8.5, y - 8.5, 17, 17), BLACK), *_check(x, y)]


def _check(x: float, y: float) -> list[Mark]:
    return zigzag([(x - 4.5, y + 0.2), (x - 1.2, y + 3.8), (x + 5, y - 4)], 2.2, WHITE)


def _asked(x: float, y: float, count: int) -> list[Mark]:
    wide = 17 if count == 1 else 25
    return [
        Shape(box(x - 8.5, y - 8.5, wide, 17), WHITE, BLACK, 1.4),
        Text(x - 8.5 + wide / 2, y + 5, "?" if count == 1 else f"?{count}", 13, True, "middle"),
    ]


def _cut(words: str, room: float, size: float, font: str = REGULAR) -> str:
    return fitted(words, room, font, size, "…")


def _after(t: int) -> str:
    span = timedelta(seconds=t)
    hours, rest = divmod(span // timedelta(seconds=1), 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
