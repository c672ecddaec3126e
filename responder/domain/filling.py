"""A form filled from what is known: what is answered, what is missing, what is an estimate."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from responder.domain.dossier import UNKNOWN, Known
from responder.domain.regime import Duty, Form, FormField

FINAL = ("final", "summary")
"""The stages at which nothing may be left to be established."""


class Mark(StrEnum):
    """How a field stands: nothing there, still being established, an estimate, or answered."""

    BLANK = "blank"
    OPEN = "open"
    ESTIMATE = "estimate"
    FILLED = "filled"


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a form as it stands. `needed` is `y`, `c` (where it applies), `y/c` or `""`.

    `own` where it was written for this report alone; `known` is where it comes from otherwise.
    """

    field: FormField
    needed: str
    said: str = ""
    mark: Mark = Mark.BLANK
    known: Known | None = None
    own: bool = False

    @property
    def is_mandatory(self) -> bool:
        """Whether it must be answered at this stage, whatever happened."""
        return self.needed.startswith("y")


@dataclass(frozen=True, slots=True)
class Filled:
    """A whole form as it stands at one stage. `first` are the fields that suffice at first."""

    lines: tuple[Line, ...]
    stage: str = ""
    first: tuple[str, ...] = ()
    partial: bool = False

    @property
    def demanded(self) -> tuple[Line, ...]:
        """The lines that must be answered before it is signed."""
        wanted = [line for line in self.lines if line.is_mandatory]
        if self.partial and self.first:
            return tuple(line for line in wanted if line.field.id in self.first)
        return tuple(wanted)

    @property
    def missing(self) -> tuple[Line, ...]:
        """Demanded and not answered; in a final report neither may anything be left open."""
        last = self.stage in FINAL
        unanswered = (Mark.BLANK, Mark.OPEN) if last else (Mark.BLANK,)
        return tuple(line for line in self.demanded if line.mark in unanswered)

    @property
    def unknown(self) -> tuple[Line, ...]:
        """Demanded, and left blank or still being established: an estimate is an answer."""
        return tuple(line for line in self.demanded if line.mark in (Mark.BLANK, Mark.OPEN))

    @property
    def conditional(self) -> tuple[Line, ...]:
        """Not answered, and needed where they apply: a person has to say so."""
        return tuple(line for line in self.lines if line.needed == "c" and line.mark is Mark.BLANK)

    @property
    def later(self) -> tuple[Line, ...]:
        """Mandatory, not answered, and left for a later report."""
        now = self.missing
        blank = [x for x in self.lines if x.is_mandatory and x.mark is Mark.BLANK]
        return tuple(line for line in blank if line not in now)

    @property
    def estimates(self) -> tuple[str, ...]:
        """The ids of the fields that are estimates."""
        return tuple(line.field.id for line in self.lines if line.mark is Mark.ESTIMATE)

    @property
    def answers(self) -> dict[str, str]:
        """What is answered, by field."""
        return {line.field.id: line.said for line in self.lines if line.mark is not Mark.BLANK}

    @property
    def meter(self) -> tuple[int, int]:
        """How many of the demanded fields are answered, and how many there are."""
        return len(self.demanded) - len(self.missing), len(self.demanded)


Say = Callable[[str, Known], str]
"""A hub field's value as the form's language writes it."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a form is filled from: hub fields, and what was written for this report alone."""

    facts: Mapping[str, Known]
    say: Say
    being_established: str
    between: str = "; "
    own: Mapping[str, str] = field(default_factory=dict)


def fill(form: Form, duty: Duty, source: Source, partial: bool = False) -> Filled:
    """The form as it stands: every field in order, whether or not this stage needs it."""
    lines = tuple(_lines(form.fields, duty.stage, source))
    return Filled(lines, duty.stage, duty.first, partial)


def _lines(fields: Sequence[FormField], stage: str, source: Source) -> Iterator[Line]:
    for one in fields:
        needed = one.at(stage)
        if one.id in source.own:
            said = source.own[one.id]
            is_open = said == UNKNOWN
            shown = source.being_established if is_open else said
            yield Line(one, needed, shown, Mark.OPEN if is_open else Mark.FILLED, own=True)
        else:
            yield _line(one, needed, source)


def _line(one: FormField, needed: str, source: Source) -> Line:
    """A field from its hub field, with what else belongs in it behind."""
    hubs = (hub_of(one), *one.also)
    told = [(hub, source.facts[hub]) for hub in hubs if hub in source.facts]
    told = [(hub, known) for hub, known in told if known.plain]
    first = next((known for hub, known in told if hub == hubs[0]), None)
    if first is None:
        return Line(one, needed)
    if first.is_open:
        return Line(one, needed, source.being_established, Mark.OPEN, first)
    said = source.between.join(source.say(hub, known) for hub, known in told)
    estimate = any(known.estimate for _, known in told)
    return Line(one, needed, said, Mark.ESTIMATE if estimate else Mark.FILLED, first)


def hub_of(one: FormField) -> str:
    """The hub field that a form's field is filled from: its own name where none is said."""
    return one.hub or one.id
