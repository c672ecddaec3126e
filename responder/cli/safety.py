"""`safety`: roll-call (7.2: staff's safety first)."""

from responder.cli.acting import act
from responder.cli.frame import command, group
from responder.cli.given import Given, argument, option
from responder.commands.roll_call import AnswerRoll, CallRoll


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


safety = group("safety", "人员平安点名", "Roll-call: is everybody safe?", ask, ok, need_help)
