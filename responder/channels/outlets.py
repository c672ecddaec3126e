"""Outlets of public notices: a folder that others read from, and web hooks on hosts allowed.

Both carry a text that people released, letter for letter, and send it once. A file appears whole or
not at all, and is looked up by its name; a web hook that does not answer leaves a doubt, which a
human settles.
"""

import asyncio
import hmac
import json
import os
import re
from collections.abc import Collection
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from responder.domain.message import Message
from responder.domain.outlet import FILE, WEBHOOK
from responder.ports.channel import Fate, Receipt
from responder.ports.renderer import Text

TIMEOUT = 8.0
NAME = re.compile(r"[\w-][\w.-]{0,79}", re.ASCII)
SIGNATURE = "X-Responder-Signature"
"""`sha256=` and the HMAC of the body in hex, as its receiver computes it anew."""
DELIVERY = "X-Responder-Delivery"
"""The same for every try of one notice at one outlet: who has seen it answers 200 and no more."""
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class FileOutlet:
    """Writes each notice as a file of its own, and a record of it beside."""

    name = FILE
    vias = frozenset({FILE})
    real = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def send(self, message: Message, text: Text) -> Receipt:
        """Write it; a name that could lead elsewhere is refused."""
        path = self._path(message)
        if path is None:
            return Receipt(Fate.NEVER, reason="the outlet's name is no file name")
        try:
            await asyncio.to_thread(_write, path, text.body, _said_of(message, text))
        except OSError as error:
            return Receipt(Fate.REFUSED, reason=error.strerror or type(error).__name__)
        return Receipt(Fate.DELIVERED, path.name)

    async def look_up(self, message: Message) -> Receipt | None:
        """Whether the file is there: it is written in one step."""
        path = self._path(message)
        there = path is not None and await asyncio.to_thread(path.exists)
        return Receipt(Fate.DELIVERED, path.name) if there and path else None

    async def close(self) -> None:
        """Nothing is kept open."""

    def _path(self, message: Message) -> Path | None:
        outlet, number = str(message.facts.get("outlet", "")), str(message.facts.get("no", ""))
        if not (NAME.fullmatch(outlet) and NAME.fullmatch(number)):
            return None
        return self._folder / outlet / f"{number}.txt"


class WebhookOutlet:
    """Posts each notice as signed JSON to an address on a host that the firm allows."""

    name = WEBHOOK
    vias = frozenset({WEBHOOK})
    real = True

    def __init__(self, secret: str, allowed_hosts: Collection[str]) -> None:
        self._secret = secret.encode()
        self._allowed = frozenset(allowed_hosts)
        self._session: aiohttp.ClientSession | None = None

    async def send(self, message: Message, text: Text) -> Receipt:
        """Send once. A redirect is a refusal: the notice goes where the firm said, or nowhere."""
        refused = self._forbids(message.to)
        if refused:
            return Receipt(Fate.NEVER, reason=refused)
        body = json.dumps(_said_of(message, text), ensure_ascii=False, sort_keys=True).encode()
        try:
            async with self._open().post(
                message.to, data=body, headers=self._headers(message, body), allow_redirects=False
            ) as answer:
                return _receipt(answer, message)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            return Receipt(Fate.REFUSED, reason="no connection")
        except TimeoutError:
            return Receipt(Fate.UNKNOWN, reason="no answer in time")
        except (aiohttp.ClientError, OSError) as error:
            return Receipt(Fate.UNKNOWN, reason=type(error).__name__)

    async def look_up(self, message: Message) -> Receipt | None:  # noqa: ARG002 - it cannot be asked
        """Nobody can say but a human who looks."""
        return Receipt(Fate.UNKNOWN, reason="the outlet answers no look-ups")

    async def close(self) -> None:
        """Let go of the session."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def _forbids(self, url: str) -> str:
        """Why an address may not be sent to; nothing where it may. Only our own machine is http."""
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").casefold()
            place = f"{host}:{parts.port}" if parts.port else host
        except ValueError:
            return "no web address"
        if not self._secret:
            return "no webhook secret is set"
        if host not in self._allowed and place not in self._allowed:
            return "its host is not allowed"
        if parts.username or parts.password:
            return "an address with a password"
        if parts.scheme != "https" and not (parts.scheme == "http" and host in LOCAL):
            return "neither https nor local"
        return ""

    def _headers(self, message: Message, body: bytes) -> dict[str, str]:
        signature = hmac.new(self._secret, body, sha256).hexdigest()
        return {
            "Content-Type": "application/json; charset=utf-8",
            SIGNATURE: f"sha256={signature}",
            DELIVERY: message.id,
        }

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=TIMEOUT)
            self._session = aiohttp.ClientSession(timeout=timeout, trust_env=False)
        return self._session


def _receipt(answer: aiohttp.ClientResponse, message: Message) -> Receipt:
    reason = f"the outlet answered {answer.status}"
    if answer.status == 429:
        return Receipt(Fate.RETRY_AFTER, reason=reason, after=timedelta(seconds=5))
    if 300 <= answer.status < 500:
        return Receipt(Fate.REFUSED, reason=reason)
    if not answer.ok:
        return Receipt(Fate.UNKNOWN, reason=reason)
    return Receipt(Fate.DELIVERED, message.id)


def _said_of(message: Message, text: Text) -> dict[str, Any]:
    """What is handed over: the text and what it is, with the hash of the line it came from."""
    facts = message.facts
    named = ("no", "of_incident", "form", "outlet", "corrects", "published_at", "line_sha256")
    return {
        "text": text.body,
        "title": text.subject,
        "text_sha256": sha256(text.body.encode()).hexdigest(),
        "language": message.language,
        **{name: facts.get(name, "") for name in named},
    }


def _write(path: Path, text: str, said: dict[str, Any]) -> None:
    """The record first, then the text, each whole or not at all and on the disk before it is so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    record = json.dumps(said, ensure_ascii=False, indent=2, sort_keys=True)
    _replace(path.with_suffix(".json"), record + "\n")
    _replace(path, text + "\n")
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _replace(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.part")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
