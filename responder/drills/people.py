"""Whom a target of a drill's file may ever mean, whoever happens to be on shift."""

from collections.abc import Iterable

from responder.domain.roster import Roster, Target
from responder.domain.site import Site


def possible(site: Site, targets: Iterable[str]) -> frozenset[str]:
    """Everybody in the contacts whom one of the targets may mean at some time."""
    return frozenset(person for target in targets for person in _of(site, Target.parse(target)))


def _of(site: Site, target: Target) -> Iterable[str]:
    match target.kind:
        case "person":
            return (target.id,) if target.id in site.people else ()
        case "role":
            return _holders(site, target.id)
        case "succession":
            return (person for person in site.command.succession if person in site.people)
        case "team":
            return (p for p in Roster(site).team(target.id) if p in site.people)
        case _:
            return ()


def _holders(site: Site, role: str) -> Iterable[str]:
    post = site.roles.get(role)
    if post is None:
        return ()
    rotas = {post.rotation, post.backup_rotation} - {""}
    turns = (site.rotations[name].people for name in rotas if name in site.rotations)
    overrides = (o.person for o in site.overrides if o.rotation in rotas)
    found = {post.primary, post.backup, *overrides, *(p for people in turns for p in people)}
    return (person for person in found if person in site.people)
