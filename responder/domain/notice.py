"""Public notices: filled from agreed wording, released by two people, published and recorded."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from responder.domain.words import Words


class Stage(StrEnum):
    """Where a notice stands; what is published never changes, a correction is a new one."""

    DRAFT = "draft"
    STALE = "stale"
    RELEASED = "released"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


STAGE_NAMES = {
    Stage.DRAFT: Words("草稿", "draft"),
    Stage.STALE: Words("口径已变，须重拟", "stale: the line has changed"),
    Stage.RELEASED: Words("已签发", "released"),
    Stage.PUBLISHED: Words("已发布", "published"),
    Stage.WITHDRAWN: Words("已作废", "withdrawn"),
}
FIRST, PROGRESS, RESTORED, FOLLOW_UP = "first", "progress", "restored", "follow-up"
OF_INCIDENT = (FIRST, PROGRESS, RESTORED, FOLLOW_UP)
"""Which notice of an incident it is: the stage of a template's name, `FAULT.STAGE`."""
OF_INCIDENT_NAMES = {
    FIRST: Words("首次公告", "the first notice"),
    PROGRESS: Words("进展公告", "a progress notice"),
    RESTORED: Words("恢复公告", "the notice of recovery"),
    FOLLOW_UP: Words("后续说明", "the follow-up notice"),
}
PROMISES_MORE = (FIRST, PROGRESS)
"""Notices that have to say when the next one comes, and what investors can do meanwhile."""

NUMBER, DAY, CLOCK = "⟦no⟧", "⟦publish_date⟧", "⟦publish_time⟧"
AT_PUBLICATION = {"no": NUMBER, "publish_date": DAY, "publish_time": CLOCK}
"""Blanks that are known only when a notice is published, and what stands there until then."""


class Posted(StrEnum):
    """What became of a notice at one outlet.

    `unknown` may have appeared: it is never sent again, a human looks (P3).
    """

    WAITING = "waiting"
    BY_HAND = "by_hand"
    POSTED = "posted"
    UNKNOWN = "unknown"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    DRILL = "drill"


POSTED_NAMES = {
    Posted.WAITING: Words("正在发布", "being published"),
    Posted.BY_HAND: Words("待人工发布", "to be posted by hand"),
    Posted.POSTED: Words("已发布", "published"),
    Posted.UNKNOWN: Words("结果不明，请人工核实", "unknown: somebody has to look"),
    Posted.FAILED: Words("未发布", "not published"),
    Posted.WITHDRAWN: Words("已撤回", "taken back"),
    Posted.DRILL: Words("演练，未对外", "a drill: went nowhere"),
}
UNSETTLED = (Posted.WAITING, Posted.BY_HAND)
MAY_GO_AGAIN = (Posted.FAILED, Posted.WITHDRAWN)
"""Surely did not appear: a human may have it published once more."""


@dataclass(slots=True)
class Posting:
    """A notice at one outlet: which of its texts, and whether it appeared."""

    text: str
    sha256: str
    state: Posted = Posted.WAITING
    message: str = ""
    at: datetime | None = None
    by: str = ""
    why: str = ""


@dataclass(slots=True)
class Notice:
    """One notice: a template filled, for each form and language, with the line it came from.

    `given` are the blanks as people gave them, `blanks` all of them as they stand in the texts;
    `texts` are by form and language (`website/zh`). `released_by` are the author and whoever
    released it.
    """

    id: str
    incident: str
    template: str
    drafted_at: datetime
    drafted_by: str
    stage: Stage = Stage.DRAFT
    given: dict[str, str] = field(default_factory=dict)
    blanks: dict[str, dict[str, str]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    lacking: tuple[str, ...] = ()
    line_version: int = 0
    line_sha256: str = ""
    released_by: tuple[str, ...] = ()
    released_at: datetime | None = None
    number: str = ""
    published_by: str = ""
    published_at: datetime | None = None
    postings: dict[str, Posting] = field(default_factory=dict)
    spread: timedelta | None = None
    next_update_at: datetime | None = None
    corrects: str = ""
    reason: str = ""

    @property
    def key(self) -> str:
        """The id under which it is kept."""
        return f"{self.incident}/{self.id}"

    @property
    def is_open(self) -> bool:
        """Whether it may still be published or changed."""
        return self.stage in (Stage.DRAFT, Stage.STALE, Stage.RELEASED)

    @property
    def of_incident(self) -> str:
        """Which notice of its incident it is (`first`)."""
        return self.template.rpartition(".")[2]

    @property
    def published(self) -> dict[str, datetime]:
        """When it appeared, by outlet."""
        return {id: one.at for id, one in self.postings.items() if one.at is not None}

    @property
    def is_settled(self) -> bool:
        """Whether it is known of every outlet what became of it."""
        return bool(self.postings) and not any(
            one.state in UNSETTLED for one in self.postings.values()
        )


def stamped(text: str, no: str, day: str, clock: str) -> str:
    """A text with what is known only at its publication."""
    return text.replace(NUMBER, no).replace(DAY, day).replace(CLOCK, clock)


def readable(text: str, language: str) -> str:
    """A draft's text for whoever is to release it: what is known only later is said to be."""
    later = Words("（发布时填入）", "(filled in at publication)").said(language)
    return stamped(text, later, later, "")
