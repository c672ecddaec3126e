"""Take one required thing out of the sample: exactly its control turns red, and says the mend."""

import pytest

from responder.readiness.control import CONTROLS, Light, assess
from responder.readiness.controls import every_control
from tests.architecture.test_clauses import CLAUSES
from tests.unit.readiness.conftest import removals

ROWS = removals()
WANTED = [family + one for family, ones in CLAUSES.items() for one in ones.split()]


def reds(situation):
    """The red controls of a situation, by clause."""
    found = assess(situation, every_control())
    return {one.id: one for one in found if one.light is Light.RED}


@pytest.fixture(scope="module")
def before(untouched):
    return reds(untouched)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.control}: {row.what}")
def test_one_thing_turns_one_control_red(row, untouched, before):
    """What is taken away turns the control of its clause red, no other, and the mend is right."""
    after = reds(row.change(untouched))
    assert sorted(after.keys() - before.keys()) == [row.control]
    standing = after[row.control]
    for language in ("zh", "en"):
        assert getattr(standing.reason, language)
        assert row.mend in getattr(standing.mend, language)


@pytest.mark.parametrize("clause", WANTED)
def test_every_clause_has_its_control(clause):
    """Every requirement of the standard that can be met here is judged."""
    assert clause in CONTROLS


@pytest.mark.parametrize("clause", WANTED)
def test_every_control_is_tried(clause):
    """No control is without a removal that turns it red."""
    assert clause in {row.control for row in ROWS}


def test_no_control_is_made_up():
    """Every control is a clause of the map."""
    assert sorted(CONTROLS.keys() - set(WANTED)) == []


@pytest.mark.parametrize("beside", ["files alone", "a running database"])
def test_the_sample_is_green(beside, untouched, running):
    """Every control of the untouched sample is green, and says in words what was seen."""
    situation = untouched if beside == "files alone" else running
    found = assess(situation, every_control())
    dull = [f"{one.id}: {one.light}: {one.reason}" for one in found if one.light is not Light.GREEN]
    assert dull == []
    assert [one.id for one in found if not (one.reason.zh and one.reason.en)] == []
