"""Taking up a call that is made by hand, and recording what came of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from responder.commands.alert import Alert
from responder.commands.calls_recorded import WHEN_RECORDED
from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.matter import Matter, matter_of
from responder.commands.paging.answering import count, counts
from responder.commands.paging.calls_waiting import how_far, name_of
from responder.commands.paging.outcomes import RecordOutcomes, record_outcomes
from responder.commands.pursuit import UNIT, Pursuit
from responder.commands.warnings.path import went_on
from responder.domain.call_task import RESULTS, CallTask, Result, manner
from responder.domain.carriage import carriage
from responder.domain.message import Outcome, Purpose, State
from responder.domain.people import BY_HAND
from responder.domain.record import By
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

LONGEST_WORDS = 1000
LONGEST_NAME = 80
STALE = timedelta(minutes=5)
"""How long somebody may be at a call before another may take it up."""


@dataclass(frozen=True)
class TakeCall(Command):
    """I make this call; the answer holds the number and what to say."""

    incident: str
    call: str


@dataclass(frozen=True)
class RecordCall(Command):
    """What came of a call, in words too. `takes`: who said that the person takes the page."""

    incident: str
    call: str
    result: Result
    words: str = ""
    takes: str = ""


@handles(TakeCall)
def take_call(command: TakeCall, uow: UnitOfWork, now: datetime) -> Reply:
    """Give the number to whoever makes the call, on the record."""
    pursued, call = _found(uow, command.incident, command.call, command.by, now)
    person = command.by.person
    if not call.is_open:
        return Reply(pursued.subject.id, how_far(uow, call, pursued.site), {"call": call.id})
    busy = call.taken_at is not None and now < call.taken_at + STALE
    if busy and call.taken_by != person:
        return Reply(pursued.subject.id, how_far(uow, call, pursued.site), {"call": call.id})
    call.taken_by, call.taken_at = person, now
    uow.call_tasks.put(call.key, call)
    pursued.record("CallTaken", command.by, call=call.id, whom=call.whom, how=call.how)
    pursued.save()
    to = "" if carriage(pursued.site.channels, command.by.door).is_minimal else call.to
    message = uow.outbox.get(call.message) if call.message else None
    read_out = Words(message.text, message.text) if message is not None else call.read_out
    said = _instructions(pursued, call, to, read_out)
    facts = {"call": call.id, "whom": call.whom, "how": call.how, "to": to or None}
    texts = {"zh": read_out.said("zh"), "en": read_out.said("en")}
    return Reply(pursued.subject.id, said, facts | {"note": call.note, "read_out": texts})


@handles(RecordCall)
def record_call(command: RecordCall, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep the result. Reaching somebody takes nothing in hand; their word, recorded, does (P1).

    A call that did not reach them is a way that failed: the next one starts at once (P8).
    """
    pursued, call = _found(uow, command.incident, command.call, command.by, now)
    if not call.is_open:
        return Reply(pursued.subject.id, how_far(uow, call, pursued.site), {"call": call.id})
    clean_line(command.words or "—", "说明", "words", LONGEST_WORDS, breaks=True)
    if command.takes:
        _may_take(pursued, call, command)
    call.result, call.words, call.said_by = command.result, command.words, command.takes
    call.recorded_by, call.recorded_at = command.by.person, now
    uow.call_tasks.put(call.key, call)
    pursued.record(
        "CallRecorded",
        command.by,
        call=call.id,
        whom=call.whom,
        result=call.result.value,
        words=call.words,
        takes=call.said_by,
    )
    if isinstance(pursued, Pursuit):
        if command.takes:
            count(pursued, call.whom, command.by)
        went_on(pursued, call, command.by)
    for follow in WHEN_RECORDED:
        follow(pursued, call, command.by)
    pursued.save()
    _settle(uow, call, now)
    said = RESULTS[call.result]
    facts = {"call": call.id, "result": call.result.value, "counted": bool(command.takes)}
    whom = name_of(pursued.site, call.whom)
    if command.takes:
        taken = Words(f"已登记：{whom.zh}接手。", f"Recorded: {whom.en} takes it.")
        return Reply(pursued.subject.id, taken, facts)
    return Reply(
        pursued.subject.id,
        Words(f"已登记：{whom.zh}{said.zh}。", f"Recorded: {whom.en}: {said.en}."),
        facts,
    )


def _found(
    uow: UnitOfWork, incident: str, id: str, by: By, now: datetime
) -> tuple[Matter, CallTask]:
    """The call, for somebody who may make it. Raises UnknownId, NotAllowed."""
    pursued = matter_of(uow, incident, now)
    call = uow.call_tasks.get(f"{incident}/{id}")
    also = ["declarer"] if by.person == pursued.subject.by else []
    also += ["caller"] if call is not None and by.person == call.told else []
    pursued.may("call", by, *also)
    if call is None:
        known = [one.id for one in uow.call_tasks.of(incident).values()]
        raise UnknownId("人工联络", "call", id, known)
    return pursued, call


def _may_take(pursued: Matter, call: CallTask, command: RecordCall) -> None:
    """Raise BadInput unless it was a page, and its person was reached and can take it."""
    clean_line(command.takes, "何人所说", "who said so", LONGEST_NAME)
    paged = call.purpose in (Purpose.PAGE, Purpose.VERIFY_WARNING)
    by_page = isinstance(pursued, Pursuit) and paged and not call.whom.startswith(UNIT)
    if command.result is not Result.REACHED or not by_page:
        raise BadInput(
            "只有联系上被呼叫的人员，才能登记其接手。",
            "Only somebody paged and reached can be recorded as taking it.",
            "决策请用 decide --for 登记。",
            "Record a decision with `decide --for`.",
        )
    assert isinstance(pursued, Pursuit)
    verifies = isinstance(pursued, Alert) and pursued.waits
    if verifies or not pursued.escalation.is_open or not counts(pursued, call.whom):
        raise BadInput(
            "此人的接手目前不计入，没有登记。",
            "Their taking it would not count now; nothing was recorded.",
            "请去掉“接手”，只登记联系结果。",
            "Record the result alone, without that they take it.",
        )


def _settle(uow: UnitOfWork, call: CallTask, now: datetime) -> None:
    message = uow.outbox.get(call.message) if call.message else None
    if message is None or call.result is None:
        return
    outcome = Outcome(
        message.id,
        message.fence,
        State.DELIVERED if call.result is Result.REACHED else State.FAILED,
        now,
        provider=BY_HAND,
        text=message.text,
        reason=RESULTS[call.result].en,
        for_good=call.result is Result.WRONG_NUMBER,
    )
    record_outcomes(RecordOutcomes(outcomes=(outcome,)), uow, now)


def _instructions(pursued: Matter, call: CallTask, to: str, read_out: Words) -> Words:
    whom, how = name_of(pursued.site, call.whom), manner(call.how)
    if call.played.zh:
        return _to_be_played(call, whom, how, read_out)
    note = Words(f"（{call.note}）", f" ({call.note})") if call.note else Words()
    number = Words(to or NO_NUMBER.zh, to or NO_NUMBER.en) if call.to else Words()
    return Words(
        f"请联系{whom.zh}，{how.zh}{number.zh}{note.zh}。请照此告知：“{read_out.said('zh')}”"
        f"联系后登记结果：联络结果 {call.id} 已联系上",
        f"Please reach {whom.en} by {how.en} {number.en}{note.en}. Say: “{read_out.said('en')}”"
        f" Then record what came of it: call done {call.id} reached",
    )


def _to_be_played(call: CallTask, whom: Words, how: Words, read_out: Words) -> Words:
    return Words(
        f"{call.played.zh}（代{whom.zh}，{how.zh}）。请照此报告：“{read_out.said('zh')}”"
        f"报告后登记：联络结果 {call.id} 已联系上",
        f"{call.played.en} (as {whom.en}, {how.en}). Say: “{read_out.said('en')}”"
        f" Then: call done {call.id} reached",
    )


NO_NUMBER = Words(
    "（号码不经此渠道显示，请查应急处置联络手册）",
    "(the number is not shown here: see the contact manual)",
)
