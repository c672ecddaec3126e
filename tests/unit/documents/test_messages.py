"""Whatever the site's templates are like, a message gets its words."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from responder.documents import sms
from responder.documents.messages import LONGEST_TEXT, LOOK_EVERY, Messages
from responder.domain.message import READY_WORDS, TO_PLACES, Purpose
from tests.unit.documents.samples import LANGUAGES, OWN, TEMPLATES, VIAS, message

FORM_OF = {"voice": "voice", "sms": "sms", "email": "email"}


def site(folder: Path, **templates: str) -> Messages:
    """A site with templates for pages in Chinese only, by form."""
    (folder / "zh").mkdir()
    for form, text in templates.items():
        (folder / "zh" / f"page.{form}.j2").write_text(text, encoding="utf-8")
    return Messages(folder)


@pytest.mark.parametrize(
    ("via", "have", "used"),
    [
        ("slack", ("chat", "sms"), "chat"),
        ("slack", ("sms",), "sms"),
        ("email", ("email", "chat", "sms"), "email"),
        ("email", ("chat", "sms"), "chat"),
        ("email", ("sms",), "sms"),
        ("by_hand", ("chat", "sms"), "chat"),
        ("sms", ("sms", "chat"), "sms"),
        ("voice", ("voice", "sms"), "voice"),
    ],
)
def test_forms_fall_back(tmp_path, via, have, used):
    """Email falls back to chat and chat to SMS; that is no error."""
    text = site(tmp_path, **{form: f"{form}的话" for form in have}).message(
        message(Purpose.PAGE, via)
    )
    assert (text.body, text.reason) == (f"{used}的话", "")


@pytest.mark.parametrize("via", ["sms", "voice"])
def test_the_phone_and_sms_fall_back_to_nothing(tmp_path, via):
    """A text written to be read is not read out, nor a long one sent by SMS."""
    text = site(tmp_path, chat="聊天的话").message(message(Purpose.PAGE, via))
    assert "集中交易系统中断" in text.body
    assert "page" in text.reason


@pytest.mark.parametrize(
    "broken",
    [
        "{{ trouble",
        "{% if %}",
        "{{ nobody_knows_this }}",
        "{{ title.upper.__globals__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ title|no_such_filter }}",
        "{{ 'x' * 10000000000 }}",
        "{{ 1 // 0 }}",
        "{% for i in range(10) %}{{ i }}{% endfor %}",
        "{% include 'gone.j2' %}",
        "{{ raise() }}",
        "   \n ",
        "",
    ],
)
@pytest.mark.parametrize("drill", [False, True])
@pytest.mark.parametrize("via", VIAS)
def test_a_broken_template_loses_no_page(tmp_path, broken, via, drill):
    """A plain sentence stands in with what matters, and says why on the record."""
    forms = dict.fromkeys(("voice", "sms", "chat", "email"), broken)
    text = site(tmp_path, **forms).message(message(Purpose.PAGE, via, drill=drill))
    assert "集中交易系统中断" in text.body
    assert "1接手，2转下一位" in text.body
    assert "0017" in text.body
    assert text.reason
    assert len(text.reason) <= 200


def test_undecodable_template(tmp_path):
    """A file in a wrong encoding is a broken template too."""
    renderer = site(tmp_path, sms="x")
    (tmp_path / "zh" / "page.sms.j2").write_bytes("应急".encode("gbk"))
    assert "集中交易系统中断" in renderer.message(message(Purpose.PAGE)).body


def test_an_edited_template_counts_at_once(tmp_path):
    """What the planner saves is what messages say from the next moment on."""
    renderer = site(tmp_path, sms="旧话")
    assert renderer.message(message(Purpose.PAGE)).body == "旧话"
    path = tmp_path / "zh" / "page.sms.j2"
    path.write_text("新话", encoding="utf-8")
    stamp = path.stat().st_mtime + 5
    import os

    os.utime(path, (stamp, stamp))
    time.sleep(LOOK_EVERY)
    assert renderer.message(message(Purpose.PAGE)).body == "新话"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("via", VIAS)
@pytest.mark.parametrize("purpose", sorted(set(Purpose) - READY_WORDS))
def test_the_plain_sentence_reads(tmp_path, purpose, via, language):
    """Without any template each purpose still says what it is about and how to answer."""
    text = Messages(tmp_path).message(message(purpose, via, language))
    assert text.reason.startswith(f"{purpose}.")
    assert "0017" in text.body
    if via == "sms":
        assert sms.segments(text.body) <= 2


@pytest.mark.parametrize("via", ["slack", "sms"])
def test_a_plain_invitation_says_when_and_how_to_answer(tmp_path, via):
    """A site whose templates are older than invitations; no calls are threatened."""
    body = Messages(tmp_path).message(message(Purpose.INVITATION, via)).body
    assert "12月5日 16:00" in body
    assert "“参加演练”或“不能参加演练”" in body
    assert "继续联系" not in body


@given(
    st.sampled_from(sorted(set(Purpose) - TO_PLACES)),
    st.sampled_from(VIAS),
    st.sampled_from(LANGUAGES),
    st.dictionaries(
        st.sampled_from(["title", "reason", "what", "why", "question", "firm", "next", "to"]),
        st.text(max_size=300)
        | st.text("{}%#【】<!@&>\u202e\u0000\n集", max_size=200).map(lambda text: text * 60),
        max_size=8,
    ),
)
@settings(max_examples=500)
def test_anything_people_type_goes_out_whole(purpose, via, language, facts):
    """Ten thousand characters, controls, markup: one clean text, bounded, its code kept."""
    renderer = Messages(TEMPLATES)
    text = renderer.message(message(purpose, via, language, **facts))
    assert text.reason == ""
    form = FORM_OF.get(via, "chat")
    assert 0 < len(text.body) <= LONGEST_TEXT[form]
    assert not {"\u202e", "\x00", "\r", "\u2066"} & set(text.body + text.subject)
    assert "\n" not in text.subject
    if via in ("sms", "voice"):
        assert "\n" not in text.body
    if via == "sms":
        assert text.body.endswith("0017")


def test_what_people_type_is_never_a_template(tmp_path):
    """A title is words, whatever it looks like."""
    renderer = site(tmp_path, sms="{{ title }}")
    hostile = "{{ 7*7 }}{% for x in y %}"
    assert renderer.message(message(Purpose.PAGE, title=hostile)).body == hostile


def test_an_unknown_language_is_chinese():
    """Anything but `en` is read as Chinese."""
    odd = message(Purpose.PAGE)
    odd.language = "fr"
    assert Messages(TEMPLATES).message(odd).body.startswith("应急：")


@pytest.mark.parametrize(
    ("title", "system", "trouble"),
    [
        ("集中交易系统中断", "集中交易系统", "集中交易系统中断"),
        ("集中交易中断", "集中交易系统、风控系统", "集中交易中断"),
        ("全部委托无响应", "集中交易系统", "集中交易系统全部委托无响应"),
        ("数据库故障", "集中交易系统、结算系统", "集中交易系统等：数据库故障"),
        ("机房或办公场所火灾", "中心机房", "机房或办公场所火灾"),
        ("", "集中交易系统", "集中交易系统故障"),
        ("停电", "", "停电"),
    ],
)
def test_what_is_the_matter_with_what(tmp_path, title, system, trouble):
    """The system is named once: by the title, or before it."""
    renderer = site(tmp_path, chat="{{ trouble }}")
    facts = {"title": title, "system": system, "playbook": "集中交易系统故障"}
    assert renderer.message(message(Purpose.PAGE, "slack", **facts)).body == trouble


@pytest.mark.parametrize(
    ("via", "said"),
    [
        ("voice", "Level two: Core trading system outage, plan"),
        ("sms", "Example Securities: Core trading system outage, level 2"),
        ("slack", "Level 2 · Core trading system outage (集中交易系统中断)"),
    ],
)
def test_a_chinese_title_for_an_english_reader(via, said):
    """Who reads English gets the playbook's words, and the title as well where it can be shown."""
    text = Messages(TEMPLATES).message(message(Purpose.PAGE, via, "en", title="集中交易系统中断"))
    assert said in text.body


def test_the_same_bytes_every_time():
    """Rendering has no chance and no clock in it."""
    for purpose in OWN["zh"]:
        texts = {Messages(TEMPLATES).message(message(purpose, "email")) for _ in range(3)}
        assert len(texts) == 1


def test_a_broken_template_is_prepared_around(tmp_path):
    """It spoils neither the start of the service nor another template; its message says why."""
    renderer = site(tmp_path, sms="{% if %}", chat="聊天的话")
    renderer.prepare()
    assert renderer.message(message(Purpose.PAGE, "slack")).body == "聊天的话"
    assert "page.sms.j2" in renderer.message(message(Purpose.PAGE, "sms")).reason


@pytest.mark.parametrize("via", VIAS)
def test_what_people_released_is_not_touched_by_any_way(tmp_path, via):
    """A notice's words are its own, also where a channel otherwise carries a reference only."""
    notice = message(Purpose.NOTICE, via, text="关于{{ 7 * 7 }}的公告\n\n正文")
    for renderer in (Messages(tmp_path), Messages(tmp_path, carries_little=lambda _channel: True)):
        assert renderer.message(notice).body == "关于{{ 7 * 7 }}的公告\n\n正文"
