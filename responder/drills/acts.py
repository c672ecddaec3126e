"""What may be expected of people in a drill, and by which entries of the ledger it shows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from responder.domain.playbook import LEVELS, Playbook
from responder.domain.record import Entry
from responder.domain.site import Site
from responder.domain.words import Words
from responder.drills.intervals import audiences_at_intervals, duties_at_intervals
from responder.drills.warned import (
    DISCHARGED,
    END_REPORTED,
    MOVED,
    REPORTED,
    Shown,
    lifted,
    reported,
    verified,
)

Payload = Mapping[str, Any]
MANUAL = "manual"
"""What an evaluator sees and no entry shows."""
PHASES = ("active", "contained", "restored", "stood_down")
NOT_KEPT_HERE = Words("报告书（系统内没有稿件）", "the report itself (none is kept here)")


def _nothing(_site: Site, _playbook: Playbook) -> Iterable[str]:
    return ()


def _complete(_payload: Payload) -> tuple[Words, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Act:
    """One kind of act: the ledger kinds that show it, the keys that say what it was done to.

    `known` are the values those keys can have in a drill by this playbook: another can never be
    met. `doer` is the payload's key for who did it, else the entry's actor. `warned` reads an act
    about an early warning from that warning's record; its `of` is the row that raises it. `lacks`
    names what an entry says was missing. `gaps` are kinds that show a time that passed without
    it: an act that has any is one to be kept up, and is judged over its whole time.
    """

    words: Words
    kinds: tuple[str, ...]
    keys: tuple[str, ...] = ()
    known: Callable[[Site, Playbook], Iterable[str]] = _nothing
    doer: str = ""
    needs_of: bool = False
    warned: Callable[[Sequence[Entry]], Shown] | None = None
    lacks: Callable[[Payload], tuple[Words, ...]] = _complete
    gaps: tuple[str, ...] = ()

    def shows(self, entry: Entry, of: str) -> bool:
        """Whether an entry is such an act, done to `of` where that is said."""
        return entry.kind in self.kinds and self._concerns(entry, of)

    def missed(self, entry: Entry, of: str) -> bool:
        """Whether an entry says that a time passed without it."""
        return entry.kind in self.gaps and self._concerns(entry, of)

    def _concerns(self, entry: Entry, of: str) -> bool:
        """Whether it is about `of`; of what comes again, whichever time it was (`continuing#3`)."""
        if entry.payload is None:
            return False
        about = next((entry.payload[key] for key in self.keys if key in entry.payload), "")
        return not of or str(about).partition("#")[0] == of

    def by(self, entry: Entry) -> str:
        """Who did it."""
        told = (entry.payload or {}).get(self.doer) if self.doer else None
        return str(told or entry.actor)


def late_by_rule(entry: Entry) -> timedelta:
    """By how much an entry says that it came after the limit of its own rule."""
    return timedelta(seconds=int((entry.payload or {}).get("late_s", 0)))


def _left_open(payload: Payload) -> tuple[Words, ...]:
    """The required elements that a report left blank or called still being established.

    A report whose form was not filled here shows none of them: its proof alone is on record.
    """
    if payload.get("report") == "":
        return (NOT_KEPT_HERE,)
    return tuple(Words(one["zh"], one["en"]) for one in payload.get("lacking", ()))


def _decisions(site: Site, playbook: Playbook) -> Iterable[str]:
    return (point.id for point in playbook.decisions if point.id in site.decisions)


def _tasks(_site: Site, playbook: Playbook) -> Iterable[str]:
    return (task.id for task in playbook.tasks)


def _audiences(site: Site, _playbook: Playbook) -> Iterable[str]:
    return site.audiences


def _phases(_site: Site, _playbook: Playbook) -> Iterable[str]:
    return PHASES


def _levels(_site: Site, _playbook: Playbook) -> Iterable[str]:
    return map(str, LEVELS)


def _notices(_site: Site, playbook: Playbook) -> Iterable[str]:
    return playbook.notices


def _regimes(site: Site, playbook: Playbook) -> Iterable[str]:
    return (*site.applies, *playbook.regimes)


def _obligations(site: Site, playbook: Playbook) -> Iterable[str]:
    for id in dict.fromkeys(_regimes(site, playbook)):
        if regime := site.regimes.get(id):
            yield from (f"{id}/{duty.id}" for duty in regime.duties)


def _at_intervals(site: Site, playbook: Playbook) -> Iterable[str]:
    return (*audiences_at_intervals(site), *duties_at_intervals(site, _regimes(site, playbook)))


ACTS: dict[str, Act] = {
    "acknowledge": Act(Words("接手", "take the page"), ("Acknowledged",), doer="person"),
    "command": Act(Words("担任现场指挥", "take command"), ("CommandTaken",), doer="person"),
    "decide": Act(
        Words("作出决策", "decide"),
        ("Decided",),
        ("decision",),
        _decisions,
        doer="person",
        needs_of=True,
    ),
    "do": Act(Words("完成任务", "do a task"), ("TaskDone",), ("task",), _tasks, needs_of=True),
    "note": Act(Words("登记处置记录", "write to the record"), ("Noted",)),
    "evidence": Act(Words("收存证据", "keep evidence"), ("EvidenceAdded",)),
    "roll_call": Act(Words("人员平安点名", "call the roll"), ("RollCalled",)),
    "level": Act(
        Words("调整响应级别", "set the level"), ("LevelRaised", "LevelLowered"), ("level",), _levels
    ),
    "phase": Act(
        Words("变更事件状态", "move the incident on"),
        ("PhaseChanged",),
        ("phase",),
        _phases,
        needs_of=True,
    ),
    "brief": Act(
        Words("通报进展", "tell an audience"),
        ("Briefed",),
        ("audience",),
        _audiences,
        needs_of=True,
    ),
    "interval": Act(
        Words("按间隔持续通报", "keep the interval"),
        ("Briefed", "ObligationDischarged"),
        ("audience", "obligation"),
        _at_intervals,
        needs_of=True,
        gaps=("BriefingMissed", "ObligationBreached"),
    ),
    "grade": Act(
        Words("确认事件等级", "confirm the grade"), ("GradeConfirmed",), ("regime",), _regimes
    ),
    "line": Act(Words("签发统一解释口径", "approve the agreed line"), ("LineApproved",)),
    "notice": Act(
        Words("发布公告", "publish a notice"), ("NoticePublished",), ("template",), _notices
    ),
    "report": Act(
        Words("报送监管报告", "submit a report"),
        ("ObligationDischarged",),
        ("obligation",),
        _obligations,
        needs_of=True,
        lacks=_left_open,
    ),
    "answer": Act(Words("答复外部问询", "answer a question"), ("InquiryAnswered",)),
    "call": Act(Words("人工联络", "make a call by hand"), ("CallRecorded",), ("whom",)),
    "verify": Act(Words("核实预警", "verify the warning"), (MOVED,), warned=verified),
    "warn_report": Act(
        Words("按报告路径报送预警", "report the warning along its path"),
        (REPORTED, DISCHARGED),
        warned=reported,
    ),
    "lift": Act(
        Words("解除预警并按相同路径报告", "lift the warning, reported along the same path"),
        (MOVED, END_REPORTED, DISCHARGED),
        warned=lifted,
    ),
    "watch": Act(Words("接任值守", "take the watch"), ("WatchTaken",), doer="person"),
    MANUAL: Act(
        Words("由评估人判定", "as the evaluator sees it"), ("ExpectationMarked",), ("expected",)
    ),
}
"""By the name used in a scenario's file."""
