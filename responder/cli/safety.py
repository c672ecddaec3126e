"""`safety`: roll-call (7.2: staff's safety first)."""

from responder.cli import show
from responder.cli.acting import act, looking, say_json
from responder.cli.frame import command, group
from responder.cli.given import Given, argument, option
from responder.commands.incidents.roll_call import AnswerRoll, CallRoll
from responder.commands.incidents.safety_board import safety_board


@command("ask", "点名：请大家报平安", "Ask people whether they are safe")
@argument("incident")
@option("--target", default="", zh="点谁（默认现场人员）", en="Whom; default: those on site")
def ask(given: Given, incident: str, target: str) -> None:
    """Start a roll-call."""
    act(given, CallRoll, pages=True, incident=incident, target=target)


@command("ok", "我平安", "I am safe")
@argument("incident")
def ok(given: Given, incident: str) -> None:
    """Safe."""
    act(given, AnswerRoll, incident=incident, safe=True)


@command("help", "我需要救助", "I need help")
@argument("incident")
def need_help(given: Given, incident: str) -> None:
    """Not safe."""
    act(given, AnswerRoll, pages=True, incident=incident, safe=False)


@command("board", "平安看板：平安、未应答、求助", "The board: safe, silent, in need")
@argument("incident")
def board(given: Given, incident: str) -> None:
    """Show how the roll-call stands."""
    with looking(given) as house:
        found = house.read(lambda uow, _now: safety_board(uow, incident))
    if given.as_json:
        say_json({"id": incident, **found.facts})
        return
    for line in found.lines(given.language):
        show.line(line)


safety = group("safety", "人员平安点名", "Roll-call: is everybody safe?", ask, ok, need_help, board)
