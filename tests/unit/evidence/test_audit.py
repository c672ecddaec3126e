"""Tampering with every column of every row of every ledger table is found, and named."""

import json
from dataclasses import replace

import pytest

from responder.domain.record import Fact
from responder.evidence import faults
from responder.evidence.chain import EMPTY, EntryRow, HeadRow, PayloadRow, entry_hash, payload_hash
from responder.evidence.checkpoint import parse
from tests.unit.evidence.ledgers import NOON, PUBLIC, ZHANG, Ledger, salt_of, toy_signature

ENTRIES = range(1, 13)
HELD = [seq for seq in ENTRIES if seq != 7]


def other(value):
    """Another value of the same kind."""
    if isinstance(value, int):
        return value + 1
    flipped = "0" if value[-1:] != "0" else "1"
    return value[:-1] + flipped if value else "x"


def test_a_sound_ledger_passes(ledger):
    verdict = ledger.verdict()
    assert verdict.ok
    assert (verdict.entries, verdict.removed) == (12, (7,))
    assert (verdict.keys, verdict.checkpoints) == (1, 2)
    assert verdict.hash == ledger.entries[-1].hash


def test_an_empty_ledger_passes():
    assert Ledger().verdict().ok


@pytest.mark.parametrize("seq", ENTRIES)
@pytest.mark.parametrize("column", EntryRow._fields)
def test_every_column_of_every_entry(ledger, seq, column):
    """A changed entry is named; one moved to another number leaves its own missing."""
    row = ledger.entries[seq - 1]
    changed = 99 if column == "seq" else other(getattr(row, column))
    ledger.entries[seq - 1] = row._replace(**{column: changed})
    assert ledger.verdict().fault.seq == seq


@pytest.mark.parametrize("value", [None, 1.5, b"x", "x", -1, True])
@pytest.mark.parametrize("column", EntryRow._fields[1:])
def test_values_of_other_kinds(ledger, column, value):
    """What a database lets one write into a column is found, and breaks no audit."""
    ledger.entries[4] = ledger.entries[4]._replace(**{column: value})
    assert ledger.verdict().fault.seq == 5


@pytest.mark.parametrize("seq", HELD)
@pytest.mark.parametrize("column", PayloadRow._fields)
def test_every_column_of_every_payload(ledger, seq, column):
    row = ledger.payloads.pop(seq)
    changed = row._replace(**{column: 99 if column == "seq" else other(getattr(row, column))})
    ledger.payloads[changed.seq] = changed
    assert ledger.verdict().fault.seq == seq


@pytest.mark.parametrize(
    "value",
    [None, 1.5, b"x", "not hex", 7, "", salt_of(3).upper(), salt_of(3) + " ", "00" + salt_of(3)],
)
@pytest.mark.parametrize("column", PayloadRow._fields[1:])
def test_payloads_of_other_kinds(ledger, column, value):
    ledger.payloads[3] = ledger.payloads[3]._replace(**{column: value})
    assert ledger.verdict().fault.seq == 3


@pytest.mark.parametrize("column", HeadRow._fields)
@pytest.mark.parametrize("value", ["other", None, "x"])
def test_every_column_of_the_head(ledger, column, value):
    head = ledger.heads[0]
    changed = other(getattr(head, column)) if value == "other" else value
    ledger.heads = [head._replace(**{column: changed})]
    assert ledger.verdict().fault.seq in (12, 13)


@pytest.mark.parametrize("heads", [[], [EMPTY], "doubled"])
def test_the_head_lost_forgotten_or_doubled(ledger, heads):
    ledger.heads = ledger.heads * 2 if heads == "doubled" else heads
    assert ledger.verdict().fault.seq == 12


@pytest.mark.parametrize("table", ["keys", "checkpoints"])
@pytest.mark.parametrize("column", [0, 1])
@pytest.mark.parametrize("index", [0, -1])
def test_every_column_of_keys_and_checkpoints(ledger, table, column, index):
    rows = getattr(ledger, table)
    row = rows[index]
    values = list(row)
    values[column] = 99 if column == 0 else other(values[column])
    rows[index] = type(row)(*values)
    assert ledger.verdict().fault.seq == row.seq


@pytest.mark.parametrize("seq", ENTRIES)
def test_every_entry_deleted(ledger, seq):
    del ledger.entries[seq - 1]
    assert ledger.verdict().fault.seq == seq


@pytest.mark.parametrize("seq", HELD)
def test_every_payload_deleted(ledger, seq):
    """A payload gone without a removal on the record is a broken entry."""
    del ledger.payloads[seq]
    assert ledger.verdict().fault.seq == seq


@pytest.mark.parametrize("seq", ENTRIES)
def test_entry_and_payload_deleted(ledger, seq):
    del ledger.entries[seq - 1]
    ledger.payloads.pop(seq, None)
    assert ledger.verdict().fault.seq == seq


@pytest.mark.parametrize("table", ["keys", "checkpoints"])
def test_every_key_and_checkpoint_deleted(ledger, table):
    rows = getattr(ledger, table)
    for row in list(rows):
        rows.remove(row)
        assert ledger.verdict().fault.seq == row.seq
        rows.append(row)


@pytest.mark.parametrize("first", range(1, 12))
def test_neighbours_swapped(ledger, first):
    """Two entries that trade places, with their payloads or without."""
    a, b = ledger.entries[first - 1], ledger.entries[first]
    ledger.entries[first - 1], ledger.entries[first] = (
        b._replace(seq=first),
        a._replace(seq=first + 1),
    )
    assert ledger.verdict().fault.seq == first


def test_payloads_swapped(ledger):
    two, three = ledger.payloads[2], ledger.payloads[3]
    ledger.payloads |= {2: three._replace(seq=2), 3: two._replace(seq=3)}
    assert ledger.verdict().fault.seq == 2


def test_an_entry_doubled(ledger):
    ledger.entries.insert(5, ledger.entries[4])
    assert ledger.verdict().fault.seq == 6


def test_a_payload_without_an_entry(ledger):
    ledger.payloads[40] = PayloadRow(40, "00", "{}")
    assert ledger.verdict().fault.seq == 40


def test_a_removed_payload_brought_back(ledger):
    """What is said to be removed must not be there, true or false."""
    brought_back = PayloadRow(7, salt_of(7), '{"text":"李四的病情"}')
    assert payload_hash(*brought_back[1:]) == ledger.entries[6].payload_hash
    ledger.payloads[7] = brought_back
    assert ledger.verdict().fault == faults.Fault(7, faults.PAYLOAD_STILL_HELD)


def test_an_entry_rewritten_with_its_own_hash(ledger):
    """Whoever also recomputes the entry's hash is betrayed by the next entry."""
    row = ledger.entries[5]._replace(actor="li")
    ledger.entries[5] = row._replace(hash=entry_hash(row))
    assert ledger.verdict().fault == faults.Fault(6, faults.REWRITTEN)


def test_the_last_entry_rewritten_with_its_own_hash(ledger):
    row = ledger.entries[-1]._replace(actor="li")
    ledger.entries[-1] = row._replace(hash=entry_hash(row))
    assert ledger.verdict().fault.seq == 12


def recomputed(ledger, upto, alter):
    """The ledger computed anew by somebody who has all of it but the signing key."""
    forged = Ledger(keys=ledger.keys, checkpoints=[])
    for row in ledger.entries[:upto]:
        payload = json.loads(ledger.payloads[row.seq].payload) if row.seq in ledger.payloads else {}
        kind, payload = alter(row.kind, payload)
        forged.append(Fact(kind, row.subject, ZHANG, NOON, payload))
    return forged


def test_a_tail_cut_off_is_found_by_a_kept_checkpoint(ledger):
    """Inside the database nothing shows: head and chain agree. The kept checkpoint convicts."""
    kept = ledger.checkpoint(10)
    cut = Ledger(
        ledger.entries[:9],
        {seq: row for seq, row in ledger.payloads.items() if seq <= 9},
        [HeadRow(1, 9, ledger.entries[8].at, ledger.entries[8].hash)],
        ledger.keys,
        ledger.checkpoints[:1],
    )
    assert cut.verdict().ok
    assert cut.verdict(kept).fault == faults.Fault(10, faults.KEPT_CUT_OFF)


def test_a_chain_computed_anew_is_found_by_a_kept_checkpoint(ledger):
    kept = parse(ledger.checkpoints[0].checkpoint)
    forged = recomputed(ledger, 3, lambda kind, payload: (kind, payload | {"title": "无事"}))
    forged.make_known(3)
    forged.checkpoint(3)
    forged.say("Acknowledged", "INC-1", 4)
    assert forged.verdict().ok
    assert forged.verdict(kept).fault == faults.Fault(4, faults.KEPT_REWRITTEN)


def test_a_checkpoint_copied_into_another_chain_is_untrue(ledger):
    """Without the key, the checkpoints inside a chain computed anew cannot be signed again."""
    forged = recomputed(ledger, 5, lambda kind, payload: (kind, payload))
    assert forged.verdict().fault == faults.Fault(5, faults.CHECKPOINT_UNTRUE)


def test_a_kept_checkpoint_passes(ledger):
    kept = [parse(row.checkpoint) for row in ledger.checkpoints]
    assert all(ledger.verdict(checkpoint).ok for checkpoint in kept)


@pytest.mark.parametrize("name", ["seq", "hash", "at", "count", "signature"])
def test_a_kept_checkpoint_altered(ledger, name):
    """A checkpoint that is not genuine proves nothing, and is not taken for proof."""
    kept = parse(ledger.checkpoints[0].checkpoint)
    forged = replace(kept, **{name: other(getattr(kept, name))})
    assert ledger.verdict(forged).fault.reason == faults.KEPT_FORGED


def test_a_checkpoint_by_an_unknown_key(ledger):
    """A stranger's key signs validly, but the database never made it known."""
    document = parse(ledger.checkpoints[0].checkpoint).document() | {"public_key": "aa" * 32}
    unsigned = parse(document)
    from hashlib import sha256

    strange = replace(unsigned, signature=sha256(b"\xaa" * 32 + unsigned.message).hexdigest())
    assert ledger.verdict(strange).fault == faults.Fault(4, faults.KEY_UNKNOWN)


def test_a_forged_signature_inside(ledger):
    """An entry that records a checkpoint nobody signed is named."""
    taken = replace(ledger.checkpoint(10), seq=13, count=13, hash=ledger.entries[12].hash)
    ledger.say("CheckpointSigned", "ledger", 10, checkpoint=taken.document())
    assert ledger.verdict().fault == faults.Fault(14, faults.CHECKPOINT_FORGED)


def test_removal_is_lawful_only_for_what_came_before(ledger):
    """No entry can announce the removal of what is yet to be said."""
    ledger.say("PayloadRemoved", "ledger", 10, seqs=[14], reason="in advance")
    ledger.say("NoteTaken", "INC-1", 11, text="x")
    del ledger.payloads[14]
    assert ledger.verdict().fault == faults.Fault(14, faults.PAYLOAD_MISSING)


@pytest.mark.parametrize("kind", ["SigningKeyAdded", "CheckpointSigned", "PayloadRemoved"])
def test_proofs_that_cannot_be_understood(ledger, kind):
    ledger.say(kind, "ledger", 10, nonsense=True)
    assert ledger.verdict().fault == faults.Fault(13, faults.NOT_READABLE)


@pytest.mark.parametrize(
    "document",
    ["[]", "{}", "nonsense", '{"version": 1}'],
)
def test_what_is_no_checkpoint(document):
    with pytest.raises(ValueError, match=r"."):
        parse(document)


def test_a_checkpoint_of_another_version_or_kind(ledger):
    said = parse(ledger.checkpoints[0].checkpoint).document()
    for wrong in ({"version": 2}, {"seq": "4"}, {"seq": True}, {"more": 1}):
        with pytest.raises(ValueError, match="checkpoint"):
            parse(said | wrong)


def test_a_fault_names_its_entry_in_both_languages():
    fault = faults.Fault(5, faults.ALTERED)
    assert fault.said("zh") == "第5条记录：内容与其哈希值不符"
    assert fault.said("en") == "entry 5: it does not match its own hash"


def test_the_toy_signature_is_checked():
    assert toy_signature(b"a") != toy_signature(b"b")
    assert len(PUBLIC) == 32
