"""Values in plain form: what people type is read as they mean it, or not at all."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.domain.plain_value import (
    figure_said,
    instant,
    instant_said,
    late_said,
    minutes,
    minutes_said,
    number,
    percent,
    plain,
    yes_no,
)

NOW = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
SPANS = st.timedeltas(timedelta(days=-9000), timedelta(days=9000))
INSTANTS = SPANS.map(lambda span: NOW + span)


@given(st.integers(min_value=0, max_value=10**15))
def test_a_number_is_read_as_it_is_said(value: int) -> None:
    """With separators or without, in ten-thousands or not."""
    assert number(str(value), whole=True) == str(value)
    assert number(figure_said(str(value)), whole=True) == str(value)
    assert number(f"{value}万", whole=True) == str(value * 10_000)


@pytest.mark.parametrize(
    ("text", "read"),
    [("1.2万", "12000"), ("0.5亿", "50000000"), ("-3", None), ("3.5", None), ("", None),
     ("12 000", "12000"), ("1e9", None), ("九", None), ("9" * 30, None)],
)  # fmt: skip
def test_numbers(text: str, read: str | None) -> None:
    assert number(text, whole=True) == read


def test_shares_spans_and_answers() -> None:
    assert [percent(text) for text in ("4.2%", "4.2％", "100", "x")] == ["4.2", "4.2", "100", None]
    spans = ("90", "1h30m", "1小时30分", "2天", "57分钟", "", "1.5h")
    assert [minutes(text) for text in spans] == ["90", "90", "90", "2880", "57", None, None]
    assert [yes_no(text) for text in ("是", "No", "有", "无", "?")] == [
        "yes",
        "no",
        "yes",
        "no",
        None,
    ]


@given(INSTANTS)
def test_an_instant_survives_its_plain_form(at: datetime) -> None:
    """To the second, in any zone."""
    whole = at.replace(microsecond=0)
    assert instant(plain(at), NOW, "Asia/Shanghai") == plain(whole)
    assert datetime.fromisoformat(plain(at)) == whole


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("20:14", "2026-11-23T12:14:00Z"),
        ("20时14分07秒", "2026-11-23T12:14:07Z"),
        ("20:16", "2026-11-22T12:16:00Z"),
        ("2026-11-23 09:44:42", "2026-11-23T01:44:42Z"),
        ("刚才", None),
        ("9999-99-99", None),
        ("0001-01-01T00:00:00+14:00", None),
    ],
)
def test_instants(text: str, read: str | None) -> None:
    """A clock time is the last one that was; without an offset it is the site's."""
    assert instant(text, NOW, "Asia/Shanghai") == read


def test_values_are_said_as_papers_write_them() -> None:
    at = datetime(2019, 9, 16, 1, 44, 42, tzinfo=UTC)
    assert instant_said(at, "Asia/Shanghai", "zh") == "2019年9月16日09时44分42秒（UTC+8）"
    assert instant_said(at, "Asia/Kolkata", "en") == (
        "2019-09-16 07:14:42 UTC+5:30 (2019-09-16T01:44:42Z)"
    )
    assert minutes_said("57", "zh") == "57分钟"
    assert minutes_said("3010", "en") == "02:02:10 (3010 min)"
    assert late_said(timedelta(minutes=57, seconds=29), "zh") == "57分29秒"
    assert late_said(timedelta(hours=2, seconds=1), "en") == "2 h 0 min 1 s"
