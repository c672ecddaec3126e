"""What Slack tells, read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.documents.slack import escaped
from responder.inbound.slack.reading import (
    Where,
    accounts_in,
    files_in,
    filled,
    is_said,
    line_of,
    settles,
    visitor,
    without_address,
)

PEOPLE = {"U1": "li.na"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("page <@U1> now", "page @li.na now"),
        ("page <@U2|bob>", "page @bob"),
        ("page <@U2>", "page @U2"),
        ("<#C1|hall> <!here|@here> <!channel>", "#hall @here "),
        (
            "<https://x.example|x> <mailto:a@b.c|a@b.c> <https://y.example>",
            "x a@b.c https://y.example",
        ),
        ("a &lt;b&gt; &amp;lt;", "a <b> &lt;"),
        ("a < b", "a < b"),
    ],
)
def test_lines(written, read):
    """Accounts become people, addresses their labels, entities their signs, once."""
    assert line_of(written, lambda account: PEOPLE.get(account, "")) == read


@given(text=st.text(alphabet="<>&;ltgmpa@U1|! x中", max_size=60))
def test_what_was_escaped_reads_as_it_was(text):
    """Slack's escaping and ours are one another's reverse."""
    assert line_of(escaped(text), lambda _: "") == text


def test_an_app_is_addressed_once():
    assert without_address("<@U0BOT>，状态 <@U1>") == "状态 <@U1>"
    assert without_address("状态 <@U0BOT>") == "状态 <@U0BOT>"
    assert accounts_in("<@U1> <@U2|x> <#C1>") == {"U1", "U2"}


def test_who_wrote():
    """People do; programs, joins and edits do not."""
    assert is_said({"user": "U1"})
    assert is_said({"user": "U1", "subtype": "file_share"})
    assert not is_said({"user": "U1", "subtype": "message_changed"})
    assert not is_said({"user": "U1", "bot_id": "B1"})
    assert not is_said({"subtype": "bot_message"})
    assert files_in({"files": [{"id": "F1", "name": "a.log"}, "x"]}) == ["a.log (F1)"]


def test_what_a_window_was_filled_in_with():
    values = {
        "title": {"value": {"value": "中断"}},
        "level": {"value": {"selected_option": {"value": "2"}}},
        "system": {"value": {"selected_option": None}},
    }
    view = {"state": {"values": values}}
    assert filled(view) == {"title": "中断", "level": "2", "system": ""}


def test_where_people_are():
    """A conversation with the app alone is one person's own."""
    assert visitor("U1", "D1", "e", "zh").alone
    assert not visitor("U1", "C1", "e", "zh").alone
    assert Where("U1", "D1").private
    assert not Where("U1", "D1", hidden=True).private
    assert not Where("U1", "C1").private


def test_a_question_goes_with_its_answer():
    assert settles("w:q:yes")
    assert settles("k:m:1:approve")
    assert not settles("k:m:1")
    assert not settles("v:status")
