"""`link`: a one-time code by which a person's chat account becomes known."""

from responder.cli.acting import act
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.commands.account import MakeLinkCode, UnlinkAccount
from responder.domain.people import CHAT


@command(
    "link",
    "为某人（默认为本人）生成一次性绑定码，用于绑定其聊天账号",
    "Make a one-time code by which somebody, yourself if nobody is named, links their chat account",
)
@argument("person", required=False)
@option(
    "--unlink",
    metavar="PLATFORM",
    zh=f"改为解除此平台的绑定：{'、'.join(CHAT)}",
    en=f"Unlink their account on this platform instead: {', '.join(CHAT)}",
)
def link(given: Given, person: str | None, unlink: str | None) -> None:
    """Make the code, or let an account go."""
    person = person or given.acting
    if unlink:
        act(given, UnlinkAccount, platform=unlink, person=person)
    else:
        act(given, MakeLinkCode, person=person)
