"""`reach`: can people really be reached? Ways proved by an answer, duty phones probed."""

from typing import Any

import click

from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.frame import command, group
from responder.cli.given import Given, argument, option
from responder.commands.reachability import queries
from responder.commands.reachability.faxing import RecordFaxTest
from responder.commands.reachability.probing import StartProbe
from responder.commands.reachability.self_test import AskForProof, ProveByCode
from responder.domain.people import VIAS


@command(
    "verify",
    "请人员在自己的线路上应答，核验联系方式；不写人员即核验全部到期的",
    "Have people prove their ways by answering on them; without names, all whose proof is due",
)
@argument("people", metavar="[PERSON]...", nargs=-1)
@option("--via", type=click.Choice(VIAS), default=None, zh="只核验这一种", en="By this way only")
def verify(given: Given, people: tuple[str, ...], via: str | None) -> None:
    """Ask them."""
    act(given, AskForProof, pages=True, people=people, via=via or "")


@command("code", "填写收到的核验码", "Enter the code that came by a way of yours")
@argument("code")
def code(given: Given, code: str) -> None:
    """Prove it."""
    act(given, ProveByCode, code=code)


@command("list", "值守相关人员的联系方式及核验日期", "The ways to everybody on call, when proved")
@option("--due", is_flag=True, zh="只看到期未核验的", en="Those to be proved alone")
def listed(given: Given, due: bool) -> None:
    """List them."""
    with looking(given) as house:
        found = house.read(lambda uow, now: queries.ways(uow, now, due))
        site = house.roster().site
    if given.as_json:
        say_json({"ways": found})
        return
    names = show.Names(site, given.language)
    said = names.said
    if not found:
        show.line(said("全部已核验。", "All are proved."))
        return
    show.table(
        (said("人员", "person"), said("方式", "way"), "", said("核验日期", "proved on")),
        [
            (
                names.person(one["person"]),
                names.ways([one["via"]]),
                one["to"],
                ("bold red", one["proved_on"] or said("未核验", "never"))
                if one["due"]
                else one["proved_on"],
            )
            for one in found
        ],
    )


@command(
    "probe",
    "抽查值守电话；不写岗位则列出最近的抽查",
    "Probe a duty phone; without a post, the latest probes",
)
@argument("post", required=False, metavar="ROLE|liaisons")
def probe(given: Given, post: str | None) -> None:
    """Ring it, or list."""
    if post:
        act(given, StartProbe, pages=True, post=post)
        return
    with looking(given) as house:
        found = house.read(lambda uow, _now: queries.probes(uow))
        site = house.roster().site
    if given.as_json:
        say_json({"probes": found})
        return
    names = show.Names(site, given.language)
    said = names.said
    if not found:
        show.line(said("还没有抽查记录。", "There was no probe yet."))
        return
    show.table(
        (said("编号", "id"), said("时间", "at"), said("岗位", "post"), said("结果", "result")),
        [(one["id"], one["at"][:16].replace("T", " "), *_result(one, names)) for one in found],
    )


def _result(one: dict[str, Any], names: show.Names) -> tuple[str, tuple[str, str]]:
    post = one["name"]["en" if names.language == "en" else "zh"]
    if one["answered_by"]:
        who = names.person(one["answered_by"])
        return post, ("green", names.said(f"{who}应答", f"answered by {who}"))
    if one["missed"]:
        return post, ("bold red", names.said("无人应答", "nobody answered"))
    return post, ("", names.said("呼叫中", "ringing"))


@command("fax", "登记传真测试结果：每月一次，人工收发", "Tick off the monthly test of a fax")
@argument("liaison", metavar="PERSON")
@option("--worked/--failed", default=True, zh="正常，还是不通", en="Whether it came out")
@option("--note", default="", zh="说明（不通时必填）", en="A note; needed where it failed")
def fax(given: Given, liaison: str, worked: bool, note: str) -> None:
    """Keep it."""
    act(given, RecordFaxTest, liaison=liaison, worked=worked, note=note)


@command("availability", "值守电话各月可用率", "The duty phones’ availability, month by month")
def available(given: Given) -> None:
    """Show it."""
    with looking(given) as house:
        found = house.read(queries.availability)
    if given.as_json:
        say_json({"months": found})
        return
    said = given.said
    if not found:
        show.line(said("还没有抽查记录。", "There was no probe yet."))
        return
    show.table(
        (
            said("月份", "month"),
            said("可用率", "availability"),
            said("抽查", "probes"),
            said("本岗应答", "at the post"),
            said("备岗应答", "by the backup"),
            said("无人应答", "missed"),
            said("最慢", "slowest"),
        ),
        [
            (
                one["month"],
                f"{one['per_cent']}%",
                one["probes"],
                one["answered"],
                one["by_backup"],
                one["missed"],
                f"{one['slowest_seconds']} s",
            )
            for one in found
        ],
    )


reach = group(
    "reach",
    "7×24小时可联系：核验联系方式、抽查值守电话",
    "Reachability around the clock: ways proved, duty phones probed",
    verify,
    code,
    listed,
    probe,
    fax,
    available,
)
