"""`contact`: how to reach a person or a related unit, for a purpose, on record."""

from responder.cli.acting import act
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.commands.manual.contact import ShowContact


@command(
    "contact",
    "怎么联系某人或关联单位：按权限显示，须写明用途，留痕",
    "How to reach a person or a related unit: as far as you may see it, for a purpose, on record",
)
@argument("whom", metavar="NAME|UNIT")
@option("--why", default="", zh="用途：事件编号，或一句话", en="What for: an incident, or a line")
@option("--incident", default="", zh="为哪个事件", en="For which incident")
def contact(given: Given, whom: str, why: str, incident: str) -> None:
    """Look it up."""
    act(given, ShowContact, whom=whom, why=why, incident=incident)
