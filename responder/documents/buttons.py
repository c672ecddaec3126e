"""The buttons under a message: what its keys mean, in words."""

from responder.domain.keys import MENUS, NAMES, SCORES, Act
from responder.domain.message import Message, Purpose
from responder.domain.words import Words
from responder.ports.renderer import Button, Look

LABELS = {
    Act.TAKE: Words("我来处置", "I take it"),
    Act.DECLINE: Words("转下一位", "Next person"),
    Act.DECIDING: Words("我正在决策", "I am deciding"),
    Act.APPROVE: Words("同意", "Approve"),
    Act.REJECT: Words("不同意", "Reject"),
    Act.HAND_DOWN: Words("转下一位", "Next person"),
    Act.SAFE: Words("我平安", "I am safe"),
    Act.NEED_HELP: Words("需要救助", "I need help"),
    Act.RECEIVED: Words("收到", "Received"),
    Act.NO_CHANGE: Words("无变化", "No change"),
    Act.HERE: Words("仍在指挥", "Still in command"),
    Act.AGREE: Words("同意", "I agree"),
    Act.DISAGREE: Words("不同意", "I do not agree"),
    Act.ON_POST: Words("签到", "I am here"),
    Act.ACCEPT: Words("接班", "Accept"),
    Act.REFUSE: Words("暂不能接班", "Cannot accept"),
    **{act: NAMES[act] for act in (Act.COME, Act.STAY_AWAY, *SCORES)},
}
VERIFY = Words("我来核实", "I verify it")
REPORT = Words("我来报送", "I report")
TAKES = {Purpose.VERIFY_WARNING: VERIFY, Purpose.DUE: REPORT}
"""What taking it is called where it is no incident that is taken."""
GOOD = frozenset(
    {
        Act.RECEIVED,
        Act.TAKE,
        Act.APPROVE,
        Act.SAFE,
        Act.HERE,
        Act.ACCEPT,
        Act.NO_CHANGE,
        Act.AGREE,
        Act.ON_POST,
        Act.COME,
    }
)
GRAVE = frozenset({Act.REJECT, Act.NEED_HELP})
CARD = (
    ("ack", Words("我来处置", "I take it"), Look.GOOD),
    ("status", Words("看进展", "Status"), Look.PLAIN),
    ("task list", Words("看任务", "Tasks"), Look.PLAIN),
    ("who", Words("谁在值班", "Who is on duty"), Look.PLAIN),
)
"""What anybody in an incident's room may want, as the line that it stands for."""


def buttons_of(message: Message, language: str) -> tuple[Button, ...]:
    """The buttons of a message; none where nothing is asked."""
    if message.purpose is Purpose.CARD:
        about = {"ack", "status", "task list"}
        return tuple(
            Button(
                label.said(language),
                f"v:{line} {message.incident}" if line in about else f"v:{line}",
                look,
            )
            for line, label, look in CARD
        )
    keys = MENUS.get(message.purpose, {})
    return tuple(
        Button(_label(message, act).said(language), f"k:{message.id}:{key}", _look(act))
        for key, act in keys.items()
        if act in LABELS and not _is_given(message, act)
    )


def _is_given(message: Message, act: Act) -> bool:
    """Whether it says what somebody reminded has answered already: only the other is left."""
    return act is Act.COME and bool(message.facts.get("comes"))


def _label(message: Message, act: Act) -> Words:
    own = TAKES.get(message.purpose) if act is Act.TAKE else None
    return own or LABELS[act]


def _look(act: Act) -> Look:
    return Look.GOOD if act in GOOD else Look.GRAVE if act in GRAVE else Look.PLAIN
