"""What `serve` says when it is up: what is real, what is sandbox, and what to do next."""

import shlex
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from responder.app import App
from responder.cli.given import Given
from responder.domain.organisation import DUTY_LEAD
from responder.domain.playbook import Playbook
from responder.domain.roster import Roster
from responder.ports.channel import Channel

DECLARERS = ("role:monitoring", "team:customer_service")


def greet(given: Given, house: App, channels: Iterable[Channel], address: str) -> None:
    """Say that it is up."""
    name = house.roster().site.firm.name.said(given.language)
    lines = [
        given.said(
            f"{name} 应急处置机器人已启动：{address}", f"Responder for {name} is up: {address}"
        ),
        _what_is_real(given, list(channels)),
        given.said("试一试（另开一个终端）：", "Try it, in another terminal:"),
        *(f"  {line}" for line in next_commands(house, given.site)),
        given.said("按 Ctrl-C 停止。", "Ctrl-C stops it."),
    ]
    click.echo("\n".join(lines))
    sys.stdout.flush()


def _what_is_real(given: Given, channels: list[Channel]) -> str:
    real = sorted({via for c in channels if c.real for via in c.vias})
    hand = {via for c in channels if c.name == "by_hand" for via in c.vias}
    play = sorted({via for c in channels if not c.real for via in c.vias} - hand - set(real))
    if not real:
        return given.said(
            f"全部为沙箱（{'、'.join(play)}）：什么都不会离开本机。",
            f"Everything is sandbox ({', '.join(play)}): nothing leaves this machine.",
        )
    return given.said(
        f"真实通道：{'、'.join(real)}；沙箱：{'、'.join(play) or '无'}。",
        f"Real: {', '.join(real)}; sandbox: {', '.join(play) or 'none'}.",
    )


def next_commands(house: App, site: str) -> Iterator[str]:
    """Commands to copy: a phone to watch, an incident to declare, taking it."""
    roster, now = house.roster(), house.clock.now()
    playbook = _playbook(roster)
    lead = roster.holder(DUTY_LEAD, now) or next(iter(roster.site.people), "")
    named = (p for target in DECLARERS for p in roster.resolve(target, now).people)
    declarer = next((p for p in named if p != lead), lead)
    run = program() + (f" --site {shlex.quote(site)}" if site else "")
    if not playbook or not lead:
        yield f"{run} check"
        return
    language = roster.site.languages[0]
    title = playbook.title.said(language) or playbook.id
    yield f"{run} handset {lead}"
    yield f"{run} --as {declarer} declare {playbook.id} --title {shlex.quote(title)}"
    yield f"{run} incident list"


def _playbook(roster: Roster) -> Playbook | None:
    playbooks = roster.site.playbooks
    return playbooks.get("trading-outage") or next(iter(playbooks.values()), None)


def program() -> str:
    """How this program was called, so that a command can be copied and works."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return f"{_near(Path(sys.executable))} -m responder"
    return "responder" if shutil.which("responder") else _near(called)


def _near(path: Path) -> str:
    """A path as short as it can be from here."""
    here = Path.cwd()
    shown = path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path
    return shlex.quote(str(shown))
