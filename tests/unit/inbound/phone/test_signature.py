"""Whose request it is: our check agrees with Twilio's own library, in constant time, at once."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from responder.inbound.phone.signature import is_signed, signature

TOKEN = "a secret token"
URL = "https://er.example.com/phone/twilio/voice?m=abc"
NAMES = st.text("abcXYZ_09", min_size=1, max_size=8)
FORMS = st.dictionaries(NAMES, st.text(max_size=20), max_size=8)


@given(FORMS)
def test_it_signs_as_twilio_does(form):
    """Field by field in order of their names, whatever they hold."""
    ours = signature(URL, form.items(), TOKEN)
    assert ours == RequestValidator(TOKEN).compute_signature(URL, form)
    assert is_signed(URL, form.items(), ours, TOKEN)


@pytest.mark.parametrize(
    ("public", "signed"),
    [
        ("https://er.example.com/x?m=1", "https://er.example.com:443/x?m=1"),
        ("https://er.example.com:8443/x?m=1", "https://er.example.com/x?m=1"),
        ("http://er.example.com/x", "http://er.example.com:80/x"),
    ],
)
def test_with_or_without_the_port(public, signed):
    """Twilio is not of one mind about ports, and neither is its library."""
    given_one = RequestValidator(TOKEN).compute_signature(signed, {"a": "1"})
    assert is_signed(public, [("a", "1")], given_one, TOKEN)


@given(FORMS, st.text(max_size=40))
def test_nothing_else_fits(form, guess):
    """Another field, address, token or guess: none of them is let in, and none raises."""
    right = signature(URL, form.items(), TOKEN)
    assert not is_signed(URL, form.items(), guess, TOKEN) or guess == right
    assert not is_signed(URL, [*form.items(), ("added", "1")], right, TOKEN)
    assert not is_signed(URL + "1", form.items(), right, TOKEN)
    assert not is_signed(URL, form.items(), right, "another token")
    assert not is_signed(URL, form.items(), signature(URL, form.items(), ""), "")


def test_it_takes_no_time():
    """At most 50 µs for a form as Twilio posts it, in the best of many runs."""
    form = [(f"Field{n}", "value " * 4) for n in range(25)]
    right = signature(URL, form, TOKEN)
    best = min(_timed(form, right) for _ in range(20))
    assert best <= 50e-6, f"{best * 1e6:.1f} µs"


def _timed(form, right):
    begun = perf_counter()
    for _ in range(50):
        assert is_signed(URL, form, right, TOKEN)
    return (perf_counter() - begun) / 50
