"""Findings that come back: put on the register after one drill, and again after a later one."""

from collections.abc import Iterable

from responder.domain.measure import Measure


def repeats(measures: Iterable[Measure], earlier: Iterable[Measure]) -> dict[str, tuple[str, ...]]:
    """Of each measure that says the same as earlier ones, or names the same clause, their ids.

    `earlier` are those of drills of the same scenario before; one that was dropped counts too.
    """
    before = list(earlier)
    found = {
        one.id: tuple(other.id for other in before if _is_the_same(one, other)) for one in measures
    }
    return {id: others for id, others in found.items() if others}


def _is_the_same(one: Measure, other: Measure) -> bool:
    if one.clause and one.clause == other.clause:
        return True
    return _words(one.title) == _words(other.title)


def _words(title: str) -> str:
    """Letters, digits and characters alone: spaces and stops tell no two findings apart."""
    return "".join(sign for sign in title.casefold() if sign.isalnum())
