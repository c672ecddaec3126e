"""The roll-call: who is asked when, what the board shows, and what ten thousand people cost."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from responder.commands.case import Case
from responder.commands.engine_work import RunDue
from responder.commands.firm import AcceptSite
from responder.commands.incidents.card import card_of
from responder.commands.incidents.incident import Declare
from responder.commands.incidents.roll_call import AnswerRoll, CallRoll
from responder.commands.incidents.safety_board import MOST_SILENT, safety_board
from responder.commands.paging.answering import Acknowledge
from responder.domain.message import Purpose
from responder.errors import BadInput
from tests.stage.firm import person, small_firm
from tests.stage.play import Play, by
from tests.stage.talk import Talk

MINUTE = timedelta(minutes=1)
DEPARTMENTS = ("technology", "guarding", "risk", "")


def crowd(play: Play, count: int) -> None:
    """A firm with so many more people, in four departments, reached by SMS alone."""
    site = small_firm()
    more = [person(f"p{n:05}", "sms", department=DEPARTMENTS[n % 4]) for n in range(count)]
    people = site.people | {one.id: one for one in more}
    teams = site.teams | {"everybody": tuple(one.id for one in more)}
    play.do(AcceptSite(site=replace(site, people=people, teams=teams)))


def called(play: Play, target: str) -> str:
    """An incident in hand, and the roll called."""
    id = str(play.do(Declare(by=by("clerk"), playbook="leak", title="机房烟雾")).id)
    play.do(Acknowledge(by=by("head"), incident=id))
    play.rings(), play.tells()
    play.do(CallRoll(by=by("head"), incident=id, target=target))
    return id


def answer(play: Play, id: str, person: str, safe: bool = True) -> None:
    play.do(AnswerRoll(by=by(person), incident=id, safe=safe))


def board(play: Play, id: str, language: str = "zh") -> list[str]:
    shown = play.store.read(lambda uow: safety_board(uow, id))
    return list(shown.lines(language))


def facts(play: Play, id: str) -> dict[str, Any]:
    return play.store.read(lambda uow: safety_board(uow, id).facts)


def card(play: Play, id: str) -> dict[str, Any]:
    return play.store.read(lambda uow: card_of(Case.load(uow, id, play.now)))


def test_the_board_counts_first_and_names_everybody_in_need(play: Play) -> None:
    """Then the silent, by department."""
    id = called(play, "team:technology")
    for one in ("duty", "deputy", "head"):
        answer(play, id, one)
    answer(play, id, "admin", safe=False)
    play.tells()
    people = play.incident(id).roll_call
    assert people is not None
    silent = "、".join(play.store.read(lambda uow: names(uow, people.silent, "zh")))
    count, left = len(people.asked), len(people.silent)
    assert board(play, id) == [
        f"20:15点名（第1次）：平安3/{count}，求助1，未应答{left}",
        "需要救助：admin（技术，20:15）",
        f"未应答：技术{left}人：{silent}",
    ]
    assert board(play, id, "en")[0] == (
        f"Roll-call of 20:15, asked once: 3/{count} safe, 1 in need, {left} silent"
    )
    shown = card(play, id)
    assert shown["safe"] == f"平安3/{count}，求助1，未应答{left}"
    assert shown["in_need"] == "admin（技术，20:15）"
    assert shown["silent"] == f"技术{left}人：{silent}"


def names(uow: Any, people: Any, language: str) -> list[str]:
    site = uow.sites.get(uow.sites.accepted())
    return [site.people[one].name.said(language) for one in people]


def test_the_board_is_whole_in_json(play: Play) -> None:
    """Every silent person, and who asked for help without having been asked."""
    crowd(play, 200)
    id = called(play, "team:everybody")
    play.tells()
    answer(play, id, "p00000")
    answer(play, id, "p00001", safe=False)
    answer(play, id, "duty", safe=False)
    play.tells()
    told = facts(play, id)
    assert (told["asked"], told["safe"], told["silent"]) == (200, 1, 198)
    assert [one["person"] for one in told["in_need"]] == ["p00001", "duty"]
    assert sum(len(one["silent"]) for one in told["departments"]) == 198
    by_department = {one["department"]: one for one in told["departments"]}
    assert by_department["guarding"]["in_need"] == 1
    assert by_department[None]["asked"] == 50


def test_a_board_of_many_names_a_few_and_counts_the_rest(play: Play) -> None:
    """Whoever needs help is named all the same."""
    crowd(play, 400)
    id = called(play, "team:everybody")
    play.tells()
    for n in range(0, 100, 2):
        answer(play, id, f"p{n:05}", safe=False)
    play.tells()
    lines = board(play, id)
    assert lines[0].endswith("平安0/400，求助50，未应答350")
    assert lines[1].count("（") == 50
    named = sum(line.count("p0") for line in lines[2:])
    assert named == MOST_SILENT
    assert [line.partition("人")[0] for line in lines[2:]] == [
        "未应答：安保100",
        "未应答：未分部门100",
        "未应答：技术75",
        "未应答：风险控制75",
    ]
    assert max(map(len, lines[2:])) < 500


def test_whoever_answered_is_not_asked_any_more(play: Play) -> None:
    """What is not yet sent to them is taken back."""
    crowd(play, 3)
    id = str(play.do(Declare(by=by("clerk"), playbook="leak", title="机房烟雾")).id)
    play.do(Acknowledge(by=by("head"), incident=id))
    play.rings(), play.tells()
    play._run(CallRoll(by=by("head"), incident=id, target="team:everybody"))
    play._run(AnswerRoll(by=by("p00001"), incident=id, safe=True))
    play.wait(timedelta(0))
    assert play.tells() == ["p00000 sms roll_call", "p00002 sms roll_call"]


def test_nobody_is_asked_twice_before_having_been_asked_once(play: Play) -> None:
    """A slow way still has the first question when the second is due: the others get it."""
    crowd(play, 3)
    id = called(play, "p00000")
    play.tells()
    play._run(CallRoll(by=by("head"), incident=id, target="team:everybody"))
    play.now += 5 * MINUTE
    play._run(RunDue())
    waiting = play.store.read(lambda uow: [m for m in uow.outbox.of(id) if m.settled_at is None])
    assert sorted(m.person for m in waiting if m.purpose is Purpose.ROLL_CALL) == [
        "p00000",
        "p00001",
        "p00002",
    ]
    play.wait(timedelta(0))
    play.tells()
    play.wait(5 * MINUTE)
    assert len(play.tells()) == 3


def test_the_list_of_the_silent_gives_the_number_first(play: Play) -> None:
    crowd(play, 200)
    called(play, "team:everybody")
    play.wait(15 * MINUTE)
    sent = [m for _, m in play.outgoing if m.purpose is Purpose.ALARM]
    assert {m.person for m in sent} == {"head"}
    assert sent[0].facts["what"].startswith("点名15分钟，200人未应答：")
    assert len(sent[0].facts["what"]) < 700
    play.tells()


def test_without_a_roll_call_there_is_no_board(play: Play) -> None:
    id = play.do(Declare(by=by("clerk"), playbook="leak", title="机房烟雾")).id
    with pytest.raises(BadInput, match="safety ask"):
        board(play, id)
    assert card(play, id)["safe"] == ""
    play.rings(), play.tells()


@pytest.mark.parametrize("line", ["平安看板", "安全 看板", "safety board", "safety status"])
def test_the_board_is_a_word_away(play: Play, line: str) -> None:
    """In any chat, in the language of who asks."""
    id = called(play, "team:technology")
    play.tells()
    assert Talk(play).hears("head", line).splitlines() == board(play, id)
