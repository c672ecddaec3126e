"""The register changed by two people, taken back, looked up; files and database brought together.

JR/T 0099 7.1 o: the contact manual is kept up to date.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from responder.commands.consent import Confirm
from responder.commands.firm import AcceptSite
from responder.commands.incidents.incident import Declare
from responder.commands.manual.changing import (
    ProposeChange,
    UndoRevision,
    details,
    history,
)
from responder.commands.manual.leaving import RemoveForGood
from responder.commands.manual.register_files import (
    ApplyFiles,
    RecordExport,
    compared,
    to_export,
)
from responder.commands.paging.answering import Acknowledge
from responder.commands.revising import FILES, UNEXPORTED
from responder.domain.organisation import Liaison
from responder.domain.people import Way
from responder.domain.revision import Revision, Stage
from responder.domain.rota import Override, Rotation
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import BadInput, NotAllowed, UnknownId
from tests.stage.firm import small_firm
from tests.stage.play import Play, by
from tests.stage.talk import Talk

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
OLD, NEW = "+8613800130001", "+8613900139999"


def firm() -> Site:
    """The small firm with numbers, two administrators, and a head of technology."""
    site = small_firm()
    people = {
        id: replace(one, reach=(Way("voice", f"+861380013{number:04}"), Way("slack", f"U{id}")))
        for number, (id, one) in enumerate(site.people.items(), 1)
    }
    people["head"] = replace(people["head"], head_of="technology")
    return replace(
        site,
        people=people,
        grants={"administrator": ("root", "second")},
        liaisons=(
            Liaison("head", "+862150001111", "+862150002222"),
            Liaison("deputy", "+862150001112", "+862150002223"),
        ),
    )


@pytest.fixture
def play(opened: Callable[..., Any]) -> Iterator[Play]:
    """The firm at nine in the morning, on SQLite and on PostgreSQL."""
    play = Play.of(opened(), firm(), MORNING)
    yield play
    play.over()


def site(play: Play) -> Site:
    return play.store.read(lambda uow: uow.sites.get(uow.sites.accepted() or ""))


def revision(play: Play, id: str) -> Revision:
    found = play.store.read(lambda uow: uow.revisions.get(id))
    assert found
    return found


def noted(play: Play) -> bool:
    return play.store.read(lambda uow: bool(uow.notes.get(UNEXPORTED)))


def proposes(play: Play, person: str, whom: str, field: str, value: str) -> dict[str, Any]:
    reply = play.do(ProposeChange(by=by(person), whom=whom, field=field, value=value))
    facts: dict[str, Any] = reply.facts
    return facts


def told(play: Play) -> list[str]:
    """What people were told, and forget it."""
    said = [str(m.facts.get("what")) + str(m.facts.get("asks", "")) for _, m in play.outgoing]
    play.outgoing.clear()
    return said


def test_my_own_number_takes_a_second_person(play: Play) -> None:
    """Nothing changes until somebody else agrees; the record never holds a number."""
    asked = proposes(play, "duty", "duty", "号码", "139 0013 9999")
    assert asked["waits_for"] == ["head", "root", "second"]
    assert site(play).people["duty"].reach[0].to == OLD
    said = told(play)
    assert any("138****0001 → 电话 139****9999" in one and "确认" in one for one in said)
    assert not any("13900139999" in one for one in said)
    with pytest.raises(BadInput, match="cannot also confirm"):
        play.do(Confirm(by=by("duty"), request=asked["consent"]))
    play.do(Confirm(by=by("head"), request=asked["consent"]))
    assert site(play).people["duty"].reach == (Way("voice", NEW), Way("slack", "Uduty"))
    one = revision(play, asked["revision"])
    assert (one.stage, one.kind, one.by, one.approved_by) == (
        Stage.APPLIED,
        "edit",
        "duty",
        "head",
    )
    assert noted(play)
    assert any("已同意并生效" in said for said in told(play))
    entries = play.store.read(lambda uow: uow.ledger.all(limit=10_000))
    assert not [e for e in entries if "13900139999" in str(e.payload)]


def test_who_may_propose(play: Play) -> None:
    """Oneself, the head of the department, an administrator; units and liaisons by liaisons."""
    with pytest.raises(NotAllowed):
        proposes(play, "clerk", "duty", "phone", NEW)
    with pytest.raises(NotAllowed):
        proposes(play, "duty", "duty", "title", "总经理")
    with pytest.raises(NotAllowed):
        proposes(play, "deputy", "duty", "phone", NEW)
    proposes(play, "head", "duty", "title", "值班长")
    assert proposes(play, "root", "boss", "phone", NEW)["waits_for"] == ["second"]
    asked = proposes(play, "deputy", "deputy", "值守电话", "021-50001119")
    assert asked["waits_for"] == ["head", "root", "second"]
    refused = [e.payload or {} for e in play.timeline("FIRM") if e.kind == "Refused"]
    assert [one["attempt"] for one in refused] == ["ProposeChange"] * 3
    told(play)


@pytest.mark.parametrize(
    ("field", "value"),
    [("phone", "12"), ("email", "nobody"), ("fax", "1"), ("colour", "red"), ("phone", "")],
)
def test_what_cannot_be_used_is_refused(play: Play, field: str, value: str) -> None:
    """Half a number, no address, a field nobody has: said at once, and nobody is asked."""
    with pytest.raises((BadInput, UnknownId)):
        proposes(play, "root", "duty", field, value)


def test_an_objection_ends_it(play: Play) -> None:
    """Refused with a reason, on record; the proposer hears of it."""
    asked = proposes(play, "duty", "duty", "phone", NEW)
    told(play)
    play.do(Confirm(by=by("root"), request=asked["consent"], objects="号码不对"))
    assert revision(play, asked["revision"]).stage is Stage.REFUSED
    assert site(play).people["duty"].reach[0].to == OLD
    assert any("未获同意" in one for one in told(play))
    assert "ChangeRefused" in play.kinds("FIRM")


def test_a_proposal_on_an_older_register_is_carried_over(play: Play) -> None:
    """Another change in between is kept; the same field changed otherwise refuses it."""
    mine = proposes(play, "duty", "duty", "phone", NEW)
    title = proposes(play, "head", "duty", "title", "值班长")
    same = proposes(play, "root", "duty", "phone", "+8613700137777")
    play.do(Confirm(by=by("root"), request=title["consent"]))
    play.do(Confirm(by=by("root"), request=mine["consent"]))
    after = site(play).people["duty"]
    assert (after.title.zh, after.reach[0].to) == ("值班长", NEW)
    reply = play.do(Confirm(by=by("head"), request=same["consent"]))
    assert "此处又有改动" in reply.said.zh
    assert site(play).people["duty"].reach[0].to == NEW
    assert revision(play, same["revision"]).stage is Stage.REFUSED
    told(play)


def test_one_change_is_taken_back(play: Play) -> None:
    """Later changes elsewhere stay; what was changed again since is refused with where."""
    first = proposes(play, "duty", "duty", "phone", NEW)
    play.do(Confirm(by=by("root"), request=first["consent"]))
    title = proposes(play, "head", "duty", "title", "值班长")
    play.do(Confirm(by=by("root"), request=title["consent"]))
    with pytest.raises(NotAllowed):
        play.do(UndoRevision(by=by("duty"), revision=first["revision"]))
    back = play.do(UndoRevision(by=by("root"), revision=first["revision"]))
    after = site(play).people["duty"]
    assert (after.title.zh, after.reach[0].to) == ("值班长", OLD)
    assert revision(play, first["revision"]).undone_by == "root"
    with pytest.raises(BadInput):
        play.do(UndoRevision(by=by("root"), revision=first["revision"]))
    again = proposes(play, "head", "duty", "title", "夜班长")
    play.do(Confirm(by=by("root"), request=again["consent"]))
    with pytest.raises(BadInput, match=r"people\.duty\.title"):
        play.do(UndoRevision(by=by("root"), revision=title["revision"]))
    assert revision(play, back.id).kind == "undo"
    told(play)


def test_history_shows_numbers_to_those_concerned(play: Play) -> None:
    """Whoever may agree, asked for it or is meant sees them in full; others in part."""
    asked = proposes(play, "duty", "duty", "phone", NEW)

    def seen(viewer: str) -> str:
        def look(uow: Any) -> str:
            (one,) = history(uow, asked["revision"], play.now)
            return "".join(words.zh for words in details(uow, one, viewer))

        return str(play.store.read(look))

    assert [NEW in seen(viewer) for viewer in ("duty", "head", "root")] == [True] * 3
    assert [NEW in seen(viewer) for viewer in ("clerk", "boss", "")] == [False] * 3
    found = play.store.read(lambda uow: [one.id for one in history(uow, "duty", play.now)])
    assert found == [asked["revision"]]
    told(play)


def test_by_chat(play: Play) -> None:
    """改号码 and change title, agreed to by a line of chat."""
    talk = Talk(play)
    assert "同意后生效" in talk.hears("duty", "改号码 139 0013 9999")
    code = play.store.read(lambda uow: next(iter(uow.consents.open())))
    told(play)
    assert "已生效" in talk.hears("head", f"第二人确认 {code}")
    assert site(play).people["duty"].reach[0].to == NEW
    assert "同意后生效" in talk.hears("root", "改通讯录 duty 职务 值班长")
    assert "无权" in talk.hears("clerk", "change contact duty phone 13700137777")
    told(play)


def test_several_hits_are_a_choice(play: Play) -> None:
    """A post, a department or a part of a name lists whom it may mean; a number picks one."""
    talk = Talk(play)
    heard = talk.hears("clerk", "通讯录 technology 用途=核对")
    assert all(f" ({id})" in heard for id in ("duty", "deputy", "admin", "head"))
    assert "138****0001" in talk.hears("clerk", "1")
    assert "138****0006" in talk.hears("clerk", "通讯录 sec 用途=核对"), "a part of second"
    assert "没有" in talk.hears("clerk", "通讯录 张三 用途=核对")


# Files and database


def both_changed(play: Play) -> Site:
    """The database has a new number of duty's, the files a new title."""
    before = site(play)
    asked = proposes(play, "duty", "duty", "phone", NEW)
    play.do(Confirm(by=by("root"), request=asked["consent"]))
    told(play)
    people = dict(before.people)
    people["duty"] = replace(people["duty"], title=Words("值班长", "Chief"))
    return replace(before, people=people)


def test_both_sides_are_taken_where_they_agree(play: Play) -> None:
    """What one side changed stands beside what the other did; the export is still owed."""
    files = both_changed(play)
    found = play.store.read(lambda uow: compared(uow, files))
    assert [one.place for one in found.in_files] == [("people", "duty", "title")]
    assert [one.place for one in found.in_database] == [("people", "duty", "reach")]
    assert found.conflicts == ()
    with pytest.raises(BadInput, match="files have changed"):
        play.store.read(lambda uow: to_export(uow, files, by("root"), play.now))
    with pytest.raises(NotAllowed):
        play.do(ApplyFiles(by=by("duty"), site=files))
    reply = play.do(ApplyFiles(by=by("root"), site=files))
    assert reply.facts["unexported"]
    after = site(play).people["duty"]
    assert (after.title.zh, after.reach[0].to) == ("值班长", NEW)
    version, wanted = play.store.read(lambda uow: to_export(uow, files, by("root"), play.now))
    play.do(RecordExport(by=by("root"), version=version, site=wanted))
    assert not noted(play)
    assert play.do(ApplyFiles(by=by("root"), site=wanted)).facts == {
        "changes": 0,
        "conflicts": 0,
        "unexported": False,
    }


def test_a_database_of_before_knows_what_was_agreed(play: Play) -> None:
    """Where no base was noted, it is the register before the first change that no file has."""
    files = both_changed(play)
    play.store.run(lambda uow: uow.notes.put(FILES, None))
    found = play.store.read(lambda uow: compared(uow, files))
    assert [one.place for one in found.in_files] == [("people", "duty", "title")]
    assert [one.place for one in found.in_database] == [("people", "duty", "reach")]


@pytest.mark.parametrize(("take", "stands"), [("files", "+8613600136666"), ("database", NEW)])
def test_a_conflict_is_settled_by_whoever_applies(play: Play, take: str, stands: str) -> None:
    """The same field changed on both sides: shown, refused, and taken as said."""
    files = both_changed(play)
    people = dict(files.people)
    people["duty"] = replace(
        people["duty"], reach=(Way("voice", "+8613600136666"), *people["duty"].reach[1:])
    )
    files = replace(files, people=people)
    with pytest.raises(BadInput, match=r"13600136666.*|differently"):
        play.do(ApplyFiles(by=by("root"), site=files))
    assert site(play).people["duty"].title.zh == "岗", "nothing was taken"
    play.do(ApplyFiles(by=by("root"), site=files, take=take))
    after = site(play).people["duty"]
    assert (after.reach[0].to, after.title.zh) == (stands, "值班长")
    assert noted(play) is (take == "database")


# Leaving


def test_who_leaves_while_on_call_is_flagged(play: Play) -> None:
    """P9: the running incident keeps its copy, they are rung no more, and the future is named."""
    rotation = Rotation(
        "night",
        datetime.fromisoformat("2026-01-05T08:30"),
        people=("duty", "deputy"),
        shift=timedelta(days=1),
    )
    cover = Override("night", MORNING + timedelta(days=5), MORNING + timedelta(days=6), "duty")
    play.do(AcceptSite(site=replace(site(play), rotations={"night": rotation}, overrides=(cover,))))
    incident = str(play.do(Declare(by=by("clerk"), playbook="outage", title="中断")).id)
    copy = play.incident(incident).site_version
    play.do(Acknowledge(by=by("duty"), incident=incident))
    play.outgoing.clear()
    with pytest.raises(NotAllowed):
        play.do(RemoveForGood(by=by("clerk"), person="duty", reason="离职"))
    reply = play.do(RemoveForGood(by=by("root"), person="duty", reason="离职"))
    where = [gap["zh"] for gap in reply.facts["to_replace"]]
    assert "值班负责人主岗" in where
    assert [one for one in where if one.startswith("轮值night：11-")]
    assert [one for one in where if one.startswith("调班night：11-28")]
    assert incident in reply.said.zh
    after = site(play)
    assert "duty" not in after.people
    gone = play.store.read(lambda uow: history(uow, "duty", play.now))
    assert [one.id for one in gone] == [reply.facts["revision"]]
    assert after.roles["duty_lead"].primary == "duty", "left open, and said so"
    assert play.incident(incident).site_version == copy
    assert any("值班负责人主岗" in one for one in told(play)), "the administrators hear of it"
    play.wait(timedelta(minutes=10))
    assert not [m for _, m in play.outgoing if m.person == "duty"]
    play.outgoing.clear()


def test_who_leaves_by_the_files_is_flagged_too(play: Play) -> None:
    """However somebody goes, the administrators are told what they leave open."""
    before = site(play)
    people = {id: one for id, one in before.people.items() if id != "deputy"}
    play.do(AcceptSite(site=replace(before, people=people)))
    assert any("值班负责人备岗" in one and "通报联络人" in one for one in told(play))
    flagged = [e.payload or {} for e in play.timeline("FIRM") if e.kind == "LeaverFlagged"]
    assert [one["person"] for one in flagged] == ["deputy"]
