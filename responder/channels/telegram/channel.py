"""The channel: pages and notices to private chats, topics and cards to the group."""

import asyncio
from datetime import timedelta

from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, TelegramError

from responder.channels.telegram import probing
from responder.channels.telegram.line import PLACE, Line, says
from responder.channels.telegram.wire import TIMEOUT, Flooded, NotSent
from responder.domain.message import Message, Purpose
from responder.ports.channel import Fate, Pace, Receipt
from responder.ports.chat import Style
from responder.ports.probe import Probe
from responder.ports.renderer import Text

PIN_WITHIN = 1.5
"""Seconds for the pin, after the time-out of what it pins."""
LATER = timedelta(minutes=1)
"""When to try again what is refused for a reason that a person may mend."""
PACE = Pace(rate=30, burst=5, gaps={"": 1.0, "-": 3.0})
"""Some 30 messages a second in all, one to a chat, and 20 a minute to a group, whose id begins
with a minus (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this)."""
GONE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "user is deactivated",
    "message thread not found",
    "topic_closed",
    "topic_deleted",
    "topic_id_invalid",
)
"""How Telegram words it (400) that nothing can be sent there any more."""


class Telegram:
    """Sends what it is told, to whom or where the message says."""

    name = "telegram"
    vias = frozenset({"telegram"})
    real = True
    pace = PACE

    def __init__(self, line: Line, style: Style, group: str = "") -> None:
        """`group` is where incidents get topics, `""` for nowhere."""
        self._line = line
        self._style = style
        self._group = group

    async def send(self, message: Message, text: Text) -> Receipt:
        """Send once. Only a refusal, or no connection at all, means that nothing was sent."""
        if not PLACE.fullmatch(message.to):
            what = "no account is linked" if message.person else "no group is configured"
            return Receipt(Fate.NEVER, reason=what if not message.to else "no Telegram id")
        shown = str(message.facts.get("card") or "")
        try:
            async with asyncio.timeout(TIMEOUT):
                id = await self._deliver(message, text, shown)
        except TimeoutError:
            return Receipt(Fate.UNKNOWN, reason="no answer in time")
        except TelegramError as error:
            return _receipt(error)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            return Receipt(
                Fate.UNKNOWN, reason=f"an answer that cannot be read: {type(error).__name__}"
            )
        is_new_card = message.purpose is Purpose.CARD and id != shown
        return Receipt(Fate.ACCEPTED, id, await self._pin(message.to, id) if is_new_card else "")

    async def look_up(self, message: Message) -> Receipt | None:  # noqa: ARG002 - see the module
        """Telegram cannot say."""
        return Receipt(Fate.UNKNOWN, reason="Telegram has no look-up")

    async def probe(self) -> Probe:
        """Ask who the bot is, and what it may do in the group."""
        return await probing.probe(self._line, self._group)

    async def close(self) -> None:
        """Let go of the connection."""
        await self._line.close()

    async def _deliver(self, message: Message, text: Text, shown: str) -> str:
        """The id Telegram gave: a message's, or a topic's place."""
        if message.purpose is Purpose.ROOM:
            return await self._line.open_topic(message.to, self._style.title(text.body))
        written = self._style.written(text.body, text.buttons, headline=True)
        if shown and await self._line.rewrite(message.to, shown, written):
            return shown
        return await self._line.post(message.to, written)

    async def _pin(self, place: str, card: str) -> str:
        """Pin a card, which stands there whether or not it can be pinned; why not, if so."""
        try:
            async with asyncio.timeout(PIN_WITHIN):
                await self._line.pin(place, card)
        except (TelegramError, TimeoutError) as error:
            return f"the card is not pinned: {type(error).__name__}"
        return ""


def _receipt(error: TelegramError) -> Receipt:
    """What a refusal means. Its words may hold what was sent: only known ones go on the record."""
    match error:
        case NotSent():
            return Receipt(Fate.REFUSED, reason="no connection")
        case Flooded():
            return Receipt(
                Fate.RETRY_AFTER, reason="flood limit (429)", after=error.retry_after, for_all=True
            )
        case InvalidToken() | Conflict():
            return Receipt(Fate.REFUSED, reason="Telegram refuses the bot's token")
        case Forbidden():
            return Receipt(Fate.NEVER, reason="blocked by them, or the bot is no member (403)")
        case BadRequest() if says(error, GONE):
            known = next(word for word in GONE if word in error.message.casefold())
            return Receipt(Fate.NEVER, reason=f"{known} (400)")
        case BadRequest():
            return Receipt(Fate.RETRY_AFTER, reason="Telegram refuses it (400)", after=LATER)
        case _:
            return Receipt(Fate.UNKNOWN, reason=type(error).__name__)
