"""The manual and the work cards between green and red: what is soon due, what is overdue."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from responder.domain.card_making import cards_of
from responder.domain.issued_card import IssuedCard, ManualPlaced
from responder.domain.revision import Revision, Stage
from responder.domain.words import Words
from responder.readiness.control import Light, stands
from responder.readiness.controls import every_control

DAY = timedelta(days=1)
CONTROLS = {one.id: one for one in every_control()}


def light(situation, clause):
    return stands(CONTROLS[clause], situation).light


def issued(situation, days, received=False):
    """A card of the machine room's administrator, issued some days ago."""
    card = cards_of(situation.site, ("hu.bin",))["hu.bin"]
    one = IssuedCard("hu.bin", 2, card.fingerprint, situation.at - days * DAY)
    one.received_at = situation.at if received else None
    return replace(situation, issued_cards=(one,))


def revised(situation, days, stage=Stage.APPLIED):
    one = Revision("REV-1", "edit", Words(), "a", "b", situation.at - days * DAY, stage=stage)
    return replace(situation, revisions=(one,))


@pytest.mark.parametrize(("days", "found"), [(0, Light.AMBER), (7, Light.AMBER), (8, Light.RED)])
def test_a_receipt_is_due_and_then_overdue(untouched, days, found):
    """Amber while it is asked for, red once nobody could get it in a week."""
    assert light(issued(untouched, days), "7.1-r") is found
    assert light(issued(untouched, days, received=True), "7.1-r") is Light.GREEN


def test_a_paper_card_is_older_than_a_change(untouched):
    """Paper from before is trusted until the register changes; proposals change nothing."""
    assert light(revised(untouched, 1), "7.1-r") is Light.AMBER
    assert light(revised(untouched, 1, Stage.PROPOSED), "7.1-r") is Light.GREEN
    assert light(revised(untouched, 60), "7.1-r") is Light.GREEN


def test_whoever_was_removed_needs_no_card(untouched):
    """Nobody is asked for the card of somebody whose rights ended."""
    site = replace(
        untouched.site,
        cards_held=tuple(one for one in untouched.site.cards_held if one.person != "hu.bin"),
    )
    without = replace(untouched, site=site)
    assert light(without, "7.1-r") is Light.RED
    assert light(replace(without, gone=frozenset({"hu.bin"})), "7.1-r") is Light.GREEN


@pytest.mark.parametrize(
    ("printed_on", "found"),
    [
        (date(2026, 9, 1), Light.GREEN),
        (date(2026, 3, 1), Light.AMBER),
        (date(2025, 9, 1), Light.RED),
    ],
)
def test_a_copy_grows_old(untouched, printed_on, found):
    """Half a year, then a year."""
    site = replace(untouched.site, manuals_placed=(ManualPlaced(printed_on, Words("值班室")),))
    assert light(replace(untouched, site=site), "7.1-o.1") is found


def test_the_newer_record_of_a_place_counts(untouched):
    """A copy replaced here is no longer old; a change after the last print wants new ones."""
    old = tuple(replace(one, printed_on=date(2025, 9, 1)) for one in untouched.site.manuals_placed)
    site = replace(untouched.site, manuals_placed=old)
    fresh = tuple(replace(one, printed_on=date(2026, 9, 27)) for one in old)
    again = replace(untouched, site=site, manuals_placed=fresh)
    assert light(again, "7.1-o.1") is Light.GREEN
    assert light(revised(again, 0), "7.1-o.1") is Light.AMBER
