"""Which grade of which regime a line means: a word of a scale, the rules that have it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from responder.commands.obligations.demanded import regimes_of
from responder.commands.reports.grade import ConfirmGrade, grade_name
from responder.domain.dossier import Dossier
from responder.domain.record import By
from responder.domain.regime import Regime
from responder.errors import BadInput
from responder.inbound.language.naming import Known, named
from responder.inbound.language.text import plain
from responder.inbound.language.verb import Slot
from responder.inbound.language.world import World

Values = Mapping[str, str]
BEFORE_A_REASON = re.compile(r"^(?:依据|理由|because)[\s:：]+", re.IGNORECASE)
"""What may stand before the reason without belonging to it."""


def packs(world: World, values: Values) -> list[Regime]:
    """The rules that apply to the incident; the one of them that is named, where one is.

    Raises BadInput where none applies.
    """
    if "incident" not in values:
        return []
    incident = world.one(values["incident"])
    found = regimes_of(world.uow.sites.get(incident.site_version), incident)
    if not found:
        raise BadInput(
            f"{incident.id}没有适用的报告规则，没有等级可确认。",
            f"No rule applies to {incident.id}; there is no grade to confirm.",
            "适用哪些规则写在 responder.toml 和处置方案的 regimes 中。",
            "Which rules apply is said by `regimes` in responder.toml and in the playbook.",
        )
    return [pack for pack in found if values.get("regime", pack.id) == pack.id]


def regimes(_slot: Slot, world: World, values: Values) -> Iterator[Known]:
    """The rules that apply to the incident."""
    applying = packs(world, {key: values[key] for key in values if key != "regime"})
    yield from (named(pack.id, pack.name, world) for pack in applying)


def grades(_slot: Slot, world: World, values: Values) -> Iterator[Known]:
    """The words of the scales, each once; which grade one is, is a rule's own matter."""
    yield from worded(packs(world, values), world)


def worded(scales: Iterable[Regime], world: World) -> Iterator[Known]:
    """The words of some scales, each once, the gravest of each scale first."""
    found: dict[str, Known] = {}
    for pack in scales:
        for grade in pack.grades:
            words = grade_name(pack.scale, grade)
            word = words.said("zh")
            said = found.setdefault(word, Known(word, words.said(world.language), ()))
            forms = {plain(form) for form in (grade, grade.replace("_", " "), words.zh, words.en)}
            found[word] = replace(said, forms=(*said.forms, *(forms - {""})))
    yield from found.values()


def having(choices: Sequence[Known], world: World, values: Values) -> list[Known]:
    """Of some rules those that have the grade given; all of them where none is."""
    if "grade" not in values:
        return list(choices)
    fits = {pack.id for pack in packs(world, values) if grade_of(pack, values["grade"])}
    return [one for one in choices if one.value in fits]


def grade_of(pack: Regime, word: str) -> str:
    """The grade of a rule that a word of the scales means, nothing where it has none."""
    meant = (grade for grade in pack.grades if grade_name(pack.scale, grade).said("zh") == word)
    return next(meant, "")


def is_changed(world: World, values: Values) -> bool:
    """Whether a named person confirmed another grade before."""
    before, wanted = confirmed(world, values), wanted_grade(world, values)
    return bool(before) and before != wanted


def confirmed(world: World, values: Values) -> str:
    """The grade that a named person confirmed under the rule, nothing where nobody did."""
    dossier = world.uow.dossiers.get(values["incident"]) or Dossier(values["incident"])
    return dossier.grades.get(values.get("regime", ""), "")


def wanted_grade(world: World, values: Values) -> str:
    """The grade that is meant under the rule named. Raises BadInput where it has no such grade."""
    (pack,) = packs(world, values)
    word = values["grade"]
    meant = grade_of(pack, word)
    if not meant:
        names = [grade_name(pack.scale, grade) for grade in pack.grades]
        raise BadInput(
            f"{pack.name.said('zh')}没有“{word}”这一等级，没有执行。",
            f"{pack.name.said('en')} has no grade “{word}”; nothing was done.",
            f"可用：{'、'.join(one.said('zh') for one in names)}。",
            f"There is: {', '.join(one.said('en') for one in names)}.",
        )
    return meant


def confirming(values: Values, by: By, world: World) -> ConfirmGrade:
    """The command that the verb stands for."""
    return ConfirmGrade(
        by=by,
        incident=values["incident"],
        regime=values["regime"],
        grade=wanted_grade(world, values),
        reason=BEFORE_A_REASON.sub("", values.get("reason", "")),
    )
