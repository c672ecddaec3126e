"""The record: chained when the work ends, in order, without gaps, and verified as it lies."""

from datetime import UTC, datetime

import pytest

from responder.domain.record import ENGINE, Fact
from responder.errors import BadInput
from responder.store.proofs import make_checkpoint, verify_ledger
from responder.store.signing import KeyFileSigner
from tests.contract.store.samples import NOON, ZHANG, at, fact
from tests.stage.removing import remove_payloads


@pytest.fixture
def signer(tmp_path):
    return KeyFileSigner(tmp_path / "site.key")


def append(store, *facts):
    store.run(lambda uow: uow.ledger.append(facts))


def entries(store, **options):
    return store.read(lambda uow: uow.ledger.all(**options))


def test_facts_become_entries_in_order(store):
    append(store, fact("A", person="p1"), fact("B", "INC-2", 1), fact("C", seconds=2))
    found = entries(store)
    assert [(e.seq, e.kind, e.subject, e.at) for e in found] == [
        (1, "A", "INC-1", NOON),
        (2, "B", "INC-2", at(1)),
        (3, "C", "INC-1", at(2)),
    ]
    assert (found[0].actor, found[0].door, found[0].payload) == ("zhang", "cli", {"person": "p1"})
    assert [e.kind for e in store.read(lambda uow: uow.ledger.of("INC-1"))] == ["A", "C"]
    assert [e.seq for e in entries(store, after=1, limit=1)] == [2]
    assert verify_ledger(store).ok


def test_a_work_sees_what_it_appended(store):
    def work(uow):
        uow.ledger.append([fact("A")])
        assert [e.kind for e in uow.ledger.of("INC-1")] == ["A"]
        uow.ledger.append([fact("B")])
        return [e.kind for e in uow.ledger.all()]

    assert store.run(work) == ["A", "B"]
    assert verify_ledger(store).entries == 2


def test_of_a_subject_only_the_kinds_named(store):
    append(store, fact("A"), fact("B", seconds=1), fact("B", "INC-2", 2), fact("C", seconds=3))

    def kinds(*named):
        found = store.read(lambda uow: uow.ledger.of("INC-1", named))
        return [entry.kind for entry in found]

    assert kinds("C", "A", "Z") == ["A", "C"]
    assert kinds("Z") == []
    assert kinds() == ["A", "B", "C"]


def test_what_an_actor_did_since(store):
    engine = Fact("Rang", "INC-1", ENGINE, at(1))
    append(store, fact("A"), engine, fact("B", seconds=2), fact("C", seconds=3))
    assert [e.kind for e in store.read(lambda uow: uow.ledger.by("zhang", at(2)))] == ["B", "C"]
    assert [e.kind for e in store.read(lambda uow: uow.ledger.by("", at(0)))] == ["Rang"]


def test_times_never_decrease(store):
    """What counts earlier than the last entry is recorded at its time, and keeps its own."""
    append(store, fact("A", seconds=10))
    append(store, fact("B", seconds=4, person="p1"))
    earlier = entries(store)[1]
    assert earlier.at == at(10)
    assert earlier.payload == {"person": "p1", "counts_at": "2026-11-23T04:00:04.123456Z"}
    assert datetime.fromisoformat(earlier.payload["counts_at"]) == at(4)
    assert verify_ledger(store).ok


def test_instants_in_payloads_are_utc_text(store):
    append(store, fact("A", due=datetime(2026, 1, 1, tzinfo=UTC), ways=("voice", "sms")))
    assert entries(store)[0].payload == {
        "due": "2026-01-01T00:00:00.000000Z",
        "ways": ["voice", "sms"],
    }


def test_one_chain_for_all_who_write(opened):
    """Works of two stores at once: numbers without gaps, one chain, every link right."""
    stores = [opened(), opened()]

    def work(n):
        return lambda uow: uow.ledger.append([fact("A", f"INC-{n % 3}", n), fact("B", f"X-{n}")])

    answers = [stores[n % 2].submit(work(n)) for n in range(40)]
    for answer in answers:
        answer.result(30)
    verdict = verify_ledger(stores[0])
    assert verdict.ok
    assert verdict.entries == 80


def test_checkpoints_are_signed_and_on_the_record(store, signer):
    append(store, fact("A"), fact("B"))
    first = make_checkpoint(store, signer, ZHANG, at(9))
    append(store, fact("C", seconds=10))
    second = make_checkpoint(store, signer, ZHANG, at(3))
    assert (first.seq, first.count, first.at) == (3, 3, "2026-11-23T04:00:09.123456Z")
    assert (second.seq, second.at) == (5, "2026-11-23T04:00:10.123456Z")
    assert [e.kind for e in entries(store)] == [
        *("A", "B", "SigningKeyAdded", "CheckpointSigned", "C", "CheckpointSigned"),
    ]
    for kept in (None, first, second):
        verdict = verify_ledger(store, kept)
        assert verdict.ok
        assert (verdict.keys, verdict.checkpoints) == (1, 2)


def test_a_new_key_is_made_known_too(store, signer, tmp_path):
    make_checkpoint(store, signer, ZHANG, NOON)
    make_checkpoint(store, KeyFileSigner(tmp_path / "next.key"), ZHANG, NOON)
    make_checkpoint(store, signer, ZHANG, NOON)
    verdict = verify_ledger(store)
    assert verdict.ok
    assert (verdict.keys, verdict.checkpoints) == (2, 3)


def test_removal_is_lawful_and_leaves_the_chain_whole(store, signer):
    """The words and their salt are gone; the entry, its hash and the checkpoint stand."""
    append(store, fact("A", text="李四的病情"), fact("B"), fact("C"))
    kept = make_checkpoint(store, signer, ZHANG, NOON)
    remove_payloads(store, [1, 3], "retention", ZHANG, at(1))
    verdict = verify_ledger(store, kept)
    assert verdict.ok
    assert verdict.removed == (1, 3)
    assert [e.payload for e in entries(store)][:3] == [None, {}, None]
    assert entries(store)[-1].payload == {"reason": "retention", "seqs": [1, 3]}


@pytest.mark.parametrize("seq", [0, 1, 3, 4, 5, 99])
def test_removal_spares_what_others_are_judged_by(store, signer, seq):
    """Not what is gone already, no proof, nothing that is not there; and all or nothing."""
    append(store, fact("A"), fact("B"))
    make_checkpoint(store, signer, ZHANG, NOON)
    remove_payloads(store, [1], "retention", ZHANG, NOON)
    with pytest.raises(BadInput):
        remove_payloads(store, [2, seq], "retention", ZHANG, NOON)
    assert verify_ledger(store).removed == (1,)
    assert len(entries(store)) == 5


def test_an_empty_ledger_verifies(store):
    verdict = verify_ledger(store)
    assert verdict.ok
    assert verdict.entries == 0
