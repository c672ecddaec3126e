"""The buttons about drills at Slack and in Telegram: pressed there, recorded, shown there."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from responder.commands.drills.approving import ApproveDrill
from responder.commands.drills.conducting import EndDrill
from responder.commands.drills.planned import CancelDrill, MoveDrill, ScheduleDrill
from responder.commands.drills.starting import StartDrill
from responder.commands.firm import FIRM, AcceptSite
from responder.domain.record import By
from responder.domain.site import Site
from tests.acceptance.test_drills import DRILL, scenario
from tests.stage.by_slack import Office, firm_at_slack, office
from tests.stage.by_telegram import EVENING, Scene, firm_in_telegram, played

DAY = timedelta(days=1)
PLAN = "DPL-2026-0001"
WHY = "故事"
CLERK, BOSS, ROOT = By("clerk", "cli"), By("boss", "cli"), By("root", "cli")


def with_drills(site: Site) -> Site:
    """The firm with a scenario, and who plans it."""
    grants = {"administrator": ("root",), "coordinator": ("clerk",)}
    return replace(site, scenarios={"s": scenario()}, grants={**site.grants, **grants})


def schedule(at: datetime) -> ScheduleDrill:
    return ScheduleDrill(by=CLERK, scenario="s", at=at, in_session=WHY)


APPROVED = ApproveDrill(by=BOSS, scenario="s")
STARTED = StartDrill(by=CLERK, scenario="s", in_session=WHY)


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Office]:
    """The firm, connected to Slack."""
    with office(tmp_path, False, with_drills(firm_at_slack())) as found:
        yield found


def test_an_invitation_at_slack(at: Office) -> None:
    """Pressed: the answer takes its place, with the other under it; told twice it counts once.

    Pressed by who is not invited, or after it was moved or cancelled, it counts for nothing."""
    duty, boss = at.person("duty"), at.person("boss")
    planned = at.house.execute(schedule(at.house.clock.now() + 30 * DAY))
    asked = duty.sees("演练邀请", planned.id)
    assert not asked.text.startswith("【演练】")
    assert list(asked.buttons) == ["参加", "不能参加"]
    duty.presses(asked, "参加", at="1700000000.000001")
    said = duty.sees("已登记：能参加", planned.id)
    assert (said.kind, said.replaces) == ("in_channel", True)
    assert list(said.buttons) == ["不能参加"]
    duty.presses(asked, "参加", at="1700000000.000001")
    duty.presses(said, "不能参加")
    changed = duty.sees("已登记：不能参加")
    assert (changed.replaces, list(changed.buttons)) == (True, ["参加"])
    boss.presses(asked, "参加")
    assert not boss.sees("不在该演练的邀请名单").replaces
    answers = at.recorded(FIRM, "InvitationAnswered", 2)
    assert [one["comes"] for one in answers] == [True, False]
    later = at.house.clock.now() + 40 * DAY
    at.house.execute(
        MoveDrill(by=CLERK, plan=planned.id, at=later, reason="版本推迟", in_session=WHY)
    )
    anew = duty.sees("演练邀请", "改期（版本推迟）")
    duty.presses(changed, "参加")
    stale = duty.sees("已改期至", "没有登记")
    assert (stale.replaces, stale.buttons) == (True, {})
    at.house.execute(CancelDrill(by=CLERK, plan=planned.id, reason="全员值守"))
    duty.sees("演练取消")
    duty.presses(anew, "参加")
    assert duty.sees("已取消：全员值守").buttons == {}
    assert len(at.recorded(FIRM, "InvitationAnswered", 2)) == 2
    at.slack.over(duty.id, boss.id)


def test_how_it_went_at_slack(at: Office) -> None:
    """A score by one press, marked as the drill it was; then the two points, one by one."""
    duty = at.person("duty")
    at.house.execute(APPROVED)
    drill = at.house.execute(STARTED).id
    at.house.execute(EndDrill(by=CLERK, incident=drill))
    asked = duty.sees("请您反馈")
    assert asked.text.startswith("【演练】")
    assert list(asked.buttons) == ["1 否", "2", "3", "4", "5 是"]
    duty.presses(asked, "4")
    said = duty.sees("已登记：4分")
    assert said.text.startswith("【演练】")
    assert (said.replaces, list(said.buttons)) == (True, ["1 否", "2", "3", "5 是", "写两点意见"])
    duty.presses(said, "写两点意见")
    duty.sees("哪些做得好")
    duty.writes("接手快")
    duty.sees("哪些应改进")
    duty.writes("通报晚")
    duty.sees("已收到反馈")
    run = at.house.store.read(lambda uow: uow.drill_runs.get(drill))
    assert run is not None
    kept = run.feedback["duty"]
    assert (kept.knew, kept.well, kept.better) == (4, "接手快", "通报晚")


def test_an_invitation_in_telegram(tmp_path: Path) -> None:
    """The question itself becomes the answer, and again; too late it says so and has no button."""

    async def story(scene: Scene) -> None:
        await asyncio.to_thread(
            scene.house.execute, AcceptSite(by=ROOT, site=with_drills(firm_in_telegram()))
        )
        duty, admin = await scene.links("duty", "admin")
        await scene.do(schedule(EVENING + 3 * DAY))
        await scene.wait(5)
        asked = await duty.sees("演练邀请", PLAN)
        assert asked.labels == ["参加", "不能参加"]
        old = replace(asked)
        assert await duty.presses("参加", asked) == ""
        said = await duty.sees("已登记：能参加")
        assert (said.id, said.labels) == (asked.id, ["不能参加"])
        assert await duty.presses("不能参加", said) == ""
        assert (await duty.sees("已登记：不能参加")).labels == ["参加"]
        popped = await admin.presses("参加", old)
        assert "不在该演练的邀请名单" in popped
        answers = [one["comes"] for one in scene.payloads(FIRM, "InvitationAnswered")]
        assert answers == [True, False]
        await scene.do(CancelDrill(by=CLERK, plan=PLAN, reason="全员值守"))
        await scene.wait(5)
        await duty.sees("演练取消")
        assert await duty.presses("参加", asked) == ""
        late = await duty.sees("已取消：全员值守")
        assert (late.id, late.labels) == (asked.id, [])

    played(tmp_path, story)


def test_how_it_went_in_telegram(tmp_path: Path) -> None:
    """The scale stands in one row; a score, changed, then the two points, one by one."""

    async def story(scene: Scene) -> None:
        await asyncio.to_thread(
            scene.house.execute, AcceptSite(by=ROOT, site=with_drills(firm_in_telegram()))
        )
        (duty,) = await scene.links("duty")
        for command in (APPROVED, STARTED, EndDrill(by=CLERK, incident=DRILL)):
            await scene.do(command)
            await scene.wait(10)
        asked = next(post for post in scene.telegram.posts if "请您反馈" in post.text)
        for post in scene.telegram.posts:
            post.seen = True
        assert asked.text.startswith("【演练】")
        assert [len(row) for row in asked.rows] == [5]
        assert await duty.presses("2", asked) == ""
        assert (await duty.sees("【演练】", "已登记：2分")).id == asked.id
        assert await duty.presses("5 是", asked) == ""
        assert [len(row) for row in (await duty.sees("已登记：5分")).rows] == [4, 1]
        await duty.presses("写两点意见", asked)
        await duty.sees("哪些做得好")
        duty.writes("接手快")
        await duty.sees("哪些应改进")
        duty.writes("通报晚")
        await duty.sees("已收到反馈")
        run = scene.house.store.read(lambda uow: uow.drill_runs.get(DRILL))
        assert run is not None
        kept = run.feedback["duty"]
        assert (kept.knew, kept.well, kept.better) == (5, "接手快", "通报晚")

    played(tmp_path, story)
