"""Do my ways work? A test rings its author alone, and each way is answered by itself."""

import pytest

from responder.commands.paging.keypress import command_of
from responder.commands.paging.screen import waits
from responder.commands.reachability.self_test import TryMyWays
from responder.domain.keys import Act
from responder.domain.message import Message, Purpose
from responder.errors import BadInput
from tests.stage.play import Play, by


def asks(play: Play, message: Message) -> bool:
    """Whether a test still waits for its answer."""
    return play.store.read(lambda uow: waits(uow, message))


def test_every_way_of_ones_own_is_tried_and_nobody_elses(play: Play) -> None:
    """The ways that were answered are on the record; pressing twice says that it is over."""
    reply = play.do(TryMyWays(by=by("duty")))
    assert reply.id == "TST-2026-0001"
    assert play.tells() == ["duty slack test", "duty sms test", "duty voice test"]
    for message in play.store.read(lambda uow: uow.outbox.of(reply.id)):
        assert message.purpose is Purpose.TEST
        answer = command_of(Act.RECEIVED, message, by("duty"))
        assert answer is not None
        assert asks(play, message)
        assert "可用" in play.do(answer).said.zh
        assert not asks(play, message)
        assert "已结束" in play.do(answer).said.zh
    answered = [e.payload or {} for e in play.timeline("FIRM") if e.kind == "WayAnswered"]
    tried = [payload["via"] for payload in answered]
    assert tried == [["slack"], ["sms"], ["voice"]]


def test_one_way_alone(play: Play) -> None:
    """A later test ends an earlier one."""
    first = play.do(TryMyWays(by=by("duty"), via="sms")).id
    play.do(TryMyWays(by=by("duty"), via="voice"))
    assert play.tells() == ["duty sms test", "duty voice test"]
    (message,) = play.store.read(lambda uow: uow.outbox.of(first))
    assert not asks(play, message)


def test_a_way_one_does_not_have_is_named(play: Play) -> None:
    """Nothing is sent, and the ways there are are told."""
    with pytest.raises(BadInput, match="You have: slack, sms, voice"):
        play.do(TryMyWays(by=by("duty"), via="email"))
