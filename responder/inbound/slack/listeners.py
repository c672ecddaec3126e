"""What people do in Slack, each acknowledged at once and carried out afterwards."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Coroutine
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from responder.commands.account import person_of
from responder.domain.words import Words
from responder.inbound.forms import Forms
from responder.inbound.language.helping import example
from responder.inbound.language.words import BY_NAME
from responder.inbound.slack.answers import Answers
from responder.inbound.slack.files import Files
from responder.inbound.slack.reading import (
    PLATFORM,
    Payload,
    Where,
    accounts_in,
    files_in,
    filled,
    first_field,
    is_said,
    line_of,
    settles,
    visitor,
    without_address,
)
from responder.inbound.threshold import Spoken, Threshold, Visitor
from responder.ports.form import Misfilled

PATIENCE = 2.0
"""Seconds that a window waits for what became of it; Slack gives it three."""
TO_TIMELINE = "add_to_timeline"
"""The callback id of the message shortcut."""
PUSHPIN = "pushpin"
WORKING = Words("正在办理，结果稍后在此显示。", "Working on it; the result will show here.")
NO_WINDOW = Words(
    "窗口没有打开。请直接输入。{example}", "The window did not open. Type it instead. {example}"
)
ALREADY = Words("这条消息已在处置记录中。", "That message is on the record already.")
UNSEEN = Words(
    "看不到那条消息，没有写入处置记录。请先把应用加入该频道。",
    "That message cannot be seen, so it is not on the record. Add the app to the channel first.",
)
SHARED = Words("共享文件：{files}", "File shared: {files}")

log = logging.getLogger(__name__)


@dataclass
class Listeners:
    """Hears what Slack tells, by whichever way it tells it."""

    threshold: Threshold
    answers: Answers
    files: Files
    language: str
    forms: Forms = field(init=False)
    _tasks: set[asyncio.Task[Any]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.forms = Forms(self.threshold)

    def register(self, app: AsyncApp) -> None:
        """Listen to everything the manifest subscribes to; any command's name is the root."""
        app.command(re.compile(".+"))(self._command)
        app.action(re.compile("^press:"))(self._press)
        app.view(re.compile("^form:"))(self._submit)
        app.message_shortcut(TO_TIMELINE)(self._shortcut)
        app.event(re.compile(".+"))(self._event)

    async def settle(self, within: float) -> None:
        """Let what is under way come to its end."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=within)

    # Acknowledged at once

    async def _command(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        self._later(self._typed(body))
        await ack()

    async def _press(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        self._later(self._pressed(body))
        await ack()

    async def _shortcut(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        self._later(self._added(body))
        await ack()

    async def _event(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        event = body.get("event", {})
        told = f"event:{body.get('event_id', '')}"
        kinds = {
            "app_mention": self._mentioned,
            "message": self._written,
            "reaction_added": self._reacted,
        }
        if event.get("type") in kinds:
            self._later(kinds[event["type"]](event, told))
        await ack()

    async def _submit(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A window waits a moment for what became of it: faults are shown at their fields."""
        view, user = body["view"], body["user"]["id"]
        place = view.get("private_metadata", "")
        work = self._later(self._take(body))
        await asyncio.wait({work}, timeout=PATIENCE)
        if not work.done():
            self._later(self._told_later(work, Where(user, place, view=view["id"])))
            await self._update(ack, Spoken(WORKING.said(self.language)), place)
            return
        found = work.result()
        if found is None:
            await ack()
        elif isinstance(found, Misfilled):
            await ack(response_action="errors", errors=found.why)
        elif found.refused:
            await ack(response_action="errors", errors={first_field(view): found.text})
        else:
            await self._update(ack, found, place)

    async def _update(self, ack: AsyncAck, spoken: Spoken, place: str) -> None:
        await ack(response_action="update", view=self.answers.notice(spoken, place))

    def _later(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._over)
        return task

    def _over(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("what Slack told was not dealt with", exc_info=task.exception())

    # Carried out afterwards

    async def _typed(self, body: Payload) -> None:
        user, place, trigger = body["user_id"], body["channel_id"], body["trigger_id"]
        who = visitor(user, place, f"command:{trigger}", self.language)
        # Nobody else sees a command: nor its answer, also between two people.
        where = Where(user, place, body.get("response_url", ""), hidden=True)
        line = await self._line(body.get("text") or "")
        await self._say(who, line, where, trigger)

    async def _say(self, who: Visitor, line: str, where: Where, trigger: str = "") -> None:
        if not line.strip():
            await self.answers.give(where, await asyncio.to_thread(self.forms.menu, who))
            return
        form = await asyncio.to_thread(self.forms.asked_by, who, line) if trigger else None
        if form is None:
            said = await asyncio.to_thread(self.threshold.say, who, line)
            await self.answers.give(where, said)
        elif not await self.answers.ask(form, trigger, who.place):
            shown = example(BY_NAME[form.verb], self.language)
            text = NO_WINDOW.said(self.language).format(example=shown)
            await self.answers.give(where, Spoken(text, refused=True))

    async def _pressed(self, body: Payload) -> None:
        action, user = body["actions"][0], body["user"]["id"]
        data, view = action.get("value", ""), body.get("view") or {}
        place = view.get("private_metadata") or (body.get("channel") or {}).get("id", "")
        event = f"press:{action.get('action_ts', '')}:{user}"
        who = visitor(user, place, event, self.language)
        url = body.get("response_url", "")
        where = Where(user, place, url, view=view.get("id", ""), replaces=settles(data))
        if data.startswith("v:"):
            await self._say(who, data[2:], where, body.get("trigger_id", ""))
            return
        spoken = await asyncio.to_thread(self.threshold.press, who, data)
        if spoken is not None and spoken.settles:
            where = replace(where, replaces=True)
        await self.answers.give(where, spoken)

    async def _take(self, body: Payload) -> Spoken | Misfilled | None:
        view, user = body["view"], body["user"]["id"]
        told = body.get("trigger_id") or f"{view['id']}:{view.get('hash', '')}"
        place = view.get("private_metadata", "")
        who = visitor(user, place, f"form:{told}", self.language)
        verb = view["callback_id"].removeprefix("form:")
        return await asyncio.to_thread(self.forms.take, who, verb, filled(view))

    async def _told_later(self, work: Awaitable[Spoken | Misfilled | None], where: Where) -> None:
        found = await work
        if isinstance(found, Misfilled):
            found = Spoken("\n".join(found.why.values()), refused=True)
        await self.answers.give(where, found)

    async def _mentioned(self, event: Payload, told: str) -> None:
        if not is_said(event):
            return
        user, place = event["user"], event["channel"]
        where = Where(user, place, thread=event.get("thread_ts", ""))
        line = await self._line(without_address(event.get("text", "")))
        await self._say(visitor(user, place, told, self.language), line, where)

    async def _written(self, event: Payload, told: str) -> None:
        """A line in a private conversation; in a room, what shares a file is kept, and the file."""
        if not is_said(event):
            return
        user, place = event["user"], event["channel"]
        who = visitor(user, place, told, self.language)
        if event.get("channel_type") == "im":
            where = Where(user, place, thread=event.get("thread_ts", ""))
            await self._say(who, await self._line(event.get("text", "")), where)
        elif files_in(event):
            about = await asyncio.to_thread(self.threshold.about, who)
            where = Where(user, place)
            if about and await self._note(who, event, where):
                await self.files.take(who, event, where)

    async def _reacted(self, event: Payload, told: str) -> None:
        """A pin in an incident's room puts the message on its record, once, at its own time."""
        item = event.get("item", {})
        if event.get("reaction") != PUSHPIN or item.get("type") != "message":
            return
        user, place, ts = event["user"], item["channel"], item["ts"]
        who = visitor(user, place, told, self.language)
        if not await asyncio.to_thread(self.threshold.about, who):
            return
        where = Where(user, place)
        written = await self.answers.written(place, ts)
        if written is None:
            await self.answers.give(where, Spoken(UNSEEN.said(self.language), refused=True))
            return
        await self._note(await self._pinning(who, ts), written, where)

    async def _added(self, body: Payload) -> None:
        """The shortcut on a message does what a pin does, and asks which incident elsewhere."""
        user, place, written = body["user"]["id"], body["channel"]["id"], body["message"]
        who = visitor(user, place, f"shortcut:{body['trigger_id']}", self.language)
        about = await asyncio.to_thread(self.threshold.about, who)
        once = await self._pinning(who, written["ts"]) if about else who
        where = Where(user, place, body.get("response_url", ""))
        if not await self._note(once, written, where) and once is not who:
            await self.answers.give(where, Spoken(ALREADY.said(self.language)))

    async def _pinning(self, who: Visitor, ts: str) -> Visitor:
        """Whoever is known pins a message once for all; a stranger's try uses nothing up."""
        known = await asyncio.to_thread(self.threshold.person, who)
        return replace(who, event=f"pin:{who.place}:{ts}") if known else who

    async def _note(self, who: Visitor, written: Payload, where: Where) -> bool:
        """Put a message on the record; False where it is there already."""
        text = await self._line(written.get("text", ""))
        files = "、".join(files_in(written))
        shared = SHARED.said(self.language).format(files=files) if files else ""
        text = "\n".join(part for part in (text, shared) if part) or "—"
        author = written.get("user", "")
        if author and author != who.account:
            name = await asyncio.to_thread(self.forms.named, who, author)
            text = f"{name or author}：{text}"
        at = datetime.fromtimestamp(float(written["ts"]), UTC)
        said = await asyncio.to_thread(self.forms.note, who, text, at)
        await self.answers.give(where, said)
        return said is not None

    async def _line(self, text: str) -> str:
        """What was written, its accounts as people."""
        accounts = accounts_in(text)
        people = await asyncio.to_thread(self._people, accounts) if accounts else {}
        return line_of(text, lambda account: people.get(account, ""))

    def _people(self, accounts: set[str]) -> dict[str, str]:
        return self.threshold.house.read(
            lambda uow, _now: {one: person_of(uow, PLATFORM, one) for one in accounts}
        )
