"""A form filled: what counts as answered, at which stage, and what a partial report spares."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from responder.domain.dossier import UNKNOWN, Dossier, Known, Value, together
from responder.domain.filling import FINAL, Mark, Source, fill
from responder.domain.regime import Duty, Form, FormField
from responder.domain.report import difference
from responder.domain.words import Words

AT = datetime(2026, 11, 23, tzinfo=UTC)
IDS = [f"f{n}" for n in range(6)]
NEEDED = st.dictionaries(st.sampled_from(["initial", "final"]), st.sampled_from(["y", "c", "y/c"]))
FIELDS = st.lists(st.tuples(st.sampled_from(IDS), NEEDED), unique_by=lambda pair: pair[0])
FACTS = st.dictionaries(
    st.sampled_from(IDS), st.tuples(st.sampled_from(["x", UNKNOWN, "", "1"]), st.booleans())
)


@given(
    FIELDS,
    FACTS,
    st.sampled_from(["initial", "final"]),
    st.booleans(),
    st.sets(st.sampled_from(IDS)),
)
def test_nothing_mandatory_is_lost(fields, facts, stage, partial, first) -> None:
    """Every field of the form stands there; every mandatory one is answered, missing or later."""
    form = Form("f", fields=tuple(FormField(id, needed=needed) for id, needed in fields))
    duty = Duty("d", stage=stage, form="f", first=tuple(sorted(first)))
    known = {id: Known(Words(said), estimate=guess) for id, (said, guess) in facts.items()}
    filled = fill(form, duty, Source(known, lambda _, one: one.plain, "open"), partial)
    assert [line.field.id for line in filled.lines] == [id for id, _ in fields]
    mandatory = [line for line in filled.lines if line.is_mandatory]
    blank = {line.field.id for line in mandatory if line.mark is Mark.BLANK}
    told = {line.field.id for line in (*filled.missing, *filled.later)}
    assert blank <= told
    done, wanted = filled.meter
    assert 0 <= done <= wanted <= len(mandatory)
    assert (done == wanted) is (not filled.missing)
    if stage in FINAL and not partial:
        still_open = {line.field.id for line in mandatory if line.mark is Mark.OPEN}
        assert still_open <= {line.field.id for line in filled.missing}
    if not (partial and duty.first):
        assert not filled.later
    assert set(filled.answers) == {x.field.id for x in filled.lines if x.mark is not Mark.BLANK}
    assert set(filled.estimates) <= set(filled.answers)


def test_a_person_s_word_stands_before_the_record_s() -> None:
    """And what the record says otherwise stays beside it."""
    recorded = {"a": Known(Words("1"), entries=(3,)), "b": Known(Words("2"))}
    dossier = Dossier("INC-1", {"a": Value("9", "li", AT), "b": Value("2", "li", AT)})
    found = together(recorded, dossier)
    assert (found["a"].plain, found["a"].by) == ("9", "li")
    assert found["a"].recorded == recorded["a"]
    assert found["b"].recorded is None, "they say the same"


@given(
    st.dictionaries(st.sampled_from(IDS), st.text(max_size=3)),
    st.dictionaries(st.sampled_from(IDS), st.text(max_size=3)),
)
def test_a_difference_says_exactly_what_changed(before, after) -> None:
    """Applied to what was, it gives what is."""
    changed = difference(before, after)
    assert all(was != now for was, now in changed.values())
    again = {id: changed[id][1] if id in changed else before.get(id, "") for id in IDS}
    assert again == {id: after.get(id, "") for id in IDS}
