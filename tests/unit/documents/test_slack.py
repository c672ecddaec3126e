"""Slack's way of writing: within its limits whatever is written, and taken for nothing but text."""

import json
import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from responder.documents import slack
from responder.ports.form import Field, Form
from responder.ports.renderer import Button, Look
from tests.fakes.slack_blocks import buttons, faults, raw, shown, window_faults

NASTY = st.text(alphabet="<>&@!*_~`|#:chanelhrvyo \n中\u200b", max_size=400)
LONG = st.builds(
    lambda text, times: (text + " ") * times, NASTY, st.integers(min_value=1, max_value=600)
)
LABELS = st.lists(st.text(max_size=200), max_size=30)


@given(body=NASTY | LONG, labels=LABELS)
def test_any_text_is_within_the_limits(body, labels):
    """Blocks that Slack takes, with every button that has room."""
    given_ = [Button(label, f"v:{n}", Look.PLAIN) for n, label in enumerate(labels)]
    said = slack.message(body, given_, "mark")
    assert list(faults(said["blocks"])) == []
    assert 0 < len(said["text"]) <= slack.LONGEST_FALLBACK
    assert said["blocks"][0]["block_id"] == "mark"
    assert json.dumps(said)


@given(body=NASTY)
def test_nothing_is_taken_for_markup(body):
    """No reference, no entity but the three, no broadcast; it reads as it was written."""
    said = slack.message(body)
    for text in (said["text"], raw(said["blocks"])):
        assert "<" not in text
        assert ">" not in text
        assert not re.search(r"&(?!(amp|lt|gt);)", text)
        assert not re.search(r"@(channel|here|everyone)\b", text, re.IGNORECASE)
    assert said["mrkdwn"] is False
    read = shown(said["blocks"]).replace("@\u200b", "@")
    assert read in (body.strip().replace("@\u200b", "@"), slack.NOTHING)


@given(body=LONG)
def test_long_texts_lose_only_their_end(body):
    """Cut between characters, never within an entity, and the cut shows."""
    text = raw(slack.message(body)["blocks"])
    assert not re.search(r"&(?!(amp|lt|gt);)", text)
    whole = body.strip().replace("\n", "")
    read = unescape(text).replace("\n", "").replace("@\u200b", "@")
    assert read.rstrip("…")[:50] == whole.replace("@\u200b", "@")[:50] or not whole


def test_buttons_show_what_is_wanted_and_what_is_grave():
    """Green, red, plain; five in a row."""
    looks = [Look.GOOD, Look.GRAVE, *[Look.PLAIN] * 5]
    made = slack.message("x", [Button(f"{n}", f"v:{n}", look) for n, look in enumerate(looks)])
    found = buttons(made["blocks"])
    assert [one.get("style") for one in found.values()] == ["primary", "danger", *[None] * 5]
    assert [len(b["elements"]) for b in made["blocks"] if b["type"] == "actions"] == [5, 2]


def test_an_address_can_be_tapped():
    """Once more under the text, as an address and nothing else."""
    body = "请打开 https://er.example.com/r/a?b=1&c=2，或 <https://x.example|点我>"
    (context,) = [b for b in slack.message(body)["blocks"] if b["type"] == "context"]
    assert [one["text"] for one in context["elements"]] == [
        "<https://er.example.com/r/a?b=1&amp;c=2>",
        "<https://x.example>",
    ]


@given(
    label=st.text(max_size=200),
    choices=st.lists(st.tuples(st.text("ab", min_size=1, max_size=9), st.text(max_size=99))),
    title=st.text(max_size=60),
)
def test_any_form_is_within_the_limits(label, choices, title):
    """Windows that Slack opens."""
    fields = (
        Field("one", label, True, tuple(choices)[:120], "a"),
        Field("two", label, longest=9000, lines=True),
    )
    window = slack.form(Form("note", title, "提交", "取消", fields), "C1")
    assert list(window_faults(window)) == []
    assert [block["optional"] for block in window["blocks"]] == [False, True]
    assert list(window_faults(slack.notice(title, label, (), "C1"))) == []


@given(text=st.text(max_size=600))
def test_a_topic_is_one_line(text):
    topic = slack.topic(text)
    assert len(topic) <= slack.LONGEST_TOPIC
    assert "\n" not in topic
