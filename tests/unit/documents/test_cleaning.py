import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.documents import sms
from responder.documents.cleaning import clean

FORMS = st.sampled_from(["voice", "sms", "chat", "email"])
LANGUAGES = st.sampled_from(["zh", "en"])


@given(st.text(max_size=400), LANGUAGES, FORMS, st.integers(1, 80))
def test_nothing_invisible_gets_through(text, language, form, longest):
    """Whatever was typed, a fact is one line of visible characters, no longer than allowed."""
    fact = clean(text, language, form, longest)
    assert len(fact) <= max(longest, 3)
    assert fact == fact.strip()
    assert all(c == " " or unicodedata.category(c)[0] not in "CZ" for c in fact)
    if form == "sms":
        assert "【" not in fact


@pytest.mark.parametrize(
    ("typed", "form", "kept"),
    [
        ("集中\u202e交易\u2066系统\u200b中断\ufeff", "chat", "集中交易系统中断"),
        ("一\n二\t三\r\n四\u2028五", "chat", "一 二 三 四 五"),
        ("\x00\x07报警\x1b[31m", "chat", "报警[31m"),
        ("Z" + "\u0301" * 50, "chat", "Z\u0301\u0301"),
        ("🔥机房38℃★", "chat", "🔥机房38℃★"),
        ("🔥机房38℃★", "sms", "机房38℃"),
        ("🔥机房38℃★", "voice", "机房38℃"),
        ("【演练】", "sms", "〔演练〕"),
        ("启动Ⅱ级响应", "sms", "启动二级响应"),
        ("启动Ⅱ级响应", "voice", "启动二级响应"),
        ("启动Ⅱ级响应", "chat", "启动Ⅱ级响应"),
    ],
)
def test_what_becomes_of_what_people_type(typed, form, kept):
    """Controls, direction marks and towers of accents go; SMS and the phone lose what they lack."""
    assert clean(typed, "zh", form, 60) == kept


def test_a_cut_is_seen():
    """What is cut off leaves a mark, and an accent is not torn from its letter."""
    assert clean("集" * 100, "zh", "sms", 10) == "集" * 9 + "…"
    assert clean("abcdefghijklmnop", "en", "sms", 10) == "abcdefg..."
    assert clean("abce\u0301fghijk", "zh", "chat", 5) == "abc…"


def test_english_sms_stays_seven_bit():
    """Typographic signs do not turn an English SMS into one of 70 characters."""
    assert sms.is_gsm(clean("“Core” trading – it’s down…", "en", "sms", 60))
