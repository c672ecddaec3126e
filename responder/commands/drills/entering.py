"""What somebody did outside the system in a drill, put on record afterwards by its true time.

A call on a private phone, a fax: somebody who answers for drills vouches for it by name, and it is
marked as entered by hand wherever it is shown. The record of the engine stays the stronger proof.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.clean import clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.drills.drill_at_work import DrillAtWork
from responder.commands.telling import clock_time, name
from responder.domain.drill import Expected
from responder.domain.words import Words
from responder.drills.acts import MANUAL
from responder.drills.by_hand import ENTERED, entered_by_hand
from responder.drills.scoring import RESULT_NAMES, Score
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class EnterAction(Command):
    """An expected action was done outside the system: by whom, when, and why that is known.

    Entered again, the later entry counts and the earlier one stays on record.
    """

    incident: str
    expected: str
    person: str
    at: datetime
    reason: str


@handles(EnterAction)
def enter_action(command: EnterAction, uow: UnitOfWork, now: datetime) -> Reply:
    """Until the file is closed. An evaluation made before it has to be made anew.

    Raises BadInput where it cannot have been so, or where the record shows as much already.
    """
    drill = DrillAtWork.load(uow, command.incident, now)
    drill.case.may("enter_action", command.by)
    drill.must_not_be_closed()
    clean_reason(command.reason)
    one = _expected(drill, command)
    _check_time(drill, command)
    _check_person(drill, command)
    earlier = entered_by_hand(uow.ledger.of(drill.run.id, frozenset({ENTERED}))).get(one.id)
    facts: dict[str, Any] = {
        "expected": one.id,
        "person": command.person,
        "acted_at": command.at.isoformat(),
        "reason": command.reason,
        "replaces": earlier.entry if earlier else 0,
    }
    drill.case.record(ENTERED, command.by, **facts)
    score = drill.scores().get(one.id)
    if score is not None and score.by_hand is None:
        raise _proved(one, score)
    anew = drill.run.evaluated_at is not None
    drill.run.evaluated_at, drill.run.evaluated_by = None, ""
    drill.case.save()
    drill.save()
    return Reply(command.incident, _said(drill, command, score, anew), facts)


def _expected(drill: DrillAtWork, command: EnterAction) -> Expected:
    """What is meant; its row was sent, and the record could show it."""
    found = drill.scenario.expected.get(command.expected)
    if found is None:
        known = drill.scenario.expected
        raise UnknownId("预期动作", "expected action", command.expected, known)
    row, one = found
    if one.does == MANUAL:
        raise BadInput(
            f"{one.id}由评估人直接评定。",
            f"{one.id} is marked by an evaluator.",
            "请用 drill mark 评定。",
            "Mark it with: drill mark.",
        )
    if row.id not in drill.run.sent:
        raise BadInput(
            f"{one.id}所属的事件{row.id}没有发出，无从做到。",
            f"{row.id} was never sent, so nobody was asked for {one.id}.",
        )
    return one


def _check_time(drill: DrillAtWork, command: EnterAction) -> None:
    """After its row and within the drill's run; a time still to come is none."""
    row, one = drill.scenario.expected[command.expected]
    sent_at, last = drill.run.sent[row.id], drill.run.ended_at or drill.now
    if sent_at <= command.at <= last:
        return
    site = drill.case.site
    begins, ends, said = (clock_time(at, site) for at in (sent_at, last, command.at))
    raise BadInput(
        f"{said}不在{row.id}发出（{begins}）到{ends}之间。",
        f"{said} is not between {begins}, when {row.id} was sent, and {ends}.",
        f"请写明{one.id}实际完成的时间。",
        f"Give the time at which {one.id} was really done.",
    )


def _check_person(drill: DrillAtWork, command: EnterAction) -> None:
    """Somebody in the drill who was there, and not whoever enters it."""
    listed = drill.case.incident.recipients
    if command.person not in listed:
        raise UnknownId("参演人员", "person in the drill", command.person, listed)
    who = Words(*(name(drill.case.site, command.person, language) for language in ("zh", "en")))
    if command.person in drill.run.absent:
        raise BadInput(
            f"{who.zh}在演练中缺席，不能是其完成的。",
            f"{who.en} was away in this drill and cannot have done it.",
        )
    if command.person == command.by.person:
        raise BadInput(
            "不能补登自己完成的动作。",
            "Nobody enters what they did themselves.",
            "请另一名评估人补登。",
            "Ask another evaluator to enter it.",
        )


def _proved(one: Expected, score: Score) -> BadInput:
    """The record is the stronger proof, and shows as much."""
    came = RESULT_NAMES[score.result]
    entry = Words(f"（记录#{score.entry}）", f" (entry {score.entry})") if score.entry else Words()
    return BadInput(
        f"{one.id}已由记录判定为{came.zh}{entry.zh}，补登不改变结果。",
        f"The record shows {one.id} as {came.en}{entry.en}; an entry by hand changes nothing.",
        "看法请用 drill observe 登记。",
        "Put what you saw down with: drill observe.",
    )


def _said(drill: DrillAtWork, command: EnterAction, score: Score | None, anew: bool) -> Words:
    site = drill.case.site
    at = clock_time(command.at, site)
    zh, en = (name(site, command.person, language) for language in ("zh", "en"))
    came = RESULT_NAMES[score.result] if score else Words("待时限到后判定", "judged at its limit")
    again = Words("评估须重新完成：drill evaluate。", " Evaluate it anew: drill evaluate.")
    return Words(
        f"已补登：{command.expected}由{zh}于{at}完成，{came.zh}（人工补登）。{again.zh * anew}",
        f"Entered by hand: {command.expected} by {en} at {at}, {came.en}.{again.en * anew}",
    )
