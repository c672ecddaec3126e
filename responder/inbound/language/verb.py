"""What a verb of the language is made of: its words, and what it needs to be told."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from responder.domain.words import Words


class Kind(StrEnum):
    """What a word stands for; `reading` knows how each is written."""

    INCIDENT = "incident"
    WARNING = "warning"
    SUBJECT = "subject"
    PERSON = "person"
    CONTACT = "contact"
    TARGET = "target"
    LEVEL = "level"
    PLAYBOOK = "playbook"
    PLAN = "plan"
    SYSTEM = "system"
    TASK = "task"
    CALL = "call"
    MEASURE = "measure"
    PROVISION = "provision"
    LOGGED_EVENT = "logged_event"
    PROBLEM = "problem"
    ANSWER = "answer"
    TRAINING = "training"
    AMOUNT = "amount"
    ROTATION = "rotation"
    SWAP = "swap"
    SHIFT = "shift"
    OWED = "owed"
    AUDIENCE = "audience"
    FACT = "fact"
    DUTY = "duty"
    REGIME = "regime"
    GRADE = "grade"
    REPORT = "report"
    NOTICE = "notice"
    OUTLET = "outlet"
    INQUIRY = "inquiry"
    DECISION = "decision"
    CHOICE = "choice"
    CONSENT = "consent"
    ROLE = "role"
    SCENARIO = "scenario"
    PLANNED = "planned"
    ROW = "row"
    EXPECTED = "expected"
    OBJECTIVE = "objective"
    MOMENT = "moment"
    PAST = "past"
    NUMBER = "number"
    FLAG = "flag"
    TEXT = "text"


ABOUT = (Kind.INCIDENT, Kind.WARNING, Kind.SUBJECT)
"""What a conversation may be about already."""
REFERRED = (*ABOUT, Kind.PLAN)
"""What may be given by the id or the code of an incident."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing a verb is told: its name, how it is asked for, the words it may be given by.

    `named` ones are given as `key=value` only. `pool` narrows which incidents are meant.
    `among` are a choice's values with the words for each.
    """

    name: str
    kind: Kind
    asks: Words
    keys: tuple[str, ...] = ()
    needed: bool = False
    named: bool = False
    pool: str = "handled"
    among: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def must(self) -> "Slot":
        """The same, needed."""
        return replace(self, needed=True)

    @property
    def by_name(self) -> "Slot":
        """The same, given as `key=value` only."""
        return replace(self, named=True)

    def of(self, pool: str) -> "Slot":
        """The same, from among other incidents."""
        return replace(self, pool=pool)

    def answers_to(self, key: str) -> bool:
        """Whether `key=value` names it."""
        return key in (self.name, self.name.replace("_", "-"), *self.keys)


@dataclass(frozen=True, slots=True)
class Verb:
    """Something a person can say. `zh` is its first Chinese word; `presets` fill a slot by a word.

    `pages` sends messages at once; `focus` makes the conversation about what it was said of;
    `again` asks the next thing as soon as one was answered, while its reply says `more`.
    """

    name: str
    zh: str
    help: Words
    example: Words
    slots: tuple[Slot, ...] = ()
    also: tuple[str, ...] = ()
    presets: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    pages: bool = False
    focus: bool = False
    again: bool = False

    @property
    def phrases(self) -> Mapping[str, Mapping[str, str]]:
        """Everything it answers to, with what the phrase itself already says."""
        return {phrase: {} for phrase in (self.name, self.zh, *self.also)} | dict(self.presets)

    @property
    def text(self) -> Slot | None:
        """The slot that takes the rest of the line."""
        taking = (s for s in self.slots if s.kind is Kind.TEXT and not s.named)
        return next(taking, None)

    def slot(self, key: str) -> Slot | None:
        """The slot of that name."""
        return next((slot for slot in self.slots if slot.answers_to(key)), None)

    def said(self, language: str) -> str:
        """The verb as people of a language say it."""
        return self.name if language == "en" else self.zh


INCIDENT = Slot(
    "incident", Kind.INCIDENT, Words("请指明事件", "Name the incident"), ("事件",), True
)
SUBJECT = replace(INCIDENT, kind=Kind.SUBJECT)
WARNING = Slot("warning", Kind.WARNING, Words("请指明预警", "Name the warning"), ("预警",), True)
PERSON = Slot("person", Kind.PERSON, Words("请指明人员", "Name the person"), ("人员", "to"))
TARGET = Slot(
    "target",
    Kind.TARGET,
    Words("请指明呼叫谁", "Say whom: a person, role:R, team:T or succession"),
    ("对象",),
)
LEVEL = Slot(
    "level", Kind.LEVEL, Words("请写明响应级别（1至4）", "Give the level, 1 to 4"), ("级别",)
)
SYSTEM = Slot("system", Kind.SYSTEM, Words("请指明系统", "Name the system"), ("系统",), named=True)
PLAYBOOK = Slot(
    "playbook",
    Kind.PLAYBOOK,
    Words("请选择处置方案", "Choose the playbook"),
    ("plan", "方案"),
)
TASK = Slot("task", Kind.TASK, Words("请指明任务", "Name the task"), ("任务",), True)
DECISION = Slot("decision", Kind.DECISION, Words("请指明决策事项", "Name the decision"), (), True)
TITLE = Slot(
    "title", Kind.TEXT, Words("请用一句话写明什么事", "Say in one line what is wrong"), ("标题",)
)
REASON = Slot(
    "reason", Kind.TEXT, Words("请写明理由", "Give the reason"), ("理由", "because", "why")
)
NOTE = Slot(
    "text", Kind.TEXT, Words("请写明记录内容", "Give the text of the note"), ("内容",), True
)
SURE = Slot("sure", Kind.FLAG, Words("请确认", "Say that you are sure"), named=True)
