"""The agreed line (口径) of an incident: one truth, in one wording, that every text draws on."""

from dataclasses import dataclass, field
from datetime import datetime

from responder.domain.wording import Question, phrases
from responder.domain.words import Words

SHORT = 8


@dataclass(frozen=True, slots=True)
class Version:
    """One version of it: facts, sentences that may be said, claims that may not.

    In force once approved. `sha256` is over everything that may be said, not over who said so.
    """

    number: int
    line: Words
    proposed_by: str
    proposed_at: datetime
    sha256: str
    facts: dict[str, str] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    may_say: tuple[Words, ...] = ()
    never_say: dict[str, tuple[str, ...]] = field(default_factory=dict)
    reason: str = ""
    approved_by: str = ""
    approved_at: datetime | None = None

    @property
    def is_approved(self) -> bool:
        """Whether a second person stands behind it."""
        return self.approved_at is not None

    @property
    def reference(self) -> str:
        """What every text made from it carries: `2-3f9a01bc`."""
        return f"{self.number}-{self.sha256[:SHORT]}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """Everything it holds word for word, in both languages."""
        said = (self.line, *self.may_say, *(w for one in self.questions for w in (one.q, one.a)))
        both = (text for words in said for text in (words.zh, words.en) if text)
        return (*both, *(one for many in self.never_say.values() for one in many))

    @property
    def forbidden(self) -> tuple[str, ...]:
        """The phrases nobody is to say, of all languages."""
        return tuple(one for many in self.never_say.values() for one in phrases(many))


@dataclass(slots=True)
class AgreedLine:
    """All versions of the line of one incident, the latest last. Its id is the incident's."""

    incident: str
    versions: list[Version] = field(default_factory=list)

    @property
    def in_force(self) -> Version | None:
        """The latest version that was approved."""
        return next((one for one in reversed(self.versions) if one.is_approved), None)

    @property
    def proposed(self) -> Version | None:
        """The latest version, while it waits to be approved."""
        last = self.versions[-1] if self.versions else None
        return None if last is None or last.is_approved else last

    @property
    def latest(self) -> Version | None:
        """What texts are drafted from: what is proposed, else what is in force."""
        return self.versions[-1] if self.versions else None
