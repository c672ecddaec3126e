"""Problems (JR/T 0099 5.8): what lies behind repeated and major events, to its root."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from responder.domain.logged_event import likeness
from responder.domain.words import Words
from responder.errors import IllegalChange

SOURCES = (
    "monitoring",
    "analysis",
    "self_check",
    "inspection",
    "assessment",
    "evaluation",
    "event",
)
"""Where problems are gathered from (5.8, ninth paragraph)."""
EVENT = "event"
SOURCE_NAMES = {
    "monitoring": Words("监控", "monitoring"),
    "analysis": Words("分析", "analysis"),
    "self_check": Words("自查", "self-check"),
    "inspection": Words("检查", "inspection"),
    "assessment": Words("测评", "assessment"),
    "evaluation": Words("评估", "evaluation"),
    EVENT: Words("事件处理", "handling of events"),
}


class Stage(StrEnum):
    """How far a problem got."""

    PROPOSED = "proposed"
    SUBMITTED = "submitted"
    ANALYSED = "analysed"
    HANDLED = "handled"
    ESCALATED = "escalated"
    SOLVED = "solved"
    ENDED = "ended"
    DISMISSED = "dismissed"


STAGE_NAMES = {
    Stage.PROPOSED: Words("待识别", "proposed"),
    Stage.SUBMITTED: Words("已提交", "submitted"),
    Stage.ANALYSED: Words("已分析", "analysed"),
    Stage.HANDLED: Words("处理中", "being handled"),
    Stage.ESCALATED: Words("已升级", "escalated"),
    Stage.SOLVED: Words("已解决", "solved"),
    Stage.ENDED: Words("已结束", "ended"),
    Stage.DISMISSED: Words("不予立项", "dismissed"),
}

LEGAL: dict[Stage, tuple[Stage, ...]] = {
    Stage.PROPOSED: (Stage.SUBMITTED, Stage.DISMISSED),
    Stage.SUBMITTED: (Stage.ANALYSED, Stage.ESCALATED, Stage.DISMISSED),
    Stage.ANALYSED: (Stage.HANDLED, Stage.ESCALATED),
    Stage.HANDLED: (Stage.SOLVED, Stage.ESCALATED, Stage.ANALYSED),
    Stage.ESCALATED: (Stage.ANALYSED, Stage.HANDLED),
    Stage.SOLVED: (Stage.ENDED, Stage.HANDLED),
    Stage.ENDED: (),
    Stage.DISMISSED: (),
}


@dataclass(slots=True)
class StageEntered:
    """A stage, when it was entered and by whom."""

    stage: Stage
    at: datetime
    by: str


@dataclass(slots=True)
class Problem:
    """One problem: every stage with its instant, its cause, fix, verification, and the lesson.

    `change` is the number under which the fix went through change management.
    """

    id: str
    title: str
    system: str
    source: str
    opened_at: datetime
    opened_by: str
    stage: Stage = Stage.PROPOSED
    symptom: str = ""
    owner: str = ""
    reference: str = ""
    events: list[str] = field(default_factory=list)
    stages: list[StageEntered] = field(default_factory=list)
    cause: str = ""
    fix: str = ""
    change: str = ""
    verification: str = ""
    verified_by: str = ""
    verified_at: datetime | None = None
    lesson: str = ""
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is neither ended nor dismissed."""
        return self.stage not in {Stage.ENDED, Stage.DISMISSED}

    @property
    def incident(self) -> str:
        """What its shelf finds it by: the likeness of the events it stands for."""
        return likeness(self.system, self.symptom)

    @property
    def entered_at(self) -> datetime:
        """When it came into its present stage."""
        return self.stages[-1].at if self.stages else self.opened_at

    def move(self, wanted: Stage, by: str, now: datetime) -> Stage:
        """Change the stage along a legal way; returns the one left. Raises IllegalChange."""
        if wanted not in LEGAL[self.stage]:
            legal = ", ".join(stage.value for stage in LEGAL[self.stage]) or "—"
            raise IllegalChange(
                subject=self.id, state=self.stage.value, wanted=wanted.value, legal=legal
            )
        left, self.stage = self.stage, wanted
        self.stages.append(StageEntered(wanted, now, by))
        return left

    @property
    def unproven(self) -> tuple[str, ...]:
        """What it takes to be called solved, and is not there yet."""
        return tuple(
            name for name in ("cause", "fix", "verification") if not getattr(self, name).strip()
        )

    def is_stuck(self, now: datetime, idle: timedelta) -> bool:
        """Whether it has stayed in its stage for too long."""
        return self.is_open and now >= self.entered_at + idle


UNPROVEN_NAMES = {
    "cause": Words("原因", "its cause"),
    "fix": Words("解决方案", "its fix"),
    "verification": Words("验证结果", "its verification"),
}


def looked_into(problems: Iterable[Problem]) -> datetime | None:
    """When problems of one likeness were last dismissed or ended: what came before is settled."""
    return max((p.entered_at for p in problems if not p.is_open), default=None)


def lessons(problems: Iterable[Problem]) -> list[Problem]:
    """Those that teach something, the latest first: a lesson, or a cause that is known."""
    taught = [p for p in problems if p.stage is not Stage.DISMISSED and (p.lesson or p.cause)]
    return sorted(taught, key=lambda p: p.entered_at, reverse=True)
