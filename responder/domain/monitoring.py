"""Alerts from monitoring: which system, playbook, level and importance an alert stands for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

PLAYBOOK = "playbook"
SYSTEM = "system"
"""Labels by which an alert itself names what it is about; they go before the site's rules."""


@dataclass(frozen=True, slots=True)
class AlertRule:
    """What alerts stand for whose labels match; a rule without `match` fits every alert.

    A label's value may hold `*`. `important` makes a warning report due (JR/T 0099 7.2).
    """

    match: dict[str, str] = field(default_factory=dict)
    system: str = ""
    playbook: str = ""
    level: int | None = None
    important: bool = False

    def fits(self, labels: Mapping[str, str]) -> bool:
        """Whether every label the rule names is there and matches."""
        return all(
            name in labels and fnmatchcase(labels[name], wanted)
            for name, wanted in self.match.items()
        )


@dataclass(frozen=True, slots=True)
class Signal:
    """One alert as monitoring sends it, again and again while it lasts.

    `fingerprint` tells it from others; `starts_at`, as the source writes it, one episode of it
    from the next, and is empty where the source does not say.
    """

    fingerprint: str
    firing: bool
    title: str
    labels: dict[str, str] = field(default_factory=dict)
    starts_at: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an alert stands for at a site. `playbook` is empty where the site has none at all."""

    system: str
    playbook: str
    level: int | None
    important: bool

    @property
    def subject(self) -> tuple[str, str]:
        """What makes two alerts one danger: the same system; without one, the same playbook."""
        return (self.system, "") if self.system else ("", self.playbook)


def meaning(
    labels: Mapping[str, str],
    rules: Iterable[AlertRule],
    playbooks: Iterable[str],
    systems: Mapping[str, object],
) -> Meaning:
    """What an alert stands for: its own labels, the first rule that fits, the first playbook.

    A label or a rule that names what the site does not have counts as not named.
    """
    books = list(playbooks)
    rule = next((rule for rule in rules if rule.fits(labels)), AlertRule())
    named = (labels.get(PLAYBOOK, ""), rule.playbook)
    playbook = next((id for id in named if id in books), books[0] if books else "")
    about = (labels.get(SYSTEM, ""), rule.system)
    system = next((id for id in about if id in systems), "")
    return Meaning(system, playbook, rule.level, rule.important)
