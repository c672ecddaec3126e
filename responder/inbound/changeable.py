"""Answers that may be changed: what stands where the question stood, and what is left to press."""

from collections.abc import Iterator

from responder.domain.keys import CHANGEABLE, MENUS, NAMES, Act
from responder.domain.message import Message, Purpose
from responder.domain.words import Words
from responder.ports.renderer import Button, Look

DRILL = Words("【演练】", "DRILL · ")
POINTS = Words("写两点意见", "Two points")
TO_POINTS = Words("演练反馈 {drill} {key}", "drill feedback {drill} {key}")
"""What the button for two points more says: the line after which one is asked after the other."""


def may_change(message: Message, person: str) -> bool:
    """Whether an answer of the addressee's takes the place of the question."""
    return message.purpose in CHANGEABLE and person == message.person


def in_its_place(said: str, message: Message) -> str:
    """What stands where a drill's message stood is marked as that was (P5)."""
    return f"{DRILL.said(message.language)}{said}" if message.drill else said


def others(message: Message, given: str) -> Iterator[Button]:
    """The answers that were not given; under a score, the way to two points more."""
    language = message.language
    for key, act in MENUS[message.purpose].items():
        if key != given and act is not Act.REPEAT:
            yield Button(NAMES[act].said(language), f"k:{message.id}:{key}")
    if message.purpose is Purpose.HOT_WASH:
        line = TO_POINTS.said(language).format(drill=message.incident, key=given)
        yield Button(POINTS.said(language), f"v:{line}", Look.GOOD)
