"""Who an owner is: the site names a person, a post or `role:R`, and a post has its holder."""

from datetime import datetime

from responder.domain.roster import Roster, Target


def keeper(roster: Roster, written: str, at: datetime) -> str:
    """The person meant at `at`, or nobody: by id, or whoever holds the post."""
    target = Target.parse(written)
    role = target.id if target.kind == "role" else written
    if role in roster.site.roles:
        return roster.holder(role, at)
    return target.id if target.kind == "person" and roster.known(target.id) else ""
