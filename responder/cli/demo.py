"""`responder demo`: the whole story on a virtual clock, through the real engine and database."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.text import Text

from responder import app
from responder.app import Stage
from responder.cli import story
from responder.cli.acting import settings_for
from responder.cli.frame import command
from responder.cli.given import Given, option
from responder.domain.record import By, Entry
from responder.domain.roster import Roster
from responder.settings import Settings

DATABASE, TIMELINE = "demo.db", "timeline.txt"
BEGINS = "2026-11-23T20:15:00"
"""When the story begins, in the site's zone: a Monday evening."""
SHOWN = {
    "Declared": "bold red",
    "StepStarted": "yellow",
    "Rang": "yellow",
    "Asked": "magenta",
    "HandedDown": "bold magenta",
    "Acknowledged": "bold green",
    "CommandTaken": "green",
    "Completed": "bold green",
    "Seen": "dim",
    "Answered": "bold magenta",
    "Noted": "cyan",
    "RollCalled": "cyan",
    "RollCalledAgain": "cyan",
    "ReportedSafe": "cyan",
    "TaskDone": "blue",
    "TaskOverdue": "bold yellow",
    "PhaseChanged": "bold",
}
"""What the screen shows, and how; the whole record goes to the file."""


@command(
    "demo", "在虚拟时钟上演示全过程，真引擎，真数据库", "Tell the whole story on a virtual clock"
)
@option("--out", zh="放结果的文件夹", en="Folder for the results", default="demo", metavar="DIR")
def demo(given: Given, out: str) -> None:
    """Play the story into DIR, leaving the database and the readable record there."""
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    settings = replace(
        settings_for(given), database_url=f"sqlite:///{(folder / DATABASE).resolve()}"
    )
    began = perf_counter()
    with app.staged(settings, _start(settings)) as stage:
        told = asyncio.run(Telling.of(given, stage).tell())
        verdict = stage.house.verify(None)
    (folder / TIMELINE).write_text("\n".join(told.lines) + "\n", encoding="utf-8")
    _close(given, told, folder, perf_counter() - began)
    if verdict.fault:
        click.echo(verdict.fault.said(given.language), err=True)
        raise click.exceptions.Exit(1)


def _start(settings: Settings) -> datetime:
    zone = ZoneInfo(app.files_of(settings.site).time_zone)
    return datetime.fromisoformat(BEGINS).replace(tzinfo=zone)


@dataclass
class Telling:
    """The story as it is told: who plays, what was already said."""

    given: Given
    stage: Stage
    roster: Roster
    console: Console
    incident: str = ""
    read: int = 0

    def __post_init__(self) -> None:
        self.lines: list[str] = []

    @classmethod
    def of(cls, given: Given, stage: Stage) -> "Telling":
        """A story about to begin, in a house with its site in force."""
        stage.house.take_files(By("", "demo"))
        return cls(given, stage, stage.house.roster(), Console(highlight=False, soft_wrap=True))

    async def tell(self) -> "Telling":
        """Declare, then act after act, saying what happens at its own instant."""
        begun, language = self.stage.clock.now(), self.given.language
        by = self._by("role:monitoring")
        self.incident = self.stage.house.execute(story.declaration(by, language)).id
        for act in story.acts(language):
            await self._wait(begun + act.after)
            if isinstance(act, story.Aside):
                self._say(Text(f"          {act.says.said(language)}", "italic"))
            else:
                self.stage.house.execute(act.make(self._by(act.who), self.incident))
        await self._wait(begun + story.OVER_AFTER)
        return self

    async def _wait(self, at: datetime) -> None:
        await self.stage.until(at)
        for entry in self._new_entries():
            line = app.timeline_line(entry, self.roster.site, self.given.language)
            self.lines.append(f"{entry.seq:>5}  {line}")
            if entry.kind in SHOWN:
                self._say(Text(line, SHOWN[entry.kind]))

    def _new_entries(self) -> Iterator[Entry]:
        entries = self.stage.house.store.read(lambda uow: uow.ledger.of(self.incident))
        fresh = [entry for entry in entries if entry.seq > self.read]
        self.read = max((entry.seq for entry in fresh), default=self.read)
        return iter(fresh)

    def _say(self, text: Text) -> None:
        if not self.given.as_json:
            self.console.print(text)

    def _by(self, who: str) -> By:
        return By(self._player(who), "handset")

    def _player(self, who: str) -> str:
        """Who plays a part: the third in succession, the nth of a team, else a role's holder."""
        if who == "third":
            return self.roster.site.command.succession[2]
        target, _, place = who.partition("/")
        return self.roster.resolve(target, self.stage.clock.now()).people[int(place or 0)]


def _close(given: Given, told: Telling, folder: Path, seconds: float) -> None:
    files = [str(folder / DATABASE), str(folder / TIMELINE)]
    if given.as_json:
        click.echo(json.dumps({"id": told.incident, "entries": len(told.lines), "files": files}))
        return
    said = given.said
    click.echo("")
    click.echo(
        said(
            f"处置记录{len(told.lines)}条，核验完整，用时{seconds:.1f}秒：{'、'.join(files)}",
            f"{len(told.lines)} entries, verified, in {seconds:.1f} s: {', '.join(files)}",
        )
    )
    click.echo(
        said(
            f"再核验：RESPONDER_DATABASE_URL=sqlite:///{files[0]} responder ledger verify",
            f"Verify it again: RESPONDER_DATABASE_URL=sqlite:///{files[0]} responder ledger verify",
        )
    )
