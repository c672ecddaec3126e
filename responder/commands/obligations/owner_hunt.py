"""What is owed, on the clock: somebody is asked to take it, warned of it, paged when it is late.

One timer an incident or warning. Rules are `domain.hunt`; what several obligations want of one
person at one instant is one message, and one key takes them all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from responder.commands.alert import pursuit_of
from responder.commands.case import CARD, EDIT_EVERY
from responder.commands.owed import OBLIGATION, late_s, named, title_of, withdraw
from responder.commands.pursuit import Pursuit
from responder.commands.telling import QUIETLY, name
from responder.domain import hunt
from responder.domain.hunt import Chain
from responder.domain.message import Purpose
from responder.domain.obligation import Obligation
from responder.domain.people import Person
from responder.domain.record import ENGINE
from responder.domain.site import Site
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork

RINGS_WITHIN = timedelta(hours=1)
"""Further from its limit, an owner who has it in hand is warned in writing."""


@dataclass
class Errand:
    """What one person is asked or told now: `rings` by every way, else in writing."""

    rows: dict[str, Obligation] = field(default_factory=dict)
    rings: bool = False
    late: bool = False
    warns: bool = False


def hunt_owners(uow: UnitOfWork, ids: Iterable[str], now: datetime) -> None:
    """Do what is due about the obligations of each incident or warning, and arm it anew."""
    for id in ids:
        rows = [row for row in uow.obligations.of(id).values() if row.is_due]
        if rows:
            _Hunt(pursuit_of(uow, id, now), rows).run()
        else:
            uow.timers.set(OBLIGATION, id, None)


class _Hunt:
    def __init__(self, pursuit: Pursuit, rows: list[Obligation]) -> None:
        self.pursuit, self.rows = pursuit, rows
        self.uow, self.now = pursuit.uow, pursuit.now
        self.chain = Chain.of(pursuit.roster, self.now)
        self.errands: dict[str, Errand] = {}

    def run(self) -> None:
        incident = self.pursuit.incident_or_none
        if incident is not None and incident.frozen:
            self.uow.timers.set(OBLIGATION, self.pursuit.subject.id, None)
            return
        for row in self.rows:
            self._see_to(row)
            self.uow.obligations.put(row.key, row)
        for person, errand in self.errands.items():
            self._tell(person, errand)
        dues = [hunt.next_at(row, self.chain) for row in self.rows]
        next_at = min((at for at in dues if at is not None), default=None)
        self.uow.timers.set(OBLIGATION, self.pursuit.subject.id, next_at)
        if incident is not None and incident.rooms:
            self.uow.timers.set(CARD, incident.id, self.now + EDIT_EVERY)

    # What is due about one

    def _see_to(self, row: Obligation) -> None:
        if self._is_now(hunt.breaches_at(row, self.chain)):
            self._breach(row)
        elif self._is_now(hunt.renewed_at(row)):
            row.taken_at, row.asked, row.asked_at = None, [], None
            self._record("ObligationSilent", row, person=row.owner)
        if self._is_now(hunt.asks_at(row, self.chain)):
            self._ask(row)
        elif row.breached_at is None and self._is_now(hunt.next_warning(row)):
            self._warn(row)

    def _is_now(self, at: datetime | None) -> bool:
        return at is not None and at <= self.now

    def _breach(self, row: Obligation) -> None:
        row.breached_at = self.now
        row.asked, row.asked_at = [], None
        self._record("ObligationBreached", row, owner=row.owner, late_s=late_s(row, self.now))
        if row.taken_at is not None:
            self._errand(row.owner, row, rings=True, late=True)

    def _ask(self, row: Obligation) -> None:
        if not self.chain.order:
            self._nobody(row)
            return
        if not self.chain.left(row):
            row.asked, row.rounds = [], row.rounds + 1
            if row.rounds == 1:
                self.pursuit.alarm(_nobody_takes(row))
        people = hunt.to_ask(row, self.chain, self.now) if not row.rounds else self.chain.order
        row.asked += [person for person in people if person not in row.asked]
        row.asked_at = self.now
        late = row.breached_at is not None
        self._record("ObligationAsked", row, people=list(people), late=late)
        for person in people:
            self._errand(person, row, rings=True, late=late)

    def _nobody(self, row: Obligation) -> None:
        """Nobody may be asked: an alarm each wait, so that it is not silent."""
        row.asked_at = self.now
        self._record("ObligationAsked", row, people=[], late=row.breached_at is not None)
        self.pursuit.alarm(_nobody_takes(row))

    def _warn(self, row: Obligation) -> None:
        row.warned_at, limit = self.now, row.limit
        if limit is None or limit <= self.now:
            return
        people = [row.owner] if row.taken_at else [row.owner, *row.asked]
        self._record("ObligationWarned", row, people=list(dict.fromkeys(people)))
        for person in dict.fromkeys(people):
            self._errand(person, row, rings=limit - self.now <= RINGS_WITHIN, warns=True)

    def _record(self, kind: str, row: Obligation, **payload: object) -> None:
        self.pursuit.record(kind, ENGINE, **(named(row) | payload))

    # One message a person

    def _errand(self, person: str, row: Obligation, **marks: bool) -> None:
        errand = self.errands.setdefault(person, Errand())
        errand.rows[row.key] = row
        for mark, value in marks.items():
            setattr(errand, mark, getattr(errand, mark) or value)

    def _tell(self, id: str, errand: Errand) -> None:
        person = self.pursuit.person(id)
        if person is None:
            return
        vias = [via for via in person.vias if errand.rings or via in QUIETLY]
        facts = self._facts(person, errand)
        self.pursuit.teller.tell(person, Purpose.DUE, vias or person.vias, facts)

    def _facts(self, person: Person, errand: Errand) -> dict[str, str]:
        language, site = person.language, self.pursuit.site
        rows = sorted(errand.rows.values(), key=lambda row: (row.limit or self.now, row.place))
        first, late = rows[0], max(late_s(row, self.now) for row in rows)
        more = Words(f"等{len(rows)}项", f" and {len(rows) - 1} more") if rows[1:] else Words()
        mine = all(row.taken_at and row.owner == person.id for row in rows)
        return {
            "what": title_of(first).said(language) + more.said(language),
            "whom": addressed_to(first, site).said(language),
            "deadline": self._by(first).said(language),
            "late": lasting(late).said(language) if errand.late and late else "",
            "warns": "1" if errand.warns else "",
            "mine": "1" if mine else "",
            "next": self._next(first, language),
            "number": str(first.place),
        }

    def _by(self, row: Obligation) -> Words:
        limit = limit_said(row, self.pursuit.site, self.now)
        if row.is_at_once and not row.postponed_to:
            return limit
        return Words(f"{limit.zh}前", f"by {limit.en}")

    def _next(self, row: Obligation, language: str) -> str:
        """Who is asked next where nobody takes it; nobody's name where all are asked again."""
        left = [person for person in self.chain.left(row)[:1] if hunt.is_sought(row)]
        return name(self.pursuit.site, left[0], language) if left else ""


def addressed_to(row: Obligation, site: Site) -> Words:
    """Whom it is owed to, in words."""
    units = [site.units[unit].name for unit in row.to if unit in site.units]
    if not units:
        return row.addressee
    zh, en = (unit.said("zh") for unit in units), (unit.said("en") for unit in units)
    return Words("、".join(zh), ", ".join(en))


def limit_said(row: Obligation, site: Site, now: datetime) -> Words:
    """Its limit as people say it: at once, a time of today, else with the day."""
    limit = row.limit
    if limit is None:
        return Words("待定", "not yet known")
    if row.is_at_once and not row.postponed_to:
        return Words("立即", "at once")
    zone = ZoneInfo(site.time_zone)
    local, today = limit.astimezone(zone), now.astimezone(zone).date()
    clock = local.strftime("%H:%M")
    if local.date() == today:
        return Words(clock, clock)
    return Words(f"{local.month}月{local.day}日{clock}", f"{local:%Y-%m-%d} {clock}")


def lasting(seconds: int) -> Words:
    """A span in hours, minutes and seconds, the largest two that are not nothing."""
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    parts = [(hours, "小时", "h"), (minutes, "分", "min"), (seconds, "秒", "s")]
    said = [part for part in parts if part[0]] or [(0, "秒", "s")]
    return Words(
        "".join(f"{number}{zh}" for number, zh, _ in said),
        " ".join(f"{number} {en}" for number, _, en in said),
    )


def _nobody_takes(row: Obligation) -> Words:
    title = title_of(row)
    return Words(f"无人负责报送：{title.zh}。", f"Nobody takes the report: {title.en}.")


def taken(uow: UnitOfWork, row: Obligation, person: str, now: datetime) -> None:
    """Somebody has it in hand from now on; nobody else is asked."""
    row.owner, row.taken_at, row.rounds = person, now, 0
    uow.obligations.put(row.key, row)
    withdraw(uow, row)
    uow.timers.set(OBLIGATION, row.incident, now)
