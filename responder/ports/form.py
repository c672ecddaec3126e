"""A form: what a verb still wants to know, asked all at once where a platform can show that."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in; `choices` are values with their labels, none for free text.

    `value` stands there from the beginning. `longest` is how many characters a text may have.
    """

    name: str
    label: str
    needed: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    value: str = ""
    longest: int = 0
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a verb, in the reader's language."""

    verb: str
    title: str
    submit: str
    cancel: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Misfilled:
    """Why a form is not carried out, by field: nothing was changed."""

    why: dict[str, str]
