"""Rule packs: `regimes/packs/*.yaml` of the release, or the firm's own in `playbooks/regimes`."""

import re
from collections.abc import Callable
from typing import TypeVar

from responder.domain.regime import (
    Comparison,
    Criterion,
    Duty,
    Form,
    FormField,
    GradeRule,
    Limit,
    Regime,
    Roll,
    Source,
    Span,
    Unit,
)
from responder.domain.words import Words
from responder.site.fields import Fields
from responder.site.finding import Where, did_you_mean
from responder.site.nodes import Node, Scalar
from responder.site.shapes import Reading

DOUBTFUL = ("C", "M")
"""Confidence marks that never pass for a fact without a person having looked."""
CONFIDENCES = ("A", "B", *DOUBTFUL)

_AT_ONCE = "at once"
_SPAN = re.compile(r"(\d{1,4}) ([a-z ]+)")
_UNITS = {unit.value.replace("_", " "): unit for unit in Unit}
_UNITS |= {name.removesuffix("s"): unit for name, unit in _UNITS.items()}
_COMPARED = re.compile(r"([a-z_]+) (>=|>|=) (\S+)")

T = TypeVar("T")


def read_regime(root: Fields, id: str) -> Regime:
    """One pack. Parts that name no source have the pack's."""
    source = _source(root, Source())

    def sourced(read: Callable[[Fields, str, Source], T]) -> Callable[[Fields, str], T]:
        return lambda fields, id: read(fields, id, _source(fields, source))

    regime = Regime(
        id=id,
        name=root.words("name"),
        jurisdiction=root.text("jurisdiction"),
        time_zone=root.zone("time_zone"),
        effective_from=root.day("effective_from"),
        effective_to=root.day("effective_to"),
        edition_of=root.text("edition_of"),
        working_days=root.text("working_days"),
        trading_days=root.text("trading_days"),
        scale=_by_words(root, "scale"),
        duties=tuple(root.by_id("duties", sourced(_duty)).values()),
        forms=root.by_id("forms", sourced(_form)),
        gradings=root.each("gradings", lambda fields: _grading(fields, source)),
        grading=root.flag("grading"),
        note=root.words("note"),
        source=source,
    )
    root.close()
    return regime


def _by_words(root: Fields, key: str) -> dict[str, Words]:
    inner = root.inner(key)
    return {id: inner.words(id) for id in inner.all()}


def _source(fields: Fields, otherwise: Source) -> Source:
    if fields.node("source") is None:
        return otherwise
    inner = fields.inner("source")
    confidence = inner.text("confidence")
    if confidence not in CONFIDENCES:
        what = Words(f"没有“{confidence}”这个可信度", f"There is no confidence “{confidence}”")
        mend = Words("可用：A、B、C、M。", "It is one of A, B, C, M.")
        inner.reading.refuse(inner.where, what, mend)
    said = inner.node("needs_verification") is not None
    source = Source(
        text=inner.text("text"),
        confidence=confidence,
        verified_on=inner.day("verified_on"),
        needs_verification=inner.flag("needs_verification") if said else confidence in DOUBTFUL,
    )
    inner.close()
    return source


# Duties and their clocks


def _duty(fields: Fields, id: str, source: Source) -> Duty:
    usual = Duty(id)
    return Duty(
        id=id,
        name=fields.words("name"),
        stage=fields.text("stage", usual.stage),
        limits=fields.each("limits", _limit),
        every=_span(fields, "every"),
        on_change=fields.flag("on_change"),
        ends_with=fields.text("ends_with"),
        steps=fields.texts("steps") or usual.steps,
        to=fields.texts("to"),
        addressee=fields.words("addressee"),
        form=fields.text("form"),
        first=fields.texts("first"),
        grades=fields.texts("grades"),
        institutions=fields.texts("institutions"),
        not_for=fields.texts("not_for"),
        when=fields.texts("when"),
        unless=fields.texts("unless"),
        spared_by=fields.text("spared_by"),
        covered_by=fields.texts("covered_by"),
        updates=fields.text("updates"),
        opens=fields.text("opens"),
        if_late=fields.text("if_late"),
        instead_of=fields.text("instead_of"),
        warning=fields.flag("warning"),
        note=fields.words("note"),
        source=source,
    )


def _limit(fields: Fields) -> Limit:
    return Limit(
        after=fields.text("after"),
        within=_span(fields, "within") or Span(),
        roll=fields.one_of("roll", Roll, Roll.NONE),
        unless_after=fields.text("unless_after"),
        also=fields.texts("also"),
        unless=fields.text("unless"),
        no_roll_for=fields.texts("no_roll_for"),
    )


def _span(fields: Fields, key: str) -> Span | None:
    """`at once`, `4 hours`, `5 working days`, or `5 working days of CALENDAR`."""
    node = fields.node(key)
    if node is None:
        return None
    text = fields.reading.text(node) or ""
    spelt, _, calendar = text.partition(" of ")
    if spelt == _AT_ONCE:
        return Span()
    found = _SPAN.fullmatch(spelt)
    unit = _UNITS.get(found[2]) if found else None
    if found is None or unit is None:
        _refuse_span(fields.reading, node.where, text, found[2] if found else "")
        return None
    return Span(int(found[1]), unit, calendar)


def _refuse_span(reading: Reading, where: Where, text: str, unit: str) -> None:
    what = Words(f"看不懂时限“{text}”", f"“{text}” is no limit of time")
    names = (
        "、".join(unit.replace("_", " ") for unit in Unit),
        ", ".join(unit.replace("_", " ") for unit in Unit),
    )
    mend = Words(
        f"请写 at once 或数字加单位：{names[0]}。",
        f"Write at once, or a number and a unit: {names[1]}.",
    )
    reading.refuse(where, what, did_you_mean(unit, _UNITS, mend) if unit else mend)


# Forms


def _form(fields: Fields, id: str, source: Source) -> Form:
    return Form(
        id=id,
        title=fields.words("title"),
        parts=_by_words(fields, "parts"),
        fields=tuple(fields.by_id("fields", _form_field).values()),
        source=source,
    )


def _form_field(fields: Fields, id: str) -> FormField:
    inner = fields.inner("needed")
    return FormField(
        id=id,
        name=fields.words("name"),
        hub=fields.text("hub", id),
        also=fields.texts("also"),
        part=fields.text("part"),
        needed={stage: inner.text(stage) for stage in inner.all()},
        when=fields.words("when"),
    )


# Gradings


def _grading(fields: Fields, source: Source) -> GradeRule:
    return GradeRule(
        grade=fields.text("grade"),
        all=_criteria(fields, "all"),
        some=_criteria(fields, "some"),
        need=fields.whole("need", 0),
        says=fields.words("says"),
        source=_source(fields, source),
    )


def _criteria(fields: Fields, key: str) -> tuple[Criterion, ...]:
    node = fields.node(key)
    items = fields.reading.items(node) if node else ()
    return tuple(_criterion(fields.reading, item) for item in items)


def _criterion(reading: Reading, node: Node) -> Criterion:
    """`customers >= 100000`, `full_outage` (answered yes), or `{any: […]}`."""
    if not isinstance(node, Scalar):
        fields = Fields(reading, node)
        criterion = Criterion(any=_criteria(fields, "any"))
        fields.close()
        return criterion
    text = reading.text(node) or ""
    if found := _COMPARED.fullmatch(text):
        return Criterion(found[1], Comparison(found[2]), found[3])
    return Criterion(text, Comparison.YES)
