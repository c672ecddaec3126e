"""`prove`: whether somebody will always take it and always decide, for all declarations ahead."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from responder.domain.playbook import LEVELS, DecisionPoint, Playbook
from responder.domain.roster import Roster
from responder.readiness.proof.coverage import roles_of, uncovered
from responder.readiness.proof.naming import file_of
from responder.readiness.proof.question import Breach, Counts, Found, Question, Uncovered
from responder.readiness.proof.search import moments_of, search, smallest, trials
from responder.readiness.proof.silence import NOTHING_FAILS

Searching = Callable[[Roster, Sequence[Playbook], Question], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Proof:
    """What was asked, what was found, and how much was looked at."""

    question: Question
    uncovered: tuple[Uncovered, ...]
    found: tuple[Found, ...]
    people: int
    roles: int
    kinds: int
    counts: Counts

    @property
    def breaches(self) -> tuple[Breach, ...]:
        """Every gap of every playbook, the smallest sets first."""
        every = (one for found in self.found for one in found.breaches)
        return tuple(sorted(every, key=lambda one: len(one.people) + len(one.channels)))

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.uncovered and not self.breaches


def one_by_one(
    roster: Roster, playbooks: Sequence[Playbook], question: Question
) -> Iterable[Found]:
    """Search one playbook after the other."""
    return (search(roster, playbook, question) for playbook in playbooks)


def alike(playbooks: Sequence[Playbook]) -> list[list[Playbook]]:
    """Playbooks by kind: those that page the same people alike and ask for the same decisions."""
    kinds: dict[object, list[Playbook]] = {}
    for one in playbooks:
        profiles = tuple(one.profile_at(level) for level in LEVELS)
        paging = one.escalation, one.command, one.need, one.widen_after, one.level, profiles
        kinds.setdefault((paging, tuple(p.id for p in one.decisions)), []).append(one)
    return list(kinds.values())


def _of(found: Found, playbook: str) -> Found:
    """What was found of a playbook, said of another of its kind."""
    if found.playbook == playbook:
        return found
    own, other = file_of(found.playbook), file_of(playbook)
    breaches = tuple(
        replace(
            one,
            playbook=playbook,
            mend=replace(one.mend, where=other) if one.mend and one.mend.where == own else one.mend,
        )
        for one in found.breaches
    )
    return Found(playbook, breaches)


def prove(
    roster: Roster,
    playbooks: Sequence[Playbook],
    question: Question,
    searching: Searching = one_by_one,
) -> Proof:
    """Prove these playbooks; `searching` may share the search of them out."""
    counts, kinds = Counts(), alike(playbooks)
    searched = {one.playbook: one for one in searching(roster, [k[0] for k in kinds], question)}
    for one in searched.values():
        counts.add(one.counts)
    found = {p.id: _of(searched[kind[0].id], p.id) for kind in kinds for p in kind}
    roles = {role for playbook in playbooks for role in roles_of(roster.site, playbook)}
    return Proof(
        question,
        uncovered(roster, playbooks, question),
        tuple(found[playbook.id] for playbook in playbooks),
        sum(bool(roster.vias(person)) for person in roster.site.people),
        len(roles),
        len(kinds),
        counts,
    )


def succession_breaks(
    roster: Roster, decision: str, at: datetime, people: int, within: timedelta
) -> tuple[str, ...] | None:
    """The smallest set of people without whom a decision asked at `at` stays open past `within`.

    At most so many `people`; None where no such set breaks it. Fast: for one instant and no
    failed channels.
    """
    asking = Playbook("", decisions=(DecisionPoint(decision),))
    question = Question(at, timedelta(seconds=1), people, 0, within)
    trial = trials(roster, asking, question)[-1]
    moment = moments_of(trial)[0][0]
    found = smallest(trial, moment, NOTHING_FAILS, people)
    return tuple(sorted(found[0])) if found else None
