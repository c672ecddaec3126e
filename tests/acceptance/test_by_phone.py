"""Stories on the telephone: it rings, speaks at once, and a key says who takes it."""

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from responder.app import App
from responder.commands import Command
from responder.commands.incidents.incident import Declare
from responder.commands.incidents.phase import Cancel
from responder.commands.incidents.undo import Undo
from responder.domain.message import Message, State
from responder.domain.playbook import Entry
from responder.domain.record import By
from responder.domain.site import Site
from responder.inbound.phone import patience
from tests.fakes.twilio import BROKEN_LATE, TOO_MANY, UNREADABLE, refusal
from tests.stage.by_phone import NUMBERS, Scene, firm_on_the_phone, played

INC = "INC-2026-0001"
MINUTE = timedelta(minutes=1)
HEAD = NUMBERS["head"]


def declared(playbook: str = "leak", **more: Any) -> Declare:
    """The clerk declares a leak: the head of IT alone is paged."""
    return Declare(by=By("clerk", "handset"), playbook=playbook, title="客户数据泄露", **more)


def messages(scene: Scene, via: str = "voice", incident: str = INC) -> list[Message]:
    found = scene.house.store.read(lambda uow: uow.outbox.of(incident))
    return [one for one in found if one.via == via]


def test_a_call_is_taken_by_a_key(tmp_path: Path) -> None:
    """The phone speaks at once in the person's language; picking up is no answer, 1 is."""

    async def story(scene: Scene) -> None:
        await scene.do(declared())
        call = scene.twilio.call_to(HEAD)
        heard = await call.is_picked_up()
        assert heard.startswith("应急呼叫，示例证券。客户数据泄露，二十点十五分启动三级响应")
        assert "编号零零零幺" in heard
        assert call.voices == {("Polly.Zhiyu", "cmn-CN")}
        assert not scene.payloads(INC, "Acknowledged")
        heard = await call.presses("1")
        assert heard.startswith("已登记，二十点十五分由您接手")
        assert heard.endswith("再见。")
        assert call.status == "completed"
        (taken,) = scene.record(INC, "Acknowledged")
        assert (taken.actor, taken.door) == ("head", "phone")
        told = [one["progress"] for one in scene.payloads(INC, "ProviderReported")]
        assert told == ["initiated", "ringing", "in-progress", "completed"]
        (voice,), (sms,) = messages(scene), messages(scene, "sms")
        assert (voice.state, voice.calling_until) == (State.DELIVERED, None)
        assert sms.state is State.ACCEPTED
        await scene.twilio.texts[0].is_now("delivered")
        assert messages(scene, "sms")[0].state is State.DELIVERED

    played(tmp_path, story)


def test_a_drill_says_so_first(tmp_path: Path) -> None:
    """演练 is the first word of a drill's call, DRILL in English, whatever it says (P5)."""

    async def story(scene: Scene) -> None:
        await scene.do(declared(drill=True))
        call = scene.twilio.call_to(HEAD)
        assert (await call.is_picked_up()).startswith("This is a drill.")
        assert call.voices == {("Polly.Joanna", "en-US")}
        assert (await call.presses("1")).endswith("Goodbye.")
        again = await call.is_picked_up()
        assert again.startswith("This is a drill. You took it at 20:15 already.")

    site = firm_on_the_phone()
    head = replace(site.people["head"], language="en")
    played(tmp_path, story, site=replace(site, people={**site.people, "head": head}))


def test_keys_that_answer_nothing(tmp_path: Path) -> None:
    """A wrong key, help and repeat leave the question open; no key is read three times, no more."""

    async def story(scene: Scene) -> None:
        await scene.do(declared())
        call = scene.twilio.call_to(HEAD)
        first = await call.is_picked_up()
        assert (await call.presses("7")).startswith("没有这个选项。接手请按1")
        assert (await call.presses("0")).startswith("接手请按1，不能接手，转下一位请按2")
        assert await call.presses("*") == first
        assert (await call.presses_nothing()).startswith("没有收到按键，再播一遍。应急呼叫")
        assert (await call.presses_nothing()).startswith("没有收到按键，再播一遍。应急呼叫")
        assert await call.presses_nothing() == "未收到您的答复，将继续呼叫。再见。"
        assert call.status == "completed"
        assert not scene.payloads(INC, "Acknowledged")

    played(tmp_path, story)


def test_a_machine_that_answers_takes_nothing(tmp_path: Path) -> None:
    """Voicemail is a label on the record; the person is rung again (P1)."""

    async def story(scene: Scene) -> None:
        await scene.do(declared())
        call = scene.twilio.call_to(HEAD)
        await call.is_picked_up()
        await call.is_answered_by("machine_start")
        await call.hangs_up()
        labels = [one.get("answered_by") for one in scene.payloads(INC, "ProviderReported")]
        assert "machine_start" in labels
        assert not scene.payloads(INC, "Acknowledged")
        before = len(scene.twilio.calls)
        await scene.wait(MINUTE)
        assert len(scene.twilio.calls) == before + 1

    played(tmp_path, story)


def test_the_same_key_twice_changes_nothing(tmp_path: Path) -> None:
    """Twilio signs no time: a request played back is known by its call, step and key."""

    async def story(scene: Scene) -> None:
        await scene.do(declared())
        call = scene.twilio.call_to(HEAD)
        await call.is_picked_up()
        waiting = call.waiting
        await call.presses("1")
        seen = len(scene.record(INC))
        call.waiting = waiting
        assert "您已于二十点十五分接手" in await call.presses("1")
        assert len(scene.record(INC)) == seen
        await scene.do(Undo(by=By("head", "cli")))
        seen = len(scene.record(INC))
        call.waiting = waiting
        await call.presses("1")
        assert len(scene.record(INC)) == seen, "a key played back takes nothing again"

    played(tmp_path, story)


def test_already_taken(tmp_path: Path) -> None:
    """Who picks up late hears who took it and when, at once, and is asked nothing."""

    async def story(scene: Scene) -> None:
        await scene.do(declared("outage"))
        first, second = (scene.twilio.call_to(NUMBERS[p]) for p in ("duty", "admin"))
        await first.is_picked_up()
        await first.presses("1")
        heard = await second.is_picked_up()
        assert heard == "duty已于二十点十五分接手，您不用再处理。再见。"
        assert second.status == "completed"

    played(tmp_path, story)


def test_a_call_about_what_was_cancelled_says_so(tmp_path: Path) -> None:
    """A call in progress or on its way tells that it is over, and asks nothing."""

    async def story(scene: Scene) -> None:
        await scene.do(declared())
        call = scene.twilio.call_to(HEAD)
        await call.rings()
        await scene.do(Cancel(by=By("duty", "cli"), incident=INC, reason="误报"))
        assert await call.is_picked_up() == "零零零幺已撤销，您不用再处理。再见。"

    played(tmp_path, story)


def test_the_only_one_is_asked_twice(tmp_path: Path) -> None:
    """Where nobody else holds the post, passing it on takes a second press."""

    async def story(scene: Scene) -> None:
        await scene.do(declared())
        call = scene.twilio.call_to(HEAD)
        await call.is_picked_up()
        assert (await call.presses("2")).startswith("该岗位只有您可联系")
        assert not scene.payloads(INC, "Declined")
        assert (await call.presses("2")).startswith("已记录")
        assert len(scene.payloads(INC, "Declined")) == 1

    played(tmp_path, story)


def test_a_decision_is_read_back(tmp_path: Path) -> None:
    """4 alone decides nothing; read back and confirmed, it does."""

    async def story(scene: Scene) -> None:
        await scene.do(declared("outage"))
        call = scene.twilio.call_to(NUMBERS["boss"])
        assert (await call.is_picked_up()).startswith("请您决策，示例证券。")
        assert (await call.presses("4")).startswith("您选择：同意。确认请按1")
        assert not scene.payloads(INC, "Decided")
        assert (await call.presses("1")).startswith("已决策：同意。")
        assert scene.payloads(INC, "Decided")[0]["approved"]

    played(tmp_path, story)


@pytest.mark.parametrize("status", ["busy", "no-answer", "failed"])
def test_a_missed_call_starts_the_next_way(tmp_path: Path, status: str) -> None:
    """The SMS that was to follow in five minutes is sent now (P8); the line is free again."""

    async def story(scene: Scene) -> None:
        await scene.do(declared())
        assert scene.twilio.texts_to(HEAD) == []
        call = scene.twilio.call_to(HEAD)
        await call.rings()
        await call.is_now(status, SipResponseCode="486")
        await scene.turn()
        assert len(scene.twilio.texts_to(HEAD)) == 1
        (voice,) = messages(scene)
        assert (voice.state, voice.calling_until) == (State.FAILED, None)
        assert scene.payloads(INC, "WayFailed")[0]["for_good"] is False
        assert scene.payloads(INC, "ProviderReported")[-1]["sip"] == "486"

    slowly = (Entry(("voice",)), Entry(("sms",), 5 * MINUTE))
    played(tmp_path, story, site=firm_on_the_phone(profiles={"urgent": slowly}))


def test_a_slow_database_keeps_the_caller_on_the_line(tmp_path: Path, monkeypatch: Any) -> None:
    """They hear that it takes a moment; the key is kept, and carried out once."""
    monkeypatch.setattr(patience, "AT_ONCE", 0.2)
    free = threading.Event()
    free.set()
    carry_out = App.execute

    def slowly(house: App, command: Command) -> Any:
        free.wait(10)
        return carry_out(house, command)

    monkeypatch.setattr(App, "execute", slowly)

    async def story(scene: Scene) -> None:
        await scene.do(declared())
        call = scene.twilio.call_to(HEAD)
        await call.is_picked_up()
        free.clear()

        async def waits() -> None:
            if call.pauses == 2:
                free.set()

        scene.twilio.pauses = waits
        heard = await call.presses("1")
        assert call.pauses == 2
        assert heard.startswith("请稍候，正在登记，不要挂机。")
        assert "已登记，二十点十五分由您接手" in heard
        assert len(scene.payloads(INC, "Acknowledged")) == 1

    played(tmp_path, story)


def test_two_incidents_share_one_call(tmp_path: Path) -> None:
    """One call to a number at a time: the second is read in it, and takes its own key."""

    async def story(scene: Scene) -> None:
        await scene.do(declared())
        await scene.do(declared("leak", separate="another database"))
        assert len([one for one in scene.twilio.calls if one.to == HEAD]) == 1
        call = scene.twilio.call_to(HEAD)
        await call.is_picked_up()
        heard = await call.presses("1")
        assert "另有一件事待您答复" in heard
        assert "编号零零零二" in heard
        assert not scene.payloads("INC-2026-0002", "Acknowledged")
        await call.presses("1")
        assert len(scene.payloads("INC-2026-0002", "Acknowledged")) == 1

    played(tmp_path, story)


# Doubts


def test_a_call_of_which_nothing_is_heard_is_looked_up(tmp_path: Path) -> None:
    """A minute after it was taken, Twilio is asked; what it says settles it. No second call."""

    async def story(scene: Scene) -> None:
        await scene.do(declared())
        call = scene.twilio.call_to(HEAD)
        call.status = "no-answer"  # and every callback about it was lost
        await scene.wait(MINUTE)
        (asked,) = scene.payloads(INC, "ProviderAsked")
        assert (asked["person"], asked["via"]) == ("head", "voice")
        first = messages(scene)[0]
        assert (first.state, first.provider_id) == (State.FAILED, call.sid)
        assert scene.twilio.look_ups == 1
        assert scene.twilio.calls == [call]

    alone = (Entry(("voice",)),)
    played(tmp_path, story, site=firm_on_the_phone(profiles={"urgent": alone}))


@pytest.mark.parametrize("answer", [UNREADABLE, BROKEN_LATE])
def test_a_doubtful_answer_means_one_create(tmp_path: Path, answer: Any) -> None:
    """An answer that cannot be read, or an error after the fact: looked up, not called again."""

    async def story(scene: Scene) -> None:
        scene.twilio.answers.append(answer)
        await scene.do(declared())
        (voice,) = messages(scene)
        assert voice.state is State.READY
        assert scene.payloads(INC, "MessagesSettled")[0]["messages"][0]["state"] == "unknown"
        await scene.wait(MINUTE / 2)
        call = scene.twilio.call_to(HEAD)
        (voice,) = messages(scene)
        assert (voice.state, voice.provider_id) == (State.ACCEPTED, call.sid)
        assert len(scene.twilio.calls) == 1

    alone = (Entry(("voice",)),)
    played(tmp_path, story, site=firm_on_the_phone(profiles={"urgent": alone}))


def test_a_callback_ends_the_doubt(tmp_path: Path) -> None:
    """Our own address in Twilio's hands names the message: surer than any look-up."""

    async def story(scene: Scene) -> None:
        scene.twilio.answers.append(UNREADABLE)
        await scene.do(declared())
        call = scene.twilio.call_to(HEAD)
        await call.rings()
        (voice,) = messages(scene)
        assert (voice.state, voice.provider_id) == (State.ACCEPTED, call.sid)
        await scene.wait(MINUTE / 2)
        assert scene.twilio.look_ups == 0
        assert len(scene.twilio.calls) == 1

    alone = (Entry(("voice",)),)
    played(tmp_path, story, site=firm_on_the_phone(profiles={"urgent": alone}))


def test_a_number_that_is_none_is_not_tried_again(tmp_path: Path) -> None:
    """Twilio's word that a number cannot be called holds for the incident; the SMS goes on."""

    async def story(scene: Scene) -> None:
        scene.twilio.answers.append(refusal(21211))
        await scene.do(declared())
        assert scene.payloads(INC, "WayFailed")[0]["for_good"] is True
        assert len(scene.twilio.texts_to(HEAD)) == 1
        await scene.wait(3 * MINUTE)
        assert scene.twilio.calls == [one for one in scene.twilio.calls if one.to != HEAD]

    alone = (Entry(("voice",)), Entry(("sms",), 5 * MINUTE))
    played(tmp_path, story, site=firm_on_the_phone(profiles={"urgent": alone}))


def test_too_many_requests_wait_as_asked(tmp_path: Path) -> None:
    """A pause of half a minute is a way that failed; what the account carries waits for its end."""

    async def story(scene: Scene) -> None:
        scene.twilio.answers.append(TOO_MANY)
        await scene.do(declared())
        assert scene.payloads(INC, "WayFailed")[0]["via"] == "voice"
        assert scene.twilio.calls == []
        await scene.wait(MINUTE)
        assert len(scene.twilio.calls) == 1
        assert len(scene.twilio.texts_to(HEAD)) == 1

    slowly = (Entry(("voice",)), Entry(("sms",), 5 * MINUTE))
    played(tmp_path, story, site=firm_on_the_phone(profiles={"urgent": slowly}))


def test_a_gateway_carries_the_mainland(tmp_path: Path) -> None:
    """By its region it goes before Twilio, which is never asked for such a number."""

    async def story(scene: Scene) -> None:
        await scene.do(declared())
        assert [one.mobile for one in scene.gateway.taken] == ["13800138000"]
        assert "回1接手" in scene.gateway.taken[0].content
        assert not [one for one in scene.twilio.texts if one.to.startswith("+86")]
        (sms,) = messages(scene, "sms")
        assert (sms.provider, sms.provider_id) == ("mainland-sms", "SN1")
        assert scene.gateway.unexpected == []

    played(tmp_path, story, site=mainland_head(), gateways=("sms",))


def mainland_head() -> Site:
    """The head of IT with a number in mainland China."""
    site = firm_on_the_phone()
    head = site.people["head"]
    reach = tuple(replace(way, to="+8613800138000") for way in head.reach)
    return replace(site, people={**site.people, "head": replace(head, reach=reach)})


def test_twilio_does_not_call_the_mainland(tmp_path: Path) -> None:
    """Nobody pretends: the way fails for good, on the record, and nothing is asked of Twilio."""

    async def story(scene: Scene) -> None:
        await scene.do(declared())
        assert scene.twilio.creates == len(scene.twilio.calls) + len(scene.twilio.texts)
        assert not [one for one in scene.twilio.calls if one.to.startswith("+86")]
        assert {one["via"] for one in scene.payloads(INC, "WayFailed")} == {"sms", "voice"}

    played(tmp_path, story, site=mainland_head())


def test_a_provider_abroad_hears_no_more_than_it_may(tmp_path: Path) -> None:
    """Unless the site says otherwise, Twilio carries an id and a level, and keys all the same."""

    async def story(scene: Scene) -> None:
        await scene.do(declared())
        await scene.do(declared("leak", separate="another database"))
        call = scene.twilio.call_to(HEAD)
        heard = await call.is_picked_up()
        assert "编号零零零幺" in heard
        heard += await call.presses("1")
        said = heard + "".join(scene.twilio.texts_to(HEAD))
        assert "编号零零零二" in said
        assert "客户数据泄露" not in said

    played(tmp_path, story, site=replace(firm_on_the_phone(), channels={}))
