"""Changing the register: the one way in which a new version of the site comes into force.

Whatever depends on the register (work cards, related units, the plan's filing) follows each
change in the same transaction: it stands in `FOLLOWERS`.
"""

from collections.abc import Callable
from datetime import datetime

from responder.commands.numbering import number
from responder.domain.record import THE_FIRM, By, Fact
from responder.domain.revision import Revision, Stage
from responder.domain.site import Site
from responder.domain.site_changes import touched
from responder.domain.words import Words
from responder.errors import NoSite, Refused
from responder.ports.unit_of_work import UnitOfWork

SERIES = "REV"
UNEXPORTED = "site.unexported"
"""The note that the database holds changes which the site's files do not."""

FILES = "site.files"
"""The note of the version that the site's files held when they and the database last agreed."""
FROM_FILES = Words("采用站点文件", "the site's files were taken")

Follower = Callable[[UnitOfWork, Site, Site, Revision, datetime], None]
"""Given the site before and after a change that has just come into force."""

FOLLOWERS: list[Follower] = []


def follows_revision(follower: Follower) -> Follower:
    """Register what a change of the register brings about."""
    FOLLOWERS.append(follower)
    return follower


def revise(
    uow: UnitOfWork, site: Site, by: By, now: datetime, kind: str, summary: Words
) -> Revision:
    """Put a changed site in force, on the record, and let everything that depends on it follow.

    The files do not know of it until it is exported. Raises Refused where nothing would change
    or the database holds no site. No contact detail enters the record.
    """
    before = uow.sites.accepted()
    if before is None:
        raise NoSite
    after = uow.sites.add(site)
    if after == before:
        raise Refused(what_zh="没有任何改动。", what_en="That changes nothing.")
    one = Revision(
        id=number(uow, SERIES, site, now),
        kind=kind,
        summary=summary,
        before=before,
        after=after,
        by=by.person,
        at=now,
        stage=Stage.APPLIED,
    )
    put_in_force(uow, one, by, now)
    uow.notes.put(UNEXPORTED, True)
    return one


def put_in_force(uow: UnitOfWork, one: Revision, by: By, now: datetime) -> None:
    """Accept the version a change leads to, keep the change, and let what depends on it follow."""
    uow.sites.accept(one.after)
    facts = {"revision": one.id, "of": one.kind, "version": one.after, "before": one.before}
    uow.ledger.append([Fact("RegisterRevised", THE_FIRM, by, now, facts)])
    before, after = uow.sites.get(one.before), uow.sites.get(one.after)
    one.touched = one.touched or touched(before, after)
    uow.revisions.put(one.id, one)
    for follow in FOLLOWERS:
        follow(uow, before, after, one, now)
