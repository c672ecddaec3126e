"""One line of text becomes a verb and its words, or nothing: never an error, never an act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from responder.inbound.language.text import Token, plain, tidy, tokens
from responder.inbound.language.verb import Verb
from responder.inbound.language.words import BY_NAME, LONGEST_PHRASE, PHRASES, ROOTS

TRAILING = "。.!！,，;；:：~～"
"""What may stand behind a verb without changing it; a question mark does."""
GLUED = sorted(
    (phrase[0] for phrase in PHRASES if len(phrase) == 1 and "\u4e00" <= phrase[0][0] <= "\u9fff"),
    key=len,
    reverse=True,
)
"""Chinese verbs, the longest first: what follows need not be apart from them."""


@dataclass(frozen=True, slots=True)
class Said:
    """A verb and the words after it. `given` is what is settled: by the phrase, or by a choice."""

    line: str
    verb: Verb
    tokens: tuple[Token, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)
    sure: bool = False

    def knowing(self, **given: str) -> "Said":
        """The same with more settled."""
        return replace(self, given={**self.given, **given})

    @property
    def surely(self) -> "Said":
        """The same, confirmed."""
        return replace(self, sure=True)


def parse(line: str) -> Said | None:
    """What a line says, None where it begins with no verb."""
    line = tidy(line)
    words = list(tokens(line))
    while words and _bare(words[0]) in ROOTS:
        words = words[1:]
        if not words:
            return Said(line, BY_NAME["help"])
    return _by_phrase(line, words) or _by_glued(line, words)


def _bare(token: Token) -> str:
    """A word as a verb may be written: nothing quoted, no option."""
    if token.quoted or token.key:
        return ""
    return token.plain.rstrip(TRAILING) or token.plain


def _by_phrase(line: str, words: Sequence[Token]) -> Said | None:
    bare = [_bare(word) for word in words[:LONGEST_PHRASE]]
    for count in range(len(bare), 0, -1):
        found = PHRASES.get(tuple(bare[:count]))
        if found is not None:
            verb, preset = found
            return Said(line, verb, tuple(words[count:]), preset)
    return None


def _by_glued(line: str, words: Sequence[Token]) -> Said | None:
    """`接手0007`, `记录：…`, `呼叫@李娜`: a Chinese verb before what is no Chinese word."""
    if not words or words[0].quoted or words[0].key:
        return None
    first = words[0]
    for phrase in GLUED:
        rest = first.text[len(phrase) :]
        if first.text.startswith(phrase) and rest and _sets_apart(rest):
            verb, preset = PHRASES[(phrase,)]
            start = first.start + len(phrase) + (plain(rest[0]) == ":")
            return Said(line, verb, tokens(line, start), preset)
    return None


def _sets_apart(rest: str) -> bool:
    following = plain(rest[0])
    return (
        following in (":", "@", "#")
        or (rest[0].isascii() and rest[0].isalnum())
        or (following.isdigit())
    )
