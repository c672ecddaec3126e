"""The clock of a measure: its owner is reminded, and as it gets later more people hear of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from responder.commands.measures.at_work import keep, leads_of, record, tell
from responder.commands.pursuit import roster_in_force
from responder.commands.telling import name
from responder.commands.workdays import day_of, is_workday
from responder.domain.measure import Measure, reminders
from responder.domain.measure_ladder import (
    Heard,
    Ladder,
    Rung,
    heard_by,
    next_rise,
    reached,
)
from responder.domain.people import WRITTEN
from responder.domain.record import ENGINE
from responder.domain.roster import Roster
from responder.domain.site import Site
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork


def remind(uow: UnitOfWork, ids: Iterable[str], now: datetime) -> None:
    """Before it is due the owner hears of it; overdue weekly, and from rung to rung others too."""
    roster = roster_in_force(uow)
    for id in ids:
        one = uow.measures.get(id)
        if one is None or not one.is_open:
            continue
        today = day_of(now, roster.site.time_zone)
        if one.done_at is None and one.reminded_on != today:
            _Reminding(uow, one, roster, now, today).tell()
            one.reminded_on = today
        keep(uow, one, roster.site, now)


@dataclass(frozen=True)
class _Reminding:
    """One measure on one of its days."""

    uow: UnitOfWork
    one: Measure
    roster: Roster
    now: datetime
    today: date

    def tell(self) -> None:
        """Tell each as what they hear of it; who that was, and who is new, goes on record."""
        one = self.one
        heard = self._heard_by(reached(one.due_on, self.today), self.now)
        for rung, person in heard.people.items():
            asks = [self._asks(rung, person), *self._others(heard, person), *self._rises(heard)]
            tell(self.uow, one, [person], self.now, self._how_late(person), _in_a_row(asks))
        people, late = list(heard.people.values()), self._days_late
        facts = {"late_days": late, "passed_over": list(heard.passed_over)}
        record(self.uow, one, "MeasureReminded", ENGINE, self.now, people=people, **facts)
        risen = [p for p in people if p != one.owner and p not in one.raised]
        if risen and late:
            one.raised |= dict.fromkeys(risen, self.now)
            record(self.uow, one, "MeasureRaised", ENGINE, self.now, people=risen, late_days=late)

    @property
    def _days_late(self) -> int:
        return max((self.today - self.one.due_on).days, 0)

    def _heard_by(self, rungs: Iterable[Rung], at: datetime) -> Heard:
        ladder = ladder_of(self.uow, self.one, self.roster.site)
        return heard_by(ladder, rungs, there(self.roster, at), self.roster.known)

    # Words

    def _how_late(self, reader: str) -> Words:
        late, due_on, owner = self._days_late, self.one.due_on, self._named([self.one.owner])
        mine = reader == self.one.owner
        zh = "您负责的整改" if mine else f"{owner.zh}负责的整改"
        en = "Your measure" if mine else f"The measure of {owner.en}"
        if late:
            return Words(f"{zh}已逾期{late}天", f"{en} is {late} days overdue")
        return Words(f"{zh}应于{due_on}前完成", f"{en} is due by {due_on}")

    def _asks(self, rung: Rung, reader: str) -> Words:
        id = self.one.id
        if reader == self.one.owner:
            return Words(
                f"完成后登记：整改完成 {id} “证明”", f'Once done: measure done {id} "PROOF"'
            )
        if rung is Rung.OWNER:
            return Words(
                f"负责人不在岗，请移交他人：整改移交 {id} @人员 “理由”",
                f'Its owner is away or has left. Hand it over: measure hand {id} @PERSON "WHY"',
            )
        return Words("请督促完成", "Please see that it gets done")

    def _others(self, heard: Heard, reader: str) -> Iterable[Words]:
        """Its owner is told who knows."""
        others = [person for person in heard.people.values() if person != reader]
        if others and reader == self.one.owner:
            named = self._named(others)
            yield Words(f"已同时报{named.zh}", f"{named.en} hear of it too")

    def _rises(self, heard: Heard) -> Iterable[Words]:
        """Who hears of it next, and when; nothing once everybody has."""
        site, due_on = self.roster.site, self.one.due_on
        coming = reminders(due_on, self.now, site.time_zone, is_workday(site))
        at = next_rise(due_on, self.today, coming)
        if at is None:
            return
        then = self._heard_by(reached(due_on, at.date()), at).people.values()
        new = [person for person in then if person not in heard.people.values()]
        if new:
            named, day, days = self._named(new), at.date(), (at.date() - self.today).days
            yield Words(
                f"再过{days}天（{day}）未完成将报{named.zh}",
                f"if it is not done in {days} days ({day}), {named.en} will hear of it",
            )

    def _named(self, people: Iterable[str]) -> Words:
        site, people = self.roster.site, list(people)
        zh, en = ([name(site, p, language) for p in people] for language in ("zh", "en"))
        return Words("、".join(zh), ", ".join(en))


def _in_a_row(said: Iterable[Words]) -> Words:
    said = list(said)
    return Words("；".join(one.zh for one in said), "; ".join(one.en for one in said))


def ladder_of(uow: UnitOfWork, one: Measure, site: Site) -> Ladder:
    """Who stands on which rung of a measure, by the register in force."""
    body = site.command.body
    return Ladder(
        {
            Rung.OWNER: (one.owner,),
            Rung.LEAD: leads_of(uow, one, site),
            Rung.COMPLIANCE: site.grants.get("compliance", ()),
            Rung.HEAD: tuple(filter(None, (body.head, *site.command.succession))),
        },
        site.grants.get("administrator", ()),
    )


def there(roster: Roster, at: datetime) -> Callable[[str], bool]:
    """Who can be told in writing at an instant, and is not away."""

    def judge(person: str) -> bool:
        return not roster.absent(person, at) and not set(roster.vias(person)).isdisjoint(WRITTEN)

    return judge
