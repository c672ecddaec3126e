"""Messages as a night at the sample site would send them: what templates are tried with."""

from datetime import UTC, datetime
from typing import Any

from responder.domain.message import Message, Purpose

AT = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)

COMMON: dict[str, dict[str, Any]] = {
    "zh": {
        "firm": "示例证券",
        "incident": "INC-2026-0017",
        "code": "0017",
        "title": "集中交易系统中断",
        "system": "集中交易系统、融资融券系统",
        "playbook": "集中交易系统中断",
        "level": 2,
        "at": "20:15",
        "declared_by": "谭逸",
        "role": "值班负责人",
        "person": "王芳",
    },
    "en": {
        "firm": "Example Securities",
        "incident": "INC-2026-0017",
        "code": "0017",
        "title": "Core trading system outage",
        "system": "Core trading system, Margin trading",
        "playbook": "Core trading system outage",
        "level": 2,
        "at": "20:15",
        "declared_by": "Tan Yi",
        "role": "System administrator",
        "person": "Shen Yi",
    },
}
OWN: dict[str, dict[Purpose, dict[str, Any]]] = {
    "zh": {
        Purpose.PAGE: {"next": "张伟", "deadline": "20:18"},
        Purpose.DECISION: {
            "question": "启动Ⅱ级响应",
            "unanswered": "维持现响应级别，处置不停；领导小组成员部门不到位，需其配合的任务搁置。",
            "deadline": "20:25",
            "next": "张伟",
            "acting_for": "陈国",
            "since": "20:15",
        },
        Purpose.STILL_THERE: {"deadline": "20:50", "next": "李娜"},
        Purpose.VERIFY_WARNING: {"deadline": "20:20", "next": "王芳"},
        Purpose.ALARM: {
            "what": "一轮呼叫无人应答，已扩大呼叫范围。",
            "mend": "请核对联络方式与值班表。",
        },
        Purpose.HANDOVER: {"giver": "王芳", "post": "现场指挥"},
        Purpose.TOLD: {
            "what": "集中交易系统中断已由李娜于20:16接手，您无需再处理；需要增援会再联系您。"
        },
        Purpose.CANCELLED: {"by": "李娜", "reason": "监控误报，交易正常"},
        Purpose.ROLL_CALL: {"deadline": "20:30"},
        Purpose.CALL_TASK: {
            "whom": "上海证监局",
            "how": "phone",
            "to": "+862150121000",
            "why": "集中交易系统中断",
        },
        Purpose.BRIEF: {
            "audience": "领导",
            "number": "2",
            "what": "集中交易系统中断，20:15启动预案，现为Ⅱ级响应，已1小时。",
            "scope": "集中交易系统、融资融券系统；系统登记客户120,000户，实际受影响数正在核实。",
            "phase": "处置中",
            "state": "处置中，现场指挥李娜，任务完成3/9，逾期1项，最近完成：切换备用通道。",
            "next_step": "业务验证（21:40前）；21:30前报送上海证监局。",
            "need": "启动Ⅰ级响应，请陈国21:25前决策。下次快报22:15前。",
            "text": "",
            "due": "22:15",
            "paper": "incident-report",
        },
        Purpose.BRIEF_DUE: {
            "audience": "营业网点",
            "briefs": "branches",
            "due": "21:15",
            "number": "3",
            "last": "20:45",
            "change": "",
            "itself": "",
        },
        Purpose.DUE: {
            "what": "网络安全事件应急报告",
            "whom": "上海证监局",
            "deadline": "20:45前",
            "next": "李娜",
            "number": "1",
        },
        Purpose.NOTICE: {"text": "关于集中交易系统异常的公告（2026年第7号）"},
        Purpose.INJECT: {"sender": "监控岗", "text": "报盘队列积压八千笔"},
        Purpose.TEST: {"asked_by": "李娜", "proof": "k7m2xq", "probe": "值班负责人"},
        Purpose.ASSENT: {
            "what": "王芳请您换班：值班负责人 12月1日 08:30 至 12月2日 08:30。",
            "otherwise": "到起始时间仍未同意的，照原表值班",
        },
        Purpose.CHECK_IN: {"post": "监控岗", "deadline": "22:10"},
        Purpose.INVITATION: {"what": "演练安排", "at": "12月5日 16:00"},
        Purpose.HOT_WASH: {},
        Purpose.ROOM: {},
        Purpose.CARD: {
            "state": "处置中",
            "commander": "李娜",
            "provisional": "",
            "decider": "陈国",
            "roles": "业务负责人吴婷",
            "taken": "李娜 20:16",
            "ringing": "王芳、张伟",
            "failing": "王芳的电话",
            "decisions": "启动Ⅱ级响应",
            "tasks": "3/9，逾期1项",
            "reports": "应急报告（20:45，李娜）",
            "lessons": "PRB-2026-0003 报盘网关内存泄漏，变更前须压测",
            "safe": "平安7/9，求助1，未应答1",
            "in_need": "孙磊（安保，20:21）",
            "silent": "技术1人：沈怡",
        },
    },
    "en": {
        Purpose.PAGE: {"next": "Zhang Wei", "deadline": "20:18"},
        Purpose.DECISION: {
            "question": "Raise the response to level two",
            "unanswered": "The level stays as it is and handling goes on, but the departments of"
            " the command body are not called in and tasks that need them wait.",
            "deadline": "20:25",
            "next": "Zhang Wei",
            "acting_for": "Chen Guo",
            "since": "20:15",
        },
        Purpose.STILL_THERE: {"deadline": "20:50", "next": "Li Na"},
        Purpose.VERIFY_WARNING: {"deadline": "20:20", "next": "Wang Fang"},
        Purpose.ALARM: {
            "what": "A whole round went unanswered; more people are now being paged.",
            "mend": "Check the ways to reach people and the rota.",
        },
        Purpose.HANDOVER: {"giver": "Wang Fang", "post": "incident command"},
        Purpose.TOLD: {
            "what": "Core trading system outage: Li Na took it at 20:16. You need do nothing;"
            " we will call if help is needed."
        },
        Purpose.CANCELLED: {"by": "Li Na", "reason": "False alarm, trading is normal"},
        Purpose.ROLL_CALL: {"deadline": "20:30"},
        Purpose.CALL_TASK: {
            "whom": "CSRC Shanghai bureau",
            "how": "phone",
            "to": "+862150121000",
            "why": "Core trading system outage",
        },
        Purpose.BRIEF: {
            "audience": "Leaders",
            "number": "2",
            "what": "Core trading system outage. Plan active since 20:15, level 2, 1 h so far.",
            "scope": "Core trading system, Margin trading; 120,000 customers are registered there,"
            " how many are hit is being established.",
            "phase": "active",
            "state": "Active; commander Li Na; 3 of 9 tasks done, 1 overdue; last done: switch to"
            " the spare line.",
            "next_step": "Verify business (by 21:40); report to the CSRC bureau by 21:30.",
            "need": "Raise the response to level one: Chen Guo by 21:25. Next brief by 22:15.",
            "text": "",
            "due": "22:15",
            "paper": "incident-report",
        },
        Purpose.BRIEF_DUE: {
            "audience": "Branches",
            "briefs": "branches",
            "due": "21:15",
            "number": "3",
            "last": "20:45",
            "change": "",
            "itself": "",
        },
        Purpose.DUE: {
            "what": "Emergency report",
            "whom": "CSRC Shanghai bureau",
            "deadline": "by 20:45",
            "next": "Li Na",
            "number": "1",
        },
        Purpose.NOTICE: {"text": "Notice on disruption to core trading (2026-7)"},
        Purpose.INJECT: {"sender": "Monitoring", "text": "Eight thousand orders in the queue"},
        Purpose.TEST: {"asked_by": "Li Na", "proof": "k7m2xq", "probe": "Duty lead"},
        Purpose.ASSENT: {
            "what": "Wang Fang asks you to swap: Duty lead, 1 Dec 08:30 to 2 Dec 08:30.",
            "otherwise": "Without both agreeing before it starts, the roster stands as it is",
        },
        Purpose.CHECK_IN: {"post": "Monitoring operator", "deadline": "22:10"},
        Purpose.INVITATION: {"what": "A drill is planned", "at": "5 Dec 16:00"},
        Purpose.HOT_WASH: {},
        Purpose.ROOM: {},
        Purpose.CARD: {
            "state": "active",
            "commander": "Li Na",
            "provisional": "",
            "decider": "Chen Guo",
            "roles": "Head of business: Wu Ting",
            "taken": "Li Na 20:16",
            "ringing": "Wang Fang, Zhang Wei",
            "failing": "Wang Fang by phone",
            "decisions": "Raise the response to level two",
            "tasks": "3/9, 1 overdue",
            "reports": "Emergency report (20:45, Li Na)",
            "lessons": "PRB-2026-0003 the gateway leaked memory; load-test before changes",
            "safe": "7/9 safe, 1 in need, 1 silent",
            "in_need": "Sun Lei (guarding, 20:21)",
            "silent": "technology 1: Shen Yi",
        },
    },
}


def sample(
    purpose: Purpose,
    via: str = "sms",
    language: str = "zh",
    drill: bool = False,
    **facts: Any,
) -> Message:
    """A message of a purpose with realistic facts; `facts` replaces some of them."""
    everything = COMMON[language] | OWN[language][purpose] | facts
    return Message(
        id=f"{purpose}.{via}.{language}",
        incident=str(everything["incident"]),
        person="wang.fang",
        via=via,
        to="+8613800138021",
        purpose=purpose,
        ready_at=AT,
        facts=everything,
        code=str(everything["code"]),
        drill=drill,
        language=language,
    )
