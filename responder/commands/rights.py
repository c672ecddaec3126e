"""Who may do what: the one place where commands are authorised (P7).

A capacity is what somebody is at an instant, from the register and from the incident; an act is
what commands do. `rights_of_commands` says which act each command is.
"""

from collections.abc import Iterator
from datetime import datetime

from responder.commands.acts import ACTS
from responder.domain.escalation import Escalation
from responder.domain.incident import Incident
from responder.domain.organisation import DUTY_LEAD, EVENT_MANAGER
from responder.domain.playbook import Playbook
from responder.domain.record import By
from responder.domain.roster import DEFAULT_COMMAND, Roster
from responder.domain.words import Words
from responder.errors import NotAllowed

MONITORING_DOOR = "alerts"

CAPACITIES = {
    "reporter": Words("应急处置联络手册中的人员", "anyone in the contact manual"),
    "responder": Words("被呼叫的人员", "those who were paged"),
    "duty_lead": Words("值班负责人", "the duty lead"),
    "commander": Words("现场指挥", "the incident commander"),
    "entitled": Words("有权担任现场指挥的人员", "those who may command"),
    "command_body": Words("应急指挥决策机构成员", "members of the command body"),
    "command_head": Words("总指挥", "the head of the command body"),
    "approver": Words("签发授权人员", "approvers"),
    "liaison": Words("通报联络人", "liaison officers"),
    "coordinator": Words("演练组织人员", "drill coordinators"),
    "compliance": Words("合规人员", "compliance"),
    "administrator": Words("系统管理授权人员", "administrators"),
    "auditor": Words("审计人员", "auditors"),
    "event_manager": Words("事件管理岗人员", "the event manager"),
}
"""From the register, or from being paged."""

IN_THE_CASE = {
    "declarer": Words("事件发起人", "whoever declared it"),
    "owner": Words("任务负责人", "the task's owner"),
    "holder": Words("该岗位人员", "the role's holder"),
    "keeper": Words("值守人", "the watch keeper"),
    "decider": Words("该事项的决策人，或递补顺序在先者", "its decision holder, or those earlier"),
    "taker": Words("被请接班的人员", "whoever is asked to take over"),
    "author": Words("操作人本人", "whoever did it"),
    "custodian": Words("存证保管人", "the custodian of the evidence"),
    "caller": Words("被请去联络的人员", "whoever is asked to make the call"),
    "briefer": Words("该通报对象的通报负责人", "whoever keeps that audience"),
    "recipient": Words("被请接收存证的人员", "whoever is asked to take custody"),
    "bearer": Words("持一次性绑定码者", "whoever holds the one-time code"),
    "investigator": Words("调查负责人", "whoever leads the investigation"),
    "measure_owner": Words("整改负责人", "the owner of the measure"),
    "provision_keeper": Words("保管人", "whoever keeps it"),
    "event_owner": Words("该运维事件的负责人", "the owner of the event"),
    "problem_owner": Words("该问题的负责人", "the owner of the problem"),
    "plan_keeper": Words("预案管理人", "whoever sees to the plan"),
    "trainer": Words("培训讲师", "the trainer"),
    "inspector": Words("持查阅链接的检查人员", "the inspector with the link"),
    "addressee": Words("收到结束应急快报的领导", "the leader whose brief offers the report"),
    "sought": Words("被请负责报送的人员", "whoever was asked to see to the report"),
    "asked": Words("该问询的负责人", "the owner of the question"),
    "spokesperson": Words("新闻发言人", "the spokesperson"),
    "oneself": Words("本人", "the person concerned"),
    "department_head": Words("所在部门负责人", "the head of their department"),
    "monitoring": Words("监控系统", "monitoring"),
    "on_shift": Words("当班人员", "whoever is on that shift"),
    "reliever": Words("轮到接班的人员", "whoever is to take the shift over"),
    "swapper": Words("换班双方及批准人", "the two who swap, and who approves"),
    "swap_lead": Words(
        "当班的值班负责人（其本人换班的，由信息技术负责人）",
        "the duty lead on shift (the head of IT where the lead is one of the two)",
    ),
}
"""What somebody is in one matter; the command that asks for it knows."""


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
    yield "reporter"
    lead = roster.site.roles.get(DUTY_LEAD)
    if lead and person in roster.posted(lead, now):
        yield DUTY_LEAD
    manager = roster.site.roles.get(EVENT_MANAGER)
    if manager and person in roster.posted(manager, now):
        yield EVENT_MANAGER
    if person in roster.command_body:
        yield "command_body"
    if person == roster.site.command.body.head:
        yield "command_head"
    if any(person == liaison.person for liaison in roster.site.liaisons):
        yield "liaison"
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


def monitoring(by: By) -> Iterator[str]:
    """The capacity of a machine: the door let it in by its token, and it is no person."""
    if by.door == MONITORING_DOOR and not by.person:
        yield "monitoring"


def require(act: str, by: By, held: set[str]) -> None:
    """Raise NotAllowed, naming who may, unless one of the capacities held allows the act.

    The engine itself may do anything: its commands come from rules, not from people.
    """
    name, allowed = ACTS[act]
    if by.door == "engine" or held.intersection(allowed):
        return
    may = [CAPACITIES.get(capacity) or IN_THE_CASE[capacity] for capacity in allowed]
    raise NotAllowed(
        person=by.person or "—",
        what_zh=name.zh,
        what_en=name.en,
        who_zh="、".join(words.zh for words in may),
        who_en=", ".join(words.en for words in may),
    )
