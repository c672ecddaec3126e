"""The emergency watch (JR/T 0099 7.1 k): duty lead and head of IT at every hour of ninety days.

Where both who are named for the duty lead are away, that is 5.1-2.
"""

from collections.abc import Iterator

from responder.domain.coverage import stretches
from responder.domain.words import Words
from responder.readiness.answering import DUTY_LEAD, IT_LEAD
from responder.readiness.control import Gap, Seen, control
from responder.readiness.duty import ARRANGE, HORIZON, ROLES, span, two_known
from responder.readiness.situation import Situation


@control(
    "7.1-k", "值班负责人和信息技术负责人负责应急值守", "Duty lead and head of IT keep the watch"
)
def watch(situation: Situation) -> Seen:
    """Both are somebody at every instant of the next ninety days."""
    gaps = [gap for role in (DUTY_LEAD, IT_LEAD) for gap in _watch_gaps(situation, role)]
    proof = Words(
        "今后90天每时每刻值班负责人和信息技术负责人均有人。",
        "At every hour of the next 90 days both are somebody.",
    )
    return Seen(tuple(gaps), proof)


def _watch_gaps(situation: Situation, role: str) -> Iterator[Gap]:
    name = (
        Words("值班负责人", "The duty lead")
        if role == DUTY_LEAD
        else Words("信息技术负责人", "The head of IT")
    )
    if role not in situation.site.roles:
        mend = Words(f"请在 {ROLES} 设置 {role}。", f"Add {role} to {ROLES}.")
        yield Gap(Words(f"没有设置{name.zh}", f"{name.en} is not among the roles"), mend)
        return
    until = situation.at + HORIZON
    for one in stretches(situation.roster, role, situation.at, until):
        two = tuple(dict.fromkeys(p for p in (one.first, one.second) if p))
        if one.holder or (role == DUTY_LEAD and two_known(situation, two)):
            continue
        when = span(situation, one.start, one.end)
        mend = (
            ARRANGE
            if situation.site.roles[role].rotation
            else Words(
                f"请在 {ROLES} 为 {role} 另指定备岗，或调整休假。",
                f"Name another backup of {role} in {ROLES}, or move the leave.",
            )
        )
        yield Gap(Words(f"{name.zh}无人：{when.zh}", f"{name.en} is nobody {when.en}"), mend)
