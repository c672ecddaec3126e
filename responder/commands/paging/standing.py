"""How something asked of a person stands: what they may answer, or what became of it."""

from dataclasses import dataclass
from datetime import datetime

from responder.commands.alert import pursuit_of
from responder.commands.briefings.leaders_paper import offers_report
from responder.commands.case import Case
from responder.commands.paging.became import asks, became_of
from responder.commands.paging.calls_waiting import how_far
from responder.commands.paging.screen import may_answer
from responder.commands.pursuit import Pursuit, roster_of
from responder.domain.call_task import CallTask
from responder.domain.keys import Act, menu
from responder.domain.message import Message, Purpose
from responder.domain.task import Task
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork

SPOKEN = (Act.REPEAT, Act.HELP)
"""What a key does to a call and nothing else."""
NOTHING_ASKED = Words("无需答复。", "No answer is needed.")


@dataclass(frozen=True, slots=True)
class Standing:
    """A message to a person who may still act.

    `acts` are the answers there are now; `became` says how the question ended, where there are
    none. `tasks` are the person's own open ones, `call` is the one that they are asked to make,
    `has_report` says that the incident report may be had by it.
    """

    message: Message
    acts: tuple[Act, ...] = ()
    became: Words = NOTHING_ASKED
    tasks: tuple[Task, ...] = ()
    takes_notes: bool = False
    call: CallTask | None = None
    has_report: bool = False


def standing(uow: UnitOfWork, now: datetime, id: str) -> Standing | None:
    """How a message stands; None where there is none, or whom it went to is no longer known."""
    message, version = uow.outbox.get(id), uow.sites.accepted()
    if message is None or version is None or not roster_of(uow, version).known(message.person):
        return None
    pursued = None
    if message.incident.startswith(("INC-", "DRL-", "WRN-")):
        pursued = pursuit_of(uow, message.incident, now)
    acts = _acts(uow, message, pursued)
    ended = became_of(uow, message, now) if asks(message) and not acts else NOTHING_ASKED
    call = uow.call_tasks.get(f"{message.incident}/{message.facts.get('number')}")
    if call is not None:
        ended = how_far(uow, call, pursued.site) if pursued else ended
        call = call if call.is_open and message.purpose is Purpose.CALL_TASK else None
    if not isinstance(pursued, Case) or message.purpose is Purpose.HOT_WASH:
        return Standing(message, acts, ended, call=call)
    tasks = tuple(_tasks(uow, message.person, pursued))
    report = offers_report(pursued, message)
    return Standing(message, acts, ended, tasks, pursued.incident.is_open, call, report)


def _acts(uow: UnitOfWork, message: Message, pursued: Pursuit | None) -> tuple[Act, ...]:
    """The answers there are now. Who passed a page on may still take it."""
    if asks(message) and may_answer(uow, message):
        return tuple(act for act in menu(message.purpose).values() if act not in SPOKEN)
    if message.purpose is not Purpose.PAGE or pursued is None:
        return ()
    escalation = pursued.escalation
    declined = escalation.is_open and message.person in escalation.declined
    return (Act.TAKE,) if declined else ()


def _tasks(uow: UnitOfWork, person: str, case: Case) -> list[Task]:
    """Open tasks that are this person's, or nobody's by name and their post's."""
    found = uow.tasks.of(case.incident.id).values()
    return [
        task
        for task in found
        if task.is_open
        and person == (task.owner or (task.role and case.roster.holder(task.role, case.now)))
    ]
