"""What is kept ready as it stands now: by the register in force and every record since."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from responder.commands.pursuit import roster_in_force
from responder.commands.workdays import day_of
from responder.domain.keeping import keeper
from responder.domain.provision import (
    FUND,
    REGISTERS,
    SPEND,
    Kept,
    Provision,
    ProvisionCheck,
    kept,
    lacking,
    reminder,
)
from responder.domain.roster import Roster
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Registers:
    """Everything kept ready, at an instant."""

    roster: Roster
    now: datetime
    records: tuple[ProvisionCheck, ...]

    @classmethod
    def load(cls, uow: UnitOfWork, now: datetime) -> "Registers":
        """By the register in force."""
        return cls(roster_in_force(uow), now, tuple(uow.provision_checks.all().values()))

    @property
    def today(self) -> date:
        """The day at the site."""
        return day_of(self.now, self.roster.site.time_zone)

    def every(self) -> Iterator[Kept]:
        """All of it, in the order of the file."""
        by_id: dict[str, list[ProvisionCheck]] = {}
        for record in self.records:
            by_id.setdefault(record.provision, []).append(record)
        for one in self.roster.site.provisions.values():
            yield kept(one, by_id.get(one.id, ()), self.roster.site.time_zone)

    def one(self, id: str) -> Kept:
        """One of them. Raises UnknownId, with near misses."""
        provisions = self.roster.site.provisions
        if id not in provisions:
            raise UnknownId("保障登记", "entry of the registers", id, provisions)
        return kept(provisions[id], self.records, self.roster.site.time_zone)

    def keeper(self, one: Provision) -> str:
        """Who keeps it now, or nobody."""
        return keeper(self.roster, one.owner, self.now)

    def is_due(self, one: Kept) -> bool:
        """Whether anything is to be seen to: late, failed, too few, or about to be due."""
        today, every = self.today, one.provision.check_every
        soon = (one.due_on and reminder(one.due_on, today, every)) or (
            one.expires_on and reminder(one.expires_on, today)
        )
        return bool(soon) or one.is_overdue(today) or one.is_low or bool(lacking(one.provision))


def register_of(
    uow: UnitOfWork, now: datetime, *, register: str = "", due: bool = False
) -> list[dict[str, Any]]:
    """What is kept ready, as `--json` prints it. Raises BadInput for a register there is not."""
    if register and register not in REGISTERS:
        raise BadInput(
            f"没有“{register[:20]}”这种登记。",
            f"There is no register “{register[:20]}”.",
            f"可用：{'、'.join(REGISTERS)}。",
            f"Use {', '.join(REGISTERS)}.",
        )
    found = Registers.load(uow, now)
    return [
        _line(found, one)
        for one in found.every()
        if (not register or one.provision.register == register) and (not due or found.is_due(one))
    ]


def one_of_register(uow: UnitOfWork, id: str, now: datetime) -> dict[str, Any]:
    """One entry in full, with every record of it, oldest first."""
    found = Registers.load(uow, now)
    one = found.one(id)
    return {
        **_line(found, one),
        "unit": one.provision.unit or None,
        "systems": list(one.provision.systems),
        "places": [_both(place) for place in one.provision.places],
        "version": one.provision.version or None,
        "says": {name: _both(words) for name, words in one.provision.fields.items()},
        "self_sufficient": _both(one.provision.self_sufficient),
        "approver": one.provision.approver or None,
        "records": [_record(record) for record in found.records if record.provision == id],
    }


def spending_in(uow: UnitOfWork, incident: str) -> list[dict[str, Any]]:
    """What was asked for and spent in an incident, oldest first."""
    records = uow.provision_checks.of(incident).values()
    return [_record(record) for record in records if record.what == SPEND]


def _both(words: Any) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def _line(found: Registers, one: Kept) -> dict[str, Any]:
    about = one.provision
    counted = {"quantity": one.quantity, "least": about.least} if about.is_counted else {}
    money = {"balance": one.balance, "asked": one.asked} if about.register == FUND else {}
    return {
        "id": about.id,
        "register": about.register,
        "kinds": list(about.kinds),
        "name": _both(about.name),
        "owner": found.keeper(about) or about.owner,
        "checked_on": one.checked_on.isoformat() if one.checked_on else None,
        "due_on": one.due_on.isoformat() if one.due_on and one.checked_on else None,
        "expires_on": one.expires_on.isoformat() if one.expires_on else None,
        "evidence": one.evidence or None,
        "state": state_of(one, found.today),
        "lacks": list(lacking(about)),
        **counted,
        **money,
    }


def state_of(one: Kept, today: date) -> str:
    """In one word: expired, failed, overdue, low, incomplete or kept."""
    if one.is_expired(today):
        return "expired"
    if one.failed:
        return "failed"
    if one.is_overdue(today):
        return "overdue"
    if one.is_low:
        return "low"
    return "incomplete" if lacking(one.provision) else "kept"


def _record(record: ProvisionCheck) -> dict[str, Any]:
    return {
        "id": record.id,
        "what": record.what,
        "at": record.at.isoformat(),
        "by": record.by,
        "passed": record.passed,
        "open": record.is_open,
        "amount": record.amount,
        "incident": record.incident or None,
        "drill": record.drill,
        "note": record.note or None,
        "evidence": record.evidence or None,
        "expires_on": record.expires_on.isoformat() if record.expires_on else None,
        "ring_seconds": record.ring_seconds,
        "answer_seconds": record.answer_seconds,
    }


def ids_of(known: Iterable[Provision], *registers: str) -> list[str]:
    """The ids of some registers."""
    return [one.id for one in known if one.register in registers]
