"""Texts as Telegram takes them: escaped, within its limits, whatever people wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.documents.telegram import NARROW, TelegramStyle
from responder.ports.renderer import Button
from tests.fakes.telegram_fields import shown

STYLE = TelegramStyle()
ANYTHING = st.text(st.characters(codec=None), max_size=50) | st.text(
    "<>&;/ab🔴\n\ud83d", max_size=200
)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(ANYTHING, st.booleans(), st.sampled_from([1, 40, 900]))
def test_what_people_wrote_is_read_as_they_wrote_it(text, headline, times):
    """Telegram shows the plain text again: nothing in it is markup, nothing is refused."""
    written = STYLE.written(text * times, headline=headline)
    assert shown(written.markup) == written.plain
    assert 0 < units(written.plain) <= 4096
    assert written.plain.strip()
    written.plain.encode()


def test_a_first_line_stands_out():
    """Of several, where it is asked for."""
    assert (
        STYLE.written("Ⅱ级 <响应>\n接手", headline=True).markup == "<b>Ⅱ级 &lt;响应&gt;</b>\n接手"
    )
    assert STYLE.written("一行", headline=True).markup == "一行"
    assert STYLE.written("两\n行").markup == "两\n行"


def test_a_cut_is_marked():
    """Who reads it knows that there was more."""
    assert STYLE.written("断" * 5000).plain == "断" * 4095 + "…"


BUTTONS = st.lists(st.builds(Button, st.text(max_size=80), st.text(max_size=70)), max_size=12)


@given(BUTTONS)
def test_a_button_that_telegram_would_refuse_is_left_out(buttons):
    """The others stay, in their order; a message is never refused for one of them."""
    rows = STYLE.written("应急", buttons).rows
    kept = [button.data for row in rows for button in row]
    fit = [b.data for b in buttons if b.label and 1 <= len(b.data.encode()) <= 64]
    assert kept == fit
    for row in rows:
        narrow = all(len(button.label) <= NARROW for button in row)
        assert 1 <= len(row) <= (5 if narrow else 2)


def test_short_buttons_share_a_row():
    """Two of them; a long label has a row of its own."""
    labels = ["我来处置", "转下一位", "INC-2026-0001 集中交易系统中断", "取消"]
    rows = STYLE.written("应急", [Button(label, f"v:{label[:3]}") for label in labels]).rows
    assert [[button.label for button in row] for row in rows] == [labels[:2], [labels[2]], ["取消"]]


def test_a_scale_stands_in_one_row():
    """Five figures, the ends named; what is wider comes below."""
    labels = ["1 否", "2", "3", "4", "5 是", "写两点意见"]
    rows = STYLE.written("反馈", [Button(label, f"v:{label[:1]}") for label in labels]).rows
    assert [[button.label for button in row] for row in rows] == [labels[:5], labels[5:]]


@given(ANYTHING)
def test_a_title_is_one_line(text):
    """Of at most 128."""
    title = STYLE.title(text)
    assert 0 < units(title) <= 128
    assert "\n" not in title


@pytest.mark.parametrize(
    ("text", "brief"),
    [("已登记", True), ("登" * 200, True), ("登" * 201, False), ("🔴" * 101, False), ("", False)],
)
def test_what_pops_up(text, brief):
    """At most 200, and something."""
    assert STYLE.is_brief(text) is brief
