"""Verbs about an event's grade under each regime; the response level is `level`, another thing."""

from responder.domain.words import Words
from responder.inbound.language.verb import INCIDENT, REASON, Kind, Slot, Verb

OPEN = INCIDENT.of("open")
GRADE = Slot("grade", Kind.GRADE, Words("请写明事件等级", "Say which grade"), ("等级",), True)
REGIME = Slot(
    "regime",
    Kind.REGIME,
    Words("请指明按哪一项报告规则", "Say under which rule"),
    ("规则", "rule"),
)
BASIS = Slot("reason", Kind.TEXT, REASON.asks, (*REASON.keys, "依据"))

CONFIRMING = Verb(
    "grade",
    "确认等级",
    Words(
        "确认、变更监管的事件等级（响应级别用“定级”）",
        "confirm an event's grade (the response level is `level`)",
    ),
    Words("确认等级 较大 “客户影响扩大”", 'grade larger "more customers are affected"'),
    (OPEN, GRADE, REGIME.must, BASIS),
    ("grade confirm", "确认事件等级", "变更等级"),
)
GRADES = (
    CONFIRMING,
    Verb(
        "grades",
        "事件等级",
        Words(
            "各项报告规则下的事件等级：谁确认、拟定为何",
            "the grade under each rule: confirmed by whom, or proposed and why",
        ),
        Words("事件等级", "grades"),
        (OPEN, REGIME),
        ("grade show", "grade list", "查看等级"),
    ),
)
