"""Buttons about drills: who comes, and how it went; pressed, changed, pressed too late."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from responder.commands import handle
from responder.commands.drills.closing import AnswerPlanChange, CloseDrill, EvaluateDrill
from responder.commands.drills.conducting import EndDrill, MarkExpected
from responder.commands.drills.planned import (
    AnswerInvitation,
    CancelDrill,
    MoveDrill,
    ScheduleDrill,
)
from responder.commands.drills.starting import StartDrill
from responder.commands.incidents.incident import Declare
from responder.commands.paging.answering import Acknowledge
from responder.commands.paging.phone_call import AnswerText
from responder.commands.paging.screen import may_answer, waits
from responder.documents.buttons import buttons_of
from responder.documents.paper.press import Press
from responder.domain.drill import Result
from responder.domain.message import Message, Purpose, State
from responder.domain.people import Way
from responder.domain.record import By, Entry
from responder.inbound.link_address import AFTER_A_DRILL, LINK_HOLDS, address
from responder.inbound.links import Links
from responder.inbound.threshold import Spoken
from responder.store.tokens import KeyedTokens
from tests.acceptance.conftest import EVENING
from tests.acceptance.test_across_the_threshold import Chat
from tests.acceptance.test_drill_dates import DAY, HOUR, PLAN, TO_COME, approve, plan, site, told
from tests.acceptance.test_drills import DRILL, shown
from tests.fakes.browser import Browser
from tests.fakes.web import serving
from tests.stage.play import Play, by
from tests.stage.talk import Talk

TOKENS = KeyedTokens(b"a secret of this firm alone.....")
BASE = "https://er.example.com/"


@pytest.fixture
def play(store) -> Play:
    """The small firm with a scenario, in the evening; the deputy has e-mail and nothing else."""
    firm = site()
    deputy = replace(firm.people["deputy"], reach=(Way("email", "deputy@example.com"),))
    return Play.of(store, replace(firm, people={**firm.people, "deputy": deputy}), EVENING)


@pytest.fixture
def chat(play: Play) -> Chat:
    return Chat(play)


def last(play: Play, person: str, purpose: Purpose, via: str = "slack") -> Message:
    """The latest message of a purpose to somebody."""
    sent = play.store.read(lambda uow: uow.outbox.to(person))
    return [one for one in sent if (one.purpose, one.via) == (purpose, via)][-1]


def asked(play: Play, person: str = "duty") -> Message:
    return last(play, person, Purpose.INVITATION)


def presses(chat: Chat, message: Message, key: str, account: str = "") -> Spoken:
    return chat.presses(account or message.to, f"k:{message.id}:{key}")


def entries(play: Play, kind: str, subject: str = "FIRM") -> list[Entry]:
    return [one for one in play.timeline(subject) if one.kind == kind]


def labels(spoken: Spoken) -> list[str]:
    return [button.label for button in spoken.buttons]


# Who comes


def test_it_is_pressed_and_changed(play: Play, chat: Chat) -> None:
    """What was said stands in the question's place, the other answer under it; a change is told."""
    plan(play)
    question = asked(play)
    assert [one.label for one in buttons_of(question, "zh")] == ["参加", "不能参加"]
    assert (question.incident, question.drill, question.facts["level"]) == (PLAN, False, 0)
    said = presses(chat, question, "1")
    assert said.text.startswith("已登记：能参加。")
    assert PLAN in said.text
    assert (said.settles, said.refused, labels(said)) == (True, False, ["不能参加"])
    told(play, "")
    said = chat.presses(question.to, said.buttons[0].data)
    assert "不能参加" in said.text
    assert labels(said) == ["参加"]
    assert told(play, "不能参加演练") == {"clerk"}
    presses(chat, question, "1")
    assert told(play, "又能参加演练") == {"clerk"}
    kept = [(one.actor, one.door) for one in entries(play, "InvitationAnswered")]
    assert kept == [("duty", "slack")] * 3


def test_the_same_answer_twice_is_kept_once(play: Play, chat: Chat) -> None:
    """It is told again what stands; nothing more is on the record, nobody else hears."""
    plan(play)
    presses(chat, asked(play), "2")
    told(play, "")
    said = presses(chat, asked(play), "2")
    assert said.text.startswith("已登记：不能参加。")
    assert len(entries(play, "InvitationAnswered")) == 1
    assert told(play, "") == set()


def test_pressed_by_others(play: Play, chat: Chat) -> None:
    """Who is not invited answers nothing, who is answers for themselves; a stranger is unknown.

    The addressee's question stays as it was."""
    plan(play)
    chat.links("boss", "U-boss")
    chat.links("head", "U-head")
    refused = presses(chat, asked(play), "1", "U-boss")
    assert "不在该演练的邀请名单" in refused.text
    assert (refused.refused, refused.settles) == (True, False)
    own = presses(chat, asked(play), "1", "U-head")
    assert (own.settles, own.buttons) == (False, ())
    assert "尚未绑定" in presses(chat, asked(play), "1", "U-nobody").text
    assert [one.actor for one in entries(play, "InvitationAnswered")] == ["head"]


@pytest.mark.parametrize("became", ["moved", "cancelled", "begun"])
def test_pressed_too_late(play: Play, chat: Chat, became: str) -> None:
    """It says what is so now, records nothing, and leaves nothing to press."""
    approve(play)
    plan(play)
    question = asked(play)
    if became == "moved":
        play.do(MoveDrill(by=by("clerk"), plan=PLAN, at=TO_COME + DAY, reason="版本推迟"))
    elif became == "cancelled":
        play.do(CancelDrill(by=by("clerk"), plan=PLAN, reason="全员值守"))
    else:
        play.wait(TO_COME - play.now - HOUR)
        play.do(StartDrill(by=by("clerk"), scenario="s"))
    said = presses(chat, question, "1")
    now = {"moved": "已改期至", "cancelled": "已取消：全员值守", "begun": f"已开始，编号{DRILL}"}
    assert now[became] in said.text
    assert (said.refused, said.settles, said.buttons) == (True, True, ())
    assert entries(play, "InvitationAnswered") == []
    if became == "moved":
        assert presses(chat, asked(play), "1").text.startswith("已登记：能参加")


def test_a_reminder_knows_what_was_said(play: Play, chat: Chat) -> None:
    """Who has not answered is asked again; who comes is left the other answer; a no hears none."""
    plan(play)
    presses(chat, asked(play, "duty"), "1")
    presses(chat, asked(play, "head"), "2")
    before = asked(play, "head").id
    play.wait(TO_COME - play.now - HOUR)
    reminded = asked(play, "duty")
    assert [one.label for one in buttons_of(reminded, "zh")] == ["不能参加"]
    assert "一小时内" in reminded.facts["what"]
    assert [one.label for one in buttons_of(asked(play, "clerk"), "zh")] == ["参加", "不能参加"]
    assert asked(play, "head").id == before
    assert "不能参加" in presses(chat, reminded, "2").text


def test_what_was_not_sent_yet_is_not_sent(play: Play) -> None:
    """Cancelled before the outbox came to it: the invitation never goes out."""
    planned = ScheduleDrill(by=by("clerk"), scenario="s", at=TO_COME)
    play.store.run(lambda uow: handle(planned, uow, play.now))
    off = CancelDrill(by=by("clerk"), plan=PLAN, reason="全员值守")
    play.store.run(lambda uow: handle(off, uow, play.now))
    sent = play.store.read(lambda uow: uow.outbox.to("duty"))
    states = {one.state for one in sent if one.purpose is Purpose.INVITATION}
    assert states == {State.WITHDRAWN}


def test_a_digit_by_sms_never_means_it(play: Play) -> None:
    """It always means a page, here one that rings beside an open invitation; words answer it."""
    plan(play)
    digit = AnswerText(by=By("duty", "sms"), number="sms:duty", key="1")
    assert play.do(digit).facts["passive"]
    play.do(Declare(by=by("clerk"), playbook="outage", title="无法登录"))
    play.wait(timedelta(seconds=5))
    assert play.do(digit).facts.get("passive") is None
    assert entries(play, "InvitationAnswered") == []
    assert "已登记：能参加" in Talk(play).hears("duty", "参加演练")


def test_it_waits_until_it_is_answered(play: Play) -> None:
    """In whichever way; then it may still be changed."""
    plan(play)
    question = asked(play)
    before = play.store.read(lambda uow: waits(uow, question))
    play.do(AnswerInvitation(by=by("duty"), plan=PLAN, comes=True))
    after = play.store.read(lambda uow: (waits(uow, question), may_answer(uow, question)))
    assert (before, *after) == (True, False, True)


@pytest.fixture
def pages(play: Play) -> Iterator[Browser]:
    """The firm's one-time pages."""
    with serving(Links(Talk(play), TOKENS, Press(apart=False)).routes) as port:
        yield Browser(port)


def test_who_has_mail_alone_answers_by_its_link(play: Play, pages: Browser) -> None:
    """Until the drill, and anew; moved, it says so."""
    plan(play)
    link = address(BASE, TOKENS, last(play, "deputy", Purpose.INVITATION, "email"))
    play.now += LINK_HOLDS + HOUR
    pages.open(link)
    pages.press("参加")
    done = pages.press("确认：参加")
    assert "已登记：能参加" in done.text
    pages.open(link)
    pages.press("不能参加")
    again = pages.press("确认：不能参加")
    assert "已登记：不能参加" in again.text
    answers = [(one.actor, one.door) for one in entries(play, "InvitationAnswered")]
    assert answers == [("deputy", "link")] * 2
    play.do(MoveDrill(by=by("clerk"), plan=PLAN, at=TO_COME + DAY, reason="版本推迟"))
    assert "已改期至" in pages.open(link).text
    play.now = TO_COME
    assert pages.open(link).status == 410


# How it went


@pytest.fixture
def over(play: Play) -> Play:
    """A drill that was held and is over."""
    approve(play)
    play.do(StartDrill(by=by("clerk"), scenario="s"))
    play.do(Acknowledge(by=by("duty"), incident=DRILL))
    play.wait(11 * timedelta(minutes=1))
    play.do(EndDrill(by=by("clerk"), incident=DRILL))
    return play


def test_a_score_then_two_points(over: Play, chat: Chat) -> None:
    """One press keeps it and asks for the rest; the button asks one thing after the other."""
    chat.links("duty", "slack:duty")
    question = last(over, "duty", Purpose.HOT_WASH)
    assert [one.label for one in buttons_of(question, "zh")] == ["1 否", "2", "3", "4", "5 是"]
    assert question.drill
    said = presses(chat, question, "4")
    assert said.text.startswith(f"【演练】{DRILL}已登记：4分。")
    assert "哪些做得好，哪些应改进" in said.text
    assert labels(said) == ["1 否", "2", "3", "5 是", "写两点意见"]
    assert all(len(button.data.encode()) <= 64 for button in said.buttons)
    assert shown(over)["feedback"]["knew"]["4"] == 1
    assert "哪些做得好" in chat.presses("slack:duty", said.buttons[-1].data).text
    assert "哪些应改进" in chat.says("slack:duty", "接手快").text
    assert "已收到反馈" in chat.says("slack:duty", "通报晚").text
    assert "已收到反馈" in presses(chat, question, "5").text, "the points stay, the score changes"
    (kept,) = shown(over)["feedback"]["answers"]
    assert (kept["knew"], kept["well"], kept["better"]) == (5, "接手快", "通报晚")
    presses(chat, question, "5")
    assert [one.payload for one in entries(over, "FeedbackGiven", DRILL)] == [
        {"again": False},
        {"again": True},
        {"again": True},
    ]


def test_no_score_once_its_file_is_closed(over: Play, chat: Chat) -> None:
    """Nor from who was not in it; the question is a question no more."""
    chat.links("boss", "U-boss")
    question = last(over, "duty", Purpose.HOT_WASH)
    assert "只有参演人员" in presses(chat, question, "4", "U-boss").text
    seen = MarkExpected(
        by=by("clerk"), incident=DRILL, expected="seen", result=Result.NOT_DONE, why="无"
    )
    for command in (
        seen,
        EvaluateDrill(by=by("clerk"), incident=DRILL),
        AnswerPlanChange(by=by("clerk"), incident=DRILL, change="none"),
        CloseDrill(by=by("clerk"), incident=DRILL),
    ):
        over.do(command)
    said = presses(chat, question, "4")
    assert said.text.startswith("【演练】演练已归档")
    assert (said.refused, said.settles, said.buttons) == (True, True, ())
    assert shown(over)["feedback"]["answers"] == []


def test_by_mail_the_page_takes_the_points_too(over: Play, pages: Browser) -> None:
    """For three days: the score, and in the same form both points. No task, no note beside it."""
    link = address(BASE, TOKENS, last(over, "deputy", Purpose.HOT_WASH, "email"))
    over.now += AFTER_A_DRILL - HOUR
    page = pages.open(link)
    assert page.text.startswith("【演练】")
    assert "写处置记录" not in page.text
    sealed = pages.press("3")
    assert "您选择：3" in sealed.text
    done = pages.press("确认：3", well="口径一致", better="电话太多")
    assert "已收到反馈" in done.text
    (kept,) = shown(over)["feedback"]["answers"]
    assert (kept["person"], kept["knew"], kept["better"]) == ("deputy", 3, "电话太多")
