"""Lines become verbs: every phrase of every verb, however it is typed; nothing raises."""

import itertools
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from responder.inbound.language.helping import help_for, unknown
from responder.inbound.language.nearest import distance, near, nearest_verbs
from responder.inbound.language.parse import Said, parse
from responder.inbound.language.text import plain, tokens
from responder.inbound.language.verb import Verb
from responder.inbound.language.words import NO, VERBS, YES

PHRASES = [(phrase, verb) for verb in VERBS for phrase in verb.phrases]


def verb_of(line: str) -> str:
    said = parse(line)
    return said.verb.name if said else ""


@pytest.mark.parametrize(("phrase", "verb"), PHRASES, ids=[phrase for phrase, _ in PHRASES])
def test_every_phrase_is_its_verb(phrase: str, verb: Verb) -> None:
    """Bare, in capitals, full width, with a slash, a root command or a full stop behind it."""
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in phrase)
    for line in (
        phrase,
        phrase.upper(),
        wide,
        f"/{phrase}",
        f"/er {phrase}",
        f" {phrase}。",
        f"应急 {phrase}",
    ):
        assert verb_of(line) == verb.name, line


def test_a_phrase_belongs_to_one_verb() -> None:
    """No phrase means two things; every verb has a Chinese word and its own example and help."""
    assert [
        phrase for phrase, times in Counter(plain(p) for p, _ in PHRASES).items() if times > 1
    ] == []
    for verb in VERBS:
        assert verb.help.zh
        assert verb.help.en
        assert "\u4e00" <= verb.zh[0] <= "\u9fff", verb.name


@pytest.mark.parametrize("verb", VERBS, ids=[verb.name for verb in VERBS])
def test_every_example_is_a_line_of_its_verb(verb: Verb) -> None:
    """What an answer shows to be copied says what it is an example of, in both languages."""
    assert verb_of(verb.example.zh) == verb_of(verb.example.en) == verb.name
    assert verb.example.zh in help_for(verb.zh, "zh")
    assert verb.example.en in help_for(verb.name, "en")


@pytest.mark.parametrize(
    ("line", "verb", "rest"),
    [
        ("接手0007", "ack", ["0007"]),
        ("接手 ０００７", "ack", ["0007"]),
        ("定级2 客户扩大", "level", ["2", "客户扩大"]),
        ("呼叫@李娜 到机房", "page", ["@李娜", "到机房"]),
        ("记录：报盘已重启", "note", ["报盘已重启"]),
        ("note: restarted", "note", ["restarted"]),
        ("启动“交易中断”level=２", "incident new", ["交易中断", "2"]),
        ("启动「交易 中断」 级别＝2", "incident new", ["交易 中断", "2"]),
        ("warn lift 'can't say' ", "warn lift", ["can't say"]),
        ("note he can't log in", "note", ["he", "can't", "log", "in"]),
        ('note "never closed', "note", ["never closed"]),
        ("记录 “他说“好””", "note", ["他说“好”"]),
        ("收到！", "ack", []),
        ("\ufeff收到\u200b", "ack", []),
    ],
)
def test_what_follows_the_verb(line: str, verb: str, rest: list[str]) -> None:
    """Quotes of either language hold words together, full-width forms are the same."""
    said = parse(line)
    assert said is not None
    assert (said.verb.name, [plain(t.text) for t in said.tokens]) == (verb, rest)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "  ",
        "接手？",
        "收到，但我处理不了",
        "确认不了",
        "不接手",
        "大家好",
        "I cannot ack",
        "“接手”",
        "ack=1",
        "（）",
    ],
)
def test_what_is_no_command(line: str) -> None:
    """A question, a denial or talk that only holds a verb is no command."""
    assert parse(line) is None


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_parsed_and_answered(line: str) -> None:
    """No text makes the parser, the tokens or the help raise."""
    said = parse(line)
    assert said is None or isinstance(said, Said)
    for token in tokens(line):
        assert token.start < token.end <= len(line)
    for language in ("zh", "en"):
        assert unknown(line, language)
        assert help_for(line, language)


@given(st.text("“”「」『』\"'=- \u3000a接手：", max_size=40))
def test_quotes_never_lose_their_way(line: str) -> None:
    """Words follow one another in the line's order, whatever opens and closes."""
    found = tokens(line)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("line", "language", "meant"),
    [
        ("acknowlege", "en", "ack"),
        ("akc", "en", "ack"),
        ("stat", "en", "status"),
        ("decied halt-orders approve", "en", "decide"),
        ("taks list", "en", "task list"),
        ("hnadover @li.na", "en", "handover"),
        ("请接手一下", "zh", "ack"),
        ("解除予警", "zh", "warn lift"),
        ("转一下位", "zh", "decline"),
        ("时间钱", "zh", "timeline"),
        ("qwertyuiop", "en", None),
    ],
)
def test_did_you_mean(line: str, language: str, meant: str | None) -> None:
    """The nearest verb is offered by edit distance, and nothing where nothing is near."""
    found = nearest_verbs(line, language)
    assert (found[0][1].name if found else None) == meant


def test_a_phrase_of_ones_own_language_is_offered_first() -> None:
    """Equally near phrases: a Chinese reader gets the Chinese one."""
    for phrase, _verb in nearest_verbs("请接手一下", "zh"):
        assert not phrase.isascii()


@given(st.text("abc接手", max_size=6), st.text("abc接手", max_size=6))
def test_distance_is_a_distance(one: str, other: str) -> None:
    """Zero for the same alone, the same both ways, never more than the longer."""
    away = distance(one, other)
    assert away == distance(other, one) <= max(len(one), len(other))
    assert (away == 0) is (one == other)


def test_neighbours_swapped_are_one_mistake() -> None:
    """The commonest slip of a hurried hand costs one."""
    assert distance("akc", "ack") == 1
    assert near("wang.fagn", ["wang.fang", "li.na"]) == ["wang.fang"]


def test_yes_and_no_are_no_verbs_but_one() -> None:
    """确认 alone takes a page unless something waits to be confirmed; the others do nothing."""
    assert {word for word in YES | NO if parse(word)} == {"确认"}


@pytest.mark.parametrize("piece", ["“", "'a ", '"', "“a” ", "level=1 ", "接手", "「『"])
def test_a_long_line_costs_no_more_than_its_length(piece: str) -> None:
    """Quotes that never close make nobody wait."""
    line = f"note {piece * 6000}"[:6000]
    assert parse(line) is not None
