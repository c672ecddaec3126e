"""What a message says on a channel whose data leaves the mainland, and may carry no more.

An incident's id, its level, what is asked and the link: no name, no number, no cause. These
sentences are not the site's to edit, so that no template can carry out what must stay.
"""

from typing import Any

from responder.documents.buttons import LABELS, TAKES
from responder.documents.plain import ANSWERS, ASKED_ONCE, NAMES
from responder.documents.words import filters
from responder.domain.keys import MENUS, Act
from responder.domain.message import Message, Purpose
from responder.domain.words import Words

CARRIED = frozenset({"incident", "code", "level", "link", "firm", "drill", "state", "tasks"})
"""The facts there are; `firm` only counts in the length of a mainland SMS, `state` and `tasks` (how
many are done) are a card's."""
PRESSED = {
    Act.TAKE: Words("接手请按", "To take it, press "),
    Act.DECLINE: Words("不能接手请按", "To pass it on, press "),
    Act.APPROVE: Words("同意请按", "To approve, press "),
    Act.REJECT: Words("不同意请按", "To reject, press "),
    Act.DECIDING: Words("我正在决策请按", "I am deciding, press "),
    Act.HAND_DOWN: Words("转下一位请按", "To pass it on, press "),
    Act.SAFE: Words("平安请按", "Safe, press "),
    Act.NEED_HELP: Words("需要救助请按", "Need help, press "),
    Act.HERE: Words("仍在指挥请按", "If you are still in command, press "),
    Act.ACCEPT: Words("接班请按", "To accept, press "),
    Act.REFUSE: Words("暂不能接班请按", "If you cannot, press "),
    Act.RECEIVED: Words("收到请按", "Received, press "),
    Act.NO_CHANGE: Words("无变化请按", "Nothing has changed, press "),
    Act.AGREE: Words("同意请按", "To agree, press "),
    Act.DISAGREE: Words("不同意请按", "If you do not agree, press "),
    Act.ON_POST: Words("在岗请按", "If you are at your post, press "),
    Act.COME: Words("能参加请按", "If you come, press "),
    Act.STAY_AWAY: Words("不能参加请按", "If you cannot, press "),
    Act.KNEW_1: Words("完全不清楚请按", "Not at all, press "),
    Act.KNEW_2: Words("大多不清楚请按", "Seldom, press "),
    Act.KNEW_3: Words("一半清楚请按", "Half of it, press "),
    Act.KNEW_4: Words("大多清楚请按", "Mostly, press "),
    Act.KNEW_5: Words("始终清楚请按", "All the time, press "),
    Act.REPEAT: Words("重听请按", "To hear this again, press "),
    Act.HELP: Words("帮助请按", "For help, press "),
}
SPOKEN_KEYS = {"*": Words("星号", "star")}
ELSEWHERE = Words(
    "内容不经此通道发送，请看其他通道或拨打值守电话。",
    "What it is about is not sent this way: see another channel, or call the duty phone.",
)
SAY_WHAT = Words("有变化请写明进展；确无变化，", "Say what has changed; only if nothing has: ")
"""Before the button that says that nothing has changed."""
ELSEWHERE_SHORT = Words("内容见其他通道。", "Details: another channel.")
PLAIN_ENOUGH = frozenset(
    {
        Purpose.ROLL_CALL,
        Purpose.STILL_THERE,
        Purpose.TEST,
        Purpose.CHECK_IN,
        Purpose.HOT_WASH,
    }
)
"""Questions that say all there is to say."""
OTHERWISE = Words("不答复将继续呼叫。", "No answer: calling goes on.")


def sentence(message: Message, language: str, facts: dict[str, Any], form: str) -> str:
    """The whole text of a message, from facts as they are fit for its form."""
    facts = {name: value for name, value in facts.items() if name in CARRIED}
    match form:
        case "voice":
            return _spoken(message, language, facts)
        case "sms":
            return _short(message, language, facts)
        case _:
            return _written(message, language, facts)


def _name(message: Message, language: str) -> str:
    return Words(*NAMES.get(message.purpose, NAMES[Purpose.TOLD])).said(language)


def _answers(message: Message, language: str) -> str:
    answers = ANSWERS.get(message.purpose)
    return Words(*answers).said(language) if answers else ""


def _otherwise(message: Message, language: str) -> str:
    """What happens if nobody does anything."""
    waits = message.purpose in ANSWERS and message.purpose not in ASKED_ONCE
    return OTHERWISE.said(language) if waits else ""


def _elsewhere(message: Message, words: Words, language: str) -> str:
    return "" if message.purpose in PLAIN_ENOUGH else words.said(language)


def _spoken(message: Message, language: str, facts: dict[str, Any]) -> str:
    word = filters(language)
    level, code = word["level_spoken"](facts["level"]), word["spoken_code"](facts["code"])
    head = [_name(message, language)]
    head += [Words(f"{level}响应", level).said(language)] if level else []
    head += [Words(f"编号{code}", f"code {code}").said(language)] if code else []
    keys = (
        PRESSED[act].said(language)
        + (SPOKEN_KEYS[key].said(language) if key in SPOKEN_KEYS else key)
        for key, act in MENUS.get(message.purpose, {"*": Act.REPEAT}).items()
    )
    rest = (_otherwise(message, language), _elsewhere(message, ELSEWHERE, language))
    if language == "en":
        return " ".join(filter(None, (f"{', '.join(head)}.", *rest, f"{'. '.join(keys)}.")))
    return "".join((f"{'，'.join(head)}。", *rest, f"{'，'.join(keys)}。"))


def _short(message: Message, language: str, facts: dict[str, Any]) -> str:
    """An SMS: the answers by digit, the link where there is one, the code last."""
    level = filters(language)["level_sms"](facts["level"])
    name, answers = _name(message, language), _answers(message, language)
    otherwise = _otherwise(message, language)
    more = facts["link"] or _elsewhere(message, ELSEWHERE_SHORT, language)
    if language == "en":
        head = f"{name}, {level}." if level else f"{name}."
        reply = f"Reply {answers}." if answers else ""
        return " ".join(filter(None, (head, reply, otherwise, more, facts["code"])))
    head = f"{name}：{level}响应。" if level else f"{name}。"
    reply = f"请回{answers}。" if answers else ""
    space = " " * bool(facts["link"])
    return f"{head}{reply}{otherwise}{more}{space}{facts['code']}"


def _written(message: Message, language: str, facts: dict[str, Any]) -> str:
    word = filters(language)
    level = word["level_sms" if language == "en" else "level_roman"](facts["level"])
    said = Words(f"{level}级响应", level).said(language) if level else ""
    head = " · ".join(filter(None, (_name(message, language), said, facts["incident"])))
    labels = [
        (TAKES.get(message.purpose) if act is Act.TAKE else None) or LABELS[act]
        for act in MENUS.get(message.purpose, {}).values()
        if act in LABELS
    ]
    asked = _buttons(labels, language) + _otherwise(message, language)
    if message.purpose is Purpose.BRIEF_DUE:
        asked = SAY_WHAT.said(language) + asked
    if message.purpose is Purpose.CARD:
        asked = _progress(facts, language)
    link = facts["link"]
    more = Words(f"请打开：{link}", f"Open: {link}").said(language) if link else ""
    more = more or _elsewhere(message, ELSEWHERE, language)
    return "\n".join(filter(None, (head, asked, more)))


def _progress(facts: dict[str, Any], language: str) -> str:
    """How far an incident is, in figures."""
    done = Words(f"任务完成：{facts['tasks']}", f"Tasks done: {facts['tasks']}").said(language)
    return " · ".join(filter(None, (facts["state"], done if facts["tasks"] else "")))


def _buttons(labels: list[Words], language: str) -> str:
    """The buttons there are, the last after an or."""
    if not labels:
        return ""
    marked = [Words(f"〔{label.zh}〕", f"[{label.en}]").said(language) for label in labels]
    comma, or_ = ("、", "或") if language == "zh" else (", ", " or ")
    listed = or_.join(filter(None, (comma.join(marked[:-1]), marked[-1])))
    return Words(f"请点{listed}。", f"Please press {listed}. ").said(language)
