"""Where Twilio calls us: every request is checked, turned into a command, and answered at once."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Protocol

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from twilio.twiml.messaging_response import MessagingResponse

from responder.commands.paging.provider_report import ReportProgress
from responder.domain.record import By
from responder.errors import UnknownId
from responder.inbound.language.speak import House, Interpreter
from responder.inbound.phone.calls import Calls
from responder.inbound.phone.duty_line import DutyLine
from responder.inbound.phone.form import Form, NotAccepted, form_of
from responder.inbound.phone.patience import Patience
from responder.inbound.phone.speech import Aloud, Speech, Voice
from responder.inbound.phone.texts import DOOR as SMS
from responder.inbound.phone.texts import Texts
from responder.inbound.phone.words import OUR_FAULT
from responder.inbound.refusals import Refusals
from responder.ports.phone import CALL_IS_OVER, FATES, GONE_FOR_GOOD, TWILIO
from responder.ports.renderer import Renderer

PATH = "/phone/twilio"
TALKS_FOR = timedelta(minutes=5)
"""How long a call that was picked up holds its line at most; it is cut off then."""
TOLD = {
    "AnsweredBy": "answered_by",
    "CallDuration": "seconds",
    "ErrorCode": "error",
    "SipResponseCode": "sip",
    "Timestamp": "said_at",
}
"""What a report says beside how far it got, by the name it has on the record."""
LONGEST_FACT = 64
NOTHING_KNOWN = "it refers to nothing known"


class Account(Protocol):
    """What the door needs to know of a Twilio account."""

    @property
    def auth_token(self) -> str:
        """What it signs by."""
        ...

    @property
    def from_number(self) -> str:
        """What it shows when it puts somebody through."""
        ...

    @property
    def voices(self) -> Mapping[str, str]:
        """By language, a voice and the language it speaks: `Polly.Zhiyu cmn-CN`."""
        ...


log = logging.getLogger(__name__)


class PhoneDoor:
    """Calls and SMS by Twilio. `public_url` is our address as Twilio knows it."""

    name = "phone"

    def __init__(
        self,
        house: House,
        interpreter: Interpreter,
        renderer: Renderer,
        aloud: Aloud,
        account: Account,
        public_url: str,
    ) -> None:
        self._house = house
        self._public_url = public_url
        self._token = account.auth_token
        base = public_url.rstrip("/") + PATH
        speech = Speech({key: Voice.parse(said) for key, said in account.voices.items()}, aloud)
        self._speech = speech
        self._calls = Calls(house, renderer, speech, Patience(), base)
        self._refusals = Refusals(house, self.name)
        self._duty_line = DutyLine(house, speech, base, account.from_number, self._refusals)
        self._texts = Texts(house, interpreter, Refusals(house, SMS))

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """Where Twilio calls us."""
        doors: dict[str, Callable[[Form], Awaitable[Response]]] = {
            "voice": self._voice,
            "gather": self._gather,
            "recorded": self._recorded,
            "dialled": self._dialled,
            "status": self._status,
            "sms": self._sms,
        }
        return [
            Route(f"{PATH}/{name}", self._checked(name, answer), methods=["POST"])
            for name, answer in doors.items()
        ]

    async def run(self, stop: asyncio.Event) -> None:
        """Twilio calls us: there is nothing to keep open."""

    def _checked(
        self, name: str, answer: Callable[[Form], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def checked(request: Request) -> Response:
            try:
                form = await form_of(request, self._public_url, self._token)
                return await answer(form)
            except NotAccepted as error:
                await asyncio.to_thread(self._refusals.note, name, error.why)
                return PlainTextResponse(f"{error.why}\n", status_code=error.status)
            except UnknownId:
                await asyncio.to_thread(self._refusals.note, name, NOTHING_KNOWN)
                return PlainTextResponse("not found\n", status_code=HTTPStatus.NOT_FOUND)
            except Exception:
                code = f"E-{secrets.token_hex(3).upper()}"
                log.exception("%s: a request of the phone failed", code)
                return self._broken(name, code)

        return checked

    def _broken(self, name: str, code: str) -> Response:
        """Whoever is on the line hears the reference code; Twilio tells the rest again."""
        if name in ("status", "sms"):
            return PlainTextResponse(code, status_code=HTTPStatus.INTERNAL_SERVER_ERROR)
        spelt = " ".join(code)
        said = OUR_FAULT.zh.format(code=spelt) + OUR_FAULT.en.format(code=spelt)
        return _twiml(self._speech.ends("zh", said))

    # Doors

    async def _voice(self, form: Form) -> Response:
        about = self._calls if form.ours("m") else None
        return _twiml(await (about.voice(form) if about else self._duty_line.welcome(form)))

    async def _gather(self, form: Form) -> Response:
        if not form.ours("m"):
            return _twiml(await self._duty_line.chosen(form))
        if not form["Digits"] and form.ours("k"):
            form = Form({**form.fields, "Digits": form.ours("k")}, form.query)
        return _twiml(await self._calls.gather(form))

    async def _recorded(self, form: Form) -> Response:
        return _twiml(await self._duty_line.recorded(form))

    async def _dialled(self, form: Form) -> Response:
        return _twiml(await self._duty_line.dialled(form))

    async def _sms(self, form: Form) -> Response:
        said = await asyncio.to_thread(self._texts.answer, form)
        response = MessagingResponse()
        if said:
            response.message(said)
        return _twiml(str(response))

    async def _status(self, form: Form) -> Response:
        await asyncio.to_thread(self._house.execute, report_of(form))
        return Response(status_code=HTTPStatus.NO_CONTENT)


def report_of(form: Form) -> ReportProgress:
    """A status callback as a command. Who picked up is a label, and never an answer (P1)."""
    is_call = bool(form["CallSid"])
    sid = form["CallSid"] or form["MessageSid"]
    status = form["CallStatus"] or form["MessageStatus"]
    label = "answered-by" if is_call and not status else ""
    told = {name: form[key][:LONGEST_FACT] for key, name in TOLD.items() if form[key]}
    code = form["ErrorCode"]
    return ReportProgress(
        by=By("", PhoneDoor.name),
        message=form.ours("m"),
        provider=TWILIO,
        provider_id=sid,
        progress=(status or label)[:LONGEST_FACT],
        event=f"{sid} {status or label} {form['SequenceNumber']}",
        fate=FATES.get(status),
        for_good=code.isdecimal() and int(code) in GONE_FOR_GOOD,
        talks_for=TALKS_FOR if is_call else None,
        over=is_call and status in CALL_IS_OVER,
        facts=told,
    )


def _twiml(said: str) -> Response:
    return Response(said, media_type="application/xml")
