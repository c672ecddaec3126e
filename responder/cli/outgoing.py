"""`halt` and `resume`: everything outgoing, at once."""

from responder.cli import show
from responder.cli.acting import act, looking
from responder.cli.frame import command
from responder.cli.given import Given, option
from responder.commands.firm import Halt, Resume


@command(
    "halt",
    "立即停止全部外发，并列出须人工联络的名单",
    "Stop everything outgoing at once, and print the call list to work by hand",
)
@option("--reason", required=True, zh="理由", en="Why")
def halt(given: Given, reason: str) -> None:
    """Halt."""
    reply = act(given, Halt, reason=reason)
    if given.as_json:
        return
    with looking(given) as house:
        names = show.Names(house.roster().site, given.language)
    calls = reply.facts["call_list"]
    if calls:
        show.table(
            (names.said("事件", "incident"), names.said("谁", "who"), names.said("号码", "ways")),
            [(c["incident"], c["name"][given.language] or c["person"], _ways(c)) for c in calls],
        )
    else:
        show.line(names.said("目前没有正在呼叫的人。", "Nobody is being called at the moment."))


def _ways(call: dict[str, list[str]]) -> str:
    return " · ".join(call["ways"])


@command("resume", "恢复外发", "Send again what is still due")
def resume(given: Given) -> None:
    """Resume."""
    act(given, Resume, pages=True)
