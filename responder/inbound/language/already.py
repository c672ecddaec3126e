"""What is asked for may be so already: then who did it and when is the answer, and no error."""

from collections.abc import Mapping

from responder.commands.linked import account_of
from responder.domain.incident import PHASE_NAMES, ROMAN, Phase
from responder.domain.people import VIA_NAMES
from responder.domain.record import Entry
from responder.domain.words import Words
from responder.inbound.language.grades_answered import already_confirmed
from responder.inbound.language.world import World

Values = Mapping[str, str]
LEVELS = ("Declared", "LevelRaised", "LevelLowered")
STAGES = {"warn verify": "verified", "warn lift": "lifted", "warn dismiss": "dismissed"}


def already(verb: str, values: Values, world: World) -> str:
    """Who did it and when, nothing where it is still to be done."""
    if verb in ("incident set", "incident cancel"):
        return _phase(values, world)
    if verb == "level":
        return _level(values, world)
    if verb == "grade":
        return already_confirmed(values, world)
    if verb == "unlink":
        return _unlinked(values["platform"], world)
    if verb in STAGES:
        return _stage(STAGES[verb], values, world)
    return ""


def _unlinked(platform: str, world: World) -> str:
    if account_of(world.uow, platform, world.person):
        return ""
    named = world.words(VIA_NAMES[platform])
    return world.said(
        f"您在{named}上没有绑定的账号，无需再做。",
        f"You have no account linked on {named}; nothing to do.",
    )


def _phase(values: Values, world: World) -> str:
    wanted = Phase(values.get("phase", Phase.CANCELLED.value))
    one = world.one(values["incident"])
    if one.phase is not wanted:
        return ""
    kinds = ("Cancelled",) if wanted is Phase.CANCELLED else ("PhaseChanged", "Reopened")
    return _said(one.id, PHASE_NAMES[wanted], kinds, world)


def _level(values: Values, world: World) -> str:
    one, level = world.one(values["incident"]), int(values["level"])
    if one.level != level:
        return ""
    return _said(one.id, Words(f"{ROMAN[level]}级响应", f"at level {level}"), LEVELS, world)


def _stage(stage: str, values: Values, world: World) -> str:
    one = world.uow.warnings.get(values["warning"])
    if one is None or one.stage.value != stage:
        return ""
    words = {"verified": Words("已核实", "verified"), "lifted": Words("已解除", "lifted")}
    named = words.get(stage, Words("经核实不成立", "dismissed"))
    return _said(one.id, named, ("WarningMoved",), world)


def _said(id: str, state: Words, kinds: tuple[str, ...], world: World) -> str:
    done: list[Entry] = world.uow.ledger.of(id, kinds)
    if not done:
        return world.said(f"{id}已是“{state.zh}”。", f"{id} is {state.en} already.")
    at, actor = world.clock(done[-1].at), done[-1].actor
    who = world.who(actor) if actor else world.said("系统", "the engine")
    return world.said(
        f"{id}已是“{state.zh}”（{at} {who}），无需再做。",
        f"{id} is {state.en} already ({who}, {at}); nothing to do.",
    )
