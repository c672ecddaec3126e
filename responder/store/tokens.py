"""Tokens under a secret of the site: a claim in the open, and a code nobody else can make."""

import hmac
import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from responder.ports.tokens import Claim

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""As in the ids: nothing that a reader mistakes or a mail program leaves out of a link."""
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
UNTIL_LETTERS = 6
"""Seconds since 2026 in five bits a letter: until 2060."""
CODE_LETTERS = 15
"""75 bits: each guess is a request, and there is no other way to try one."""
LONGEST = 200
SHAPE = re.compile(rf"[0-9a-z]+[{ALPHABET}]{{{UNTIL_LETTERS + CODE_LETTERS}}}")


class KeyedTokens:
    """Issues and knows tokens by one secret."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def issue(self, about: str, until: datetime, within: str = "") -> str:
        """The claim, its end in whole seconds, and the code of both."""
        seconds = int((until - SINCE).total_seconds())
        claim = about + _letters(seconds, UNTIL_LETTERS)
        return claim + self._code(claim, within)

    def read(self, token: str, within: str = "") -> Claim | None:
        """What it says, if the code is right; the comparison takes as long for any wrong one."""
        if len(token) > LONGEST or not SHAPE.fullmatch(token):
            return None
        claim, code = token[:-CODE_LETTERS], token[-CODE_LETTERS:]
        if not hmac.compare_digest(code, self._code(claim, within)):
            return None
        seconds = _number(claim[-UNTIL_LETTERS:])
        return Claim(claim[:-UNTIL_LETTERS], SINCE + timedelta(seconds=seconds))

    def _code(self, claim: str, within: str) -> str:
        digest = hmac.digest(self._secret, f"{claim}\n{within}".encode(), sha256)
        return _letters(int.from_bytes(digest), CODE_LETTERS)


def _letters(number: int, count: int) -> str:
    """The last letters of a number."""
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(count)))


def _number(letters: str) -> int:
    return sum(
        ALPHABET.index(letter) << 5 * place for place, letter in enumerate(reversed(letters))
    )
