"""Who may do what: the one place where commands are authorised (P7).

A capacity is what somebody is at an instant, from the register and from the incident; an act is
what commands do. `rights_of_commands` says which act each command is.
"""

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
    "inspector": Words("持查阅链接的检查人员", "the inspector with the link"),
    "addressee": Words("收到结束应急快报的领导", "the leader whose brief offers the report"),
    "sought": Words("被请负责报送的人员", "whoever was asked to see to the report"),
    "asked": Words("该问询的负责人", "the owner of the question"),
    "spokesperson": Words("新闻发言人", "the spokesperson"),
    "monitoring": Words("监控系统", "monitoring"),
}
"""What somebody is in one matter; the command that asks for it knows."""

LEADING = ("commander", "entitled", "duty_lead", "command_body")

ACTS: dict[str, tuple[Words, tuple[str, ...]]] = {
    "declare": (Words("发起事件", "declare an incident"), ("reporter",)),
    "note": (Words("写处置记录", "write to the record"), ("reporter",)),
    "add_evidence": (Words("收存证据", "keep a file as evidence"), ("reporter",)),
    "transfer_evidence": (
        Words("移交存证", "hand evidence over"),
        ("custodian", "commander", "compliance"),
    ),
    "accept_evidence": (Words("接收存证", "take custody of evidence"), ("recipient",)),
    "export_evidence": (
        Words("导出存证包", "export an evidence bundle"),
        ("commander", "command_body", "liaison", "compliance", "auditor", "administrator"),
    ),
    "approve_paper": (
        Words("批准事件处置报告", "approve the incident report"),
        ("approver", "command_body"),
    ),
    "open_paper": (Words("凭链接打开事件处置报告", "open the report by a link"), ("addressee",)),
    "propose_line": (
        Words("提出统一解释口径", "propose the agreed line"),
        ("responder", *LEADING, "liaison", "approver"),
    ),
    "approve_line": (
        Words("签发统一解释口径", "approve the agreed line"),
        ("approver", "command_body"),
    ),
    "draft_notice": (
        Words("拟写公告", "draft a notice"),
        ("responder", *LEADING, "liaison", "approver"),
    ),
    "release_notice": (
        Words("签发公告", "release a notice"),
        ("approver", "command_body"),
    ),
    "publish_notice": (
        Words("发布公告", "publish a notice"),
        ("responder", *LEADING, "liaison", "approver"),
    ),
    "post_notice": (
        Words("登记公告是否已发布", "record whether a notice appeared"),
        ("responder", *LEADING, "liaison", "approver"),
    ),
    "fact": (
        Words("登记事件事实", "enter a fact of the incident"),
        ("responder", *LEADING, "liaison", "compliance", "approver"),
    ),
    "draft_report": (
        Words("拟写监管报告", "draft a report to a regulator"),
        ("commander", "duty_lead", "command_body", "liaison", "compliance", "approver"),
    ),
    "sign_report": (
        Words("签发监管报告", "sign a report to a regulator"),
        ("approver", "command_body"),
    ),
    "submit_report": (
        Words("报送监管报告", "submit a report to a regulator"),
        ("liaison", "command_body"),
    ),
    "log_inquiry": (Words("登记外部问询和舆情", "log a question from outside"), ("reporter",)),
    "answer_inquiry": (
        Words("答复外部问询", "answer a question from outside"),
        ("asked", *LEADING, "liaison", "approver"),
    ),
    "answer_media": (Words("答复媒体", "answer the media"), ("spokesperson",)),
    "warn": (Words("发起预警", "raise a warning"), ("reporter",)),
    "alert": (Words("报告监控告警", "report alerts"), ("monitoring",)),
    "answer": (Words("接手或转下一位", "take a page, or pass it on"), ("reporter",)),
    "answer_roll": (Words("报平安、求助", "answer a roll-call"), ("reporter",)),
    "contact": (Words("查看联系方式", "look up a contact"), ("reporter",)),
    "own_ways": (Words("办理自己的账号和联系方式", "see to one's own ways"), ("reporter",)),
    "undo": (Words("撤销自己的操作", "take back one's own act"), ("author",)),
    "link": (Words("绑定聊天账号", "link a chat account"), ("bearer",)),
    "page": (Words("呼叫人员", "page people"), ("responder", *LEADING)),
    "task": (Words("办理任务", "work on tasks"), ("responder", *LEADING, "owner")),
    "role": (
        Words("指定本事件的岗位人员", "say who fills a role"),
        ("commander", "entitled"),
    ),
    "take_role": (
        Words("担任本事件的空缺岗位", "fill a vacant role"),
        ("commander", "entitled", "responder", "holder"),
    ),
    "brief": (
        Words("通报处置进展", "tell an audience how things stand"),
        ("briefer", *LEADING, "liaison"),
    ),
    "call": (
        Words("办理人工联络", "make calls by hand"),
        ("responder", *LEADING, "declarer", "caller"),
    ),
    "roll_call": (Words("发起人员平安点名", "start a roll-call"), ("responder", *LEADING)),
    "verify": (
        Words("核实预警", "verify the warning"),
        ("duty_lead", "entitled", "command_body", "responder"),
    ),
    "report_warning": (
        Words("报送预警报告", "report a warning along its path"),
        ("duty_lead", "entitled", "command_body", "responder", "liaison"),
    ),
    "level": (Words("调整响应级别", "change the level"), LEADING),
    "phase": (
        Words("变更事件状态", "change the incident's state"),
        ("commander", "duty_lead", "command_body"),
    ),
    "close": (
        Words("办结事件", "close the incident"),
        ("commander", "duty_lead", "command_body", "compliance"),
    ),
    "cancel": (Words("撤销事件", "cancel the incident"), ("commander", "duty_lead")),
    "drill": (
        Words("恢复演练", "let a drill go on"),
        ("commander", "duty_lead", "command_body", "coordinator"),
    ),
    "consent": (
        Words("作为第二人确认", "confirm as the second person"),
        ("responder", *LEADING, "approver"),
    ),
    "decide": (Words("决策", "decide"), ("decider",)),
    "break_glass": (
        Words("在决策之前完成受限任务", "complete a task before its decision"),
        ("commander",),
    ),
    "handover": (Words("移交", "hand over"), ("commander", "keeper")),
    "take": (Words("接班、依序接任", "take over"), ("entitled", "taker")),
    "refuse": (Words("暂不能接班", "refuse to take over"), ("taker",)),
    "still_here": (Words("答复仍在指挥", "answer for the commander"), ("commander",)),
    "copy": (
        Words("更新事件所用的联系人", "pull new contacts into the incident"),
        ("commander", "declarer", "command_body", "administrator"),
    ),
    "take_report": (
        Words("负责报送", "see to a report"),
        ("liaison", "commander", "command_body", "approver", "sought"),
    ),
    "record_report": (
        Words("登记报送", "record that a report was made"),
        ("liaison", "commander", "command_body", "approver", "sought"),
    ),
    "postpone_report": (
        Words("登记报告延期", "postpone a report"),
        ("liaison", "command_body", "approver"),
    ),
    "end_report": (Words("终止应报事项", "end what is due"), ("command_body", "approver")),
    "grade": (
        Words("确认事件等级", "confirm an event's grade"),
        ("command_body", "approver", "compliance"),
    ),
    "halt": (
        Words("停止、恢复全部外发", "halt everything outgoing"),
        ("administrator", "duty_lead", "command_body"),
    ),
    "investigate": (
        Words("开展事件调查", "investigate an incident"),
        ("investigator", "commander", "duty_lead", "command_body", "compliance"),
    ),
    "account": (
        Words("填写责任追究", "write who is held to account"),
        ("compliance", "command_head"),
    ),
    "read_account": (
        Words("查看责任追究", "see who is held to account"),
        ("compliance", "command_head", "auditor"),
    ),
    "measure": (
        Words("登记整改措施", "put a measure on the register"),
        ("investigator", "entitled", "duty_lead", "command_body", "compliance", "auditor"),
    ),
    "measure_done": (
        Words("登记整改完成", "say that a measure is done"),
        ("measure_owner", "compliance", "command_body"),
    ),
    "verify_measure": (
        Words("验证整改", "verify a measure"),
        ("entitled", "duty_lead", "command_body", "compliance", "auditor"),
    ),
    "drop_measure": (
        Words("取消整改措施", "drop a measure"),
        ("command_body", "compliance"),
    ),
    "extend_measure": (
        Words("延长整改期限", "give a measure more time"),
        ("command_body", "compliance"),
    ),
    "hold": (
        Words("保全记录", "put records on hold"),
        ("command_body", "liaison", "compliance", "administrator", "auditor"),
    ),
    "release_hold": (
        Words("解除保全", "release a hold"),
        ("command_head", "compliance", "administrator"),
    ),
    "erase": (
        Words("删除已满年限的记录", "erase records past their years"),
        ("command_head", "compliance", "administrator"),
    ),
    "inspect": (
        Words("给检查人员查阅权限", "give an inspector leave to read"),
        ("compliance", "administrator"),
    ),
    "read_inspected": (
        Words("凭链接查阅事件", "read an incident by leave"),
        ("inspector",),
    ),
    "administer": (Words("管理系统", "administer the system"), ("administrator",)),
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
    yield "reporter"
    lead = roster.site.roles.get(DUTY_LEAD)
    if lead and person in roster.posted(lead, now):
        yield DUTY_LEAD
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
