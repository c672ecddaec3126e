"""Stories over all platforms at once: one incident, whatever people hold in their hands."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from responder.commands.incidents.incident import Declare
from responder.commands.incidents.phase import Cancel, SetPhase
from responder.commands.paging.answering import Acknowledge
from responder.domain.incident import Phase
from responder.domain.playbook import Step
from responder.domain.record import By
from responder.domain.site import Site
from tests.fakes.browser import Browser
from tests.fakes.slack import Slack
from tests.stage.everywhere import CHAT_FIRST, EVENING, LINK, Scene, firm_everywhere, number, played
from tests.stage.firm import small_firm

INC, DRILL = "INC-2026-0001", "DRL-2026-0001"
MINUTE = timedelta(minutes=1)
HAN = re.compile(r"[\u4e00-\u9fff]")


async def declared(scene: Scene, by: str = "clerk") -> None:
    """An outage, declared in Telegram."""
    clerk = scene.in_telegram(by)
    clerk.writes("启动 “无法登录” 级别=2 系统=core")
    await clerk.sees("将启动Ⅱ级响应")
    await clerk.presses("确认")
    await clerk.sees("已发起", "正在呼叫")
    await scene.turn()


def test_from_telegram_by_phone_to_slack(tmp_path: Path) -> None:
    """Declared in Telegram, nobody answers, the phone rings, key 1; both cards say who and when."""

    async def story(scene: Scene) -> None:
        await scene.links()
        await declared(scene)
        await scene.in_telegram("duty").sees("0001")
        await scene.at_slack("admin").sees("无法登录")
        await scene.wait(MINUTE)
        scene.reads("duty", "1"), scene.reads("admin", "1")
        await scene.wait(MINUTE)
        call, late = scene.rings("duty"), scene.rings("admin")
        assert (await call.is_picked_up()).startswith("应急呼叫，示例证券。")
        assert (await call.presses("1")).startswith("已登记，二十点十七分由您接手")
        await scene.turn()
        heard = await late.is_picked_up()
        assert heard == "duty已于二十点十七分接手，您不用再处理。再见。"
        await scene.wait(timedelta(seconds=10))
        assert "已接手：duty 20:17" in await scene.card_at_slack(INC, "已接手")
        assert "已接手：duty 20:17" in scene.card_in_telegram(INC).text
        (taken,) = scene.record(INC, "Acknowledged")
        assert (taken.actor, taken.door) == ("duty", "phone")
        await scene.at_slack("admin").sees("已由duty")
        scene.reads("admin", "已由duty")

    played(tmp_path, story, site=firm_everywhere(profiles={"urgent": CHAT_FIRST}))


# One answer, many hands


def all_at_once() -> Site:
    """Three are paged in the first step, by every way they have."""
    site = firm_everywhere()
    step = Step(("role:duty_lead", "role:system_admin", "role:it_lead"), 3 * MINUTE)
    outage = replace(site.playbooks["outage"], escalation=(step,))
    return replace(site, playbooks={**site.playbooks, "outage": outage})


async def three_pages(scene: Scene) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """An outage, about which three are paged."""
    await scene.links()
    await scene.do(declaration())
    duty, admin, head = [await scene.paged(id, "0001") for id in ("duty", "admin", "head")]
    return duty, admin, head


def declaration(playbook: str = "outage", **more: Any) -> Declare:
    return Declare(by=By("clerk", "cli"), playbook=playbook, title="无法登录", **more)


def takers(scene: Scene) -> list[str]:
    return [one.actor for one in scene.record(INC, "Acknowledged")]


def test_three_take_it_at_the_same_instant(tmp_path: Path) -> None:
    """By a key, a button and a page: each hears what became of it, and counts once at most."""

    async def story(scene: Scene) -> None:
        duty, admin, head = await three_pages(scene)
        call, page = duty["voice"], await scene.opens(head["email"])
        await call.is_picked_up()
        await asyncio.to_thread(page.press, "接手")
        heard, _, shown = await asyncio.gather(
            call.presses("1"),
            scene.at_slack("admin").presses(admin["slack"], "我来处置"),
            asyncio.to_thread(page.press, "确认"),
        )
        answered = await scene.at_slack("admin").sees("接手")
        for said in (heard, answered.text, shown.text):
            assert "由您接手" in said or "接手，您不用再处理" in said
        await scene.turn()
        first = takers(scene)
        assert len(first) == len(set(first))
        assert {"duty", "head"} & set(first), "who may command is among them"
        assert len([said for said in (heard, answered.text, shown.text) if "由您接手" in said]) == (
            len(first)
        )
        assert len(scene.record(INC, "CommandTaken")) == 1
        for late in (admin["voice"], head["voice"]):
            assert "接手" in await late.is_picked_up()
        await scene.rest("无法登录已由", "接手")
        await every_way_again(scene, duty, admin, page)
        assert takers(scene) == first

    played(tmp_path, story, site=all_at_once())


async def stood_down(scene: Scene) -> None:
    """The commander ends it."""
    for phase in (Phase.CONTAINED, Phase.RESTORED, Phase.STOOD_DOWN):
        act = SetPhase(by=By("duty", "cli"), incident=INC, phase=phase, reason="已恢复")
        await scene.do(act)


async def every_way_again(
    scene: Scene, duty: dict[str, Any], admin: dict[str, Any], page: Browser
) -> list[str]:
    """The same buttons once more, the same link, and the same digit."""
    await scene.in_telegram("duty").presses("我来处置", duty["telegram"])
    await scene.at_slack("admin").presses(admin["slack"], "我来处置")
    shown = await asyncio.to_thread(page.open, page_of(page))
    return [
        (await scene.in_telegram("duty").sees()).text,
        (await scene.at_slack("admin").sees()).text,
        shown.text,
        await scene.twilio.writes(number("admin"), "0001 1"),
    ]


def page_of(page: Browser) -> str:
    """The address of the page somebody holds."""
    assert page.shown is not None
    return page.shown.forms[0].action


@pytest.mark.parametrize("name", ["已结束应急", "已撤销"])
def test_an_answer_after_the_end(tmp_path: Path, name: str) -> None:
    """Whichever way it comes, it hears that it is over, is on the record, and counts nothing."""

    async def story(scene: Scene) -> None:
        duty, admin, head = await three_pages(scene)
        page = await scene.opens(head["email"])
        if name == "已撤销":
            await scene.do(Cancel(by=By("duty", "cli"), incident=INC, reason="误报"))
            for call in (duty["voice"], admin["voice"], head["voice"]):
                assert await call.is_picked_up() == "零零零幺已撤销，您不用再处理。再见。"
            await scene.rest("撤销")
        else:
            await scene.twilio.writes(number("duty"), "1")
            await scene.turn()
            await scene.rest("已由duty")
            await stood_down(scene)
            await scene.rest("已结束应急")
        before = takers(scene)
        for said in await every_way_again(scene, duty, admin, page):
            assert f"{INC}{name}，您不用再处理。" in said, said
        assert page.shown is not None
        assert "接手" not in page.shown.buttons
        assert takers(scene) == before

    played(tmp_path, story, site=all_at_once())


# A drill and a real incident


def test_a_drill_beside_the_real_thing(tmp_path: Path) -> None:
    """The drill is marked first everywhere, stops for the real one, and is never mixed with it."""

    async def story(scene: Scene) -> None:
        await scene.links()
        await scene.do(declaration("leak", drill=True))
        drill = await scene.paged("head", "0001")
        for via in ("slack", "telegram"):
            assert drill[via].text.startswith("【演练】")
        assert drill["sms"].startswith("演练：")
        assert drill["email"].startswith("【演练】")
        assert (await drill["voice"].is_picked_up()).startswith("演练")
        await drill["voice"].hangs_up()
        await scene.do(declaration("leak"))
        real = await scene.paged("head", "0001")
        for said in (real["slack"].text, real["telegram"].text, real["sms"], real["email"]):
            assert "演练" not in said
        assert "演练" not in await real["voice"].is_picked_up()
        await scene.wait(timedelta(seconds=10))
        await rooms_apart(scene)
        await scene.at_slack("head").presses(drill["slack"], "我来处置")
        assert "已冻结" in (await scene.at_slack("head").sees()).text
        await scene.in_telegram("head").presses("我来处置", drill["telegram"])
        assert "已冻结" in (await scene.in_telegram("head").sees()).text
        page = await scene.opens(drill["email"])
        assert page.shown is not None
        assert "接手" not in page.shown.buttons
        assert not scene.record(INC, "Acknowledged"), "an answer to a drill is none to the real one"
        assert "由您接手" in await scene.taps(real["email"], "接手")
        assert not scene.record(DRILL, "Acknowledged")
        assert takers(scene) == ["head"]

    played(tmp_path, story)


async def rooms_apart(scene: Scene) -> None:
    """Each has its own room, and its own card there."""
    for id, marked in ((DRILL, True), (INC, False)):
        at_slack = await scene.card_at_slack(id, id)
        in_telegram = scene.card_in_telegram(id).text
        assert at_slack.startswith("【演练】") is in_telegram.startswith("【演练】") is marked
        assert ("演练已冻结" in at_slack) is ("演练已冻结" in in_telegram) is marked
    for platform in ("slack", "telegram"):
        assert scene.place_of(INC, platform) != scene.place_of(DRILL, platform)


# Chat is down


def test_without_any_chat(tmp_path: Path) -> None:
    """Reported by calling in, verified, taken, decided: all by telephone, SMS and pages."""

    async def story(scene: Scene) -> None:
        await scene.links()
        scene.telegram.down, scene.slack.down = True, "fatal_error"
        scene.slack.cut()
        call, _ = await scene.twilio.calls_in(number("clerk"))
        await call.presses("1")
        assert "已登记，正在请值班负责人核实" in await call.speaks(17)
        await scene.turn()
        asked = scene.rings("duty")
        scene.reads("duty", "核实")
        assert (await asked.is_picked_up()).startswith("请核实预警")
        assert "由您核实" in await asked.presses("1")
        said = await scene.twilio.writes(number("duty"), "预警转事件")
        assert "将启动Ⅱ级响应" in said, said
        assert "已发起" in await scene.twilio.writes(number("duty"), "是")
        await scene.turn()
        scene.reads("duty", f"预警WRN-2026-0001已转为事件{INC}"), scene.rings("duty")
        scene.reads("admin", "接手"), scene.reads("boss", "决策")
        scene.rings("admin"), (asking := scene.rings("boss"))
        assert (await scene.twilio.writes(number("admin"), "1")).startswith("已登记")
        assert (await asking.is_picked_up()).startswith("请您决策")
        await asking.presses("4")
        assert (await asking.presses("1")).startswith("已决策：同意")
        await scene.wait(MINUTE)  # whoever declares is not rung at once
        ringing = scene.rings("duty")
        await ringing.is_picked_up()
        assert "由您接手" in await ringing.presses("1")
        await scene.turn()
        await scene.rest()
        said = await scene.twilio.writes(number("duty"), "呼叫 head “请到场”")
        assert "正在呼叫：head" in said
        await scene.turn()
        scene.rings("head"), scene.reads("head")
        page = await scene.opens(scene.opens_mail("head"))
        await asyncio.to_thread(lambda: page.press("写入", detail="已到场"))
        await asyncio.to_thread(page.press, "确认")
        assert [one["text"] for one in scene.payloads(INC, "Noted")] == ["已到场"]
        assert {one.actor: one.door for one in scene.record(INC, "Acknowledged")} == {
            "admin": "sms",
            "duty": "phone",
        }
        (decided,) = scene.payloads(INC, "Decided")
        assert decided["approved"]
        failed = {one["via"] for one in scene.payloads(INC, "WayFailed")}
        assert failed == {"slack", "telegram"}

    site = firm_everywhere()
    outage = small_firm().playbooks["outage"]
    played(tmp_path, story, site=replace(site, playbooks={**site.playbooks, "outage": outage}))


# Readers


def test_each_in_their_language(tmp_path: Path) -> None:
    """The same incident is told in Chinese to one and in English to the other, by every way."""

    async def story(scene: Scene) -> None:
        await scene.links()
        await scene.do(declaration())
        duty, head = await scene.paged("duty", "接手"), await scene.paged("head")
        written = [head["slack"].text, head["telegram"].text, head["sms"], head["email"]]
        for said in written:
            assert not HAN.search(said.replace("无法登录", "")), said
        assert (await duty["voice"].is_picked_up()).startswith("应急呼叫")
        assert (await head["voice"].is_picked_up()).startswith("Emergency")
        assert head["voice"].voices == {("Polly.Joanna", "en-US")}
        page = await scene.opens(head["email"])
        assert page.shown is not None
        assert page.shown.buttons[0] == "I take it"
        await scene.in_telegram("duty").presses("我来处置", duty["telegram"])
        await scene.in_telegram("duty").sees("由您接手")
        await scene.turn()
        await scene.at_slack("head").sees("Duty took it at 20:15")
        await scene.in_telegram("head").sees("Duty took it at 20:15")
        scene.reads("head", "Duty took it at 20:15")

    site = all_at_once()
    step = Step(("role:duty_lead", "role:it_lead"), 3 * MINUTE)
    outage = replace(site.playbooks["outage"], escalation=(step,))
    head = replace(site.people["head"], language="en")
    people, playbooks = {**site.people, "head": head}, {**site.playbooks, "outage": outage}
    played(tmp_path, story, site=replace(site, people=people, playbooks=playbooks))


def test_what_leaves_the_mainland(tmp_path: Path) -> None:
    """Id, level, what is asked and the link go abroad, and no more; buttons and keys still work."""

    async def story(scene: Scene) -> None:
        duty, admin, head = await three_pages(scene)
        abroad = [admin["slack"].text, duty["telegram"].text, duty["sms"], head["sms"]]
        heard = await duty["voice"].is_picked_up()
        for said in (*abroad, heard):
            for kept in ("无法登录", "集中交易", "duty", "8525"):
                assert kept not in said, said
        for said in abroad[:2]:
            assert INC in said
            assert "Ⅱ级响应" in said
            assert LINK.search(said), said
        assert "无法登录" in head["email"], "the firm's own mail says everything"
        await scene.at_slack("admin").presses(admin["slack"], "我来处置")
        await scene.at_slack("admin").sees("由您接手")
        assert "由您接手" in await duty["voice"].presses("1")
        await scene.turn()
        said = await scene.rest("0001")
        assert not [one for one in said if "无法登录" in one and "http" not in one]
        await scene.wait(timedelta(seconds=10))
        assert "无法登录" not in await scene.card_at_slack(INC)
        assert "无法登录" not in scene.card_in_telegram(INC).text
        assert scene.room_at_slack(INC).name == "inc-20261123-0001"
        assert takers(scene) == ["admin", "duty"]

    played(tmp_path, story, site=replace(all_at_once(), channels={}))


# Slack dies


TROUBLES: dict[str, tuple[Callable[[Slack], None], Callable[[Slack], None]]] = {
    "refuses": (Slack.closes, Slack.opens),
    "breaks": (
        lambda slack: setattr(slack, "broken", True),
        lambda slack: setattr(slack, "broken", False),
    ),
    "revokes": (
        lambda slack: setattr(slack, "down", "token_revoked"),
        lambda slack: setattr(slack, "down", ""),
    ),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_slack_dies_in_mid_incident(tmp_path: Path, trouble: str) -> None:
    """The other ways start at once; the other card and the record tell; then all is as before."""
    dies, returns = TROUBLES[trouble]

    async def story(scene: Scene) -> None:
        await scene.links()
        await scene.do(declaration())
        await scene.in_telegram("duty").sees("0001")
        await scene.at_slack("admin").sees("0001")
        await scene.wait(timedelta(seconds=10))
        room = scene.room_at_slack(INC)
        dies(scene.slack)
        await scene.wait(2 * MINUTE)
        scene.reads("duty", "接手"), scene.reads("admin", "接手")
        await scene.misses("duty", "admin")
        await scene.wait(timedelta(seconds=50))
        assert scene.stage.clock.now() - EVENING == 3 * MINUTE
        await scene.misses("duty", "admin")
        await scene.in_telegram("head").sees("0001")
        scene.reads("head", "接手"), scene.opens_mail("head", "0001")
        failed = [one for one in scene.payloads(INC, "WayFailed") if one["via"] == "slack"]
        assert "head" in {one["person"] for one in failed}
        assert not [one for one in failed if one["for_good"]]
        await scene.wait(timedelta(seconds=10))
        assert "Slack" in scene.card_in_telegram(INC).text
        if trouble != "breaks":  # tried again, and failed again: the last way starts too
            scene.rings("head")
        assert (await scene.twilio.writes(number("duty"), "1")).startswith("已登记")
        await scene.turn()
        returns(scene.slack)
        await scene.wait(5 * MINUTE)
        card = await asyncio.to_thread(scene.slack.card, room, "已接手：duty")
        assert "已接手：duty 20:18" in card
        await scene.rest("0001")
        await scene.do(declaration("leak"))
        await scene.at_slack("head").sees("0002")
        await scene.in_telegram("head").sees("0002")

    played(tmp_path, story, site=firm_everywhere(profiles={"urgent": CHAT_FIRST}))


def test_an_end_while_slack_is_down(tmp_path: Path) -> None:
    """What was under way for the card is not all it ever says: back again, it tells the end."""

    async def story(scene: Scene) -> None:
        await scene.links()
        await scene.do(declaration())
        scene.leaves_the_rest()
        await scene.wait(timedelta(seconds=10))
        scene.slack.closes()
        await scene.do(Acknowledge(by=By("duty", "cli"), incident=INC))
        await scene.wait(timedelta(seconds=10))
        await stood_down(scene)
        scene.slack.opens()
        await scene.wait(5 * MINUTE)
        assert "已结束应急" in await scene.card_at_slack(INC)
        assert "已结束应急" in scene.card_in_telegram(INC).text

    played(tmp_path, story)


@pytest.mark.parametrize("trouble", TROUBLES)
def test_slack_is_down_when_it_begins(tmp_path: Path, trouble: str) -> None:
    """The room opens once Slack is back, with the card as things are then."""
    dies, returns = TROUBLES[trouble]

    async def story(scene: Scene) -> None:
        await scene.links()
        dies(scene.slack)
        await scene.do(declaration())
        scene.leaves_the_rest()
        await scene.wait(10 * MINUTE)
        assert (await scene.twilio.writes(number("duty"), "1 0001")).startswith("已登记")
        returns(scene.slack)
        await scene.wait(2 * MINUTE)
        assert "已接手：duty 20:25" in await scene.card_at_slack(INC, "已接手")
        assert (
            len([one for one in scene.slack.channels.values() if one.name.startswith("inc")]) == 1
        )

    played(tmp_path, story, site=firm_everywhere(profiles={"urgent": CHAT_FIRST}))
