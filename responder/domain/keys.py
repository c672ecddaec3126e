"""What a telephone key means, by what the call is about (semantics, "Whose answer counts").

The same for a handset, a phone call and an SMS that holds a digit.
"""

from dataclasses import dataclass
from enum import StrEnum

from responder.domain.message import Purpose
from responder.domain.words import Words


class Act(StrEnum):
    """What somebody wants by a key."""

    TAKE = "take"
    DECLINE = "decline"
    DECLINE_SURELY = "decline_surely"
    DECIDING = "deciding"
    APPROVE = "approve"
    REJECT = "reject"
    HAND_DOWN = "hand_down"
    SAFE = "safe"
    NEED_HELP = "need_help"
    HERE = "here"
    ACCEPT = "accept"
    REFUSE = "refuse"
    RECEIVED = "received"
    NO_CHANGE = "no_change"
    AGREE = "agree"
    DISAGREE = "disagree"
    ON_POST = "on_post"
    COME = "come"
    STAY_AWAY = "stay_away"
    KNEW_1 = "knew_1"
    KNEW_2 = "knew_2"
    KNEW_3 = "knew_3"
    KNEW_4 = "knew_4"
    KNEW_5 = "knew_5"
    READ_BACK = "read_back"
    REPEAT = "repeat"
    HELP = "help"
    WRONG = "wrong"


NAMES = {
    Act.TAKE: Words("接手", "I take it"),
    Act.DECLINE: Words("不能接手，转下一位", "next person"),
    Act.DECLINE_SURELY: Words(
        "只有您能接手；仍转下一位", "you are the only one; pass it on all the same"
    ),
    Act.DECIDING: Words("我正在决策", "I am deciding"),
    Act.APPROVE: Words("同意", "approve"),
    Act.REJECT: Words("不同意", "reject"),
    Act.HAND_DOWN: Words("转下一位", "to the next"),
    Act.SAFE: Words("平安", "I am safe"),
    Act.NEED_HELP: Words("需要救助", "I need help"),
    Act.HERE: Words("仍在指挥", "I am still here"),
    Act.ACCEPT: Words("接班", "I take over"),
    Act.REFUSE: Words("暂不能接班", "I cannot take over"),
    Act.RECEIVED: Words("收到", "received"),
    Act.NO_CHANGE: Words("无变化", "no change"),
    Act.AGREE: Words("同意", "agree"),
    Act.DISAGREE: Words("不同意", "do not agree"),
    Act.ON_POST: Words("签到，我在岗", "I am at the post"),
    Act.COME: Words("参加", "Coming"),
    Act.STAY_AWAY: Words("不能参加", "Cannot come"),
    Act.KNEW_1: Words("1 否", "1 no"),
    Act.KNEW_2: Words("2", "2"),
    Act.KNEW_3: Words("3", "3"),
    Act.KNEW_4: Words("4", "4"),
    Act.KNEW_5: Words("5 是", "5 yes"),
    Act.REPEAT: Words("重听", "repeat"),
    Act.HELP: Words("帮助", "help"),
    Act.WRONG: Words("没有这个选项", "there is no such choice"),
}

SCORES = {
    Act.KNEW_1: 1,
    Act.KNEW_2: 2,
    Act.KNEW_3: 3,
    Act.KNEW_4: 4,
    Act.KNEW_5: 5,
}
"""Whether somebody knew in a drill what to do."""
_PAGE = {"1": Act.TAKE, "2": Act.DECLINE, "*": Act.REPEAT, "0": Act.HELP}
MENUS: dict[Purpose, dict[str, Act]] = {
    Purpose.PAGE: _PAGE,
    Purpose.VERIFY_WARNING: _PAGE,
    Purpose.DECISION: {
        "4": Act.APPROVE,
        "6": Act.REJECT,
        "1": Act.DECIDING,
        "2": Act.HAND_DOWN,
        "*": Act.REPEAT,
    },
    Purpose.DUE: {"1": Act.TAKE, "*": Act.REPEAT},
    Purpose.ROLL_CALL: {"1": Act.SAFE, "9": Act.NEED_HELP, "*": Act.REPEAT},
    Purpose.STILL_THERE: {"1": Act.HERE, "*": Act.REPEAT},
    Purpose.TEST: {"1": Act.RECEIVED, "*": Act.REPEAT},
    Purpose.ASSENT: {"1": Act.AGREE, "2": Act.DISAGREE, "*": Act.REPEAT},
    Purpose.CHECK_IN: {"1": Act.ON_POST, "*": Act.REPEAT},
    Purpose.BRIEF_DUE: {"1": Act.NO_CHANGE, "*": Act.REPEAT},
    Purpose.HANDOVER: {"1": Act.ACCEPT, "2": Act.REFUSE, "*": Act.REPEAT},
    Purpose.INVITATION: {"1": Act.COME, "2": Act.STAY_AWAY, "*": Act.REPEAT},
    Purpose.HOT_WASH: {**{str(score): act for act, score in SCORES.items()}, "*": Act.REPEAT},
}
"""Any other purpose only tells: its call can be heard again."""
BY_BUTTON = frozenset({Purpose.BRIEF_DUE, Purpose.INVITATION, Purpose.HOT_WASH})
"""What a digit in an SMS never means, for it always means a page: a button, a link or words do."""
CHANGEABLE = frozenset({Purpose.INVITATION, Purpose.HOT_WASH})
"""What may be answered anew: the answer takes the place of the question, the others under it."""
READ_BACK_FIRST = frozenset({Act.APPROVE, Act.REJECT})


@dataclass(frozen=True, slots=True)
class Press:
    """What a key press means now; `awaits` is what the next one confirms, if it does."""

    act: Act
    awaits: Act | None = None


def menu(purpose: Purpose, awaits: Act | None = None) -> dict[str, Act]:
    """The keys to choose from, in the order they are said."""
    keys = MENUS.get(purpose, {"*": Act.REPEAT})
    if awaits in READ_BACK_FIRST:
        return {"1": awaits, "*": Act.REPEAT}
    if awaits is Act.DECLINE:
        return keys | {"2": Act.DECLINE_SURELY}
    return keys


def press(purpose: Purpose, key: str, awaits: Act | None = None) -> Press:
    """What a key means, given what the press before it left to be confirmed.

    An approval or a rejection is read back, and 1 confirms it; any other key starts anew.
    """
    if awaits in READ_BACK_FIRST and key == "1":
        return Press(awaits)
    if awaits is Act.DECLINE and key == "2":
        return Press(Act.DECLINE_SURELY)
    act = menu(purpose).get(key, Act.WRONG)
    if act in (Act.REPEAT, Act.HELP, Act.WRONG):
        return Press(act, awaits)
    if act in READ_BACK_FIRST:
        return Press(Act.READ_BACK, act)
    return Press(act)
