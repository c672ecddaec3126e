"""`drill rehearse`: a whole scenario before the day, on a virtual clock, by the real engine."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import click

from responder import app
from responder.app import Stage
from responder.cli import show
from responder.cli.acting import say_json, settings_for
from responder.cli.drill_seen import say_scores
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.commands.drills.approving import ApproveDrill
from responder.commands.drills.queries import drill_shown
from responder.commands.drills.starting import StartDrill
from responder.commands.firm import AcceptSite
from responder.domain.drill import Cue, DrillScenario, Result, Script
from responder.domain.message import Message
from responder.domain.record import By
from responder.domain.site import Site
from responder.drills.flaws import flaws
from responder.drills.sessions import met_on
from responder.errors import BadInput, UnknownId
from responder.inbound.language.conversation import Conversation
from responder.inbound.language.speak import Interpreter
from responder.settings import Settings

DOOR = "rehearsal"
DAYS_AHEAD = 14
SECOND = timedelta(seconds=1)


@dataclass
class Rehearsal:
    """One script played to its end: what was refused on the way, and what came of it."""

    scenario: DrillScenario
    script: Script
    begun: datetime
    refused: list[tuple[Cue, str]] = field(default_factory=list)
    found: dict[str, Any] = field(default_factory=dict)
    sent: list[dict[str, Any]] = field(default_factory=list)

    @property
    def results(self) -> dict[str, str | None]:
        """What came of each expected action."""
        return {one["id"]: one["result"] for one in self.found["expected"]}

    @property
    def otherwise(self) -> list[tuple[str, Result, str | None]]:
        """What ended otherwise than the script says; a row that did not apply asks for nothing."""
        skipped = self.found["skipped"]
        wanted = [
            (id, result)
            for id, result in self.script.results.items()
            if self.scenario.expected[id][0].id not in skipped
        ]
        return [(id, r, self.results.get(id)) for id, r in wanted if self.results.get(id) != r]

    @property
    def is_as_scripted(self) -> bool:
        """Whether every line was understood and every result is the script's."""
        return not self.refused and not self.otherwise


@command(
    "rehearse",
    "在虚拟时钟上预演整个脚本：谁收到什么、各项做到没有；与脚本所写不符则退出码为1",
    "Rehearse a whole scenario on a virtual clock; exit 1 if it ends otherwise than scripted",
)
@argument("scenario", metavar="SCENARIO|FILE")
@option("--script", default="", zh="用哪个应答脚本（默认第一个）", en="Which script; the first")
def rehearsed(given: Given, scenario: str, script: str) -> None:
    """Play it."""
    settings = settings_for(given)
    site = app.files_of(settings.site)
    one = _named(site, scenario)
    if flaw := next(flaws(one, site), None):
        raise BadInput(f"{flaw.what.zh}。", f"{flaw.what.en}.", flaw.mend.zh, flaw.mend.en)
    chosen = _script(one, script)
    began = perf_counter()
    with TemporaryDirectory(prefix="responder-rehearsal-") as folder:
        played = play(settings_in(Path(folder), settings), site, one, chosen)
    _say(given, site, played, perf_counter() - began)
    if not played.is_as_scripted:
        raise click.exceptions.Exit(1)


def _named(site: Site, scenario: str) -> DrillScenario:
    id = scenario.rpartition("/")[2].removesuffix(".yaml")
    if id not in site.scenarios:
        raise UnknownId("演练脚本", "scenario", scenario, site.scenarios)
    return site.scenarios[id]


def _script(one: DrillScenario, script: str) -> Script:
    if not script:
        return next(iter(one.scripts.values()))
    if script not in one.scripts:
        raise UnknownId("应答脚本", "script", script, one.scripts)
    return one.scripts[script]


def settings_in(folder: Path, settings: Settings) -> Settings:
    return replace(
        settings,
        database_url=f"sqlite:///{folder / 'rehearsal.db'}",
        files_dir=folder / "files",
        site_key_file=folder / "rehearsal.key",
        public_url="",
    )


def play(settings: Settings, site: Site, one: DrillScenario, script: Script) -> Rehearsal:
    """A script from the start of its drill to the end, in a house of its own."""
    begun = _planned(site, one)
    played = Rehearsal(one, script, begun)
    with app.staged(settings, begun) as stage:
        stage.house.execute(AcceptSite(by=By("", DOOR), site=site))
        asyncio.run(_played(stage, played))
    return played


def _planned(site: Site, one: DrillScenario) -> datetime:
    """The first day from tomorrow on which it meets no session, at its planned time."""
    zone = ZoneInfo(site.time_zone)
    today = app.system_clock().now().astimezone(zone)
    midnight = today.replace(hour=0, minute=0, second=0, microsecond=0)
    days = [midnight + timedelta(days=n) + one.starts for n in range(1, DAYS_AHEAD)]
    return next((day for day in days if not met_on(one, site, day)), days[0])


async def _played(stage: Stage, played: Rehearsal) -> None:
    conductor = By(_conductor(stage, played.scenario), DOOR)
    approver = By(_approver(stage, played.scenario), DOOR)
    stage.house.execute(ApproveDrill(by=approver, scenario=played.scenario.id))
    reason = "rehearsal" * bool(met_on(played.scenario, stage.house.roster().site, played.begun))
    start = StartDrill(by=conductor, scenario=played.scenario.id, in_session=reason)
    id = stage.house.execute(start).id
    interpreter = Interpreter(stage.house, app.words_for)
    chats: dict[str, Conversation] = {}
    for cue in sorted(played.script.cues, key=lambda cue: cue.at):
        await stage.until(played.begun + cue.at)
        who = _speaker(stage, id, cue)
        chat = chats.setdefault(who, Conversation(incident=id, alone=True))
        chat.incident = chat.incident or id
        answer = interpreter.speak(cue.says, By(who, DOOR), chat)
        if answer.refused or not who:
            played.refused.append((cue, answer.text))
    await stage.until(played.begun + played.scenario.lasts + SECOND)
    played.found = stage.house.read(lambda uow, now: drill_shown(uow, id, now))
    of_it = (id, *(one["id"] for one in played.found["warnings"]))
    messages = stage.house.read(lambda uow, _now: [m for one in of_it for m in uow.outbox.of(one)])
    messages.sort(key=lambda message: message.ready_at)
    played.sent = list(_sent(messages, played.begun))


def _conductor(stage: Stage, one: DrillScenario) -> str:
    grants = stage.house.roster().site.grants
    known = grants.get("coordinator", ())
    return one.owner if one.owner in known else next(iter(known), one.owner)


def _approver(stage: Stage, one: DrillScenario) -> str:
    command_body = stage.house.roster().command_body
    return next((person for person in command_body if person != one.owner), "")


def _speaker(stage: Stage, id: str, cue: Cue) -> str:
    """Whoever the cue means in this drill, at its instant."""
    from responder.commands.case import Case  # noqa: PLC0415 - a rehearsal alone needs it

    def find(uow: Any, now: datetime) -> str:
        people = Case.load(uow, id, now).roster.resolve(cue.who, now).people
        return people[0] if people else ""

    return stage.house.read(find)


def _sent(messages: list[Message], begun: datetime) -> Iterator[dict[str, Any]]:
    for one in messages:
        if one.text:
            t = int(((one.settled_at or one.ready_at) - begun).total_seconds())
            yield {"t": t, "person": one.person, "via": one.via, "text": one.text}


def _say(given: Given, site: Site, played: Rehearsal, seconds: float) -> None:
    if given.as_json:
        kept = {
            key: played.found[key] for key in ("id", "absent", "expected", "counts", "objectives")
        }
        say_json(
            {
                "scenario": played.scenario.id,
                "script": played.script.id,
                "as_scripted": played.is_as_scripted,
                "refused": [
                    {"who": cue.who, "says": cue.says, "why": why} for cue, why in played.refused
                ],
                "sent": played.sent,
                **kept,
            }
        )
        return
    names = show.Names(site, given.language)
    said = names.said
    show.line(f"{played.scenario.title.said(given.language)} · {played.script.id}", "bold")
    say_scores(played.found, names)
    for cue, why in played.refused:
        show.line(
            said(
                f"没听懂或被拒：{cue.who} “{cue.says}”：{why}",
                f"Refused: {cue.who} “{cue.says}”: {why}",
            ),
            "bold red",
        )
    for id, wanted, found in played.otherwise:
        show.line(
            said(
                f"{id}应为{wanted.value}，实为{found}", f"{id} was to be {wanted.value}, is {found}"
            ),
            "bold red",
        )
    people = len({one["person"] for one in played.sent})
    show.line(
        said(
            f"{len(played.sent)}条消息发给{people}人，用时{seconds:.1f}秒。",
            f"{len(played.sent)} messages to {people} people, in {seconds:.1f} s.",
        )
    )
