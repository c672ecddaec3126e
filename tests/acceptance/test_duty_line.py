"""Stories on the duty line: people call the firm, and what is refused at the phone's door."""

from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from responder.commands.incidents.incident import Declare
from responder.domain.message import Purpose
from responder.domain.record import By
from tests.stage.by_phone import NUMBERS, PUBLIC, Scene, played

CLERK = NUMBERS["clerk"]
WRN = "WRN-2026-0001"


def test_an_event_is_reported_by_voice(tmp_path: Path) -> None:
    """1, a minute to speak: an early warning with the recording, and the duty lead is rung."""

    async def story(scene: Scene) -> None:
        call, heard = await scene.twilio.calls_in(CLERK)
        assert heard.startswith("应急值班电话，示例证券。报告情况请按1")
        assert (await call.presses("1")).startswith("请在提示音后说明情况，最长六十秒")
        assert call.waiting is not None
        assert call.waiting.attrib["maxLength"] == "60"
        assert "已登记，正在请值班负责人核实" in await call.speaks(17)
        (raised,) = scene.record(WRN, "WarningRaised")
        assert (raised.actor, raised.door) == ("clerk", "phone")
        (recorded,) = scene.payloads(WRN, "ReportRecorded")
        assert (recorded["recording"], recorded["seconds"]) == ("RE" + "b" * 32, 17)
        await scene.turn()
        asked = scene.twilio.call_to(NUMBERS["duty"])
        assert (await asked.is_picked_up()).startswith("请核实预警")
        sent = scene.house.store.read(lambda uow: uow.outbox.of(WRN))
        assert {one.purpose for one in sent} == {Purpose.VERIFY_WARNING}

    played(tmp_path, story)


def test_nothing_said_raises_nothing(tmp_path: Path) -> None:
    """A silent recording leads back to the choices."""

    async def story(scene: Scene) -> None:
        call, _ = await scene.twilio.calls_in(CLERK)
        await call.presses("1")
        assert (await call.speaks(0)).startswith("没有录到内容。报告情况请按1")
        assert not scene.record(WRN)

    played(tmp_path, story)


def test_the_duty_lead_is_reached_else_the_backup(tmp_path: Path) -> None:
    """2 puts the caller through; where that fails, the backup, then the choices again."""

    async def story(scene: Scene) -> None:
        call, _ = await scene.twilio.calls_in(CLERK)
        assert await call.presses("2") == "正在接通duty。"
        assert call.dialled == NUMBERS["duty"]
        assert await call.connects("no-answer") == "正在接通deputy。"
        assert call.dialled == NUMBERS["deputy"]
        assert (await call.connects("busy")).startswith("没有接通。")
        await call.presses("2")
        assert await call.connects("completed") == "再见。"

    played(tmp_path, story)


def test_how_things_stand(tmp_path: Path) -> None:
    """3 tells the open incidents, and who leads them."""

    async def story(scene: Scene) -> None:
        call, _ = await scene.twilio.calls_in(CLERK)
        assert (await call.presses("3")).startswith("目前没有未办结的事件。")
        await scene.do(Declare(by=By("clerk", "cli"), playbook="leak", title="客户数据泄露"))
        heard = await call.presses("3")
        assert heard.startswith("零零零幺，客户数据泄露，已启动预案，尚无现场指挥。")

    played(tmp_path, story)


def test_strangers_are_turned_away_politely(tmp_path: Path) -> None:
    """A number nobody has, or two have, is refused in both languages and recorded without it."""

    async def story(scene: Scene) -> None:
        call, heard = await scene.twilio.calls_in("+85299999999")
        assert "无法受理" in heard
        assert "not in the contact manual" in heard
        assert call.waiting is None
        (refused,) = scene.record("FIRM", "Refused")
        assert "99999999" not in str(refused)

    played(tmp_path, story)


def test_nobody_answers_for_ever(tmp_path: Path) -> None:
    """A caller who presses nothing hears the choices three times."""

    async def story(scene: Scene) -> None:
        call, _ = await scene.twilio.calls_in(CLERK)
        await call.presses_nothing()
        await call.presses_nothing()
        assert await call.presses_nothing() == "再见。"

    played(tmp_path, story)


# What is refused at the door

DOORS = ("voice", "gather", "status", "sms", "recorded", "dialled")


@pytest.mark.parametrize("name", DOORS)
def test_what_is_not_twilios_is_refused(tmp_path: Path, name: str) -> None:
    """Each fault its status and, once in ten minutes, its line on record; nothing else changes."""

    async def story(scene: Scene) -> None:
        await scene.do(Declare(by=By("clerk", "cli"), playbook="leak", title="客户数据泄露"))
        before = len(scene.record("INC-2026-0001"))
        url = f"{PUBLIC}/phone/twilio/{name}?m=x"
        form = {"CallSid": "CA1", "Digits": "1", "From": CLERK, "Body": "1", "MessageSid": "SM1"}
        wrong = [await scene.twilio.posts(url, form, signature=s) for s in ("", "wrong", "ü")]
        assert [status for status, _ in wrong] == [403, 403, 403]
        large = {**form, "Body": "长" * 22_000}
        assert (await scene.twilio.posts(url, large))[0] == 413
        posted = f"{scene.address}/phone/twilio/{name}"
        async with aiohttp.ClientSession() as session:
            for data, kind, status in (
                (b"{}", "application/json", 415),
                (b"a=%ff%fe", "application/x-www-form-urlencoded", 400),
                (b"a=\xff", "application/x-www-form-urlencoded", 400),
                (b"no form", "application/x-www-form-urlencoded", 400),
            ):
                async with session.post(
                    posted, data=data, headers={"Content-Type": kind}
                ) as answer:
                    assert answer.status == status, (kind, data)
            async with session.get(posted) as answer:
                assert answer.status == 405
        refused = scene.record("FIRM", "Refused")
        assert len(refused) == len({one.payload["why"] for one in refused if one.payload}) >= 4
        assert {one.door for one in refused} == {"phone"}
        assert len(scene.record("INC-2026-0001")) == before
        assert CLERK not in str(refused)

    played(tmp_path, story)


def test_a_report_about_nothing_is_not_found(tmp_path: Path) -> None:
    """Signed, and about a message nobody sent."""

    async def story(scene: Scene) -> None:
        url = f"{PUBLIC}/phone/twilio/status?m=nobody"
        said = {"CallSid": "CA1", "CallStatus": "completed"}
        assert (await scene.twilio.posts(url, said))[0] == 404
        assert len(scene.record("FIRM", "Refused")) == 1

    played(tmp_path, story)


def test_the_person_removed_is_a_stranger(tmp_path: Path) -> None:
    """Rights are live: whoever was removed reports nothing."""

    async def story(scene: Scene) -> None:
        from responder.commands.firm import RemovePerson

        await scene.do(RemovePerson(by=By("root", "cli"), person="clerk", reason="left the firm"))
        _, heard = await scene.twilio.calls_in(CLERK)
        assert "无法受理" in heard

    played(tmp_path, story)


def test_no_call_lasts_in_a_record_of_numbers(tmp_path: Path) -> None:
    """No number of anybody's is on the ledger, whatever happens on the phone."""

    async def story(scene: Scene) -> None:
        await scene.do(Declare(by=By("clerk", "cli"), playbook="outage", title="交易中断"))
        call = scene.twilio.call_to(NUMBERS["duty"])
        await call.is_picked_up()
        await call.presses("1")
        for sms in scene.twilio.texts:
            await sms.is_now("delivered")
        await scene.wait(timedelta(minutes=2))
        entries = scene.house.store.read(lambda uow: uow.ledger.all())
        everything = " ".join(str(one.payload) for one in entries)
        assert not [number for number in NUMBERS.values() if number in everything]

    played(tmp_path, story)
