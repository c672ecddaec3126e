"""Domain values to JSON docs and back, from the dataclasses' own annotations."""

from threading import Lock
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_ENCODER = msgspec.json.Encoder()
_DECODERS: dict[Any, Any] = {}
"""Making a decoder costs more than decoding with it."""
_ONE_AT_A_TIME = Lock()
"""Two threads that make decoders of types in common crash the interpreter: each may use what the
other has only half made."""


def encode(value: Any) -> str:
    """A value as a JSON doc; mappings keep their order."""
    return _ENCODER.encode(value).decode()


def decoder(kind: type[T]) -> "msgspec.json.Decoder[T]":
    """The decoder of one type; unknown fields are passed over, missing ones take defaults."""
    if kind not in _DECODERS:
        with _ONE_AT_A_TIME:
            _DECODERS[kind] = msgspec.json.Decoder(kind)
    made: msgspec.json.Decoder[T] = _DECODERS[kind]
    return made
