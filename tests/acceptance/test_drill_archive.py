"""A drill as one file: out of one firm and into another, exactly, and never altered unseen."""

import pytest

from responder.app import archive_from, archive_text
from responder.commands.drills.archiving import KeepArchive, archive_of
from responder.commands.drills.records import drill_records
from responder.errors import BadInput, NotAllowed
from responder.store.opening import open_store
from tests.acceptance.conftest import EVENING
from tests.acceptance.test_drills import DRILL, ended, firm, scenario, start
from tests.stage.play import Play, by


@pytest.fixture
def held(store):
    """A firm that held a drill."""
    return ended(Play.of(store, firm(scenario()), EVENING))


@pytest.fixture
def elsewhere(tmp_path):
    """Another installation, where nothing was held."""
    store = open_store(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    yield Play.of(store, firm(scenario()), EVENING)
    store.close()


def text(play: Play) -> str:
    return archive_text(play.store.read(lambda uow: archive_of(uow, DRILL, play.now)))


def records(play: Play):
    return play.store.read(lambda uow: drill_records(uow, firm(scenario())))


def test_out_and_in_again_it_says_the_same(held, elsewhere):
    """The file that the other writes is the file that this one wrote, byte for byte."""
    written = text(held)
    reply = elsewhere.do(KeepArchive(by=by("clerk"), archive=archive_from(written)))
    assert (reply.id, reply.facts["counts"]) == (DRILL, True)
    assert text(elsewhere) == written
    assert records(elsewhere) == records(held)


def test_taken_in_twice_it_is_one(held, elsewhere):
    written = text(held)
    for _ in range(2):
        elsewhere.do(KeepArchive(by=by("clerk"), archive=archive_from(written)))
    assert len(records(elsewhere)) == 1


def test_an_altered_file_is_refused(held):
    """One letter is enough; so is another kind of file."""
    written = text(held)
    for spoilt in (written.replace("duty", "duti", 1), written[:-9], "hello", ""):
        with pytest.raises(BadInput):
            archive_from(spoilt)


def test_no_number_or_address_leaves_with_it(held):
    """Names and what was said stand in it; how to reach people does not."""
    written = text(held)
    for address in ("slack:duty", "sms:duty", "voice:duty"):
        assert address not in written


def test_a_drill_of_the_same_number_is_not_overwritten(held, elsewhere):
    """Two firms may count alike; nothing is lost in silence."""
    start(elsewhere)
    with pytest.raises(BadInput, match="is here already"):
        elsewhere.do(KeepArchive(by=by("clerk"), archive=archive_from(text(held))))


def test_who_may_and_when(held, elsewhere):
    """A coordinator takes one in; one that runs cannot be taken out."""
    with pytest.raises(NotAllowed):
        elsewhere.do(KeepArchive(by=by("admin"), archive=archive_from(text(held))))
    start(elsewhere)
    with pytest.raises(BadInput, match="still running"):
        text(elsewhere)
