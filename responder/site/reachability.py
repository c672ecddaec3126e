"""`contacts/reachability.yaml`: which ways were proved, how often duty phones are probed."""

from datetime import date

from responder.domain.reachability import ProbeKept, ProbeRules, WayProved
from responder.site.fields import Fields


def read_reachability(root: Fields) -> tuple[ProbeRules, tuple[WayProved, ...]]:
    """The rules of probing, and what was proved before the register was kept here."""
    probes = root.inner("probes")
    rules = ProbeRules(
        prove_every=root.span("prove_every", ProbeRules().prove_every),
        posts=probes.texts("posts"),
        a_week=probes.whole("a_week", 0),
        kept=tuple(one for one in root.each("probed", _kept) if one),
    )
    probes.close()
    proved = tuple(one for many in root.each("proved", _proved) for one in many)
    root.close()
    return rules, proved


def _kept(fields: Fields) -> ProbeKept | None:
    post, on = fields.text("post"), fields.day("on")
    answered = fields.node("answered")
    said = fields.reading.flag(answered) if answered else True
    return ProbeKept(post, on, bool(said)) if on else None


def _proved(fields: Fields) -> tuple[WayProved, ...]:
    """One day's proofs: of each person every way, or those named."""
    people, vias, on = fields.texts("people"), fields.texts("via"), fields.day("on")
    day = on or date.min
    return tuple(WayProved(person, day, via) for person in people for via in vias or ("",))
