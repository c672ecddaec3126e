"""Killed at each named point, a drill goes on where it stood: no row twice, nothing leaks (P5)."""

from datetime import timedelta

import pytest

from responder.commands.firm import AcceptSite
from responder.commands.subjects import handle
from responder.domain.fence import FIRST_WORDS
from responder.store.proofs import verify_ledger
from tests.chaos import drill
from tests.chaos.child import Orders
from tests.chaos.journal import Journal
from tests.chaos.load import EVENING
from tests.chaos.points import points
from tests.chaos.scene import KILLED, LIFETIME, NURSERY, opened

DOWN = timedelta(seconds=4)
DRILL, WARNED = "DRL-2026-0001", "DRL-WRN-2026-0001"
VISIT = 5
"""By then the drill is under way: its first row is out, people are being rung."""


def live(database: str, provider, journal: Journal, kill: tuple[str, int]) -> int:
    """One process from start to end; returns how it ended."""
    at = (journal.reached() or EVENING) + DOWN * (journal.reached() is not None)
    orders = Orders(database, provider.url, str(journal.path), at.isoformat(), kill)
    process = NURSERY.Process(target=drill.main, args=(orders,))
    process.start()
    try:
        process.join(LIFETIME)
        assert process.exitcode is not None, "a process does not come to an end"
        return process.exitcode
    finally:
        process.kill()
        process.join()


@pytest.mark.chaos
@pytest.mark.parametrize("point", points("sqlite"))
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_drill_survives_being_killed(database, provider, tmp_path, point):
    """It resumes and ends by itself, and its early warning with it; what left was marked, and for
    its people alone.
    """
    journal = Journal(tmp_path / "journal")
    with opened(database) as store:
        store.run(lambda uow: handle(AcceptSite(site=drill.site()), uow, EVENING))
    ended = live(database, provider, journal, (point, VISIT))
    errors = journal.errors.read_text(encoding="utf-8")
    assert ended == KILLED, errors or f"{point} was not reached {VISIT} times"
    assert live(database, provider, journal, ("", 0)) == 0, journal.errors.read_text(
        encoding="utf-8"
    )
    with opened(database, read_only=True) as store:
        assert verify_ledger(store).ok
        runs = store.read(lambda uow: uow.drill_runs.all())
        entries = store.read(lambda uow: uow.ledger.of(DRILL))
        warned = store.read(lambda uow: uow.ledger.of(WARNED))
        outbox = store.read(lambda uow: [*uow.outbox.of(DRILL), *uow.outbox.of(WARNED)])
        people = {m.to: m.person for m in outbox}
    assert list(runs) == [DRILL]
    assert runs[DRILL].ended is not None
    kinds = [entry.kind for entry in entries]
    assert [kinds.count(kind) for kind in ("DrillStarted", "RowSent", "DrillEnded")] == [1, 1, 1]
    kinds = [entry.kind for entry in warned]
    assert [kinds.count(kind) for kind in ("WarningRaised", "WarningMoved")] == [1, 1]
    sent = list(provider.accepted)
    assert sent
    assert [one for one in sent if not one.text.startswith(FIRST_WORDS)] == []
    assert {people[one.to] for one in sent} <= set(drill.INSIDE)
