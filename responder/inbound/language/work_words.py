"""Verbs about the work: tasks, the record, safety; and about the language itself."""

from responder.domain.people import CHAT, VIA_NAMES
from responder.domain.words import Words
from responder.inbound.language.verb import (
    INCIDENT,
    NOTE,
    PERSON,
    REASON,
    SURE,
    TARGET,
    TASK,
    Kind,
    Slot,
    Verb,
)

BREAK_GLASS = Slot(
    "break_glass",
    Kind.TEXT,
    Words("请写明为何先行完成", "Say why before the decision"),
    ("先行",),
    named=True,
)
STAR = Slot("star", Kind.FLAG, Words("是否标星", "Whether to star it"), ("标星",), named=True)
ABOUT = Slot("at", Kind.PAST, Words("请写明何时发生", "Say when it was"), ("时间",), named=True)
LAST = Slot("last", Kind.NUMBER, Words("最近几条", "How many of the latest"), ("最近",), named=True)
TONGUE = Slot(
    "language",
    Kind.CHOICE,
    Words("请选择：zh 中文，en 英文", "Choose: zh Chinese, en English"),
    (),
    needed=True,
    among={"zh": ("中文", "chinese"), "en": ("英文", "english")},
)
WAY = Slot(
    "via",
    Kind.CHOICE,
    Words("哪种方式", "By which way"),
    ("方式",),
    among={
        "slack": (),
        "telegram": (),
        "voice": ("电话", "phone"),
        "sms": ("短信",),
        "email": ("邮件", "mail"),
    },
)
CODE = Slot("code", Kind.TEXT, Words("绑定码", "The code"))
PLATFORM = Slot(
    "platform",
    Kind.CHOICE,
    Words("请指明哪个平台", "Say which platform"),
    ("平台",),
    needed=True,
    among={platform: (VIA_NAMES[platform].zh,) for platform in CHAT},
)
PROOF = Slot("code", Kind.TEXT, Words("请写收到的核验码", "Give the code that came"), needed=True)
TOPIC = Slot("topic", Kind.TEXT, Words("哪个命令", "Which command"), ())

WORK = (
    Verb(
        "task list",
        "任务",
        Words("事件的任务", "the tasks of an incident"),
        Words("任务", "task list"),
        (INCIDENT.of("open"),),
        ("task", "tasks", "任务列表"),
    ),
    Verb(
        "evidence",
        "存证",
        Words("事件的存证文件", "the evidence of an incident"),
        Words("存证", "evidence"),
        (INCIDENT.of("open"),),
        ("证据", "evidence list", "存证清单"),
    ),
    Verb(
        "task done",
        "完成",
        Words("任务完成", "a task is done"),
        Words("完成 safety", "task done safety"),
        (INCIDENT.of("open"), TASK, SURE, BREAK_GLASS),
        ("done", "任务完成", "完成任务"),
    ),
    Verb(
        "task assign",
        "指派",
        Words("把任务交给某人", "give a task to somebody"),
        Words("指派 safety @li.na", "task assign safety @li.na"),
        (INCIDENT.of("open"), TASK, PERSON.must),
        ("assign", "任务指派", "指派任务"),
        pages=True,
    ),
    Verb(
        "task waive",
        "免办",
        Words("任务不需要做", "a task is not needed"),
        Words("免办 restart “未受影响”", 'task waive restart "not affected"'),
        (INCIDENT.of("open"), TASK, REASON.must),
        ("waive", "任务免办"),
    ),
    Verb(
        "note",
        "记录",
        Words("写处置记录", "write to the record"),
        Words("记录 “20:15 已重启报盘” at=20:15", 'note "gateway restarted" at=20:15'),
        (INCIDENT.of("open"), NOTE, ABOUT, STAR),
        ("写记录",),
    ),
    Verb(
        "timeline",
        "时间线",
        Words("处置记录，按发生先后", "the record, in order"),
        Words("时间线 last=20", "timeline last=20"),
        (INCIDENT.of("open"), LAST),
        ("incident timeline", "处置记录"),
    ),
    Verb(
        "safety ask",
        "点名",
        Words("点名：请大家报平安", "ask people whether they are safe"),
        Words("点名", "safety ask"),
        (INCIDENT, TARGET),
        ("roll call", "安全 点名", "安全点名"),
        pages=True,
    ),
    Verb(
        "safety board",
        "平安看板",
        Words("点名结果：平安、未应答、求助", "the roll-call: safe, silent, in need"),
        Words("平安看板", "safety board"),
        (INCIDENT.of("open"),),
        ("safety status", "board", "看板", "点名结果", "安全 看板"),
    ),
    Verb(
        "safety ok",
        "平安",
        Words("我平安", "I am safe"),
        Words("平安", "safety ok"),
        (INCIDENT,),
        ("safe", "i am safe", "all-ok", "我平安", "安全 平安", "报平安"),
    ),
    Verb(
        "safety help",
        "求助",
        Words("我需要救助", "I need help"),
        Words("求助", "safety help"),
        (INCIDENT,),
        ("need-help", "need help", "sos", "需要救助", "我需要救助", "安全 求助"),
        pages=True,
    ),
    Verb(
        "test",
        "测试",
        Words("只向本人发测试，看每种方式通不通", "a test to yourself alone, by every way"),
        Words("测试", "test"),
        (WAY,),
        ("test me", "自检", "测试我"),
        pages=True,
    ),
    Verb(
        "code",
        "核验码",
        Words(
            "填写邮件里收到的核验码，证明这个地址可用",
            "the code that came by e-mail: it proves that address",
        ),
        Words("核验码 k7m2xq", "code k7m2xq"),
        (PROOF,),
        ("核验", "prove"),
    ),
    Verb(
        "undo",
        "撤销",
        Words("撤销自己十分钟内的上一步操作", "take back your own last act, for ten minutes"),
        Words("撤销", "undo"),
        pages=True,
    ),
    Verb(
        "link",
        "绑定",
        Words(
            "您绑定了哪些聊天账号，怎么再绑定一个",
            "which chat accounts are yours; how to link another",
        ),
        Words("绑定", "link"),
        (CODE,),
        ("my accounts", "我的账号"),
    ),
    Verb(
        "unlink",
        "解绑",
        Words("解除您在此平台的账号绑定", "let your account on this platform go"),
        Words("解绑", "unlink"),
        (PLATFORM,),
        ("解除绑定",),
    ),
    Verb(
        "lang",
        "语言",
        Words("本对话用哪种语言", "the language of this conversation"),
        Words("语言 zh", "lang en"),
        (TONGUE,),
        ("language",),
        presets={"中文": {"language": "zh"}, "english": {"language": "en"}},
    ),
    Verb(
        "help",
        "帮助",
        Words("全部命令，或一个命令的用法", "all commands, or how to use one"),
        Words("帮助 接手", "help ack"),
        (TOPIC,),
        ("?", "menu", "commands", "菜单", "命令"),
        presets={
            "incident": {"topic": "incident"},
            "safety": {"topic": "safety"},
            "安全": {"topic": "safety"},
            "drill": {"topic": "drill"},
            "演练": {"topic": "drill"},
        },
    ),
)
