"""`contacts/people.yaml`, `roles.yaml`, `teams.yaml`: who there is and who holds what."""

from responder.domain.organisation import GRANTS, Role
from responder.domain.people import Person, Way
from responder.site.fields import Fields


def read_people(root: Fields, language: str) -> dict[str, Person]:
    """The people, in the file's order; `language` is theirs who name none."""
    people = root.by_id("people", lambda fields, id: _person(fields, id, language))
    root.close()
    return people


def _person(fields: Fields, id: str, language: str) -> Person:
    return Person(
        id=id,
        name=fields.words("name"),
        department=fields.text("department"),
        head_of=fields.text("head_of"),
        title=fields.words("title"),
        language=fields.text("language", language),
        time_zone=fields.zone("time_zone"),
        reach=fields.each("reach", read_way),
    )


def read_way(fields: Fields) -> Way:
    """One line to a person or a unit."""
    return Way(
        via=fields.text("via"),
        to=fields.text("to"),
        how=fields.text("how"),
        note=fields.text("note"),
    )


def read_roles(root: Fields) -> tuple[dict[str, Role], dict[str, tuple[str, ...]]]:
    """The roles, and the grants: rights in the system, apart from any post."""
    roles = root.by_key("roles", _role)
    inner = root.inner("grants")
    grants = {grant: inner.texts(grant) for grant in GRANTS}
    inner.close()
    root.close()
    return roles, {grant: people for grant, people in grants.items() if people}


def _role(fields: Fields, id: str) -> Role:
    return Role(
        id=id,
        name=fields.words("name"),
        rotation=fields.text("rotation"),
        backup_rotation=fields.text("backup_rotation"),
        primary=fields.text("primary"),
        backup=fields.text("backup"),
    )


def read_teams(root: Fields) -> dict[str, tuple[str, ...]]:
    """The teams, each a list of people."""
    teams = root.lists("teams")
    root.close()
    return teams
