"""Filing the plan (报备) with the CSRC or the bureau, by the kind of institution; its proof."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from responder.commands.clean import clean_line
from responder.commands.command import Command, Reply, handles
from responder.commands.firm import note_fact
from responder.commands.matter import FirmMatter
from responder.commands.planning.versions import (
    KIND,
    plan_of,
    require_plan_act,
    today,
    version_in_force,
)
from responder.commands.pursuit import roster_in_force
from responder.commands.revising import revise
from responder.domain.plan_in_force import plan_in_force
from responder.domain.plan_life import CHANNELS, PlanVersion
from responder.domain.plan_lines import addressee
from responder.domain.register import Filing
from responder.domain.words import Words
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork

LONGEST_RECEIPT, LONGEST_PROOF = 100, 300
_SHA256 = re.compile(r"sha256:([0-9a-f]{64})\b")


@dataclass(frozen=True)
class FilePlan(Command):
    """The version in force was filed. `proof` says where the proof is, or is `sha256:…` of it."""

    receipt: str
    on: date | None = None
    channel: str = "platform"
    proof: str = ""


@handles(FilePlan)
def file_plan(command: FilePlan, uow: UnitOfWork, now: datetime) -> Reply:
    """Put the filing on the register; what was owed by a day is owed no more."""
    require_plan_act("file_plan", command.by, uow, now)
    site = FirmMatter.load(uow, now).site
    plan, (to, name) = plan_of(site), addressee(site)
    receipt = clean_line(command.receipt, "回执编号", "receipt number", LONGEST_RECEIPT)
    proof = command.proof and clean_line(command.proof, "证明", "proof", LONGEST_PROOF)
    on = command.on or today(site, now)
    _possible(command, on, plan.published_on, today(site, now))
    kept = version_in_force(uow, now)
    filing = Filing(on, to, command.by.person, receipt, command.channel, proof)
    after = replace(site, plan=replace(plan, filed=(*plan.filed, filing)))
    said = Words(f"报备应急预案{plan.version}版", f"version {plan.version} of the plan filed")
    revise(uow, after, command.by, now, KIND, said)
    _settle(kept, filing)
    uow.plan_versions.put(kept.id, kept)
    facts = {"version": plan.version, "to": to, "receipt": receipt, "channel": command.channel}
    note_fact(uow, "PlanFiled", command.by, now, **facts, on=on.isoformat(), proof=proof)
    return Reply(
        plan.version,
        Words(
            f"已登记：{plan.version}版于{on}报{name.zh}，回执{receipt}。",
            f"On record: version {plan.version} filed with {name.said('en')} on {on},"
            f" receipt {receipt}.",
        ),
        {**facts, "on": on.isoformat(), "proof": proof or None},
    )


def _possible(command: FilePlan, on: date, published: date | None, day: date) -> None:
    if command.channel not in CHANNELS:
        raise BadInput(
            f"没有“{command.channel}”这种报送方式。",
            f"There is no way of filing “{command.channel}”.",
            f"可用：{'、'.join(CHANNELS)}。",
            f"There is: {', '.join(CHANNELS)}.",
        )
    if on > day or (published is not None and on < published):
        raise BadInput(
            f"报备日期{on}早于发布日期，或在今天之后。",
            f"{on} is before the plan was published, or after today.",
            "请核对日期。",
            "Check the day.",
        )


def _settle(kept: PlanVersion, filing: Filing) -> None:
    kept.filed_on, kept.filed_to, kept.receipt = filing.on, filing.to, filing.receipt
    kept.channel, kept.proof = filing.channel, filing.proof
    if not kept.departs_gravely:
        kept.refile_by = None


def filings(uow: UnitOfWork, now: datetime) -> dict[str, Any]:
    """The register of filings, with whom the plan is to be filed, and whether this version is."""
    site = roster_in_force(uow).site
    plan, (to, name) = plan_of(site), addressee(site)
    found = plan_in_force(site, uow.plan_versions.all().values())
    by = found.refile_by if found else None
    return {
        "version": plan.version,
        "to": to,
        "addressee": {"zh": name.zh, "en": name.said("en")},
        "filed": bool(found and found.filing),
        "refile_by": by.isoformat() if by else None,
        "overdue": bool(by and today(site, now) > by),
        "filings": [
            {
                "on": one.on.isoformat(),
                "to": one.to,
                "by": one.by or None,
                "channel": one.channel or None,
                "receipt": one.receipt or None,
                "proof": one.proof or None,
            }
            for one in plan.filed
        ],
    }


def proofs(uow: UnitOfWork) -> set[str]:
    """The content of every proof of filing that the vault keeps."""
    accepted = uow.sites.accepted()
    plan = uow.sites.get(accepted).plan if accepted else None
    said = [one.proof for one in plan.filed] if plan else []
    said += [one.proof for one in uow.plan_versions.all().values()]
    return {found[1] for text in said if (found := _SHA256.search(text))}
