"""The emergency work card of a person (应急工作卡片, JR/T 0099 7.1 r): what stands on it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from responder.domain.people import Way
from responder.domain.words import Words

PRIMARY, BACKUP, BY_TURNS, BACKUP_BY_TURNS = "primary", "backup", "turns", "backup_turns"
HELD_AS = {
    PRIMARY: Words("主岗", "primary"),
    BACKUP: Words("备岗", "backup"),
    BY_TURNS: Words("轮值", "by turns"),
    BACKUP_BY_TURNS: Words("备岗轮值", "backup, by turns"),
}


@dataclass(frozen=True, slots=True)
class Post:
    """A role somebody holds: how, and who else holds it (their ids, the first to call first)."""

    role: str
    name: Words
    held: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CardTask:
    """A task of one's roles: in which playbooks it stands, and the earliest it is due."""

    id: str
    title: Words
    role: str
    playbooks: tuple[str, ...]
    due: timedelta | None = None
    safety: bool = False
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Scheme:
    """What one playbook has somebody do: titles, each with when it is due, in its order."""

    playbook: str
    title: Words
    tasks: tuple[tuple[Words, timedelta | None], ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to call, and why them."""

    why: Words
    person: str
    name: Words
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkCard:
    """All that a person's card says. `place` is theirs in the order of succession, 0 for none."""

    person: str
    name: Words
    title: Words
    language: str
    firm: Words
    posts: tuple[Post, ...] = ()
    bodies: tuple[Words, ...] = ()
    place: int = 0
    tasks: tuple[CardTask, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    duty_phones: tuple[tuple[Words, str, str], ...] = ()
    contacts: tuple[Contact, ...] = ()
    rights: tuple[Words, ...] = ()
    own_ways: tuple[tuple[str, str], ...] = ()

    @property
    def fingerprint(self) -> str:
        """What tells what one card says from what another says."""
        return sha256(repr(self).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class CardSheet:
    """A card as it is handed out; `link` opens the live one, or "" where there is no address."""

    card: WorkCard
    version: int
    issued_at: datetime
    link: str = ""


def dialled(reach: tuple[Way, ...]) -> tuple[str, ...]:
    """The numbers that somebody with a telephone can dial, each once, mobile and desk."""
    spoken = [way.to for way in reach if way.via in ("voice", "by_hand") and way.to]
    return tuple(dict.fromkeys(spoken or [way.to for way in reach if way.via == "sms"]))
