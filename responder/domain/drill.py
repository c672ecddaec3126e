"""A drill before it is held: its plan, and the list of what happens in it (MSEL) (7.1 w, x).

One reviewed file holds all of a scenario: `playbooks/drills/ID.yaml`. Offsets are from the start.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from responder.domain.recurrence import Recurrence
from responder.domain.words import Words


class Kind(StrEnum):
    """How real a drill is (HSEEP, NIST SP 800-84)."""

    TABLETOP = "tabletop"
    DRILL = "drill"
    FUNCTIONAL = "functional"
    FULL_SCALE = "full_scale"
    REACHABILITY = "reachability"


KIND_NAMES = {
    Kind.TABLETOP: Words("桌面推演", "tabletop"),
    Kind.DRILL: Words("单项演练", "drill of one step"),
    Kind.FUNCTIONAL: Words("功能演练", "functional drill"),
    Kind.FULL_SCALE: Words("综合实战演练", "full-scale drill"),
    Kind.REACHABILITY: Words("联络测试", "reachability test"),
}


class RowType(StrEnum):
    """What a row of the list is: something that happens, something told, a controller's cue."""

    INJECT = "inject"
    INFORMATION = "information"
    FACILITATION = "facilitation"


class Result(StrEnum):
    """What came of an expected action."""

    DONE = "done"
    LATE = "late"
    PARTIAL = "partial"
    NOT_DONE = "not_done"


@dataclass(frozen=True, slots=True)
class Objective:
    """What the drill is to show, and the clause it shows."""

    id: str
    title: Words = Words()
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """What somebody is to do because of a row, and how soon after it.

    `does` names an act of `drills.acts.ACTS`, `of` what it is done to (a decision, a task, a
    phase, a notice, an obligation), `by` who is to do it, anybody if empty.
    """

    id: str
    does: str = ""
    of: str = ""
    by: tuple[str, ...] = ()
    within: timedelta = timedelta(minutes=5)
    objective: str = ""
    evaluator: str = ""
    words: Words = Words()


@dataclass(frozen=True, slots=True)
class Condition:
    """A row happens only if an expected action of an earlier one was met, or was not."""

    expected: str
    was: Result = Result.DONE


@dataclass(frozen=True, slots=True)
class Danger:
    """What a row lets the drill's own monitoring see: an early warning of it is opened (7.2).

    `level` 0 is the playbook's; without a `title` the row's text says what it is.
    """

    playbook: str = ""
    system: str = ""
    level: int = 0
    title: Words = Words()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: at what time, from whom to whom, by which ways, saying what.

    `raises` is the danger of which an early warning is opened as it is sent.
    """

    id: str
    type: RowType = RowType.INJECT
    at: timedelta = timedelta(0)
    sender: Words = Words()
    to: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    text: Words = Words()
    expects: tuple[Expected, ...] = ()
    only_if: tuple[Condition, ...] = ()
    raises: Danger | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of a script: who says what in the words of the chat, and when."""

    at: timedelta
    who: str
    says: str


@dataclass(frozen=True, slots=True)
class Script:
    """How a rehearsal plays: who answers what, and the result each expectation is to end with."""

    id: str
    cues: tuple[Cue, ...] = ()
    results: dict[str, Result] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Absence:
    """People who cannot be reached in the drill: `draw` of them, by chance, out of `out_of`."""

    draw: int = 0
    out_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Partner:
    """A unit outside the firm that takes part in a joint drill, and what its part is.

    No message of a drill goes to it: people tell it by phone, from a text that is marked.
    """

    unit: str
    part: Words = Words()


@dataclass(frozen=True, slots=True)
class DrillScenario:
    """Everything of one drill: the plan's headings, the list, the scripts of its rehearsals.

    `starts` is the local time of day planned, as minutes past midnight; `off_days` that it
    is held on days without trading alone. `in_session` is the reason why it may fall into trading
    hours, empty if it may not. `joint` that others of the trade take part (令第218号第38条),
    the `partners`.
    `recurs` says when it is held again, None that each day for it is chosen by hand.
    """

    id: str
    title: Words = Words()
    kind: Kind = Kind.FUNCTIONAL
    playbook: str = ""
    level: int = 0
    systems: tuple[str, ...] = ()
    owner: str = ""
    unannounced: bool = False
    joint: bool = False
    starts: timedelta = timedelta(hours=16)
    lasts: timedelta = timedelta(hours=2)
    off_days: bool = False
    in_session: str = ""
    plan: dict[str, Words] = field(default_factory=dict)
    recipients: tuple[str, ...] = ()
    controllers: tuple[str, ...] = ()
    objectives: dict[str, Objective] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    absent: Absence = Absence()
    scripts: dict[str, Script] = field(default_factory=dict)
    recurs: Recurrence | None = None
    partners: tuple[Partner, ...] = ()

    @property
    def expected(self) -> dict[str, tuple[Row, Expected]]:
        """Every expected action with the row it follows from."""
        return {e.id: (row, e) for row in self.rows.values() for e in row.expects}
