"""A thousand open incidents, what each owes under the sample site's regimes computed anew.

First as it stands, then after each incident's first report was sent, so that every one of them
gets new rows. Floor: as many docs read and decoded, and as many written, raw, in one commit.
"""

import json
import sqlite3
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median

from bench._figures import Goal, conclude, table
from bench._house import EVENING, House, SteadyClock, declaration, firm, folder, house
from responder.commands.obligations.obligation import reconcile
from responder.commands.subjects import handle
from responder.domain.obligation import Obligation
from responder.domain.organisation import Liaison
from responder.domain.site import Site
from responder.ports.unit_of_work import UnitOfWork
from responder.site.loader import load

INCIDENTS = 1_000
RUNS = 5
CHUNK = 250
SAMPLE = Path(__file__).parents[1]
SENT_AT = EVENING + timedelta(minutes=5)


def regulated() -> Site:
    """A small firm under the sample site's regimes."""
    sample = load(SAMPLE).site
    rules = {"applies": sample.applies, "regimes": sample.regimes, "calendars": sample.calendars}
    return replace(firm(("first",)), liaisons=(Liaison("first"),), **rules)  # type: ignore[arg-type]


def declared(built: House) -> list[str]:
    """All of them, open, with what they owe."""
    ids = []
    for start in range(0, INCIDENTS, CHUNK):
        waiting = [
            built.store.submit(lambda uow: handle(declaration(), uow, EVENING))
            for _ in range(start, start + CHUNK)
        ]
        ids += [answer.result().id for answer in waiting]
    return ids


def recomputed(built: House, ids: list[str]) -> float:
    """Seconds until all is computed anew and committed."""

    def work(uow: UnitOfWork) -> None:
        for id in ids:
            reconcile(uow, id, SENT_AT)

    began = time.perf_counter()
    built.store.run(work)
    return time.perf_counter() - began


def send(built: House) -> int:
    """Every report that is due is sent, by no command, so that nothing is computed yet."""

    def work(uow: UnitOfWork) -> int:
        rows = [row for row in uow.obligations.open().values() if row.due_at is not None]
        for row in rows:
            row.done_at, row.done_by = SENT_AT, "first"
            uow.obligations.put(row.key, row)
        return len(rows)

    return built.store.run(work)


def rows_of(built: House) -> list[Obligation]:
    return built.store.read(lambda uow: list(uow.obligations.all().values()))


def floor(database: Path, where: Path) -> float:
    """Seconds to read and decode every doc of the three shelves, and to write the obligations."""
    source = sqlite3.connect(database)
    began = time.perf_counter()
    docs = []
    for shelf in ("incidents", "dossiers", "obligations"):
        docs = source.execute(f"SELECT id, incident, open, doc FROM {shelf}").fetchall()
        for row in docs:
            json.loads(row[3])
    read = time.perf_counter() - began
    source.close()
    raw = sqlite3.connect(where / "floor.db", isolation_level=None)
    raw.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "DROP TABLE IF EXISTS o;"
        "CREATE TABLE o (id TEXT UNIQUE, incident TEXT, open INT, doc TEXT);"
    )
    began = time.perf_counter()
    raw.execute("BEGIN IMMEDIATE")
    raw.executemany("INSERT INTO o VALUES (?,?,?,?)", docs)
    raw.execute("COMMIT")
    took = read + time.perf_counter() - began
    raw.close()
    return took


def main() -> None:
    with folder() as where, house(where, regulated(), SteadyClock(EVENING)) as built:
        ids = declared(built)
        before = len(rows_of(built))
        unchanged = median(recomputed(built, ids) for _ in range(RUNS))
        sent = send(built)
        changed = recomputed(built, ids)
        after = len(rows_of(built))
        least = median(floor(where / "responder.db", where) for _ in range(RUNS))
    table(
        ("what 1,000 open incidents owe, computed anew", "ms", "rows"),
        [
            ("nothing changed", 1000 * unchanged, before),
            (f"after {sent:,} reports were sent", 1000 * changed, after),
            ("floor: their docs read, and written once", 1000 * least, after),
        ],
    )
    goals = [
        Goal("rows an incident at least", before / INCIDENTS, 1, least=True),
        Goal("nothing changed", unchanged, 1, "s"),
        Goal("after reports were sent", changed, 1, "s"),
    ]
    figures = {"unchanged_s": unchanged, "changed_s": changed, "floor_s": least, "rows": after}
    conclude("obligations", figures, goals)


if __name__ == "__main__":
    main()
