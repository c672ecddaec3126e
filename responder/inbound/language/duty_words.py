"""Verbs about duty: the roster, leave, swaps, shifts handed over, the checklist, check-ins."""

from dataclasses import replace

from responder.domain.duty import AREA_NAMES, AREAS
from responder.domain.words import Words
from responder.inbound.language.verb import PERSON, REASON, Kind, Slot, Verb

ROTATION = Slot(
    "rotation",
    Kind.ROTATION,
    Words("请指明哪张轮值表", "Name the rotation"),
    ("轮值", "轮值表", "班次"),
    needed=True,
)
FROM = Slot(
    "from", Kind.MOMENT, Words("请写明从何时起", "From when"), ("起", "从"), True, named=True
)
TO = Slot("to", Kind.MOMENT, Words("请写明到何时止", "Until when"), ("止", "到"), True, named=True)
WITH = replace(
    PERSON, name="other", asks=Words("请写明和谁换", "With whom"), keys=("with", "和"), needed=True
)
SWAP = Slot("swap", Kind.SWAP, Words("请指明换班申请", "Name the swap"), ("换班",), needed=True)
SHIFT = Slot("shift", Kind.SHIFT, Words("请指明班次", "Name the shift"), ("班",))
AREA = Slot(
    "area",
    Kind.CHOICE,
    Words("请写明哪个方面", "Say which area"),
    ("方面",),
    needed=True,
    among={area: (AREA_NAMES[area].zh, AREA_NAMES[area].en) for area in AREAS},
)
NOTE = Slot("text", Kind.TEXT, Words("请写明说明", "Give the note"), ("说明", "note"))
WHY_LEAVE = replace(REASON, needed=True)

DUTY = (
    Verb(
        "duty show",
        "班表",
        Words("今后七天谁值班，缺口和重班标出", "who is on shift for seven days; gaps are marked"),
        Words("班表", "duty show"),
        (),
        ("duty", "roster", "排班", "值班安排"),
    ),
    Verb(
        "duty rules",
        "值班制度",
        Words("值班制度的八个方面", "the rules of duty in eight areas"),
        Words("值班制度", "duty rules"),
        (),
        ("值班规定",),
    ),
    Verb(
        "duty swap",
        "换班",
        Words(
            "申请换班：对方同意、值班负责人批准后生效", "ask to swap; the other and the lead agree"
        ),
        Words(
            "换班 值班负责人 @li.na 从=2026-12-01T08:30 到=2026-12-02T08:30",
            "duty swap duty-lead @li.na from=2026-12-01T08:30 to=2026-12-02T08:30",
        ),
        (ROTATION, WITH, FROM, TO, REASON),
        ("swap", "申请换班", "调班申请"),
        pages=True,
    ),
    Verb(
        "swap accept",
        "同意换班",
        Words("同意或批准换班", "agree to a swap, or approve it"),
        Words("同意换班 SWP-2026-0001", "swap accept SWP-2026-0001"),
        (SWAP,),
        ("批准换班",),
    ),
    Verb(
        "swap refuse",
        "不换班",
        Words("不同意换班，或撤回申请", "say no to a swap, or take it back"),
        Words("不换班 SWP-2026-0001", "swap refuse SWP-2026-0001"),
        (SWAP, REASON),
        ("不同意换班", "撤回换班"),
    ),
    Verb(
        "leave ask",
        "请假",
        Words(
            "请假：主备岗同时不在岗的不准，批准后生效",
            "ask for leave; refused where lead and backup would both be away",
        ),
        Words(
            "请假 从=2026-12-01 到=2026-12-03 “探亲”",
            'leave from=2026-12-01 to=2026-12-03 "family"',
        ),
        (FROM, TO, WHY_LEAVE),
        ("leave", "休假", "duty absence"),
        pages=True,
    ),
    Verb(
        "leave cancel",
        "销假",
        Words("取消自己的休假", "you are not away after all"),
        Words("销假", "leave cancel"),
        (),
        ("取消请假", "取消休假"),
    ),
    Verb(
        "tick",
        "打勾",
        Words("值班检查的八个方面打勾", "tick one of the eight areas of the shift"),
        Words("打勾 机房管理 “空调2号机报警，已报修”", 'tick machine_room "unit 2 repaired"'),
        (AREA, NOTE),
        ("duty tick", "勾选"),
    ),
    Verb(
        "duty handover",
        "值班交班",
        Words(
            "交班，附未结事项；对方接班前仍由您值班",
            "hand your shift over; you stay on until it is accepted",
        ),
        Words("值班交班 “核心交易今晚有变更”", 'duty handover "a change tonight"'),
        (NOTE,),
        ("交班次",),
        pages=True,
    ),
    Verb(
        "duty accept",
        "值班接班",
        Words("接班次", "take a shift over"),
        Words("值班接班", "duty accept"),
        (SHIFT,),
        ("接班次",),
    ),
    Verb(
        "duty refuse",
        "暂不能接班次",
        Words("暂不能接班次，仍由交班人值班", "you cannot take the shift now; the giver stays on"),
        Words("暂不能接班次 SHF-2026-0001", "duty refuse SHF-2026-0001"),
        (SHIFT.must, REASON),
        ("不能接班次",),
    ),
    Verb(
        "checkin",
        "签到",
        Words("在岗签到", "you are at your post"),
        Words("签到", "checkin"),
        (),
        ("check in", "duty checkin", "在岗"),
    ),
)
