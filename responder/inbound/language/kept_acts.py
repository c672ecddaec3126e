"""What is said about things kept ready and events, as the commands it stands for."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from responder.commands.command import Command
from responder.commands.problems.events import AssignEvent, CloseEvent, LogEvent, NoteEvent
from responder.commands.registers.checking import RecordCheck, TakeStock
from responder.commands.registers.using import AskForFunds, Draw
from responder.domain.record import By
from responder.inbound.language.world import World

Values = Mapping[str, str]


def _until(values: Values) -> date | None:
    at = values.get("expires_on")
    return datetime.fromisoformat(at).date() if at else None


def _check(values: Values, by: By, _world: World) -> Command:
    return RecordCheck(
        by=by,
        provision=values["provision"],
        passed="failed" not in values,
        note=values.get("note", ""),
        evidence=values.get("evidence", ""),
        expires_on=_until(values),
    )


def _stock(values: Values, by: By, _world: World) -> Command:
    return TakeStock(
        by=by,
        provision=values["provision"],
        count=int(values["count"]),
        note=values.get("note", ""),
        evidence=values.get("evidence", ""),
        expires_on=_until(values),
    )


def _spend(values: Values, by: By, _world: World) -> Command:
    return AskForFunds(
        by=by,
        incident=values["incident"],
        amount=int(values["amount"]),
        purpose=values["purpose"],
        fund=values.get("fund", ""),
    )


def _log(values: Values, by: By, _world: World) -> Command:
    return LogEvent(
        by=by,
        title=values["title"],
        impact=int(values["impact"]),
        scope=int(values["scope"]),
        system=values.get("system", ""),
        symptom=values.get("symptom", ""),
    )


KEPT_ACTS: dict[str, Callable[[Values, By, World], Command]] = {
    "register check": _check,
    "register stock": _stock,
    "register draw": lambda v, by, _: Draw(
        by=by,
        incident=v["incident"],
        provision=v["provision"],
        quantity=int(v.get("quantity", "1")),
    ),
    "register spend": _spend,
    "event log": _log,
    "event assign": lambda v, by, _: AssignEvent(by=by, event=v["event"], to=v["person"]),
    "event note": lambda v, by, _: NoteEvent(by=by, event=v["event"], text=v["text"]),
    "event close": lambda v, by, _: CloseEvent(by=by, event=v["event"], outcome=v["outcome"]),
}
