"""One-time pages: `/r/TOKEN` opens what somebody was asked, and two taps answer it.

The token stands for a message, and so for the person it went to. Whoever fetches the page, a
mail scanner too, changes nothing: the first tap, a POST, shows what would be done, with a seal
for just that; the second one, with the seal, does it, once.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from responder.commands.command import Command, Reply
from responder.commands.decisions.decision import Decide
from responder.commands.drills.feedback import GiveFeedback
from responder.commands.firm import RecordRefusal
from responder.commands.incidents.note import AddNote
from responder.commands.incidents.task import DoTask
from responder.commands.paging.call_task import RecordCall, TakeCall
from responder.commands.paging.keypress import command_of
from responder.commands.paging.standing import SPOKEN, Standing, standing
from responder.commands.talk import Hear
from responder.domain.call_task import CallTask, Result
from responder.domain.keys import NAMES, Act, menu
from responder.domain.message import Purpose
from responder.domain.record import By
from responder.domain.words import Words
from responder.errors import NotAllowed, Refused, StoreError
from responder.inbound import link_paper
from responder.inbound.bodies import TooLong, TooSlow, body_of, media_type
from responder.inbound.language.speak import House
from responder.inbound.link_frame import SAFE, Turned, notice
from responder.inbound.link_page import (
    BETTER,
    CALL,
    CALLED,
    DONE,
    LONGEST_NOTE,
    NOTE,
    WELL,
    Sheet,
    Wish,
)
from responder.inbound.refusals import Refusals
from responder.ports.papers import Papers
from responder.ports.tokens import Tokens
from responder.ports.unit_of_work import UnitOfWork

DOOR = "link"
FORM = "application/x-www-form-urlencoded"
LONGEST_FORM = 16_000
"""Bytes: the longest note with every character written as %XX, and room to spare."""
MOST_FIELDS = 8
SEAL_HOLDS = timedelta(minutes=10)
SEAL = "s"
ATTEMPT = "open a one-time page"
PDF = "application/pdf"
OTHERWISE = Words(
    "请按电话、短信或聊天中的提示答复，或拨打应急工作卡片上的值守电话。",
    "Answer by phone, SMS or chat, or call the duty phone on your work card.",
)
NO_LINK = Words("链接无效", "This link is not valid")
EXPIRED = Words("链接已过期", "This link has expired")
NO_LONGER = Words("此链接不能再使用", "This link can no longer be used")
NO_REPORT = Words("此链接没有可打开的报告", "This link opens no report")
ASK_FOR_IT = Words("请向值班负责人索取。", "Ask the duty lead for it.")
BROKEN = Words("没有收到完整的内容，没有登记", "The form did not arrive whole; nothing is recorded")
OUR_FAULT = Words("内部错误，编号{code}", "Internal error {code}")
CHECK = Words(
    "操作没有确认完成。请核对后重试，或按电话、短信、聊天中的提示答复；并把此编号交给维护人员。",
    "What you asked for is not confirmed. Check, try again, or answer by phone, SMS or chat; give"
    " the code to whoever maintains Responder.",
)
STALE_FORM = Words(
    "页面已失效，没有登记。请重新选择。",
    "That page was out of date; nothing was done. Choose again.",
)
TWICE = Words("已经登记过，没有重复登记。", "It was done already, and not done twice.")
BY_LINK = Words("一次性页面答复：{act}", "answered on a one-time page: {act}")

log = logging.getLogger(__name__)


@dataclass
class Links:
    """The door: it reads a link, shows its page, and hands over what the second tap wants."""

    house: House
    tokens: Tokens
    papers: Papers
    name: str = DOOR
    _refusals: Refusals = field(init=False)
    _reports: link_paper.ReportByLink = field(init=False)

    def __post_init__(self) -> None:
        self._refusals = Refusals(self.house, DOOR)
        self._reports = link_paper.ReportByLink(self.house, self.papers, DOOR)

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """The page, and the incident report behind it."""
        return [
            Route("/r/{token}", self._serve, methods=["GET", "POST"]),
            Route("/r/{token}/incident.pdf", self._serve_report, methods=["GET"]),
        ]

    async def run(self, stop: asyncio.Event) -> None:
        """Links are only ever called."""

    async def _serve(self, request: Request) -> Response:
        return await self._caught(self._asked(request))

    async def _serve_report(self, request: Request) -> Response:
        return await self._caught(self._report(request))

    async def _asked(self, request: Request) -> Response:
        posted = await _form(request) if request.method == "POST" else None
        token, tongue = request.path_params["token"], request.query_params.get("lang", "")
        return await asyncio.to_thread(self._answer, token, tongue, posted)

    async def _report(self, request: Request) -> Response:
        """The report. Whoever asks for its headers alone opens nothing."""
        _, found = await asyncio.to_thread(self._find, request.path_params["token"])
        if not found.has_report:
            await asyncio.to_thread(self._refused, found, "a report that this link does not open")
            return _page(notice(NO_REPORT, ASK_FOR_IT), 404)
        headers = SAFE | link_paper.headers(found.message)
        if request.method == "HEAD":
            return Response(headers=headers, media_type=PDF)
        language = _tongue(request.query_params.get("lang", ""), found)
        try:
            pdf = await self._reports.made(found.message, language)
        except NotAllowed:
            return _page(notice(NO_REPORT, ASK_FOR_IT), 404)
        return Response(pdf, headers=headers, media_type=PDF)

    async def _caught(self, answer: Awaitable[Response]) -> Response:
        try:
            return await answer
        except Turned as turned:
            await asyncio.to_thread(self._refusals.note, ATTEMPT, turned.why)
            return _page(notice(turned.what, OTHERWISE), turned.status)
        except StoreError as error:
            said = Words(error.said("zh"), error.said("en"))
            return _page(notice(said, OTHERWISE), 503)
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception:
            code = f"E-{secrets.token_hex(3).upper()}"
            log.exception("%s: a one-time page failed", code)
            said = Words(OUR_FAULT.zh.format(code=code), OUR_FAULT.en.format(code=code))
            return _page(notice(said, CHECK), 500)

    # In a thread

    def _answer(self, token: str, tongue: str, posted: dict[str, str] | None) -> Response:
        now, found = self._find(token)
        language = _tongue(tongue, found)
        query = f"?lang={language}" if language != found.message.language else ""
        sheet = Sheet("en" if language == "en" else "zh", f"/r/{token}{query}")
        if posted is None:
            return _page(sheet.asking(found))
        wish = Wish(posted.get("act", ""), _lines(posted.get("detail", "")))
        if not _sensible(wish, found):
            return self._stale(sheet, found, token, "a form that its page does not have")
        within = f"{token}\n{wish.act}\n{wish.detail}"
        if "seal" not in posted:
            seal = self.tokens.issue(SEAL, now + SEAL_HOLDS, within)
            return _page(sheet.confirming(found, wish, seal))
        claim = self.tokens.read(posted["seal"], within)
        if claim is None or claim.until < now:
            return self._stale(sheet, found, token, "a seal that does not hold")
        by = By(found.message.person, DOOR)
        if not self.house.execute(Hear(by=by, event=posted["seal"])):
            self._refused(found, "a form sent twice")
            return _page(sheet.asking(self._again(token), sheet.said(TWICE), refused=True), 409)
        return self._carry_out(sheet, token, _command(wish, found, by, posted))

    def _find(self, token: str) -> tuple[datetime, Standing]:
        """What a link stands for, and the instant. Raises Turned."""
        claim = self.tokens.read(token)
        if claim is None:
            raise Turned(404, NO_LINK, "a link that was altered or never issued")

        def look(uow: UnitOfWork, now: datetime) -> tuple[datetime, Standing | None]:
            return now, standing(uow, now, claim.about)

        now, found = self.house.read(look)
        if claim.until <= now:
            raise Turned(410, EXPIRED, "a link that has expired")
        if found is None:
            raise Turned(403, NO_LONGER, "a link of somebody no longer known")
        return now, found

    def _again(self, token: str) -> Standing:
        return self._find(token)[1]

    def _carry_out(self, sheet: Sheet, token: str, command: Command) -> Response:
        try:
            reply: Reply = self.house.execute(command)
        except Refused as refused:
            said, status = (
                refused.said(sheet.language),
                403 if isinstance(refused, NotAllowed) else 409,
            )
            return _page(sheet.asking(self._again(token), said, refused=True), status)
        said, after = sheet.said(reply.said), self._again(token)
        if reply.ask:
            after = replace(after, acts=(Act.TAKE, Act.DECLINE_SURELY))
        return _page(sheet.asking(after, said, refused=bool(reply.ask)))

    def _stale(self, sheet: Sheet, found: Standing, token: str, why: str) -> Response:
        self._refused(found, why)
        return _page(sheet.asking(self._again(token), sheet.said(STALE_FORM), refused=True), 400)

    def _refused(self, found: Standing, why: str) -> None:
        """Somebody known tried it: that is on the record each time."""
        by = By(found.message.person, DOOR)
        refusal = RecordRefusal(by=by, subject=found.message.incident, attempt=ATTEMPT, why=why)
        self.house.execute(refusal)


def _tongue(wanted: str, found: Standing) -> str:
    return wanted if wanted in ("zh", "en") else found.message.language


def _lines(text: str) -> str:
    """What was typed, with the line ends that it had before it was sent as a form."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _sensible(wish: Wish, found: Standing) -> bool:
    """Whether the page may ask for it. An answer that came too late hears what became of it."""
    if wish.act == NOTE:
        return found.takes_notes and 0 < len(wish.detail) <= LONGEST_NOTE
    if wish.act in (CALL, CALLED):
        results = set(Result) if wish.act == CALLED else {""}
        return found.call is not None and wish.detail in results
    if wish.act == DONE:
        return wish.detail in [task.id for task in found.tasks]
    return wish.act in _answers(found.message.purpose) and not wish.detail


def _answers(purpose: Purpose) -> set[str]:
    """What a message may be answered, now or later."""
    acts = set(menu(purpose).values()) - set(SPOKEN)
    return {act.value for act in acts | ({Act.DECLINE_SURELY} if Act.DECLINE in acts else set())}


def _command(wish: Wish, found: Standing, by: By, posted: Mapping[str, str]) -> Command:
    message, reason = found.message, _lines(posted.get("reason", ""))
    if found.call and wish.act in (CALL, CALLED):
        return _call(wish, found.call, by, reason, _lines(posted.get("takes", "")))
    if wish.act == NOTE:
        return AddNote(by=by, incident=message.incident, text=wish.detail)
    if wish.act == DONE:
        return DoTask(by=by, incident=message.incident, task=wish.detail, sure=True)
    act = Act(wish.act)
    command = command_of(act, message, by)
    assert command is not None  # every answer of a page has one
    if isinstance(command, Decide):
        language = "en" if message.language == "en" else "zh"
        usual = BY_LINK.said(language).format(act=NAMES[act].said(language))
        return replace(command, reason=reason or usual)
    if isinstance(command, GiveFeedback):
        well, better = (_lines(posted.get(name, "")) for name in (WELL, BETTER))
        return replace(command, well=well, better=better)
    return command


def _call(wish: Wish, call: CallTask, by: By, words: str, takes: str) -> Command:
    incident, id = call.incident, call.id
    if wish.act == CALL:
        return TakeCall(by=by, incident=incident, call=id)
    result = Result(wish.detail)
    return RecordCall(by=by, incident=incident, call=id, result=result, words=words, takes=takes)


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form. Raises Turned for anything that is none."""
    if media_type(request.headers) != FORM:
        raise Turned(415, BROKEN, "a body that is no form")
    try:
        body = await body_of(request, LONGEST_FORM)
    except TooLong:
        raise Turned(413, BROKEN, "a form too long") from None
    except TooSlow:
        raise Turned(408, BROKEN, "a form that did not arrive in time") from None
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise Turned(400, BROKEN, "a broken form") from None
    fields = dict(pairs)
    if len(fields) != len(pairs) or any("\0" in value for value in fields.values()):
        raise Turned(400, BROKEN, "a broken form")
    return fields


def _page(html: str, status: int = 200) -> Response:
    return HTMLResponse(html, status_code=status, headers=SAFE)
