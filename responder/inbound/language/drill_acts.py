"""What is said about drills, as the commands it stands for."""

from collections.abc import Callable, Mapping
from datetime import datetime

from responder.commands.command import Command
from responder.commands.drills.closing import (
    NO_CHANGE,
    AnswerPlanChange,
    CloseDrill,
    EvaluateDrill,
)
from responder.commands.drills.conducting import (
    AbortDrill,
    EndDrill,
    MarkExpected,
    Observe,
    PauseDrill,
    ResumeDrill,
    SendRow,
)
from responder.commands.drills.entering import EnterAction
from responder.commands.drills.feedback import GiveFeedback
from responder.commands.drills.planned import (
    AnswerInvitation,
    CancelDrill,
    MoveDrill,
    ScheduleDrill,
    TakeOverDrill,
)
from responder.commands.drills.starting import StartDrill
from responder.domain.drill import Result
from responder.domain.record import By
from responder.inbound.language.text import plain
from responder.inbound.language.world import World

Values = Mapping[str, str]
UNCHANGED = frozenset({"不修订", "无须修订", "无需修订", "不变", "无", "none", "no"})


def _change(values: Values, by: By, _world: World) -> Command:
    said = values["change"]
    change = NO_CHANGE if plain(said).rstrip("。.") in UNCHANGED else said
    return AnswerPlanChange(by=by, incident=values["incident"], change=change)


def _mark(values: Values, by: By, _world: World) -> Command:
    return MarkExpected(
        by=by,
        incident=values["incident"],
        expected=values["expected"],
        result=Result(values["result"]),
        why=values["reason"],
    )


def _enter(values: Values, by: By, _world: World) -> Command:
    return EnterAction(
        by=by,
        incident=values["incident"],
        expected=values["expected"],
        person=values["person"],
        at=datetime.fromisoformat(values["at"]),
        reason=values["reason"],
    )


def _observe(values: Values, by: By, _world: World) -> Command:
    return Observe(
        by=by,
        incident=values["incident"],
        text=values["text"],
        objective=values.get("objective", ""),
        strength="strength" in values,
    )


def _feedback(values: Values, by: By, _world: World) -> Command:
    return GiveFeedback(
        by=by,
        incident=values["incident"],
        knew=int(values["knew"]),
        well=values["well"],
        better=values["better"],
    )


def _schedule(values: Values, by: By, _world: World) -> Command:
    return ScheduleDrill(
        by=by,
        scenario=values["scenario"],
        at=datetime.fromisoformat(values["at"]),
        in_session=values.get("in_session", ""),
        by_itself="by_itself" in values,
    )


def _move(values: Values, by: By, _world: World) -> Command:
    at = datetime.fromisoformat(values["at"])
    return MoveDrill(by=by, plan=values["plan"], at=at, reason=values["reason"])


DRILL_ACTS: dict[str, Callable[[Values, By, World], Command]] = {
    "drill start": lambda v, by, _: StartDrill(
        by=by, scenario=v["scenario"], in_session=v.get("in_session", "")
    ),
    "drill inject": lambda v, by, _: SendRow(by=by, incident=v["incident"], row=v["row"]),
    "drill pause": lambda v, by, _: PauseDrill(by=by, incident=v["incident"], reason=v["reason"]),
    "drill resume": lambda v, by, _: ResumeDrill(by=by, incident=v["incident"]),
    "drill end": lambda v, by, _: EndDrill(by=by, incident=v["incident"]),
    "drill abort": lambda v, by, _: AbortDrill(
        by=by, incident=v["incident"], reason=v["reason"], real="real" in v
    ),
    "drill mark": _mark,
    "drill enter": _enter,
    "drill observe": _observe,
    "drill evaluate": lambda v, by, _: EvaluateDrill(by=by, incident=v["incident"]),
    "drill plan-change": _change,
    "drill close": lambda v, by, _: CloseDrill(by=by, incident=v["incident"]),
    "drill feedback": _feedback,
    "drill schedule": _schedule,
    "drill answer": lambda v, by, _: AnswerInvitation(
        by=by, plan=v["plan"], comes=v["comes"] == "yes"
    ),
    "drill move": _move,
    "drill cancel": lambda v, by, _: CancelDrill(by=by, plan=v["plan"], reason=v["reason"]),
    "drill take-over": lambda v, by, _: TakeOverDrill(by=by, plan=v["plan"]),
}
