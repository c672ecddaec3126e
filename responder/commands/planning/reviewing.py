"""The yearly review (评估) of the plan: what was found, and whether it leads to a new version."""

from dataclasses import dataclass, replace
from datetime import datetime

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
from responder.commands.revising import revise
from responder.domain.plan_life import REVIEW_EVERY, REVISE_WITHIN, PlanReview
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork

LONGEST_FINDINGS = 2000


@dataclass(frozen=True)
class ReviewPlan(Command):
    """The plan was reviewed today. `revises` says that a new version is to follow."""

    findings: str
    revises: bool


@handles(ReviewPlan)
def review_plan(command: ReviewPlan, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep the review; the clock of the next one starts."""
    require_plan_act("review_plan", command.by, uow, now)
    site = FirmMatter.load(uow, now).site
    plan, day = plan_of(site), today(site, now)
    findings = clean_line(command.findings, "评估意见", "findings", LONGEST_FINDINGS, breaks=True)
    kept = version_in_force(uow, now)
    kept.reviews.append(PlanReview(day, command.by.person, findings, command.revises))
    by = day + REVISE_WITHIN if command.revises else None
    kept.revise_by = kept.revise_by or by
    uow.plan_versions.put(kept.id, kept)
    if plan.reviewed_on != day:
        after = replace(site, plan=replace(plan, reviewed_on=day))
        revise(uow, after, command.by, now, KIND, Words("预案评估", "the plan was reviewed"))
    note_fact(
        uow,
        "PlanReviewed",
        command.by,
        now,
        version=plan.version,
        revises=command.revises,
        reason=findings,
    )
    again = day + REVIEW_EVERY
    return Reply(
        plan.version,
        Words(
            f"已登记{plan.version}版的评估，下次评估不晚于{again}。"
            + f"请于{by}前发布修订版本。" * command.revises,
            f"The review of version {plan.version} is on record; the next is due by {again}."
            + f" Adopt the revised version by {by}." * command.revises,
        ),
        {"version": plan.version, "review_by": again.isoformat()},
    )
