"""What is wrong with how a drill recurs (`drill check`): never, too often, always in a session."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from responder.domain.drill import DrillScenario
from responder.domain.recurrence import DaysOf
from responder.domain.site import Site
from responder.domain.words import Words
from responder.drills.dates import is_free
from responder.drills.flaws import Flaw
from responder.drills.recurring import begins_on
from responder.errors import BadInput

WEEK = timedelta(weeks=1)
LOOKED_AT = timedelta(days=2 * 366)
"""How far ahead its dates are looked at."""
EVER = timedelta(days=41 * 366)
"""By then every date that there is has come: 29 February on a given weekday comes in 40 years."""
HERE = ("recurs",)


def recurrence_flaws(
    scenario: DrillScenario, site: Site, days_of: DaysOf, today: date
) -> Iterator[Flaw]:
    """Everything wrong with a scenario's recurrence, judged by the dates that come."""
    rule = scenario.recurs
    if rule is None:
        return
    try:
        days = list(days_of(rule, today, today + LOOKED_AT))
        never = not days and next(iter(days_of(rule, today, today + EVER)), None) is None
    except BadInput as bad:
        yield _unreadable(bad)
        return
    if never:
        yield Flaw(
            HERE,
            Words("定期演练的日期永远不会到", "The date on which the drill recurs never comes"),
            Words("请核对 month 和 day。", "Look at “month” and “day” again."),
        )
    yield from _too_often(days)
    yield from _always_in_session(scenario, site, days)


def _unreadable(bad: BadInput) -> Flaw:
    facts = bad.facts
    what = Words(facts["what_zh"].rstrip("。"), facts["what_en"].rstrip("."))
    return Flaw(HERE, what, Words(facts["mend_zh"], facts["mend_en"]))


def _too_often(days: Sequence[date]) -> Iterator[Flaw]:
    close = next(((one, two) for one, two in pairwise(days) if two - one < WEEK), None)
    if close:
        one, two = close
        yield Flaw(
            HERE,
            Words(
                f"定期演练比每周一次还密：{one}、{two}", f"It recurs within a week: {one}, {two}"
            ),
            Words('请写明哪一天，如 day: "2nd sat"。', 'Say which day, e.g. day: "2nd sat".'),
        )


def _always_in_session(scenario: DrillScenario, site: Site, days: Sequence[date]) -> Iterator[Flaw]:
    if not days or scenario.in_session.strip():
        return
    if any(is_free(scenario, site, begins_on(scenario, site, day)) for day in days):
        return
    first = begins_on(scenario, site, days[0])
    yield Flaw(
        HERE,
        Words(
            f"定期演练每次都落在有交易的时候，如{first:%Y-%m-%d %H:%M}",
            f"Markets trade whenever it recurs, e.g. {first:%Y-%m-%d %H:%M}",
        ),
        Words(
            "请改日期或 at，或在 in_session 写明理由。",
            "Change the day or “at”, or give the reason in “in_session”.",
        ),
    )
