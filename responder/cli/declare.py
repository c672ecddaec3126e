"""`declare`: an event has happened."""

from responder.cli.acting import act
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.cli.values import LEVEL
from responder.commands.incidents.incident import Declare


@command(
    "declare",
    "发起事件：预案立即启动，开始呼叫。例：responder declare trading-outage --title 交易中断",
    "Declare an incident: the plan is active and people are paged at once."
    " Example: responder declare trading-outage --title 'Trading down'",
)
@argument("playbook")
@option("--title", required=True, zh="什么事，一句话", en="What is wrong, in one line")
@option("--level", type=LEVEL, zh="响应级别", en="The response level")
@option("--system", "systems", multiple=True, zh="受影响的系统", en="A system affected")
@option("--drill", is_flag=True, zh="这是演练", en="This is a drill")
@option(
    "--separate",
    default="",
    metavar="REASON",
    zh="确系另一事件：写明理由",
    en="It is another event than the open one, because",
)
@option(
    "--event",
    "came_from",
    default="",
    metavar="EVT-…",
    zh="由哪起运维事件转来",
    en="The logged event it comes from",
)
def declare(
    given: Given,
    playbook: str,
    title: str,
    level: int | None,
    systems: tuple[str, ...],
    drill: bool,
    separate: str,
    came_from: str,
) -> None:
    """Declare."""
    act(
        given,
        Declare,
        pages=True,
        playbook=playbook,
        title=title,
        level=level,
        systems=systems,
        drill=drill,
        separate=separate,
        came_from=came_from,
    )
