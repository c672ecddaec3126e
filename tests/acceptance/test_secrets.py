"""Secrets stay where they are: in no log however talkative, no record, no answer, no word said."""

import asyncio
import base64
import http.client
import json
import logging
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from responder.commands.incidents.incident import Declare
from responder.domain.record import By
from tests.fakes import slack as slack_fake
from tests.fakes import telegram as telegram_fake
from tests.fakes import twilio as twilio_fake
from tests.fakes.slack import Answer, Slack
from tests.fakes.smtp import MailServer
from tests.fakes.telegram import Telegram
from tests.fakes.twilio import Twilio
from tests.integration.cli.service import start
from tests.stage.everywhere import ALERTS, EVENING, HOOK, LINK, Scene, environ, number, played

MAIL = "a-mail-password-nobody-may-read"
MARKS = (
    slack_fake.BOT_TOKEN,
    slack_fake.APP_TOKEN,
    slack_fake.SECRET,
    "ticket=",
    telegram_fake.TOKEN.partition(":")[2],
    HOOK,
    ALERTS,
    twilio_fake.TOKEN,
    base64.b64encode(f"{twilio_fake.SID}:{twilio_fake.TOKEN}".encode()).decode(),
    MAIL,
    base64.b64encode(f"\0er\0{MAIL}".encode()).decode(),
)
INC = "INC-2026-0001"


def told(answers: list[str], port: int, path: str, body: str, **headers: str) -> None:
    """Ask for something, and keep all of the answer."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    line.request(
        "POST", path, body, {name.replace("_", "-"): said for name, said in headers.items()}
    )
    answer = line.getresponse()
    answers.append(f"{answer.status} {answer.getheaders()} {answer.read().decode()}")
    line.close()


def strangers_ask(answers: list[str], port: int) -> None:
    """Each door refuses somebody."""
    json_, form = "application/json", "application/x-www-form-urlencoded"
    told(answers, port, "/alerts/generic", "{", Authorization="Bearer no", Content_Type=json_)
    told(
        answers, port, "/alerts/generic", "{", Authorization=f"Bearer {ALERTS}", Content_Type=json_
    )
    told(answers, port, "/slack/events", "a=b", X_Slack_Signature="v0=1", Content_Type=form)
    told(answers, port, "/telegram/webhook", "{}", Content_Type=json_)
    told(answers, port, "/telegram/webhook", "{", X_Telegram_Bot_Api_Secret_Token=HOOK)
    told(answers, port, "/phone/twilio/sms", "a=b", X_Twilio_Signature="no", Content_Type=form)
    told(answers, port, "/r/abc", "act=take", Content_Type=form)


def leaks(said: Iterable[str], marks: Iterable[str]) -> Iterator[str]:
    """What is said that nobody may read, with a little of what stands around it."""
    for one in said:
        for mark in marks:
            if (at := one.find(mark)) >= 0:
                yield one[max(at - 200, 0) : at + len(mark) + 20]


@pytest.mark.parametrize("by_request", [False, True], ids=["by socket and poll", "by request"])
def test_a_busy_evening(
    tmp_path: Path,
    by_request: bool,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Everything is used and everything fails once; nothing that was written holds a secret."""
    caplog.set_level(logging.DEBUG)
    kept: dict[str, list[str]] = {"answers": [], "record": [], "links": [], "codes": []}

    async def story(scene: Scene) -> None:
        scene.leaves_the_rest()
        if not by_request:
            await scene.links()
        refusals = [Answer("invalid_auth"), Answer(status=500, body="!"), Answer("not_authed")]
        scene.slack.says["chat.postMessage"].extend(refusals)
        scene.telegram.answers("sendMessage", telegram_fake.UNAUTHORIZED, telegram_fake.CUT)
        scene.twilio.answers.extend([twilio_fake.BROKEN, twilio_fake.refusal(20003)])
        await scene.do(Declare(by=By("clerk", "cli"), playbook="outage", title="断电"))
        await scene.wait(timedelta(minutes=4))
        kept["answers"].append(await scene.twilio.writes(number("duty"), "0001 1"))
        scene.slack.closes()
        await scene.do(Declare(by=By("clerk", "cli"), playbook="leak", title="泄露"))
        await asyncio.to_thread(strangers_ask, kept["answers"], scene.port)
        await scene.wait(timedelta(minutes=1))
        scene.slack.opens()
        await scene.wait(timedelta(minutes=3))
        entries = scene.house.store.read(lambda uow: uow.ledger.all(0, 100_000))
        kept["record"] += [str(one) for one in entries]
        kept["codes"] += scene.codes
        sent = scene.house.store.read(lambda uow: uow.outbox.of(INC))
        kept["links"] += [
            found[0].rpartition("/")[2] for one in sent if (found := LINK.findall(one.text))
        ]

    played(tmp_path, story, by_request=by_request, mail_login=f"er:{MAIL}")
    printed = capfd.readouterr()
    logged = [caplog.handler.format(one) + str(vars(one)) for one in caplog.records]
    key = (tmp_path / "site.key").read_text(encoding="latin-1").strip()
    files = [file.read_text(encoding="latin-1") for file in tmp_path.glob("responder.db*")]
    said = [*logged, *kept["record"], *kept["answers"], printed.out, printed.err]
    assert len(kept["record"]) > 50
    assert kept["links"]
    assert not list(leaks([*said, *files], [*MARKS, key]))
    assert not list(leaks(said, [*kept["links"], *kept["codes"]]))


def test_a_service_says_none(tmp_path: Path) -> None:
    """`responder serve`, refused by everybody, prints no secret; nor do its answers hold one."""
    said = asyncio.run(_service(tmp_path))
    written = [file.read_text(encoding="latin-1") for file in tmp_path.glob("responder.db*")]
    assert not list(leaks([*said, *written], MARKS))


async def _service(folder: Path) -> list[str]:
    with Slack() as slack, Telegram() as telegram, MailServer() as mail:
        async with Twilio(lambda: EVENING) as twilio:
            around = environ(folder, slack, telegram, twilio, mail, by_request=True)
            around["RESPONDER_SMTP__URL"] = mail.url.replace("//", f"//er:{MAIL}@")
            around["RESPONDER_LISTEN"] = "127.0.0.1:0"
            slack.down, telegram.down = "invalid_auth", True
            return await asyncio.to_thread(_served, around)


def _served(around: dict[str, str]) -> list[str]:
    service = start(around)
    answers: list[str] = []
    try:
        service.ready()
        strangers_ask(answers, service.port)
        alert = json.dumps({"title": "撮合延迟"})
        shown, media = f"Bearer {ALERTS}", "application/json"
        told(
            answers, service.port, "/alerts/generic", alert, Authorization=shown, Content_Type=media
        )
        answers += [service.get(path)[1] for path in ("/", "/readyz", "/metrics", "/nowhere")]
    finally:
        service.stop()
    return [*answers, *service.greeting, service.said]
