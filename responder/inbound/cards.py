"""Live work cards: `/card/TOKEN` shows somebody their own card as it is now, and takes its receipt.

The code on a paper card leads here. The token names the person and the version in their hand;
one that was reported lost, or whose holder left, opens nothing.
"""

import asyncio
import logging
import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from responder.commands.manual.cards import ReceiveCard
from responder.commands.manual.cards_shown import OpenCard
from responder.domain.record import By
from responder.domain.words import Words
from responder.domain.work_card import CardSheet
from responder.domain.work_card_words import HEADINGS, TITLE, CardWords
from responder.errors import PaperFailed, Refused, StoreError
from responder.inbound.language.speak import House
from responder.inbound.link_frame import SAFE, Turned, notice, page
from responder.inbound.refusals import Refusals
from responder.ports.papers import Papers
from responder.ports.tokens import Tokens

DOOR = "card"
ATTEMPT = "open a work card"
PRINTED_HOLDS = timedelta(days=400)
"""How long the code on a paper card is good; a card is looked over once a year at least."""
CHAT_HOLDS = timedelta(hours=2)
ABOUT = re.compile(r"card(\d{1,6})x((?:[0-9a-f]{2}){1,60})")
NO_LINK = Words("链接无效或已过期", "This link is not valid, or has expired")
VOID = Words("这张卡片已作废", "This card is void")
ASK = Words(
    "请销毁手中的旧卡，并向维护人员领取新卡。",
    "Destroy the card in your hand and ask an administrator for the latest one.",
)
OLD = Words(
    "您手中是第{old}版，最新是第{new}版：旧卡作废，请销毁。",
    "In your hand is version {old}; the latest is {new}. Destroy the old one.",
)
RECEIVE = Words("收到卡片", "I received it")
PAPER = Words("下载 PDF（A6，可打印）", "Download the PDF (A6, to print)")

log = logging.getLogger(__name__)


@dataclass
class Cards:
    """The door: each link opens one person's card."""

    house: House
    tokens: Tokens
    papers: Papers
    name: str = DOOR
    _refusals: Refusals = field(init=False)
    _turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))

    def __post_init__(self) -> None:
        self._refusals = Refusals(self.house, DOOR)

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """The page, and the paper behind it."""
        return [
            Route("/card/{token}", self._page, methods=["GET", "POST"]),
            Route("/card/{token}/card.pdf", self._paper, methods=["GET"]),
        ]

    async def run(self, stop: asyncio.Event) -> None:
        """Links are only ever called."""

    async def _page(self, request: Request) -> Response:
        return await self._guarded(
            self._received if request.method == "POST" else self._shown, request
        )

    async def _paper(self, request: Request) -> Response:
        async with self._turn:
            return await self._guarded(self._printed, request)

    async def _guarded(self, answer: Callable[[str], Response], request: Request) -> Response:
        try:
            return await asyncio.to_thread(answer, request.path_params["token"])
        except Turned as turned:
            await asyncio.to_thread(self._refusals.note, ATTEMPT, turned.why)
            return _html(notice(turned.what, ASK), turned.status)
        except (StoreError, PaperFailed) as error:
            return _html(notice(Words(error.said("zh"), error.said("en")), ASK), 503)
        except Exception:
            code = f"E-{secrets.token_hex(3).upper()}"
            log.exception("%s: a work card failed", code)
            said = Words(f"内部错误，编号{code}", f"Internal error {code}")
            return _html(notice(said, ASK), 500)

    # In a thread

    def _shown(self, token: str) -> Response:
        version, by = self._claimed(token)
        sheet = self._opened(version, by)
        return _html(_page(sheet, token, version, waits=self._waits(by.person)))

    def _received(self, token: str) -> Response:
        version, by = self._claimed(token)
        self._opened(version, by)
        self.house.execute(ReceiveCard(by=by))
        return Response(status_code=303, headers=SAFE | {"Location": f"/card/{token}"})

    def _printed(self, token: str) -> Response:
        version, by = self._claimed(token)
        sheet = self._opened(version, by)
        language = "en" if sheet.card.language == "en" else "zh"
        made = self.papers.make("work-card", sheet, language)
        headers = SAFE | {"Content-Disposition": 'attachment; filename="card.pdf"'}
        return Response(made.pdf, headers=headers, media_type="application/pdf")

    def _claimed(self, token: str) -> tuple[int, By]:
        """The version in somebody's hand, and who they are. Raises Turned."""
        claim = self.tokens.read(token)
        found = ABOUT.fullmatch(claim.about) if claim else None
        if claim is None or found is None:
            raise Turned(404, NO_LINK, "a link that was altered or never issued")
        now, person = self.house.read(lambda _uow, now: now), _person(found[2])
        if claim.until <= now:
            raise Turned(410, NO_LINK, "a link that has expired")
        return int(found[1]), By(person, DOOR)

    def _opened(self, version: int, by: By) -> CardSheet:
        try:
            sheet = self.house.execute(OpenCard(by=by, version=version))
        except Refused as refused:
            raise Turned(403, VOID, refused.said("en")) from None
        assert isinstance(sheet, CardSheet)
        return sheet

    def _waits(self, person: str) -> bool:
        """Whether the receipt is awaited."""
        return bool(
            self.house.read(
                lambda uow, _now: (held := uow.issued_cards.get(person)) and held.is_open
            )
        )


def address(base: str, tokens: Tokens, person: str, version: int, until: datetime) -> str:
    """The link of somebody's card, at the firm's public address."""
    about = f"card{version}x{person.encode().hex()}"
    return f"{base.rstrip('/')}/card/{tokens.issue(about, until)}"


def _person(hexed: str) -> str:
    return bytes.fromhex(hexed).decode(errors="replace")


def _page(sheet: CardSheet, token: str, version: int, *, waits: bool) -> str:
    words = CardWords(sheet.card, sheet.card.language)
    return page(words.language, words.said(TITLE), _body(words, sheet, token, version, waits))


def _body(
    words: CardWords, sheet: CardSheet, token: str, version: int, waits: bool
) -> Iterator[str]:
    yield f"<h1>{escape(words.said(TITLE))}</h1>"
    yield f'<p class="asked">{escape(words.headline)}</p>'
    yield f'<p class="dim">{escape(words.listed(list(words.held())))}</p>'
    if sheet.version > version > 0:
        old = words.said(OLD).format(old=version, new=sheet.version)
        yield f'<p class="said refused">{escape(old)}</p>'
    if waits:
        yield f'<form method="post" action="/card/{escape(token)}">'
        yield f'<button class="good">{escape(words.said(RECEIVE))}</button></form>'
    for key, rows in (
        ("called", words.called()),
        ("tasks", words.tasks()),
        ("rights", words.rights()),
    ):
        lines = "".join(f"<li>{escape(row)}</li>" for row in rows)
        if lines:
            yield f"<h2>{escape(words.said(HEADINGS[key]))}</h2><ol>{lines}</ol>"
    yield f"<h2>{escape(words.said(HEADINGS['call']))}</h2>"
    for why, who, numbers in words.contacts():
        yield f"<p>{escape(why)} <strong>{escape(who)}</strong></p>"
        yield from (f"<p>{escape(number)}</p>" for number in numbers.split("\n"))
    edition = words.either(
        f"第{sheet.version}版　{sheet.issued_at:%Y-%m-%d}",
        f"Version {sheet.version}, {sheet.issued_at:%Y-%m-%d}",
    )
    yield f'<p class="dim">{escape(edition)}</p>'
    where = f"/card/{escape(token)}/card.pdf"
    yield f'<p><a class="back" href="{where}">{escape(words.said(PAPER))}</a></p>'


def _html(html: str, status: int = 200) -> Response:
    return HTMLResponse(html, status_code=status, headers=SAFE)
