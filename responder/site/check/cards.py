"""Records of cards and manuals are of people and sheets that there are (JR/T 0099 7.1 o, r)."""

from collections.abc import Iterator

from responder.domain.contact_manual import SIZES
from responder.domain.words import Words
from responder.site.check.view import View
from responder.site.finding import Finding, did_you_mean


def cards_are_of_people(view: View) -> Iterator[Finding]:
    """Whoever received a card is in the contacts."""
    for number, one in enumerate(view.site.cards_held):
        if one.person not in view.site.people:
            yield view.warning(
                ("cards", number, "person"),
                "7.1-r",
                Words(
                    f"领卡记录中的“{one.person}”不在联系人中",
                    f"{one.person} received a card, and is nobody here",
                ),
                did_you_mean(one.person, view.site.people, Words("请核对编号。", "Check the id.")),
            )


def manuals_have_a_size(view: View) -> Iterator[Finding]:
    """A printed manual is A4 or A6."""
    for number, one in enumerate(view.site.manuals_placed):
        if one.size not in SIZES:
            yield view.warning(
                ("manuals", number, "size"),
                "7.1-o.1",
                Words(f"手册没有“{one.size}”这种大小", f"No manual has the size {one.size}"),
                did_you_mean(one.size, SIZES, Words("请写 a4 或 a6。", "Write a4 or a6.")),
            )
