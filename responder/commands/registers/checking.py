"""Recording that something kept ready was looked at: a check, a stock-take, a test call."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from responder.commands.clean import clean_line, clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.firm import require_act
from responder.commands.matter import FirmMatter
from responder.commands.numbering import number
from responder.commands.registers.kept_ready import Registers
from responder.domain.provision import (
    AGREEMENT,
    AGREEMENT_FIELDS,
    CHECK,
    COUNTED,
    STOCK_TAKE,
    TEST_CALL,
    WHAT_NAMES,
    Kept,
    ProvisionCheck,
    lacking,
    tells_a_secret,
)
from responder.domain.record import By, Fact
from responder.domain.words import Words
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork

SERIES = "CHK"
LONGEST_EVIDENCE = 300
MOST_COUNTED = 1_000_000
SCORES = range(1, 6)
GOOD_ENOUGH = 3
"""A test call that scores less did not pass."""
MOST_SECONDS = 3600


@dataclass(frozen=True)
class RecordCheck(Command):
    """It was checked; `expires_on` is the new last day where it was renewed."""

    provision: str
    passed: bool = True
    note: str = ""
    evidence: str = ""
    expires_on: date | None = None


@dataclass(frozen=True)
class TakeStock(Command):
    """What is in stock was counted; time-limited items renewed run to `expires_on`."""

    provision: str
    count: int
    note: str = ""
    evidence: str = ""
    expires_on: date | None = None


@dataclass(frozen=True)
class RecordTestCall(Command):
    """The vendor's hotline was called: seconds until it rang and until somebody answered.

    `answer_seconds` is None where nobody did; `score` is 1 (useless) to 5.
    """

    provision: str
    ring_seconds: int
    answer_seconds: int | None
    score: int
    note: str = ""


@handles(RecordCheck)
def record_check(command: RecordCheck, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep it; an agreement that lacks one of its four fields cannot pass (7.1 m)."""
    work = _Work.of(uow, now, command.by, command.provision)
    missing = [AGREEMENT_FIELDS[field] for field in lacking(work.one.provision)]
    if command.passed and missing:
        raise BadInput(
            f"协议没有写{'、'.join(one.zh for one in missing)}，不能登记为合格。",
            f"The agreement does not say {', '.join(one.en for one in missing)}; it cannot pass.",
            "请先在 contacts/registers.yaml 补齐，或登记为 --failed。",
            "Complete it in contacts/registers.yaml first, or record it as --failed.",
        )
    if not command.passed:
        clean_reason(command.note)
    return work.record(
        CHECK,
        passed=command.passed,
        note=command.note,
        evidence=command.evidence,
        expires_on=command.expires_on,
    )


@handles(TakeStock)
def take_stock(command: TakeStock, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep the count, which is what is there from now on."""
    work = _Work.of(uow, now, command.by, command.provision)
    if work.one.provision.register not in COUNTED:
        raise BadInput(
            f"{work.name.zh}不是备件或物资，不盘点。",
            f"{work.name.en} is neither a spare nor a supply; it is not counted.",
            "请用 register check 登记检查。",
            "Record a check: `register check`.",
        )
    if not 0 <= command.count <= MOST_COUNTED:
        raise BadInput("盘点数量不对。", "That is no count.", "请写实际数量。", "Give the number.")
    return work.record(
        STOCK_TAKE,
        amount=command.count,
        note=command.note,
        evidence=command.evidence,
        expires_on=command.expires_on,
    )


@handles(RecordTestCall)
def record_test_call(command: RecordTestCall, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep how fast the hotline answered and what it was worth."""
    work = _Work.of(uow, now, command.by, command.provision)
    if work.one.provision.register != AGREEMENT:
        raise BadInput(
            f"{work.name.zh}不是保障协议，没有热线可试拨。",
            f"{work.name.en} is no agreement; there is no hotline to test.",
        )
    seconds = (command.ring_seconds, command.answer_seconds or 0)
    if command.score not in SCORES or any(not 0 <= one <= MOST_SECONDS for one in seconds):
        raise BadInput(
            "评分应为1至5，秒数应为0至3600。",
            "The score is 1 to 5, and seconds are 0 to 3600.",
        )
    return work.record(
        TEST_CALL,
        passed=command.answer_seconds is not None and command.score >= GOOD_ENOUGH,
        amount=command.score,
        note=command.note,
        ring_seconds=command.ring_seconds,
        answer_seconds=command.answer_seconds or 0,
    )


@dataclass
class _Work:
    """One entry of a register at work."""

    uow: UnitOfWork
    now: datetime
    by: By
    registers: Registers
    one: Kept

    @classmethod
    def of(cls, uow: UnitOfWork, now: datetime, by: By, id: str) -> "_Work":
        registers = Registers.load(uow, now)
        one = registers.one(id)
        keeps = ["provision_keeper"] if registers.keeper(one.provision) == by.person != "" else []
        require_act("keep_ready", by, uow, now, *keeps)
        return cls(uow, now, by, registers, one)

    @property
    def name(self) -> Words:
        about = self.one.provision
        return Words(about.name.said("zh") or about.id, about.name.said("en") or about.id)

    def record(self, what: str, **fields: Any) -> Reply:
        """Put it on the shelf and on record; whom it concerns hears of it."""
        record = self._record(what, fields)
        self.uow.provision_checks.put(record.id, record)
        facts = {"provision": record.provision, "title": {"zh": self.name.zh, "en": self.name.en}}
        payload = {**facts, "did": what, "passed": record.passed, "amount": record.amount}
        said = {"note": record.note, "evidence": record.evidence}
        fact = Fact("ProvisionChecked", record.provision, self.by, self.now, payload | said)
        self.uow.ledger.append([fact])
        after = self._after(record)
        if after.is_low or not record.passed:
            self._tell(after, record)
        return Reply(record.id, self._said(record, after), self._facts(record, after))

    def _record(self, what: str, fields: dict[str, Any]) -> ProvisionCheck:
        for key in ("note", "evidence"):
            text = fields.get(key, "")
            if text:
                clean_line(text, "说明", "text", LONGEST_EVIDENCE)
            if tells_a_secret(text):
                raise BadInput(
                    "登记中不能写链接和口令。",
                    "No link and no password belongs into a register.",
                    "请写存放处或记录编号。",
                    "Say where it lies, or the number of the record.",
                )
        until = fields.get("expires_on")
        if until is not None and until < self.registers.today:
            raise BadInput(
                f"有效期{until}已过。", f"{until} is past.", "请核对日期。", "Check the date."
            )
        site = self.registers.roster.site
        id = number(self.uow, SERIES, site, self.now)
        return ProvisionCheck(id, self.one.provision.id, what, self.now, self.by.person, **fields)

    def _after(self, record: ProvisionCheck) -> Kept:
        records = (*self.registers.records, record)
        return replace(self.registers, records=records).one(record.provision)

    def _tell(self, after: Kept, record: ProvisionCheck) -> None:
        keeper = self.registers.keeper(after.provision)
        if keeper and keeper != self.by.person:
            FirmMatter.load(self.uow, self.now).tell([keeper], self._said(record, after))

    def _said(self, record: ProvisionCheck, after: Kept) -> Words:
        what = WHAT_NAMES[record.what]
        zh, en = f"{self.name.zh}：{what.zh}已登记", f"{self.name.en}: {what.en} recorded"
        if record.what == STOCK_TAKE:
            zh, en = f"{zh}，现有{after.quantity}", f"{en}, {after.quantity} in stock"
        if not record.passed:
            zh, en = f"{zh}，不合格", f"{en}, not passed"
        if after.is_low:
            least = after.provision.least
            zh, en = f"{zh}，低于最低库存{least}", f"{en}, below the least of {least}"
        if after.due_on and not after.failed:
            zh, en = f"{zh}；下次{after.due_on}前", f"{en}; next by {after.due_on}"
        return Words(f"{zh}。", f"{en}.")

    def _facts(self, record: ProvisionCheck, after: Kept) -> dict[str, Any]:
        return {
            "provision": record.provision,
            "passed": record.passed,
            "due_on": after.due_on.isoformat() if after.due_on else None,
            "expires_on": after.expires_on.isoformat() if after.expires_on else None,
            **({"quantity": after.quantity} if after.provision.is_counted else {}),
        }
