"""The year's training: invited, signed in, scored, closed; what was forgotten is asked after."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from responder.commands.daily import StartRounds
from responder.commands.planning.training import (
    AttendTraining,
    CloseTraining,
    HoldTraining,
    ScoreTraining,
    trainings,
)
from responder.domain.record import THE_FIRM
from responder.domain.training import Course
from responder.domain.words import Words
from responder.errors import BadInput, NotAllowed, UnknownId
from tests.acceptance.test_the_plans_life import (  # noqa: F401 - the fixture is at work
    START,
    _rounds_of_our_own,
    ask,
    firm,
    heard,
)
from tests.stage.play import Play, by
from tests.stage.talk import Talk

DAY = timedelta(days=1)
SPRING = Course(
    "spring",
    Words("春季培训", "Spring training"),
    date(2026, 12, 10),
    ("duty_lead",),
    ("plan", "rules"),
    trainer="head",
)


@pytest.fixture
def store(opened):
    """On either database."""
    return opened()


@pytest.fixture
def play(store):
    play = Play.of(store, replace(firm(), courses={"spring": SPRING}), START)
    yield play
    assert heard(play) == []


def row(play: Play):
    return ask(play, trainings)[0]


def test_a_course_from_the_invitation_to_the_close(play):
    """Invited a fortnight and a day before; signed in by chat; scored; the absent are named."""
    play.do(StartRounds())
    play.wait(17 * DAY)
    invited = [m.person for _, m in play.outgoing if m.via == "slack"]
    assert sorted(invited) == ["deputy", "deputy", "duty", "duty"]
    heard(play)
    talk = Talk(play)
    assert "没有正在签到的培训" in talk.hears("duty", "参加培训")
    held = play.do(HoldTraining(by=by("head"), course="spring"))
    assert heard(play) == ["deputy", "duty"]
    assert row(play)["running"] == held.id
    assert "TRN-2026-0001签到" in talk.hears("duty", "参加培训")
    assert "1 in all" in talk.hears("duty", "lang en") + talk.hears("duty", "training attend")
    play.do(AttendTraining(by=by("head"), people=("clerk",)))
    play.do(ScoreTraining(by=by("head"), session=held.id, person="clerk", right=5))
    talk.hears("duty", "training quiz")
    closed = play.do(CloseTraining(by=by("head"), session=""))
    assert closed.facts["missed"] == ["deputy"]
    found = row(play)
    assert (found["attended"], found["missed"]) == (["clerk", "duty"], ["deputy"])
    assert found["scores"] == {"clerk": 5}
    assert found["running"] is None
    kinds = [kind for kind in play.kinds(THE_FIRM) if kind.startswith("Training")]
    assert kinds == [
        "TrainingHeld",
        "TrainingAttended",
        "TrainingAttended",
        "TrainingScored",
        "TrainingClosed",
    ]
    assert "Spring training · held" in talk.hears("duty", "training list")


def test_what_was_planned_and_not_held_is_asked_after(play):
    """Once, of the trainer."""
    play.do(StartRounds())
    play.wait(17 * DAY)
    heard(play)
    play.wait(5 * DAY)
    assert heard(play) == ["head"]
    assert row(play)["overdue"]


def test_who_may_and_what_is_refused(play):
    """Nobody signs others in or scores without leave; no unknown course; none closed empty."""
    with pytest.raises(NotAllowed):
        play.do(HoldTraining(by=by("duty"), course="spring"))
    with pytest.raises(UnknownId):
        play.do(HoldTraining(by=by("root"), course="sprung"))
    id = play.do(HoldTraining(by=by("root"), course="spring")).id
    heard(play)
    with pytest.raises(BadInput, match="is being held already"):
        play.do(HoldTraining(by=by("root"), course="spring"))
    with pytest.raises(BadInput, match="Nobody signed in"):
        play.do(CloseTraining(by=by("root"), session=id))
    with pytest.raises(NotAllowed):
        play.do(AttendTraining(by=by("duty"), people=("deputy",)))
    with pytest.raises(UnknownId):
        play.do(AttendTraining(by=by("root"), people=("nobody",)))
    play.do(AttendTraining(by=by("duty")))
    with pytest.raises(UnknownId):
        play.do(ScoreTraining(by=by("root"), session=id, person="deputy", right=3))
    with pytest.raises(BadInput, match="0 to 5"):
        play.do(ScoreTraining(by=by("root"), session=id, person="duty", right=6))
    with pytest.raises(NotAllowed):
        play.do(CloseTraining(by=by("duty"), session=id))
