"""A firm that speaks in public: the words from the site's templates, real outlets on loopback."""

import asyncio
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from responder.app.notices import with_words
from responder.commands import Command
from responder.commands.notices.notice import DraftNotice
from responder.documents.messages import Messages
from responder.domain.message import Message, Outcome, Purpose
from responder.domain.notice import Notice
from responder.domain.outlet import Outlet, PublicVoice
from responder.domain.site import Site
from responder.domain.wording import Question, Wording
from responder.domain.words import Words
from responder.engine.outcomes import outcome_of
from responder.ports.channel import Channel, Receipt
from responder.ports.renderer import Text
from tests.stage.firm import OUTAGE, small_firm
from tests.stage.play import Play

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates" / "messages"
LINE = Wording(
    "trading-outage",
    "1.0",
    "boss",
    Words("我司集中交易系统异常，原因正在核查，请勿重复委托。", "We are restoring it."),
    (Question(Words("何时恢复？", "When?"), Words("以公告为准。", "See the notice.")),),
    {"zh": ("影响很小", "马上就好（未核实前）"), "en": ("It hardly affects anyone",)},
)
OUTLETS = {
    "website": Outlet("website", Words("官网", "Website"), "website", "file"),
    "app": Outlet("app", Words("手机客户端", "App")),
    "social": Outlet("social", Words("公众号", "Social"), by="webhook", to="http://127.0.0.1:1/in"),
}
BLANKS = {
    "symptom_public": "委托失败",
    "scope": "全部客户的委托",
    "unaffected": "行情和查询",
    "alternatives": "电话委托",
}


def public_firm(**changes: Any) -> Site:
    """The small firm with a line, outlets, a spokesperson and two who may release."""
    outage = replace(OUTAGE, wording="trading-outage", notices=("trading-outage.first",))
    known = small_firm()
    site = small_firm(
        playbooks=known.playbooks | {"outage": outage},
        wordings={"trading-outage": LINE},
        outlets=OUTLETS,
        voice=PublicVoice(
            Words("我司", "we"), Words("021-50009500"), spokesperson="second", first_within={}
        ),
        grants=known.grants | {"approver": ("boss", "second")},
    )
    return replace(site, **changes)


@dataclass
class Newsroom(Play):
    """`channels` carry notices in earnest, by their ways; what else goes out is as in any play."""

    channels: dict[str, Channel] = field(default_factory=dict)

    def _run(self, command: Command) -> Any:
        if isinstance(command, DraftNotice):

            def read(query: Any) -> Any:
                return self.store.read(lambda uow: query(uow, self.now))

            command = with_words(read, ROOT, command)
        return super()._run(command)

    def _outcome(self, message: Message) -> Outcome:
        channel = self.channels.get(message.via)
        if message.purpose is not Purpose.NOTICE or channel is None:
            return super()._outcome(message)
        text = Messages(TEMPLATES).message(message)
        receipt = asyncio.run(_sent(channel, message, text))
        return outcome_of(message, receipt, text, channel.name, self.now)

    def notice(self, incident: str, id: str) -> Notice:
        """A notice as it stands."""
        found = self.store.read(lambda uow: uow.notices.get(f"{incident}/{id}"))
        assert found is not None, f"no notice {id}"
        return found


async def _sent(channel: Channel, message: Message, text: Text) -> Receipt:
    """Sent in a loop of its own, which takes its connections with it."""
    try:
        return await channel.send(message, text)
    finally:
        await channel.close()
