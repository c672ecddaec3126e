"""`test`: do my ways work?"""

import click

from responder.cli.acting import act
from responder.cli.frame import command
from responder.cli.given import Given, option
from responder.commands.reachability.self_test import TryMyWays
from responder.domain.people import VIAS


@command(
    "test",
    "只向本人发测试，看每种联系方式通不通",
    "Send a test to yourself alone, by every way you have",
)
@option("--via", type=click.Choice(VIAS), zh="只测这一种方式", en="By this way only")
def test(given: Given, via: str | None) -> None:
    """Send it."""
    act(given, TryMyWays, pages=True, via=via or "")
