"""What came of a drill, from the ledger and not by opinion.

Each expected action is done, late, done in part or not done, with the entry that proves it; each
objective gets one of the four ratings of HSEEP by a written rubric. There are counts and no means.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from responder.domain.drill import DrillScenario, Expected, Result, Row
from responder.domain.drill_run import DrillRun
from responder.domain.record import Entry
from responder.domain.roster import Roster
from responder.domain.warning import is_warning
from responder.domain.words import Words
from responder.drills.acts import ACTS, Act, late_by_rule
from responder.drills.by_hand import ENTERED, ByHand, entered_by_hand
from responder.drills.warned import Shown, meant

UNDONE = "Undone"
SHOWING = frozenset({UNDONE, ENTERED}.union(*({*a.kinds, *a.gaps} for a in ACTS.values())))
"""Kinds of entry that have a say in what came of a drill."""
RANK = (Result.DONE, Result.LATE, Result.PARTIAL, Result.NOT_DONE)
"""The better result first."""

RESULT_NAMES = {
    Result.DONE: Words("做到", "done"),
    Result.LATE: Words("超时做到", "done late"),
    Result.PARTIAL: Words("部分做到", "done in part"),
    Result.NOT_DONE: Words("未做到", "not done"),
}


class Rating(StrEnum):
    """HSEEP's scale of how an objective was performed."""

    PERFORMED = "P"
    SOME_CHALLENGES = "S"
    MAJOR_CHALLENGES = "M"
    UNABLE = "U"


RATING_NAMES = {
    Rating.PERFORMED: Words("完成，无问题", "performed without challenges"),
    Rating.SOME_CHALLENGES: Words("完成，有一定问题", "performed with some challenges"),
    Rating.MAJOR_CHALLENGES: Words("完成，有重大问题", "performed with major challenges"),
    Rating.UNABLE: Words("未能完成", "unable to be performed"),
}


@dataclass(frozen=True, slots=True)
class Score:
    """What came of one expected action. `due_at` is None where its row was never sent.

    `entry` is the seq of the entry that proves it, 0 for none; `by` who did it. `lacking` names
    required elements that were left open, `late_by_rule` by how much its own rule's limit was
    passed, `missed` when an interval passed without a word. `by_hand` where an evaluator entered
    it afterwards.
    """

    expected: str
    objective: str
    result: Result
    due_at: datetime | None
    done_at: datetime | None = None
    by: str = ""
    entry: int = 0
    lacking: tuple[Words, ...] = ()
    late_by_rule: timedelta = timedelta(0)
    missed: tuple[datetime, ...] = ()
    by_hand: ByHand | None = None


def scores(
    scenario: DrillScenario, run: DrillRun, entries: Sequence[Entry], roster: Roster, now: datetime
) -> dict[str, Score]:
    """The results known at `now`, by expected action, of every row that was sent.

    `entries` are all of the drill that are of a kind in `SHOWING`, in order. What is neither done
    nor overdue yet has no score. A drill that is over leaves nothing open. As the record grows a
    result gets better or stays, unless something is undone or an entry by hand is replaced.
    """
    undone = {_undone(entry) for entry in entries if entry.kind == UNDONE}
    told = [entry for entry in entries if entry.seq not in undone]
    by_hand = entered_by_hand(told)
    found: dict[str, Score] = {}
    for row, one in scenario.expected.values():
        if row.id in run.sent:
            asked = _Asked.of(run, row, one, roster, now)
            shown = _shown(scenario, run, row, one, told)
            score = _scored(run, asked, shown, by_hand.get(one.id))
            found |= {one.id: score} if score else {}
    return found


def _undone(entry: Entry) -> int:
    return int((entry.payload or {}).get("seq", 0))


def _shown(
    scenario: DrillScenario, run: DrillRun, row: Row, one: Expected, told: Iterable[Entry]
) -> Shown:
    """The entries since its row that show an act, and those that show only that it was begun.

    One about an early warning stands on the warning's own record, every other on the drill's. Of
    what is to be kept up, everything since the row is.
    """
    act, sent_at = ACTS[one.does], run.sent[row.id]
    since = [entry for entry in told if entry.at >= sent_at]
    if act.warned is not None:
        warning = run.warnings.get(meant(scenario, row, one))
        return act.warned([entry for entry in since if entry.subject == warning])
    own = [entry for entry in since if not is_warning(entry.subject)]
    return [entry for entry in own if act.gaps or act.shows(entry, one.of)], []


def _scored(run: DrillRun, asked: "_Asked", told: Shown, by_hand: ByHand | None) -> Score | None:
    """The best that is shown: what the record shows stands before what was entered by hand."""
    if asked.one.id in run.marked:
        return asked.score(run.marked[asked.one.id])
    shown = asked.kept_up(told[0]) if asked.act.gaps else asked.shown(*told)
    every = [*shown, *([asked.entered(by_hand)] if by_hand else [])]
    best = min(every, key=lambda score: RANK.index(score.result), default=None)
    if best is not None and best.result is Result.DONE:
        return best
    if not asked.is_over:
        return None
    return best or asked.score(Result.NOT_DONE)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One expected action of a row that was sent: from when until when, and of whom."""

    one: Expected
    act: Act
    due_at: datetime
    until: datetime
    is_over: bool
    roster: Roster

    @classmethod
    def of(cls, run: DrillRun, row: Row, one: Expected, roster: Roster, now: datetime) -> "_Asked":
        """Its limit counts in the drill's own time; the drill's end leaves nothing open."""
        due_at = run.instant(run.ran_until(run.sent[row.id]) + one.within)
        until = min(due_at, run.ended_at or due_at)
        is_over = not run.is_open or now > due_at
        return cls(one, ACTS[one.does], due_at, until, is_over, roster)

    def score(self, result: Result, entry: Entry | None = None, **more: Any) -> Score:
        """Its score with that result, proved by an entry."""
        one, due_at = self.one, self.due_at
        if entry is None:
            return Score(one.id, one.objective, result, due_at, **more)
        by = self.act.by(entry)
        return Score(one.id, one.objective, result, due_at, entry.at, by, entry.seq, **more)

    # Done once

    def shown(self, told: Iterable[Entry], begun: Iterable[Entry]) -> Iterator[Score]:
        """How well each entry shows it; where it was only begun, in part."""
        for entry in told:
            lacking, late = self.act.lacks(entry.payload or {}), late_by_rule(entry)
            result = Result.LATE if late else self._in_time(entry.at)
            if lacking or not self._is_by(self.act.by(entry), entry.at):
                result = Result.PARTIAL
            yield self.score(result, entry, lacking=lacking, late_by_rule=late)
        yield from (self.score(Result.PARTIAL, entry) for entry in begun)

    def entered(self, by_hand: ByHand) -> Score:
        """What was done outside, by its true time; one telling shows no interval kept."""
        result = self._in_time(by_hand.acted_at)
        if self.act.gaps or not self._is_by(by_hand.person, by_hand.acted_at):
            result = Result.PARTIAL
        found = self.score(result, by_hand=by_hand)
        return replace(found, done_at=by_hand.acted_at, by=by_hand.person, entry=by_hand.entry)

    def _in_time(self, at: datetime) -> Result:
        return Result.DONE if at <= self.due_at else Result.LATE

    def _is_by(self, who: str, at: datetime) -> bool:
        """Whether they are among those who were to do it, at that instant."""
        targets = self.one.by
        return not targets or any(who in self.roster.resolve(t, at).people for t in targets)

    # Kept up

    def kept_up(self, told: Sequence[Entry]) -> Iterator[Score]:
        """Whether it was told again each time, as far as its time has run; known at its end."""
        if not self.is_over:
            return
        of = self.one.of
        gaps = [e for e in told if e.at <= self.until and self.act.missed(e, of) and _passed(e)]
        tellings = [entry for entry in told if self.act.shows(entry, of)]
        within = [entry for entry in tellings if entry.at <= self.until]
        missed = tuple(gap.at for gap in gaps)
        right = all(self._is_by(self.act.by(entry), entry.at) for entry in within)
        if within and right and not gaps:
            yield self.score(Result.DONE, within[-1])
        elif tellings:
            after = (entry for entry in tellings if not gaps or entry.at >= gaps[0].at)
            yield self.score(Result.PARTIAL, next(after, tellings[-1]), missed=missed)
        elif gaps:
            yield replace(self.score(Result.NOT_DONE, missed=missed), entry=gaps[0].seq)


def _passed(gap: Entry) -> bool:
    """Whether its time was really over: a drill's end closes clocks before theirs is."""
    due_at = (gap.payload or {}).get("due_at")
    return due_at is None or datetime.fromisoformat(due_at) <= gap.at


def counts(found: Iterable[Score]) -> dict[Result, int]:
    """How many of each; never a mean."""
    counted = Counter(score.result for score in found)
    return {result: counted[result] for result in Result}


def counted_by_hand(found: Iterable[Score]) -> int:
    """How many of them stand on an entry by hand alone."""
    return sum(score.by_hand is not None for score in found)


def rating(found: Sequence[Score]) -> Rating | None:
    """An objective's rating by the rubric; None where nothing of it was tried.

    P: all done in time. S: all done, some of it late or in part. M: something not done, but at
    least half done. U: less than half done.
    """
    if not found:
        return None
    missing = sum(score.result is Result.NOT_DONE for score in found)
    if 2 * missing > len(found):
        return Rating.UNABLE
    if missing:
        return Rating.MAJOR_CHALLENGES
    if all(score.result is Result.DONE for score in found):
        return Rating.PERFORMED
    return Rating.SOME_CHALLENGES


def ratings(scenario: DrillScenario, found: Iterable[Score]) -> dict[str, Rating | None]:
    """Each objective's rating."""
    every = list(found)
    return {
        id: rating([score for score in every if score.objective == id])
        for id in scenario.objectives
    }
