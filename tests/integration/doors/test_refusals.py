"""What each door refuses: the named cases in one table, each with its status and its note."""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import pytest
from twilio.request_validator import RequestValidator

from responder.app import tokens_of
from responder.commands.firm import FIRM
from responder.commands.incidents.incident import Declare
from responder.domain.message import Purpose
from responder.domain.record import By, Entry
from responder.inbound.link_address import address
from tests.fakes.slack import SECRET as SLACK
from tests.fakes.slack import TEAM
from tests.fakes.telegram import eventually
from tests.fakes.twilio import SID, TOKEN
from tests.stage.everywhere import ALERTS, EVENING, HOOK, PUBLIC, Scene, number, played

NOW = int(EVENING.timestamp())
INC = "INC-2026-0001"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
LONG = "长" * 65_536


@dataclass(frozen=True)
class Asked:
    """A request."""

    path: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def to_slack(
    body: bytes, media: str = FORM, secret: str = SLACK, at: int = NOW
) -> Callable[[Scene], Asked]:
    signed = b"v0:" + str(at).encode() + b":" + body
    headers = {
        "Content-Type": media,
        "X-Slack-Request-Timestamp": str(at),
        "X-Slack-Signature": f"v0={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}",
    }
    return lambda _scene: Asked("/slack/events", body, headers)


def command(text: str) -> bytes:
    """A slash command of somebody nobody knows."""
    fields = {"command": "/er", "text": text, "user_id": "U0NOBODY", "team_id": TEAM}
    fields |= {"channel_id": "C0HALL", "trigger_id": "t", "response_url": "http://127.0.0.1:9/"}
    return urlencode(fields).encode()


def to_telegram(body: bytes, media: str = JSON, secret: str = HOOK) -> Callable[[Scene], Asked]:
    headers = {"Content-Type": media, "X-Telegram-Bot-Api-Secret-Token": secret}
    return lambda _scene: Asked("/telegram/webhook", body, headers)


def update(text: str) -> bytes:
    """A private message of somebody nobody knows."""
    said = {"message_id": 1, "date": NOW, "chat": {"id": 5, "type": "private"}, "text": text}
    said["from"] = {"id": 5, "is_bot": False, "first_name": "x"}
    return json.dumps({"update_id": 7, "message": said}).encode()


def to_twilio(
    fields: Mapping[str, str], media: str = FORM, token: str = TOKEN, body: bytes | None = None
) -> Callable[[Scene], Asked]:
    path = "/phone/twilio/sms"
    signature = RequestValidator(token).compute_signature(PUBLIC + path, fields)
    headers = {"Content-Type": media, "X-Twilio-Signature": signature}
    sent = urlencode(fields).encode() if body is None else body
    return lambda _scene: Asked(path, sent, headers)


def sms(text: str, by: str = "+85299999999") -> dict[str, str]:
    return {"From": by, "Body": text, "MessageSid": "SM1", "AccountSid": SID}


def to_alerts(body: bytes, media: str = JSON, token: str = ALERTS) -> Callable[[Scene], Asked]:
    headers = {"Content-Type": media, "Authorization": f"Bearer {token}"}
    return lambda _scene: Asked("/alerts/generic", body, headers)


def to_page(
    body: bytes, media: str = FORM, change: Callable[[str], str] = str
) -> Callable[[Scene], Asked]:
    def asked(scene: Scene) -> Asked:
        page = scene.messages(INC, Purpose.PAGE, "duty")[0]
        link = address(PUBLIC, tokens_of(scene.house.settings), page)
        return Asked(change(link.removeprefix(PUBLIC)), body, {"Content-Type": media})

    return asked


def altered(path: str) -> str:
    return path[:-1] + ("0" if path[-1] != "0" else "1")


CASES = [
    ("slack", "bad signature", to_slack(command("who"), secret="another"), [401], 1),
    ("slack", "stale timestamp", to_slack(command("who"), at=NOW - 301), [401], 1),
    ("slack", "a time to come", to_slack(command("who"), at=NOW + 301), [401], 1),
    ("slack", "replay", to_slack(command("who")), [200, 401], 2),
    ("slack", "unknown sender", to_slack(command("who")), [200], 1),
    ("slack", "64 KB", to_slack(command(LONG)), [200], 1),
    ("slack", "broken JSON", to_slack(b"{", JSON), [400], 1),
    ("slack", "wrong media type", to_slack(b"{}", "text/plain"), [415], 1),
    ("telegram", "bad signature", to_telegram(update("who"), secret="another"), [403], 1),
    ("telegram", "replay", to_telegram(update("who")), [200, 200], 1),
    ("telegram", "unknown sender", to_telegram(update("who")), [200], 1),
    ("telegram", "64 KB", to_telegram(update(LONG)), [413], 1),
    ("telegram", "broken JSON", to_telegram(b"{"), [400], 1),
    ("telegram", "wrong media type", to_telegram(b"{}", "text/plain"), [415], 1),
    ("phone", "bad signature", to_twilio(sms("1"), token="another"), [403], 1),
    ("sms", "replay", to_twilio(sms("who", number("duty"))), [200, 200], 0),
    ("sms", "unknown sender", to_twilio(sms("1")), [200], 1),
    ("phone", "64 KB", to_twilio(sms(LONG)), [413], 1),
    ("phone", "a broken form", to_twilio({}, body=b"a=%ff"), [400], 1),
    ("phone", "wrong media type", to_twilio(sms("1"), "application/json"), [415], 1),
    ("alerts", "bad token", to_alerts(b"{}", token="another"), [401], 1),
    ("alerts", "replay", to_alerts(b'{"title": "a"}'), [200, 200], 0),
    ("alerts", "64 KB", to_alerts(json.dumps({"title": LONG}).encode()), [200], 0),
    ("alerts", "1 MB", to_alerts(b'"' + b"x" * 1_000_000), [413], 1),
    ("alerts", "broken JSON", to_alerts(b"{"), [400], 1),
    ("alerts", "wrong media type", to_alerts(b"{}", "text/plain"), [415], 1),
    ("link", "bad signature", to_page(b"act=take", change=altered), [404], 1),
    ("link", "64 KB", to_page(b"act=note&detail=" + b"x" * 65_536), [413], 1),
    ("link", "a broken form", to_page(b"act=%ff"), [400], 1),
    ("link", "a seal of nobody", to_page(b"act=take&seal=abc"), [400], 1),
    ("link", "wrong media type", to_page(b"{}", JSON), [415], 1),
]  # fmt: skip


def refusals(scene: Scene, before: int = 0) -> list[Entry]:
    return [*scene.record(FIRM, "Refused"), *scene.record(INC, "Refused")][before:]


@pytest.mark.parametrize(
    ("door", "ask", "statuses", "noted"),
    [(door, ask, statuses, noted) for door, _, ask, statuses, noted in CASES],
    ids=[f"{door}: {what}" for door, what, *_ in CASES],
)
def test_the_right_status_and_a_note(
    tmp_path: Path, door: str, ask: Callable[[Scene], Asked], statuses: list[int], noted: int
) -> None:
    """Each is refused, or heard once, with the status its platform understands; nobody acts."""

    async def story(scene: Scene) -> None:
        await scene.do(Declare(by=By("clerk", "cli"), playbook="outage", title="交易中断"))
        asked, before = ask(scene), len(refusals(scene))
        got = []
        async with aiohttp.ClientSession() as session:
            for _ in statuses:
                url = f"http://127.0.0.1:{scene.port}{asked.path}"
                async with session.post(url, data=asked.body, headers=asked.headers) as answer:
                    got.append(answer.status)
        assert got == statuses
        # Some doors say 200 first, and look who it is afterwards.
        await eventually(lambda: True if len(refusals(scene, before)) >= noted else None)
        assert [one.door for one in refusals(scene, before)] == [door] * noted
        assert not scene.record(INC, "Acknowledged")
        scene.leaves_the_rest()

    played(tmp_path, story, by_request=True)
