"""What came of a drill, from the ledger and not by opinion.

Each expected action is done, late, done in part or not done, with the entry that proves it; each
objective gets one of the four ratings of HSEEP by a written rubric. There are counts and no means.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from responder.domain.drill import DrillScenario, Expected, Result, Row
from responder.domain.drill_run import DrillRun
from responder.domain.record import Entry
from responder.domain.roster import Roster
from responder.domain.warning import is_warning
from responder.domain.words import Words
from responder.drills.acts import ACTS, Act
from responder.drills.warned import Shown, meant

UNDONE = "Undone"
SHOWING = frozenset({UNDONE}.union(*(act.kinds for act in ACTS.values())))
"""Kinds of entry that have a say in what came of a drill."""

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

    `entry` is the seq of the entry that proves it, 0 for none; `by` who did it.
    """

    expected: str
    objective: str
    result: Result
    due_at: datetime | None
    done_at: datetime | None = None
    by: str = ""
    entry: int = 0


def scores(
    scenario: DrillScenario, run: DrillRun, entries: Sequence[Entry], roster: Roster, now: datetime
) -> dict[str, Score]:
    """The results known at `now`, by expected action, of every row that was sent.

    `entries` are all of the drill that are of a kind in `SHOWING`, in order. What is neither done
    nor overdue yet has no score. A drill that is over leaves nothing open.
    """
    undone = {_undone(entry) for entry in entries if entry.kind == UNDONE}
    told = [entry for entry in entries if entry.seq not in undone]
    found: dict[str, Score] = {}
    for row, one in scenario.expected.values():
        score = _scored(run, row, one, _shown(scenario, run, row, one, told), roster, now)
        if score is not None:
            found[one.id] = score
    return found


def _undone(entry: Entry) -> int:
    return int((entry.payload or {}).get("seq", 0))


def _shown(
    scenario: DrillScenario, run: DrillRun, row: Row, one: Expected, told: Iterable[Entry]
) -> Shown:
    """The entries since its row that show an act, and those that show only that it was begun.

    One about an early warning stands on the warning's own record, every other on the drill's.
    """
    act, sent_at = ACTS[one.does], run.sent.get(row.id)
    since = [entry for entry in told if sent_at is not None and entry.at >= sent_at]
    if act.warned is not None:
        warning = run.warnings.get(meant(scenario, row, one))
        return act.warned([entry for entry in since if entry.subject == warning])
    own = (entry for entry in since if not is_warning(entry.subject))
    return [entry for entry in own if act.shows(entry, one.of)], []


def _scored(
    run: DrillRun, row: Row, one: Expected, told: Shown, roster: Roster, now: datetime
) -> Score | None:
    sent_at = run.sent.get(row.id)
    if sent_at is None:
        return None
    due_at = run.instant(run.ran_until(sent_at) + one.within)
    if one.id in run.marked:
        return Score(one.id, one.objective, run.marked[one.id], due_at)
    act = ACTS[one.does]
    shown, begun = told
    right = next((entry for entry in shown if _is_by(act, entry, one, roster)), None)
    if right is not None:
        result = Result.DONE if right.at <= due_at else Result.LATE
        return _score(one, result, due_at, act, right)
    if run.is_open and now <= due_at:
        return None
    if in_part := [*shown, *begun]:
        return _score(one, Result.PARTIAL, due_at, act, in_part[0])
    return Score(one.id, one.objective, Result.NOT_DONE, due_at)


def _is_by(act: Act, entry: Entry, one: Expected, roster: Roster) -> bool:
    """Whether whoever did it is one of those who were to do it, at that instant."""
    if not one.by:
        return True
    who = act.by(entry)
    return any(who in roster.resolve(target, entry.at).people for target in one.by)


def _score(one: Expected, result: Result, due_at: datetime, act: Act, entry: Entry) -> Score:
    return Score(one.id, one.objective, result, due_at, entry.at, act.by(entry), entry.seq)


def counts(found: Iterable[Score]) -> dict[Result, int]:
    """How many of each; never a mean."""
    counted = Counter(score.result for score in found)
    return {result: counted[result] for result in Result}


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
