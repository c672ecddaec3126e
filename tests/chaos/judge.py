"""What must be true of a database and its provider once all is done, whatever was killed."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import select

from responder.commands.case import AUTHORITY
from responder.commands.pursuit import ESCALATION
from responder.domain.escalation import LATE
from responder.domain.message import Message, Purpose, State
from responder.domain.record import Entry
from responder.evidence.instants import micros
from responder.ports.unit_of_work import UnitOfWork
from responder.store.proofs import verify_ledger
from responder.store.statements import Statement
from responder.store.store import Store
from responder.store.tables import METADATA
from tests.chaos import load
from tests.chaos.scene import Scene, opened

MOST = 100_000
THROUGH = (State.ACCEPTED, State.DELIVERED)
RUNGS = (Purpose.PAGE, Purpose.DECISION)
ROWS = {table.name: Statement(select(*table.columns)) for table in METADATA.sorted_tables}

Rows = dict[str, list[tuple[Any, ...]]]


def judge(scene: Scene, under_way: timedelta = timedelta(0)) -> None:
    """Every promise that a kill could break, one after the other.

    `under_way` is how long a message may have been on its way when what it is about was over.
    """
    with opened(scene.database, read_only=True) as store:
        _is_sound(store)
        _confirmed_survived(scene, store)
        _counted_without_gaps(store)
        _timers_are_armed(store)
        _pages_went_out(scene, store)
        _time_was_kept(scene, store)
        _nobody_rung_after_answering(store)
        _nobody_paged_in_vain(scene, store, under_way)
    scene.provider.over()


def contents(scene: Scene) -> Rows:
    """Every row of every table."""
    with opened(scene.database, read_only=True) as store, store.reading() as session:
        return {name: sorted(session.rows(rows)) for name, rows in ROWS.items()}


def record(store: Store) -> list[Entry]:
    """The whole ledger."""
    return store.read(lambda uow: uow.ledger.all(0, MOST))


def messages(store: Store) -> list[Message]:
    """The whole outbox, in the order enqueued."""

    def work(uow: UnitOfWork) -> list[Message]:
        return [message for id in uow.incidents.all() for message in uow.outbox.of(id)]

    return store.read(work)


# The promises


def _is_sound(store: Store) -> None:
    """The database is whole and the chain unbroken, each entry no earlier than the one before."""
    store.check()
    verdict = verify_ledger(store)
    assert verdict.ok, verdict.fault
    entries = record(store)
    assert [entry.seq for entry in entries] == list(range(1, verdict.entries + 1))
    assert all(before.at <= after.at for before, after in pairwise(entries))


def _confirmed_survived(scene: Scene, store: Store) -> None:
    """What was confirmed is in the database and on the ledger, once (P3, P4)."""
    incidents = store.read(lambda uow: uow.incidents.all())
    escalations = store.read(lambda uow: uow.escalations.all())
    entries = Counter((entry.kind, entry.subject, entry.actor) for entry in record(store))
    confirmed = scene.journal.confirmed()
    assert set(confirmed) == {act.name for act in load.acts()}
    for act in load.acts():
        id, _ = confirmed[act.name]
        assert incidents[id].title == load.title(act.incident)
        if act.follows:
            assert act.person in escalations[id].acknowledged
            assert entries["Acknowledged", id, act.person] == 1
        else:
            assert entries["Declared", id, act.person] == 1


def _counted_without_gaps(store: Store) -> None:
    """One incident for each fault, numbered from 1."""
    incidents = store.read(lambda uow: uow.incidents.all())
    assert sorted(incident.title for incident in incidents.values()) == sorted(
        load.title(number) for number in range(load.INCIDENTS)
    )
    numbers = sorted(int(id.rpartition("-")[2]) for id in incidents)
    assert numbers == list(range(1, load.INCIDENTS + 1))


def _timers_are_armed(store: Store) -> None:
    """What has an instant to come has a timer for just that instant, and nothing else has."""

    def work(uow: UnitOfWork) -> dict[tuple[str, str], datetime | None]:
        dues = {(ESCALATION, id): e.next_due for id, e in uow.escalations.all().items()}
        return dues | {(AUTHORITY, id): a.next_due for id, a in uow.authorities.all().items()}

    wanted = {key: micros(due) for key, due in store.read(work).items() if due is not None}
    with store.reading() as session:
        armed = {(kind, subject): due for kind, subject, due in session.rows(ROWS["timers"])}
    assert {k: due for k, due in armed.items() if k[0] in (ESCALATION, AUTHORITY)} == wanted


def _pages_went_out(scene: Scene, store: Store) -> None:
    """Each page reached the provider, joined a call that did, or was taken back in time (P3)."""
    counts, sent = scene.provider.counts(), messages(store)
    numbers = {accepted.to for accepted in list(scene.provider.accepted)}
    over = {id for id, e in store.read(lambda uow: uow.escalations.all()).items() if not e.is_open}
    for message in sent:
        match message.state:
            case State.ACCEPTED | State.DELIVERED:
                assert counts[message.id], f"recorded as sent and never was: {message}"
            case State.SKIPPED:
                assert message.reason == "joined"
                assert message.to in numbers
            case State.WITHDRAWN:
                assert message.incident in over
            case State.UNKNOWN:
                assert _handed_on(message, store)
            case _:
                raise AssertionError(f"nobody knows what became of {message}")
    enqueued = {(m.incident, m.person, m.via) for m in sent if m.purpose in RUNGS}
    missing = set(_demanded(store)) - enqueued
    assert not missing, f"never enqueued: {missing}"


def _demanded(store: Store) -> Iterator[tuple[str, str, str]]:
    """What the rules demand of each step that started, spelled out beside the engine's code."""
    incidents = store.read(lambda uow: uow.incidents.all())
    numbers = {load.title(number): number for number in range(load.INCIDENTS)}
    for entry in record(store):
        if entry.kind == "StepStarted":
            step = (entry.payload or {})["step"]
            number = numbers[incidents[entry.subject].title]
            for person, via in load.demanded(number, step):
                yield entry.subject, person, via


def _time_was_kept(scene: Scene, store: Store) -> None:
    """Whatever was due came: rings again, the next step, handing down; but for the time when
    nothing ran, and what counts as in time."""
    lost = scene.down + LATE
    incidents = store.read(lambda uow: uow.incidents.all())
    escalations = store.read(lambda uow: uow.escalations.all())
    rung = _times_rung(store)
    kinds = Counter((entry.subject, entry.kind) for entry in record(store))
    ended_at = scene.journal.reached() or load.EVENING
    for id, incident in incidents.items():
        open_for = (escalations[id].completed_at or ended_at) - incident.declared_at - lost
        number = incident.title.rpartition(" ")[2]
        for person in (f"duty{number}", f"admin{number}"):
            assert rung[id, person] > open_for // load.RINGS_AGAIN
        if open_for > load.STEP_TWO:
            assert kinds[id, "StepStarted"] >= 2
        if ended_at - incident.declared_at - lost > load.HANDED_DOWN:
            assert kinds[id, "HandedDown"]


def _times_rung(store: Store) -> Counter[tuple[str, str]]:
    """How often each person was rung by voice about each incident."""
    rings = ((e.subject, e.payload or {}) for e in record(store) if e.kind == "Rang")
    return Counter((subject, said["person"]) for subject, said in rings if "voice" in said["via"])


def _handed_on(message: Message, store: Store) -> bool:
    """Whether the record says that nobody knows."""
    settled = (e.payload or {} for e in record(store) if e.kind == "MessagesSettled")
    lines = (line for payload in settled for line in payload["messages"])
    return any(line["message"] == message.id and line["state"] == "unknown" for line in lines)


def _nobody_rung_after_answering(store: Store) -> None:
    """Who has acknowledged is not rung again about it."""
    acknowledged: dict[str, set[str]] = defaultdict(set)
    for entry in record(store):
        payload = entry.payload or {}
        if entry.kind == "Acknowledged":
            acknowledged[entry.subject].add(payload["person"])
        elif entry.kind == "Rang":
            assert payload["person"] not in acknowledged[entry.subject], entry


def _nobody_paged_in_vain(scene: Scene, store: Store, under_way: timedelta) -> None:
    """Once the paging is over, no page leaves that was not on its way."""
    escalations = store.read(lambda uow: uow.escalations.all())
    for sent in list(scene.provider.accepted):
        purpose, incident, at = sent.text.split()
        over_at = escalations[incident].completed_at
        if purpose == Purpose.PAGE and over_at is not None:
            late = datetime.fromisoformat(at) - over_at
            assert late <= under_way, f"{sent} after {over_at}"
