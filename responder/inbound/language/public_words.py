"""Verbs about what is said in public: the agreed line, notices, questions from outside."""

from responder.domain.inquiry import CHANNEL_NAMES
from responder.domain.notice import FIRST, FOLLOW_UP, PROGRESS, RESTORED
from responder.domain.words import Words
from responder.inbound.language.verb import INCIDENT, PERSON, REASON, Kind, Slot, Verb


def _blank(name: str, zh: str, *keys: str) -> Slot:
    return Slot(name, Kind.TEXT, Words(f"请写明{zh}", f"Give {name}"), (zh, *keys), named=True)


BLANKS = (
    _blank("symptom_public", "现象", "symptom"),
    _blank("scope", "范围", "影响范围"),
    _blank("unaffected", "仍可用", "works"),
    _blank("alternatives", "替代", "替代渠道", "ways"),
    _blank("ways_short", "短信替代"),
    _blank("system_public", "系统名称"),
    _blank("system_short", "系统简称"),
    _blank("status_public", "现状", "status"),
    _blank("restored_part", "已恢复", "restored"),
    _blank("remaining_part", "未恢复", "remaining"),
    _blank("restored_time", "恢复时间"),
    _blank("verified_functions", "已验证", "verified"),
    _blank("objection_until", "异议期限"),
    _blank("cause_public", "原因", "cause"),
    _blank("remedy_public", "措施", "remedy"),
    _blank("compensation", "损失处理"),
)
NEXT = Slot(
    "next", Kind.MOMENT, Words("下次公告时间", "When the next comes"), ("下次",), named=True
)
STAGE = Slot(
    "stage",
    Kind.CHOICE,
    Words("哪一种公告", "Which notice"),
    (),
    needed=True,
    among={
        FIRST: ("首次", "首次公告"),
        PROGRESS: ("进展", "进展公告"),
        RESTORED: ("恢复", "恢复公告"),
        FOLLOW_UP: ("后续", "后续说明"),
    },
)
NOTICE = Slot("notice", Kind.NOTICE, Words("请指明公告", "Name the notice"), ("公告",), True)
OUTLET = Slot("outlet", Kind.OUTLET, Words("请指明渠道", "Name the outlet"), ("渠道",), True)
INQUIRY = Slot("inquiry", Kind.INQUIRY, Words("请指明问询", "Name the question"), ("问询",), True)
CHANNEL = Slot(
    "channel",
    Kind.CHOICE,
    Words("谁在问", "Who asks"),
    ("来源",),
    True,
    among={one.value: (words.zh,) for one, words in CHANNEL_NAMES.items()},
)
LINE_TEXT = Slot("text", Kind.TEXT, Words("请写明口径", "Give the line"), ("口径",))
NEVER = Slot("never", Kind.TEXT, Words("不得说的话", "What is not said"), ("不得说",), named=True)
SAID = Slot("text", Kind.TEXT, Words("请写明问了什么", "Say what was asked"), ("内容",), True)
ANSWER = Slot("text", Kind.TEXT, Words("请写明怎么答的", "Give the answer"), ("答复",), True)
ASKER = Slot("from", Kind.TEXT, Words("谁在问", "Who asks"), ("提问方",), named=True)
OWNER = Slot("owner", Kind.PERSON, Words("谁答复", "Who answers"), ("负责人",), named=True)
OPEN = INCIDENT.of("open")

PUBLIC = (
    Verb(
        "line show",
        "口径",
        Words("统一解释口径：现行、待签发", "the agreed line: in force, and proposed"),
        Words("口径", "line show"),
        (OPEN,),
        ("line", "看口径", "查看口径"),
    ),
    Verb(
        "line propose",
        "提出口径",
        Words("提出新一版口径，待另一人签发", "propose a version of the line"),
        Words("提出口径 “……原因正在核查”", 'line propose "… the cause is being looked into"'),
        (OPEN, LINE_TEXT, NEVER, REASON.by_name),
        ("口径 提出",),
        pages=True,
    ),
    Verb(
        "line approve",
        "签发口径",
        Words("签发口径；提出人不能自己签发", "approve the line; not whoever proposed it"),
        Words("签发口径", "line approve"),
        (OPEN,),
        ("口径 签发",),
        pages=True,
    ),
    Verb(
        "notice list",
        "公告",
        Words("事件的公告", "the notices of an incident"),
        Words("公告", "notice list"),
        (OPEN,),
        ("notice", "notices", "公告列表"),
    ),
    Verb(
        "notice show",
        "看公告",
        Words("公告全文和发布情况", "a notice's text, and where it appeared"),
        Words("看公告 2", "notice show 2"),
        (OPEN, NOTICE),
        ("查看公告",),
    ),
    Verb(
        "notice draft",
        "拟公告",
        Words("按模板拟公告", "draft a notice from its template"),
        Words(
            "拟公告 首次 现象=“委托失败” 范围=“全部客户” 仍可用=“行情查询”",
            'notice draft first symptom="orders fail" scope="all customers" works="quotes"',
        ),
        (OPEN, STAGE, NEXT, *BLANKS),
        ("公告 拟稿",),
        pages=True,
    ),
    Verb(
        "notice approve",
        "签发公告",
        Words("签发公告；拟稿人不能自己签发", "release a notice; not its author alone"),
        Words("签发公告 2", "notice approve 2"),
        (OPEN, NOTICE),
        ("公告 签发",),
        pages=True,
    ),
    Verb(
        "notice publish",
        "发布公告",
        Words("把已签发的公告发布到全部渠道", "publish a released notice to all outlets"),
        Words("发布公告 2", "notice publish 2"),
        (OPEN, NOTICE),
        ("公告 发布",),
        pages=True,
    ),
    Verb(
        "notice posted",
        "已贴出",
        Words("登记某渠道已人工发布", "record that it was posted by hand"),
        Words("已贴出 2 手机客户端", "notice posted 2 mobile-app"),
        (OPEN, NOTICE, OUTLET),
        ("公告已发布",),
    ),
    Verb(
        "notice correct",
        "更正公告",
        Words("发更正公告，去往同样的渠道", "correct a notice, to the same outlets"),
        Words("更正公告 2 “开始时间有误”", 'notice correct 2 "the start was wrong"'),
        (OPEN, NOTICE, REASON.must, NEXT, *BLANKS),
        ("公告 更正",),
        pages=True,
    ),
    Verb(
        "inquiry list",
        "问询",
        Words("外部问询与舆情", "questions from outside, and public opinion"),
        Words("问询", "inquiry list"),
        (OPEN,),
        ("inquiry", "inquiries", "media list", "舆情"),
    ),
    Verb(
        "inquiry log",
        "登记问询",
        Words("登记媒体、热线、舆情、监管问询", "log what somebody outside asks"),
        Words("登记问询 媒体 “何时恢复？” 提问方=某报", 'inquiry log media "when is it back?"'),
        (OPEN, CHANNEL, SAID, ASKER, OWNER),
        ("登记舆情",),
        presets={
            "media log": {"channel": "media"},
            "媒体": {"channel": "media"},
            "hotline log": {"channel": "hotline"},
            "热线反馈": {"channel": "hotline"},
        },
        pages=True,
    ),
    Verb(
        "inquiry assign",
        "转交问询",
        Words("改由某人答复", "somebody else is to answer it"),
        Words("转交问询 1 @li.na", "inquiry assign 1 @li.na"),
        (OPEN, INQUIRY, PERSON.must),
        pages=True,
    ),
    Verb(
        "inquiry answer",
        "答复问询",
        Words("登记按口径的答复", "record the answer, given from the line"),
        Words("答复问询 1 “以公告约定的时间为准”", 'inquiry answer 1 "by the time in our notice"'),
        (OPEN, INQUIRY, ANSWER),
        ("media answer", "答复媒体"),
    ),
)
