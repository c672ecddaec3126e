"""Who hears of a measure, rung by rung as it gets later, each besides those before (7.1 z).

The same for measures of incidents, drills, inspections and problems. It ends when the measure is
done, and goes on where it stood when the proof is sent back.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from responder.domain.measure import WEEK


class Rung(StrEnum):
    """As what somebody hears of it."""

    OWNER = "owner"
    LEAD = "lead"
    COMPLIANCE = "compliance"
    HEAD = "head"


FROM_WEEK = {Rung.OWNER: 0, Rung.LEAD: 2, Rung.COMPLIANCE: 4, Rung.HEAD: 4}
"""In which week of lateness each begins to hear of it.

A week is the owner's alone, for what merely slipped. Two are the lead's, who can help or ask for
a later day. What is late for a fourth lacks means or will, which is for those at the top.
"""
Judge = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The people of each rung, lowest first, in the order in which they stand in for one another.

    A rung without people is no post of this firm. `last` are those left to ask.
    """

    rungs: dict[Rung, tuple[str, ...]]
    last: tuple[str, ...] = ()

    def above(self, rung: Rung) -> tuple[str, ...]:
        """The people of a rung, then those who come after them."""
        order = list(FROM_WEEK)
        people = (self.rungs.get(one, ()) for one in order[order.index(rung) :])
        return tuple(dict.fromkeys(person for each in (*people, self.last) for person in each))


@dataclass(frozen=True, slots=True)
class Heard:
    """Who hears of it, as what; and who was passed over, because they are away or have left."""

    people: dict[Rung, str]
    passed_over: tuple[str, ...] = ()


def week_of(due_on: date, today: date) -> int:
    """In which week of lateness a day is, from 1; 0 while nothing is late."""
    return max(-((due_on - today) // WEEK), 0)


def reached(due_on: date, today: date) -> list[Rung]:
    """The rungs that it has come to by a day."""
    week = week_of(due_on, today)
    return [rung for rung, since in FROM_WEEK.items() if week >= since]


def heard_by(ladder: Ladder, rungs: Iterable[Rung], is_there: Judge, is_known: Judge) -> Heard:
    """One person for each rung, not yet one of another.

    Who is not there is passed over to whoever comes next; if nobody is, the first who is still
    known hears of it all the same: it is never said to nobody.
    """
    found: dict[Rung, str] = {}
    passed: list[str] = []
    for rung in (one for one in rungs if ladder.rungs.get(one)):
        for person in ladder.above(rung):
            if not is_there(person):
                passed.append(person)
            elif person not in found.values():
                found[rung] = person
                break
    if not found:
        left = next((p for p in ladder.above(Rung.OWNER) if is_known(p)), "")
        found = {Rung.OWNER: left} if left else {}
    return Heard(found, tuple(p for p in dict.fromkeys(passed) if p not in found.values()))


def next_rise(due_on: date, today: date, coming: Iterable[datetime]) -> datetime | None:
    """The first of the reminders to come, by the site's clock, at which it is on a higher rung.

    None from the top.
    """
    here = len(reached(due_on, today))
    if here == len(FROM_WEEK):
        return None
    return next(at for at in coming if len(reached(due_on, at.date())) > here)
