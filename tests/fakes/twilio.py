"""Twilio on loopback: takes calls and messages as its own description says, and calls back, signed.

It is driven like people: a phone rings, somebody picks up, hears, presses a key. Whatever nobody
should have asked of it is in `unexpected`; a create is counted whatever its answer says.
"""

import xml.etree.ElementTree as ET
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from itertools import count
from typing import Any, Self
from urllib.parse import parse_qsl, urljoin

import aiohttp
from aiohttp import encode_basic_auth, web
from twilio.request_validator import RequestValidator

from tests.fakes.served import Served

SID = "AC" + "a" * 32
TOKEN = "an auth token of thirty-two chars"
NUMBER = "+85230000000"
ROOT = f"/2010-04-01/Accounts/{SID}"
CALL_FIELDS = frozenset(
    {
        "To",
        "From",
        "Url",
        "Method",
        "Timeout",
        "TimeLimit",
        "StatusCallback",
        "StatusCallbackEvent",
        "StatusCallbackMethod",
        "MachineDetection",
        "AsyncAmd",
        "AsyncAmdStatusCallback",
        "AsyncAmdStatusCallbackMethod",
    }
)
SMS_FIELDS = frozenset({"To", "From", "Body", "StatusCallback"})
EVENTS = frozenset({"initiated", "ringing", "answered", "completed"})
MOST_VERBS = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """How a create is answered. `takes`: it is made all the same."""

    status: int = 201
    takes: bool = True
    body: str | None = None
    retry_after: str = ""


MADE = Answer()
UNREADABLE = Answer(body="<html>It works!</html>")
BROKEN = Answer(503, takes=False)
BROKEN_LATE = Answer(503)
TOO_MANY = Answer(429, takes=False, retry_after="30")


def refusal(code: int) -> Answer:
    """Refused with one of Twilio's codes."""
    said = f'{{"code": {code}, "message": "refused", "status": 400}}'
    return Answer(400, takes=False, body=said)


@dataclass
class Sms:
    """A message on its way to a phone."""

    twilio: "Twilio"
    sid: str
    to: str
    body: str
    callback: str
    created: datetime
    status: str = "queued"

    async def is_now(self, status: str, **more: str) -> None:
        """Tell what became of it."""
        self.status = status
        said = {"MessageSid": self.sid, "MessageStatus": status, "To": self.to, **more}
        await self.twilio.posts(self.callback, said)

    def document(self) -> dict[str, Any]:
        made = format_datetime(self.created)
        fields = {"sid": self.sid, "to": self.to, "from": NUMBER, "body": self.body}
        return {**fields, "status": self.status, "date_created": made, "account_sid": SID}


@dataclass
class Call:
    """A call, either way, and the person at its other end."""

    twilio: "Twilio"
    sid: str
    to: str
    created: datetime
    fields: dict[str, str] = field(default_factory=dict)
    caller: str = NUMBER
    status: str = "queued"
    asked: list[str] = field(default_factory=list)
    sequence: int = 0
    waiting: ET.Element | None = None
    rest: list[ET.Element] = field(default_factory=list)
    dialled: str = ""
    pauses: int = 0
    voices: set[tuple[str, str]] = field(default_factory=set)

    def document(self) -> dict[str, Any]:
        made = format_datetime(self.created)
        fields = {"sid": self.sid, "to": self.to, "from": self.caller, "status": self.status}
        return {**fields, "date_created": made, "account_sid": SID, "direction": "outbound-api"}

    # What happens on the line

    async def rings(self) -> None:
        """It rings at the other end."""
        for status in ("initiated", "ringing"):
            await self.is_now(status)

    async def is_picked_up(self) -> str:
        """Somebody, or a machine, picks up; returns what is heard."""
        if self.status == "queued":
            await self.rings()
        await self.is_now("in-progress")
        return await self._runs(self.fields["Url"], {})

    async def presses(self, key: str) -> str:
        """The person presses a key while they are asked for one; returns what is heard then."""
        gather = self.waiting
        assert gather is not None, "nobody asks for a key"
        self.waiting = None
        return await self._runs(gather.attrib["action"], {"Digits": key})

    async def presses_nothing(self) -> str:
        """Time runs out: the verbs after the question are carried out."""
        rest, self.rest, self.waiting = self.rest, [], None
        return await self._carries_out(rest)

    async def speaks(self, seconds: int, sid: str = "RE" + "b" * 32) -> str:
        """The person speaks to a recording."""
        record = self.waiting
        assert record is not None
        assert record.tag == "Record", "nothing is recorded"
        self.waiting = None
        said = {"RecordingSid": sid, "RecordingDuration": str(seconds), "RecordingUrl": "https://x"}
        return await self._runs(record.attrib["action"], said)

    async def connects(self, status: str) -> str:
        """What became of putting the caller through."""
        dial = self.waiting
        assert dial is not None
        assert dial.tag == "Dial", "nobody is put through"
        self.waiting = None
        return await self._runs(dial.attrib["action"], {"DialCallStatus": status})

    async def is_answered_by(self, who: str) -> None:
        """Twilio labels who picked up."""
        said = {"CallSid": self.sid, "AnsweredBy": who, "MachineDetectionDuration": "2100"}
        await self.twilio.posts(self.fields["AsyncAmdStatusCallback"], said)

    async def is_now(self, status: str, **more: str) -> int:
        """Tell how the call gets on."""
        self.status = "queued" if status == "initiated" else status
        callback = self.fields.get("StatusCallback")
        if callback is None:
            return 0
        said = {**self._said(), "CallStatus": status, "SequenceNumber": str(self.sequence), **more}
        self.sequence += 1
        return (await self.twilio.posts(callback, said))[0]

    async def hangs_up(self) -> None:
        """It is over."""
        self.waiting = None
        await self.is_now("completed", CallDuration="12")

    # TwiML

    async def _runs(self, url: str, more: dict[str, str]) -> str:
        self.asked.append(url)
        status, said = await self.twilio.posts(url, {**self._said(), **more})
        assert status == 200, f"{url} answered {status}: {said}"
        return await self._carries_out(list(ET.fromstring(said)))

    async def _carries_out(self, verbs: list[ET.Element]) -> str:
        heard = ""
        for place, verb in enumerate(verbs):
            match verb.tag:
                case "Say":
                    heard += self._hears(verb)
                case "Pause":
                    self.pauses += 1
                    await self.twilio.pauses()
                case "Redirect":
                    assert len(self.asked) < MOST_VERBS, "a call without an end"
                    return heard + await self._runs(verb.text or "", {})
                case "Hangup":
                    if self.status == "in-progress":
                        await self.hangs_up()
                    return heard
                case "Gather" | "Record" | "Dial":
                    heard += "".join(self._hears(say) for say in verb.iter("Say"))
                    self.dialled = "".join(number.text or "" for number in verb.iter("Number"))
                    self.waiting, self.rest = verb, verbs[place + 1 :]
                    return heard
                case other:
                    raise AssertionError(f"a verb nobody knows: {other}")
        return heard

    def _hears(self, say: ET.Element) -> str:
        self.voices.add((say.attrib["voice"], say.attrib["language"]))
        return say.text or ""

    def _said(self) -> dict[str, str]:
        return {"CallSid": self.sid, "AccountSid": SID, "From": self.caller, "To": self.to}


class Twilio(Served):
    """The server. `posts_to` is where the public address really is, as behind a proxy."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.calls: list[Call] = []
        self.texts: list[Sms] = []
        self.answers: deque[Answer] = deque()
        self.unexpected: list[str] = []
        self.creates = 0
        self.account = {"sid": SID, "friendly_name": "示例证券", "status": "active", "type": "Full"}
        self.numbers = {NUMBER: {"voice": True, "sms": True, "mms": False, "fax": False}}
        self.look_ups = 0
        self.shows_events = True
        self.public, self.posts_to = "", ""
        self.pauses: Callable[[], Any] = _no_pause
        self._numbers = count(1)
        self._validator = RequestValidator(TOKEN)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20))
        return await super().__aenter__()

    async def __aexit__(self, *broke: object) -> None:
        assert self._session is not None
        await self._session.close()
        await super().__aexit__(*broke)

    # People

    def call_to(self, number: str) -> Call:
        """The latest call to a number that nobody has picked up or missed."""
        open_ones = [one for one in self.calls if one.to == number and one.status == "queued"]
        assert open_ones, f"no call to {number}"
        return open_ones[-1]

    def texts_to(self, number: str) -> list[str]:
        """What was written to a number."""
        return [one.body for one in self.texts if one.to == number]

    async def calls_in(self, number: str) -> tuple[Call, str]:
        """Somebody calls us; returns the call and what is heard."""
        call = Call(self, self._sid("CA"), NUMBER, self.now(), caller=number, status="in-progress")
        return call, await call._runs(f"{self.public}/phone/twilio/voice", {})

    async def writes(self, number: str, body: str, sid: str = "") -> str:
        """Somebody writes us an SMS; returns the reply, `""` for silence."""
        said = {"From": number, "To": NUMBER, "Body": body, "MessageSid": sid or self._sid("SM")}
        status, answer = await self.posts(f"{self.public}/phone/twilio/sms", said)
        assert status == 200, answer
        return "".join(message.text or "" for message in ET.fromstring(answer).iter("Message"))

    async def posts(
        self, url: str, fields: dict[str, str], signature: str | None = None
    ) -> tuple[int, str]:
        """Post a form, signed for the public address, to where that really is."""
        assert self._session is not None
        assert url.startswith(self.public), f"{url} is not below {self.public}"
        signed = self._validator.compute_signature(url, fields)
        headers = {"X-Twilio-Signature": signed if signature is None else signature}
        target = urljoin(self.posts_to, url.removeprefix(self.public))
        async with self._session.post(target, data=fields, headers=headers) as answer:
            return answer.status, await answer.text()

    # The API

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != encode_basic_auth(SID, TOKEN):
            return web.json_response({"code": 20003, "message": "Authenticate"}, status=401)
        if request.method == "GET" and request.path == f"{ROOT}.json":
            return web.json_response(self.account)
        match request.method, request.path.removeprefix(ROOT).removesuffix(".json").split("/")[1:]:
            case "POST", ["Calls"]:
                return await self._create(request, CALL_FIELDS, {"To", "From", "Url"}, self._call)
            case "POST", ["Messages"]:
                return await self._create(request, SMS_FIELDS, {"To", "From", "Body"}, self._sms)
            case "GET", ["IncomingPhoneNumbers"]:
                return self._own_numbers(request)
            case "GET", [("Calls" | "Messages") as kind]:
                return self._list(request, kind)
            case "GET", [("Calls" | "Messages"), sid]:
                return self._fetch(sid)
            case "GET", ["Calls", sid, "Events"]:
                return self._events(sid)
        return self._fault(f"{request.method} {request.path_qs}")

    async def _create(
        self,
        request: web.Request,
        known: frozenset[str],
        needed: set[str],
        make: Callable[[dict[str, str]], Call | Sms],
    ) -> web.StreamResponse:
        pairs = parse_qsl(await request.text(), keep_blank_values=True)
        fields = dict(pairs)
        events = {value for name, value in pairs if name == "StatusCallbackEvent"}
        if not fields.keys() <= known or not needed <= fields.keys() or not events <= EVENTS:
            return self._fault(f"a create that is none: {pairs}")
        if not fields["To"].removeprefix("+").isdecimal() or fields["From"] != NUMBER:
            return self._fault(f"numbers that are none: {pairs}")
        self.creates += 1
        answer = self.answers.popleft() if self.answers else MADE
        made = make(fields) if answer.takes else None
        headers = {"Retry-After": answer.retry_after} if answer.retry_after else {}
        if answer.body is not None or made is None:
            text = answer.body or '{"message": "no", "status": 503}'
            return web.Response(status=answer.status, text=text, headers=headers)
        return web.json_response(made.document(), status=answer.status, headers=headers)

    def _call(self, fields: dict[str, str]) -> Call:
        call = Call(self, self._sid("CA"), fields["To"], self.now(), fields)
        self.calls.append(call)
        return call

    def _sms(self, fields: dict[str, str]) -> Sms:
        callback = fields["StatusCallback"]
        sms = Sms(self, self._sid("SM"), fields["To"], fields["Body"], callback, self.now())
        self.texts.append(sms)
        return sms

    def _list(self, request: web.Request, kind: str) -> web.StreamResponse:
        if not request.query.keys() <= {"To", "From", "PageSize"}:
            return self._fault(f"a list that is none: {request.path_qs}")
        self.look_ups += 1
        every: list[Any] = list(self.calls) if kind == "Calls" else list(self.texts)
        found = [one.document() for one in every if one.to == request.query["To"]][::-1]
        return web.json_response(_page(kind.lower(), found, request.path))

    def _own_numbers(self, request: web.Request) -> web.StreamResponse:
        if not request.query.keys() <= {"PhoneNumber", "PageSize"}:
            return self._fault(f"a list that is none: {request.path_qs}")
        found = [
            {"sid": "PN" + "c" * 32, "phone_number": number, "capabilities": can}
            for number, can in self.numbers.items()
            if number == request.query["PhoneNumber"]
        ]
        return web.json_response(_page("incoming_phone_numbers", found, request.path))

    def _fetch(self, sid: str) -> web.StreamResponse:
        self.look_ups += 1
        every: list[Any] = [*self.calls, *self.texts]
        found = next((one for one in every if one.sid == sid), None)
        if found is None:
            return web.json_response({"code": 20404, "message": "none", "status": 404}, status=404)
        return web.json_response(found.document())

    def _events(self, sid: str) -> web.StreamResponse:
        call = next(one for one in self.calls if one.sid == sid)
        asked = call.asked if self.shows_events else []
        found = [{"request": {"url": url}, "response": {}} for url in asked]
        return web.json_response(_page("events", found, f"{ROOT}/Calls/{sid}/Events.json"))

    def _fault(self, what: str) -> web.StreamResponse:
        self.unexpected.append(what)
        return web.json_response({"code": 20404, "message": what, "status": 404}, status=404)

    def _sid(self, kind: str) -> str:
        return f"{kind}{next(self._numbers):032x}"


def _page(key: str, found: list[dict[str, Any]], uri: str) -> dict[str, Any]:
    paging = {"page": 0, "page_size": 50, "start": 0, "end": len(found), "next_page_uri": None}
    return {key: found, "uri": uri, "first_page_uri": uri, "previous_page_uri": None, **paging}


async def _no_pause() -> None:
    """Time that a caller waits is no time here."""
