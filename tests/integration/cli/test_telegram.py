"""`serve` with a Telegram bot, as a process of its own: links, talks, stops, keeps its secrets."""

import asyncio
from collections.abc import Callable

from tests.fakes.telegram import GROUP, NAME, TOKEN, Telegram, eventually
from tests.integration.cli.conftest import Terminal
from tests.integration.cli.service import Service


def surroundings(telegram: Telegram) -> dict[str, str]:
    return {
        "RESPONDER_TELEGRAM__TOKEN": TOKEN,
        "RESPONDER_TELEGRAM__API_URL": telegram.url,
        "RESPONDER_TELEGRAM__GROUP": str(GROUP),
    }


def test_from_the_token_to_the_first_answer(cli: Terminal, starts: Callable[..., Service]) -> None:
    """`link` prints a link; who opens it is known, and is answered."""

    async def story(telegram: Telegram, service: Service) -> None:
        await eventually(lambda: "getUpdates" in telegram.asked or None)
        made = cli.act("li.na", "link", "li.na")
        assert made["telegram"].startswith(f"https://t.me/{NAME}?start=")
        person = telegram.person(100200399)
        person.opens(made["telegram"])
        await person.sees("已绑定：李娜")
        person.writes("谁在值班")
        await person.sees("值班负责人")
        assert "telegram" in str(service.ready()["channels"])

    with Telegram() as telegram:
        service = starts(cli, **surroundings(telegram))
        asyncio.run(story(telegram, service))
        assert service.stop() == 0
        telegram.over()
    said = "\n".join([*service.greeting, service.said])
    assert TOKEN.partition(":")[2] not in said
    kept = [file.read_bytes() for file in cli.var.rglob("*") if file.is_file()]
    assert not [one for one in kept if TOKEN.encode() in one]


def test_the_sandbox_opens_no_door_to_telegram(
    cli: Terminal, starts: Callable[..., Service]
) -> None:
    """Nothing leaves the machine, and nobody outside is heard."""
    with Telegram() as telegram:
        service = starts(cli, "--sandbox", **surroundings(telegram))
        assert service.ready()["channels"]["telegram"] == "sandbox"
        assert service.stop() == 0
        assert telegram.asked == []
