"""What a line can be about: the firm and its open incidents at one instant, for one person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from responder.commands.pursuit import roster_in_force
from responder.commands.queries import find_incident
from responder.commands.queries import incident as whole_incident
from responder.commands.telling import clock_time, name
from responder.domain.drill_run import DrillRun
from responder.domain.escalation import Escalation
from responder.domain.incident import REOPENS, Incident
from responder.domain.roster import Roster
from responder.domain.site import Site
from responder.domain.warning import Stage, Warning
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork


@dataclass
class World:
    """One consistent look. `about` is the incident the conversation is about, `door` the platform
    it is held on.
    """

    uow: UnitOfWork
    now: datetime
    person: str
    about: str = ""
    language: str = "zh"
    door: str = ""

    @cached_property
    def roster(self) -> Roster:
        """The site in force."""
        return roster_in_force(self.uow)

    @property
    def site(self) -> Site:
        """The site in force."""
        return self.roster.site

    @cached_property
    def incidents(self) -> dict[str, Incident]:
        """The open incidents, oldest first."""
        return self.uow.incidents.open()

    @cached_property
    def warnings(self) -> dict[str, Warning]:
        """The open warnings, oldest first."""
        return self.uow.warnings.open()

    @property
    def warned(self) -> dict[str, Warning]:
        """The open warnings that words without a name may mean: in a drill's conversation its own.

        Where it has none, and elsewhere, all of them.
        """
        own = {id: one for id, one in self.warnings.items() if one.drill == self.about}
        return own if self.about and own else self.warnings

    @cached_property
    def drill_runs(self) -> dict[str, DrillRun]:
        """Every drill by a scenario, oldest first."""
        return self.uow.drill_runs.all()

    @property
    def meant(self) -> Incident | None:
        """The open incident that is spoken about: the conversation's, or the only one."""
        if self.about in self.incidents:
            return self.incidents[self.about]
        return next(iter(self.incidents.values())) if len(self.incidents) == 1 else None

    def pool(self, name: str) -> dict[str, str]:
        """Ids and titles of what a verb may be about, oldest first; running ones before others.

        `pages` are what calls this person, or else whatever they may take.
        """
        if name in DRILLS:
            return self._drills(name)
        found = {id: one.title for id, one in self.incidents.items() if _belongs(one, name)}
        if name in ("reopens", "frozen"):
            return found
        live = {id: title for id, title in found.items() if self._runs(id)}
        if name != "pages":
            return live or found
        asking = {id: one for id, one in self.warnings.items() if not one.frozen}
        warned = {id: one.title for id, one in asking.items() if self._asks_me(one)}
        calling = {id: t for id, t in (live | warned).items() if self._calls_me(id)}
        return calling or live | warned or found

    def _drills(self, name: str) -> dict[str, str]:
        """Drills by a scenario, oldest first."""
        titles = {id: one.title for id, one in self.site.scenarios.items()}
        return {
            id: self.words(titles[run.scenario]) if run.scenario in titles else run.scenario
            for id, run in self.drill_runs.items()
            if DRILLS[name](run, self.person)
        }

    def _runs(self, id: str) -> bool:
        one = self.incidents[id]
        return one.is_handled and not one.frozen

    def _asks_me(self, warning: Warning) -> bool:
        return warning.asked == self.person or self._calls_me(warning.id)

    def _calls_me(self, id: str) -> bool:
        """Whether a page waits for this person's answer."""
        escalation: Escalation | None = self.uow.escalations.get(id)
        answered = escalation is not None and self.person in escalation.acknowledged
        if id in self.warnings:
            one = self.warnings[id]
            asked = one.stage is Stage.RAISED and one.asked == self.person
            return asked and not answered
        if escalation is None or not escalation.is_open:
            return False
        return self.person in escalation.first_paged and not answered

    def incident(self, id: str) -> dict[str, Any]:
        """Everything about one incident. Raises UnknownId."""
        return whole_incident(self.uow, id)

    def one(self, id: str) -> Incident:
        """One incident, open or not. Raises UnknownId."""
        return find_incident(self.uow, id)

    # In words

    def said(self, zh: str, en: str) -> str:
        """One of two wordings."""
        return en if self.language == "en" else zh

    def words(self, words: Words) -> str:
        """Words in the language of the conversation."""
        return words.said(self.language)

    def who(self, person: str | None) -> str:
        """A person's name."""
        return name(self.site, person, self.language) if person else "—"

    def people(self, persons: Any) -> str:
        """Names with the language's comma between them."""
        return self.listed(self.who(person) for person in persons)

    def listed(self, words: Any) -> str:
        """Words with the language's comma between them; a dash for none."""
        return self.said("、", ", ").join(words) or "—"

    def clock(self, at: datetime | str | None) -> str:
        """An instant as people say it, in the site's zone."""
        moment = datetime.fromisoformat(at) if isinstance(at, str) else at
        return clock_time(moment, self.site)


DRILLS: dict[str, Callable[[DrillRun, str], bool]] = {
    "drills": lambda run, _: run.is_open,
    "drills to close": lambda run, _: not run.is_open and run.closed_at is None,
    "drills not closed": lambda run, _: run.closed_at is None,
    "drills to judge": lambda run, person: run.closed_at is None and person in run.asked,
}
"""The drills that a verb may be about, by the pool it names."""


def _belongs(one: Incident, pool: str) -> bool:
    match pool:
        case "handled" | "pages":
            return one.is_handled
        case "reopens":
            return one.phase in REOPENS
        case "frozen":
            return one.frozen
        case _:
            return True
