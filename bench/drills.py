"""Drills under load: twenty at once on the wall clock, and a four-hour scenario rehearsed.

Twenty drills of a hundred people each begin together; each sends its whole list a row every other
second. A row is late by what lies between its planned instant and the commit that sends it.

Floor of the rehearsal: the bare commits of as many rows with docs of the same size.
"""

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bench._figures import Goal, Spread, conclude, table
from bench._house import TEMPLATES, House, folder, house, serving
from responder import app
from responder.channels.sandbox import Sandbox
from responder.cli import drill_rehearsed as rehearsal
from responder.commands.drills.approving import ApproveDrill
from responder.commands.drills.starting import StartDrill
from responder.domain.drill import DrillScenario, Expected, Objective, Result, Row, Script
from responder.domain.drill_record import PLAN_HEADINGS
from responder.domain.organisation import Body
from responder.domain.organisation import Command as CommandBody
from responder.domain.people import Person, Way
from responder.domain.playbook import Playbook, Step
from responder.domain.record import By
from responder.domain.site import Site
from responder.domain.words import Words
from responder.site.sample import sample_folder

DRILLS, PEOPLE, ROWS = 20, 100, 10
EVERY, LEAD = timedelta(seconds=2), timedelta(seconds=4)
HOUR = timedelta(hours=1)
LENGTHENED = 2
"""The sample scenario lasts two hours: its times are doubled for a rehearsal of four."""
RUNS = 3
SCRIPTS = ("full", "failing")
"""Played to the full, and with hardly anything answered: then everybody is rung for hours."""
SAID = Words("报盘队列积压八千笔", "Eight thousand orders in the queue")
LED = By("boss", "bench")


# Twenty at once


def person(id: str) -> Person:
    return Person(id, Words(id, id), "technology", reach=(Way("slack", f"U{id}"),))


def scenario(number: int) -> DrillScenario:
    """A hundred people of its own, each row to all of them."""
    team = tuple(f"p{number}.{n}" for n in range(PEOPLE))
    taken = Expected("taken", "note", objective="o")
    rows = {
        f"r{n}": Row(
            f"r{n}",
            at=LEAD + n * EVERY,
            sender=SAID,
            to=team,
            by=("slack",),
            text=SAID,
            expects=(taken,) if n == 0 else (),
        )
        for n in range(ROWS)
    }
    return DrillScenario(
        f"s{number}",
        title=SAID,
        playbook="outage",
        lasts=HOUR,
        plan=dict.fromkeys(PLAN_HEADINGS, SAID),
        recipients=team,
        controllers=("boss",),
        objectives={"o": Objective("o", SAID)},
        rows=rows,
        scripts={
            "full": Script("full", (), {"taken": Result.DONE}),
            "failing": Script("failing", (), {"taken": Result.NOT_DONE}),
        },
    )


def firm() -> Site:
    scenarios = {one.id: one for one in map(scenario, range(DRILLS))}
    people = [person("boss"), person("chief")]
    people += [person(id) for one in scenarios.values() for id in one.recipients]
    return Site(
        people={one.id: one for one in people},
        grants={"coordinator": ("boss",)},
        command=CommandBody(Body("chief", ("chief",)), ("chief",)),
        playbooks={"outage": Playbook("outage", SAID, "outage", escalation=(Step(("boss",)),))},
        scenarios=scenarios,
    )


async def at_once(built: House) -> list[float]:
    """How late each row was sent, in seconds."""
    async with serving(built, Sandbox(), TEMPLATES):
        starts = [built.do(StartDrill(by=LED, scenario=f"s{n}")) for n in range(DRILLS)]
        replies = await asyncio.gather(*starts)
        await asyncio.sleep((LEAD + ROWS * EVERY).total_seconds() + 2)
    ids = [reply.id for reply in replies]
    return [lag for id in ids for lag in late(built, id)]


def late(built: House, id: str) -> Iterator[float]:
    for entry in built.store.read(lambda uow: uow.ledger.of(id)):
        if entry.kind == "RowSent" and entry.payload:
            planned = datetime.fromisoformat(entry.payload["planned"])
            yield (entry.at - planned).total_seconds()


def twenty() -> list[float]:
    with folder() as where, house(where, firm()) as built:
        for n in range(DRILLS):
            approve = ApproveDrill(by=By("chief", "bench"), scenario=f"s{n}")
            built.execute(approve).result()
        return asyncio.run(at_once(built))


# Four hours


def lengthened(one: DrillScenario) -> DrillScenario:
    """The same list over twice the time."""
    rows = {id: replace(row, at=LENGTHENED * row.at) for id, row in one.rows.items()}
    scripts = {
        id: replace(script, cues=tuple(replace(cue, at=LENGTHENED * cue.at) for cue in script.cues))
        for id, script in one.scripts.items()
    }
    return replace(one, lasts=LENGTHENED * one.lasts, rows=rows, scripts=scripts)


def rehearsed(where: Path, site: Site, one: DrillScenario, script: str) -> tuple[float, Path]:
    """The seconds that a rehearsal takes, and the database it leaves."""
    settings = rehearsal.settings_in(where, app.settings_of(sample_folder()))
    began = time.perf_counter()
    rehearsal.play(settings, site, one, one.scripts[script])
    return time.perf_counter() - began, where / "rehearsal.db"


def floor(database: Path, where: Path) -> tuple[float, int]:
    """As many rows, with docs of the same size, committed as often as the record has instants."""
    with sqlite3.connect(database) as read:
        docs = [row[0] for row in read.execute("SELECT payload FROM ledger_payloads")]
        instants = read.execute("SELECT count(DISTINCT at) FROM ledger_entries").fetchone()[0]
    bare = sqlite3.connect(where / "bare.db", isolation_level=None)
    bare.execute("PRAGMA journal_mode=WAL")
    bare.execute("PRAGMA synchronous=FULL")
    bare.execute("CREATE TABLE docs (id INTEGER PRIMARY KEY, doc TEXT)")
    size = max(len(docs) // instants, 1)
    began = time.perf_counter()
    for start in range(0, len(docs), size):
        bare.execute("BEGIN")
        rows = [(doc,) for doc in docs[start : start + size]]
        bare.executemany("INSERT INTO docs (doc) VALUES (?)", rows)
        bare.execute("COMMIT")
    seconds = time.perf_counter() - began
    bare.close()
    return seconds, len(docs)


def four_hours(script: str) -> tuple[float, float, int]:
    """The median's seconds, its floor's, and how many entries the ledger holds."""
    site = app.files_of(sample_folder())
    one = lengthened(site.scenarios["slow-matching-listing"])
    site = replace(site, scenarios={**site.scenarios, one.id: one})
    times, floors, entries = [], [], 0
    for _ in range(RUNS):
        with folder() as where:
            seconds, database = rehearsed(where, site, one, script)
            bare, entries = floor(database, where)
            times.append(seconds)
            floors.append(bare)
    return sorted(times)[RUNS // 2], sorted(floors)[RUNS // 2], entries


def main() -> None:
    lags = twenty()
    plays = {script: four_hours(script) for script in SCRIPTS}
    spread = Spread.of(lags)
    table(
        ("rows sent late by, ms", "p50", "p99", "most"),
        [(DRILLS * ROWS, spread.p50, spread.p99, spread.most)],
    )
    rows = [(script, *found) for script, found in plays.items()]
    table(("four hours rehearsed", "s", "floor s", "entries"), rows)
    goals = [
        Goal("rows sent", float(len(lags)), DRILLS * ROWS, least=True),
        Goal("latest row of twenty drills of a hundred", spread.most / 1000, 1.0, "s"),
        *(
            Goal(f"a four-hour scenario rehearsed, {script}", seconds, 5.0, "s")
            for script, (seconds, _, _) in plays.items()
        ),
    ]
    figures = {"late": spread, "rehearsals": plays}
    conclude("drills", figures, goals)


if __name__ == "__main__":
    main()
