"""A thing that can be named in a line, and the ways to write it."""

from dataclasses import dataclass

from responder.domain.words import Words
from responder.inbound.language.text import plain
from responder.inbound.language.world import World


@dataclass(frozen=True, slots=True)
class Known:
    """A thing that can be named: its id, what it is called, and the ways to write it."""

    value: str
    label: str
    forms: tuple[str, ...]


def named(value: str, words: Words, world: World, *more: str) -> Known:
    """A thing with a name in both languages: each of them names it, as its id does."""
    forms = {plain(form) for form in (value, words.zh, words.en, *more) if form}
    said = words.said(world.language)
    return Known(value, f"{said} ({value})" if said else value, tuple(forms))
