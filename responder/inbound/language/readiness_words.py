"""Verbs about readiness: what stands worst, and the emergency organisation."""

from responder.domain.words import Words
from responder.inbound.language.verb import Kind, Slot, Verb

MINE = Slot("mine", Kind.FLAG, Words("只看待我办理的", "Mine alone"), ("我的",), named=True)

READINESS = (
    Verb(
        "ready",
        "就绪",
        Words(
            "对照标准检查，列出最差的五项和办法", "how ready we are: the worst five, and the mend"
        ),
        Words("就绪", "ready"),
        (MINE,),
        ("readiness", "准备情况", "应急准备"),
        presets={"我的就绪": {"mine": "yes"}, "my ready": {"mine": "yes"}},
    ),
    Verb(
        "org",
        "组织体系",
        Words(
            "应急组织体系：机构、成员、职责", "the emergency organisation: bodies, members, duties"
        ),
        Words("组织体系", "org"),
        (),
        ("who org", "organisation", "应急组织"),
    ),
)
