"""Who may: the table of rights tried cell by cell on a running incident (P7)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from responder.commands.account import MakeLinkCode, UnlinkAccount
from responder.commands.acts import ACTS
from responder.commands.command import Command, handle
from responder.commands.decisions.decision import Decide
from responder.commands.drills.conducting import ResumeDrill
from responder.commands.firm import (
    AcceptSite,
    Halt,
    PullContacts,
    RemovePerson,
    Resume,
)
from responder.commands.incidents.incident import Declare
from responder.commands.incidents.leading import HandOver, SetLevel
from responder.commands.incidents.note import AddNote
from responder.commands.incidents.phase import Cancel, Reopen, SetPhase
from responder.commands.incidents.presence import StillHere
from responder.commands.incidents.role import GiveRole, TakeRole
from responder.commands.incidents.roll_call import AnswerRoll, CallRoll
from responder.commands.incidents.task import AssignTask, DoTask, WaiveTask
from responder.commands.manual.contact import ShowContact, ShowDuty
from responder.commands.paging.answering import Acknowledge, Decline, Page
from responder.commands.pursuit import roster_of
from responder.commands.reachability.self_test import TryMyWays
from responder.commands.rights import capacities
from responder.commands.rights_of_commands import ACT_OF
from responder.commands.warnings.monitoring import ReceiveAlerts
from responder.commands.warnings.moving import MoveWarning
from responder.commands.warnings.warning import RaiseWarning
from responder.domain.incident import Phase
from responder.domain.organisation import Liaison, Role
from responder.domain.record import By
from responder.domain.warning import Stage
from responder.domain.words import Words
from responder.errors import NotAllowed, Refused
from tests.stage.firm import person, small_firm
from tests.stage.play import Play, by

GRANTS = {one: (one,) for one in ("approver", "coordinator", "compliance", "auditor")}
HELD = {
    "clerk": {"reporter", "declarer"},
    "duty": {"reporter", "responder", "duty_lead", "entitled"},
    "deputy": {"reporter", "duty_lead", "entitled"},
    "admin": {"reporter", "responder", "commander", "entitled"},
    "boss": {"reporter", "command_body", "command_head", "entitled"},
    "root": {"reporter", "administrator"},
    "lia": {"reporter", "liaison"},
    **{one: {"reporter", one} for one in GRANTS},
}
"""Everybody who tries, and what they are in the incident."""


@dataclass(frozen=True)
class Scene:
    """A firm in the middle of an outage that the administrator of systems commands."""

    play: Play
    incident: str
    drill: str
    warning: str

    def allowed(self, command: Command) -> bool:
        """Whether a command is let through; whatever it does is taken back."""

        def tried(uow: Any) -> None:
            handle(command, uow, self.play.now)
            raise TakenBack

        try:
            self.play.store.run(tried)
        except NotAllowed:
            return False
        except (TakenBack, Refused):
            return True
        raise AssertionError


class TakenBack(Exception):
    """Nothing of it is to stay."""


@pytest.fixture
def scene(play: Play) -> Scene:
    site = small_firm()
    outage = replace(site.playbooks["outage"], command=("admin", "role:duty_lead", "succession"))
    more = {one: person(one, "slack") for one in (*GRANTS, "lia")}
    play.do(
        AcceptSite(
            site=replace(
                site,
                people=site.people | more,
                grants=site.grants | GRANTS,
                roles=site.roles | {"risk_lead": Role("risk_lead", Words("风险控制负责人"))},
                liaisons=(Liaison("lia"),),
                playbooks=site.playbooks | {"outage": outage},
            )
        )
    )
    drill = play.do(Declare(by=by("clerk"), playbook="leak", title="演练", drill=True)).id
    incident = play.do(Declare(by=by("clerk"), playbook="outage", title="中断")).id
    play.do(Acknowledge(by=by("admin"), incident=incident))
    warning = play.do(RaiseWarning(by=by("clerk"), title="磁盘将满", playbook="leak")).id
    play.outgoing.clear()
    return Scene(play, incident, drill, warning)


TRIES: list[Callable[[By, Scene], Command]] = [
    lambda by, _: Declare(by=by, playbook="leak", title="泄露"),
    lambda by, _: RaiseWarning(by=by, title="温度偏高", playbook="leak"),
    lambda by, s: MoveWarning(by=by, warning=s.warning, stage=Stage.VERIFIED),
    lambda by, s: Acknowledge(by=by, incident=s.incident),
    lambda by, s: Decline(by=by, incident=s.incident),
    lambda by, s: Page(by=by, incident=s.incident, target="head", why="支援"),
    lambda by, s: SetLevel(by=by, incident=s.incident, level=1, reason="扩大"),
    lambda by, s: SetPhase(by=by, incident=s.incident, phase=Phase.CONTAINED, reason="已控制"),
    lambda by, s: Reopen(by=by, incident=s.incident, reason="又断"),
    lambda by, s: Cancel(by=by, incident=s.incident, reason="误报"),
    lambda by, s: HandOver(by=by, incident=s.incident, to="head"),
    lambda by, s: GiveRole(by=by, incident=s.incident, role="it_lead", to="deputy"),
    lambda by, s: TakeRole(by=by, incident=s.incident, role="risk_lead"),
    lambda by, s: StillHere(by=by, incident=s.incident),
    lambda by, s: DoTask(by=by, incident=s.incident, task="verify"),
    lambda by, s: AssignTask(by=by, incident=s.incident, task="verify", to="head"),
    lambda by, s: WaiveTask(by=by, incident=s.incident, task="verify", reason="不涉及"),
    lambda by, s: AddNote(by=by, incident=s.incident, text="已到场"),
    lambda by, s: CallRoll(by=by, incident=s.incident, target="head"),
    lambda by, s: AnswerRoll(by=by, incident=s.incident, safe=True),
    lambda by, s: ShowContact(by=by, whom="head", incident=s.incident),
    lambda by, _: ShowDuty(by=by),
    lambda by, s: PullContacts(by=by, incident=s.incident),
    lambda by, s: ResumeDrill(by=by, incident=s.drill),
    lambda by, _: Halt(by=by, reason="误发"),
    lambda by, _: Resume(by=by),
    lambda by, _: RemovePerson(by=by, person="head", reason="离职"),
    lambda by, _: AcceptSite(by=by, site=small_firm()),
    lambda by, _: MakeLinkCode(by=by, person=by.person),
    lambda by, _: UnlinkAccount(by=by, platform="slack", person=by.person),
    lambda by, _: TryMyWays(by=by),
    lambda by, _: ReceiveAlerts(by=by, signals=()),
]


def held(scene: Scene, who: str, command: Command | None = None) -> set[str]:
    """What somebody is in what a command is about; in the outage where none is given."""

    def look(uow: Any) -> set[str]:
        id = getattr(command, "incident", "") if command else scene.incident
        roster = roster_of(uow, uow.sites.accepted())
        incident = uow.incidents.get(id) if id else None
        playbook = roster.site.playbooks[incident.playbook] if incident else None
        escalation = uow.escalations.get(id) if id else None
        return set(capacities(who, roster, scene.play.now, incident, escalation, playbook))

    return set(scene.play.store.read(look))


def test_what_people_are_comes_from_the_register_and_the_incident(scene: Scene) -> None:
    """Each capacity is resolved from roles, bodies, liaisons, grants and the incident."""
    assert {who: held(scene, who) for who in HELD} == HELD
    assert held(scene, "stranger") == set()


@pytest.mark.parametrize("who", HELD)
def test_every_cell_of_the_table_is_what_happens(scene: Scene, who: str) -> None:
    """Somebody tries every command: let through or refused just as the table says."""
    wrong = []
    for make in TRIES:
        command = make(by(who), scene)
        name = type(command).__name__
        may = bool(held(scene, who, command) & set(ACTS[ACT_OF[name]][1]))
        if scene.allowed(command) is not may:
            wrong.append(f"{name}: the table says {may}")
    assert wrong == []


def test_strangers_and_the_removed_may_nothing(scene: Scene) -> None:
    """Who is not in the register, or no more, is refused whatever they try, at once."""
    scene.play.do(RemovePerson(by=by("root"), person="admin", reason="离职"))
    scene.play.outgoing.clear()
    let_in = [
        f"{who} {type(command).__name__}"
        for who in ("stranger", "admin")
        for make in TRIES
        for command in [make(by(who), scene)]
        if not isinstance(command, AnswerRoll | MakeLinkCode | Decline) and scene.allowed(command)
    ]
    assert let_in == []


def test_whoever_is_paged_may_always_acknowledge(scene: Scene) -> None:
    """A plain responder, called in by hand or by widening, in a halt too: never refused (P7)."""
    play = scene.play
    play.do(Page(by=by("admin"), incident=scene.incident, target="auditor", why="支援"))
    play.do(Halt(by=by("root"), reason="误发"))
    other = play.do(Declare(by=by("clerk"), playbook="leak", title="泄露")).id
    play.wait(timedelta(minutes=20))
    escalation = play.store.read(lambda uow: uow.escalations.get(other))
    paged = list(escalation.first_paged) if escalation else []
    assert {"head", "boss", "second"} <= set(paged)
    for who in paged:
        assert scene.allowed(Acknowledge(by=by(who), incident=other))
    assert play.do(Acknowledge(by=by(paged[-1]), incident=other)).facts["counted"]
    seen = play.do(Acknowledge(by=by("auditor"), incident=scene.incident))
    assert seen.id == scene.incident
    play.outgoing.clear()


def test_if_the_decider_is_silent_the_next_in_succession_may(scene: Scene) -> None:
    """Authority hands itself down; who decides then is on record as acting for the first."""
    play = scene.play

    def decides(who: str) -> Decide:
        return Decide(
            by=by(who),
            incident=scene.incident,
            decision="halt-orders",
            approves=True,
            reason="止损",
        )

    assert scene.allowed(decides("boss"))
    assert not scene.allowed(decides("second"))
    play.wait(timedelta(minutes=5))
    assert scene.allowed(decides("second"))
    assert not scene.allowed(decides("approver")), "a grant is no authority over an incident"
    play.do(decides("second"))
    decided = [e.payload or {} for e in play.timeline(scene.incident) if e.kind == "Decided"]
    assert decided[-1]["acting_for"] == "boss"
    play.outgoing.clear()
