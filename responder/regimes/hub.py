"""The catalogue of hub fields: every fact a report may ask for, named once, entered once.

After the idea of FIRE, the FSB's format for incident reporting (15 April 2025): one set of
fields, from which each regime's form is filled. What a field is filled from is said by `origin`;
what has none, people enter. Values are text in plain form (see `Value`): numbers without
separators, instants in ISO 8601 with a zone, `yes` or `no`, spans of time in whole minutes.
"""

# ruff: noqa: E501 - a line a field, to be read as a table

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from responder.domain.regime import Milestone
from responder.domain.words import Words


class Kind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    MINUTES = "minutes"
    MONEY = "money"
    INSTANT = "instant"
    YES_NO = "yes_no"
    CHOICE = "choice"


class Origin(StrEnum):
    """What the house itself knows, and a field can be filled from."""

    NOBODY = ""
    CODE = "incident.id"
    TITLE = "incident.title"
    LEVEL = "incident.level"
    DECLARED = "incident.declared_at"
    PLAN = "incident.playbook"
    MILESTONE = "dossier.milestones"
    GRADE = "dossier.grade"
    SYSTEMS = "site.systems"
    CORE = "site.systems.core"
    CUSTOMERS = "site.systems.customers"
    MARKETS = "site.systems.markets"
    SUPPLIERS = "site.systems.suppliers"
    FIRM = "site.firm"
    INSTITUTION = "site.firm.institution"
    LIAISON = "site.liaisons.first"
    SECOND = "site.liaisons.second"
    TIMELINE = "ledger.timeline"
    MEASURES = "tasks.done"
    PLANNED = "tasks.open"
    DECISIONS = "decisions"
    REPORTS = "reports"
    NOTICES = "notices"
    DURATION = "clock.duration"
    TRADING = "clock.trading_minutes"
    CAUSES = "investigation.causes"
    LIABILITY = "investigation.liability"
    CONCLUSION = "investigation.conclusion"
    ACTIONS = "measures"
    SIGNER = "report.signer"
    AT = "report.at"
    STAGE = "report.stage"


@dataclass(frozen=True, slots=True)
class HubField:
    """One fact. `milestone` is what an instant of it starts or ends, `choices` what may be said."""

    id: str
    name: Words
    kind: Kind = Kind.TEXT
    origin: Origin = Origin.NOBODY
    milestone: str = ""
    choices: tuple[str, ...] = ()


def _f(
    id: str,
    zh: str,
    en: str,
    kind: Kind = Kind.TEXT,
    origin: Origin = Origin.NOBODY,
    choices: tuple[str, ...] = (),
) -> HubField:
    return HubField(id, Words(zh, en), kind, origin, choices=choices)


def _at(milestone: Milestone, zh: str, en: str, origin: Origin = Origin.MILESTONE) -> HubField:
    return HubField(f"{milestone}_at", Words(zh, en), Kind.INSTANT, origin, milestone)


_T, _N, _P, _D, _M, _I, _Y, _C = (
    Kind.TEXT,
    Kind.NUMBER,
    Kind.PERCENT,
    Kind.MINUTES,
    Kind.MONEY,
    Kind.INSTANT,
    Kind.YES_NO,
    Kind.CHOICE,
)
ESTIMATES = ("actual", "estimate", "no_impact")

# fmt: off
TABLE: tuple[HubField, ...] = (
    # The report and who reports
    _f("submission_type", "报告类型", "Type of submission", _C, Origin.STAGE, ("initial", "continuing", "intermediate", "final", "supplement", "reclassified")),
    _f("reporting_entity", "报告单位", "Reporting entity", _T, Origin.FIRM),
    _f("reporting_entity_id", "报告单位识别码", "Identification code of the reporting entity"),
    _f("entity_type", "机构类别", "Type of entity", _T, Origin.INSTITUTION),
    _f("affected_entity", "受影响机构（与报告单位不同时）", "Affected entity, if different"),
    _f("affected_entity_id", "受影响机构识别码（LEI）", "LEI of the affected entity"),
    _f("parent", "最终母公司", "Ultimate parent"),
    _f("parent_id", "最终母公司识别码（LEI）", "LEI of the ultimate parent"),
    _f("contact_name", "联系人", "Contact person", _T, Origin.LIAISON),
    _f("contact_email", "联系人邮箱", "E-mail of the contact person", _T, Origin.LIAISON),
    _f("contact_phone", "联系人电话", "Phone of the contact person", _T, Origin.LIAISON),
    _f("second_contact_name", "第二联系人", "Second contact person", _T, Origin.SECOND),
    _f("second_contact_email", "第二联系人邮箱", "E-mail of the second contact person", _T, Origin.SECOND),
    _f("second_contact_phone", "第二联系人电话", "Phone of the second contact person", _T, Origin.SECOND),
    _f("currency", "金额币种", "Currency of amounts"),
    _f("signer", "签发人", "Signed off by", _T, Origin.SIGNER),
    _f("reported_at", "报告时间", "Time of the report", _I, Origin.AT),
    _f("reference", "事件编号", "Reference of the incident", _T, Origin.CODE),
    _f("authority_reference", "监管机构给出的编号", "Reference given by the authority"),
    _f("report_history", "事件报告的情况（历次报送）", "Reports made so far", _T, Origin.REPORTS),
    _f("reported_elsewhere", "是否已报告其他主管部门", "Reported to other authorities", _Y, Origin.REPORTS),
    _f("reported_to", "已报告的其他主管部门", "Which other authorities", _T, Origin.REPORTS),
    _f("reclassified_why", "不再视为重大事件的理由", "Reasons for reclassifying"),
    _f("cannot_meet_why", "不能按时报告的原因", "Why the limit cannot be met"),
    _f("cannot_meet_until", "预计报告时间", "When the report will be made instead", _I),
    _f("other", "其他有关内容", "Other information"),
    # When
    _at(Milestone.OCCURRED, "事件发生时间", "Time of occurrence"),
    _at(Milestone.DETECTED, "发现时间", "Time of detection"),
    _at(Milestone.AWARE, "获知时间", "Time of becoming aware"),
    _at(Milestone.CLASSIFIED, "定级时间", "Time of classification"),
    _at(Milestone.DETERMINED, "认定时间", "Time of determination"),
    _at(Milestone.WARNED, "预警时间", "Time of the warning"),
    _at(Milestone.LIFTED, "预警解除时间", "Time the warning was lifted"),
    _at(Milestone.RESTORED, "恢复正常时间", "Time of recovery"),
    _at(Milestone.RESOLVED, "事件彻底解决时间", "Time the incident was resolved"),
    _at(Milestone.STOOD_DOWN, "应急处置结束时间", "Time handling ended"),
    _at(Milestone.CLOSED, "调查结束时间", "Time the investigation was closed"),
    _at(Milestone.DRILLED, "演练日期", "Date of the drill"),
    _at(Milestone.REQUESTED, "监管机构要求报告的时间", "Time the authority asked for a report"),
    _at(Milestone.THRESHOLD_MET, "达到报告标准的时间", "Time the reporting threshold was met"),
    _at(Milestone.OUT_OF_TOLERANCE, "关键业务超出容忍度的时间", "Time a critical operation left its tolerance"),
    _at(Milestone.EXTORTION_PAID, "支付赎金时间", "Time an extortion payment was made"),
    _f("cause_addressed_at", "根本原因消除时间", "Time the root cause was addressed", _I),
    _f("expected_normal_at", "预计恢复时间", "Expected time of recovery", _I),
    _f("duration", "事件持续时间（分钟）", "Duration, minutes", _D, Origin.DURATION),
    _f("downtime", "服务中断时间（分钟）", "Service downtime, minutes", _D, Origin.DURATION),
    _f("trading_minutes", "累计影响交易时间（分钟）", "Trading time affected, minutes", _D, Origin.TRADING),
    _f("times_are", "持续与中断时间为实际或估计", "Whether duration and downtime are actual or estimated", _C, choices=ESTIMATES),
    # What
    _f("title", "事件名称", "Title", _T, Origin.TITLE),
    _f("summary", "简要经过", "What happened", _T, Origin.TIMELINE),
    _f("place", "地点", "Place"),
    _f("systems", "涉及系统", "Systems affected", _T, Origin.SYSTEMS),
    _f("markets", "涉及市场", "Markets affected", _T, Origin.MARKETS),
    _f("core_system", "是否核心交易系统", "Whether a core trading system", _Y, Origin.CORE),
    _f("full_outage", "是否全部中断", "Whether the outage was complete", _Y),
    _f("data_incident", "是否数据损毁或泄露", "Whether data was damaged or leaked", _Y),
    _f("security_incident", "是否网络信息安全事件", "Whether an information-security incident", _Y),
    _f("crime", "是否涉嫌计算机犯罪", "Whether computer crime is suspected", _Y),
    _f("malicious", "是否恶意行为", "Whether caused by malice", _Y),
    _f("ransomware", "是否勒索软件", "Whether ransomware", _Y),
    _f("how_discovered", "发现方式", "How it was discovered"),
    _f("incident_type", "事件类型", "Type of incident"),
    _f("incident_type_other", "其他事件类型", "Other type of incident"),
    _f("threats", "威胁与手法", "Threats and techniques"),
    _f("threats_other", "其他威胁与手法", "Other techniques"),
    _f("indicators", "入侵指标", "Indicators of compromise"),
    _f("traces", "溯源线索（攻击者、路径、漏洞）", "Traces: attacker, path, weakness"),
    _f("nature", "事件性质初步判断", "Nature, as it seems"),
    _f("grade", "事件级别（拟定或确认）", "Grade, proposed or confirmed", _T, Origin.GRADE),
    _f("level", "响应级别", "Response level", _T, Origin.LEVEL),
    _f("criteria", "达到的分级标准", "Classification criteria met"),
    _f("rule_affected", "涉及的规则条款", "Rule affected"),
    _f("de_minimis", "影响是否微小", "Whether the impact is de minimis", _Y),
    _f("trend", "发展趋势及可能的进一步危害", "Trend and further possible harm"),
    # Impact
    _f("scope", "影响范围", "Scope"),
    _f("severity", "影响程度", "Severity"),
    _f("consequence", "后果", "Consequences"),
    _f("impact", "影响和危害", "Impact and harm"),
    _f("likely_impact", "可能的影响", "Likely impact"),
    _f("customers", "影响客户数", "Clients affected", _N, Origin.CUSTOMERS),
    _f("customers_percent", "影响客户占比（%）", "Clients affected, %", _P),
    _f("active_customers", "公司有效客户数", "Active clients of the firm", _N),
    _f("counterparts", "影响交易对手数", "Counterparts affected", _N),
    _f("counterparts_percent", "影响交易对手占比（%）", "Counterparts affected, %", _P),
    _f("relevant_clients", "是否影响重要客户或交易对手", "Impact on relevant clients or counterparts", _Y),
    _f("transactions", "影响交易笔数", "Transactions affected", _N),
    _f("transactions_percent", "影响交易占比（%）", "Transactions affected, %", _P),
    _f("transactions_value", "影响交易金额", "Value of transactions affected", _M),
    _f("branches_percent", "受影响营业部或交易单元占比（%）", "Branches or trading units affected, %", _P),
    _f("numbers_are", "数字为实际或估计", "Whether the numbers are actual or estimated", _C, choices=ESTIMATES),
    _f("reputation_hit", "是否影响声誉", "Whether reputation suffered", _Y),
    _f("reputation", "声誉影响情况", "Impact on reputation"),
    _f("spread", "地域影响（成员国）", "Geographical spread: member states"),
    _f("member_states", "影响的成员国数", "Number of member states affected", _N),
    _f("spread_impact", "对其他成员国的影响", "Impact in other member states"),
    _f("cross_border", "是否可能跨境", "Whether cross-border impact is possible", _Y),
    _f("data_losses", "数据损失标准（可用、真实、完整、保密）", "Data losses: availability, authenticity, integrity, confidentiality"),
    _f("data_losses_what", "数据损失情况", "Data losses, described"),
    _f("data_loss_adverse", "数据受损且有不利影响", "Data hit with adverse effect", _Y),
    _f("malicious_access", "恶意侵入且可能丢失数据", "Malicious access that may lose data", _Y),
    _f("records_leaked", "泄露投资者数据条数", "Investors' records leaked", _N),
    _f("personal_records_leaked", "泄露个人信息条数", "Personal records leaked", _N),
    _f("critical_services", "是否影响关键服务", "Whether critical services are affected", _Y),
    _f("critical_services_which", "受影响的关键服务", "Critical services affected"),
    _f("core_function_disrupted", "核心功能是否中断或已严重受损", "Whether a core function is disrupted", _Y),
    _f("functions", "受影响的业务职能与流程", "Functions and business processes affected"),
    _f("components_hit", "是否影响基础设施组件", "Whether infrastructure components are affected", _Y),
    _f("components", "受影响的基础设施组件", "Infrastructure components affected"),
    _f("client_interest", "对客户经济利益的影响", "Impact on clients' financial interest", _Y),
    _f("market_impact", "对市场的影响", "Impact on the market"),
    _f("participants", "受影响参与者的类型与数量", "Participants affected, types and number"),
    _f("loss", "经济损失", "Economic loss", _M),
    _f("costs", "成本与损失总额", "Gross costs and losses", _M),
    _f("recoveries", "已收回金额", "Recoveries", _M),
    _f("economic_threshold", "是否达到经济影响标准", "Whether the economic threshold was met", _Y),
    _f("investor_disclosure", "重大方面：性质、范围、时间", "Material aspects: nature, scope, timing"),
    _f("financial_impact", "对财务状况的重大影响", "Material impact on the finances"),
    _f("consumer_harm", "是否损害消费者", "Whether consumers are harmed", _Y),
    _f("control_weakness", "是否发现重大控制缺陷", "Whether a material control weakness was found", _Y),
    _f("cii_outage", "关键信息基础设施整体中断（分钟）", "Outage of critical infrastructure, minutes", _D),
    _f("cii_main_outage", "关键信息基础设施主要功能中断（分钟）", "Outage of its main function, minutes", _D),
    # Origin and cause
    _f("from_third_party", "源自第三方或其他机构", "Originates from a third party", _T, Origin.SUPPLIERS),
    _f("cause", "原因", "Cause", _T, Origin.CAUSES),
    _f("cause_detail", "根本原因：细类", "Root cause, detailed", _T, Origin.CAUSES),
    _f("cause_more", "根本原因：补充分类", "Root cause, additional classification"),
    _f("cause_other", "其他根本原因", "Other root cause"),
    _f("cause_story", "根本原因说明", "Root cause, explained", _T, Origin.CAUSES),
    _f("liability", "责任认定", "Liability", _T, Origin.LIABILITY),
    _f("conclusion", "调查结论", "Conclusion", _T, Origin.CONCLUSION),
    _f("recurring", "反复发生的非重大事件", "Recurring incidents that were not major"),
    _f("recurring_at", "反复发生的时间", "When they occurred"),
    # Handling
    _f("plan_activated", "是否启动应急预案", "Whether the continuity plan was activated", _Y, Origin.PLAN),
    _f("measures", "已采取的措施及效果", "Measures taken and their effect", _T, Origin.MEASURES),
    _f("temporary_measures", "是否采取临时措施", "Whether temporary measures were taken", _Y),
    _f("planned_measures", "下一步措施", "Further measures planned", _T, Origin.PLANNED),
    _f("help_needed", "需要协助处置的事宜", "Help asked for"),
    _f("scene_protected", "现场保护情况", "How the scene is protected"),
    _f("resolution", "解决情况", "How it was resolved"),
    _f("resolution_differs", "彻底解决时间与计划是否不同", "Whether the permanent resolution differs from plan"),
    _f("critical_risk", "对关键职能的风险", "Risk to critical functions"),
    _f("resolution_authorities", "供处置机构参考的信息", "Information for resolution authorities"),
    _f("ransom", "赎金金额、方式、日期", "Ransom: amount, method, date"),
    _f("payment_why", "支付的必要性", "Why the payment was necessary"),
    _f("payment_alternatives", "考虑过的替代办法", "Alternatives considered"),
    _f("payment_diligence", "尽职调查情况", "Diligence done"),
    _f("problems", "暴露的问题", "What it brought to light"),
    _f("actions", "整改措施", "Corrective measures", _T, Origin.ACTIONS),
    _f("accountability", "责任追究", "Accountability", _T, Origin.LIABILITY),
    _f("lessons", "经验教训", "Lessons learned"),
    _f("public_notices", "对外公告情况", "Public notices", _T, Origin.NOTICES),
    # Warnings and drills
    _f("danger", "发现的缺陷、漏洞或风险", "Defect, weakness or danger found"),
    _f("precautions", "已采取的防范措施", "Precautions taken", _T, Origin.MEASURES),
    _f("drill_plan", "演练方案（目的、内容、参与方、方式）", "The drill: aim, content, parties, way"),
    _f("drill_result", "演练结果与发现的问题", "Result of the drill and what it found"),
)
# fmt: on
BY_ID = {one.id: one for one in TABLE}
MILESTONES = {one.id: one.milestone for one in TABLE if one.milestone}
"""The milestone that an instant told by people starts or ends."""


def answers(values: Mapping[str, str]) -> dict[str, bool]:
    """The yes-or-no fields that are answered, as `Happened.answers` takes them."""
    return {
        id: said == "yes"
        for id, said in values.items()
        if id in BY_ID and BY_ID[id].kind is Kind.YES_NO and said in ("yes", "no")
    }
