"""From a declaration to an answer, by nothing but mail: the real service, a real mail server."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.fakes.browser import Browser
from tests.fakes.smtp import Mail, MailServer
from tests.integration.cli.service import start

PATIENCE = 30
LINK = re.compile(r"https://er\.example\.com/r/[0-9a-z]+")


def waiting_for(find: Callable[[], Mail | None]) -> Mail:
    """What comes by mail, sooner or later."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found := find():
            return found
        time.sleep(0.05)
    raise AssertionError("no such mail")


def first(server: MailServer, subject: str) -> Mail | None:
    """The first mail about something; a fire is told by mail to others, for other reasons."""
    about = (mail for mail in server.mails if str(mail.letter["Subject"]).startswith(subject))
    return next(about, None)


def responder(around: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "responder", *words],
        env={**os.environ, **around},
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    return done.stdout


def test_a_roll_call_is_answered_from_a_mail(tmp_path: Path) -> None:
    """The mail says what is asked and holds the reader's own link; two taps answer it."""
    with MailServer() as server:
        around = {
            "RESPONDER_VAR": str(tmp_path),
            "RESPONDER_LISTEN": "127.0.0.1:0",
            "RESPONDER_SMTP__URL": server.url,
            "RESPONDER_SMTP__SENDER": "应急处置 <er@example.com>",
            "RESPONDER_PUBLIC_URL": "https://er.example.com/",
        }
        service = start(around)
        try:
            service.ready()
            declared = responder(
                around, "--as", "sun.qiang", "declare", "fire", "--title", "机房冒烟", "--json"
            )
            id = json.loads(declared)["id"]
            responder(around, "--as", "chen.guo", "safety", "ask", id, "--target", "zhou.jian")
            mail = waiting_for(lambda: first(server, "人员平安点名 · "))
            assert mail.to == ("zhou.jian@example.com",)
            link = LINK.search(mail.text)
            assert link is not None
            phone = Browser(service.port)
            assert phone.open(link[0]).buttons[:2] == ["平安", "需要救助"]
            phone.press("平安")
            assert "已登记平安" in phone.press("确认").text
            said = responder(around, "incident", "timeline", id, "--json")
            assert '"door": "link"' in said
            assert link[0].rpartition("/")[2] not in said, "the record holds no link"
        finally:
            assert service.stop() == 0
        assert server.unexpected == []
    assert "@" not in service.said
