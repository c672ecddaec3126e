"""Calls and SMS by Twilio (https://www.twilio.com/docs/voice/api/call-resource and
https://www.twilio.com/docs/messaging/api/message-resource).

Twilio knows no idempotency key: what may have been created is looked for among the calls or
messages to that number. Its Python client has no time-out of its own and no setting for another
server, so that its HTTP client is replaced by one on a session of ours, which tries nothing twice.
"""

import asyncio
import json
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
from twilio.base.exceptions import TwilioRestException, TwilioServiceException
from twilio.rest import Client

from responder.channels.phone.probing import lack_of, lacks_of
from responder.channels.phone.wire import TooManyRequests, Wire
from responder.domain.message import Message
from responder.domain.people import RINGING
from responder.ports.channel import Fate, Pace, Receipt
from responder.ports.phone import FATES, GONE_FOR_GOOD, TWILIO, Terms
from responder.ports.probe import Probe
from responder.ports.renderer import Text

RINGS = 25
"""Seconds a phone rings before the call is given up: shorter than most voicemail waits."""
LONGEST = timedelta(seconds=60)
"""How long a call holds its line until its provider says more, and when it is asked."""
TIME_LIMIT = 300
"""Seconds after which Twilio ends a call, whatever happens."""
EVENTS = ["initiated", "ringing", "answered", "completed"]
WINDOW = timedelta(minutes=15)
"""How far back a message in doubt is looked for."""
LATEST = 20
REMEMBERED = 5000
PACE = Pace(rate=1, burst=10)
"""What a number takes a second that is nothing special, calls and messages alike; Twilio queues
what comes faster, in the order it came (https://www.twilio.com/docs/messaging/api/rate-limits)."""
TERMS = Terms(spares=("+86",), cost="https://www.twilio.com/en-us/pricing")
"""Twilio places no calls to mainland China, nor SMS that can be relied on."""


@dataclass(frozen=True, slots=True)
class Account:
    """A Twilio account, and where Twilio reaches us: `doors` is the address of `/phone/twilio`."""

    sid: str
    token: str
    number: str
    doors: str
    api_url: str = ""


class Twilio:
    """The channel to telephone numbers outside mainland China."""

    name = TWILIO
    vias = frozenset({"voice", "sms"})
    real = True
    terms = TERMS
    pace = PACE

    def __init__(self, account: Account) -> None:
        self._account = account
        self._wire = Wire(account.api_url)
        self._client = Client(account.sid, account.token, http_client=self._wire)
        self._made: OrderedDict[str, str] = OrderedDict()

    async def send(self, message: Message, text: Text) -> Receipt:
        """Create one call or one message; what is said of it later comes in by the phone's door."""
        try:
            if message.via in RINGING:
                made = await self._client.calls.create_async(**self._call(message))
            else:
                made = await self._client.messages.create_async(
                    to=message.to,
                    from_=self._account.number,
                    body=text.body,
                    status_callback=self._door("status", message),
                )
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            return Receipt(Fate.REFUSED, reason="no connection")
        except Exception as error:  # noqa: BLE001 - each has its receipt
            return _failed(error)
        return self._receipt(message, made.sid, made.status)

    async def look_up(self, message: Message) -> Receipt | None:
        """By its id if Twilio gave one, else among the latest to its number.

        A call is surely this message's when Twilio's own record of its requests names it, and
        surely not when that names another. A call that has asked us for nothing yet is taken for
        it unless this process made it for another: one number is rung once at a time. An SMS is
        known by its text alone; the same text to the same number was said, whoever said it.
        """
        try:
            if message.provider_id:
                return await self._fetched(message)
            found = await (
                self._call_of(message) if message.via in RINGING else self._sms_of(message)
            )
        except TwilioRestException as error:
            if error.status == 404:
                return None
            return Receipt(Fate.UNKNOWN, reason=f"look-up: {error.status}")
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody knows
            return Receipt(Fate.UNKNOWN, reason=f"look-up: {type(error).__name__}")
        return None if found is None else self._receipt(message, found.sid, found.status)

    async def probe(self) -> Probe:
        """Fetch the account, and look for the number that calls among its own."""
        try:
            account = await self._client.api.v2010.accounts(self._account.sid).fetch_async()
            numbers = await self._client.incoming_phone_numbers.list_async(
                phone_number=self._account.number, limit=1, page_size=1
            )
        except Exception as error:  # noqa: BLE001 - each is a lack
            return Probe("", (lack_of(error),))
        known_as = f"{account.friendly_name}, {self._account.number}"
        return Probe(known_as, tuple(lacks_of(account, numbers)))

    async def close(self) -> None:
        """Let go of the session."""
        await self._wire.close()

    def _call(self, message: Message) -> dict[str, Any]:
        return {
            "to": message.to,
            "from_": self._account.number,
            "url": self._door("voice", message),
            "method": "POST",
            "timeout": RINGS,
            "time_limit": TIME_LIMIT,
            "status_callback": self._door("status", message),
            "status_callback_event": EVENTS,
            "status_callback_method": "POST",
            "machine_detection": "Enable",
            "async_amd": "true",
            "async_amd_status_callback": self._door("status", message),
            "async_amd_status_callback_method": "POST",
        }

    def _door(self, name: str, message: Message) -> str:
        return f"{self._account.doors}/{name}?{urlencode({'m': message.id})}"

    def _receipt(self, message: Message, sid: Any, status: Any) -> Receipt:
        fate = FATES.get(str(status)) if isinstance(sid, str) and sid else None
        if fate is None:
            return Receipt(Fate.UNKNOWN, reason="an answer that cannot be read")
        self._made[sid] = message.id
        if len(self._made) > REMEMBERED:
            self._made.popitem(last=False)
        if message.via not in RINGING:
            return Receipt(fate, sid, reason=str(status) if fate is Fate.MISSED else "")
        if fate is not Fate.ACCEPTED:
            return Receipt(fate, sid, reason=str(status))
        return Receipt(fate, sid, rings_for=LONGEST, ask_after=LONGEST)

    # Look-up

    async def _fetched(self, message: Message) -> Receipt:
        if message.via in RINGING:
            call = await self._client.calls(message.provider_id).fetch_async()
            return self._receipt(message, call.sid, call.status)
        sms = await self._client.messages(message.provider_id).fetch_async()
        return self._receipt(message, sms.sid, sms.status)

    async def _sms_of(self, message: Message) -> Any | None:
        found = await self._client.messages.list_async(
            to=message.to, from_=self._account.number, limit=LATEST, page_size=LATEST
        )
        return next(
            (one for one in found if one.body == message.text and self._may_be(one, message)), None
        )

    async def _call_of(self, message: Message) -> Any | None:
        found = await self._client.calls.list_async(
            to=message.to, from_=self._account.number, limit=LATEST, page_size=LATEST
        )
        maybe = [one for one in found if self._may_be(one, message)]
        named = await asyncio.gather(*(self._names(one.sid) for one in maybe))
        for call, ids in zip(maybe, named, strict=True):
            if message.id in ids or (not ids and FATES.get(call.status) is Fate.ACCEPTED):
                return call
        return None

    def _may_be(self, found: Any, message: Message) -> bool:
        made_for = self._made.get(found.sid, message.id)
        made_at = found.date_created
        recent = isinstance(made_at, datetime) and made_at > message.ready_at - WINDOW
        return made_for == message.id and recent

    async def _names(self, sid: str) -> set[str]:
        """The messages that Twilio named when it asked us what to say in a call."""
        events = await self._client.calls(sid).events.list_async(limit=LATEST, page_size=LATEST)
        urls = (str((event.request or {}).get("url", "")) for event in events)
        return {id for url in urls for id in parse_qs(urlsplit(url).query).get("m", ())}


def _failed(error: Exception) -> Receipt:
    """What an error of a create means: only a plain refusal promises that nothing was made."""
    if isinstance(error, TooManyRequests):
        reason = "the provider answered 429"
        return Receipt(Fate.RETRY_AFTER, reason=reason, after=error.after, for_all=True)
    if (
        isinstance(error, TwilioRestException | TwilioServiceException)
        and 400 <= error.status < 500
    ):
        code = error.code if isinstance(error.code, int) else 0
        reason = f"the provider answered {error.status}, code {code}"
        return Receipt(Fate.NEVER if code in GONE_FOR_GOOD else Fate.REFUSED, reason=reason)
    if isinstance(error, json.JSONDecodeError):
        return Receipt(Fate.UNKNOWN, reason="an answer that cannot be read")
    if isinstance(error, TwilioRestException | TwilioServiceException):
        return Receipt(Fate.UNKNOWN, reason=f"the provider answered {error.status}")
    return Receipt(Fate.UNKNOWN, reason=type(error).__name__)
