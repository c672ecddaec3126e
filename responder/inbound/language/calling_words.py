"""Verbs about calls that a human makes: the list, taking one up, what came of it."""

from responder.domain.words import Words
from responder.inbound.language.verb import SUBJECT, Kind, Slot, Verb

CALL = Slot("call", Kind.CALL, Words("请指明哪一个人工联络", "Say which call"), (), needed=True)
RESULT = Slot(
    "result",
    Kind.CHOICE,
    Words("请写明结果", "Say what came of it"),
    ("结果",),
    needed=True,
    among={
        "reached": ("已联系上", "联系上", "联系上了", "reached"),
        "no_answer": ("无人接听", "没人接", "未接", "no answer", "no-answer"),
        "wrong_number": ("号码有误", "号码错误", "空号", "wrong number", "wrong-number"),
        "message_left": ("已留言", "留言", "message left", "message-left"),
    },
)
SAID = Slot("words", Kind.TEXT, Words("对方怎么说", "What they said"), ("说明", "said"))
TAKES = Slot(
    "takes",
    Kind.TEXT,
    Words("何人说由其接手", "Who said that they take it"),
    ("接手",),
    named=True,
)

CALLING = (
    Verb(
        "call list",
        "人工联络",
        Words("待人工联络的清单", "the calls to be made by hand"),
        Words("人工联络", "call list"),
        (SUBJECT.of("open"),),
        ("calls", "联络清单", "联络任务"),
    ),
    Verb(
        "call take",
        "去联络",
        Words("由我联络；给出号码和要说的话", "I make the call: the number, and what to say"),
        Words("去联络 2", "call take 2"),
        (SUBJECT.of("open"), CALL),
        ("我去联络", "联络"),
    ),
    Verb(
        "call done",
        "联络结果",
        Words("登记联络结果；接手须写明何人所说", "what came of a call, and who said they take it"),
        Words("联络结果 2 已联系上 接手=本人", "call done 2 reached takes=himself"),
        (SUBJECT.of("open"), CALL, RESULT, SAID, TAKES),
        ("登记联络",),
        pages=True,
    ),
)
