"""7.2, second to fifth paragraph: activation, safety, watch, being reachable, telling progress.

Who owns what. 7.2-2 owns that each playbook pages somebody at once and that what was declared is
taken in hand, 7.2-3 the safety step and roll-calls, 7.2-4 the watch, 7.2-5a the commander's
silence, 7.2-5b progress told. A playbook's report path is 7.1-R.a, its owner 7.1-P.i, its wording
7.1-R.b, the watch's roster 7.1-k.
"""

from collections.abc import Iterator
from datetime import timedelta

from responder.domain.incident import Incident, Phase
from responder.domain.words import Words
from responder.readiness.answering import IT_LEAD, lead, of_playbook, post
from responder.readiness.control import Gap, Seen, control
from responder.readiness.situation import Situation

BRIEFINGS, COMMAND = "contacts/briefings.yaml", "contacts/command.yaml"
LONGEST_SILENCE = timedelta(hours=1)
TAKEN_WITHIN = timedelta(minutes=15)
ROLL_WITHIN = timedelta(minutes=15)
UNWATCHED = timedelta(minutes=5)
"""7.2: an incident without anybody keeping watch for longer is alarmed."""


def handled(situation: Situation) -> list[Incident]:
    """The real incidents whose handling goes on."""
    return [one for one in situation.incidents if one.is_handled and not one.drill]


# Activation, safety, watch


@control("7.2-2", "立即启动预案", "The plan is activated at once")
def activated(situation: Situation) -> Seen:
    """Each playbook pages somebody at once, and what was declared is taken in hand."""
    playbooks = situation.site.playbooks.values()
    gaps = [
        of_playbook(situation, one, Words("没有呼叫步骤", "pages nobody"), "escalation")
        for one in playbooks
        if not any(step.page for step in one.escalation)
    ]
    if not playbooks:
        gaps.append(
            Gap(
                Words("没有任何处置方案可以启动", "There is no playbook to activate"),
                Words("在 playbooks/ 编写处置方案。", "Write one in playbooks/."),
                owner=post(situation, IT_LEAD),
            )
        )
    gaps += [
        Gap(
            Words(f"{one.id}启动后无人接手", f"Nobody has taken {one.id} in hand"),
            Words(
                f"执行 responder ack {one.id}，或 responder page 增呼人员。",
                f"responder ack {one.id}, or page others with responder page.",
            ),
            owner=lead(situation),
        )
        for one in handled(situation)
        if one.phase is Phase.DECLARED and situation.at - one.declared_at > TAKEN_WITHIN
    ]
    return Seen(
        tuple(gaps),
        Words(
            f"{len(playbooks)}个处置方案一经启动即呼叫，处置中的事件均已接手。",
            f"{len(playbooks)} playbooks page at once; every incident is in hand.",
        ),
    )


@control("7.2-3", "保证工作人员人身安全", "Staff's safety comes first")
def safe(situation: Situation) -> Seen:
    """Each playbook begins with people's safety; nobody on a roll-call stays silent."""
    playbooks = situation.site.playbooks.values()
    first = Words("第一项任务不是确认人员安全", "does not begin with people's safety")
    gaps = [
        of_playbook(situation, one, first, "tasks（safety: true）")
        for one in playbooks
        if not (one.tasks and one.tasks[0].safety)
    ]
    for one in handled(situation):
        roll = one.roll_call
        if roll and roll.silent and situation.at - roll.asked_at > ROLL_WITHIN:
            count = len(roll.silent)
            gaps.append(
                Gap(
                    Words(
                        f"{one.id}点名后{count}人没有应答", f"{count} have not answered {one.id}"
                    ),
                    Words(
                        f"执行 responder safety board {one.id}，逐人电话联系。",
                        f"responder safety board {one.id}; call each of them.",
                    ),
                    owner=one.commander or lead(situation),
                )
            )
    return Seen(
        tuple(gaps),
        Words(
            f"{len(playbooks)}个处置方案均以确认人员安全开始，点名无人失联。",
            f"All {len(playbooks)} playbooks begin with safety; no roll-call waits for anybody.",
        ),
    )


@control("7.2-4", "处置结束前专人24小时值守", "Somebody keeps watch until it is over")
def watched(situation: Situation) -> Seen:
    """No incident is without a watch keeper for five minutes."""
    running = handled(situation)
    gaps = tuple(
        Gap(
            Words(f"{one.id}无人值守", f"Nobody keeps watch over {one.id}"),
            Words(
                f"执行 responder incident take {one.id} --watch。",
                f"Run: responder incident take {one.id} --watch.",
            ),
            owner=lead(situation),
        )
        for one in running
        if one.unwatched_since and situation.at - one.unwatched_since > UNWATCHED
    )
    nothing = Words(
        "目前没有正在处置的事件；处置中无人值守满5分钟即告警。",
        "No incident is being handled; one without a watch for five minutes is alarmed.",
    )
    proof = Words(
        f"处置中的事件{len(running)}起，均有专人值守。",
        f"Incidents being handled: {len(running)}, each with a watch keeper.",
    )
    return Seen(gaps, proof if running else nothing)


# Reachable, and telling


@control("7.2-5a", "应急处置人员保持联系畅通", "Those who handle it stay reachable")
def reachable(situation: Situation) -> Seen:
    """A silent commander is asked, and none has left the question unanswered."""
    rule = situation.site.still_there
    gaps = []
    if not timedelta() < rule.after <= LONGEST_SILENCE or rule.grace <= timedelta():
        gaps.append(
            Gap(
                Words("没有规定现场指挥失联多久即转交", "It is not said when a commander is asked"),
                Words(
                    f"在 {COMMAND} 的 still_there 写 after（不超过1小时）和 grace。",
                    f"Write after (an hour at most) and grace in still_there, {COMMAND}.",
                ),
                owner=post(situation, IT_LEAD),
            )
        )
    gaps += [
        Gap(
            Words(f"{one.id}的现场指挥没有回应", f"The commander of {one.id} does not answer"),
            Words(
                f"有权指挥的人员执行 responder incident take {one.id}。",
                f"Somebody who may command: responder incident take {one.id}.",
            ),
            owner=lead(situation),
        )
        for one in handled(situation)
        if one.asked_still_there_at
        and situation.at - one.asked_still_there_at > rule.grace + timedelta(minutes=1)
    ]
    minutes = [int(span / timedelta(minutes=1)) for span in (rule.after, rule.grace)]
    return Seen(
        tuple(gaps),
        Words(
            f"现场指挥{minutes[0]}分钟没有动静即询问，再过{minutes[1]}分钟即转交。",
            f"A commander silent for {minutes[0]} min is asked, and replaced {minutes[1]} later.",
        ),
    )


@control("7.2-5b", "及时通报处置进展", "Progress is told to those concerned")
def told(situation: Situation) -> Seen:
    """Each audience can be told by a clock, and no interval of a running incident was missed."""
    audiences = situation.site.audiences.values()
    timed = [one for one in audiences if one.members and one.every]
    return Seen(
        (*_audience_gaps(situation, bool(timed)), *_missed(situation)),
        Words(
            f"{len(audiences)}类通报对象，其中{len(timed)}类按时通报，没有漏报的时段。",
            f"{len(audiences)} audiences, {len(timed)} of them by a clock; no interval was missed.",
        ),
    )


def _audience_gaps(situation: Situation, timed: bool) -> Iterator[Gap]:
    owner = post(situation, IT_LEAD)
    for one in situation.site.audiences.values():
        if not one.members:
            what = Words(f"通报对象{one.id}没有人员", f"The audience {one.id} has no members")
            mend = Words(
                f"在 {BRIEFINGS} 填写 {one.id} 的 members。",
                f"Fill in members of {one.id} in {BRIEFINGS}.",
            )
            yield Gap(what, mend, owner=owner)
    if not timed:
        what = Words("没有按时通报进展的对象", "Nobody is told of progress by a clock")
        mend = Words(f"在 {BRIEFINGS} 列出 audiences。", f"List the audiences in {BRIEFINGS}.")
        yield Gap(what, mend, owner=owner)


def _missed(situation: Situation) -> Iterator[Gap]:
    running = {one.id for one in handled(situation)}
    for one in situation.briefings:
        if one.incident in running and one.missed:
            what = Words(
                f"{one.incident}到时未向{one.audience}通报",
                f"{one.audience} was not told of {one.incident} in time",
            )
            mend = Words(
                f'执行 responder brief tell {one.incident} {one.audience} "…"。',
                f'Run: responder brief tell {one.incident} {one.audience} "…".',
            )
            yield Gap(what, mend, owner=lead(situation))
