"""Hearing what was said or pressed, and answering it: the request in hand, and nothing else."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import Any, Protocol, TypeVar

from telegram.error import RetryAfter, TelegramError

from responder.domain.words import Words
from responder.errors import ResponderError
from responder.inbound.telegram.files import Files
from responder.inbound.telegram.reading import Event, Shared
from responder.inbound.threshold import Spoken, Threshold
from responder.ports.chat import Style, Written

LONGEST_WAIT = 30.0
"""Seconds that an answer waits where Telegram asks for it."""
LINGER = 3.0
"""Seconds that answers under way get at the end."""

WELCOME = Words(
    "这里是应急处置机器人：呼叫、接手、决策、记录都可以在这里办理。\n"
    "此账号尚未绑定。请向系统管理授权人员要绑定链接，打开即可；"
    "也可以在这里发送：绑定 绑定码",
    "This is the emergency bot: pages, decisions and the record are answered and kept here.\n"
    "This account is not linked yet. Ask an administrator for a link and open it, or send here:"
    " link CODE",
)
TOLD_AGAIN = Words(
    "这条先前已收到，不重复执行。如没有看到结果，请发送“状态”核对，必要时重发。",
    "This was received before and is not done twice. If you saw no result, check with “status”,"
    " and send it again if need be.",
)

T = TypeVar("T")

log = logging.getLogger(__name__)


class Answers(Protocol):
    """Where answers go. Its methods raise TelegramError."""

    async def post(self, place: str, written: Written, answers: str = "") -> str: ...
    async def rewrite(self, place: str, message: str, written: Written) -> bool: ...
    async def pop_up(self, press: str, text: str = "") -> bool: ...


class Hearing:
    """Hears an event through to its end; the answer goes out beside what is heard next."""

    def __init__(self, threshold: Threshold, answers: Answers, style: Style, files: Files) -> None:
        self._threshold = threshold
        self._files = files
        self._line = answers
        self._style = style
        self._under_way: set[asyncio.Task[None]] = set()

    async def hear(self, event: Event, lost: bool) -> None:
        """What the event asks for is done, or refused, when this returns.

        `lost`: if it was heard before, its answer may have been lost with the process that heard
        it, and people are told so.
        """
        if event.file is not None and event.hindrance is None:
            self._begin(self._take(event, event.file))
            return
        spoken = await asyncio.to_thread(self._heard, event)
        if spoken is None and lost:
            spoken = Spoken(TOLD_AGAIN.said(event.visitor.language), refused=True)
        self._begin(self._answer(event, spoken))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _take(self, event: Event, shared: Shared) -> None:
        """Fetching takes its time: it holds up nobody who says something meanwhile."""
        await self._answer(event, await self._files.take(event, shared))

    async def finish(self) -> None:
        """Let answers land that are under way, for a moment."""
        if not self._under_way:
            return
        _, late = await asyncio.wait(set(self._under_way), timeout=LINGER)
        for answering in late:
            answering.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _heard(self, event: Event) -> Spoken | None:
        visitor = event.visitor
        if event.hindrance is not None:
            chat = visitor.place.partition("/")[0]
            return Spoken(event.hindrance.said(visitor.language).format(chat=chat), refused=True)
        if event.press:
            return self._threshold.press(visitor, event.data)
        if event.line.strip() == "/start":
            return self._welcome(event)
        return self._threshold.say(visitor, event.line)

    def _welcome(self, event: Event) -> Spoken | None:
        visitor = event.visitor
        with suppress(ResponderError):  # who cannot be told apart just now is told how to link
            if self._threshold.person(visitor):
                return self._threshold.say(visitor, "help" if visitor.language == "en" else "帮助")
        return Spoken(WELCOME.said(visitor.language))

    async def _answer(self, event: Event, spoken: Spoken | None) -> None:
        """Every press is answered, even one told twice."""
        alone, refused = event.visitor.alone, spoken is not None and spoken.refused
        settles = spoken is not None and spoken.settles
        gives_way = settles or (_is_under_a_question(event.data) and (alone or not refused))
        if event.press and await self._pops(event, "" if gives_way else self._brief(event, spoken)):
            return
        if spoken is None:
            return
        written, place = self._style.written(spoken.text, spoken.buttons), event.visitor.place
        if gives_way and await _through(lambda: self._line.rewrite(place, event.message, written)):
            return
        answers = "" if event.press or alone else event.message
        await _through(lambda: self._line.post(place, written, answers))

    def _brief(self, event: Event, spoken: Spoken | None) -> str:
        """What may pop up; `""` where it is to stay in sight, or is too long.

        In a group it pops up for the one who pressed; alone, only a refusal does.
        """
        if spoken is None or spoken.buttons or not self._style.is_brief(spoken.text):
            return ""
        return spoken.text if spoken.refused or not event.visitor.alone else ""

    async def _pops(self, event: Event, text: str) -> bool:
        """Answer a press; whether that said all there is to say."""
        done = await _through(lambda: self._line.pop_up(event.press, text))
        return bool(done and text)


async def _through(act: Callable[[], Awaitable[T]]) -> T | None:
    """What came of an answer, tried once more where Telegram asks to wait; None: it did not go."""
    try:
        try:
            return await act()
        except RetryAfter as error:
            await asyncio.sleep(min(asked_to_wait(error), LONGEST_WAIT))
            return await act()
    except TelegramError as error:
        log.warning("Telegram: an answer did not go out: %s", type(error).__name__)
    except Exception:
        log.exception("Telegram: an answer broke off")
    return None


def asked_to_wait(error: TelegramError) -> float:
    """Seconds that Telegram asks us to wait."""
    if not isinstance(error, RetryAfter):
        return 0.0
    after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


def _is_under_a_question(data: str) -> bool:
    """Whether a button stood under something asked back, whose place the answer takes."""
    return data.startswith("w:") or data.count(":") > 2 or data.endswith(":*")
