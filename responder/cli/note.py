"""`note` and `undo`."""

from responder.cli.acting import act, house_to_act_in
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.cli.values import instant
from responder.commands.incidents.note import AddNote
from responder.commands.incidents.undo import Undo


@command("note", "写处置记录", "Write to the record")
@argument("incident")
@argument("text")
@option("--at", metavar="TIME", zh="所述之事何时发生", en="When it happened, if not now")
@option("--star", is_flag=True, zh="标星：关键一步", en="It is a turning point")
def note(given: Given, incident: str, text: str, at: str | None, star: bool) -> None:
    """Keep a note."""
    about = None
    if at:
        with house_to_act_in(given) as (house, _by):
            about = instant(at, house.clock.now(), house.roster().site.time_zone)
    act(given, AddNote, incident=incident, text=text, about_at=about, starred=star)


@command("undo", "撤销自己十分钟内的上一步操作", "Take back your own last act, for ten minutes")
def undo(given: Given) -> None:
    """Undo it, as a new entry."""
    act(given, Undo, pages=True)
