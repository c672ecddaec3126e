from hypothesis import given
from hypothesis import strategies as st

from responder.documents.paper.fonts import width
from responder.documents.paper.lines import NEVER_FIRST, NEVER_LAST, Tone, broken

LOOK = Tone.BODY.value
TEXTS = st.text(st.sampled_from("上海证券交易所，。（）“”ab1-/ .A中,:\n"), min_size=1, max_size=120)
ROOM = st.floats(40, 400)


@given(TEXTS, ROOM)
def test_nothing_is_lost_or_added(text: str, room: float) -> None:
    """Whatever the width, the characters stay the same and in order; only blanks may go."""
    assert "".join("".join(broken(text, room, LOOK)).split()) == "".join(text.split())


@given(TEXTS, ROOM)
def test_a_line_fits_unless_punctuation_holds_it(text: str, room: float) -> None:
    """A line is wider than its room by the punctuation that may not leave it at most."""
    for line in broken(text, room, LOOK):
        loose = line.strip("".join(NEVER_FIRST | NEVER_LAST))
        assert width(loose, LOOK.font, LOOK.size) <= room or len(loose) <= 1


def test_chinese_breaks_anywhere_but_before_its_punctuation() -> None:
    """A full stop never begins a line, an opening bracket never ends one."""
    lines = broken("集中交易系统中断（主用数据库）。恢复。" * 12, 150, LOOK)
    assert len(lines) > 5
    assert not [line for line in lines if line[0] in NEVER_FIRST or line[-1] in NEVER_LAST]


def test_a_latin_word_stays_whole_and_a_hash_is_cut() -> None:
    """English wraps between words; what is wider than the line breaks inside."""
    lines = broken("the orders were refused since 09:40 by core-trading-primary " * 4, 160, LOOK)
    words = {word for line in lines for word in line.split()}
    assert words == {
        *("the", "orders", "were", "refused", "since", "09:40", "by", "core-trading-primary")
    }
    hashed = broken("0123456789abcdef" * 4, 100, LOOK)
    assert all(width(line, LOOK.font, LOOK.size) <= 100 for line in hashed)
