"""Contact details shown in part: recognisable, and never enough to call."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.domain.masking import HIDDEN, masked, without_numbers

DIGITS = st.text("0123456789", min_size=1, max_size=15)


@pytest.mark.parametrize(
    ("to", "shown"),
    [
        ("+8613800138000", "138****8000"),
        ("008613800138000", "138****8000"),
        ("138 0013 8000", "138****8000"),
        ("+85251234567", "+85****4567"),
        ("+862150001111", "+86****1111"),
        ("12386", "****86"),
        ("8023", "****"),
        ("zhang.wei@example.com", "z****@example.com"),
        ("U012AB3CD", "U0****"),
        ("ab", "****"),
        ("", "****"),
    ],
)
def test_what_is_left_of_it(to: str, shown: str) -> None:
    """The first three and the last four figures of a number; the first letter of an address."""
    assert masked(to) == shown


@given(st.sampled_from(["", "+", "+86", "0"]), DIGITS)
def test_a_number_keeps_three_figures_to_itself(prefix: str, digits: str) -> None:
    """Whatever its length, at least three figures of a number are not shown, or all."""
    shown = masked(prefix + digits)
    assert HIDDEN in shown
    figures = sum(c.isdigit() for c in shown)
    assert figures == 0 or figures <= len(prefix.strip("+") + digits) - 3


@given(st.text(max_size=40))
def test_anything_can_be_masked(to: str) -> None:
    """A detail of any form comes out masked, and never as it was."""
    assert HIDDEN in masked(to)
    assert masked(to) != to or HIDDEN in to


@given(st.text("核对值班，请打 INC-", max_size=12), st.integers(10_000_000, 10**14))
def test_no_number_stays_in_a_text(words: str, number: int) -> None:
    """A telephone number somebody typed is masked where it stands apart."""
    assert str(number) not in without_numbers(f"{words} {number} ")


def test_ids_and_dates_stay() -> None:
    """What is no number is left alone."""
    text = "INC-2026-0007，2026-12-01 20:00，0007，level 2"
    assert without_numbers(text) == text
