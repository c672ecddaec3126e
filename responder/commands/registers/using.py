"""Using what is kept ready while an incident is handled: drawing from stock, asking for funds."""

from dataclasses import dataclass
from datetime import datetime

from responder.commands.case import Case, follows_decision
from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.decisions.asking import request_decision
from responder.commands.matter import FirmMatter
from responder.commands.numbering import number
from responder.commands.registers.checking import SERIES
from responder.commands.registers.kept_ready import Registers, ids_of
from responder.domain.events import Decided
from responder.domain.provision import (
    COUNTED,
    DRAW,
    FUND,
    SPEND,
    Kept,
    ProvisionCheck,
)
from responder.domain.record import ENGINE
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

LONGEST_PURPOSE = 200
MOST_YUAN = 10**12


@dataclass(frozen=True)
class Draw(Command):
    """Take something out of stock for an incident."""

    incident: str
    provision: str
    quantity: int = 1


@dataclass(frozen=True)
class AskForFunds(Command):
    """Ask for an amount of a fund, in whole yuan; `fund` may be left out where there is one."""

    incident: str
    amount: int
    purpose: str
    fund: str = ""


@handles(Draw)
def draw(command: Draw, uow: UnitOfWork, now: datetime) -> Reply:
    """Less is in stock from now on; its keeper hears when it is too little. A drill takes none."""
    case = Case.load(uow, command.incident, now)
    case.may("draw", command.by)
    registers = Registers.load(uow, now)
    one = registers.one(command.provision)
    _check_draw(command, one, registers)
    record = _record(case, DRAW, one, command.by.person, command.quantity)
    name, left = one.provision.name, one.quantity - command.quantity * (not record.drill)
    case.record(
        "Drawn",
        command.by,
        provision=one.provision.id,
        title={"zh": name.zh, "en": name.en},
        amount=command.quantity,
        in_stock=left,
    )
    case.save()
    least = one.provision.least
    low = left < least and not record.drill
    if low:
        _tell_low(uow, now, registers, one, left)
    places = one.provision.places
    zh, en = ("、".join(p.said("zh") for p in places), ", ".join(p.said("en") for p in places))
    drill = Words("演练，不减库存。", "A drill: the stock stays as it is.")
    warned = Words(
        f"低于最低库存{least}，已告知保管人。", f"Below the least of {least}; its keeper is told."
    )
    more = drill if record.drill else warned if low else Words()
    said = Words(
        f"已领用{name.said('zh')}{command.quantity}件，余{left}件；"
        f"存放处：{zh or '未登记'}。{more.zh}",
        f"{command.quantity} × {name.said('en')} drawn, {left} left; from: {en or 'not on record'}."
        f" {more.en}".rstrip(),
    )
    return Reply(record.id, said, {"provision": one.provision.id, "quantity": left, "low": low})


def _check_draw(command: Draw, one: Kept, registers: Registers) -> None:
    if one.provision.register not in COUNTED:
        known = ids_of(registers.roster.site.provisions.values(), *COUNTED)
        raise UnknownId("备件或物资", "spare or supply", command.provision, known)
    if not 0 < command.quantity <= one.quantity:
        raise BadInput(
            f"库存{one.quantity}件，不能领用{command.quantity}件。",
            f"There are {one.quantity} in stock; {command.quantity} cannot be drawn.",
            "实际数量不符的，先盘点：register stock。",
            "If the count is wrong, take stock first: `register stock`.",
        )


def _record(
    case: Case, what: str, one: Kept, by: str, amount: int, request: str = "", note: str = ""
) -> ProvisionCheck:
    record = ProvisionCheck(
        id=number(case.uow, SERIES, case.site, case.now),
        provision=one.provision.id,
        what=what,
        at=case.now,
        by=by,
        amount=amount,
        incident=case.incident.id,
        note=note,
        request=request,
        drill=case.incident.drill,
        is_open=bool(request),
    )
    case.uow.provision_checks.put(record.id, record)
    return record


def _tell_low(uow: UnitOfWork, now: datetime, registers: Registers, one: Kept, left: int) -> None:
    keeper, least = registers.keeper(one.provision), one.provision.least
    zh, en = one.provision.name.said("zh"), one.provision.name.said("en")
    said = Words(
        f"{zh}（{one.provision.id}）余{left}件，低于最低库存{least}，请补充。",
        f"{en} ({one.provision.id}): {left} left, below the least of {least}. Please restock.",
    )
    FirmMatter.load(uow, now).tell(filter(None, [keeper]), said)


# Funds


@handles(AskForFunds)
def ask_for_funds(command: AskForFunds, uow: UnitOfWork, now: datetime) -> Reply:
    """Ask for it as for any decision: by every way, at night too, on to others if nobody answers.

    One request for funds at a time in an incident. Refused where less is left than is asked for.
    """
    case = Case.load(uow, command.incident, now)
    case.may("ask_for_funds", command.by)
    purpose = clean_line(command.purpose, "用途", "purpose", LONGEST_PURPOSE)
    one = _fund(command, Registers.load(uow, now))
    _check_funds(command, case, one)
    name = one.provision.name
    about = Words(
        f"{command.amount:,}元，用于{purpose}（{name.said('zh')}余额{one.balance:,}元）",
        f"CNY {command.amount:,} for {purpose} ({name.said('en')}: CNY {one.balance:,} left)",
    )
    request = request_decision(case, one.provision.decision, about=about)
    record = _record(
        case, SPEND, one, command.by.person, command.amount, request=request, note=purpose
    )
    case.record(
        "FundsAsked",
        command.by,
        provision=one.provision.id,
        title={"zh": name.zh, "en": name.en},
        amount=command.amount,
        text=purpose,
        balance=one.balance,
    )
    case.save()
    asked = [p for p in case.authority.requests[request].asked if p in case.site.people]
    zh, en = ([case.site.people[p].name.said(lang) for p in asked] for lang in ("zh", "en"))
    said = Words(
        f"已请示{'、'.join(zh) or '批准人'}：{about.zh}。批准前不得支付。",
        f"Asked {', '.join(en) or 'the approver'}: {about.en}. Pay nothing before the approval.",
    )
    facts = {"request": request, "amount": command.amount, "balance": one.balance, "asked": asked}
    return Reply(record.id, said, facts)


def _fund(command: AskForFunds, registers: Registers) -> Kept:
    funds = ids_of(registers.roster.site.provisions.values(), FUND)
    if not command.fund and len(funds) == 1:
        return registers.one(funds[0])
    if command.fund not in funds:
        raise UnknownId("应急资金", "fund", command.fund, funds)
    return registers.one(command.fund)


def _check_funds(command: AskForFunds, case: Case, one: Kept) -> None:
    decision = one.provision.decision
    if decision not in case.site.decisions:
        raise BadInput(
            f"{one.provision.id}没有登记动用资金的决策事项。",
            f"No decision of the catalogue is named for {one.provision.id}.",
            "请在 contacts/registers.yaml 填写 decision，并按制度当面请示。",
            "Add `decision` in contacts/registers.yaml; meanwhile ask in person.",
        )
    if not 0 < command.amount <= MOST_YUAN or command.amount > one.balance:
        raise BadInput(
            f"余额{one.balance:,}元，不能申请{command.amount:,}元。",
            f"CNY {one.balance:,} are left; CNY {command.amount:,} cannot be asked for.",
            "请减少金额，或由批准人追加资金后再申请。",
            "Ask for less, or have the fund raised first.",
        )
    requests = case.authority.requests.values()
    if any(asked.decision == decision and asked.is_open for asked in requests):
        raise BadInput(
            "本事件已有一笔资金申请待批。",
            "A request for funds of this incident is being decided already.",
            f"请等待批复：decide {case.incident.id} {decision}。",
            f"Wait for its answer: decide {case.incident.id} {decision}.",
        )


@follows_decision
def settle_funds(case: Case, event: Decided) -> None:
    """What was asked for is spent, or not; reversing the decision gives it back, or takes it."""
    asked = case.authority.requests[event.request]
    meant = (asked.reverses, asked.id) if asked.reverses else (asked.id,)
    for record in case.uow.provision_checks.of(case.incident.id).values():
        if record.what != SPEND or record.request not in meant:
            continue
        record.passed, record.is_open, record.request = event.approved, False, asked.id
        case.uow.provision_checks.put(record.id, record)
        balance = Registers.load(case.uow, case.now).one(record.provision).balance
        kind = "FundsGranted" if event.approved else "FundsRefused"
        case.record(
            kind,
            ENGINE,
            provision=record.provision,
            amount=record.amount,
            text=record.note,
            balance=balance,
        )
        _tell_settled(case, record, balance)


def _tell_settled(case: Case, record: ProvisionCheck, balance: int) -> None:
    zh, en = (
        (f"批准，余额{balance:,}元", f"granted, CNY {balance:,} left")
        if record.passed
        else ("未批准，不得支付", "refused; pay nothing")
    )
    said = Words(
        f"资金申请（{record.amount:,}元，{record.note}）：{zh}。",
        f"Funds (CNY {record.amount:,}, {record.note}): {en}.",
    )
    case.tell([record.by], said)
