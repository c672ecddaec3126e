"""Records are kept two years at least; holds keep them longer; two people erase, on the record."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from responder.commands.consent import Confirm
from responder.commands.incidents.incident import Declare
from responder.commands.incidents.note import AddNote
from responder.commands.incidents.phase import Cancel
from responder.commands.queries import timeline
from responder.commands.records.evidence import AddEvidence, hashes
from responder.commands.records.retention import (
    EraseOutlived,
    PlaceHold,
    ReleaseHold,
    holds,
    outlived,
)
from responder.commands.warnings.moving import MoveWarning
from responder.commands.warnings.warning import RaiseWarning
from responder.domain.incident import Phase
from responder.domain.warning import Stage
from responder.errors import BadInput, NotAllowed, UnknownId
from responder.store.erasing import BY_ID, BY_INCIDENT
from responder.store.proofs import make_checkpoint, slice_of, verify_ledger
from responder.store.signing import KeyFileSigner
from responder.store.unit import SHELVES
from responder.store.vault import FolderVault
from tests.acceptance.test_the_investigation import add, firm
from tests.stage.play import Play, by

START = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
YEAR = timedelta(days=365)
SECRET = "李四当时在机房"


@pytest.fixture
def store(opened):
    """On either database."""
    return opened()


@pytest.fixture
def play(store):
    play = Play.of(store, firm(), START)
    yield play
    play.rings(), play.tells()


def over(play: Play, *, drill: bool = False) -> str:
    """An incident that was a false alarm, with something personal on its record."""
    id = play.do(
        Declare(by=by("clerk"), playbook="outage", title="误报", drill=drill, separate="另一件")
    ).id
    play.do(AddNote(by=by("duty"), incident=id, text=SECRET))
    play.do(Cancel(by=by("duty"), incident=id, reason="误报"))
    assert play.incident(id).phase is Phase.CANCELLED
    return id


def past(play: Play) -> list[str]:
    return [one.id for one in play.store.read(lambda uow: outlived(uow, play.now))]


def erase(play: Play, first: str = "law", second: str = "lex") -> dict:
    asked = play.do(EraseOutlived(by=by(first), reason="保存期满"))
    return play.do(Confirm(by=by(second), request=asked.id)).facts


def release(play: Play, id: str) -> None:
    asked = play.do(ReleaseHold(by=by("law"), incident=id, reason="调查结束"))
    play.do(Confirm(by=by("root"), request=asked.id))


def lately(play: Play, ids: list[str]) -> None:
    """Long after: two years and a day."""
    play.now += 2 * YEAR + timedelta(days=2)


@pytest.mark.parametrize("drill", [False, True])
def test_before_two_years_nobody_erases(play, drill):
    """To the second; an administrator and the head of the command body included."""
    id = over(play, drill=drill)
    last = play.timeline(id)[-1].at
    play.now = last.replace(year=last.year + 2) - timedelta(seconds=1)
    for person in ("law", "lex", "root", "boss"):
        with pytest.raises(BadInput, match="within its years"):
            play.do(EraseOutlived(by=by(person), reason="清理"))
    assert past(play) == []
    play.now += timedelta(seconds=1)
    assert past(play) == [id]
    assert erase(play)["erased"] == [id]


def test_what_goes_and_what_stays(play, tmp_path):
    """Words, values, messages and files go; the chain, its hashes and checkpoints stay whole."""
    vault = FolderVault(tmp_path / "files", 10**6)
    signer = KeyFileSigner(tmp_path / "site.key")
    kept = vault.keep([b"what was said"])
    gone, stays = over(play), over(play)
    for id in (gone, stays):
        play.do(
            AddEvidence(
                by=by("duty"), incident=id, name="a.log", sha256=kept.sha256, size=kept.size
            )
        )
    own = vault.keep([b"only here"])
    play.do(
        AddEvidence(by=by("duty"), incident=gone, name="b.log", sha256=own.sha256, size=own.size)
    )
    before = make_checkpoint(play.store, signer, by("root"), play.now)
    play.do(PlaceHold(by=by("audit"), incident=stays, reason="监管调查"))
    lately(play, [gone, stays])
    for nobody in ("duty", "audit", "nobody"):
        with pytest.raises(NotAllowed):
            play.do(EraseOutlived(by=by(nobody), reason="清理"))
    asked = play.do(EraseOutlived(by=by("law"), reason="保存期满"))
    for wrong in ("law", "duty", "audit"):
        with pytest.raises(BadInput):
            play.do(Confirm(by=by(wrong), request=asked.id))
    assert play.incident(gone), "nothing goes before the second person"
    play.do(Confirm(by=by("boss"), request=asked.id))
    with pytest.raises(UnknownId):
        play.store.read(lambda uow: timeline(uow, gone))
    entries = play.timeline(gone)
    assert entries
    assert all(entry.payload is None for entry in entries)
    held = play.store.read(
        lambda uow: (
            uow.outbox.of(gone),
            uow.tasks.of(gone),
            uow.exhibits.of(gone),
            uow.escalations.get(gone),
        )
    )
    assert held == ([], {}, {}, None)
    assert SECRET in str(play.timeline(stays))
    verdict = verify_ledger(play.store, before)
    assert verdict.ok, verdict.fault
    assert set(verdict.removed) == {entry.seq for entry in entries}
    assert slice_of(play.store, gone)
    (record,) = [e for e in play.timeline("FIRM") if e.kind == "RecordErased"]
    assert (record.actor, record.payload["asked_by"], record.payload["incident"]) == (
        "boss",
        "law",
        gone,
    )
    assert sorted(record.payload["files"]) == sorted([kept.sha256, own.sha256])
    named = play.store.read(hashes)
    assert named == {kept.sha256}
    assert vault.sweep(named, datetime(2090, 1, 1, tzinfo=UTC)) == [own.sha256]
    with vault.open(kept.sha256) as file:
        assert file.read() == b"what was said"


def test_a_hold_set_between_asking_and_agreeing_holds(play):
    """What was listed is judged anew when the second person agrees."""
    one, two = over(play), over(play)
    lately(play, [one, two])
    asked = play.do(EraseOutlived(by=by("law"), reason="保存期满"))
    assert asked.facts["incidents"] == [one, two]
    play.do(PlaceHold(by=by("audit"), incident=one, reason="监管来函"))
    done = play.do(Confirm(by=by("lex"), request=asked.id)).facts
    assert (done["erased"], done["kept"]) == ([two], [one])
    assert SECRET in str(play.timeline(one))


def test_a_hold_takes_two_to_release(play):
    """One person holds; asking alone releases nothing; released, its years count."""
    id = over(play)
    play.do(PlaceHold(by=by("audit"), incident=id, reason="监管调查"))
    with pytest.raises(BadInput, match="already"):
        play.do(PlaceHold(by=by("law"), incident=id, reason="又一次"))
    lately(play, [id])
    with pytest.raises(NotAllowed):
        play.do(ReleaseHold(by=by("audit"), incident=id, reason="完"))
    play.do(ReleaseHold(by=by("law"), incident=id, reason="完"))
    assert play.store.read(holds)[0]["id"] == id
    with pytest.raises(BadInput):
        play.do(EraseOutlived(by=by("law"), reason="保存期满"))
    release(play, id)
    assert play.store.read(holds) == []
    lately(play, [id])  # its release was the last on its record
    assert erase(play)["erased"] == [id]


def test_an_open_measure_keeps_its_incident(play):
    """Nothing goes whose work is not done."""
    id = over(play)
    add(play, id)
    lately(play, [id])
    play.wait(timedelta(days=400))
    play.now += 3 * YEAR
    (one,) = play.store.read(lambda uow: outlived(uow, play.now))
    assert [words.en for words in one.kept] == ["measures are open"]


def test_a_warning_is_kept_and_held_like_an_incident(play):
    """By its own id, and by that of the incident it became."""
    id = play.do(RaiseWarning(by=by("duty"), title="磁盘将满", playbook="outage")).id
    play.do(MoveWarning(by=by("head"), warning=id, stage=Stage.VERIFIED))
    play.do(MoveWarning(by=by("head"), warning=id, stage=Stage.LIFTED, reason="已处理"))
    play.do(PlaceHold(by=by("law"), incident=id, reason="监管调查"))
    lately(play, [id])
    with pytest.raises(BadInput):
        play.do(EraseOutlived(by=by("law"), reason="保存期满"))
    release(play, id)
    lately(play, [id])
    assert erase(play)["erased"] == [id]
    assert verify_ledger(play.store).ok


def test_a_firm_may_keep_longer_never_shorter(store):
    """Five years by the site; one year counts as two."""
    for years, spare in ((5, 5), (1, 2), (0, 2), (-3, 2)):
        play = Play.of(store, firm(retention_years=years), START)
        id = over(play)
        play.now += spare * YEAR - timedelta(days=1)
        assert id not in past(play)
        play.now += timedelta(days=5)
        assert id in past(play)
        play.outgoing.clear()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(["hold", "ask", "agree", "release", "years"]), max_size=12))
def test_what_is_held_is_never_erased(opened, steps):
    """Whatever is asked for and agreed to, in whatever order."""
    store = opened()
    play = Play.of(store, firm(), START)
    id, held, asked = over(play), False, []
    play.now += 3 * YEAR
    for step in steps:
        try:
            if step == "hold":
                play.do(PlaceHold(by=by("audit"), incident=id, reason="监管调查"))
                held = True
            elif step == "ask":
                asked.append(play.do(EraseOutlived(by=by("law"), reason="保存期满")).id)
            elif step == "agree" and asked:
                play.do(Confirm(by=by("lex"), request=asked.pop()))
            elif step == "release":
                release(play, id)
                held = False
            elif step == "years":
                play.now += 3 * YEAR
        except (BadInput, UnknownId):
            pass
        there = play.store.read(lambda uow: uow.incidents.get(id)) is not None
        assert there or not held
        if not there:
            break
    assert verify_ledger(store).ok
    play.outgoing.clear()


OF_THE_FIRM = {
    "drill_archives",
    *("assessments", "change_notices", "drill_approvals", "drill_plans", "event_reviews", "feeds"),
    "issued_cards",
    *("logged_events", "plan_versions", "probes", "problems", "provision_checks", "readings"),
    *("revisions", "sessions", "shifts", "swaps", "unit_checks", "way_checks"),
}
"""What is kept of the firm's readiness: stocks, the log of events and the library outlive what an
incident leaves behind."""


def test_every_shelf_is_erased(play):
    """Talks stay: they hold what a chat was last asked. So does what is of the firm."""
    erased = {table.name for table in (*BY_ID, *BY_INCIDENT)}
    assert erased == set(SHELVES) - {"talks"} - OF_THE_FIRM
