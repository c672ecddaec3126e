"""Whatever is sent to any address of ours by anybody: 2xx, 3xx or 4xx, and nothing is changed."""

import asyncio
import http.client
import json
import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.routing import Route
from twilio.request_validator import RequestValidator

from responder import app
from responder import settings as settings_room
from responder.app import App
from responder.cli.running import Running
from responder.commands.firm import AcceptSite
from responder.commands.incidents.incident import Declare
from responder.domain.record import By
from responder.engine.clock import VirtualClock
from responder.store.opening import open_store
from tests.stage.firm import small_firm

EVENING = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
CHECKOUT = Path(__file__).parents[3]
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
NOWHERE = "http://127.0.0.1:9"
SETTINGS = {
    "LISTEN": "127.0.0.1:0",
    "PUBLIC_URL": "https://er.example.com",
    "ALERTS__TOKEN": "token-of-the-alerts",
    "SLACK__BOT_TOKEN": "xoxb-bot",
    "SLACK__SIGNING_SECRET": "secret-of-slack",
    "SLACK__API_URL": NOWHERE,
    "TELEGRAM__TOKEN": "123:token",
    "TELEGRAM__WEBHOOK_SECRET": "secret-of-telegram",
    "TELEGRAM__API_URL": NOWHERE,
    "TWILIO__ACCOUNT_SID": "AC" + "a" * 32,
    "TWILIO__AUTH_TOKEN": "secret-of-twilio",
    "TWILIO__FROM_NUMBER": "+85230000000",
    "TWILIO__API_URL": NOWHERE,
}
CUT = 400
RECORD = "ledger_"
"""The tables that a refusal may add to."""
MOST_NOTES = 60
"""Refusals are noted once a reason in ten minutes: so many reasons there are at most."""


@dataclass
class Served:
    """The real application of `serve`, with every door, on a port."""

    house: App
    port: int
    paths: list[str]
    database: Path

    def ask(self, method: str, path: str, headers: dict[str, str], body: bytes) -> int:
        """The status of the answer; its body holds no trace of our insides."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
            for name, value in headers.items():
                line.putheader(name, value.encode("latin-1"))
            line.putheader("Content-Length", str(len(body)))
            line.endheaders(body)
            answer = line.getresponse()
            said = answer.read()
        except ConnectionError:
            return CUT  # it is refused before it was sent to its end
        finally:
            line.close()
        assert b"Traceback" not in said
        return answer.status

    def state(self) -> dict[str, list[str]]:
        """All rows of all tables but the record's."""
        with closing(sqlite3.connect(self.database)) as line:
            asked = "SELECT name FROM sqlite_schema WHERE type = 'table'"
            tables = [name for (name,) in line.execute(asked) if not name.startswith(RECORD)]
            return {
                table: sorted(map(repr, line.execute(f'SELECT * FROM "{table}"')))
                for table in tables
            }

    def notes(self) -> list[str]:
        """The kinds of what is on the record."""
        return [one.kind for one in self.house.store.read(lambda uow: uow.ledger.all(0, 100_000))]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A firm in mid-incident; its engine and its lines out are not up."""
    folder = tmp_path_factory.mktemp("fuzz")
    environ = {f"RESPONDER_{key}": value for key, value in SETTINGS.items()}
    environ["RESPONDER_VAR"] = str(folder)
    found = settings_room.read(CHECKOUT, False, environ, folder)
    house = App(found, open_store(found.database_url), VirtualClock(EVENING))
    house.execute(AcceptSite(site=small_firm()))
    house.execute(Declare(by=By("clerk", "cli"), playbook="outage", title="交易中断"))
    running = Running.of(house, app.channels_of(found), {"doors"})
    serving = threading.Thread(
        target=lambda: asyncio.run(running.web.serve(sockets=[running.socket])), daemon=True
    )
    serving.start()
    served: Any = running.web.config.app
    paths = [route.path for route in served.routes if isinstance(route, Route)]
    paths += [path for path in paths if path.startswith(tuple(SEALED))] * 2
    try:
        yield Served(house, running.socket.getsockname()[1], paths, folder / "responder.db")
    finally:
        running.web.should_exit = True
        serving.join(20)
        house.store.close()


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40)
HEADER = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_categories=["Cc"]))
METHODS = st.sampled_from(
    [*["POST"] * 12, "GET", "GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"]
)
MEDIA = (
    st.sampled_from(
        [
            "application/json",
            "application/x-www-form-urlencoded",
            "text/plain",
            "multipart/form-data",
            "",
            "application/json; charset=utf-16",
            "application/x-www-form-urlencoded;;;=",
        ]
    )
    | HEADER
)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=10,
)
FIELDS = st.sampled_from(
    [
        "payload",
        "command",
        "act",
        "detail",
        "seal",
        "From",
        "Body",
        "Digits",
        "CallSid",
        "MessageSid",
    ]
)
BODIES = (
    st.binary(max_size=200)
    | ANY_JSON.map(lambda said: json.dumps(said).encode())
    | st.dictionaries(FIELDS | WORDS, WORDS, max_size=6).map(lambda said: urlencode(said).encode())
    | st.sampled_from([b"x" * 70_000, b"[" * 70_000, b"%" * 100, b"a=" * 300, b"{"])
)
SHOWN = st.fixed_dictionaries(
    {},
    optional={
        "Authorization": st.sampled_from(["Bearer ", "Bearer x", "Basic eA=="]) | HEADER,
        "X-Slack-Signature": HEADER | st.just("v0=" + "0" * 64),
        "X-Slack-Request-Timestamp": st.sampled_from(
            [str(int(EVENING.timestamp())), "0", "-1", "9" * 400, "1e9", "²"]
        ),
        "X-Twilio-Signature": HEADER,
        "X-Telegram-Bot-Api-Secret-Token": HEADER,
        "Accept-Language": HEADER,
        "Cookie": HEADER,
        "Host": st.sampled_from(["er.example.com", "x", "127.0.0.1"]),
        "Content-Type": MEDIA,
    },
)


SEALED = {
    "/alerts": {"Content-Type": JSON, "Authorization": f"Bearer {SETTINGS['ALERTS__TOKEN']}"},
    "/slack": {
        "Content-Type": FORM,
        "X-Slack-Request-Timestamp": str(int(EVENING.timestamp())),
        "X-Slack-Signature": "v0=" + "0" * 64,
    },
    "/telegram": {"Content-Type": JSON, "X-Telegram-Bot-Api-Secret-Token": "another-secret"},
    "/phone": {"Content-Type": FORM},
    "/r/": {"Content-Type": FORM},
}
"""What a request shows to come in. What Slack and Telegram really sign has tests of its own: it
may be for somebody, and is answered at the platform."""


def sealed(path: str, body: bytes) -> dict[str, str]:
    """The headers by which a door would take a request for its platform's own."""
    headers = next((said for door, said in SEALED.items() if path.startswith(door)), {})
    if path.startswith("/phone"):
        fields = dict(parse_qsl(body.decode("latin-1"), keep_blank_values=True))
        signer = RequestValidator(SETTINGS["TWILIO__AUTH_TOKEN"])
        seal = signer.compute_signature(SETTINGS["PUBLIC_URL"] + path, fields)
        return headers | {"X-Twilio-Signature": seal}
    return headers


@st.composite
def requests(draw: st.DrawFn, paths: list[str]) -> tuple[str, str, dict[str, str], bytes]:
    """A request to an address of ours, or nearly; often as its platform would make it."""
    path = draw(st.sampled_from(paths)).replace("{token}", quote(draw(WORDS), safe=""))
    path += draw(st.sampled_from([*[""] * 12, "/", "//", "/..", "%00", "%ff"]))
    words = st.dictionaries(st.sampled_from(["lang", "m", "s", "t", "n", "x"]), WORDS, max_size=2)
    asked = draw(words)
    path += f"?{urlencode(asked)}" if asked else ""
    body = draw(BODIES)
    headers = sealed(path, body) if draw(st.booleans()) else {}
    return draw(METHODS), path, headers | draw(st.just({}) | SHOWN), body


@settings(
    max_examples=900,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_anything_from_anybody(
    served: Served, caplog: pytest.LogCaptureFixture, data: st.DataObject
) -> None:
    """No door breaks, says more than it should, or does anything but note that it refused."""
    caplog.set_level(logging.WARNING)
    before, noted = served.state(), served.notes()
    method, path, headers, body = data.draw(requests(served.paths))
    status = served.ask(method, path, headers, body)
    ours = path.partition("?")[0].strip("/") == "readyz"
    assert 200 <= status < 500 or (ours and status == 503), (method, path, headers, body, status)
    broken = [one for one in caplog.records if one.exc_info or one.levelno > logging.WARNING]
    assert not broken, broken
    assert served.state() == before
    now = served.notes()
    assert set(now[len(noted) :]) <= {"Refused"}
    assert now.count("Refused") <= MOST_NOTES
