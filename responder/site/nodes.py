"""A file of the site as it was written: texts, lists and mappings, each with its line.

Nothing is guessed about types here: `12386` stays the text it is, and whoever asks for a
number, a date or a name says so.
"""

from dataclasses import dataclass

from responder.site.finding import Where

_NOTHING = {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value; `plain` if it stands without quotes."""

    where: Where
    text: str
    plain: bool = True

    @property
    def is_nothing(self) -> bool:
        """Whether the value was left out, as in `owner:`."""
        return self.plain and self.text in _NOTHING


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    where: Where
    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values; `keys` says where each key stands."""

    where: Where
    values: dict[str, "Node"]
    keys: dict[str, Where]


Node = Scalar | Sequence | Mapping
