"""The signs in the picture of what `simulate` tells, and the legend that says what each means."""

from typing import Any

from responder.documents.paper.fonts import REGULAR, width
from responder.documents.picture import (
    BLACK,
    DARK,
    WHITE,
    Disc,
    Line,
    Mark,
    Shape,
    Text,
    box,
    zigzag,
)
from responder.documents.simulated import EDGE, LINE, WIDTH, Simulated
from responder.domain.people import VIA_NAMES, VIAS

RADIUS = 3.2


def legend_of(shown: Simulated, top: float) -> tuple[list[Mark], float]:
    """What each sign means; wrapped where it runs over the edge."""
    said = shown.said
    used = [v for v in VIAS if any(e.get("via") == v for e in shown.events)]
    kinds = {e["kind"] for e in shown.events}
    entries: list[tuple[Any, str]] = [
        (
            lambda x, y, via=via: ring_sign(via, x, y, refused=False),
            VIA_NAMES[via].said(shown.language),
        )
        for via in used
    ]
    if any(e.get("refused") for e in shown.events):
        refused = next(e["via"] for e in shown.events if e.get("refused"))
        entries.append(
            (
                lambda x, y: ring_sign(refused, x, y, refused=True),
                said("空心：被退回", "hollow: refused"),
            )
        )
    for kind, sign, words in (
        ("acknowledged", taken_sign, said("接手", "takes it")),
        ("asked", lambda x, y: asked_sign(x, y, 1), said("请示决策", "asked to decide")),
        ("decided", decided_sign, said("作出决策", "decides")),
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


def ring_sign(via: str, x: float, y: float, refused: bool) -> list[Mark]:
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


def taken_sign(x: float, y: float) -> list[Mark]:
    """Somebody takes it."""
    return [Disc(x, y, 9, BLACK), *_check(x, y)]


def decided_sign(x: float, y: float) -> list[Mark]:
    """Somebody decides."""
    return [Shape(box(x - 8.5, y - 8.5, 17, 17), BLACK), *_check(x, y)]


def _check(x: float, y: float) -> list[Mark]:
    return zigzag([(x - 4.5, y + 0.2), (x - 1.2, y + 3.8), (x + 5, y - 4)], 2.2, WHITE)


def asked_sign(x: float, y: float, count: int) -> list[Mark]:
    """Somebody is asked to decide: once, or `count` things at once."""
    wide = 17 if count == 1 else 25
    return [
        Shape(box(x - 8.5, y - 8.5, wide, 17), WHITE, BLACK, 1.4),
        Text(x - 8.5 + wide / 2, y + 5, "?" if count == 1 else f"?{count}", 13, True, "middle"),
    ]
