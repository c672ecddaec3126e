"""The sentence that stands in for a template that is missing or broken.

A page must never be lost to a template: these need nothing but the facts.
"""

from typing import Any

from responder.domain.message import Message, Purpose

NAMES = {
    Purpose.PAGE: ("应急呼叫", "Emergency call"),
    Purpose.DECISION: ("请您决策", "Your decision is needed"),
    Purpose.STILL_THERE: ("请确认您仍在指挥", "Confirm that you are still in command"),
    Purpose.VERIFY_WARNING: ("请核实预警", "Verify a warning"),
    Purpose.ALARM: ("系统告警", "System alarm"),
    Purpose.HANDOVER: ("请您接班", "You are asked to take over"),
    Purpose.TOLD: ("应急通知", "Emergency information"),
    Purpose.CANCELLED: ("应急已撤销", "Emergency cancelled"),
    Purpose.ROLL_CALL: ("人员平安点名", "Roll-call: are you safe"),
    Purpose.CALL_TASK: ("请您人工联络", "Please call by hand"),
    Purpose.BRIEF: ("处置进展通报", "Progress report"),
    Purpose.BRIEF_DUE: ("到点通报进展", "A progress report is due"),
    Purpose.DUE: ("请您负责报送", "A report is due"),
    Purpose.INJECT: ("演练事件", "A drill’s inject"),
    Purpose.TEST: ("这是测试，没有发生事件", "This is a test, nothing has happened"),
    Purpose.ASSENT: ("请您答复", "Your answer is needed"),
    Purpose.CHECK_IN: ("值班签到", "Check in at your post"),
    Purpose.INVITATION: ("演练邀请", "Invitation to a drill"),
    Purpose.HOT_WASH: ("已结束，您是否清楚该做什么", "It is over: did you know what to do"),
    Purpose.ROOM: ("应急处置群", "Incident room"),
    Purpose.CARD: ("事件进展", "State of the incident"),
}
ANSWERS = {
    Purpose.PAGE: ("1接手，2转下一位", "1 to take it, 2 for the next person"),
    Purpose.DECISION: (
        "1正在决策，4同意，6不同意，2转下一位",
        "1 I am deciding, 4 approve, 6 reject, 2 next person",
    ),
    Purpose.STILL_THERE: ("1仍在指挥", "1 I am here"),
    Purpose.VERIFY_WARNING: ("1由我核实，2转下一位", "1 I verify it, 2 next person"),
    Purpose.HANDOVER: ("1接班，2暂不能接班", "1 I take over, 2 I cannot"),
    Purpose.DUE: ("1由我报送", "1 I report"),
    Purpose.TEST: ("1收到", "1 received"),
    Purpose.ASSENT: ("1同意，2不同意", "1 I agree, 2 I do not"),
    Purpose.CHECK_IN: ("1在岗", "1 I am here"),
    Purpose.ROLL_CALL: ("1平安，9需要救助", "1 safe, 9 need help"),
    Purpose.INVITATION: ("“参加演练”或“不能参加演练”", '"drill yes" or "drill no"'),
    Purpose.HOT_WASH: ("“演练反馈”加1至5", '"drill feedback" and 1 to 5'),
}
"""Purposes that wait for an answer, and its keys, the same on the phone and in SMS; or words."""
ASKED_ONCE = frozenset({Purpose.TEST, Purpose.ASSENT, Purpose.INVITATION, Purpose.HOT_WASH})
"""Questions that are not asked again by ringing."""
GIST = (
    "trouble",
    "audience",
    "question",
    "what",
    "scope",
    "state",
    "next_step",
    "need",
    "text",
    "due",
    "mend",
    "giver",
    "post",
    "whom",
    "how",
    "to",
    "by",
    "played",
    "reason",
)


def sentence(message: Message, language: str, facts: dict[str, Any]) -> str:
    """The plain sentence for a message, from its facts as they are fit for its form."""
    names = (*GIST, "at") if message.purpose is Purpose.INVITATION else GIST
    gist = [str(facts[name]) for name in names if facts.get(name)]
    english = language == "en"
    name = NAMES.get(message.purpose, NAMES[Purpose.TOLD])[english]
    answers, again = ANSWERS.get(message.purpose), message.purpose not in ASKED_ONCE
    if english:
        parts = [f"{name}: {'; '.join(gist)}."]
        parts += [f"Answer {answers[1]}."] if answers else []
        parts += ["You are called again until you do."] if answers and again else []
        parts += [f"Code {facts['code']}"] if facts["code"] else []
        return " ".join(parts)
    asked = f"请答复：{answers[0]}。" if answers else ""
    asked += "未答复将继续联系您。" if answers and again else ""
    code = f"编号{facts['code']}" if facts["code"] else ""
    return f"{name}：{'，'.join(gist)}。{asked}{code}"
