"""Calendar feeds: a secret address a person, made, revoked, and what it shows (5.1)."""

from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from responder.commands.command import Command, Reply, handles
from responder.commands.duty.dates import sheet_for
from responder.commands.matter import FirmMatter
from responder.commands.pursuit import roster_in_force
from responder.domain.duty import Feed, fingerprint
from responder.domain.feed_sheet import FeedSheet
from responder.domain.record import By
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

MOST_FEEDS = 10
"""Addresses a person may have at once: a phone, a desk, a spare; more are forgotten ones."""
SECRET_LETTERS = 32


@dataclass(frozen=True)
class MakeFeed(Command):
    """A new address; what it is is said once and not kept."""

    person: str


@dataclass(frozen=True)
class RevokeFeeds(Command):
    """Every address of a person stops working at once."""

    person: str


@handles(MakeFeed)
def make_feed(command: MakeFeed, uow: UnitOfWork, now: datetime) -> Reply:
    """One's own, or anybody's as an administrator. The secret is in the reply alone."""
    firm = _allowed(uow, now, command.person, command.by)
    standing = [one for one in uow.feeds.open().values() if one.person == command.person]
    if len(standing) >= MOST_FEEDS:
        raise BadInput(
            f"已有{len(standing)}个日历订阅。",
            f"There are {len(standing)} calendar feeds already.",
            f"请先作废：duty feed revoke {command.person}",
            f"Revoke them first: duty feed revoke {command.person}",
        )
    secret = uow.token() + uow.token()
    feed = Feed(fingerprint(secret), command.person, now)
    uow.feeds.put(feed.id, feed)
    firm.record("FeedMade", command.by, person=command.person)
    said = Words(
        "地址只显示这一次，谁拿到都能看您的班表；作废请用 duty feed revoke。",
        "The address is shown this once; whoever has it sees the shifts. duty feed revoke ends it.",
    )
    return Reply(command.person, said, {"secret": secret})


@handles(RevokeFeeds)
def revoke_feeds(command: RevokeFeeds, uow: UnitOfWork, now: datetime) -> Reply:
    """From now on they are not found."""
    firm = _allowed(uow, now, command.person, command.by)
    standing = [one for one in uow.feeds.open().values() if one.person == command.person]
    for one in standing:
        one.revoked_at = now
        uow.feeds.put(one.id, one)
    count = len(standing)
    if count:
        firm.record("FeedRevoked", command.by, person=command.person, count=count)
    said = Words(f"已作废{count}个日历订阅。", f"{count} calendar feeds revoked.")
    return Reply(command.person, said, {"revoked": count})


def feeds(uow: UnitOfWork, person: str) -> list[dict[str, str]]:
    """The addresses of a person that work: when each was made; none can be shown again."""
    return [
        {"made_at": one.made_at.isoformat()}
        for one in uow.feeds.open().values()
        if one.person == person
    ]


def feed_shown(uow: UnitOfWork, now: datetime, secret: str) -> FeedSheet | None:
    """What an address shows; None alike for one unknown, revoked, or of somebody removed."""
    if len(secret) != SECRET_LETTERS or not secret.isascii() or not secret.isalnum():
        return None
    mark = fingerprint(secret)
    feed = uow.feeds.get(mark)
    if feed is None or not compare_digest(feed.id, mark) or not feed.is_open:
        return None
    roster = roster_in_force(uow)
    return sheet_for(uow, roster, feed, now) if roster.known(feed.person) else None


def _allowed(uow: UnitOfWork, now: datetime, person: str, by: By) -> FirmMatter:
    firm = FirmMatter.load(uow, now)
    firm.may("own_ways" if person == by.person else "administer", by)
    if not firm.roster.known(person):
        raise UnknownId("人员", "person", person, firm.site.people)
    return firm
