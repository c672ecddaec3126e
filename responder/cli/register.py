"""`register`: what is kept ready (应急保障); `doc`: where a system's documents lie."""

from typing import Any

import click

from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.frame import command, group
from responder.cli.given import Given, argument, option
from responder.cli.values import DAY
from responder.commands.registers.checking import RecordCheck, RecordTestCall, TakeStock
from responder.commands.registers.kept_ready import one_of_register, register_of, spending_in
from responder.commands.registers.papers_at_hand import papers_of
from responder.commands.registers.using import AskForFunds, Draw
from responder.domain.provision import (
    AGREEMENT_FIELDS,
    KIND_NAMES,
    REGISTER_NAMES,
    REGISTERS,
    WHAT_NAMES,
)
from responder.domain.words import Words

STATE_NAMES = {
    "kept": Words("正常", "in order"),
    "expired": Words("已过期", "expired"),
    "failed": Words("不合格", "not passed"),
    "overdue": Words("检查逾期", "check late"),
    "low": Words("低于最低库存", "too few"),
    "incomplete": Words("内容不全", "incomplete"),
}
note = option("--note", default="", zh="说明", en="What to say of it")
evidence = option("--evidence", default="", metavar="WHERE", zh="凭据", en="What proves it")
renewed = option(
    "--expires-on", type=DAY, default=None, zh="新的有效期", en="The new last day, if renewed"
)


@command("list", "应急保障登记", "What is kept ready")
@option("--register", type=click.Choice(REGISTERS), zh="哪一种", en="One register")
@option("--due", is_flag=True, zh="只看待办的", en="What is to be seen to alone")
def listed(given: Given, register: str | None, due: bool) -> None:
    """List it."""
    with looking(given) as house:
        found = house.read(lambda uow, now: register_of(uow, now, register=register or "", due=due))
        site = house.roster().site
    if given.as_json:
        say_json({"provisions": found})
        return
    names = show.Names(site, given.language)
    if not found:
        show.line(names.said("没有待办的保障登记。", "Nothing is to be seen to."))
        return
    headings = (
        "",
        names.said("名称", "name"),
        names.said("登记", "register"),
        names.said("保管人", "kept by"),
        names.said("数量或余额", "stock or balance"),
        names.said("下次检查", "next check"),
        names.said("有效期", "expires"),
        names.said("状态", "state"),
    )
    show.table(headings, [_row(one, names) for one in found])


def _row(one: dict[str, Any], names: show.Names) -> tuple[Any, ...]:
    state = STATE_NAMES[one["state"]].said(names.language)
    amount = one.get("quantity", one.get("balance"))
    return (
        one["id"],
        one["name"][names.language] or one["name"]["zh"],
        REGISTER_NAMES[one["register"]].said(names.language),
        names.person(one["owner"]),
        "—" if amount is None else f"{amount:,}",
        one["due_on"] or "—",
        one["expires_on"] or "—",
        state if one["state"] == "kept" else ("red", state),
    )


@command("show", "一项保障登记", "One entry, with everything recorded of it")
@argument("provision", metavar="ID")
def shown(given: Given, provision: str) -> None:
    """Show it."""
    with looking(given) as house:
        found = house.read(lambda uow, now: one_of_register(uow, provision, now))
        site = house.roster().site
    if given.as_json:
        say_json(found)
        return
    names = show.Names(site, given.language)
    for line in _in_full(found, names):
        show.line(line)


def _in_full(one: dict[str, Any], names: show.Names) -> list[str]:
    def both(words: dict[str, str]) -> str:
        return words[names.language] or words["zh"]

    register = REGISTER_NAMES[one["register"]].said(names.language)
    kinds = [KIND_NAMES[kind].said(names.language) for kind in one["kinds"]]
    lines = [
        " · ".join([one["id"], both(one["name"]), register, *kinds]),
        names.said("保管人：", "Kept by: ") + names.person(one["owner"]),
        names.said("状态：", "State: ") + STATE_NAMES[one["state"]].said(names.language),
        names.said(
            f"检查：{one['checked_on'] or '—'}，下次{one['due_on'] or '—'}",
            f"Checked {one['checked_on'] or '—'}, next by {one['due_on'] or '—'}",
        ),
    ]
    if "quantity" in one:
        least = names.said(f"，最低{one['least']}", f", at least {one['least']}")
        lines.append(names.said("库存：", "In stock: ") + f"{one['quantity']:,}{least}")
    if "balance" in one:
        asked = names.said(f"，待批{one['asked']:,}", f", {one['asked']:,} being decided")
        lines.append(names.said("余额（元）：", "Balance, CNY: ") + f"{one['balance']:,}{asked}")
    if one["places"]:
        lines.append(names.said("存放处：", "Lies in: ") + names.listed(map(both, one["places"])))
    lines += [
        AGREEMENT_FIELDS[field].said(names.language) + names.said("：", ": ") + both(words)
        for field, words in one["says"].items()
    ]
    lines += [_recorded(record, names) for record in one["records"]]
    return lines


def _recorded(one: dict[str, Any], names: show.Names) -> str:
    what = WHAT_NAMES[one["what"]].said(names.language)
    amount = f" {one['amount']:,}" if one["amount"] else ""
    failed = "" if one["passed"] else names.said("，未通过", ", not passed")
    waits = names.said("，待批", ", being decided") if one["open"] else ""
    about = f" {one['incident']}" if one["incident"] else ""
    note = f" {one['note']}" if one["note"] else ""
    at, by = names.clock(one["at"], full=True), names.person(one["by"])
    return f"{one['id']} {at} {by} {what}{amount}{failed}{waits}{about}{note}"


@command("check", "登记一次检查", "Record that it was checked")
@argument("provision", metavar="ID")
@option("--passed/--failed", default=True, zh="合格或不合格", en="Whether it passed")
@note
@evidence
@renewed
def checked(given: Given, provision: str, passed: bool, **said: Any) -> None:
    """Record it."""
    act(given, RecordCheck, provision=provision, passed=passed, **said)


@command("stock", "登记盘点", "Record a stock-take")
@argument("provision", metavar="ID")
@option("--count", required=True, type=int, zh="实际数量", en="How many there are")
@note
@evidence
@renewed
def stocked(given: Given, provision: str, count: int, **said: Any) -> None:
    """Record it."""
    act(given, TakeStock, provision=provision, count=count, **said)


@command("test-call", "登记热线试拨", "Record a test call of a vendor's hotline")
@argument("provision", metavar="ID")
@option(
    "--ring", "ring_seconds", type=int, required=True, zh="几秒后振铃", en="Seconds until it rang"
)
@option(
    "--answer", "answer_seconds", type=int, zh="几秒后接听", en="Seconds until answered, if it was"
)
@option("--score", type=int, required=True, zh="评分，1至5", en="What it was worth, 1 to 5")
@note
def called(given: Given, provision: str, **said: Any) -> None:
    """Record it."""
    act(given, RecordTestCall, provision=provision, **said)


@command("draw", "领用备件、物资", "Draw from stock in an incident")
@argument("provision", metavar="ID")
@option("--incident", required=True, zh="用于哪个事件", en="For which incident")
@option("--quantity", type=int, default=1, zh="数量", en="How many")
def drawn(given: Given, provision: str, incident: str, quantity: int) -> None:
    """Draw it."""
    act(given, Draw, pages=True, incident=incident, provision=provision, quantity=quantity)


@command("spend", "申请应急资金", "Ask for emergency funds")
@argument("fund", metavar="[FUND]", default="")
@option("--incident", required=True, zh="用于哪个事件", en="For which incident")
@option("--amount", type=int, required=True, metavar="CNY", zh="金额（元）", en="Whole yuan")
@option("--for", "purpose", required=True, zh="用途", en="What for")
def spent(given: Given, fund: str, incident: str, amount: int, purpose: str) -> None:
    """Ask; the approver is paged by every way."""
    fields = {"incident": incident, "amount": amount, "purpose": purpose, "fund": fund}
    act(given, AskForFunds, pages=True, **fields)


@command("spending", "事件的资金支出", "What an incident spent")
@argument("incident")
def spending(given: Given, incident: str) -> None:
    """Show it."""
    with looking(given) as house:
        found = house.read(lambda uow, _: spending_in(uow, incident))
        site = house.roster().site
    if given.as_json:
        say_json({"id": incident, "spending": found})
        return
    names = show.Names(site, given.language)
    for one in found:
        show.line(_recorded(one, names))
    if not found:
        show.line(names.said("没有申请资金。", "No funds were asked for."))


@command("doc", "系统的技术资料在哪里", "Where a system's documents and software copies lie")
@argument("system")
def doc(given: Given, system: str) -> None:
    """Say it: no link, no password."""
    with looking(given) as house:
        found = house.read(lambda uow, now: papers_of(uow, system, now))
    said = found.said(given.language)
    if given.as_json:
        say_json({"system": system, "said": said})
        return
    for line in said.splitlines():
        show.line(line)


register = group(
    "register",
    "应急保障登记",
    "What is kept ready",
    listed,
    shown,
    checked,
    stocked,
    called,
    drawn,
    spent,
    spending,
)
