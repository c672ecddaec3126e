"""A drill's plan is approved before it is held: by somebody other than who wrote it (7.1 w)."""

from dataclasses import dataclass
from datetime import datetime

from responder.commands.command import Command, Reply, handles
from responder.commands.drills.scenarios import must_be_sound, scenario_in_force
from responder.commands.firm import note_fact, require_act
from responder.commands.pursuit import roster_in_force
from responder.commands.workdays import day_of
from responder.domain.drill_run import DrillApproval
from responder.domain.words import Words
from responder.drills.approval import fingerprint, is_approved
from responder.drills.plan_sheet import PlanSheet
from responder.drills.recurring_flaws import recurrence_flaws
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ApproveDrill(Command):
    """The plan and list of a scenario may be held as they stand now."""

    scenario: str


@handles(ApproveDrill)
def approve_drill(command: ApproveDrill, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep who approved which wording. Raises BadInput for a flaw, or for its own owner."""
    require_act("approve_drill", command.by, uow, now)
    site = roster_in_force(uow).site
    scenario = scenario_in_force(site, command.scenario)
    today = day_of(now, site.time_zone)
    must_be_sound(scenario, site, recurrence_flaws(scenario, site, uow.days_of, today))
    if command.by.person == scenario.owner:
        raise BadInput(
            "编写人不能批准自己的演练计划。",
            "Whoever wrote a drill’s plan cannot approve it.",
            "请另一位有权人员批准。",
            "Have another approver do it.",
        )
    mark = fingerprint(scenario)
    uow.drill_approvals.put(scenario.id, DrillApproval(scenario.id, mark, command.by.person, now))
    note_fact(uow, "DrillApproved", command.by, now, scenario=scenario.id, sha256=mark)
    title = scenario.title
    return Reply(
        scenario.id,
        Words(f"已批准演练计划：{title.zh}。", f"The drill’s plan is approved: {title.en}."),
        {"sha256": mark},
    )


def plan_sheet(uow: UnitOfWork, id: str, now: datetime) -> PlanSheet:
    """What the paper of a drill's plan tells, by the register in force. Raises UnknownId."""
    site = roster_in_force(uow).site
    scenario = scenario_in_force(site, id)
    approval = uow.drill_approvals.get(id)
    approved = approval if is_approved(scenario, approval) else None
    return PlanSheet(site, scenario, approved, fingerprint(scenario), now)
