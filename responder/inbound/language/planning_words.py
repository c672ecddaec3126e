"""Verbs about knowing the plan, and about training."""

from responder.domain.words import Words
from responder.inbound.language.verb import Kind, Slot, Verb

NOTHING_ASKED = Words("目前没有待答的题目", "There is no question to answer")
ANSWER = Slot("answer", Kind.ANSWER, NOTHING_ASKED, ("答案",), True, pool="plan")
TRAINED_ANSWER = Slot("answer", Kind.ANSWER, NOTHING_ASKED, ("答案",), True, pool="training")
SESSION = Slot(
    "session", Kind.TRAINING, Words("请指明哪次培训", "Name the training"), ("培训",), named=True
)

PLANNING = (
    Verb(
        "plan read",
        "已读预案",
        Words("确认已研读现行应急预案", "I have read the plan in force"),
        Words("已读预案", "plan read"),
        (),
        ("预案已读", "确认研读"),
    ),
    Verb(
        "plan quiz",
        "预案测验",
        Words("预案五题测验，逐题回复序号", "the quiz of five on the plan"),
        Words("预案测验", "plan quiz"),
        (ANSWER,),
        ("测验", "quiz"),
        again=True,
    ),
    Verb(
        "plan diff",
        "预案变化",
        Words("现行登记与预案版本的差异", "what departs from the plan in force"),
        Words("预案变化", "plan diff"),
    ),
    Verb(
        "training list",
        "培训",
        Words("年度应急培训计划", "the year's training"),
        Words("培训", "training list"),
        (),
        ("trainings", "培训计划"),
    ),
    Verb(
        "training attend",
        "参加培训",
        Words("培训签到", "sign in at a training"),
        Words("参加培训", "training attend"),
        (SESSION,),
        ("培训签到",),
    ),
    Verb(
        "training quiz",
        "培训测验",
        Words("所参加培训的五题测验", "the quiz of the training that you attend"),
        Words("培训测验", "training quiz"),
        (TRAINED_ANSWER,),
        again=True,
    ),
)
