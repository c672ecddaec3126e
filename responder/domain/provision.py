"""What is kept ready for an emergency (应急保障, JR/T 0099 7.1 m, s to v): one mechanism for all.

Support agreements, technical documents and software copies, spare parts, supplies, funds: each
has an owner, a day on which it was last checked, one on which it is next due, and evidence. What
the site says of it is where the count begins; every record after that day counts from there.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from responder.domain.words import Words

AGREEMENT, DOCUMENT, SPARE, SUPPLY, FUND = REGISTERS = (
    "agreement",
    "document",
    "spare",
    "supply",
    "fund",
)
AGREEMENT_KINDS = ("telecom", "fire", "power", "air_conditioning", "hardware_software", "security")
"""The six categories of 7.1 m."""
DOCUMENT_KINDS = (
    "topology",
    "parameters",
    "system_software",
    "application_software",
    "manuals",
    "emergency_manual",
)
"""The six kinds of 7.1 s, kept at two sites."""
SUPPLY_KINDS = ("telecom", "fire", "emergency_lighting")
"""The three of 7.1 u."""
KINDS = {AGREEMENT: AGREEMENT_KINDS, DOCUMENT: DOCUMENT_KINDS, SUPPLY: SUPPLY_KINDS}
AGREEMENT_FIELDS = {
    "contacts": Words("双方联系人", "both sides’ contacts"),
    "means": Words("联系方式", "the means of contact"),
    "service": Words("服务内容和范围", "what is served and how far"),
    "emergency": Words("应急处理方式", "how an emergency is handled"),
}
"""What an agreement has to say (7.1 m)."""
COUNTED = (SPARE, SUPPLY)
"""Of these there is a number in stock."""
PLACES_NEEDED = 2

REGISTER_NAMES = {
    AGREEMENT: Words("保障协议", "support agreement"),
    DOCUMENT: Words("技术资料", "technical documents"),
    SPARE: Words("备品备件", "spare part"),
    SUPPLY: Words("应急物资", "supplies"),
    FUND: Words("应急资金", "emergency funds"),
}
KIND_NAMES = {
    "telecom": Words("通信", "telecom"),
    "fire": Words("消防", "fire"),
    "power": Words("电力", "power"),
    "air_conditioning": Words("空调", "air-conditioning"),
    "hardware_software": Words("软硬件", "hardware and software"),
    "security": Words("安全服务", "security service"),
    "topology": Words("拓扑图", "topology"),
    "parameters": Words("设备参数", "device parameters"),
    "system_software": Words("系统软件", "system software"),
    "application_software": Words("应用软件", "application software"),
    "manuals": Words("安装使用手册", "installation and user manuals"),
    "emergency_manual": Words("应急操作手册", "emergency operation manual"),
    "emergency_lighting": Words("应急照明", "emergency lighting"),
}

CHECK, STOCK_TAKE, TEST_CALL, DRAW, SPEND = ("check", "stock_take", "test_call", "draw", "spend")
LOOKED_AT = (CHECK, STOCK_TAKE, TEST_CALL)
"""Records that show that somebody saw to it."""
WHAT_NAMES = {
    CHECK: Words("检查", "check"),
    STOCK_TAKE: Words("盘点", "stock-take"),
    TEST_CALL: Words("热线试拨", "test call"),
    DRAW: Words("领用", "drawn"),
    SPEND: Words("动用资金", "funds"),
}


@dataclass(frozen=True, slots=True)
class Provision:
    """One thing kept ready: what it is, who keeps it, when it was last checked, when it is due.

    `fields` are what its register demands of it in words. `self_sufficient` says why no agreement
    is needed. `decision` is the one by which a fund is drawn on, `amount` the whole
    yuan in it on the day on which it was checked.
    """

    id: str
    register: str
    kinds: tuple[str, ...] = ()
    name: Words = Words()
    owner: str = ""
    unit: str = ""
    systems: tuple[str, ...] = ()
    places: tuple[Words, ...] = ()
    version: str = ""
    quantity: int = 0
    least: int = 0
    amount: int = 0
    approver: str = ""
    decision: str = ""
    fields: dict[str, Words] = field(default_factory=dict)
    self_sufficient: Words = Words()
    check_every: timedelta | None = None
    checked_on: date | None = None
    evidence: str = ""
    expires_on: date | None = None

    @property
    def is_counted(self) -> bool:
        """Whether there is a number of it in stock."""
        return self.register in COUNTED


@dataclass(slots=True)
class ProvisionCheck:
    """Something recorded of a provision: a check, a stock-take, a test call, a draw, a spending.

    `amount` is the number counted, the number drawn, the yuan asked for, or the score of a test
    call. `incident` is what it was used in. A spending is open until it is decided on under
    `request`. What a drill draws or spends is never gone (P5).
    """

    id: str
    provision: str
    what: str
    at: datetime
    by: str
    passed: bool = True
    amount: int = 0
    incident: str = ""
    note: str = ""
    evidence: str = ""
    expires_on: date | None = None
    ring_seconds: int = 0
    answer_seconds: int = 0
    request: str = ""
    drill: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A provision as it stands by the site and every record since.

    `checked_on` is the last check that it passed, `failed` whether it failed one since.
    """

    provision: Provision
    checked_on: date | None
    expires_on: date | None
    evidence: str
    failed: bool
    quantity: int
    spent: int
    asked: int

    @property
    def due_on(self) -> date | None:
        """By which day it is to be checked again; None where it needs no check."""
        every = self.provision.check_every
        if every is None:
            return None
        return self.checked_on + every if self.checked_on else date.min

    @property
    def balance(self) -> int:
        """What is left of a fund, in yuan."""
        return self.provision.amount - self.spent

    @property
    def is_low(self) -> bool:
        """Whether there is less in stock than there has to be."""
        return self.provision.is_counted and self.quantity < self.provision.least

    def is_overdue(self, today: date) -> bool:
        """Whether its check is late, it failed the last one, or its time has run out."""
        late = self.due_on is not None and self.due_on < today
        return late or self.failed or self.is_expired(today)

    def is_expired(self, today: date) -> bool:
        """Whether its time has run out; its last day still counts."""
        return self.expires_on is not None and self.expires_on < today

    def next_day(self) -> date | None:
        """The next day on which something is due of it."""
        return min((day for day in (self.due_on, self.expires_on) if day), default=None)


def kept(one: Provision, records: Iterable[ProvisionCheck], zone: str) -> Kept:
    """How a provision stands. Records count from the day on which the site says it was checked."""
    here = ZoneInfo(zone)
    since = one.checked_on or date.min
    mine = [r for r in records if r.provision == one.id and not r.drill]
    later = sorted((r for r in mine if r.at.astimezone(here).date() >= since), key=lambda r: r.at)
    seen = [r for r in later if r.what in LOOKED_AT]
    passed = [r for r in seen if r.passed]
    renewed = [r for r in passed if r.expires_on]
    spent = [r for r in later if r.what == SPEND and r.passed]
    return Kept(
        provision=one,
        checked_on=passed[-1].at.astimezone(here).date() if passed else one.checked_on,
        expires_on=renewed[-1].expires_on if renewed else one.expires_on,
        evidence=next((r.evidence for r in reversed(passed) if r.evidence), one.evidence),
        failed=bool(seen) and not seen[-1].passed,
        quantity=_in_stock(one, later),
        spent=sum(r.amount for r in spent if not r.is_open),
        asked=sum(r.amount for r in spent if r.is_open),
    )


def _in_stock(one: Provision, records: Sequence[ProvisionCheck]) -> int:
    """What was counted last, less what was drawn since."""
    quantity = one.quantity
    for record in records:
        if record.what == STOCK_TAKE:
            quantity = record.amount
        elif record.what == DRAW:
            quantity -= record.amount
    return quantity


# What an entry of a register has to say


def lacking(one: Provision) -> tuple[str, ...]:
    """Which of the four things an agreement does not say (7.1 m), where one is needed at all."""
    if one.register != AGREEMENT or is_self_sufficient(one):
        return ()
    return tuple(name for name in AGREEMENT_FIELDS if not one.fields.get(name, Words()).said("zh"))


def is_self_sufficient(one: Provision) -> bool:
    """Whether own strength suffices, with the reason."""
    return bool(one.self_sufficient.said("zh"))


_SECRET = re.compile(r"://|\b(?:password|passwd|pwd|token)\b|口令|密码[:：是为]", re.IGNORECASE)


def tells_a_secret(text: str) -> bool:
    """Whether a text holds a link or a password, which belong into no register."""
    return bool(_SECRET.search(text))


# Reminders

BEFORE = (timedelta(days=60), timedelta(days=30), timedelta(days=7))
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Reminder:
    """What is to be said of one day: how many times so far it had to be, and to whom besides."""

    step: int
    left: timedelta
    to_head: bool = False


def reminder(day: date, today: date, every: timedelta | None = None) -> Reminder | None:
    """What stands to be said of something due on `day`: from 60, 30 and 7 days before, then weekly.

    The last day is still in time. Once overdue its owner hears of it, a week later their head too.
    What comes round `every` so often is not announced before half of that has passed.
    """
    left = day - today
    if left < timedelta(0):
        weeks = (-left - timedelta(days=1)) // WEEK
        return Reminder(len(BEFORE) + 1 + weeks, left, to_head=weeks > 0)
    begun = [span for span in BEFORE if left <= span and (every is None or span * 2 <= every)]
    if not begun:
        return None
    return Reminder(BEFORE.index(begun[-1]) + 1, left)
