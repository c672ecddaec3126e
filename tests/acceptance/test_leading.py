"""Who commands, who keeps watch, and what happens when they fall silent."""

from datetime import timedelta

import pytest

from responder.commands.consent import Confirm
from responder.commands.firm import RemovePerson
from responder.commands.incidents.incident import Declare
from responder.commands.incidents.leading import HandOver, SetLevel, Take
from responder.commands.incidents.note import AddNote
from responder.commands.incidents.phase import Cancel, Reopen, SetPhase
from responder.commands.incidents.undo import Undo
from responder.commands.paging.answering import Acknowledge
from responder.domain.incident import Phase
from responder.errors import BadInput, IllegalChange, NotAllowed
from tests.stage.play import Play, by

MINUTE = timedelta(minutes=1)


@pytest.fixture
def id(play: Play) -> str:
    """A leak, taken by the head of IT; nothing else is under way."""
    declared = play.do(Declare(by=by("clerk"), playbook="leak", title="客户信息外泄"))
    play.do(Acknowledge(by=by("head"), incident=declared.id))
    play.rings()
    return str(declared.id)


def commander(play: Play, id: str) -> str:
    return play.incident(id).commander


def test_the_first_who_may_command_commands(play: Play, id: str) -> None:
    """The first acknowledger who may command is the incident commander."""
    assert commander(play, id) == "head"


def test_a_handover_counts_only_when_accepted(play: Play, id: str) -> None:
    """The giver stays responsible until the other accepts."""
    play.do(HandOver(by=by("head"), incident=id, to="deputy"))
    assert commander(play, id) == "head"
    assert play.tells() == [f"deputy {via} handover" for via in ("slack", "sms", "voice")]
    play.do(Take(by=by("deputy"), incident=id))
    assert commander(play, id) == "deputy"
    assert play.tells() == ["head slack told", "head sms told"]


def test_somebody_ahead_in_the_order_takes_over_without_asking(play: Play, id: str) -> None:
    """The duty lead stands before the head of IT in the command order; the clerk does not."""
    with pytest.raises(NotAllowed):
        play.do(Take(by=by("clerk"), incident=id))
    play.do(Take(by=by("duty"), incident=id))
    assert commander(play, id) == "duty"
    play.tells()


def test_a_silent_commander_is_asked_then_paging_starts_anew(play: Play, id: str) -> None:
    """Thirty minutes without an act: asked by chat and SMS, by voice, then a new cycle."""
    play.wait(30 * MINUTE)
    assert play.tells() == ["head slack still_there", "head sms still_there"]
    play.wait(2.5 * MINUTE)
    assert play.tells() == ["head voice still_there"]
    play.wait(2.5 * MINUTE)
    assert commander(play, id) == ""
    assert "head voice" in play.rings(), "round 1, step 1 again"
    play.do(Acknowledge(by=by("head"), incident=id))
    assert commander(play, id) == "head"
    play.tells()


def test_an_act_of_their_own_shows_that_the_commander_is_there(play: Play, id: str) -> None:
    """A note at 29 minutes moves the question on by 30."""
    play.wait(29 * MINUTE)
    play.do(AddNote(by=by("head"), incident=id, text="正在封堵"))
    play.wait(29 * MINUTE)
    assert play.tells() == []
    play.wait(MINUTE)
    assert play.tells() == ["head slack still_there", "head sms still_there"]


def test_raising_the_level_pages_anew_and_lowering_needs_two(play: Play, id: str) -> None:
    """Raised at once: who had it is told, not rung. Lowered only on a second person's word."""
    play.do(SetLevel(by=by("head"), incident=id, level=1, reason="扩大"))
    assert play.rings() == ["head slack", "head sms"], "told in writing, not by voice"
    asked = play.do(SetLevel(by=by("head"), incident=id, level=2, reason="已控制"))
    with pytest.raises(BadInput, match="cannot also confirm"):
        play.do(Confirm(by=by("head"), request=asked.id))
    play.do(Confirm(by=by("duty"), request=asked.id))
    assert play.kinds(id)[-1] == "LevelLowered"
    play.wait(timedelta(0))
    play.rings(), play.tells()


def test_undoing_an_acknowledgement_pages_on(play: Play, id: str) -> None:
    """Within ten minutes it leaves the count; below the need, paging goes on at once."""
    play.wait(5 * MINUTE)
    play.do(Undo(by=by("head")))
    assert commander(play, id) == ""
    assert play.rings(), "somebody is rung again"
    assert play.kinds(id).count("Undone") == 1
    play.tells()


def test_after_ten_minutes_nothing_is_undone(play: Play, id: str) -> None:
    """The refusal says what can be undone."""
    play.wait(11 * MINUTE)
    with pytest.raises(BadInput, match="ten minutes"):
        play.do(Undo(by=by("head")))


def test_whoever_is_removed_stops_counting_at_once(play: Play, id: str) -> None:
    """Rights follow the live register, in running incidents too."""
    play.do(RemovePerson(by=by("root"), person="head", reason="离职"))
    assert commander(play, id) == ""
    rung = play.rings()
    assert rung
    assert not [line for line in rung if line.startswith("head ")]
    play.tells()
    with pytest.raises(NotAllowed):
        play.do(Acknowledge(by=by("head"), incident=id))


def test_an_illegal_change_names_the_legal_ones(play: Play, id: str) -> None:
    """From active there is no way to closed."""
    with pytest.raises(IllegalChange, match="contained, restored, cancelled"):
        play.do(SetPhase(by=by("head"), incident=id, phase=Phase.CLOSED))


def test_reopened_it_pages_anew(play: Play, id: str) -> None:
    """Back from restored: those who had it are told, paging begins a new cycle."""
    play.do(SetPhase(by=by("head"), incident=id, phase=Phase.RESTORED))
    play.do(Reopen(by=by("head"), incident=id, reason="再次中断"))
    assert play.rings() == ["head slack", "head sms"], "told in writing, not by voice"
    assert "CycleBegan" in play.kinds(id)
    play.rings(), play.tells()


def test_from_active_a_second_person_cancels(play: Play, id: str) -> None:
    """Taken in hand, an incident is cancelled by two."""
    asked = play.do(Cancel(by=by("head"), incident=id, reason="误报"))
    assert play.incident(id).phase is Phase.ACTIVE
    play.do(Confirm(by=by("duty"), request=asked.id))
    assert play.incident(id).phase is Phase.CANCELLED
    play.tells()
