"""People, roles and instants in a mend's words."""

from datetime import datetime
from zoneinfo import ZoneInfo

from responder.domain.people import Way
from responder.domain.site import Site
from responder.domain.words import Words


def named(site: Site, person: str) -> Words:
    """A person's name in both languages; the id where there is none."""
    known = site.people.get(person)
    zh, en = (known.name.said("zh"), known.name.said("en")) if known else ("", "")
    return Words(zh or person, en or person)


def role_named(site: Site, role: str) -> Words:
    """A role's name in both languages; the id where there is none."""
    known = site.roles.get(role)
    zh, en = (known.name.said("zh"), known.name.said("en")) if known else ("", "")
    return Words(zh or role, en or role)


def file_of(playbook: str) -> str:
    """The file of a playbook within the site."""
    return f"playbooks/{playbook}.yaml"


def clock(site: Site, at: datetime) -> str:
    """An instant as the site's files write it."""
    return at.astimezone(ZoneInfo(site.time_zone)).strftime("%Y-%m-%dT%H:%M")


SUPPOSED = "to be filled in"


def supposed(via: str) -> Way:
    """A line that a mend supposes somebody to have."""
    return Way(via, SUPPOSED)
