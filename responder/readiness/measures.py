"""When a measure is a gap, whatever it came of: a drill, an incident, an inspection.

The controls that own them ask here: 7.1-z, 7.3-1, 7.3-3.
"""

from collections.abc import Iterator
from datetime import timedelta

from responder.domain.measure import Measure, Origin, State
from responder.domain.words import Words
from responder.readiness.control import Gap, Light
from responder.readiness.naming import person
from responder.readiness.situation import Situation

SOON = timedelta(days=7)


def measure_gaps(situation: Situation, origin: Origin) -> list[Gap]:
    """Of what came of such things: a measure past its day is red, one due within a week amber."""
    mine = (one for one in situation.measures if one.origin is origin)
    return [gap for one in mine for gap in _gaps(situation, one)]


def _gaps(situation: Situation, one: Measure) -> Iterator[Gap]:
    state = one.state(situation.today)
    soon = state is State.OPEN and one.due_on - situation.today <= SOON
    if state is not State.OVERDUE and not soon:
        return
    owner, late = person(situation.site, one.owner), (situation.today - one.due_on).days
    if state is State.OVERDUE:
        zh = f"整改措施{one.id}已逾期{late}天（{one.due_on}前，{owner.zh}负责）：{one.title}"
        en = f"The measure {one.id} is {late} days overdue ({one.due_on}, {owner.en}): {one.title}"
    else:
        zh = f"整改措施{one.id}即将到期（{one.due_on}前，{owner.zh}负责）：{one.title}"
        en = f"The measure {one.id} is due on {one.due_on} ({owner.en}): {one.title}"
    yield Gap(
        Words(zh, en),
        Words(
            f"完成后执行 responder measure done {one.id} 证明。",
            f"Once done: responder measure done {one.id} PROOF.",
        ),
        Light.RED if state is State.OVERDUE else Light.AMBER,
        one.owner,
    )
