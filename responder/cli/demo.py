"""`responder demo`: the whole story on a virtual clock, through the real engine and database."""

import asyncio
import json
import shutil
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
from responder.commands.aftermath.incident_paper import ApproveIncidentReport, report_order
from responder.commands.firm import AcceptSite
from responder.commands.notices.queries import notice_shown
from responder.commands.reports import seen as reports_seen
from responder.domain.notice import stamped
from responder.domain.notice_blanks import clock_in, day_in
from responder.domain.outlet import INVESTORS
from responder.domain.record import By, Entry
from responder.domain.roster import Roster
from responder.domain.site import Site
from responder.evidence.verify import judged
from responder.settings import Settings

DATABASE, TIMELINE, REPORT = "demo.db", "timeline.txt", "incident.pdf"
NOTICE, TO_THE_REGULATOR, BUNDLE = "notice.txt", "regulator-initial.pdf", "bundle"
LEFT = (DATABASE, TIMELINE, REPORT, NOTICE, TO_THE_REGULATOR, BUNDLE)
KEY, FILES = "demo.key", "files"
"""What the house of the story needs beside its database: its key, its vault."""
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
    "LineApproved": "cyan",
    "NoticeReleased": "cyan",
    "NoticePublished": "bold cyan",
    "ReportPhoned": "bold yellow",
    "ReportSignedOff": "yellow",
    "ReportSubmitted": "bold yellow",
    "GradeConfirmed": "yellow",
    "EvidenceAdded": "cyan",
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
    """Play the story into DIR, leaving the database, the readable record and the papers there."""
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    settings = _settings_in(folder.resolve(), settings_for(given))
    began = perf_counter()
    site = app.files_of(settings.site)
    with app.staged(settings, _start(site), kept=True) as stage:
        stage.house.execute(AcceptSite(by=By("", "demo"), site=site))
        told = asyncio.run(Telling.of(given, stage).tell())
        for name, paper in _papers(given, stage, told).items():
            (folder / name).write_bytes(paper)
        _bundle(stage, told, folder / BUNDLE)
        verdict = stage.house.verify(None)
    (folder / TIMELINE).write_text("\n".join(told.lines) + "\n", encoding="utf-8")
    _close(given, told, folder, perf_counter() - began)
    if verdict.fault:
        click.echo(verdict.fault.said(given.language), err=True)
        raise click.exceptions.Exit(1)


def _settings_in(folder: Path, settings: Settings) -> Settings:
    """The site's, for a house that has everything of its own in the folder."""
    return replace(
        settings,
        database_url=f"sqlite:///{folder / DATABASE}",
        files_dir=folder / FILES,
        site_key_file=folder / KEY,
    )


def _papers(given: Given, stage: Stage, told: "Telling") -> dict[str, bytes]:
    """What leaders, the regulator and investors got."""
    read, press = stage.house.read, app.papers_of()
    incident, first = told.incident, f"{told.incident}/1"
    order = read(lambda uow, now: report_order(uow, incident, now))
    sheet = read(lambda uow, now: reports_seen.sheet(uow, first, now))
    notice = read(lambda uow, _now: notice_shown(uow, incident, "1"))
    site = told.roster.site
    zone, language = site.time_zone, given.language
    at = datetime.fromisoformat(notice["published_at"])
    day, clock = day_in(at, zone, language), clock_in(at, zone, language)
    text = stamped(notice["texts"][f"{INVESTORS}/{language}"], notice["no"], day, clock)
    return {
        REPORT: press.make("incident-report", order, language).pdf,
        TO_THE_REGULATOR: press.make("regulator-report", sheet, sheet.language).pdf,
        NOTICE: f"{text}\n".encode(),
    }


def _bundle(stage: Stage, told: "Telling", out: Path) -> None:
    """The evidence bundle; one that an earlier telling left makes way for it."""
    if (out / "bagit.txt").is_file():
        shutil.rmtree(out)
    app.export_bundle(stage.house, told.incident, out, told.by(story.LIAISON))
    judged(out)


def _start(site: Site) -> datetime:
    return datetime.fromisoformat(BEGINS).replace(tzinfo=ZoneInfo(site.time_zone))


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
        return cls(given, stage, stage.house.roster(), Console(highlight=False, soft_wrap=True))

    async def tell(self) -> "Telling":
        """Declare, then act after act, saying what happens at its own instant."""
        begun, language = self.stage.clock.now(), self.given.language
        by = self.by("role:monitoring")
        app.vault_of(self.stage.house.settings).keep([story.LOG])
        self.incident = self.stage.house.execute(story.declaration(by, language)).id
        for act in story.acts(language):
            await self._wait(begun + act.after)
            if isinstance(act, story.Aside):
                self._say(Text(f"          {act.says.said(language)}", "italic"))
            else:
                self.stage.house.execute(act.make(self.by(act.who), self.incident))
        await self._wait(begun + story.OVER_AFTER)
        author, approver = self.by(story.LIAISON).person, self.by(story.APPROVER)
        self.stage.house.execute(
            ApproveIncidentReport(by=approver, incident=self.incident, author=author)
        )
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

    def by(self, who: str) -> By:
        """Whoever plays a part, at a handset."""
        return By(self._player(who), "handset")

    def _player(self, who: str) -> str:
        """Who plays a part: the third in succession, the second liaison, the nth of a team, else
        a role's holder.
        """
        if who == "third":
            return self.roster.site.command.succession[2]
        if who == story.LIAISON:
            return self.roster.site.liaisons[1].person
        target, _, place = who.partition("/")
        return self.roster.resolve(target, self.stage.clock.now()).people[int(place or 0)]


def _close(given: Given, told: Telling, folder: Path, seconds: float) -> None:
    files = [str(folder / name) for name in LEFT]
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
