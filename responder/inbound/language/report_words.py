"""Verbs about facts and reports to regulators, from the first draft to the receipt."""

from responder.domain.words import Words
from responder.inbound.language.verb import INCIDENT, REASON, Kind, Slot, Verb

OPEN = INCIDENT.of("open")
FACT = Slot("fact", Kind.FACT, Words("请指明哪一项事实", "Say which fact"), ("事实",), True)
VALUE = Slot(
    "value",
    Kind.TEXT,
    Words("请写明内容，正在核实写 ?", "Give its value, or ? while it is being established"),
    ("内容",),
    True,
)
ESTIMATE = Slot(
    "estimate", Kind.FLAG, Words("是估计数", "It is an estimate"), ("估计",), named=True
)
SOURCE = Slot("source", Kind.TEXT, Words("依据", "What it goes by"), ("来源", "依据"), named=True)
DUTY = Slot("duty", Kind.DUTY, Words("请指明哪一项报告", "Say which report"), ("报告",), True)
REPORT = Slot("report", Kind.REPORT, Words("请指明哪一份报告", "Name the report"), ("报告",), True)
TAKER = Slot("taken_by", Kind.TEXT, Words("接报人", "Who took it"), ("接报人",), named=True)
AT = Slot("at", Kind.PAST, Words("何时", "When it was"), ("时间",), named=True)
RECEIPT = Slot("receipt", Kind.TEXT, Words("回执编号", "The receipt"), ("回执",), named=True)
PROOF = Slot("proof", Kind.TEXT, Words("存证号", "Evidence, by number"), ("存证",), named=True)
STATES = Slot(
    "states",
    Kind.CHOICE,
    Words("报告所称的状态", "What it states"),
    ("状态",),
    named=True,
    among={"restored": ("已恢复",), "resolved": ("已解决",), "closed": ("已办结",)},
)

REPORTS = (
    Verb(
        "fact",
        "事实",
        Words("登记一项事实，报告、公告、快报共用", "enter a fact, once for every paper"),
        Words("事实 影响客户数 1.2万 --估计", "fact customers 12000 --estimate"),
        (OPEN, FACT, VALUE, ESTIMATE, SOURCE),
        ("登记事实",),
    ),
    Verb(
        "facts",
        "已知事实",
        Words("已登记和记录中的事实", "what is known, from people and from the record"),
        Words("已知事实", "facts"),
        (OPEN,),
        ("fact list", "事实清单"),
    ),
    Verb(
        "report list",
        "监管报告",
        Words("事件的监管报告", "the reports to regulators of an incident"),
        Words("监管报告", "report list"),
        (OPEN,),
        ("report", "已有报告"),
    ),
    Verb(
        "report draft",
        "起草报告",
        Words("按格式起草，由记录和事实填写", "draft a report, filled from record and facts"),
        Words("起草报告 1", "report draft 1"),
        (OPEN, DUTY),
        ("报告 起草",),
    ),
    Verb(
        "report show",
        "看报告",
        Words("缺什么、哪些是估计、与记录是否矛盾", "what is missing, estimated, contradicted"),
        Words("看报告 1", "report show 1"),
        (OPEN, REPORT),
        ("报告 查看",),
    ),
    Verb(
        "report review",
        "送签",
        Words("冻结内容，请另一人签发", "freeze it and ask a second person to sign"),
        Words("送签 1", "report review 1"),
        (OPEN, REPORT),
        ("报告 送签",),
        pages=True,
    ),
    Verb(
        "report sign",
        "签发报告",
        Words("签发送签的报告", "sign what was sent for signature"),
        Words("签发报告 1", "report sign 1"),
        (OPEN, REPORT),
        ("报告 签发",),
    ),
    Verb(
        "report phone",
        "电话报告",
        Words("电话报告稿；加接报人即登记", "what to read out; with taken_by= it is recorded"),
        Words("电话报告 1 接报人=王处 时间=20:20", "report phone 1 taken_by=Wang at=20:20"),
        (OPEN, REPORT, TAKER, AT),
        ("电话报告稿", "报告 电话"),
    ),
    Verb(
        "report submit",
        "报出",
        Words("登记已由人报出，回执或存证必填", "record that it was submitted, with its proof"),
        Words("报出 1 回执=2026-118", "report submit 1 receipt=2026-118"),
        (OPEN, REPORT, RECEIPT, PROOF, AT, STATES),
        ("报告 报出", "报送"),
        pages=True,
    ),
    Verb(
        "report correct",
        "更正报告",
        Words("更正已报出的报告：另起一份", "correct what was submitted, by a new report"),
        Words("更正报告 1 “人数核实”", 'report correct 1 "numbers were verified"'),
        (OPEN, REPORT, REASON.must),
        ("报告 更正",),
    ),
)
