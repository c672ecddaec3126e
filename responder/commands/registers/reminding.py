"""Each morning: what expires or is due a check, to whoever keeps it; late, to their head as well.

One message a person a day. What was said once of a day is not said again until the next step.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from responder.commands.daily import each_day
from responder.commands.matter import FirmMatter
from responder.commands.registers.kept_ready import Registers
from responder.domain.provision import Kept, reminder
from responder.domain.record import ENGINE
from responder.domain.site import Site
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork

REMINDED = "registers.reminded"
"""How far the reminders of each day have got."""
MOST_NAMED = 8
"""Of one person's things a message names; the list has them all."""


TO_DO = Words("检查后请登记：register check", "Record the check: register check")


@dataclass(frozen=True)
class _Due:
    """Something to be said of one entry."""

    key: str
    step: int
    one: Kept
    words: Words
    to_head: bool


@each_day(time(8, 30))
def remind_of_registers(uow: UnitOfWork, now: datetime) -> None:
    """Say what there is to be said today."""
    registers = Registers.load(uow, now)
    said: dict[str, int] = uow.notes.get(REMINDED) or {}
    due = [one for kept in registers.every() for one in _due(kept, registers.today)]
    news = [one for one in due if one.step > said.get(one.key, 0)]
    if not news:
        return
    by_person: dict[str, list[_Due]] = defaultdict(list)
    for one in news:
        for person in _people(registers, one):
            by_person[person].append(one)
    firm = FirmMatter.load(uow, now)
    for person, some in by_person.items():
        firm.ask([person], _bundled(some), TO_DO, _listed(some))
    told = sorted(by_person)
    firm.record("ProvisionsReminded", ENGINE, people=told, count=len(news))
    uow.notes.put(REMINDED, {one.key: one.step for one in due})


def _due(kept: Kept, today: date) -> Iterator[_Due]:
    about = kept.provision
    name = Words(about.name.said("zh") or about.id, about.name.said("en") or about.id)
    for what, day, every in (
        (EXPIRES, kept.expires_on, None),
        (TO_CHECK, kept.due_on, about.check_every),
    ):
        found = reminder(day, today, every) if day else None
        if day and found:
            words = _words(name, what, day, found.left)
            yield _Due(f"{about.id} {what.en} {day}", found.step, kept, words, found.to_head)


EXPIRES = Words("有效期", "expires")
TO_CHECK = Words("检查", "check")


def _words(name: Words, what: Words, day: date, left: timedelta) -> Words:
    if day == date.min:
        return Words(f"{name.zh}：从未检查", f"{name.en}: never checked")
    if left < timedelta(0):
        since = Words(f"逾期{-left.days}天", f"{-left.days} days late")
    else:
        since = Words(f"{day}到期，还有{left.days}天", f"{day}, in {left.days} days")
    return Words(f"{name.zh}：{what.zh}{since.zh}", f"{name.en}: {what.en} {since.en}")


def _people(registers: Registers, one: _Due) -> list[str]:
    """Its keeper, their head where it has been late for a week; the head where nobody keeps it."""
    keeper = registers.keeper(one.one.provision)
    heads = [head_of(registers.roster.site, keeper)] if one.to_head or not keeper else []
    known = registers.roster.known
    return [person for person in dict.fromkeys([keeper, *heads]) if known(person)]


def head_of(site: Site, person: str) -> str:
    """The head of somebody's department; of whoever is that, or nobody, the executing body's."""
    about = site.people.get(person)
    department = about.department if about else ""
    heads = [p.id for p in site.people.values() if department and p.head_of == department]
    others = (*heads, site.execution_body.head, site.command.body.head)
    return next((one for one in others if one and one != person), "")


def _bundled(some: list[_Due]) -> Words:
    """The first in a sentence; a chat lists the others below."""
    first, more = some[0].words, len(some) - 1
    zh, en = (f"，另有{more}项", f", and {more} more") if more else ("", "")
    return Words(f"应急保障待办：{first.zh}{zh}", f"Kept ready, to be seen to: {first.en}{en}")


def _listed(some: list[_Due]) -> Words | None:
    if len(some) == 1:
        return None
    named, more = some[:MOST_NAMED], len(some) - MOST_NAMED
    zh, en = ("\n".join(f"· {one.words.said(said)}" for one in named) for said in ("zh", "en"))
    over = Words(f"\n· 另有{more}项", f"\n· and {more} more") if more > 0 else Words()
    return Words(zh + over.zh, en + over.en)
