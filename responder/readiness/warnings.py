"""7.2, first paragraph: hidden dangers verified, reported, lifted along the same path.

Who owns what. That a warning is verified in time, with precautions ready, is 7.2-1a; that it is
reported 7.2-1b; that it is lifted or converted, and its end reported along the same path, 7.2-1c.
The path itself is a playbook's report path (7.1-R.a) and the plan's section e (7.1-P.e).
"""

from collections.abc import Iterator
from datetime import timedelta

from responder.domain.warning import Line, Stage, Warning
from responder.domain.words import Words
from responder.readiness.answering import IT_LEAD, lead, of_playbook, post
from responder.readiness.control import Gap, Light, Seen, control
from responder.readiness.situation import Situation

BRIEFINGS = "contacts/briefings.yaml"
LONGEST_PATIENCE = timedelta(hours=24)
LONGEST_REPORT = timedelta(hours=1)


@control("7.2-1a", "隐患尽快核实并先行防范", "Dangers are verified, precautions taken")
def verified(situation: Situation) -> Seen:
    """Each playbook says what is done first and how fast; no warning waits past its time."""
    playbooks = situation.site.playbooks.values()
    gaps = [
        of_playbook(situation, one, Words("没有防范措施", "has no precautions"), "precautions")
        for one in playbooks
        if not {task.id for task in one.tasks} & set(one.precautions)
    ]
    gaps += [
        Gap(
            Words(f"预警{one.id}到时未核实", f"The warning {one.id} was not verified in time"),
            Words(
                f"执行 responder warn verify {one.id}，或 warn dismiss 并写明理由。",
                f"responder warn verify {one.id}, or warn dismiss with a reason.",
            ),
            owner=one.verifier or lead(situation),
        )
        for one in situation.warnings
        if one.stage is Stage.RAISED and one.verify_by and one.verify_by < situation.at
    ]
    return Seen(
        tuple(gaps),
        Words(
            f"{len(playbooks)}个处置方案均写明防范措施和核实时限，没有超时未核实的预警。",
            f"All {len(playbooks)} playbooks name precautions; no warning waits to be verified.",
        ),
    )


@control("7.2-1b", "重要预警按规定报告", "Important warnings are reported")
def warned(situation: Situation) -> Seen:
    """A limit for the report is set and kept, and nobody on the path was given up."""
    within = situation.site.patience.report_within
    gaps = [gap for one in situation.warnings for gap in _unreported(situation, one)]
    if not timedelta() < within <= LONGEST_REPORT:
        gaps.append(
            Gap(
                Words("没有规定重要预警多久内报出", "No limit is set for reporting a warning"),
                Words(
                    f"在 {BRIEFINGS} 的 warnings.report_within 写不超过1小时的时限。",
                    f"Write a limit of an hour at most in warnings.report_within, {BRIEFINGS}.",
                ),
                owner=post(situation, IT_LEAD),
            )
        )
    minutes = int(within / timedelta(minutes=1))
    return Seen(
        tuple(gaps),
        Words(
            f"重要预警{minutes}分钟内报出，没有逾期未报的预警。",
            f"Important warnings are reported within {minutes} min; none is overdue.",
        ),
    )


def _unreported(situation: Situation, one: Warning) -> Iterator[Gap]:
    report = Words(
        f"执行 responder warn report {one.id}。", f"Run: responder warn report {one.id}."
    )
    late = one.report_due_at is not None and one.report_due_at < situation.at
    if one.important and late and one.reported_at is None:
        what = Words(
            f"重要预警{one.id}逾期未报告", f"The warning {one.id} was not reported in time"
        )
        yield Gap(what, report, owner=one.reporter or lead(situation))
    elif one.is_open and any(leg.given_up and leg.told_at is None for leg in one.reported):
        what = Words(
            f"预警{one.id}有单位没有报到", f"Of the warning {one.id} somebody was not told"
        )
        yield Gap(what, report, Light.AMBER, one.reporter or lead(situation))


@control("7.2-1c", "解除预警后按相同路径报告", "The end of a warning goes the same way")
def lifted(situation: Situation) -> Seen:
    """No warning is left open past its time, and whoever was told is told of its end."""
    gaps = [gap for one in situation.warnings for gap in _unlifted(situation, one)]
    patience = situation.site.patience.open_for
    if not timedelta() < patience <= LONGEST_PATIENCE:
        gaps.append(
            Gap(
                Words("没有规定预警多久须解除", "It is not said how long a warning may stay open"),
                Words(
                    f"在 {BRIEFINGS} 的 warnings.open_for 写不超过24小时的时限。",
                    f"Write a day at most in warnings.open_for, {BRIEFINGS}.",
                ),
                owner=post(situation, IT_LEAD),
            )
        )
    hours = int(patience / timedelta(hours=1))
    return Seen(
        tuple(gaps),
        Words(
            f"预警超过{hours}小时未解除即提醒，没有该解除未解除、解除后未报告的预警。",
            f"Warnings open over {hours} h are nagged about; none is forgotten or half reported.",
        ),
    )


def _unlifted(situation: Situation, one: Warning) -> Iterator[Gap]:
    owner = one.reporter or one.verifier or lead(situation)
    forgotten = situation.at - one.raised_at > situation.site.patience.open_for
    if one.stage is Stage.VERIFIED and forgotten:
        yield Gap(
            Words(f"预警{one.id}早该解除或转为事件", f"The warning {one.id} was never lifted"),
            Words(
                f'执行 responder warn lift {one.id} --reason "…"，或 warn convert。',
                f'responder warn lift {one.id} --reason "…", or warn convert.',
            ),
            owner=owner,
        )
    phoned = [leg for leg in one.ended_to if leg.line is Line.PHONE]
    if not one.is_open and any(leg.is_open for leg in phoned or one.ended_to):
        calls = Words("执行 responder call list，逐家告知。", "responder call list; tell each.")
        what = Words(
            f"预警{one.id}解除后没有报到原单位",
            f"Not all who were told of {one.id} know of its end",
        )
        yield Gap(what, calls, owner=owner)
