"""What somebody may have meant, by edit distance, in their own language first."""

from collections.abc import Iterable

from responder.inbound.language.text import plain, tidy
from responder.inbound.language.verb import Verb
from responder.inbound.language.words import VERBS

LONGEST_GUESS = 24
MOST = 3


def distance(one: str, other: str) -> int:
    """How many letters to add, drop, change or swap with a neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and (a, b) == (other[j - 2], one[i - 2]):
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return row[-1]


def near(word: str, known: Iterable[str]) -> list[str]:
    """The known words that a mistyped one may stand for, the nearest first."""
    written = plain(word)[:LONGEST_GUESS]
    scored = ((distance(written, plain(one)), one) for one in dict.fromkeys(known))
    return [one for away, one in sorted(scored) if away <= _tolerated(one)][:MOST]


def _tolerated(word: str) -> int:
    return min(len(word) - 1, max(1, len(word) // 3))


def nearest_verbs(line: str, language: str) -> list[tuple[str, Verb]]:
    """The phrases nearest to what a line begins with, each verb once, the nearest first."""
    line = plain(tidy(line))[: 4 * LONGEST_GUESS]
    if not line:
        return []
    scored = []
    for verb in VERBS:
        close = [
            (away / len(phrase), _foreign(phrase, language), phrase)
            for phrase in verb.phrases
            if (away := _away(line, phrase)) <= _tolerated(phrase)
        ]
        if close:
            scored.append((*min(close), verb))
    scored.sort(key=lambda one: one[:3])
    return [(phrase, verb) for _, _, phrase, verb in scored[:MOST]]


def _away(line: str, phrase: str) -> float:
    """From the line's first words; one begun counts, and a Chinese one wherever it stands."""
    if _chinese(phrase):
        if len(phrase) > 1 and phrase in line:
            return 0.5 - len(phrase) / 100
        return distance(line[: len(phrase) + 1].rstrip(), phrase)
    begins = " ".join(line.split()[: len(phrase.split())])[:LONGEST_GUESS]
    if len(begins) > 1 and phrase.startswith(begins):
        return (len(phrase) - len(begins)) / LONGEST_GUESS
    return distance(begins, phrase)


def _chinese(phrase: str) -> bool:
    return "\u4e00" <= phrase[0] <= "\u9fff"


def _foreign(phrase: str, language: str) -> bool:
    return _chinese(phrase) is (language == "en")
