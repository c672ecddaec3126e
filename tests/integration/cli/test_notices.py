"""Notices from the command line, on the sample site, through the real engine to their outlets."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from responder import app
from responder.channels.by_hand import ByHand
from responder.channels.outlets import FileOutlet, WebhookOutlet
from responder.channels.sandbox import Sandbox
from responder.ports.channel import Channel
from tests.fakes.newsdesk import SECRET, NewsDesk
from tests.integration.cli.conftest import Terminal

BLANKS = (
    *("--blank", "symptom_public=委托失败"),
    *("--blank", "scope=全部客户的委托"),
    *("--blank", "unaffected=行情和查询"),
)
Sends = Callable[[], None]


@pytest.fixture
def sends(cli: Terminal, tmp_path: Path) -> Sends:
    """Lets the real engine send what waits, notices to a folder and to hooks on this machine."""

    async def story() -> None:
        settings = replace(app.settings_of(), database_url=f"sqlite:///{cli.database}")
        outlets = (FileOutlet(tmp_path / "published"), WebhookOutlet(SECRET, ["127.0.0.1"]))
        with app.opened(settings) as house:
            channels: list[Channel] = [*outlets, ByHand(), Sandbox()]
            engine = app.engine_of(house, house.clock, channels, settle=True)
            await engine.begin()
            await engine.cycle(house.clock.now())
            for outlet in outlets:
                await outlet.close()

    return lambda: asyncio.run(story())


def published(cli: Terminal, id: str) -> None:
    """A first notice: drafted by one, line and words approved by another, published."""
    drafted = cli.act("wang.fang", "notice", "draft", id, "first", *BLANKS)
    assert drafted["objections"] == ["line"]
    cli.act("liu.min", "line", "approve", id)
    cli.act("liu.min", "notice", "approve", id, "1")
    cli.act("liu.min", "notice", "publish", id, "1")


def test_from_the_draft_to_the_folder(cli, outage, sends, tmp_path):
    """A file whole on the disk, on the record as published, beside those that wait for a hand."""
    published(cli, outage)
    sends()
    shown = cli("notice", "show", outage, "1", "--json").json
    assert shown["outlets"]["website"]["state"] == "posted"
    assert shown["outlets"]["mobile-app"]["state"] == "by_hand"
    (text,) = (tmp_path / "published").glob("website/*.txt")
    assert text.read_text(encoding="utf-8").rstrip("\n") == shown["published_texts"]["website"]
    record = json.loads(text.with_suffix(".json").read_text(encoding="utf-8"))
    assert record["line_sha256"] == shown["line_sha256"]
    forms = [shown["outlets"][id]["sha256"] for id in ("mobile-app", "online-trading", "social")]
    assert len(set(forms)) == 1


def test_the_engine_leaves_a_doubt_to_a_human(tmp_path):
    """A hook that fails inside is asked once by the real engine, however often it turns."""
    site = tmp_path / "site"
    app.write_sample(site)
    cli = Terminal(tmp_path / "state", site)
    with NewsDesk() as desk:
        settings = site / "responder.toml"
        text = settings.read_text(encoding="utf-8")
        hooked = text.replace('by = "file"', f'by = "webhook"\nto = "{desk.url}"')
        settings.write_text(hooked, encoding="utf-8")
        reply = cli.act("jin.lu", "declare", "trading-outage", "--title", "集中交易系统中断")
        id = reply["id"]
        published(cli, id)
        desk.answers.append((503, {}))

        async def story() -> None:
            there = replace(app.settings_of(str(site)), database_url=f"sqlite:///{cli.database}")
            with app.opened(there) as house:
                hook = WebhookOutlet(SECRET, ["127.0.0.1"])
                channels: list[Channel] = [hook, ByHand(), Sandbox()]
                engine = app.engine_of(house, house.clock, channels, settle=True)
                await engine.begin()
                for _ in range(3):
                    await engine.cycle(house.clock.now())
                await hook.close()

        asyncio.run(story())
        assert len(desk.deliveries) == 1
    shown = cli("notice", "show", id, "1", "--json").json
    assert shown["outlets"]["website"]["state"] == "unknown"
    again = ("notice", "publish", id, "1", "--outlet", "website", "--as", "liu.min")
    assert "not sent again" in cli.refused(*again, "--lang", "en")


def test_what_is_shown(cli, outage):
    """List, text, line and questions read well in a terminal, one row a line."""
    published(cli, outage)
    said = cli("notice", "show", outage, "1", "--form", "investors", "--lang", "zh")
    assert "关于集中交易系统" in said.out
    assert "\\u000a" not in said.out
    assert "已发布" in cli("notice", "list", outage, "--lang", "zh").out
    assert "口径第1版" in cli("line", "show", outage, "--lang", "zh").out
    cli.act("wu.ting", "inquiry", "log", outage, "media", "何时恢复？", "--from", "某报")
    assert "何时恢复" in cli("inquiry", "list", outage).out


def test_wrong_words_are_refused(cli, outage):
    """A blank without =, a template nobody has, a notice that is not there."""
    acting = ("--as", "wang.fang")
    assert cli("notice", "draft", outage, "first", "--blank", "scope", *acting).status == 2
    assert "frist" in cli.refused("notice", "draft", outage, "frist", *acting)
    assert cli("notice", "show", outage, "9").status == 1
