"""Verbs that change something, as the commands they stand for."""

from collections.abc import Callable, Mapping
from datetime import datetime

from responder.commands.account import UnlinkAccount
from responder.commands.briefings.briefing import Brief
from responder.commands.command import Command
from responder.commands.consent import Confirm
from responder.commands.decisions.decision import Decide, Extend, PassOn
from responder.commands.incidents.incident import Declare
from responder.commands.incidents.leading import COMMAND, KEEPING, HandOver, SetLevel, Take
from responder.commands.incidents.note import AddNote
from responder.commands.incidents.phase import Cancel, Reopen, SetPhase
from responder.commands.incidents.presence import RefuseHandover, StillHere
from responder.commands.incidents.role import GiveRole, TakeRole
from responder.commands.incidents.roll_call import AnswerRoll, CallRoll
from responder.commands.incidents.task import AssignTask, DoTask, WaiveTask
from responder.commands.incidents.undo import Undo
from responder.commands.manual.cards import ReceiveCard
from responder.commands.manual.changing import ProposeChange
from responder.commands.manual.contact import ShowContact, ShowDuty
from responder.commands.manual.sight import duty_sights
from responder.commands.measures.measure import AddMeasure, HandMeasure, MeasureDone, VerifyMeasure
from responder.commands.obligations.reporting import DoStep, TakeObligation
from responder.commands.paging.answering import Acknowledge, Decline, Page
from responder.commands.paging.call_task import RecordCall, TakeCall
from responder.commands.reachability.self_test import ProveByCode, TryMyWays
from responder.commands.warnings.moving import ConvertWarning, MoveWarning
from responder.commands.warnings.report import ReportWarning
from responder.commands.warnings.warning import RaiseWarning
from responder.domain.call_task import Result
from responder.domain.incident import Phase
from responder.domain.record import By
from responder.domain.warning import Stage
from responder.inbound.language.drill_acts import DRILL_ACTS
from responder.inbound.language.duty_acts import DUTY_ACTS
from responder.inbound.language.kept_acts import KEPT_ACTS
from responder.inbound.language.planning_acts import PLANNING_ACTS
from responder.inbound.language.public_acts import PUBLIC_ACTS
from responder.inbound.language.report_acts import REPORT_ACTS, phoned
from responder.inbound.language.world import World

Values = Mapping[str, str]
Act = Callable[[Values, By, World], Command]


def command_of(verb: str, values: Values, by: By, world: World) -> Command | None:
    """The command that a verb with its slots stands for; None for one that only asks."""
    if verb == "watch" and "person" in values:
        return HandOver(by=by, incident=values["incident"], to=values["person"], what=KEEPING)
    if verb == "role":
        return _role(values, by)
    if verb == "report phone":
        return phoned(values, by)
    if verb == "who":
        return _duty(values, by, world)
    act = ACTS.get(verb)
    return act(values, by, world) if act else None


def _role(values: Values, by: By) -> Command | None:
    """With a role it is taken, with a person given; without either it is asked who fills them."""
    if "role" not in values:
        return None
    incident, role = values["incident"], values["role"]
    if "person" in values:
        return GiveRole(by=by, incident=incident, role=role, to=values["person"])
    return TakeRole(by=by, incident=incident, role=role)


def _duty(values: Values, by: By, world: World) -> Command | None:
    """Who sees numbers in full is put on record; who does not, only asks."""
    if not duty_sights(world.uow, world.roster, by, world.now):
        return None
    at = datetime.fromisoformat(values["at"]) if "at" in values else None
    return ShowDuty(by=by, role=values.get("role", ""), at=at)


def _contact(values: Values, by: By, world: World) -> Command:
    incident = world.meant.id if world.meant else ""
    return ShowContact(by=by, whom=values["whom"], why=values.get("why", ""), incident=incident)


def _level(values: Values) -> int | None:
    return int(values["level"]) if "level" in values else None


def _title(values: Values, world: World) -> str:
    return values.get("title") or world.words(world.site.playbooks[values["playbook"]].title)


def _declare(values: Values, by: By, world: World) -> Command:
    return Declare(
        by=by,
        playbook=values["playbook"],
        title=_title(values, world),
        level=_level(values),
        systems=(values["system"],) if "system" in values else (),
        drill="drill" in values,
        separate=values.get("separate", ""),
    )


def _warn(values: Values, by: By, world: World) -> Command:
    return RaiseWarning(
        by=by,
        title=_title(values, world),
        playbook=values["playbook"],
        system=values.get("system", ""),
        level=_level(values),
    )


def _move(stage: Stage) -> Act:
    def act(values: Values, by: By, _world: World) -> Command:
        reason = values.get("reason", "")
        return MoveWarning(by=by, warning=values["warning"], stage=stage, reason=reason)

    return act


def _decide(values: Values, by: By, _world: World) -> Command:
    incident, decision, answer = values["incident"], values["decision"], values["answer"]
    if answer == "extend":
        return Extend(by=by, incident=incident, decision=decision)
    if answer == "pass":
        return PassOn(by=by, incident=incident, decision=decision)
    return Decide(
        by=by,
        incident=incident,
        decision=decision,
        approves=answer == "approve",
        reason=values.get("reason", ""),
        reverse="reverse" in values,
        person=values.get("for", ""),
        means=values.get("means", ""),
        witness=values.get("witness", ""),
    )


def _note(values: Values, by: By, _world: World) -> Command:
    at = datetime.fromisoformat(values["at"]) if "at" in values else None
    star = "star" in values
    return AddNote(
        by=by, incident=values["incident"], text=values["text"], about_at=at, starred=star
    )


NOTHING_NEW = frozenset({"无变化", "没有变化", "情况无变化", "no change", "no-change", "nochange"})


def _brief(values: Values, by: By, _world: World) -> Command:
    """“No change” is said by no text: it is held against the record."""
    text = values["text"].strip().rstrip("。.")
    same = text.casefold() in NOTHING_NEW
    incident, audience = values["incident"], values["audience"]
    return Brief(by=by, incident=incident, audience=audience, text="" if same else values["text"])


def _done(values: Values, by: By, _world: World) -> Command:
    return DoTask(
        by=by,
        incident=values["incident"],
        task=values["task"],
        sure="sure" in values,
        break_glass=values.get("break_glass", ""),
    )


def _reported(values: Values, by: By, _world: World) -> Command:
    return DoStep(
        by=by,
        incident=values["incident"],
        obligation=values["obligation"],
        step=values.get("step", ""),
        taken_by=values.get("taken_by", ""),
        proof=values.get("proof", ""),
        states=("restored",) if "restored" in values else (),
    )


def _measure(values: Values, by: By, _world: World) -> Command:
    return AddMeasure(
        by=by,
        incident=values["incident"],
        title=values["title"],
        owner=values["owner"],
        due_on=datetime.fromisoformat(values["due_on"]).date(),
    )


def _confirm(values: Values, by: By, _world: World) -> Command:
    return Confirm(by=by, request=values["request"], objects=values.get("object", ""))


ACTS: dict[str, Act] = {
    "incident new": _declare,
    "incident set": lambda v, by, _: SetPhase(
        by=by, incident=v["incident"], phase=Phase(v["phase"]), reason=v.get("reason", "")
    ),
    "incident cancel": lambda v, by, _: Cancel(by=by, incident=v["incident"], reason=v["reason"]),
    "incident reopen": lambda v, by, _: Reopen(by=by, incident=v["incident"], reason=v["reason"]),
    "warn new": _warn,
    "warn verify": _move(Stage.VERIFIED),
    "warn lift": _move(Stage.LIFTED),
    "warn dismiss": _move(Stage.DISMISSED),
    "warn report": lambda v, by, _: ReportWarning(
        by=by, warning=v["warning"], text=v.get("text", "")
    ),
    "warn convert": lambda v, by, _: ConvertWarning(
        by=by, warning=v["warning"], title=v.get("title", ""), level=_level(v)
    ),
    "level": lambda v, by, _: SetLevel(
        by=by, incident=v["incident"], level=int(v["level"]), reason=v["reason"]
    ),
    "page": lambda v, by, _: Page(
        by=by, incident=v["incident"], target=v["target"], why=v["reason"]
    ),
    "ack": lambda v, by, _: Acknowledge(by=by, incident=v["incident"]),
    "decline": lambda v, by, _: Decline(by=by, incident=v["incident"], sure="sure" in v),
    "decide": _decide,
    "confirm": _confirm,
    "take": lambda v, by, _: Take(by=by, incident=v["incident"], what=v.get("what", COMMAND)),
    "refuse": lambda v, by, _: RefuseHandover(by=by, incident=v["incident"]),
    "here": lambda v, by, _: StillHere(by=by, incident=v["incident"]),
    "handover": lambda v, by, _: HandOver(
        by=by, incident=v["incident"], to=v["person"], what=v.get("what", COMMAND)
    ),
    "task done": _done,
    "task assign": lambda v, by, _: AssignTask(
        by=by, incident=v["incident"], task=v["task"], to=v["person"]
    ),
    "task waive": lambda v, by, _: WaiveTask(
        by=by, incident=v["incident"], task=v["task"], reason=v["reason"]
    ),
    "note": _note,
    "brief tell": _brief,
    "report take": lambda v, by, _: TakeObligation(
        by=by, incident=v["incident"], obligation=v.get("obligation", "")
    ),
    "report done": _reported,
    "call take": lambda v, by, _: TakeCall(by=by, incident=v["incident"], call=v["call"]),
    "call done": lambda v, by, _: RecordCall(
        by=by,
        incident=v["incident"],
        call=v["call"],
        result=Result(v["result"]),
        words=v.get("words", ""),
        takes=v.get("takes", ""),
    ),
    "safety ask": lambda v, by, _: CallRoll(
        by=by, incident=v["incident"], target=v.get("target", "")
    ),
    "safety ok": lambda v, by, _: AnswerRoll(by=by, incident=v["incident"], safe=True),
    "safety help": lambda v, by, _: AnswerRoll(by=by, incident=v["incident"], safe=False),
    "contact": _contact,
    "change": lambda v, by, _: ProposeChange(
        by=by, whom=v.get("whom", by.person), field=v["field"], value=v["value"]
    ),
    "card received": lambda _v, by, _: ReceiveCard(by=by),
    "test": lambda v, by, _: TryMyWays(by=by, via=v.get("via", "")),
    "code": lambda v, by, _: ProveByCode(by=by, code=v["code"]),
    "unlink": lambda v, by, _: UnlinkAccount(by=by, platform=v["platform"], person=by.person),
    "measure add": _measure,
    "measure done": lambda v, by, _: MeasureDone(by=by, measure=v["measure"], proof=v["proof"]),
    "measure verify": lambda v, by, _: VerifyMeasure(
        by=by, measure=v["measure"], objects=v.get("objects", "")
    ),
    "measure hand": lambda v, by, _: HandMeasure(
        by=by, measure=v["measure"], owner=v["owner"], reason=v["reason"]
    ),
    "undo": lambda _v, by, _: Undo(by=by),
    **PUBLIC_ACTS,
    **REPORT_ACTS,
    **KEPT_ACTS,
    **PLANNING_ACTS,
    **DUTY_ACTS,
    **DRILL_ACTS,
}
