"""Verbs about progress told to the parties concerned."""

from responder.domain.words import Words
from responder.inbound.language.verb import INCIDENT, Kind, Slot, Verb

AUDIENCE = Slot(
    "audience", Kind.AUDIENCE, Words("请指明通报对象", "Say which audience"), ("对象",), True
)
PROGRESS = Slot(
    "text",
    Kind.TEXT,
    Words(
        "请写明进展；确无变化请写“无变化”",
        "Say how things stand; if nothing has changed: no change",
    ),
    ("进展",),
    needed=True,
)

BRIEFINGS = (
    Verb(
        "brief tell",
        "简报",
        Words("向一个对象通报处置进展；“无变化”须与记录相符", "tell an audience how things stand"),
        Words(
            "简报 营业网点 “已切换备用系统，电话委托可用”",
            'brief tell branches "switched to backup"',
        ),
        (INCIDENT.of("open"), AUDIENCE, PROGRESS),
        ("通报", "brief"),
        pages=True,
    ),
    Verb(
        "brief due",
        "待通报",
        Words("何时应通报谁，以及按时情况", "who is to be told when, and how well it was kept"),
        Words("待通报", "brief due"),
        (INCIDENT.of("open"),),
        ("briefs", "通报清单", "简报清单"),
    ),
)
