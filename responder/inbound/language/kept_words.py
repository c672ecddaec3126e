"""Verbs about what is kept ready (应急保障), the log of events (运维事件) and problems (问题库)."""

from dataclasses import replace

from responder.domain.logged_event import IMPACT_NAMES, LEVELS, SCOPE_NAMES
from responder.domain.provision import REGISTER_NAMES
from responder.domain.words import Words
from responder.inbound.language.verb import INCIDENT, PERSON, SYSTEM, Kind, Slot, Verb

DIGITS = "一二三"
PROVISION = Slot(
    "provision", Kind.PROVISION, Words("请指明保障登记", "Name what is kept ready"), (), True
)
FUND = Slot("fund", Kind.PROVISION, Words("请指明资金", "Name the fund"), ("资金",), named=True)
REGISTER = Slot(
    "register",
    Kind.CHOICE,
    Words("哪一种登记", "Which register"),
    ("登记",),
    among={id: (words.zh,) for id, words in REGISTER_NAMES.items()},
)
DUE = Slot("due", Kind.FLAG, Words("只看待办的", "What is to be seen to"), ("待办",), named=True)
FAILED = Slot("failed", Kind.FLAG, Words("不合格", "It did not pass"), ("不合格",), named=True)
SAID = Slot("note", Kind.TEXT, Words("说明", "What to say of it"), ("说明",), named=True)
EVIDENCE = Slot("evidence", Kind.TEXT, Words("凭据", "What proves it"), ("凭据",), named=True)
UNTIL = Slot(
    "expires_on", Kind.MOMENT, Words("新的有效期", "The new last day"), ("有效期",), named=True
)
COUNT = Slot("count", Kind.AMOUNT, Words("请写明实际数量", "Say how many"), ("数量",), True)
QUANTITY = Slot("quantity", Kind.AMOUNT, Words("数量", "How many"), ("数量",))
YUAN = Slot("amount", Kind.AMOUNT, Words("请写明金额（元）", "Give whole yuan"), ("金额",), True)
PURPOSE = Slot("purpose", Kind.TEXT, Words("请写明用途", "Say what for"), ("用途", "for"), True)
WHICH_SYSTEM = replace(SYSTEM, named=False)

EVENT = Slot("event", Kind.LOGGED_EVENT, Words("请指明运维事件", "Name the event"), ("事件",), True)
WHAT = Slot("title", Kind.TEXT, Words("请写明什么事", "Say what happened"), ("内容",), True)
TEXT = Slot("text", Kind.TEXT, Words("请写明进展", "Say what was done"), ("内容",), True)
OUTCOME = Slot("outcome", Kind.TEXT, Words("请写明处理结果", "Say how it ended"), ("结果",), True)
SYMPTOM = Slot("symptom", Kind.TEXT, Words("现象", "The symptom"), ("现象",), named=True)
OVERDUE = Slot("overdue", Kind.FLAG, Words("只看逾期的", "Idle ones"), ("逾期",), named=True)
MINE = Slot("mine", Kind.FLAG, Words("只看我负责的", "Mine alone"), ("我的",), named=True)
PROBLEM = Slot("problem", Kind.PROBLEM, Words("请指明问题", "Name the problem"), (), True)
SEARCH = Slot("search", Kind.TEXT, Words("找什么", "What to look for"), ("搜索",))


def _rank(name: str, zh: str, named: dict[int, Words]) -> Slot:
    return Slot(
        name,
        Kind.CHOICE,
        Words(
            f"请写明{zh}：" + "；".join(f"{n} {named[n].zh}" for n in LEVELS),
            f"Give the {name}: " + "; ".join(f"{n} {named[n].en}" for n in LEVELS),
        ),
        (zh, zh.removesuffix("程度"), zh.removeprefix("影响")),
        needed=True,
        named=True,
        among={str(n): (named[n].zh, named[n].en, DIGITS[n - 1]) for n in LEVELS},
    )


IMPACT = _rank("impact", "影响程度", IMPACT_NAMES)
SCOPE = _rank("scope", "影响范围", SCOPE_NAMES)

KEPT = (
    Verb(
        "doc",
        "资料",
        Words("系统的技术资料在哪里、哪一版、谁保管", "where a system's documents lie"),
        Words("资料 core-trading", "doc core-trading"),
        (WHICH_SYSTEM,),
        ("技术资料", "documents"),
    ),
    Verb(
        "register list",
        "保障",
        Words("应急保障登记：协议、资料、备件、物资、资金", "what is kept ready"),
        Words("保障 待办=是", "register list due=yes"),
        (REGISTER, DUE),
        ("应急保障", "registers", "register", "保障登记"),
        presets={"保障待办": {"due": "yes"}, "备件": {"register": "spare"}},
    ),
    Verb(
        "register show",
        "保障详情",
        Words("一项保障登记", "one thing kept ready"),
        Words("保障详情 spare-optics", "register show spare-optics"),
        (PROVISION,),
    ),
    Verb(
        "register check",
        "保障检查",
        Words("登记一次检查", "record that it was checked"),
        Words("保障检查 agr-power 凭据=“机房记录”", 'register check agr-power evidence="log 12"'),
        (PROVISION, FAILED, SAID, EVIDENCE, UNTIL),
        ("检查登记",),
    ),
    Verb(
        "register stock",
        "盘点",
        Words("登记盘点数量", "record a stock-take"),
        Words("盘点 sup-radios 12", "register stock sup-radios 12"),
        (PROVISION, COUNT, SAID, EVIDENCE, UNTIL),
        ("stock",),
    ),
    Verb(
        "register draw",
        "领用",
        Words("领用备件、物资，减库存", "draw spares or supplies"),
        Words("领用 spare-optics 2", "draw spare-optics 2"),
        (INCIDENT, PROVISION, QUANTITY),
        ("draw", "领用备件"),
    ),
    Verb(
        "register spend",
        "申请资金",
        Words("申请应急资金，呼叫批准人", "ask for emergency funds; the approver is paged"),
        Words("申请资金 50000 “采购光模块”", 'spend 50000 "optical modules"'),
        (INCIDENT, YUAN, FUND, PURPOSE),
        ("spend", "动用资金"),
        pages=True,
    ),
    Verb(
        "event log",
        "记事件",
        Words("登记运维事件，不论是否应急", "log any event, an emergency or not"),
        Words(
            "记事件 “行情延迟” 系统=market-data 影响=2 范围=2",
            'event log "quotes are late" system=market-data impact=2 scope=2',
        ),
        (WHAT, SYSTEM, IMPACT, SCOPE, SYMPTOM),
        ("log event", "登记运维事件"),
    ),
    Verb(
        "event list",
        "运维事件",
        Words("未办结的运维事件", "the open events of the log"),
        Words("运维事件 逾期=是", "event list overdue=yes"),
        (OVERDUE, MINE),
        ("event", "运维事件登记"),
        presets={"逾期事件": {"overdue": "yes"}},
    ),
    Verb(
        "event assign",
        "分派",
        Words("把运维事件交给某人", "give an event to somebody"),
        Words("分派 EVT-2026-0007 @li.na", "event assign EVT-2026-0007 @li.na"),
        (EVENT, replace(PERSON, needed=True)),
        ("分派事件",),
        pages=True,
    ),
    Verb(
        "event note",
        "事件进展",
        Words("登记运维事件的进展", "say what was done about an event"),
        Words("事件进展 EVT-2026-0007 “已换线路”", 'event note EVT-2026-0007 "line changed"'),
        (EVENT, TEXT),
    ),
    Verb(
        "event close",
        "办结事件",
        Words("办结运维事件", "close an event"),
        Words("办结事件 EVT-2026-0007 “恢复正常”", 'event close EVT-2026-0007 "works again"'),
        (EVENT, OUTCOME),
    ),
    Verb(
        "problem list",
        "问题库",
        Words("未结束的问题；可搜索经验教训", "the open problems; looks through lessons too"),
        Words("问题库 报盘", "problem list gateway"),
        (SEARCH,),
        ("problems", "problem"),
    ),
    Verb(
        "problem show",
        "问题详情",
        Words("一个问题：原因、方案、验证、教训", "one problem, with its lesson"),
        Words("问题详情 PRB-2026-0003", "problem show PRB-2026-0003"),
        (PROBLEM,),
        ("查看问题",),
    ),
)
