"""Wording kept ready for a kind of fault (JR/T 0099 7.1 b): the line, answers, what is not said."""

import re
from dataclasses import dataclass, field

from responder.domain.words import Words

_ASIDE = re.compile(r"（[^（）]*）|\([^()]*\)|,\s*(?:before|while)\b.*$", re.IGNORECASE)
_EITHER = re.compile(r"[／/]")
_SPACE = re.compile(r"[\s，。、；：！？,.;:!?“”\"'’…]+")
SHORTEST_PHRASE = 4
"""A phrase of fewer letters would be found in anything."""


@dataclass(frozen=True, slots=True)
class Question:
    """What people ask, and what they are told."""

    q: Words = Words()
    a: Words = Words()


@dataclass(frozen=True, slots=True)
class Wording:
    """The wording of one fault as the site keeps it; `never_say` are phrases by language."""

    id: str
    version: str = ""
    approver: str = ""
    line: Words = Words()
    questions: tuple[Question, ...] = ()
    never_say: dict[str, tuple[str, ...]] = field(default_factory=dict)


def phrases(never_say: tuple[str, ...]) -> tuple[str, ...]:
    """The bare phrases of a list: asides go (`（未核实前）`), `A／B` is two."""
    bare = [_ASIDE.sub("", one) for one in never_say]
    parts = [part.strip() for one in bare for part in _EITHER.split(one)]
    return tuple(part for part in parts if len(part) >= SHORTEST_PHRASE)


def said_in(phrase: str, text: str) -> bool:
    """Whether a text says a phrase, whatever the case, spaces and punctuation."""
    wanted = _SPACE.sub("", phrase).casefold()
    return bool(wanted) and wanted in _SPACE.sub("", text).casefold()
