"""Verbs about drills: begun, conducted, judged and closed, without naming the one that runs."""

from dataclasses import replace

from responder.domain.drill import Result
from responder.domain.words import Words
from responder.drills.feedback import SCALE
from responder.drills.scoring import RESULT_NAMES
from responder.inbound.language.verb import INCIDENT, PERSON, REASON, Kind, Slot, Verb

DRILL = replace(INCIDENT, asks=Words("请指明演练", "Name the drill"), keys=("演练",))
RUNNING, OVER = DRILL.of("drills"), DRILL.of("drills to close")
ANY, JUDGED = DRILL.of("drills not closed"), DRILL.of("drills to judge")
SCENARIO = Slot(
    "scenario", Kind.SCENARIO, Words("请选择演练脚本", "Choose the scenario"), ("脚本",), True
)
WHY_NOW = Slot(
    "in_session",
    Kind.TEXT,
    Words("为何在交易时段演练", "Why while markets trade"),
    ("交易时段", "理由"),
    named=True,
)
ROW = Slot("row", Kind.ROW, Words("请指明推送哪一条", "Name the row"), (), True)
REAL = Slot(
    "real", Kind.FLAG, Words("发生了真实事件", "Something real has happened"), ("真实",), named=True
)
EXPECTED = Slot(
    "expected", Kind.EXPECTED, Words("请指明预期动作", "Name the expectation"), (), True
)
RESULT = Slot(
    "result",
    Kind.CHOICE,
    Words("请写明结果", "Give the result"),
    ("结果",),
    True,
    among={one.value: (RESULT_NAMES[one].zh, one.value.replace("_", " ")) for one in Result},
)
OBJECTIVE = Slot("objective", Kind.OBJECTIVE, Words("针对哪个目标", "Which objective"), ("目标",))
STRENGTH = Slot(
    "strength", Kind.FLAG, Words("做得好的", "Something done well"), ("做得好",), named=True
)
DONE_AT = Slot("at", Kind.PAST, Words("请写明实际完成时间", "When it was done"), ("时间",), True)
SEEN = Slot("text", Kind.TEXT, Words("请写明观察到什么", "Say what you saw"), ("内容",), True)
CHANGE = Slot(
    "change",
    Kind.TEXT,
    Words("预案是否修订？请回复“不修订”或写明改哪里", "Does the plan change? none, or what"),
    ("修订",),
    True,
)
KNEW = Slot(
    "knew",
    Kind.CHOICE,
    Words("我清楚该做什么：1完全不清楚，5始终清楚", "I knew what to do, 1 (no) to 5"),
    ("打分", "清楚"),
    True,
    among={str(score): (f"{score}分",) for score in SCALE},
)
WELL = Slot("well", Kind.TEXT, Words("哪些做得好？", "What went well?"), ("做得好",), True)
BETTER = Slot(
    "better", Kind.TEXT, Words("哪些应改进？", "What should be better?"), ("应改进", "改进"), True
)

CONDUCTING = (
    Verb(
        "drill list",
        "演练列表",
        Words("演练一览", "the drills held, with their counts"),
        Words("演练列表", "drill list"),
        (),
        ("drills", "全部演练"),
    ),
    Verb(
        "drill show",
        "演练情况",
        Words("演练进展：下一条、已做到的、评定", "what is next, what was done, ratings"),
        Words("演练情况", "drill show"),
        (ANY,),
        ("演练进展", "导调"),
    ),
    Verb(
        "drill start",
        "开始演练",
        Words("按脚本开始演练，只发给参演名单", "begin a drill by its scenario, its list alone"),
        Words("开始演练 slow-matching-listing", "drill start slow-matching-listing"),
        (SCENARIO, WHY_NOW),
        ("演练开始",),
        pages=True,
        focus=True,
    ),
    Verb(
        "drill inject",
        "推送",
        Words("提前或补发一条演练事件", "a row now, ahead of its time or passed over"),
        Words("推送 press-asks", "drill inject press-asks"),
        (RUNNING, ROW),
        ("情景推送", "inject"),
        pages=True,
    ),
    Verb(
        "drill pause",
        "暂停演练",
        Words("暂停演练", "the drill stands still"),
        Words("暂停演练 等行情恢复", "drill pause wait for the quotes"),
        (RUNNING, REASON.must),
        ("演练暂停",),
    ),
    Verb(
        "drill resume",
        "恢复演练",
        Words("让暂停的或被真实事件冻结的演练继续", "let a paused or frozen drill go on"),
        Words("恢复演练", "drill resume"),
        (INCIDENT.of("frozen"),),
        ("继续演练", "演练继续"),
        pages=True,
    ),
    Verb(
        "drill end",
        "结束演练",
        Words("结束演练", "the drill is over"),
        Words("结束演练", "drill end"),
        (RUNNING,),
        ("演练结束",),
    ),
    Verb(
        "drill abort",
        "中止演练",
        Words(
            "中止演练；确有真实事件的加“真实=是”，另行发起", "stop it; with real=yes declare afresh"
        ),
        Words("中止演练 “机房断电” 真实=是", 'drill abort "power is lost" real=yes'),
        (RUNNING, REASON.must, REAL),
        ("演练中止",),
        presets={"演练转真实": {"real": "yes"}, "drill real": {"real": "yes"}},
        pages=True,
    ),
)
JUDGING = (
    Verb(
        "drill mark",
        "演练评定",
        Words("评定一个记录显示不了的预期动作", "mark what no entry shows"),
        Words("演练评定 seen 做到 “现场可见”", 'drill mark seen done "seen on site"'),
        (ANY, EXPECTED, RESULT, REASON.must),
    ),
    Verb(
        "drill enter",
        "补登",
        Words("补登在系统外完成的动作，写明实际时间", "what was done outside, by its true time"),
        Words(
            "补登 taken @wang.fang 16:05 私人电话接手",
            "drill enter taken @wang.fang 16:05 by phone",
        ),
        (ANY, EXPECTED, PERSON.must, DONE_AT, REASON.must),
        ("人工补登", "演练补登"),
    ),
    Verb(
        "drill observe",
        "观察",
        Words("登记评估人的观察", "what an evaluator saw"),
        Words("观察 “通报口径前后不一” 目标=tell", 'drill observe "told late" objective=tell'),
        (ANY, OBJECTIVE, SEEN, STRENGTH),
        ("observe", "演练观察"),
    ),
    Verb(
        "drill evaluate",
        "演练评估",
        Words("评估完成", "the evaluation is complete"),
        Words("演练评估", "drill evaluate"),
        (OVER,),
        ("评估完成",),
    ),
    Verb(
        "drill plan-change",
        "预案修订",
        Words("预案是否据此修订", "does the plan change for it"),
        Words("预案修订 不修订", "drill plan-change none"),
        (OVER, CHANGE),
        ("plan-change",),
    ),
    Verb(
        "drill close",
        "演练归档",
        Words("演练归档", "close the drill's file"),
        Words("演练归档", "drill close"),
        (OVER,),
    ),
    Verb(
        "drill feedback",
        "演练反馈",
        Words("演练后谈两点并打分", "say how the drill went"),
        Words(
            "演练反馈 4 做得好=“接手快” 应改进=“通报晚”",
            'drill feedback 4 well="taken fast" better="told late"',
        ),
        (JUDGED, KNEW, WELL, BETTER),
        ("feedback",),
    ),
)
PLAN = Slot("plan", Kind.PLANNED, Words("请指明哪次演练", "Name the drill"), ("演练",), True)
INVITED = PLAN.of("invited")
AT = Slot("at", Kind.MOMENT, Words("请写明时间", "Say when"), ("时间",), True)
COMES = Slot(
    "comes",
    Kind.CHOICE,
    Words("能否参加", "Whether you come"),
    ("参加",),
    True,
    among={"yes": ("能参加", "能", "是"), "no": ("不能参加", "不能", "否")},
)
BY_ITSELF = Slot(
    "by_itself", Kind.FLAG, Words("到时由系统开始", "The engine begins it"), ("自动",), named=True
)
PLANNING_THEM = (
    Verb(
        "drill propose",
        "演练日期",
        Words("最近五个可演练的日期", "the next five days without a session"),
        Words("演练日期 slow-matching-listing", "drill propose slow-matching-listing"),
        (SCENARIO,),
    ),
    Verb(
        "drill planned",
        "演练安排",
        Words("已安排的演练", "the drills to come"),
        Words("演练安排", "drill planned"),
        (),
        ("planned drills",),
    ),
    Verb(
        "drill schedule",
        "安排演练",
        Words("安排演练日期并通知参演人员", "plan a drill's day and invite"),
        Words(
            "安排演练 slow-matching-listing 2026-12-05T16:00",
            "drill schedule slow-matching-listing 2026-12-05T16:00",
        ),
        (SCENARIO, AT, WHY_NOW, BY_ITSELF),
        pages=True,
    ),
    Verb(
        "drill answer",
        "答复演练",
        Words("答复演练邀请", "answer an invitation to a drill"),
        Words("参加演练", "drill yes"),
        (INVITED, COMES),
        presets={
            "参加演练": {"comes": "yes"},
            "能参加演练": {"comes": "yes"},
            "不能参加演练": {"comes": "no"},
            "drill yes": {"comes": "yes"},
            "drill no": {"comes": "no"},
        },
    ),
    Verb(
        "drill move",
        "演练改期",
        Words("演练改期，重新征求意见", "move a drill to come; all are asked anew"),
        Words("演练改期 2026-12-06T16:00 会议冲突", "drill move 2026-12-06T16:00 a meeting"),
        (PLAN, AT, REASON.must),
        pages=True,
    ),
    Verb(
        "drill cancel",
        "取消演练",
        Words("取消已安排的演练", "cancel a drill to come"),
        Words("取消演练 版本推迟", "drill cancel the release was put off"),
        (PLAN, REASON.must),
        pages=True,
    ),
    Verb(
        "drill take-over",
        "接手演练",
        Words("接手组织已安排的演练", "lead a drill to come"),
        Words("接手演练", "drill take-over"),
        (PLAN,),
    ),
)
DRILLS = (*CONDUCTING, *JUDGING, *PLANNING_THEM)
