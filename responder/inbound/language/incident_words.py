"""Verbs about incidents and warnings as a whole."""

from dataclasses import replace

from responder.domain.words import Words
from responder.inbound.language.verb import (
    INCIDENT,
    LEVEL,
    PLAYBOOK,
    REASON,
    SUBJECT,
    SYSTEM,
    TITLE,
    WARNING,
    Kind,
    Slot,
    Verb,
)

DRILL = Slot("drill", Kind.FLAG, Words("是否演练", "Whether it is a drill"), ("演练",), named=True)
OF_DRILLS = replace(DRILL, asks=Words("是否演练中的预警", "Whether those of drills"))
SEPARATE = Slot(
    "separate", Kind.TEXT, Words("为何另立事件", "Why it is another event"), ("另立",), named=True
)
EVERYTHING = Slot(
    "all", Kind.FLAG, Words("含已办结的", "The closed ones too"), ("全部",), named=True
)
PHASE = Slot(
    "phase",
    Kind.CHOICE,
    Words("请写明改为什么状态", "Say which state"),
    ("状态",),
    needed=True,
    among={
        "active": ("处置中",),
        "contained": ("已控制", "控制"),
        "restored": ("已恢复", "恢复", "恢复正常"),
        "stood_down": ("stood-down", "结束应急", "已结束应急"),
        "investigating": ("调查中", "调查"),
        "closed": ("close", "办结", "已办结"),
    },
)

MORE = Slot("text", Kind.TEXT, Words("补充内容", "What to add to the report"), ("内容",))
PLAN = Slot(
    "plan",
    Kind.PLAN,
    Words("请指明处置方案或事件", "Name a playbook or an incident"),
    ("方案", "预案", "事件", "playbook", "incident"),
    needed=True,
    pool="open",
)

INCIDENTS = (
    Verb(
        "incident new",
        "启动",
        Words("发起事件，启动预案，立即开始呼叫", "declare an incident: page people at once"),
        Words(
            "启动 “集中交易系统中断” level=2 plan=trading-outage",
            'incident new "Trading is down" level=2 plan=trading-outage',
        ),
        (PLAYBOOK.must, TITLE, LEVEL.by_name, SYSTEM, DRILL, SEPARATE),
        ("declare", "new", "发起", "发起事件", "启动预案"),
        pages=True,
        focus=True,
    ),
    Verb(
        "incident list",
        "事件",
        Words("未办结的事件", "the open incidents"),
        Words("事件", "incident list"),
        (EVERYTHING,),
        ("incidents", "list", "事件列表"),
    ),
    Verb(
        "incident set",
        "变更状态",
        Words("推进事件状态", "move an incident on"),
        Words("变更状态 恢复 “业务验证通过”", 'incident set restored "verified"'),
        (INCIDENT.of("open"), PHASE, REASON),
        ("status set", "set", "状态变更"),
        presets={
            "contained": {"phase": "contained"},
            "restored": {"phase": "restored"},
            "stand down": {"phase": "stood_down"},
            "investigate": {"phase": "investigating"},
            "close": {"phase": "closed"},
            "已控制": {"phase": "contained"},
            "恢复正常": {"phase": "restored"},
            "已恢复": {"phase": "restored"},
            "结束应急": {"phase": "stood_down"},
            "调查": {"phase": "investigating"},
            "办结": {"phase": "closed"},
        },
    ),
    Verb(
        "incident cancel",
        "撤销事件",
        Words("撤销事件（误报）", "cancel: a false alarm"),
        Words("撤销事件 “监控误报”", 'incident cancel "the monitor was wrong"'),
        (INCIDENT, REASON.must),
        ("cancel", "误报"),
    ),
    Verb(
        "incident reopen",
        "重新处置",
        Words("重新启动处置", "it is not over: work on it again"),
        Words("重新处置 “再次中断”", 'incident reopen "it is down again"'),
        (INCIDENT.of("reopens"), REASON.must),
        ("reopen", "重新启动"),
        pages=True,
    ),
    Verb(
        "warn new",
        "预警",
        Words("发起预警，请值班负责人核实", "raise a warning; the duty lead verifies it"),
        Words(
            "预警 “磁盘空间即将耗尽” system=core-trading plan=database-failure",
            'warn new "A disk is filling up" system=core-trading plan=database-failure',
        ),
        (PLAYBOOK.must, TITLE, LEVEL.by_name, SYSTEM),
        ("warn", "warn raise", "发起预警"),
        pages=True,
    ),
    Verb(
        "warn list",
        "预警列表",
        Words("未了结的预警", "the open warnings"),
        Words("预警列表", "warn list"),
        (EVERYTHING, OF_DRILLS),
        ("warnings",),
    ),
    Verb(
        "warn verify",
        "核实",
        Words("预警属实", "the danger is real"),
        Words("核实 WRN-2026-0001", "warn verify WRN-2026-0001"),
        (WARNING, REASON),
        ("verify", "核实预警"),
    ),
    Verb(
        "warn report",
        "预警报告",
        Words("按报告路径报送预警，先电话后书面", "report a warning along its path, phone first"),
        Words("预警报告 “已扩容一半，业务未受影响”", 'warn report "no business affected"'),
        (WARNING, MORE),
        ("report warning", "报送预警"),
        pages=True,
    ),
    Verb(
        "warn lift",
        "解除",
        Words("解除预警，按相同路径报告", "lift a warning; reported along the same path"),
        Words("解除 “已扩容”", 'warn lift "disk enlarged"'),
        (WARNING, REASON.must),
        ("lift", "解除预警"),
        pages=True,
    ),
    Verb(
        "warn convert",
        "转为事件",
        Words("预警成真，转为事件", "it has come true: declare the incident"),
        Words("转为事件 level=2", "warn convert level=2"),
        (WARNING, TITLE, LEVEL.by_name),
        ("convert", "预警转事件"),
        pages=True,
        focus=True,
    ),
    Verb(
        "warn dismiss",
        "预警不成立",
        Words("预警经核实不成立（须第二人确认）", "it is nothing; takes a second person"),
        Words("预警不成立 “监控阈值有误”", 'warn dismiss "wrong threshold"'),
        (WARNING, REASON.must),
        ("dismiss", "不成立"),
    ),
    Verb(
        "status",
        "状态",
        Words("事件现状", "how an incident stands"),
        Words("状态 0007", "status 0007"),
        (SUBJECT.of("open"),),
        ("incident show", "show", "查看", "现状"),
        focus=True,
    ),
    Verb(
        "level",
        "定级",
        Words("调整响应级别（降级须第二人确认）", "change the level; lowering takes two people"),
        Words("定级 2 “客户影响扩大”", 'level 2 "more customers are affected"'),
        (INCIDENT, LEVEL.must, REASON.must),
        ("incident level", "调整级别"),
        pages=True,
    ),
    Verb(
        "plan show",
        "预案",
        Words(
            "处置方案：现象、先做什么、任务、决策、何时算结束；事件用其启动时的版本",
            "a playbook: symptoms, first steps, tasks, decisions, its end; an incident's own copy",
        ),
        Words("预案 trading-outage", "plan show trading-outage"),
        (PLAN,),
        ("plan", "查看预案", "处置方案"),
    ),
    Verb(
        "plan list",
        "预案列表",
        Words("全部处置方案", "all the playbooks"),
        Words("预案列表", "plan list"),
        (),
        ("plans", "playbooks", "全部预案"),
    ),
)
