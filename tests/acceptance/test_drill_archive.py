"""A drill as one file: out of one installation and into another, exactly, never twice, never lost.

Both count from 1: what tells two drills of one number apart is how their records begin.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from responder.app import archive_from, archive_text
from responder.commands.drills.archiving import KeepArchive, archive_of, archives
from responder.commands.drills.closing import AnswerPlanChange, CloseDrill, EvaluateDrill
from responder.commands.drills.records import (
    FileYear,
    drill_programme,
    drill_records,
    year_of_drills,
)
from responder.commands.firm import AcceptSite
from responder.commands.measures.measure import AddMeasure
from responder.commands.readiness.looking import assessed, situation
from responder.domain.drill_archive import TakenIn
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import BadInput, NotAllowed, UnknownId
from responder.store.opening import open_store
from tests.acceptance.conftest import EVENING
from tests.acceptance.test_drills import DRILL, ended, firm, scenario, start
from tests.stage.play import Play, by

Open = Callable[[], Play]


@pytest.fixture
def installation(tmp_path_factory: Any) -> Iterator[Open]:
    """Another installation of the firm, each time."""
    stores: list[Any] = []

    def opened() -> Play:
        file = tmp_path_factory.mktemp("elsewhere") / "responder.db"
        stores.append(open_store(f"sqlite:///{file}"))
        return Play.of(stores[-1], firm(scenario()), EVENING)

    yield opened
    for store in stores:
        store.close()


@pytest.fixture
def branch(store: Any) -> Play:
    """A firm that held a drill."""
    return ended(Play.of(store, firm(scenario()), EVENING))


@pytest.fixture
def office(installation: Open) -> Play:
    """Another installation, where nothing was held."""
    return installation()


def text(play: Play, id: str = DRILL) -> str:
    return archive_text(play.store.read(lambda uow: archive_of(uow, id, play.now)))


def take(play: Play, written: str, held_at: str = "") -> Any:
    archive = archive_from(written)
    return play.do(KeepArchive(by=by("clerk"), archive=archive, held_at=held_at))


def records(play: Play, site: Site | None = None) -> Any:
    return play.store.read(lambda uow: drill_records(uow, site or firm(scenario())))


def listed(play: Play) -> list[dict[str, Any]]:
    return play.store.read(archives)


def close(play: Play) -> None:
    play.do(EvaluateDrill(by=by("clerk"), incident=DRILL))
    play.do(AnswerPlanChange(by=by("clerk"), incident=DRILL, change="none"))
    play.do(CloseDrill(by=by("clerk"), incident=DRILL))


def test_out_and_in_again_it_says_the_same(branch: Play, office: Play) -> None:
    """What leaves there is the file that came, byte for byte; it counts, under an id of its own."""
    written = text(branch)
    reply = take(office, written)
    tag = branch.timeline(DRILL)[0].hash[:6]
    assert reply.id == f"{DRILL}@{tag}"
    assert reply.facts["number"] == DRILL
    assert text(office, reply.id) == written
    [there], [here] = records(branch), records(office)
    held_at = Words("示例证券（另一套系统）", "Example Securities (another installation)")
    assert here == replace(there, id=reply.id, recorded=reply.id, held_at=held_at)


def test_both_of_one_number_are_kept(branch: Play, installation: Open) -> None:
    """Ours, the branch's and that of the server that was replaced: three drills of one number."""
    office, replaced = ended(installation()), ended(installation())
    first = take(office, text(branch), "上海分公司").id
    second = take(office, text(replaced), "旧服务器").id
    assert len({DRILL, first, second}) == 3
    assert [one["held_at"]["zh"] for one in listed(office)] in (
        ["上海分公司", "旧服务器"],
        ["旧服务器", "上海分公司"],
    )
    assert {one["number"] for one in listed(office)} == {DRILL}
    year = office.store.read(lambda uow: year_of_drills(uow, office.now, 2026))
    assert [one.id for one in year.drills] == sorted([DRILL, first, second])
    assert year.people == 4, "the same people, each counted once"
    assert year.attendances == 12
    grid = office.store.read(lambda uow: drill_programme(uow, office.now)).grid
    assert grid["outage"][-1] == 3
    assert text(office, first) == text(branch)
    assert text(office).startswith("responder-drill 1 ")
    with pytest.raises(UnknownId):
        text(office, f"{DRILL}@000000")


def test_taken_in_twice_it_is_one(branch: Play, office: Play) -> None:
    """The second time it is said that it is here; the place it was given stays."""
    written = text(branch)
    first = take(office, written, "上海分公司")
    again = take(office, written, "别处")
    assert again.id == first.id
    assert "已在册" in again.said.zh
    assert len(records(office)) == 1
    assert listed(office)[0]["held_at"]["zh"] == "上海分公司"


def test_our_own_coming_back_is_known(branch: Play) -> None:
    """From a copy of its file: it is not counted beside itself; a newer one gives a warning."""
    written = text(branch)
    reply = take(branch, written)
    assert (reply.id, reply.facts["own"]) == (DRILL, True)
    assert "本系统自己的演练" in reply.said.zh
    assert listed(branch) == []
    assert len(records(branch)) == 1
    known = archive_from(written)
    newer = replace(known, hashes=(*known.hashes, "f" * 64))
    said = branch.do(KeepArchive(by=by("clerk"), archive=newer)).said.zh
    assert "多1条" in said
    assert "旧备份" in said


def test_a_later_archive_of_it_takes_its_place(branch: Play, office: Play) -> None:
    """Taken in when it had ended, then when its file was closed; an older one changes nothing."""
    early = text(branch)
    id = take(office, early, "上海分公司").id
    close(branch)
    late = text(branch)
    reply = take(office, late)
    assert reply.id == id
    assert "替换较早的档案" in reply.said.zh
    assert records(office)[0].evaluated_on is not None
    assert "已在册" in take(office, early).said.zh
    assert text(office, id) == late
    assert listed(office)[0]["held_at"]["zh"] == "上海分公司"


def test_a_record_that_goes_on_otherwise_is_refused(branch: Play, office: Play) -> None:
    """Two ends of one drill: nothing is lost in silence."""
    written = text(branch)
    take(office, written)
    known = archive_from(written)
    other = replace(known, hashes=(*known.hashes[:-1], "0" * 64, "1" * 64), sha256="2")
    with pytest.raises(BadInput, match="goes on otherwise"):
        office.do(KeepArchive(by=by("clerk"), archive=other))
    assert text(office, known.key) == written


def test_who_is_called_the_same_elsewhere_is_somebody_else(branch: Play, office: Play) -> None:
    """The same id and name is one person; another name is another, and shown by it."""
    site = firm(scenario())
    other = replace(site.people["duty"], name=Words("王五", "Wang Wu"))
    office.do(AcceptSite(site=replace(site, people={**site.people, "duty": other})))
    take(office, text(branch))
    found = records(office, replace(site, people={**site.people, "duty": other}))[0].participants
    assert "duty" not in found
    assert "duty（duty）" in found
    assert "deputy" in found


def test_what_is_lacking_is_mended_where_it_was_held(branch: Play, office: Play) -> None:
    """Readiness names the drill, the place, and that the file is to be taken in anew."""
    measure = AddMeasure(
        by=by("clerk"), incident=DRILL, title="更新值班表", owner="duty", due_on=EVENING.date()
    )
    branch.do(measure)
    id = take(office, text(branch), "上海分公司").id
    office.wait(timedelta(days=40))
    found = office.store.read(lambda uow: assessed(situation(uow, office.now)))
    gaps = next(one for one in found if one.id == "7.1-z").gaps
    mine = [gap for gap in gaps if id in gap.what.zh]
    assert [word for word in ("尚未评估", "更新值班表") if word in str(mine)] == [
        "尚未评估",
        "更新值班表",
    ]
    assert all("在上海分公司办理后，重新导出并 drill import" in gap.mend.zh for gap in mine)


def test_filed_with_our_year_it_is_reported(branch: Play, office: Play) -> None:
    """With ours; a later archive of it does not forget that."""
    id = take(office, text(branch)).id
    reply = office.do(FileYear(by=by("clerk"), year=2026, receipt="2026-1"))
    assert reply.facts["drills"] == [id]
    assert records(office)[0].receipt == "2026-1"
    close(branch)
    take(office, text(branch))
    assert records(office)[0].receipt == "2026-1"


def test_filed_where_it_was_held_its_record_says_so(branch: Play, office: Play) -> None:
    """Whatever changes a drill is an entry about it: so a later archive is known by its record."""
    early = archive_from(text(branch))
    branch.do(FileYear(by=by("clerk"), year=2026, receipt="2026-7"))
    late = archive_from(text(branch))
    assert late.continues(early)
    assert not early.continues(late)
    take(office, text(branch))
    assert records(office)[0].receipt == "2026-7"


@pytest.fixture(scope="module")
def files(tmp_path_factory: Any) -> dict[str, list[str]]:
    """Of two installations that count alike: one drill's file when it ended, and when closed."""
    found = {}
    for place in ("a", "b"):
        store = open_store(f"sqlite:///{tmp_path_factory.mktemp(place) / 'responder.db'}")
        play = ended(Play.of(store, firm(scenario()), EVENING))
        found[place] = [text(play)]
        play.do(EvaluateDrill(by=by("clerk"), incident=DRILL))
        found[place].append(text(play))
        store.close()
    return found


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 1)), min_size=1, max_size=6))
def test_in_any_order_and_however_often(installation, files, taken) -> None:
    """Each drill is there once, as the newest of its files that came; that file leaves again."""
    play = installation()
    for place, age in taken:
        take(play, files[place][age])
    newest = {place: max(age for p, age in taken if p == place) for place, _ in taken}
    expected = {files[place][age] for place, age in newest.items()}
    assert {text(play, one["id"]) for one in listed(play)} == expected
    found = records(play)
    assert len({one.id for one in found}) == len(found) == len(newest)
    assert sum(one.evaluated_on is not None for one in found) == sum(newest.values())


def test_an_altered_file_is_refused(branch: Play) -> None:
    """One letter is enough; so is another kind of file."""
    written = text(branch)
    for spoilt in (written.replace("duty", "duti", 1), written[:-9], "hello", ""):
        with pytest.raises(BadInput):
            archive_from(spoilt)


def test_no_number_or_address_leaves_with_it(branch: Play) -> None:
    """Names and what was said stand in it; how to reach people does not."""
    written = text(branch)
    for address in ("slack:duty", "sms:duty", "voice:duty"):
        assert address not in written


def test_who_may_and_when(branch: Play, office: Play) -> None:
    """A coordinator takes one in; one that runs cannot be taken out."""
    one: TakenIn = archive_from(text(branch))
    with pytest.raises(NotAllowed):
        office.do(KeepArchive(by=by("admin"), archive=one))
    start(office)
    with pytest.raises(BadInput, match="still running"):
        text(office)
