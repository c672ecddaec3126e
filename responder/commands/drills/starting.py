"""Starting a drill by its scenario: the same engine, among its own people, never in a session."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from responder.commands.clean import clean_reason
from responder.commands.command import Command, Reply, handles
from responder.commands.drills.drill_at_work import DrillAtWork
from responder.commands.drills.scenarios import must_be_sound, scenario_in_force
from responder.commands.firm import require_act
from responder.commands.incidents.incident import Declare, open_incident
from responder.commands.pursuit import roster_in_force
from responder.domain.drill import DrillScenario
from responder.domain.drill_run import LONGEST, DrillRun
from responder.domain.record import By
from responder.domain.rota import Absence
from responder.domain.site import Site
from responder.domain.words import Words
from responder.drills.approval import is_approved
from responder.drills.people import possible
from responder.drills.sessions import met_on
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork

AWAY = "演练缺席 / away in the drill"


@dataclass(frozen=True)
class StartDrill(Command):
    """Begin the drill of a scenario now; `in_session` is why it may run while markets trade."""

    scenario: str
    in_session: str = ""


AFTER_START: list[Callable[[UnitOfWork, str, str, datetime], None]] = []
"""What follows from every start: the scenario, and the drill's id."""


@handles(StartDrill)
def start_drill(command: StartDrill, uow: UnitOfWork, now: datetime) -> Reply:
    """Begin it by hand.

    Raises BadInput for a scenario with a flaw, one that runs already, a market's session, a real
    incident under way.
    """
    require_act("start_drill", command.by, uow, now)
    clean_reason(command.in_session, needed=False)
    site = roster_in_force(uow).site
    scenario = scenario_in_force(site, command.scenario)
    may_begin(scenario, site, uow, now, command.in_session)
    return begin(scenario, command.by, uow, now, command.in_session)


def begin(
    scenario: DrillScenario, by: By, uow: UnitOfWork, now: datetime, in_session: str
) -> Reply:
    """Open it among its recipients, draw who is away, send the first rows."""
    site = roster_in_force(uow).site
    recipients = recipients_of(site, scenario)
    away = _drawn(uow, scenario, site)
    version = uow.sites.add(_with_absences(site, away, now))
    title = scenario.title.said(site.language)
    declared = Declare(
        by=by,
        playbook=scenario.playbook,
        title=title,
        level=scenario.level or None,
        systems=scenario.systems,
        drill=True,
        separate=scenario.id,
    )
    playbook = site.playbooks[scenario.playbook]
    systems = scenario.systems or playbook.systems
    id = open_incident(uow, now, declared, playbook, systems, version, recipients).id
    approval = uow.drill_approvals.get(scenario.id)
    run = DrillRun(id, scenario.id, now, by.person, list(away), list(recipients))
    run.approved_by = approval.by if approval else ""
    uow.drill_runs.put(id, run)
    drill = DrillAtWork.load(uow, id, now)
    facts: dict[str, Any] = {
        "scenario": scenario.id,
        "people": list(recipients),
        "absent": list(away),
    }
    drill.case.record("DrillStarted", by, **facts, in_session=in_session)
    drill.case.save()
    drill.go_on()
    drill.save()
    for follow in AFTER_START:
        follow(uow, scenario.id, id, now)
    until = drill.run.instant(scenario.lasts)
    return Reply(
        id,
        Words(
            f"演练{id}已开始：{title}，参演{len(recipients)}人，消息一律带演练标识。",
            f"Drill {id} has begun: {title}; {len(recipients)} people, every message marked.",
        ),
        {"recipients": list(recipients), "absent": list(away), "ends_at": until.isoformat()},
    )


def may_begin(
    scenario: DrillScenario, site: Site, uow: UnitOfWork, now: datetime, in_session: str
) -> None:
    """Raise BadInput where it may not begin now."""
    must_be_sound(scenario, site)
    if not is_approved(scenario, uow.drill_approvals.get(scenario.id)):
        raise BadInput(
            "演练计划未经批准，或批准后改过。",
            "The drill’s plan is not approved, or was changed since.",
            f"请批准人执行：drill approve {scenario.id}",
            f"An approver runs: drill approve {scenario.id}",
        )
    running = next((r for r in uow.drill_runs.open().values() if r.scenario == scenario.id), None)
    if running is not None:
        raise BadInput(
            f"该演练已在进行：{running.id}。",
            f"This drill runs already: {running.id}.",
            "请先结束它：drill end。",
            "End it first: drill end.",
        )
    if any(one.is_handled and not one.drill for one in uow.incidents.open().values()):
        raise BadInput(
            "真实事件正在处置，不能开始演练。",
            "A real incident is being handled; no drill may begin.",
            "请待真实事件结束应急。",
            "Wait until it is stood down.",
        )
    met = met_on(scenario, site, now)
    if met and not (in_session.strip() or scenario.in_session.strip()):
        raise BadInput(
            f"现在到演练结束之间{met}有交易时段。",
            f"{met} trades between now and the drill’s end.",
            "请改期；确需此时演练的，用 --in-session 写明理由。",
            "Hold it later; or say why with --in-session.",
        )


def recipients_of(site: Site, scenario: DrillScenario) -> tuple[str, ...]:
    """Everybody to whom something of it may go: its list and its controllers."""
    inside = possible(site, (*scenario.recipients, *scenario.controllers))
    return tuple(person for person in site.people if person in inside)


def _drawn(uow: UnitOfWork, scenario: DrillScenario, site: Site) -> tuple[str, ...]:
    """Who cannot be reached in it, as chance would have it."""
    left = sorted(possible(site, scenario.absent.out_of))
    drawn: list[str] = []
    for _ in range(min(scenario.absent.draw, len(left))):
        at = int.from_bytes(uow.token().encode()) % len(left)
        drawn.append(left.pop(at))
    return tuple(drawn)


def _with_absences(site: Site, away: tuple[str, ...], now: datetime) -> Site:
    """The register the drill is held by: those drawn are away in it, and nowhere else (P9)."""
    if not away:
        return site
    spans = tuple(Absence(person, now, now + LONGEST, AWAY) for person in away)
    return replace(site, absences=(*site.absences, *spans))
