"""Calls and SMS by a gateway that the site describes as data (`contacts/gateways.yaml`).

It takes one request and tells one id. It says nothing afterwards: what it accepted stays accepted,
and what is in doubt cannot be looked up.
"""

import asyncio
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from responder.domain.message import Message
from responder.domain.people import RINGING
from responder.domain.words import Words
from responder.ports.channel import Fate, Pace, Receipt
from responder.ports.phone import Gateway, Terms
from responder.ports.probe import Lack, Probe, unreachable
from responder.ports.renderer import Text

TIMEOUT = 8.0
RINGS_FOR = timedelta(seconds=40)
"""How long a call is taken to occupy its line."""
BLANK = re.compile(r"\{([a-z]+(?:\.[A-Z0-9_]+)?)\}")
SECRET = "secret."  # noqa: S105 - how a blank for one begins
NO_KEYS = Words(
    "本线路不能按键，请用短信或聊天答复。",
    " Keys do not work on this line: please answer by SMS or chat.",
)


class NoSecret(Exception):
    """The surroundings hold no secret of a name; the name itself is none."""


class HttpGateway:
    """A channel to the numbers of the regions it names."""

    real = True

    def __init__(self, gateway: Gateway, secrets: Mapping[str, str]) -> None:
        self._gateway = gateway
        self._secrets = secrets
        self._session: aiohttp.ClientSession | None = None

    @property
    def name(self) -> str:
        """Its id in the site."""
        return self._gateway.id

    @property
    def vias(self) -> frozenset[str]:
        """The kinds of way it carries."""
        return frozenset(self._gateway.vias)

    @property
    def terms(self) -> Terms:
        """What the site says of it."""
        return self._gateway.terms

    @property
    def pace(self) -> Pace | None:
        """How fast it takes messages, where the site says so."""
        rate = self._gateway.per_minute / 60
        return Pace(rate) if rate else None

    async def send(self, message: Message, text: Text) -> Receipt:
        """Send once: no connection and a plain refusal promise that nothing was sent."""
        blanks = self._blanks(message, text)
        try:
            body = {key: self._filled(value, blanks) for key, value in self._gateway.body.items()}
            headers = {k: self._filled(v, blanks) for k, v in self._gateway.headers.items()}
        except NoSecret as error:
            return Receipt(Fate.REFUSED, reason=f"the secret {error} is not set")
        as_json = self._gateway.as_json
        try:
            async with self._open().request(
                self._gateway.method,
                self._gateway.url,
                headers=headers,
                json=nested(body) if as_json else None,
                data=None if as_json else body,
                allow_redirects=False,
            ) as answer:
                return await self._receipt(answer, message)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            return Receipt(Fate.REFUSED, reason="no connection")
        except TimeoutError:
            return Receipt(Fate.UNKNOWN, reason="no answer in time")
        except (aiohttp.ClientError, OSError) as error:
            return Receipt(Fate.UNKNOWN, reason=type(error).__name__)

    async def look_up(self, message: Message) -> Receipt | None:  # noqa: ARG002 - it cannot be asked
        """Nobody can say."""
        return Receipt(Fate.UNKNOWN, reason="the gateway answers no look-ups")

    async def probe(self) -> Probe:
        """Whether its secrets are there and its address can be connected to: no request is made."""
        parts = urlsplit(self._gateway.url)
        where = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        lacks = [_no_secret(name) for name in self._secrets_lacking()]
        tls = parts.scheme == "https"
        try:
            port = parts.port or (443 if tls else 80)
            async with asyncio.timeout(TIMEOUT):
                _, line = await asyncio.open_connection(parts.hostname or "", port, ssl=tls or None)
        except (OSError, ValueError):
            lacks.append(unreachable(where))
        else:
            line.transport.abort()
        return Probe(where, tuple(lacks))

    async def close(self) -> None:
        """Let go of the session."""
        if self._session is not None:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT))
        return self._session

    def _blanks(self, message: Message, text: Text) -> dict[str, str]:
        said = text.body
        if message.via in RINGING and not self.terms.hears_keys:
            said += NO_KEYS.said(message.language)
        return {
            "to": message.to,
            "national": message.to[self.terms.reach(message.to) :],
            "text": said,
            "id": message.id,
            "via": message.via,
            "language": message.language,
            "code": message.code,
        }

    def _filled(self, template: str, blanks: Mapping[str, str]) -> str:
        def fill(match: re.Match[str]) -> str:
            name = match[1]
            if name.startswith(SECRET):
                return self._secret(name.removeprefix(SECRET))
            return blanks.get(name, match[0])

        return BLANK.sub(fill, template)

    def _secrets_lacking(self) -> Iterator[str]:
        said = " ".join((*self._gateway.headers.values(), *self._gateway.body.values()))
        named = dict.fromkeys(name for name in BLANK.findall(said) if name.startswith(SECRET))
        names = (name.removeprefix(SECRET) for name in named)
        return (name for name in names if name not in self._secrets)

    def _secret(self, name: str) -> str:
        if name not in self._secrets:
            raise NoSecret(name)
        return self._secrets[name]

    async def _receipt(self, answer: aiohttp.ClientResponse, message: Message) -> Receipt:
        reason = f"the gateway answered {answer.status}"
        if answer.status == 429:
            after = _pause(answer)
            return Receipt(Fate.RETRY_AFTER, reason=reason, after=after, for_all=True)
        if 300 <= answer.status < 500:
            return Receipt(Fate.REFUSED, reason=reason)
        if not answer.ok:
            return Receipt(Fate.UNKNOWN, reason=reason)
        try:
            said = await answer.json(content_type=None)
        except ValueError:
            return Receipt(Fate.UNKNOWN, reason="an answer that cannot be read")
        return self._read(said, message)

    def _read(self, said: Any, message: Message) -> Receipt:
        gateway = self._gateway
        if gateway.success_at and at(said, gateway.success_at) is None:
            return Receipt(Fate.UNKNOWN, reason="an answer that cannot be read")
        if gateway.success_at and str(at(said, gateway.success_at)) != gateway.success:
            return Receipt(Fate.REFUSED, reason="the gateway took it for a fault")
        id = at(said, gateway.id_at) if gateway.id_at else message.id
        if not isinstance(id, str | int) or id == "":
            return Receipt(Fate.UNKNOWN, reason="an answer that cannot be read")
        rings_for = RINGS_FOR if message.via in RINGING else None
        return Receipt(Fate.ACCEPTED, str(id), rings_for=rings_for)


def _no_secret(name: str) -> Lack:
    variable = f"RESPONDER_GATEWAY__{name}"
    return Lack(
        Words(f"没有设置密钥 {name}。", f"The secret {name} is not set."),
        Words(f"请设置 {variable} 或 {variable}_FILE。", f"Set {variable} or {variable}_FILE."),
    )


def at(said: Any, path: str) -> Any:
    """What stands at a path such as `data.0.id`, None for nothing."""
    for step in path.split("."):
        if isinstance(said, dict):
            said = said.get(step)
        elif isinstance(said, list) and step.isdecimal() and int(step) < len(said):
            said = said[int(step)]
        else:
            return None
    return said


def nested(body: Mapping[str, str]) -> dict[str, Any]:
    """`{"message.text": …}` as `{"message": {"text": …}}`."""
    whole: dict[str, Any] = {}
    for path, value in body.items():
        *outer, last = path.split(".")
        inner = whole
        for step in outer:
            inner = inner.setdefault(step, {})
        inner[last] = value
    return whole


def _pause(answer: aiohttp.ClientResponse) -> timedelta:
    """How long the gateway asks us to wait; a second where it says nothing usable."""
    try:
        return timedelta(seconds=max(float(answer.headers.get("Retry-After", "")), 0.0))
    except (ValueError, OverflowError):
        return timedelta(seconds=1)
