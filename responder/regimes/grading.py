"""The grade that a regime's criteria propose: 拟定 always, until a named person confirms one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from responder.domain.regime import Comparison, Criterion, GradeRule, Regime


@dataclass(frozen=True, slots=True)
class Proposal:
    """A grade with the rule that matched, and the hub fields that could still make it graver.

    `grade` is empty where no rule matches. That means nothing: no rule says what is not reportable.
    """

    grade: str = ""
    rule: GradeRule | None = None
    unknown: tuple[str, ...] = ()


def proposed_grade(regime: Regime, values: Mapping[str, str]) -> Proposal | None:
    """The gravest grade whose rule holds by the hub's values, None where grading is off.

    Rules are tried by grade and then in their order. What is unknown or no number matches nothing.
    """
    if not regime.grading:
        return None
    unknown: list[str] = []
    for rule in sorted(regime.gradings, key=lambda one: _rank(regime, one)):
        if _holds(rule, values):
            return Proposal(rule.grade, rule, tuple(dict.fromkeys(unknown)))
        unknown += _unknown((*rule.all, *rule.some), values)
    return Proposal(unknown=tuple(dict.fromkeys(unknown)))


def _rank(regime: Regime, rule: GradeRule) -> int:
    return regime.grades.index(rule.grade) if rule.grade in regime.grades else len(regime.grades)


def _holds(rule: GradeRule, values: Mapping[str, str]) -> bool:
    met = sum(_is_met(one, values) for one in rule.some)
    asked = bool(rule.all) or rule.need > 0
    return asked and met >= rule.need and all(_is_met(one, values) for one in rule.all)


def _is_met(criterion: Criterion, values: Mapping[str, str]) -> bool:
    if criterion.any:
        return any(_is_met(one, values) for one in criterion.any)
    said = values.get(criterion.hub, "")
    match criterion.test:
        case Comparison.YES:
            return said == "yes"
        case Comparison.IS:
            return said == criterion.value
        case Comparison.AT_LEAST | Comparison.OVER:
            number, bound = _number(said), _number(criterion.value)
            if number is None or bound is None:
                return False
            return number > bound or (criterion.test is Comparison.AT_LEAST and number == bound)


def _number(said: str) -> Decimal | None:
    try:
        number = Decimal(said)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _unknown(criteria: Iterable[Criterion], values: Mapping[str, str]) -> Iterator[str]:
    for one in criteria:
        yield from _unknown(one.any, values)
        if one.hub and not values.get(one.hub):
            yield one.hub
