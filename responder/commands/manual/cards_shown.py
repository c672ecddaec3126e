"""Work cards as they are looked at: printed, opened by their link, listed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from responder.commands.command import Command, handles
from responder.commands.firm import note_fact, require_act
from responder.commands.pursuit import roster_in_force
from responder.domain.card_making import card_holders, cards_of
from responder.domain.issued_card import CardHeld, IssuedCard
from responder.domain.roster import Roster
from responder.domain.site import Site
from responder.domain.work_card import CardSheet, WorkCard
from responder.errors import Refused, UnknownId
from responder.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class PrintCards(Command):
    """Cards to be put on paper: mine, or those of `people`; of all where none is named."""

    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenCard(Command):
    """Somebody opens their own card by its link. `version` is that of the card in their hand."""

    version: int


def known_cards(site: Site, people: Iterable[str]) -> list[WorkCard]:
    """The cards of people, in their order. Raises UnknownId for whoever holds none."""
    people = tuple(people)
    made = cards_of(site, people)
    for person in people:
        if person not in made:
            raise UnknownId("持卡人员", "person with a card", person, card_holders(site))
    return [made[person] for person in people]


def holders_in(roster: Roster) -> tuple[str, ...]:
    """Everybody who is to hold a card, without those whose rights were removed."""
    return tuple(person for person in card_holders(roster.site) if roster.known(person))


@handles(PrintCards)
def print_cards(command: PrintCards, uow: UnitOfWork, now: datetime) -> tuple[CardSheet, ...]:
    """The cards as they are to be printed, on record; without links, which the caller makes."""
    roster = roster_in_force(uow)
    people = command.people or holders_in(roster)
    own = tuple(people) == (command.by.person,)
    require_act("own_card" if own else "issue_cards", command.by, uow, now)
    sheets = sheets_of(uow, roster.site, people, now)
    note_fact(uow, "CardsPrinted", command.by, now, people=list(people))
    return sheets


def sheets_of(
    uow: UnitOfWork, site: Site, people: Iterable[str], now: datetime
) -> tuple[CardSheet, ...]:
    """Cards as they are now; one that was not issued yet is version 0. Raises UnknownId."""
    zone = ZoneInfo(site.time_zone)

    def sheet(card: WorkCard) -> CardSheet:
        held = uow.issued_cards.get(card.person)
        at = held.issued_at if held else now
        return CardSheet(card, held.version if held else 0, at.astimezone(zone))

    return tuple(sheet(card) for card in known_cards(site, people))


@handles(OpenCard)
def open_card(command: OpenCard, uow: UnitOfWork, now: datetime) -> CardSheet:
    """The live card, its opening on record once a day. Raises Refused where the link is void."""
    require_act("own_card", command.by, uow, now)
    person = command.by.person
    held = uow.issued_cards.get(person)
    if held is not None and (held.withdrawn_at or command.version <= held.void_through):
        raise Refused(
            what_zh="这张卡片已作废，请销毁，并使用最新的卡片。",
            what_en="This card is void: destroy it, and use the latest one.",
        )
    site = roster_in_force(uow).site
    today = now.astimezone(ZoneInfo(site.time_zone)).date().isoformat()
    key = f"card/{person}/opened"
    if uow.notes.get(key) != [command.version, today]:
        uow.notes.put(key, [command.version, today])
        note_fact(uow, "CardOpened", command.by, now, person=person, version=command.version)
    return sheets_of(uow, site, (person,), now)[0]


def cards(uow: UnitOfWork, _now: datetime) -> list[dict[str, Any]]:
    """Every card: whose, which version, whether it was received and is still right."""
    roster, held = roster_in_force(uow), uow.issued_cards.all()
    people = list(dict.fromkeys([*holders_in(roster), *held]))
    made = cards_of(roster.site, people)
    on_paper = {one.person: one for one in roster.site.cards_held}
    return [_row(one, made.get(one), held.get(one), on_paper.get(one)) for one in people]


def _row(
    person: str, card: WorkCard | None, held: IssuedCard | None, before: CardHeld | None
) -> dict[str, Any]:
    state = _state(card, held) if held or not before else "on_paper"
    return {
        "person": person,
        "state": state,
        "version": held.version if held else 0,
        "issued_at": held.issued_at.isoformat() if held else None,
        "received_at": held.received_at.isoformat() if held and held.received_at else None,
        "received_on": before.received_on.isoformat() if before and not held else None,
    }


def _state(card: WorkCard | None, held: IssuedCard | None) -> str:
    if held is None:
        return "missing"
    if held.withdrawn_at or card is None:
        return "withdrawn"
    if held.fingerprint != card.fingerprint:
        return "outdated"
    return "received" if held.received_at else "awaited"
