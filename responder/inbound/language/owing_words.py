"""Verbs about what is owed outside: the list, taking one up, recording that it was done."""

from responder.domain.words import Words
from responder.inbound.language.verb import SUBJECT, Kind, Slot, Verb

OWED = Slot("obligation", Kind.OWED, Words("请指明哪一项应报", "Say which of the list"), ("事项",))
STEP = Slot(
    "step",
    Kind.CHOICE,
    Words("请写明哪一步", "Say which step"),
    ("步骤",),
    among={"phone": ("电话", "by phone"), "written": ("书面", "in writing")},
)
TAKEN_BY = Slot(
    "taken_by",
    Kind.TEXT,
    Words("对方接报人", "Who took it there"),
    ("接报人", "taken-by"),
    named=True,
)
PROOF = Slot("proof", Kind.TEXT, Words("请写明凭据", "Say what proves it"), ("凭据",), needed=True)
RESTORED = Slot(
    "restored", Kind.FLAG, Words("报告称已恢复", "The report says it is restored"), named=True
)

OWING = (
    Verb(
        "report due",
        "待报",
        Words("应报、已报、逾期清单", "what is due, done, late and to come"),
        Words("待报", "report due"),
        (SUBJECT.of("open"),),
        ("报告", "报告清单", "应报", "reports"),
    ),
    Verb(
        "report take",
        "我来报送",
        Words("由我负责报送；不写第几项则全部", "I see to it; to all of them without a number"),
        Words("我来报送 1", "report take 1"),
        (SUBJECT.of("open"), OWED),
        ("报送接手", "接手报送"),
    ),
    Verb(
        "report done",
        "登记报送",
        Words("登记已报送一步：先电话后书面", "a step was done: by phone first, then in writing"),
        Words(
            "登记报送 1 电话 接报人=李科长 “通话2分钟”",
            'report done 1 phone taken_by=Li "by 12386"',
        ),
        (SUBJECT.of("open"), OWED.must, STEP, TAKEN_BY, RESTORED, PROOF),
        ("报送登记", "已报送"),
    ),
)
