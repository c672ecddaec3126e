"""Refusals as people are told them: names instead of ids, states in words, and an example."""

from collections.abc import Iterable

from responder.domain.incident import PHASE_NAMES
from responder.domain.organisation import DUTY_LEAD
from responder.domain.warning import STAGE_NAMES
from responder.errors import IllegalChange, NotAllowed, ResponderError
from responder.inbound.language.helping import example
from responder.inbound.language.verb import Verb
from responder.inbound.language.world import World

STATES = {state.value: words for state, words in [*PHASE_NAMES.items(), *STAGE_NAMES.items()]}
TERMINAL = (
    ("（--sure）", ""),
    (" (--sure)", ""),
    ("--separate", "separate=…"),
    ("--reason", "reason=…"),
    ("--break-glass", "break-glass=…"),
    ("--object", "object=…"),
    ("--reverse", "reverse=yes"),
    ("--sure", "sure=yes"),
    ("--at", "at=…"),
)
"""How the terminal gives an option, and how a line does."""


def in_a_line(text: str) -> str:
    """A sentence of a command with its options as a line of chat gives them."""
    for terminal, line in TERMINAL:
        text = text.replace(terminal, line)
    return text


def refusal(error: ResponderError, world: World, verb: Verb | None = None) -> str:
    """What happened and what to do; a line to copy where the line itself was at fault (`verb`)."""
    match error:
        case NotAllowed():
            return _not_allowed(error, world)
        case IllegalChange():
            return _illegal(error, world)
    said = in_a_line(error.said(world.language))
    return f"{said} {example(verb, world.language)}" if verb else said


def _not_allowed(error: NotAllowed, world: World) -> str:
    """Who may instead, by office and, as far as that is known here, by name."""
    person = str(error.facts.get("person", ""))
    named = NotAllowed(**{**error.facts, "person": world.who(person)})
    said = named.said(world.language)
    lead = world.roster.holder(DUTY_LEAD, world.now)
    if lead and lead != world.person and "值班负责人" in str(error.facts.get("who_zh", "")):
        said += world.said(
            f"现任值班负责人：{world.who(lead)}。", f" Duty lead: {world.who(lead)}."
        )
    return said


def _illegal(error: IllegalChange, world: World) -> str:
    facts = dict(error.facts)
    facts["state"], facts["wanted"] = (_state(facts[key], world) for key in ("state", "wanted"))
    facts["legal"] = world.listed(_states(str(facts["legal"]), world))
    return IllegalChange(**facts).said(world.language)


def _states(legal: str, world: World) -> Iterable[str]:
    return (_state(one, world) for one in legal.split(", "))


def _state(value: str, world: World) -> str:
    return world.words(STATES[value]) if value in STATES else value
