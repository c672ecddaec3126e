"""Canonical JSON: one value, one text, whoever writes it and whenever.

UTF-8, object keys in order of code points, no white space, no floats; an instant is text in UTC
with microseconds (`2026-10-01T03:00:00.000000Z`). What the ledger hashes is in this form, and
the form never follows a library's taste: it cannot change without breaking every chain.
"""

import json
from datetime import UTC, datetime
from typing import Any

WIDEST = 1 << 63
"""Integers lie strictly between -WIDEST and WIDEST, so that every reader keeps them whole."""

_WRITER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)


def canonical(value: Any) -> bytes:
    """The canonical text of a JSON value.

    Raises TypeError or ValueError for what has no canonical form: floats, naive times, keys
    that are not text, integers too wide, text that is not Unicode.
    """
    return written(plain(value))


def written(value: Any) -> bytes:
    """The canonical text of what is known to be in JSON's own types already."""
    return _WRITER.encode(value).encode()


def plain(value: Any) -> Any:
    """The value in JSON's own types: instants become text, tuples lists, enum members texts."""
    kind = type(value)
    if value is None or kind is str or kind is bool:
        return value
    if kind is int:
        return _bounded(value)
    if kind is dict:
        return {
            _key(key): item if type(item) is str else plain(item) for key, item in value.items()
        }
    if kind is list or kind is tuple:
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, str):
        return str.__str__(value)
    raise TypeError(f"{kind.__name__} has no canonical form: {value!r}")


def instant_text(at: datetime) -> str:
    """An instant as canonical text. Raises ValueError for a time without a zone."""
    if at.utcoffset() is None:
        raise ValueError(f"a time without a zone is no instant: {at!r}")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _bounded(number: int) -> int:
    if -WIDEST < number < WIDEST:
        return number
    raise ValueError(f"the number {number} is too wide")


def _key(key: Any) -> str:
    if type(key) is str:
        return key
    if isinstance(key, str):
        return str.__str__(key)
    raise TypeError(f"the key {key!r} is not text")
