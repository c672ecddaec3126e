"""What the telephone says beside what messages and commands say."""

from responder.domain.keys import NAMES, Act, menu
from responder.domain.message import Message
from responder.domain.words import Words

A_MOMENT = Words("请稍候，正在登记，不要挂机。", "One moment please, do not hang up.")
NOT_CONFIRMED = Words(
    "系统繁忙，未能确认是否已登记。请用短信或聊天再答复一次。再见。",
    "The system is slow; it is not confirmed that this was recorded."
    " Please answer again by SMS or chat. Goodbye.",
)
SLOW = Words(
    "应急呼叫。系统繁忙，内容暂时读不出来，请查看短信或聊天。再见。",
    "Emergency call. The system is slow and cannot read it to you; look at your SMS or chat."
    " Goodbye.",
)
GOODBYE = Words("再见。", " Goodbye.")
AGAIN = Words("没有收到按键，再播一遍。", "No key was heard; once more. ")
NO_KEY = Words(
    "未收到您的答复，将继续呼叫。再见。", "You gave no answer; calling goes on. Goodbye."
)
NO_ANSWER_NEEDED = Words("再见。", "Goodbye.")
NEXT = Words("另有一件事待您答复。", " Something else waits for your answer.")
ONLY_YOU = Words(
    "该岗位只有您可联系。仍要转下一位，请再按2；接手请按1。",
    "You are the only one for this post. To pass it on all the same, press 2 again;"
    " to take it, press 1.",
)
UNKNOWN_MESSAGE = Words(
    "没有找到这次呼叫的内容，请查看短信或聊天。再见。",
    "What this call is about was not found; look at your SMS or chat. Goodbye.",
)
OUR_FAULT = Words(
    "内部错误，未能确认是否已登记。错误编号{code}。请用短信或聊天再答复一次。再见。",
    "An internal error, {code}; it is not confirmed that this was recorded."
    " Please answer again by SMS or chat. Goodbye.",
)
DRILL = Words("演练。", "This is a drill. ")

# The duty line

WELCOME = Words("应急值班电话，{firm}。", "Emergency duty line, {firm}. ")
CHOICES = Words(
    "报告情况请按1，找值班负责人请按2，听处置状态请按3，重听请按星号。",
    "To report an event, press 1. To reach the duty lead, press 2. To hear how things stand,"
    " press 3. Star to repeat.",
)
STRANGER = Words(
    "您的号码不在应急处置联络手册中，无法受理。请联系您的联系人。再见。",
    "Your number is not in the contact manual, so this cannot be taken. Please turn to your"
    " usual contact. Goodbye.",
)
SPEAK = Words(
    "请在提示音后说明情况，最长六十秒，说完请按井号。",
    "After the tone, say what happened, in a minute at most; then press the hash key.",
)
NOTHING_SAID = Words("没有录到内容。", "Nothing was recorded. ")
CONNECTING = Words("正在接通{name}。", "Connecting you to {name}. ")
NOT_CONNECTED = Words(
    "没有接通。请按应急处置联络手册直接拨打，或按1报告情况。",
    "There was no connection. Dial from the contact manual yourself, or press 1 to report. ",
)


def choices(message: Message, awaits: Act | None = None) -> Words:
    """The keys, what each does said first (`接手请按1`)."""
    keys = menu(message.purpose, awaits)
    confirms = awaits in (Act.APPROVE, Act.REJECT)
    zh = [f"{_meaning(act, key, confirms).zh}请按{_key(key).zh}" for key, act in keys.items()]
    en = [f"{_key(key).en}: {_meaning(act, key, confirms).en}" for key, act in keys.items()]
    return Words("，".join(zh) + "。", f" Press {'; '.join(en)}.")


def read_back(act: Act, message: Message) -> Words:
    """What was chosen, to be confirmed."""
    chosen, keys = NAMES[act], choices(message, act)
    return Words(f"您选择：{chosen.zh}。{keys.zh}", f"You chose: {chosen.en}.{keys.en}")


def wrong(message: Message, awaits: Act | None) -> Words:
    """There is no such choice; the choices again."""
    keys = choices(message, awaits)
    no = NAMES[Act.WRONG]
    return Words(f"{no.zh}。{keys.zh}", f"{no.en.capitalize()}.{keys.en}")


def _meaning(act: Act, key: str, confirms: bool) -> Words:
    return Words("确认", "confirm") if confirms and key == "1" else NAMES[act]


def _key(key: str) -> Words:
    return Words("星号", "star") if key == "*" else Words(key, key)
