"""vCards: whatever is in a name, a strict reader gets it back as it was."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.documents.vcards import FAVOURITE, VERSIONS, VCards, escaped, folded
from responder.domain.people import Person, Way
from responder.domain.words import Words

LINE = re.compile(r'([A-Z]+)((?:;[A-Z]+=(?:"[^"]*"|[^";:,]*)(?:,[^";:,]*)*)*):(.*)', re.DOTALL)
TEXT = st.text(st.characters(codec="utf-8"), max_size=120)
NUMBERS = st.from_regex(r"\+[1-9][0-9]{6,13}", fullmatch=True)
MAILS = st.from_regex(r"[a-z]{1,60}@[a-z]{1,60}\.example", fullmatch=True)
PEOPLE = st.builds(
    Person,
    id=st.from_regex(r"[a-z]{1,8}\.[a-z]{1,8}", fullmatch=True),
    name=st.builds(Words, TEXT, TEXT),
    title=st.builds(Words, TEXT, TEXT),
    reach=st.lists(
        st.builds(Way, st.sampled_from(["voice", "sms"]), NUMBERS)
        | st.builds(Way, st.just("email"), MAILS),
        max_size=5,
    ).map(tuple),
)


def parsed(text):
    """The cards of a file, by RFC 6350: unfolded, split, unescaped. Fails on what it forbids."""
    assert text.endswith("\r\n")
    raw = text[:-2].split("\r\n")
    assert all(len(line.encode()) <= 75 for line in raw), "lines are folded"
    cards: list[list[tuple[str, str, str]]] = []
    is_open = False
    for line in "\r\n".join(raw).replace("\r\n ", "").split("\r\n"):
        assert "\n" not in line
        found = LINE.fullmatch(line)
        assert found, line
        name, parameters, value = found.groups()
        if (name, value) == ("BEGIN", "VCARD"):
            assert not is_open
            cards.append([])
            is_open = True
        elif (name, value) == ("END", "VCARD"):
            is_open = False
        else:
            assert is_open
            cards[-1].append((name, parameters, value))
    assert not is_open
    return cards


def plain(value):
    """A text value without its escapes."""
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value, flags=re.DOTALL)


def kept(text):
    """What of a text a card keeps: no control characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c == "\n" or c.isprintable())


@given(st.lists(PEOPLE, max_size=4), st.sampled_from(VERSIONS), st.sampled_from(["zh", "en"]), TEXT)
def test_what_is_written_is_read_back(people, version, language, firm):
    """Names, titles, numbers and addresses come back whole, of every person, in order."""
    cards = parsed(VCards(firm, language, version).people(people)) if people else []
    assert len(cards) == len(people)
    for card, person in zip(cards, people, strict=True):
        assert card[0] == ("VERSION", "", version)
        said = {name: plain(value) for name, _, value in card}
        assert said["FN"] == kept(person.name.said(language) or person.id)
        assert said["ORG"] == kept(firm)
        assert said.get("TITLE", "") == kept(person.title.said(language))
        called = {way.to for way in person.reach if way.via in ("voice", "sms")}
        assert {v.removeprefix("tel:") for n, _, v in card if n == "TEL"} == called
        mails = {way.to for way in person.reach if way.via == "email"}
        assert {plain(v) for n, _, v in card if n == "EMAIL"} == mails


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=400))
def test_folding_loses_nothing_and_cuts_no_character(line):
    """Every piece is at most 75 octets and valid by itself."""
    pieces = folded(line).split("\r\n ")
    assert "".join(pieces) == line
    assert all(len(piece.encode()) <= 75 - bool(n) for n, piece in enumerate(pieces))


def test_nothing_in_a_name_becomes_structure():
    """A line break, a comma, a semicolon in a name stay in the name."""
    assert escaped("a,b;c\\d\r\ne\x00\u202e") == "a\\,b\\;c\\\\d\\ne"


@pytest.mark.parametrize("version", VERSIONS)
def test_one_card_has_every_number_that_calls(version):
    """All numbers once, and how to let them through Do-Not-Disturb."""
    numbers = ["+12025550100", "+862150007000", "+12025550100"]
    (card,) = parsed(VCards("示例证券", "zh", version).emergency(numbers))
    told = [v.removeprefix("tel:") for n, _, v in card if n == "TEL"]
    assert told == ["+12025550100", "+862150007000"]
    said = {name: plain(value) for name, _, value in card}
    assert said["FN"] == "应急呼叫 / Emergency call"
    assert said["NOTE"] == FAVOURITE.zh
    assert "个人收藏" in said["NOTE"]


def test_the_newer_version_says_what_a_number_is_for():
    """4.0 has `tel:` addresses with their kinds, 3.0 plain numbers."""
    person = Person(
        "a.b", Words("甲"), reach=(Way("voice", "+8613800138000"), Way("sms", "+8613800138000"))
    )
    assert 'TEL;VALUE=uri;TYPE="voice,text":tel:+8613800138000' in VCards("", "zh").people([person])
    assert "TEL;TYPE=voice,msg:+8613800138000" in VCards("", "zh", "3.0").people([person])
