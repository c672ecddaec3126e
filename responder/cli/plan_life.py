"""`plan versions|diff|adopt|review|file|filings`: the plan's life cycle (4.4, 7.1 R)."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from responder import app
from responder.cli import show
from responder.cli.acting import act, answer, house_to_act_in, looking, say_json
from responder.cli.evidence import pieces_of
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.cli.values import DAY
from responder.commands.planning.adopting import AdoptPlan
from responder.commands.planning.filing import FilePlan, filings
from responder.commands.planning.reviewing import ReviewPlan
from responder.commands.planning.versions import differences, versions
from responder.domain.plan_change import is_major
from responder.domain.plan_life import CHANNEL_NAMES, CHANNELS, SENSITIVITIES

PATH: Any = click.Path(path_type=Path)
DECISIONS = ("keep", "revise")


@command("versions", "应急预案的全部版本", "All versions of the plan")
def versions_shown(given: Given) -> None:
    """List them, the newest first."""
    with looking(given) as house:
        found, site = house.read(versions), house.roster().site
    if given.as_json:
        say_json({"versions": found})
        return
    names = show.Names(site, given.language)
    said = names.said
    headings = (
        said("版本", "version"),
        said("发布", "published"),
        said("批准", "approved by"),
        said("变化", "change"),
        said("报备", "filed"),
        said("状态", "state"),
    )
    show.table(headings, [_version_row(one, names) for one in found])
    for one in found:
        if one["changed"]:
            show.line(
                said(
                    f"{one['version']}版报备后有变化{len(one['changed'])}处，见 plan diff。",
                    f"Changed since {one['version']} was filed, in {len(one['changed'])} places:"
                    " see `plan diff`.",
                ),
                "bold",
            )


def _version_row(one: dict[str, Any], names: show.Names) -> tuple[str, ...]:
    said = names.said
    major = said("重大", "major") if one["major"] else said("一般", "minor")
    reasons = names.listed(reason[names.language] for reason in one["reasons"])
    filed = one["filed_on"] or said("未报备", "not filed")
    owed = one["refile_by"]
    return (
        one["version"],
        one["published_on"] or "—",
        names.person(one["approver"]),
        f"{major}: {reasons}" if one["reasons"] else "—",
        filed + (said(f"，{owed}前报备", f", due {owed}") if owed else ""),
        said("作废", "withdrawn") if one["withdrawn"] else said("现行", "in force"),
    )


@command(
    "diff",
    "两个版本逐项比较；不写版本则比较现行版本与目前登记",
    "Two versions compared by section; by itself, the one in force with the register as it is",
)
@argument("old", required=False, default="")
@argument("new", required=False, default="")
def compared(given: Given, old: str, new: str) -> None:
    """Compare them."""
    with looking(given) as house:
        found = house.read(lambda uow, now: differences(uow, old, new, now))
        site = house.roster().site
    if given.as_json:
        say_json(
            {
                "major": is_major(found),
                "changes": [
                    {
                        "section": one.section,
                        "key": one.key,
                        "kind": one.kind,
                        "major": one.major,
                        "before": one.before.said(given.language) or None,
                        "after": one.after.said(given.language) or None,
                    }
                    for one in found
                ],
            }
        )
        return
    names = show.Names(site, given.language)
    if not found:
        show.line(names.said("没有差异。", "Nothing differs."))
        return
    for one in found:
        mark = names.said("（重大）", " (major)") if one.major else ""
        reason = one.reason.said(names.language)
        show.line(f"{one.section}  {reason}{mark}", "bold")
        for sign, words in (("-", one.before), ("+", one.after)):
            for line in words.said(names.language).splitlines():
                show.line(f"  {sign} {line}")


@command("adopt", "发布新版本，由第二人批准", "Adopt a new version; a second person approves")
@argument("version")
@option(
    "--sensitivity",
    default="",
    type=click.Choice(["", *SENSITIVITIES]),
    metavar="public|internal|secret",
    zh="敏感性标识，不写则同上一版",
    en="Its sensitivity; left out: as before",
)
@option(
    "--published", type=DAY, default=None, zh="发布日期，不写为今天", en="Published on; or today"
)
@option("--major/--minor", "major", default=None, zh="改判为重大或一般", en="Overrule the table")
@option("--reason", default="", zh="理由，改判时必写", en="Why; needed to overrule")
@option(
    "--references",
    multiple=True,
    metavar="DRL-…",
    zh="对应的演练或其发现",
    en="The drills, or findings, that it answers",
)
@option("--approver", default="", metavar="PERSON", zh="请谁批准", en="Who is asked to approve")
def adopted(
    given: Given,
    version: str,
    sensitivity: str,
    published: date | None,
    major: bool | None,
    reason: str,
    references: tuple[str, ...],
    approver: str,
) -> None:
    """Ask for it."""
    act(
        given,
        AdoptPlan,
        pages=True,
        version=version,
        sensitivity=sensitivity,
        published_on=published,
        major=major,
        reason=reason,
        references=references,
        approver=approver,
    )


@command("review", "登记年度评估", "Record the yearly review")
@option("--findings", required=True, zh="评估意见", en="What was found")
@option(
    "--decision",
    required=True,
    type=click.Choice(DECISIONS),
    zh="keep 不修订，revise 修订",
    en="Whether a new version is to follow",
)
def reviewed(given: Given, findings: str, decision: str) -> None:
    """Record it."""
    act(given, ReviewPlan, findings=findings, revises=decision == "revise")


@command("file", "登记报备", "Record that the version in force was filed")
@option("--receipt", required=True, zh="回执编号", en="The receipt number")
@option("--on", type=DAY, default=None, zh="报备日期，不写为今天", en="On which day; or today")
@option(
    "--channel",
    default=CHANNELS[0],
    type=click.Choice(CHANNELS),
    zh="报送方式",
    en="How it was filed",
)
@option("--proof", default="", zh="证明存放处", en="Where its proof is kept")
@option("--proof-file", type=PATH, default=None, zh="证明文件，存入存证库", en="The proof itself")
def filed(
    given: Given,
    receipt: str,
    on: date | None,
    channel: str,
    proof: str,
    proof_file: Path | None,
) -> None:
    """Record it; a file is kept first."""
    with house_to_act_in(given) as (house, by):
        if proof_file is not None:
            kept = app.vault_of(house.settings).keep(pieces_of(proof_file))
            proof = " ".join(filter(None, (proof, proof_file.name, f"sha256:{kept.sha256}")))
        filing = FilePlan(by=by, receipt=receipt, on=on, channel=channel, proof=proof)
        reply = house.execute(filing)
    answer(given, reply)


@command("filings", "报备登记", "The register of filings")
def filings_shown(given: Given) -> None:
    """List them."""
    with looking(given) as house:
        found, site = house.read(filings), house.roster().site
    if given.as_json:
        say_json(found)
        return
    names = show.Names(site, given.language)
    said, to = names.said, found["addressee"][given.language]
    rows = [
        (
            one["on"],
            to if one["to"] == found["to"] else one["to"],
            _channel(one["channel"], names),
            one["receipt"] or "—",
            names.person(one["by"]),
            one["proof"] or "—",
        )
        for one in found["filings"]
    ]
    headings = (
        said("日期", "on"),
        said("报送机关", "to"),
        said("方式", "by"),
        said("回执", "receipt"),
        said("经办", "who"),
        said("证明", "proof"),
    )
    show.table(headings, rows)
    if not found["filed"]:
        flag = said(
            f"{found['version']}版未报备（{to}）", f"Version {found['version']} is not filed"
        )
        due = said(f"，应于{found['refile_by']}前", f", due by {found['refile_by']}")
        late = said("，已逾期", ", overdue")
        show.line(flag + due * bool(found["refile_by"]) + late * found["overdue"], "bold")


def _channel(channel: str | None, names: show.Names) -> str:
    known = CHANNEL_NAMES.get(channel or "")
    return known.said(names.language) if known else "—"
