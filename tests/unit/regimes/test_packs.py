"""The packs of the release: every clock against a date worked out by hand, every value sourced."""

from datetime import date

import pytest

from responder.domain.regime import Limit
from responder.regimes.due import in_force
from responder.regimes.hub import BY_ID, MILESTONES
from tests.unit.regimes.clocks import ROWS, Row
from tests.unit.regimes.told import PACKS, due_of, local, pack

Clock = tuple[str, str, Limit | str]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.pack}/{row.duty}: {row.told}")
def test_a_clock_ends_when_it_should(row: Row):
    """To the second, as counted by hand with the calendar of the place."""
    regime = pack(row.pack)
    due = due_of(regime, row.told)[row.duty]
    assert due.beyond == ""
    assert due.due_at == local(row.due, regime.time_zone)


def test_every_clock_is_tried():
    """No limit, interval, change or excuse of any pack is without a row."""
    wanted: set[Clock] = set()
    tried: set[Clock] = set()
    for id in PACKS:
        regime = pack(id)
        excuses = {duty.if_late for duty in regime.duties}
        for duty in regime.duties:
            wanted |= {
                (id, duty.id, limit) for limit in duty.limits if duty.every or not duty.on_change
            }
            wanted |= {(id, duty.id, "every")} if duty.every else set()
            wanted |= {(id, duty.id, "changed")} if duty.on_change else set()
            wanted |= {(id, duty.id, "excuse")} if duty.id in excuses else set()
    for row in ROWS:
        due = due_of(pack(row.pack), row.told)[row.duty]
        excused = due.duty.id.startswith("late-")
        tried.add((row.pack, row.duty, "excuse" if excused else due.limit or due.because))
    assert wanted - tried == set()


@pytest.mark.parametrize("id", PACKS)
def test_every_value_has_a_source(id: str):
    """With its confidence; what nobody could read is marked to be verified, the rest dated."""
    regime = pack(id)
    for source in regime.sources:
        assert source.text
        assert source.confidence in {"A", "B", "C", "M"}
        assert source.needs_verification or source.confidence in {"A", "B"}
        assert source.verified_on or source.needs_verification


@pytest.mark.parametrize("id", PACKS)
def test_a_pack_is_bilingual_and_stands_in(id: str):
    """Everything people read is in both languages, and no grading is on in the release."""
    regime = pack(id)
    assert not regime.grading
    said = [regime.name, *(duty.name for duty in regime.duties)]
    said += [form.title for form in regime.forms.values()]
    said += [one.name for form in regime.forms.values() for one in form.fields if one.name.zh]
    said += [BY_ID[one.hub].name for form in regime.forms.values() for one in form.fields]
    assert [words for words in said if not (words.zh and words.en)] == []


def test_hub_fields_are_named_once():
    """And their milestones are told by one field each."""
    assert len(set(MILESTONES.values())) == len(MILESTONES)
    for id, one in BY_ID.items():
        assert id == one.id
        assert one.name.zh
        assert one.name.en


def test_an_edition_counts_from_its_first_day():
    """The British rule of today until 17 March 2027, the new one from the day after."""
    both = {id: pack(id) for id in ("uk-fca", "uk-fca-2027")}
    assert in_force(both, "uk-fca", date(2026, 11, 23)) is both["uk-fca"]
    assert in_force(both, "uk-fca", date(2027, 3, 17)) is both["uk-fca"]
    assert in_force(both, "uk-fca", date(2027, 3, 18)) is both["uk-fca-2027"]
    assert in_force({"uk-fca": both["uk-fca"]}, "uk-fca", date(2027, 6, 1)) is both["uk-fca"]
    cac = {"cn-cac-2025": pack("cn-cac-2025")}
    assert in_force(cac, "cn-cac-2025", date(2025, 10, 31)) is None
