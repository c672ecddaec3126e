"""One thing to be proved of a playbook: that it is taken, or that a decision is made, in time.

`Trial.saved_by` answers for one set of unreachable people: None where it breaks, else people of
whom one at least must be unreachable too for anything to change. By argument where that is certain
without a run, else by the run of `simulate` itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import accumulate
from typing import NamedTuple

from responder.domain.court import Court
from responder.domain.playbook import DecisionPoint, Playbook
from responder.domain.policy import Policy
from responder.domain.roster import Roster
from responder.domain.rota import Absence, Override
from responder.domain.simulation import Scenario, Simulation
from responder.readiness.proof.moments import Moment
from responder.readiness.proof.question import LOOK_AHEAD, MINUTE, Counts, Question
from responder.readiness.proof.silence import Silence
from responder.readiness.proof.sure import Sure, asked_at_once, in_turn, paged

PAGING = ""


def by_succession(roster: Roster, playbook: Playbook) -> tuple[str, ...]:
    """The decisions of a playbook that the succession makes."""
    catalogue = roster.site.decisions
    named = dict.fromkeys(p.id for p in playbook.decisions if p.id in catalogue)
    return tuple(id for id in named if catalogue[id].by_succession)


class Ended(NamedTuple):
    """How a run ended that met no change of the rosters: who saved it, after what time."""

    saved: frozenset[str]
    after: timedelta


def _meets(span: Absence | Override, start: datetime, end: datetime) -> bool:
    return span.start <= end and start <= span.end


@dataclass(slots=True)
class Trial:
    """Whether a playbook is taken (no `decisions`), or some made that are made together."""

    roster: Roster
    playbook: Playbook
    decisions: tuple[str, ...]
    question: Question
    level: int = 0
    counts: Counts = field(default_factory=Counts)
    policy: Policy = field(init=False)
    court: Court = field(init=False)
    run_of: Playbook = field(init=False)
    _sure: dict[tuple[tuple[int, ...], tuple[int, ...]], tuple[Sure, ...]] = field(
        default_factory=dict
    )
    _ended: dict[tuple[int, frozenset[str], Silence], Ended] = field(default_factory=dict)
    _near: tuple[datetime, Roster] | None = None

    def __post_init__(self) -> None:
        self.level = self.level or self.playbook.level
        self.policy = Policy.of(self.roster, self.playbook, self.level)
        self.court = Court(self.roster, self.policy.profile)
        self.run_of = replace(self.playbook, decisions=self._asked())

    @property
    def decision(self) -> str:
        """The first of the decisions, `PAGING` if none."""
        return self.decisions[0] if self.decisions else PAGING

    @property
    def targets(self) -> tuple[str, ...]:
        """What its runs resolve by the rosters."""
        if self.decision == PAGING:
            pages = (target for step in self.policy.steps for target in step.page)
            return (*pages, *self.policy.command)
        return self.court.decision(self.decision).who

    def _asked(self) -> tuple[DecisionPoint, ...]:
        """The decisions that bear on this one: those of the succession on each other."""
        if self.decision == PAGING:
            return ()
        points = [replace(p, after="") for p in self.playbook.decisions]
        if not self.court.decision(self.decision).by_succession:
            return tuple(p for p in points if p.id == self.decision)
        return tuple(p for p in points if p.id in by_succession(self.roster, self.playbook))

    # One set of people

    def saved_by(
        self, moment: Moment, people: frozenset[str], silence: Silence
    ) -> frozenset[str] | None:
        """None where these being unreachable breaks it; else who keeps it from breaking.

        As long as those stay reachable, it does not break whoever else is unreachable too.
        """
        self.counts.sets += 1
        certain = self._enough(self.sure(moment), people | silence.people | silence.late)
        if certain is not None:
            self.counts.argued += 1
            return certain
        key = moment.states[0], people, silence
        known = self._ended.get(key)
        if known and not moment.changed_by(known.after):
            self.counts.argued += 1
            return known.saved
        self.counts.runs += 1
        saved, after = self._run(moment, people, silence)
        if saved is not None and not moment.changed_by(after):
            self._ended[key] = Ended(saved, after)
        return saved

    def never_breaks(self, moment: Moment, silence: Silence, most: int) -> bool:
        """Whether so many are sure to answer that no set of `most` people can matter."""
        out = silence.people | silence.late
        sure = [one for one in self.sure(moment) if one[0] not in out]
        leaders = sum(leads for _, leads in sure)
        if leaders <= most or len(sure) < most + self.need:
            return False
        self.counts.sets += 1
        self.counts.argued += 1
        return True

    def _enough(self, sure: Sequence[Sure], unreachable: frozenset[str]) -> frozenset[str] | None:
        reached = [one for one in sure if one[0] not in unreachable]
        leader = next((person for person, leads in reached if leads), None)
        others = [person for person, _ in reached if person != leader]
        if leader is None or len(others) + 1 < self.need:
            return None
        return frozenset((leader, *others[: self.need - 1]))

    @property
    def need(self) -> int:
        """How many have to answer."""
        if self.decision == PAGING:
            return self.policy.need
        return max(self.court.decision(self.decision).need, 1)

    # By the run
    #
    # Where no channel makes anybody hear late, each first ring comes with its page, and rings that
    # follow change nothing that is asked here: the run goes without a profile.

    def _simulated(
        self, moment: Moment, people: frozenset[str], silence: Silence, until: timedelta
    ) -> Simulation:
        scenario = Scenario(
            moment.at,
            self.level,
            people if silence.late else people | silence.people,
            self.question.answer_after,
            until,
            frozenset(silence.channels if silence.late else ()),
        )
        roster = self._roster_near(moment)
        run = Simulation.of(roster, self.run_of, scenario)
        run.escalation.stopped = self.decision != PAGING
        if not silence.late:
            run.policy, run.court = replace(self.policy, profile=()), Court(roster, ())
        run.run()
        return run

    def _roster_near(self, moment: Moment) -> Roster:
        """The rosters without what begins or ends too far from a moment to count in its runs."""
        if self._near is None or self._near[0] != moment.at:
            end = moment.at + max(LOOK_AHEAD, self.question.within) + MINUTE
            site = self.roster.site
            near = replace(
                site,
                absences=tuple(a for a in site.absences if _meets(a, moment.at, end)),
                overrides=tuple(o for o in site.overrides if _meets(o, moment.at, end)),
            )
            self._near = moment.at, replace(self.roster, site=near)
        return self._near[1]

    def _run(
        self, moment: Moment, people: frozenset[str], silence: Silence
    ) -> tuple[frozenset[str] | None, timedelta]:
        """Who saved it, None for nobody; and after what time it was all over."""
        run = self._simulated(moment, people, silence, self.question.within)
        if self.decision != PAGING:
            asked = run.authority.requests.get(self.decision)
            if asked is None or asked.decided_at is None:
                return None, self.question.within
            saved = frozenset(p for r in run.authority.requests.values() for p in r.approvals)
            return saved, run.now - moment.at
        state = run.escalation
        if state.completed_at is None or state.short:
            return None, self.question.within
        before = {p for p, at in state.acknowledged.items() if at < state.completed_at}
        last = [p for p in state.acknowledged if p not in before]
        leads = [p for p in (*before, *last) if p in state.commanders]
        kept = before | {leads[0]}
        missing = self.need - len(kept)
        saved = frozenset((*kept, *[p for p in last if p not in kept][: max(missing, 0)]))
        return saved, run.now - moment.at

    def reached_after(
        self, moment: Moment, people: frozenset[str], silence: Silence
    ) -> timedelta | None:
        """When it comes about all the same; None if not within `LOOK_AHEAD`."""
        run = self._simulated(moment, people, silence, max(LOOK_AHEAD, self.question.within))
        if self.decision == PAGING:
            at = None if run.escalation.short else run.escalation.completed_at
        else:
            asked = run.authority.requests.get(self.decision)
            at = asked.decided_at if asked else None
        return None if at is None else at - moment.at

    # By argument

    def sure(self, moment: Moment) -> tuple[Sure, ...]:
        """Those who answer in time in every run from a moment in which they are reachable."""
        seen = tuple(moment.changed_by(bound) for bound in self._bounds())
        key = moment.states[: 1 + max(seen, default=0)], seen
        if key not in self._sure:
            self._sure[key] = tuple(dict(self._certain(moment)).items())
        return self._sure[key]

    def _bounds(self) -> tuple[timedelta, ...]:
        """The latest instants at which people are paged or asked, as far as they are in time.

        Who is sure depends on the rosters' states up to each, and on nothing else.
        """
        waits = [step.wait for step in self.policy.steps]
        if self.decision != PAGING:
            waits = [self.court.hand_down_after] * len(self.roster.site.command.succession)
        every = (*accumulate(waits, initial=timedelta(0)), self.court.hand_down_after)
        return tuple(bound for bound in every if self._in_time(bound))

    def _certain(self, moment: Moment) -> Iterable[Sure]:
        if self.decision == PAGING:
            return paged(self._roster_near(moment), self.policy, moment, self._in_time)
        if self.court.decision(self.decision).by_succession:
            several = any(self.court.decision(p.id).need > 1 for p in self.run_of.decisions)
            return () if several else in_turn(self.court, moment, self._in_time)
        return asked_at_once(self.court, self.decision, moment, self._in_time)

    def _in_time(self, asked_by: timedelta) -> bool:
        return asked_by + self.question.answer_after <= self.question.within
