"""The phone as a live view: it rings, it is looked at five times a second, keys work at once."""

import os
import select
import sys
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console, Group
from rich.live import Live
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from responder.cli.failing import one_line
from responder.cli.phone import SHOWN, Phone, reference
from responder.commands.paging.screen import Call, Screen
from responder.errors import ResponderError

LOOK_EVERY = 0.2
QUIT = frozenset("qQ\x03\x04")
NEXT = "\t"
BELL_EVERY = 10
"""Looks between two bells: one every two seconds."""


def live(phone: Phone) -> None:
    """Show the phone until `q`."""
    console, looks = Console(highlight=False), 0
    with _keys_at_once(), Live(console=console, screen=True, auto_refresh=False) as view:
        while True:
            found = phone.look()
            _follow(phone, found)
            view.update(_picture(phone, found), refresh=True)
            if looks % BELL_EVERY == 0 and any(call.rings for call in found.calls):
                console.bell()
            looks += 1
            key = _key()
            if key in QUIT:
                return
            if key:
                _press(phone, key, found)


def _follow(phone: Phone, found: Screen) -> None:
    """Stay with what is selected while it waits; else turn to the most urgent."""
    if found.calls and all(call.subject != phone.subject for call in found.calls):
        phone.select(found.calls[0])


def _press(phone: Phone, key: str, found: Screen) -> None:
    if key == NEXT:
        _turn(phone, found)
        return
    try:
        phone.press(key)
    except ResponderError as error:
        phone.said = error.said(phone.given.language)


def _turn(phone: Phone, found: Screen) -> None:
    if found.calls:
        subjects = [call.subject for call in found.calls]
        place = subjects.index(phone.subject) if phone.subject in subjects else -1
        phone.select(found.calls[(place + 1) % len(subjects)])


def _picture(phone: Phone, found: Screen) -> Group:
    parts: list[Panel | Table | Text] = [_call(phone, call, found) for call in found.calls]
    if not parts:
        parts.append(Text(phone.given.said("没有待您答复的呼叫。", "Nothing waits for you.")))
    if phone.said:
        parts.append(Panel(Text(one_line(phone.said)), border_style="green"))
    parts.append(_inbox(phone, found))
    hint = "Tab 换一件 · q 退出", "Tab the next one · q quits"
    parts.append(Text(phone.given.said(*hint), style="dim"))
    title = Text(f"☎ {phone.names.person(found.person)}", style="bold")
    return Group(title, *parts)


def _call(phone: Phone, call: Call, found: Screen) -> Panel:
    chosen = call.subject == phone.subject
    body = Text("\n".join(one_line(line) for line in call.message.text.splitlines()))
    if chosen:
        body.append(f"\n\n{phone.choices(call.message)}", style="bold")
    style = "bold red" if call.rings else "yellow"
    bell = phone.given.said("响铃 ", "RINGING ") if call.rings else ""
    return Panel(
        body,
        title=Text(f"{bell}[{reference(call, found)}] {phone.headline(call.message)}"),
        title_align="left",
        border_style=style if chosen else "dim",
    )


def _inbox(phone: Phone, found: Screen) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(no_wrap=True, style="dim")
    table.add_column(no_wrap=True, overflow="ellipsis")
    for message in found.messages[-SHOWN:]:
        words = one_line(" ".join(message.text.split()))
        table.add_row(Text(phone.headline(message)), Text(words))
    return table


@contextmanager
def _keys_at_once() -> Iterator[None]:
    """Keys come one by one and are not shown; the terminal is as before afterwards."""
    before = termios.tcgetattr(sys.stdin)
    tty.setcbreak(sys.stdin)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def _key() -> str:
    """A key pressed within the time of a look, or nothing."""
    ready, _, _ = select.select([sys.stdin], [], [], LOOK_EVERY)
    return os.read(sys.stdin.fileno(), 1).decode(errors="ignore") if ready else ""
