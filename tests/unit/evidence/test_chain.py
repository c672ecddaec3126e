from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from responder.domain.record import Fact
from responder.evidence.audit import audit_slice
from responder.evidence.chain import EMPTY, extend
from responder.evidence.instants import instant, micros
from tests.unit.evidence.ledgers import NOON, ZHANG, Ledger

FACTS = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(-100, 100), st.integers(0, 9)), max_size=20
)


def facts_of(drawn):
    return [Fact("Happened", s, ZHANG, NOON + timedelta(seconds=t), {"n": n}) for s, t, n in drawn]


@given(FACTS, st.data())
def test_batches_make_no_difference(drawn, data):
    """The chain is the same however facts were gathered into transactions."""
    facts = facts_of(drawn)
    cut = data.draw(st.integers(0, len(facts)))
    whole, parted = Ledger(), Ledger()
    whole.append(*facts)
    parted.append(*facts[:cut])
    parted.append(*facts[cut:])
    assert (parted.entries, parted.heads) == (whole.entries, whole.heads)
    assert whole.verdict().ok


@given(FACTS)
def test_times_never_decrease(drawn):
    """A fact that counts earlier is recorded at the last entry's time, and says when it counts."""
    ledger, facts = Ledger(), facts_of(drawn)
    ledger.append(*facts)
    times = [row.at for row in ledger.entries]
    assert times == sorted(times)
    for row, fact in zip(ledger.entries, facts, strict=True):
        late = row.at != micros(fact.at)
        assert ('"counts_at"' in ledger.payloads[row.seq].payload) == late


def test_one_incident_verifies_alone(ledger):
    """A slice about one subject is chained in itself; a missing link in it shows."""
    rows = [row for row in ledger.entries if row.subject == "INC-1"]
    about = [(row, ledger.payloads.get(row.seq)) for row in rows]
    altered = (about[1][0]._replace(actor="li"), about[1][1])
    assert audit_slice(about) is None
    assert named(about[1:]) == about[1][0].seq
    assert named([about[0], *about[2:]]) == about[2][0].seq
    assert named([about[1], about[0]]) == about[1][0].seq
    assert named([about[0], altered]) == about[1][0].seq


def named(rows):
    """The entry that the audit of a slice names."""
    fault = audit_slice(rows)
    return fault and fault.seq


def test_the_same_words_have_another_hash_each_time():
    """Without its salt, a payload cannot be guessed from its hash."""
    fact = Fact("Happened", "s", ZHANG, NOON, {"text": "secret"})
    rows = [extend(EMPTY, {}, [fact], iter([salt])).entries[0] for salt in ("00" * 16, "01" * 16)]
    assert rows[0].payload_hash != rows[1].payload_hash


@given(st.datetimes().map(lambda at: at.replace(tzinfo=NOON.tzinfo)))
def test_instants_are_kept_to_the_microsecond(at):
    assert instant(micros(at)) == at
