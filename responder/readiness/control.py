"""A control: one requirement of the standard, judged green, amber or red, with reason and mend."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from responder.domain.words import Words
from responder.readiness.situation import Situation


class Light(StrEnum):
    """The state of a control; never shown by colour alone."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


LIGHT_NAMES = {
    Light.GREEN: Words("合格", "in order"),
    Light.AMBER: Words("待办", "to be seen to"),
    Light.RED: Words("不合格", "not met"),
}
_WEIGHT = {Light.GREEN: 0, Light.AMBER: 1, Light.RED: 2}


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is lacking: what, the mend, who is to see to it (a person's id, if known)."""

    what: Words
    mend: Words
    light: Light = Light.RED
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a judge found: the gaps, what it went by, and the oldest day of that evidence."""

    gaps: tuple[Gap, ...] = ()
    proof: Words = Words()
    evidence_on: date | None = None


Judge = Callable[[Situation], Seen]


@dataclass(frozen=True, slots=True)
class Control:
    """One clause of the standard and the rule that judges it."""

    id: str
    title: Words
    judge: Judge


@dataclass(frozen=True, slots=True)
class Standing:
    """How a control stands: the worst of its gaps; the first of the worst is the reason."""

    id: str
    title: Words
    light: Light
    reason: Words
    mend: Words
    gaps: tuple[Gap, ...] = ()
    evidence_on: date | None = None


CONTROLS: dict[str, Control] = {}
"""By clause id. Each subject's file adds its own."""


def control(id: str, zh: str, en: str) -> Callable[[Judge], Judge]:
    """Register the judge of a clause."""

    def register(judge: Judge) -> Judge:
        CONTROLS[id] = Control(id, Words(zh, en), judge)
        return judge

    return register


def stands(one: Control, situation: Situation) -> Standing:
    """Judge one control."""
    seen = one.judge(situation)
    gaps = tuple(sorted(seen.gaps, key=lambda gap: -_WEIGHT[gap.light]))
    worst = gaps[0] if gaps else None
    return Standing(
        one.id,
        one.title,
        worst.light if worst else Light.GREEN,
        worst.what if worst else seen.proof,
        worst.mend if worst else Words(),
        gaps,
        seen.evidence_on,
    )


def assess(situation: Situation, controls: Iterable[Control]) -> tuple[Standing, ...]:
    """Judge controls, in their order."""
    return tuple(stands(one, situation) for one in controls)
