"""Who may do what: the one place where commands are authorised (P7)."""

from collections.abc import Iterator
from datetime import datetime

from responder.domain.escalation import Escalation
from responder.domain.incident import Incident
from responder.domain.organisation import DUTY_LEAD
from responder.domain.playbook import Playbook
from responder.domain.record import By
from responder.domain.roster import DEFAULT_COMMAND, Roster
from responder.domain.words import Words
from responder.errors import NotAllowed

CAPACITIES = {
    "known": Words("应急处置联络手册中的人员", "anyone in the contact manual"),
    "responder": Words("被呼叫的人员", "those who were paged"),
    "commander": Words("现场指挥", "the incident commander"),
    "entitled": Words("有权担任现场指挥的人员", "those who may command"),
    "duty_lead": Words("值班负责人", "the duty lead"),
    "command_body": Words("应急指挥决策机构成员", "members of the command body"),
    "declarer": Words("事件发起人", "whoever declared it"),
    "administrator": Words("系统管理授权人员", "administrators"),
    "compliance": Words("合规人员", "compliance"),
}

ACTS: dict[str, tuple[Words, tuple[str, ...]]] = {
    "declare": (Words("发起事件", "declare an incident"), ("known",)),
    "note": (Words("写处置记录", "write to the record"), ("known",)),
    "warn": (Words("发起预警", "raise a warning"), ("known",)),
    "page": (
        Words("呼叫人员", "page people"),
        ("responder", "commander", "entitled", "duty_lead", "command_body"),
    ),
    "phase": (
        Words("变更事件状态", "change the incident's state"),
        ("commander", "duty_lead", "command_body"),
    ),
    "close": (
        Words("办结事件", "close the incident"),
        ("commander", "duty_lead", "command_body", "compliance"),
    ),
    "level": (
        Words("调整响应级别", "change the level"),
        ("commander", "entitled", "duty_lead", "command_body"),
    ),
    "cancel": (Words("撤销事件", "cancel the incident"), ("commander", "duty_lead")),
    "consent": (
        Words("作为第二人确认", "confirm as the second person"),
        ("entitled", "duty_lead", "command_body", "responder", "commander"),
    ),
    "task": (
        Words("办理任务", "work on tasks"),
        ("responder", "commander", "entitled", "duty_lead", "command_body", "owner"),
    ),
    "break_glass": (
        Words("在决策之前完成受限任务", "complete a task before its decision"),
        ("commander",),
    ),
    "handover": (Words("移交", "hand over"), ("commander", "keeper")),
    "verify": (
        Words("核实预警", "verify the warning"),
        ("duty_lead", "entitled", "command_body", "responder"),
    ),
    "roll_call": (
        Words("发起人员平安点名", "start a roll-call"),
        ("commander", "responder", "duty_lead", "command_body", "entitled"),
    ),
    "copy": (
        Words("更新事件所用的联系人", "pull new contacts into the incident"),
        ("commander", "declarer", "command_body", "administrator"),
    ),
    "administer": (Words("管理系统", "administer the system"), ("administrator",)),
    "halt": (
        Words("停止全部外发", "halt everything outgoing"),
        ("administrator", "duty_lead", "command_body"),
    ),
}
ALSO = {
    "owner": Words("任务负责人", "the task's owner"),
    "keeper": Words("值守人", "the watch keeper"),
}


def capacities(
    person: str,
    roster: Roster,
    now: datetime,
    incident: Incident | None = None,
    escalation: Escalation | None = None,
    playbook: Playbook | None = None,
) -> Iterator[str]:
    """In what capacities a person may act at `now`."""
    if person not in roster.site.people or person in roster.gone:
        return
    yield "known"
    lead = roster.site.roles.get(DUTY_LEAD)
    if lead and person in roster.posted(lead, now):
        yield DUTY_LEAD
    if person in roster.command_body:
        yield "command_body"
    yield from (grant for grant, people in roster.site.grants.items() if person in people)
    command = (playbook.command if playbook else ()) or DEFAULT_COMMAND
    if roster.may_command(person, command, now):
        yield "entitled"
    if incident is not None:
        yield from _in_incident(person, incident)
    if escalation and person in (*escalation.acknowledged, *escalation.first_paged):
        yield "responder"


def _in_incident(person: str, incident: Incident) -> Iterator[str]:
    if person in (incident.commander, incident.provisional):
        yield "commander"
    if person == incident.watch:
        yield "keeper"
    if person == incident.declared_by:
        yield "declarer"


def require(act: str, by: By, held: set[str]) -> None:
    """Raise NotAllowed, naming who may, unless one of the capacities held allows the act.

    The engine itself may do anything: its commands come from rules, not from people.
    """
    name, allowed = ACTS[act]
    if by.door == "engine" or held.intersection(allowed):
        return
    may = [CAPACITIES.get(capacity) or ALSO[capacity] for capacity in allowed]
    raise NotAllowed(
        person=by.person or "—",
        what_zh=name.zh,
        what_en=name.en,
        who_zh="、".join(words.zh for words in may),
        who_en=", ".join(words.en for words in may),
    )
