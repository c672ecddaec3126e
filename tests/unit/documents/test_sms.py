import pytest

from responder.documents.sms import is_gsm, length, segments


@pytest.mark.parametrize(
    ("text", "units", "parts"),
    [
        ("", 0, 1),
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("a" * 306, 306, 2),
        ("a" * 307, 307, 3),
        ("€" * 80, 160, 1),
        ("€" * 81, 162, 2),
        ("集" * 70, 70, 1),
        ("集" * 71, 71, 2),
        ("集" * 134, 134, 2),
        ("集" * 135, 135, 3),
        ("🔥" * 35, 70, 1),
        ("🔥" * 36, 72, 2),
        ("a" * 69 + "集", 70, 1),
    ],
)
def test_segments(text, units, parts):
    """GSM-7 counts septets, anything else UTF-16 units; parts of a long one carry less."""
    assert (length(text), segments(text)) == (units, parts)


def test_one_foreign_character_changes_the_alphabet():
    """A single character outside the alphabet makes all of a text UCS-2."""
    assert is_gsm("Reply 1 to take it")
    assert not is_gsm("Reply 1 to take it…")
