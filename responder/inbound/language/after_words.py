"""Verbs about what comes after: the investigation, and the register of measures (整改台账)."""

from dataclasses import replace

from responder.domain.words import Words
from responder.inbound.language.verb import INCIDENT, PERSON, REASON, Kind, Slot, Verb

MEASURE = Slot(
    "measure", Kind.MEASURE, Words("请指明整改编号", "Name the measure"), (), needed=True
)
OVERDUE = Slot(
    "overdue", Kind.FLAG, Words("只看逾期的", "Overdue ones alone"), ("逾期",), named=True
)
MINE = Slot("mine", Kind.FLAG, Words("只看我负责的", "Mine alone"), ("我的",), named=True)
PROOF = Slot(
    "proof", Kind.TEXT, Words("请写明完成证明", "Say what proves it"), ("证明",), needed=True
)
OBJECTS = Slot(
    "objects", Kind.TEXT, Words("不通过的理由", "What is wrong with it"), ("退回",), named=True
)
DUE = Slot(
    "due_on", Kind.MOMENT, Words("请写明期限", "By which day"), ("期限", "due"), True, named=True
)
OWNER = replace(PERSON, name="owner", keys=("负责人",), needed=True)
TITLE = Slot("title", Kind.TEXT, Words("请写明整改措施", "Say what is to be done"), (), needed=True)

AFTER = (
    Verb(
        "investigation",
        "调查情况",
        Words("事件调查写到哪里，还缺什么", "how the investigation stands, what is missing"),
        Words("调查情况 0007", "investigation 0007"),
        (INCIDENT.of("open"),),
        ("investigate show", "事件调查"),
    ),
    Verb(
        "measure list",
        "整改",
        Words("整改台账", "the register of measures"),
        Words("整改 逾期=是", "measure list overdue=yes"),
        (OVERDUE, MINE),
        ("measures", "整改台账", "整改清单"),
        presets={"逾期整改": {"overdue": "yes"}, "我的整改": {"mine": "yes"}},
    ),
    Verb(
        "measure add",
        "整改登记",
        Words("列入整改台账", "put a measure on the register"),
        Words(
            "整改登记 @li.na 期限=2026-12-18 “更换报盘网关”",
            'measure add @li.na due=2026-12-18 "replace the gateway"',
        ),
        (INCIDENT.of("open"), OWNER, DUE, TITLE),
        ("登记整改",),
    ),
    Verb(
        "measure done",
        "整改完成",
        Words("整改完成，附证明", "a measure is done, with its proof"),
        Words("整改完成 M-2026-0007 “变更单 CHG-12”", 'measure done M-2026-0007 "change CHG-12"'),
        (MEASURE, PROOF),
        ("完成整改",),
    ),
    Verb(
        "measure verify",
        "整改验证",
        Words("第二人验证整改；退回写明理由", "verify a measure as a second person"),
        Words("整改验证 M-2026-0007", "measure verify M-2026-0007"),
        (MEASURE, OBJECTS),
        ("验证整改", "整改销号"),
    ),
    Verb(
        "measure hand",
        "整改移交",
        Words("整改改由他人负责", "hand a measure to somebody else"),
        Words(
            "整改移交 M-2026-0007 @li.na “原负责人调岗”",
            'measure hand M-2026-0007 @li.na "its owner has moved on"',
        ),
        (MEASURE, OWNER, REASON.must),
        ("移交整改",),
    ),
)
