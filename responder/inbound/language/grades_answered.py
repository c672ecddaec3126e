"""Grades in words: what is confirmed or proposed and why, and what confirming one would change."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from responder.commands.reports.grade import grade_name
from responder.commands.reports.grade import grades as every_grade
from responder.commands.reports.grade_foreseen import follows_of
from responder.commands.reports.hub_value import field_names
from responder.domain.record import By
from responder.domain.words import Words
from responder.inbound.language.grade_words import CONFIRMING
from responder.inbound.language.grades_meant import confirmed, packs, wanted_grade, worded
from responder.inbound.language.parse import Said
from responder.inbound.language.reading import looks_like_incident
from responder.inbound.language.verb import Slot
from responder.inbound.language.world import World

Values = Mapping[str, str]
UNKNOWN = 3
"""Facts named that could still make a proposal graver."""


def grade_lines(values: Values, world: World) -> Iterator[str]:
    """A line a rule, and how to confirm."""
    yield from _states(values, world)
    yield world.said("确认请说：", "To confirm: ") + world.words(CONFIRMING.example)


def _states(values: Values, world: World) -> list[str]:
    """A line a rule that applies. Raises BadInput where none does."""
    applying = {pack.id for pack in packs(world, values)}
    found = every_grade(world.uow, values["incident"])
    return [_state(one, world) for one in found if one["regime"] in applying]


def _state(one: Mapping[str, Any], world: World) -> str:
    name, grade = world.words(Words(**one["name"])), world.words(Words(**one["words"]))
    head = world.said(f"{name}（{one['regime']}）：", f"{name} ({one['regime']}): ")
    if one["confirmed"]:
        who, at = world.who(one["by"]), world.clock(one["at"])
        return head + world.said(f"{grade}，{who} {at}确认。", f"{grade}, {who} at {at}.")
    if not one["grade"]:
        said = world.said("未定级，待具名确认。", "not graded; a named person confirms it.")
        return head + said + _graver(one, world)
    why = world.words(Words(**one["because"]))
    return (
        head
        + world.said(
            f"拟定{grade}，待具名确认。按规则：{why}。",
            f"{grade} is proposed, to be confirmed. By the rule: {why}.",
        )
        + _graver(one, world)
    )


def _graver(one: Mapping[str, Any], world: World) -> str:
    """The facts that could still make it graver."""
    if not one["unknown"]:
        return ""
    names = field_names(world.language)
    asked = world.listed(names[id] for id in one["unknown"][:UNKNOWN])
    return world.said(f"可能更重，尚不知：{asked}。", f" It may be graver; not known: {asked}.")


def asking_grade(slot: Slot, world: World, values: Values) -> Slot:
    """The same slot, asking below what is confirmed or proposed. Raises BadInput without a rule."""
    said = "\n".join(_states(values, world)) + "\n"
    return replace(slot, asks=Words(f"{said}{slot.asks.zh}", f"{said}{slot.asks.en}"))


def caution_of(values: Values, world: World) -> Words | None:
    """What to confirm first: whatever moves a limit, changes a grade, or is not as proposed."""
    (pack,), grade = packs(world, values), wanted_grade(world, values)
    by = By(world.person, world.door)
    follows = follows_of(world.uow, values["incident"], pack.id, grade, by, world.now)
    before, proposed = confirmed(world, values), _proposed(values, world)
    if not (follows or before or proposed.get("grade") not in (None, grade)):
        return None
    name, wanted = pack.name, grade_name(pack.scale, grade)
    parts = [
        Words(
            f"将确认{values['incident']}的事件等级为{wanted.said('zh')}（{name.said('zh')}）。",
            f"This confirms the grade of {values['incident']} as {wanted.said('en')}"
            f" ({name.said('en')}).",
        ),
        _was(grade_name(pack.scale, before)) if before else Words(),
        _otherwise(proposed, grade),
        follows.said,
    ]
    told = [part for part in parts if part != Words()]
    return Words("".join(part.zh for part in told), " ".join(part.en for part in told))


def _was(before: Words) -> Words:
    return Words(f"此前确认为{before.said('zh')}。", f"It was {before.said('en')} before.")


def _proposed(values: Values, world: World) -> Mapping[str, Any]:
    """What the rule's criteria propose, nothing once somebody confirmed a grade."""
    found = every_grade(world.uow, values["incident"])
    mine = (one for one in found if one["regime"] == values["regime"] and not one["confirmed"])
    return next(mine, {})


def _otherwise(proposed: Mapping[str, Any], grade: str) -> Words:
    """What is proposed, and by which rule, where something else is said."""
    if proposed.get("grade") in (None, grade):
        return Words()
    words, why = Words(**proposed["words"]), Words(**proposed["because"])
    return Words(
        f"按规则拟定的是{words.said('zh')}：{why.said('zh')}。",
        f"The rule proposes {words.said('en')}: {why.said('en')}.",
    )


def already_confirmed(values: Values, world: World) -> str:
    """Who confirmed that very grade and when, nothing where nobody did."""
    if not confirmed(world, values) or confirmed(world, values) != wanted_grade(world, values):
        return ""
    (state,) = _states(values, world)
    return state + world.said("无需再做。", " Nothing to do.")


def or_level(said: Said, world: World) -> Said:
    """`定级 较大` is about the grade, `定级 2` about the response level."""
    if said.verb.name != "level":
        return said
    heads = [token.plain for token in said.tokens[:2] if not (token.key or token.quoted)]
    if heads and looks_like_incident(heads[0]):
        heads = heads[1:]
    scales = worded(world.site.regimes.values(), world)
    graded = any(heads[0] in one.forms for one in scales) if heads else False
    return replace(said, verb=CONFIRMING) if graded else said
