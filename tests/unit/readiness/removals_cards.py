"""The manual and the work cards: what is taken away, and which control turns red."""

from dataclasses import replace
from datetime import date, timedelta

from responder.domain.card_making import cards_of
from responder.domain.issued_card import IssuedCard
from tests.unit.readiness.removal import Removal, with_site

LONG = timedelta(days=8)


def without_card(person):
    def change(situation):
        kept = tuple(one for one in situation.site.cards_held if one.person != person)
        return with_site(situation, cards_held=kept)

    return change


def issued(situation, person, **fields):
    card = cards_of(situation.site, (person,))[person]
    one = IssuedCard(person, 1, card.fingerprint, situation.at - LONG)
    one.received_at = situation.at
    for name, value in fields.items():
        setattr(one, name, value)
    return replace(situation, issued_cards=(one,))


def aged(situation):
    old = date(2025, 9, 1)
    placed = tuple(replace(one, printed_on=old) for one in situation.site.manuals_placed)
    return with_site(situation, manuals_placed=placed)


def mute(situation):
    people = situation.site.people
    quiet = replace(people["tao.jing"], reach=())
    return with_site(situation, people={**people, quiet.id: quiet})


ROWS = [
    Removal("the printed manuals", "7.1-o.1", lambda s: with_site(s, manuals_placed=()), "placed"),
    Removal("fresh copies of the manual", "7.1-o.1", aged, "contacts print"),
    Removal("every way to the auditor", "7.1-o.1", mute, "contacts change tao.jing"),
    Removal("one card", "7.1-r", without_card("hu.bin"), "contacts cards issue hu.bin"),
    Removal("all cards", "7.1-r", lambda s: with_site(s, cards_held=()), "contacts cards issue"),
    Removal(
        "what a card says",
        "7.1-r",
        lambda s: issued(s, "hu.bin", fingerprint="0" * 64),
        "contacts cards issue hu.bin",
    ),
    Removal(
        "a receipt",
        "7.1-r",
        lambda s: issued(s, "hu.bin", received_at=None),
        "contacts cards received hu.bin",
    ),
]
