"""`contacts/cards.yaml`: work cards and printed manuals from before they were recorded here."""

from responder.domain.issued_card import CardHeld, ManualPlaced
from responder.site.fields import Fields


def read_cards(root: Fields) -> tuple[tuple[CardHeld, ...], tuple[ManualPlaced, ...]]:
    """Who received a paper card, and where manuals lie; what has no day counts for nothing."""
    held = root.each("cards", _held)
    placed = root.each("manuals", _placed)
    root.close()
    return tuple(one for one in held if one), tuple(one for one in placed if one)


def _held(fields: Fields) -> CardHeld | None:
    person, day = fields.text("person"), fields.day("received_on")
    return CardHeld(person, day) if day else None


def _placed(fields: Fields) -> ManualPlaced | None:
    where, day = fields.words("where"), fields.day("printed_on")
    size = fields.text("size", "a4")
    return ManualPlaced(day, where, size) if day else None
