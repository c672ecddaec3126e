"""Adopting a version of the plan: an author asks, a second person approves (4.4, 7.1 R f)."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from responder.commands.clean import clean_line, clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.consent import ask_consent, takes_effect
from responder.commands.matter import FirmMatter, Matter, seconds
from responder.commands.numbering import number
from responder.commands.planning.versions import (
    KIND,
    SERIES,
    keeper_of,
    kept_version,
    plan_of,
    require_plan_act,
    succeed,
    today,
    version_in_force,
)
from responder.commands.revising import revise
from responder.commands.telling import name
from responder.domain.consent import Consent
from responder.domain.plan_change import is_major, plan_changes, reasons
from responder.domain.plan_life import SENSITIVITIES, PlanVersion
from responder.domain.record import By
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork

PURPOSE = "adopt_plan"
LONGEST_VERSION = 20
NAMES = {
    True: Words("重大变化，须重新报备", "a major change, to be filed again"),
    False: Words("一般变化", "a minor change"),
}


@dataclass(frozen=True)
class AdoptPlan(Command):
    """Make the plan as it now stands a version. `major` overrules the table, with a reason.

    `references` are the drills, or their findings, that it answers. `approver` is who is asked;
    nobody named: whoever may.
    """

    version: str
    sensitivity: str = ""
    published_on: date | None = None
    major: bool | None = None
    reason: str = ""
    references: tuple[str, ...] = ()
    approver: str = ""


@handles(AdoptPlan)
def adopt_plan(command: AdoptPlan, uow: UnitOfWork, now: datetime) -> Reply:
    """Ask the second person; nothing is in force before they confirm."""
    require_plan_act(PURPOSE, command.by, uow, now)
    matter = FirmMatter.load(uow, now)
    site, plan = matter.site, plan_of(matter.site)
    version = clean_line(command.version, "版本", "version", LONGEST_VERSION)
    if version == plan.version or version in _known(uow):
        raise BadInput(f"版本{version}已经用过。", f"Version {version} was used before.")
    sensitivity = command.sensitivity or plan.sensitivity
    if sensitivity not in SENSITIVITIES:
        raise BadInput(
            f"没有“{sensitivity}”这种敏感性标识。",
            f"There is no sensitivity “{sensitivity}”.",
            f"可用：{'、'.join(SENSITIVITIES)}。",
            f"There is: {', '.join(SENSITIVITIES)}.",
        )
    kept = version_in_force(uow, now)
    changes = plan_changes(uow.sites.get(kept.site_version), site)
    if not changes:
        raise BadInput(
            f"与{plan.version}版相比没有任何变化。",
            f"Nothing differs from version {plan.version}.",
            "请先修改 playbooks/plan.yaml、处置方案或组织架构。",
            "Change playbooks/plan.yaml, a playbook or the organisation first.",
        )
    judged = is_major(changes)
    major = judged if command.major is None else command.major
    reason = clean_reason(command.reason, needed=major is not judged)
    for one in command.references:
        clean_line(one, "对应的演练发现", "reference", 100)
    facts: dict[str, Any] = {
        "version": version,
        "sensitivity": sensitivity,
        "published_on": (command.published_on or today(site, now)).isoformat(),
        "major": major,
        "reason": reason,
        "references": list(command.references),
        "site": uow.sites.accepted(),
    }
    who = _approvers(command, uow, now)
    reply = ask_consent(matter, PURPOSE, command.by, facts, who)
    said = _asked(site, reply, command.by, facts, len(changes))
    matter.tell(who, said)
    named = [{"zh": one.zh, "en": one.en} for one in reasons(changes)]
    return Reply(reply.id, said, {**reply.facts, "major": major, "reasons": named})


def _asked(site: Site, reply: Reply, by: By, facts: dict[str, Any], count: int) -> Words:
    kind, version, reason = NAMES[facts["major"]], facts["version"], facts["reason"]
    return Words(
        f"{name(site, by.person, 'zh')}提请批准应急预案{version}版：{count}处变化，{kind.zh}。"
        + f"理由：{reason}。" * bool(reason)
        + f"同意请执行：confirm {reply.id}",
        f"{name(site, by.person, 'en')} asks to approve version {version} of the plan:"
        f" {count} changes, {kind.en}. "
        + f"Reason: {reason}. " * bool(reason)
        + f"To agree: confirm {reply.id}",
    )


def _known(uow: UnitOfWork) -> set[str]:
    return {one.version for one in uow.plan_versions.all().values()}


def _approvers(command: AdoptPlan, uow: UnitOfWork, now: datetime) -> tuple[str, ...]:
    """Whoever is named, or else the approver of the last version, or else all who may."""
    allowed = seconds("approve_plan", uow, command.by, now)
    plan = plan_of(FirmMatter.load(uow, now).site)
    if command.approver and command.approver not in allowed:
        raise BadInput(
            "该人员不能批准预案，或就是提出人。",
            "They may not approve the plan, or are the one who asks.",
            f"可请：{'、'.join(allowed)}。",
            f"Ask one of {', '.join(allowed)}.",
        )
    asked = command.approver or plan.approver
    return (asked,) if asked in allowed else allowed


@takes_effect(PURPOSE)
def _adopted(matter: Matter, consent: Consent, by: By) -> Reply:
    """Judged anew: what was shown to the approver is what comes into force."""
    uow, site, now, facts = matter.uow, matter.site, matter.now, consent.facts
    if plan_changes(uow.sites.get(facts["site"]), site):
        raise BadInput(
            "提请之后登记又有变化，须重新提请。",
            "The register changed since this was asked for.",
            "请重新执行 plan adopt。",
            "Ask again with `plan adopt`.",
        )
    plan = plan_of(site)
    kept = kept_version(uow, site, uow.sites.accepted() or "", now)
    changes = list(plan_changes(uow.sites.get(kept.site_version), site))
    published, version = date.fromisoformat(facts["published_on"]), facts["version"]
    text = facts["reason"]
    after = replace(
        site,
        plan=replace(
            plan,
            version=version,
            approver=by.person,
            sensitivity=facts["sensitivity"],
            published_on=published,
            references=tuple(dict.fromkeys((*plan.references, *facts["references"]))),
        ),
    )
    said = Words(f"应急预案{version}版", f"version {version} of the plan")
    revision = revise(uow, after, by, now, KIND, said)
    new = PlanVersion(
        id=number(uow, SERIES, site, now),
        version=version,
        site_version=revision.after,
        at=now,
        by=consent.asked_by,
        approver=by.person,
        approved_at=now,
        sensitivity=facts["sensitivity"],
        major=facts["major"],
        published_on=published,
        references=list(facts["references"]),
        reasons=[Words(text, text)] if text else [],
    )
    succeed(uow, kept, after, new, changes)
    told = {"version": version, "before": kept.version, "major": new.major}
    matter.record("PlanAdopted", by, **told, asked_by=consent.asked_by, reason=text)
    matter.save()
    _tell_keeper(matter, after, new)
    due = Words(f"须于{new.refile_by}前重新报备。", f" File it by {new.refile_by}.")
    return Reply(
        version,
        Words(
            f"应急预案{version}版已生效，{kept.version}版作废。" + due.zh * bool(new.refile_by),
            f"Version {version} of the plan is in force; {kept.version} is withdrawn."
            + due.en * bool(new.refile_by),
        ),
        {"version": version, "major": new.major, "withdrawn": kept.version},
    )


def _tell_keeper(matter: Matter, site: Site, new: PlanVersion) -> None:
    if new.refile_by is None:
        return
    matter.tell(
        keeper_of(site),
        Words(
            f"预案{new.version}版属重大变化，请于{new.refile_by}前重新报备，用 plan file 登记。",
            f"Version {new.version} of the plan is a major change: file it again by"
            f" {new.refile_by} and record it with `plan file`.",
        ),
    )
