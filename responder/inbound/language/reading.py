"""What a word stands for in a slot: nothing, the one thing meant, or several to choose from."""

import re
from collections.abc import Container, Mapping

from responder.domain.warning import is_warning
from responder.inbound.language.moments import moment
from responder.inbound.language.nameable import known, sought
from responder.inbound.language.naming import Known
from responder.inbound.language.text import plain
from responder.inbound.language.verb import ABOUT, REFERRED, Kind, Slot
from responder.inbound.language.world import World

ID = re.compile(r"(inc|drl|wrn|drl-wrn)-\d{4}-\d{1,6}")
CODE = re.compile(r"#?(\d{4,6})|#(\d{1,6})")
MOST_LINES = 200
AMOUNT = re.compile(r"(\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(万)?(?:元|件|个|台)?")
TRUE = frozenset({"", "yes", "true", "1", "on", "是"})


def read(slot: Slot, word: str, world: World, values: Mapping[str, str]) -> list[Known]:
    """Everything a word may stand for in a slot: nothing, the one meant, or several to choose."""
    written = plain(word)
    match slot.kind:
        case Kind.TEXT:
            return [_itself(word)]
        case Kind.FLAG:
            return [_itself("yes")] if written in TRUE else []
        case Kind.MOMENT | Kind.PAST:
            at = moment(word, world.now, world.site.time_zone, past=slot.kind is Kind.PAST)
            return [_itself(at.isoformat())] if at else []
        case Kind.NUMBER:
            fits = written.isascii() and written.isdigit() and 0 < int(written[:6]) <= MOST_LINES
            return [_itself(written)] if fits else []
        case Kind.AMOUNT:
            return _amount(written)
        case _:
            found = {k.value: k for k in known(slot, world, values) if written in k.forms}
    if not found and slot.kind is Kind.CONTACT:
        found = {k.value: k for k in sought(slot, word, world, values)}
    if not found and slot.kind in REFERRED and ID.fullmatch(written) and _series(slot, written):
        return [_itself(written.upper())]
    if len(found) > 1 and slot.kind is Kind.WARNING:
        found = _likely(found, world.warned) or found
    elif len(found) > 1 and slot.kind in ABOUT:
        found = _likely(found, world.pool(slot.pool)) or _likely(found, world.pool("handled"))
    return list(found.values())


def _amount(written: str) -> list[Known]:
    """`50000`, `50,000元`, `5万`: a whole number."""
    found = AMOUNT.fullmatch(written)
    if found is None:
        return []
    return [_itself(str(int(found[1].replace(",", "")) * (10_000 if found[2] else 1)))]


def _likely(found: dict[str, Known], pool: Container[str]) -> dict[str, Known]:
    return {id: one for id, one in found.items() if id in pool}


def _itself(value: str) -> Known:
    return Known(value, value, ())


def _series(slot: Slot, id: str) -> bool:
    warns = is_warning(id.upper())
    return slot.kind is Kind.SUBJECT or warns is (slot.kind is Kind.WARNING)


def looks_like_incident(word: str) -> bool:
    """Whether a word can only be an incident's or a warning's id or code."""
    return bool(ID.fullmatch(plain(word)) or CODE.fullmatch(plain(word)))


def wrong_reference(word: str) -> bool:
    """Whether a text would begin with what is meant for a reference: `0009`, `#9`, an id."""
    return looks_like_incident(word) and plain(word)[0] in "0#idw"
