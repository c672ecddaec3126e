"""Tokens: only who holds the secret can write one, and it says what it was issued for."""

from datetime import UTC, datetime, timedelta
from string import ascii_lowercase, digits

from hypothesis import given
from hypothesis import strategies as st

from responder.store.signing import KeyFileSigner
from responder.store.tokens import ALPHABET, KeyedTokens

TOKENS = KeyedTokens(b"one secret")
AT = datetime(2026, 11, 23, 12, 15, 30, tzinfo=UTC)

abouts = st.text(ascii_lowercase + digits, min_size=1, max_size=30)
contexts = st.text(max_size=30)
instants = st.integers(0, 2**30 - 1).map(
    lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


@given(abouts, instants, contexts)
def test_what_is_issued_is_read(about, until, within):
    """Claim and end come back as they were, to the second."""
    claim = TOKENS.read(TOKENS.issue(about, until, within), within)
    assert claim is not None
    assert (claim.about, claim.until) == (about, until)


@given(abouts, contexts, st.integers(0, 60), st.sampled_from(ALPHABET))
def test_a_letter_changed_anywhere_is_noticed(about, within, place, letter):
    """An id, an end, a code: none can be altered."""
    token = TOKENS.issue(about, AT, within)
    place %= len(token)
    altered = token[:place] + letter + token[place + 1 :]
    assert (TOKENS.read(altered, within) is None) == (altered != token)


@given(abouts, contexts, contexts)
def test_a_token_is_good_where_it_was_issued(about, within, elsewhere):
    """What holds within one thing holds within no other."""
    token = TOKENS.issue(about, AT, within)
    assert (TOKENS.read(token, elsewhere) is None) == (within != elsewhere)
    assert KeyedTokens(b"another secret").read(token, within) is None


@given(st.text(max_size=300))
def test_any_other_text_is_none(text):
    """Nothing that comes in by an address makes it stumble."""
    assert TOKENS.read(text) is None


def test_a_link_is_short():
    """37 letters for an id of 16, none of which a mail program leaves out of a link."""
    token = TOKENS.issue("0123456789abcdef", AT)
    assert len(token) == 37
    assert set(token) <= set(ascii_lowercase + digits)


def test_each_purpose_has_its_own_secret(tmp_path):
    """The same key gives the same secret again, and another one for another purpose."""
    key = KeyFileSigner(tmp_path / "site.key")
    again = KeyFileSigner(tmp_path / "site.key")
    assert key.secret(b"links") == again.secret(b"links") != key.secret(b"other")
    assert KeyFileSigner(tmp_path / "another.key").secret(b"links") != key.secret(b"links")
