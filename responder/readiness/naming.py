"""People, units and things of the site as readers know them, with the id that finds them."""

from collections.abc import Iterable
from datetime import date

from responder.domain.site import Site
from responder.domain.words import Words


def named(name: Words, id: str) -> Words:
    """A thing by its name, with its id for whoever has to find it in a file."""
    if not (name.zh or name.en):
        return Words(id, id)
    return Words(f"{name.said('zh')}（{id}）", f"{name.said('en')} ({id})")


def person(site: Site, id: str) -> Words:
    """A person by name and id; somebody unknown by the id alone."""
    known = site.people.get(id)
    return named(known.name, id) if known else Words(id, id)


def system(site: Site, id: str) -> Words:
    """A system by name and id."""
    known = site.systems.get(id)
    return named(known.name, id) if known else Words(id, id)


def listed(names: Iterable[Words]) -> Words:
    """Several names in a row."""
    names = tuple(names)
    return Words("、".join(one.zh for one in names), ", ".join(one.en for one in names))


def oldest(days: Iterable[date | None]) -> date | None:
    """The earliest of the days that are known."""
    return min((day for day in days if day), default=None)
