"""Finding somebody in the contact manual by what one remembers of them (7.1 o).

A name or a part of it, the letters of an id, a department, a post, a title; a related unit by
its name, its kind or its business.
"""

import unicodedata
from collections.abc import Iterator
from datetime import datetime

from responder.domain.people import DEPARTMENT_NAMES, Person
from responder.domain.register import Unit
from responder.domain.roster import Roster
from responder.domain.words import Words

MOST = 8
LEAST_LETTERS = 2
UNIT = "unit:"


def found(roster: Roster, said: str, at: datetime) -> tuple[str, ...]:
    """The ids (`unit:U` for units) that what was said may mean, the likeliest first, a few.

    An id or a whole name means that one alone, where it is one.
    """
    word = _plain(said.removeprefix("@"))
    ranked: dict[int, list[str]] = {}
    for id, forms in _everything(roster, at):
        rank = min((_rank(word, form, weight) for form, weight in forms), default=NOTHING)
        if rank < NOTHING:
            ranked.setdefault(rank, []).append(id)
    if not word or not ranked:
        return ()
    best = min(ranked)
    likely = ranked[best] if best <= WHOLE else [i for r in sorted(ranked) for i in ranked[r]]
    return tuple(dict.fromkeys(likely))[:MOST]


NAME, POST, ABOUT = 0, 2, 4
"""How much it weighs what matched: who they are, what they are, what they do."""
WHOLE, NOTHING = 1, 99


def _rank(word: str, form: str, weight: int) -> int:
    """Lower is likelier; the whole of an id or a name is the likeliest."""
    if not form:
        return NOTHING
    if word == form:
        return weight
    long_enough = len(word) >= LEAST_LETTERS or not word.isascii()
    if long_enough and word in form:
        return WHOLE + 1 + weight + (0 if form.startswith(word) else 1)
    return NOTHING


def _everything(roster: Roster, at: datetime) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    posts: dict[str, list[Words]] = {}
    for role in roster.site.roles.values():
        for holder in {roster.holder(role.id, at), role.primary, role.backup}:
            posts.setdefault(holder, []).append(role.name)
    for person in roster.site.people.values():
        if roster.known(person.id):
            yield person.id, [(_plain(t), w) for t, w in _of_person(person, posts)]
    for unit in roster.site.units.values():
        yield f"{UNIT}{unit.id}", [(_plain(t), w) for t, w in _of_unit(unit)]


def _of_person(one: Person, posts: dict[str, list[Words]]) -> Iterator[tuple[str, int]]:
    letters = one.id.replace(".", "")
    yield from ((form, NAME) for form in (one.id, letters, one.name.zh, one.name.en) if form)
    department = DEPARTMENT_NAMES.get(one.department, Words())
    for words in (*posts.get(one.id, ()), one.title, department):
        yield from ((form, POST) for form in (words.zh, words.en))
    yield one.department, POST


def _of_unit(one: Unit) -> Iterator[tuple[str, int]]:
    forms = (one.id, f"{UNIT}{one.id}", one.name.zh, one.name.en)
    yield from ((form, NAME) for form in forms)
    yield from ((form, POST) for form in (one.kind, one.contact.zh, one.contact.en))
    yield from ((form, ABOUT) for form in (one.business.zh, one.business.en))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
