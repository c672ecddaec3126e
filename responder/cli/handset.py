"""`handset`: a sandbox phone in the terminal."""

import sys
from typing import Any

import click

from responder.cli.acting import house_to_act_in, os_user, say_json
from responder.cli.acting import looking as looking_in
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.cli.phone import Phone, choose
from responder.commands.paging.screen import Screen
from responder.domain.keys import menu
from responder.domain.message import Message
from responder.domain.record import By

DOOR = "handset"


@command(
    "handset",
    "终端里的模拟电话：来电响铃，按键答复。1接手 2转下一位 4同意 6不同意 9求助 *重听 0帮助 q退出",
    "A sandbox phone in the terminal: it rings, keys answer. 1 take, 2 next, 4 approve, 6 reject,"
    " 9 help needed, * repeat, 0 help, q quits",
)
@argument("person")
@option("--once", is_flag=True, zh="只显示一次", en="Show it once")
@option(
    "--key", "keys", multiple=True, metavar="K", zh="按键，可多次", en="Press a key; may repeat"
)
@option("--message", default="", metavar="CODE", zh="答复哪一条", en="Which one is answered")
def handset(given: Given, person: str, once: bool, keys: tuple[str, ...], message: str) -> None:
    """Show the phone, press keys on it, or let a person do both."""
    given.person = person
    if keys:
        _press(given, "".join(keys), message)
    elif once or given.as_json or not sys.stdin.isatty():
        _show(given)
    else:
        from responder.cli.live import live  # noqa: PLC0415 - for a terminal only

        with house_to_act_in(given, DOOR) as (house, by):
            live(Phone(given, house, by))


def _press(given: Given, keys: str, code: str) -> None:
    """Press keys one after another on one thing that waits; the last answer is told."""
    with house_to_act_in(given, DOOR) as (house, by):
        phone = Phone(given, house, by)
        chosen = choose(phone.look(), code)
        phone.select(chosen)
        for key in keys:
            phone.press(key)
    if not given.as_json:
        click.echo(phone.said)
        return
    facts = phone.reply.facts if phone.reply else {}
    waits = {"awaits": phone.awaits.value} if phone.awaits else {}
    say_json({"id": chosen.message.incident, "said": phone.said, **facts, **waits})


def _show(given: Given) -> None:
    with looking_in(given) as house:
        phone = Phone(given, house, By(given.person, DOOR, os_user()))
        found = phone.look()
    if given.as_json:
        say_json(_document(found))
    else:
        click.echo("\n".join(phone.lines(found)))


def _document(found: Screen) -> dict[str, Any]:
    waiting = [
        {
            **_message(call.message),
            "rings": call.rings,
            "keys": {key: act.value for key, act in menu(call.message.purpose).items()},
        }
        for call in found.calls
    ]
    messages = [_message(message) for message in found.messages]
    return {"person": found.person, "waiting": waiting, "messages": messages}


def _message(message: Message) -> dict[str, Any]:
    return {
        "id": message.id,
        "incident": message.incident,
        "code": message.code,
        "purpose": message.purpose.value,
        "decision": message.facts.get("decision"),
        "via": message.via,
        "at": (message.settled_at or message.ready_at).isoformat(),
        "text": message.text,
        "drill": message.drill,
    }
