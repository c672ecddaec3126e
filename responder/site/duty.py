"""`contacts/duty.yaml`: the rules of duty by area, whose shifts are kept, check-ins, handover."""

from responder.domain.duty import AREAS, DutyRules
from responder.domain.words import Words
from responder.site.fields import Fields, words
from responder.site.finding import did_you_mean


def read_duty(root: Fields) -> DutyRules:
    """The rules; without the file no shift is kept and nobody is asked to check in."""
    usual = DutyRules()
    rules = DutyRules(
        areas=_areas(root.inner("areas")),
        posts=root.texts("posts"),
        check_in_posts=root.texts("check_in_posts"),
        check_in_every=root.span_if_any("check_in_every"),
        check_in_grace=root.span("check_in_grace", usual.check_in_grace),
        phone=root.text("phone"),
        phone_tested_on=root.day("phone_tested_on"),
        handover_within=root.span("handover_within", usual.handover_within),
    )
    root.close()
    return rules


def _areas(fields: Fields) -> dict[str, Words]:
    """The rule of each area, in the standard's order."""
    found: dict[str, Words] = {}
    for key, node in fields.all().items():
        if key in AREAS:
            found[key] = words(fields.reading, node)
            continue
        what = Words(f"没有“{key}”这个方面", f"There is no area “{key}”")
        mend = Words(f"八个方面：{'、'.join(AREAS)}。", f"The eight are {', '.join(AREAS)}.")
        fields.reading.refuse(node.where, what, did_you_mean(key, AREAS, mend))
    return {area: found[area] for area in AREAS if area in found}
