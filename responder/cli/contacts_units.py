"""`contacts told`, `receipt`, `verify`: what related units hold of us, and we of them."""

import click

from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.commands.manual.change_notices import RecordReceipt, RecordTold
from responder.commands.manual.freshness import (
    RecordUnitCheck,
    freshness_facts,
    today,
    unit_freshness,
)
from responder.commands.manual.notices_shown import notice_facts, notices
from responder.domain.change_notice import ChangeNotice


@command(
    "told",
    "我方联络信息变更的通知：发给谁、何时、有无回执；--note 登记已自行告知",
    "Notices of our own changes: to whom, when, confirmed or not; --note records one told by hand",
)
@argument("notice", required=False, default="", metavar="[CHG-2026-0001|unit:U]")
@option("--note", default="", zh="怎么告知的", en="How they were told")
def told(given: Given, notice: str, note: str) -> None:
    """List them, or record one."""
    if note:
        act(given, RecordTold, notice=notice, note=note)
        return
    with looking(given) as house:
        found = house.read(lambda uow, _now: notices(uow, notice))
        names = show.Names(house.roster().site, given.language)
    if given.as_json:
        say_json({"notices": [notice_facts(one) for one in found]})
        return
    if not found:
        show.line(names.said("没有须通知的变更。", "There was nothing to tell."))
        return
    headings = ("", *(names.said(*pair) for pair in HEADINGS))
    show.table(headings, [_row(one, names) for one in found])


def _row(one: ChangeNotice, names: show.Names) -> tuple[str, ...]:
    joined = names.said("；", "; ")
    what = joined.join(words.said(names.language) for words in one.changes)
    receipt = one.receipt or names.said("无须通知", "not needed") * bool(one.dropped_at)
    sent = names.clock(one.sent_at, full=True)
    return one.id, names.unit(one.unit), sent, receipt or "—", what


@command("receipt", "登记关联单位的回执", "A unit confirmed a notice: its receipt")
@argument("notice", metavar="CHG-2026-0001")
@option("--receipt", required=True, metavar="NO", zh="回执编号或答复", en="Its number or words")
def receipt(given: Given, notice: str, receipt: str) -> None:
    """Record it."""
    act(given, RecordReceipt, notice=notice, receipt=receipt)


@command(
    "verify",
    "核对关联单位联系方式：不写单位则列出待核对的；写明单位并登记结果",
    "Related units' lines: what is due, or what came of trying one",
)
@argument("unit", required=False, default="", metavar="[unit:U]")
@option("--reached", "reached", flag_value="yes", zh="联系上了", en="They were reached")
@option("--bounced", "reached", flag_value="no", zh="联系不上", en="They were not")
@option("--note", default="", zh="说明", en="A note")
def verify(given: Given, unit: str, reached: str | None, note: str) -> None:
    """List what is due, or record one."""
    if unit:
        if reached is None:
            raise click.UsageError(given.said("请加 --reached 或 --bounced", "--reached/--bounced"))
        act(given, RecordUnitCheck, unit=unit, reached=reached == "yes", note=note)
        return
    with looking(given) as house:
        day = house.read(today)
        found = house.read(lambda uow, _now: unit_freshness(uow))
        names = show.Names(house.roster().site, given.language)
    if given.as_json:
        say_json({"units": [freshness_facts(one, day) for one in found]})
        return
    due = [one for one in found if one.is_due(day) or one.is_due_soon(day)]
    if not due:
        show.line(names.said("各单位联系方式均在半年内核对过。", "Every line is fresh."))
        return
    headings = ("", names.said("上次", "last"), names.said("到期", "due"), "")
    rows = [
        (
            one.unit.name.said(names.language),
            str(one.reached_on or "—"),
            str(one.due_on or "—"),
            ("red", names.said("联系不上", "bounced")) if one.bounced else "",
        )
        for one in due
    ]
    show.table(headings, rows)


HEADINGS = (
    ("单位", "unit"),
    ("发出", "sent"),
    ("回执", "receipt"),
    ("内容", "what"),
)
