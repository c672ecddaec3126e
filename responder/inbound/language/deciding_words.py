"""Verbs about people: paging and answering, deciding, leading."""

from responder.domain.words import Words
from responder.inbound.language.verb import (
    DECISION,
    INCIDENT,
    PERSON,
    REASON,
    SUBJECT,
    SURE,
    TARGET,
    Kind,
    Slot,
    Verb,
)

ANSWER = Slot(
    "answer",
    Kind.CHOICE,
    Words("请答复：同意、不同意、正在决策、转下一位", "Answer: approve, reject, extend or pass"),
    ("答复",),
    needed=True,
    among={
        "approve": ("同意", "yes"),
        "reject": ("不同意", "no"),
        "extend": ("正在决策", "我正在决策", "deciding"),
        "pass": ("转下一位", "pass-on"),
    },
)
POST = Slot(
    "what",
    Kind.CHOICE,
    Words("指挥还是值守", "Command or the watch"),
    ("事项",),
    among={"command": ("指挥", "现场指挥"), "watch": ("值守",)},
)
FOR = Slot("for", Kind.PERSON, Words("代记谁的决策", "Whose decision it is"), ("代记",), named=True)
WITNESS = Slot("witness", Kind.PERSON, Words("见证人是谁", "Who saw it"), ("见证人",), named=True)
MEANS = Slot(
    "means",
    Kind.CHOICE,
    Words("以何方式", "How it came"),
    ("方式",),
    named=True,
    among={
        "phone": ("电话",),
        "in-person": ("当面", "口头"),
        "paper": ("书面",),
    },
)
REVERSE = Slot(
    "reverse", Kind.FLAG, Words("是否改变", "Whether to change it"), ("变更",), named=True
)
CONSENT = Slot(
    "request",
    Kind.CONSENT,
    Words("请指明确认哪一项", "Name what you confirm"),
    ("编号",),
    needed=True,
)
OBJECTS = Slot(
    "object", Kind.TEXT, Words("请写明异议", "Say why you object"), ("异议",), named=True
)
ROLE = Slot("role", Kind.ROLE, Words("请指明岗位", "Name the role"), ("岗位",))
CONTACT = Slot(
    "whom",
    Kind.CONTACT,
    Words("请指明人员或关联单位", "Name a person or a related unit"),
    ("对象", "name"),
    needed=True,
)
WHY = Slot(
    "why",
    Kind.TEXT,
    Words("请写明用途：事件编号，或一句话", "Say what for: an incident, or a line"),
    ("用途", "for"),
)
AT = Slot("at", Kind.MOMENT, Words("请写明时间", "Give the time"), ("时间",))

DECIDING = (
    Verb(
        "page",
        "呼叫",
        Words("呼叫人员、岗位或班组", "call in a person, a role or a team"),
        Words("呼叫 @li.na “请到机房”", 'page @li.na "come to the machine room"'),
        (INCIDENT, TARGET.must, REASON.must),
        ("call", "escalate"),
        pages=True,
    ),
    Verb(
        "ack",
        "接手",
        Words("接手事件或预警", "take the page of an incident or a warning"),
        Words("接手 0007", "ack 0007"),
        (SUBJECT.of("pages"),),
        ("确认", "收到", "我来处置", "我来接手", "acknowledge", "i take it"),
        focus=True,
    ),
    Verb(
        "decline",
        "转下一位",
        Words("不能接手，转下一位", "pass the page to the next person"),
        Words("转下一位", "decline"),
        (SUBJECT.of("pages"), SURE),
        ("next", "不能接手"),
        pages=True,
    ),
    Verb(
        "decide",
        "决策",
        Words("答复决策事项", "answer a decision"),
        Words("决策 halt-orders 同意 “止损”", 'decide halt-orders approve "stop losses"'),
        (INCIDENT, DECISION, ANSWER, REASON, FOR, MEANS, WITNESS, REVERSE),
        presets={
            "approve": {"answer": "approve"},
            "reject": {"answer": "reject"},
            "extend": {"answer": "extend"},
            "pass": {"answer": "pass"},
            "pass on": {"answer": "pass"},
            "同意": {"answer": "approve"},
            "不同意": {"answer": "reject"},
            "正在决策": {"answer": "extend"},
            "我正在决策": {"answer": "extend"},
            "转请下一位": {"answer": "pass"},
        },
    ),
    Verb(
        "confirm",
        "第二人确认",
        Words(
            "作为第二人确认（见证、降级、撤销），或补签", "consent as the second person, or sign"
        ),
        Words("第二人确认 K7QM2", "confirm K7QM2"),
        (CONSENT, OBJECTS),
        ("见证", "补签"),
    ),
    Verb(
        "who",
        "值班",
        Words(
            "谁在岗、谁备岗、决策递补顺序、怎么联系", "who is on duty, who decides, and their ways"
        ),
        Words("值班 2026-12-01T20:00", "who 2026-12-01T20:00"),
        (ROLE, AT),
        ("oncall", "on call", "谁", "谁值班", "谁在值班", "谁在岗", "值班表"),
    ),
    Verb(
        "contact",
        "通讯录",
        Words(
            "怎么联系某人或关联单位（须写明用途，留痕）",
            "how to reach a person or a related unit (needs a purpose; on record)",
        ),
        Words("通讯录 @li.na 用途=0007", "contact @li.na why=0007"),
        (CONTACT, WHY),
        ("联系方式", "contacts", "phone"),
    ),
    Verb(
        "role",
        "角色",
        Words(
            "本事件谁担任什么岗位；写明岗位由您担任，再写明人员由其担任",
            "who fills which role here; with a role you take it, with a person too they get it",
        ),
        Words("角色 业务负责人 @li.na", "role business_lead @li.na"),
        (INCIDENT.of("open"), ROLE, PERSON),
        ("roles", "role list", "角色列表", "岗位", "岗位列表"),
        pages=True,
    ),
    Verb(
        "take",
        "接指挥",
        Words("接班，或依序接任现场指挥", "accept a handover, or take command by rank"),
        Words("接指挥", "take"),
        (INCIDENT, POST),
        ("incident take", "接班", "接任指挥"),
        presets={
            "watch take": {"what": "watch"},
            "take watch": {"what": "watch"},
            "接值守": {"what": "watch"},
        },
        focus=True,
    ),
    Verb(
        "refuse",
        "暂不能接班",
        Words(
            "暂不能接班，仍由移交人负责", "you cannot take over now; the giver stays responsible"
        ),
        Words("暂不能接班", "refuse"),
        (INCIDENT,),
        ("refuse handover", "不能接班"),
    ),
    Verb(
        "here",
        "仍在指挥",
        Words("答复：仍由您指挥", "answer that you are still in command"),
        Words("仍在指挥", "here"),
        (INCIDENT,),
        ("still here",),
    ),
    Verb(
        "handover",
        "交班",
        Words("移交现场指挥或值守", "hand over command, or the watch"),
        Words("交班 @li.na", "handover @li.na"),
        (INCIDENT, PERSON.must, POST),
        ("incident handover", "移交", "交指挥"),
        presets={"交值守": {"what": "watch"}, "移交值守": {"what": "watch"}},
        pages=True,
    ),
    Verb(
        "watch",
        "值守",
        Words("谁在值守；写明人员则移交值守", "who keeps the watch; with a person, hand it over"),
        Words("值守 @li.na", "watch @li.na"),
        (INCIDENT, PERSON),
        ("watch give",),
        pages=True,
    ),
)
