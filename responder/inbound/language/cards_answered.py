"""One's own emergency work card, as text in a chat."""

from collections.abc import Iterator, Mapping

from responder.domain.card_making import card_of
from responder.domain.carriage import carriage
from responder.domain.work_card_words import HEADINGS, CardWords, card_lines
from responder.inbound.language.world import World


def card_answered(_values: Mapping[str, str], world: World) -> Iterator[str]:
    """My card. What goes abroad carries nobody else's number: there the card goes by its link."""
    card = card_of(world.site, world.person)
    if card is None:
        yield world.said(
            "您没有应急岗位，没有应急工作卡片。",
            "You hold no post in the emergency organisation, and so no work card.",
        )
        return
    held = world.uow.issued_cards.get(world.person)
    yield from card_lines(card, held.version if held else 0, world.language)
    if not carriage(world.site.channels, world.door).is_minimal:
        words = CardWords(card, world.language)
        yield world.words(HEADINGS["call"]) + world.said("：", ":")
        for why, who, numbers in words.contacts():
            yield f"{why} {who} " + numbers.replace("\n", world.said("、", ", "))
    if held is not None and held.is_open:
        yield world.said("收到请回复“收到卡片”。", "Received it? Reply “card received”.")
