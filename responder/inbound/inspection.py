"""An inspector's door: `/i/TOKEN` opens one incident to read, once, for one browser.

The link says which leave it is and which of its links; only the site's key can have written it.
Fetching it changes nothing; pressing the button begins a session, whose cookie that browser alone
holds. Each page and each file is asked for by a command that judges the leave anew and puts the
look on record, so that taking it back ends it at once.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from responder.commands.records.inspected import Inspected
from responder.commands.records.inspection import (
    DOOR,
    OpenInspection,
    ReadInspection,
    is_unopened,
)
from responder.domain.exhibit import Exhibit
from responder.domain.inspection import Inspection
from responder.domain.record import By
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import NotAllowed, StoreError, UnknownId, VaultUnusable
from responder.inbound.inspection_frame import INSPECTOR_STYLE, Frame
from responder.inbound.inspection_page import EntryWords, Proof, record, welcome
from responder.inbound.language.speak import House
from responder.inbound.link_frame import Turned, hash_of, notice
from responder.inbound.refusals import Refusals
from responder.ports.tokens import Tokens
from responder.ports.unit_of_work import UnitOfWork
from responder.ports.vault import Vault

ID_LETTERS = 16
COOKIE = "inspection"
ATTEMPT = "open an inspector's link"
PIECE = 1 << 20
LARGEST_NUMBER = 10**15
SAFE = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{hash_of(INSPECTOR_STYLE)}'; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SEALED = SAFE | {"Content-Security-Policy": "default-src 'none'; sandbox"}
"""For files: whatever is in one, a browser opens nothing of it here."""
ASK = Words(
    "请向为您办理查阅的合规人员索取新的链接。",
    "Ask the compliance officer who gave you leave for a new link.",
)
NO_LINK = Words("链接无效", "This link is not valid")
OVER = Words("查阅权限已到期或已撤回", "The leave to read has run out or was taken back")
USED = Words(
    "此链接已被打开过，只在当时的浏览器中有效",
    "This link was opened already, and is good in that browser alone",
)
NO_FILE = Words("没有这件存证", "There is no such piece of evidence")
OUR_FAULT = Words("内部错误，编号{code}", "Internal error {code}")

log = logging.getLogger(__name__)
Verify = Callable[[str], Proof]


@dataclass
class Inspections:
    """The door. `verify` computes an incident's part of the ledger anew."""

    house: House
    tokens: Tokens
    vault: Vault
    entry_words: EntryWords
    verify: Verify
    secure: bool = True
    name: str = DOOR
    _refusals: Refusals = field(init=False)

    def __post_init__(self) -> None:
        self._refusals = Refusals(self.house, DOOR)

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """The page, and the files on it."""
        return [
            Route("/i/{token}", self._page, methods=["GET", "POST"]),
            Route("/i/{token}/evidence/{exhibit}", self._file, methods=["GET"]),
        ]

    async def run(self, stop: asyncio.Event) -> None:
        """Links are only ever called."""

    async def _page(self, request: Request) -> Response:
        answer = self._opened if request.method == "POST" else self._shown
        return await self._guarded(answer, request)

    async def _file(self, request: Request) -> Response:
        return await self._guarded(self._taken, request)

    async def _guarded(self, answer: Callable[[Request], Response], request: Request) -> Response:
        try:
            return await asyncio.to_thread(answer, request)
        except Turned as turned:
            await asyncio.to_thread(self._refusals.note, ATTEMPT, turned.why)
            return _html(notice(turned.what, ASK), turned.status)
        except (StoreError, VaultUnusable) as error:
            return _html(notice(Words(error.said("zh"), error.said("en")), ASK), 503)
        except Exception:
            code = f"E-{secrets.token_hex(3).upper()}"
            log.exception("%s: an inspector's page failed", code)
            said = Words(OUR_FAULT.zh.format(code=code), OUR_FAULT.en.format(code=code))
            return _html(notice(said, ASK), 500)

    # In a thread

    def _shown(self, request: Request) -> Response:
        token = request.path_params["token"]
        id, link = self._claimed(token)
        session = self._session(request, token)
        if not session:
            leave, site = self._unopened(id, link)
            return _html(welcome(_frame(request, site), leave))
        after = _number(request.query_params.get("after", ""))
        by = By("", DOOR, id)
        try:
            found = self.house.execute(
                ReadInspection(by=by, inspection=id, session=session, after=after)
            )
        except NotAllowed:
            raise Turned(403, OVER, "a session that is over") from None
        assert isinstance(found, Inspected)
        proof = self.verify(found.leave.incident)
        return _html(record(_frame(request, found.site), found, proof, self.entry_words))

    def _opened(self, request: Request) -> Response:
        token = request.path_params["token"]
        id, link = self._claimed(token)
        self._unopened(id, link)
        try:
            one = self.house.execute(OpenInspection(by=By("", DOOR, id), inspection=id, link=link))
        except NotAllowed:
            raise Turned(403, USED, "a link opened twice") from None
        place = {"Location": f"/i/{token}?lang={_language(request)}"}
        answer = Response(status_code=303, headers=SAFE | place)
        answer.set_cookie(
            COOKIE,
            self.tokens.issue(one.session, one.session_until, token),
            path=f"/i/{token}",
            secure=self.secure,
            httponly=True,
            samesite="lax",
        )
        return answer

    def _taken(self, request: Request) -> Response:
        token, wanted = request.path_params["token"], request.path_params["exhibit"]
        id, _link = self._claimed(token)
        session = self._session(request, token)
        if not session or not wanted.isascii() or not wanted.isdigit():
            raise Turned(403 if not session else 404, NO_FILE, "a file without a session")
        read = ReadInspection(by=By("", DOOR, id), inspection=id, session=session, exhibit=wanted)
        try:
            exhibit = self.house.execute(read)
        except NotAllowed:
            raise Turned(403, OVER, "a session that is over") from None
        except UnknownId:
            raise Turned(404, NO_FILE, "a piece of evidence that is not there") from None
        assert isinstance(exhibit, Exhibit)
        file = self.vault.open(exhibit.sha256)
        return StreamingResponse(_pieces(file), headers=SEALED | _named(exhibit))

    def _claimed(self, token: str) -> tuple[str, str]:
        """Which leave a link is for, and which of its links. Raises Turned."""
        claim = self.tokens.read(token)
        if claim is None or len(claim.about) != 2 * ID_LETTERS:
            raise Turned(404, NO_LINK, "a link that was altered or never issued")
        if claim.until <= self._now():
            raise Turned(410, OVER, "a link that has expired")
        return claim.about[:ID_LETTERS], claim.about[ID_LETTERS:]

    def _session(self, request: Request, token: str) -> str:
        """What the browser's cookie says; `""` for none of this link."""
        claim = self.tokens.read(request.cookies.get(COOKIE, ""), token)
        return claim.about if claim is not None and claim.until > self._now() else ""

    def _unopened(self, id: str, link: str) -> tuple[Inspection, Site]:
        """The leave of a link nobody has opened yet, and the site its incident runs by."""

        def look(uow: UnitOfWork, now: datetime) -> tuple[Inspection, bool, Site] | None:
            one = uow.inspections.get(id)
            incident = uow.incidents.get(one.incident) if one else None
            if one is None or incident is None or not one.holds(now):
                return None
            return one, is_unopened(one, link, now), uow.sites.get(incident.site_version)

        found = self.house.read(look)
        if found is None:
            raise Turned(410, OVER, "a leave that is over")
        one, unopened, site = found
        if not unopened:
            raise Turned(403, USED, "a link opened twice")
        return one, site

    def _now(self) -> datetime:
        return self.house.read(lambda _uow, now: now)


def _frame(request: Request, site: Site) -> Frame:
    return Frame(_language(request), f"/i/{request.path_params['token']}", site)


def _language(request: Request) -> str:
    return "en" if request.query_params.get("lang") == "en" else "zh"


def address(base: str, tokens: Tokens, inspection: str, link: str, until: datetime) -> str:
    """The link of a leave, at the firm's public address."""
    return f"{base.rstrip('/')}/i/{tokens.issue(inspection + link, until)}"


def _number(text: str) -> int:
    fits = text.isascii() and text.isdigit()
    return min(int(text[:16]), LARGEST_NUMBER) if fits else 0


def _named(exhibit: Exhibit) -> dict[str, str]:
    """A download under its own name, never something to be opened in the browser."""
    name = quote(exhibit.name, safe="")
    return {
        "Content-Type": "application/octet-stream",
        "Content-Length": str(exhibit.size),
        "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
    }


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


def _html(html: str, status: int = 200) -> Response:
    return HTMLResponse(html, status_code=status, headers=SAFE)
