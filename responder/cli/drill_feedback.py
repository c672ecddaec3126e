"""`drill feedback`: how it went, from who was in it."""

import click

from responder.cli.acting import act
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.commands.drills.feedback import GiveFeedback
from responder.drills.feedback import SCALE


@command("feedback", "演练后反馈：两点和打分", "How a drill went: two points and a score")
@argument("id")
@option("--well", default="", zh="哪些做得好", en="What went well")
@option("--better", default="", zh="哪些应改进", en="What should be better")
@option(
    "--knew",
    required=True,
    type=click.IntRange(SCALE[0], SCALE[-1]),
    zh="我清楚该做什么：1完全不清楚，5始终清楚",
    en="I knew what to do: 1 not at all, 5 all the time",
)
def given_back(given: Given, id: str, well: str, better: str, knew: int) -> None:
    """Keep it."""
    act(given, GiveFeedback, incident=id, knew=knew, well=well, better=better)
