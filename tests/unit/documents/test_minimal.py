"""What goes abroad says what is asked, and nothing of what it is about."""

from dataclasses import replace

import pytest

from responder.documents.messages import Messages
from responder.documents.sms import segments
from responder.domain.keys import BY_BUTTON, MENUS, Act
from responder.domain.message import READY_WORDS, Message, Purpose
from tests.unit.documents.samples import COMMON, LANGUAGES, OWN, TEMPLATES, message

ABROAD = ("slack", "telegram", "twilio")
LINK = "https://er.example.com/r/abc"
VIAS = {"slack": "slack", "telegram": "telegram", "twilio": "voice"}


def said(message: Message, channel: str = "twilio", link: str = "") -> str:
    words = Messages(TEMPLATES, (lambda _: link) if link else None, lambda name: name in ABROAD)
    return words.message(message, channel).body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("via", ["voice", "sms", "slack", "telegram", "email"])
@pytest.mark.parametrize("purpose", sorted(set(Purpose) - READY_WORDS))
def test_no_fact_but_the_reference_leaves(purpose: Purpose, via: str, language: str) -> None:
    """No name, cause, system, number, question or note is in it; the code or id is."""
    told = message(purpose, via, language)
    body = said(told)
    facts = {**COMMON[language], **OWN[language].get(purpose, {})}
    kept = {"incident", "code", "level", "link", "how"}
    kept |= {"state", "tasks"} if purpose is Purpose.CARD else set()
    leaked = [
        name
        for name, value in facts.items()
        if name not in kept and isinstance(value, str) and len(value) > 1 and value in body
    ]
    assert leaked == []
    assert "0017" in body or "零零幺七" in body or "0 0 1 7" in body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose", list(MENUS))
def test_what_is_asked_can_be_answered(purpose: Purpose, language: str) -> None:
    """Every key stands in the call, every digit in the SMS, every button under the chat text."""
    keys = MENUS[purpose]
    call = said(message(purpose, "voice", language))
    for key in keys:
        assert ({"*": "星号"} if language == "zh" else {"*": "star"}).get(key, key) in call
    short = said(message(purpose, "sms", language))
    digits = [key for key, act in keys.items() if act not in (Act.REPEAT, Act.HELP)]
    texted = [] if purpose in BY_BUTTON else digits
    assert [key for key in texted if key not in short.replace("0017", "")] == []
    assert segments(f"【示例证券】{short}" if language == "zh" else short) == 1
    chat = Messages(TEMPLATES, None, lambda _: True).message(
        message(purpose, "slack", language), "slack"
    )
    assert len(chat.buttons) == len(digits)
    assert [button.label for button in chat.buttons if button.label not in chat.body] == []


def test_in_the_words_of_the_trade() -> None:
    """The page as it is read and heard, in both languages."""
    page = message(Purpose.PAGE, "slack", "zh")
    assert said(page, link=LINK).split("\n") == [
        "应急呼叫 · Ⅱ级响应 · INC-2026-0017",
        "请点〔我来处置〕或〔转下一位〕。不答复将继续呼叫。",
        f"请打开：{LINK}",
    ]
    call = said(message(Purpose.PAGE, "voice", "zh"))
    assert call.startswith("应急呼叫，二级响应，编号零零幺七。")
    assert "不答复将继续呼叫。" in call
    assert call.endswith("接手请按1，不能接手请按2，重听请按星号，帮助请按0。")
    sms = said(message(Purpose.DECISION, "sms", "en"))
    assert sms.startswith("Your decision is needed, level 2. Reply 1 I am deciding, 4 approve")


def test_a_drill_is_marked_first() -> None:
    """P5 holds for these too."""
    for via, mark in (("slack", "【演练】"), ("sms", "演练："), ("voice", "演练，演练。")):
        assert said(message(Purpose.PAGE, via, "zh", drill=True)).startswith(mark)


def test_a_mainland_sms_carries_no_link() -> None:
    """Carriers of the mainland drop links; elsewhere it is what the reader needs."""
    there = replace(message(Purpose.PAGE, "sms", "zh"), to="+85251234567")
    here = replace(message(Purpose.PAGE, "sms", "zh"), to="+8613800138000")
    assert LINK in said(there, link=LINK)
    assert LINK not in said(here, link=LINK)


def test_the_sandbox_says_everything() -> None:
    """What stays on the machine is told whole."""
    page = message(Purpose.PAGE, "slack", "zh")
    assert "集中交易系统" in said(page, "sandbox")
    assert "集中交易系统" in said(page, "")
