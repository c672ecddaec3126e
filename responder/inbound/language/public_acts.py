"""What is said in public, as the commands that the verbs stand for."""

from collections.abc import Callable, Mapping
from datetime import datetime

from responder.commands.command import Command
from responder.commands.notices.agreed_line import ApproveLine, ProposeLine
from responder.commands.notices.inquiry import AnswerInquiry, AssignInquiry, LogInquiry
from responder.commands.notices.notice import DraftNotice, ReleaseNotice
from responder.commands.notices.posting import RecordPosting
from responder.commands.notices.publishing import PublishNotice
from responder.domain.inquiry import Channel
from responder.domain.record import By
from responder.domain.words import Words
from responder.inbound.language.public_words import BLANKS
from responder.inbound.language.world import World

Values = Mapping[str, str]
NAMES = tuple(slot.name for slot in BLANKS)


def _propose(values: Values, by: By, world: World) -> Command:
    """The line in the language of the conversation; the other language stays as it was."""
    text = values.get("text", "")
    line = Words(en=text) if world.language == "en" else Words(zh=text)
    return ProposeLine(
        by=by,
        incident=values["incident"],
        line=line,
        never_say=(values["never"],) if "never" in values else (),
        reason=values.get("reason", ""),
    )


def _draft(values: Values, by: By, _world: World) -> Command:
    return DraftNotice(
        by=by,
        incident=values["incident"],
        template=values.get("stage", ""),
        blanks={name: values[name] for name in NAMES if name in values},
        next_at=datetime.fromisoformat(values["next"]) if "next" in values else None,
        corrects=values.get("notice", ""),
        reason=values.get("reason", ""),
    )


def _log(values: Values, by: By, _world: World) -> Command:
    return LogInquiry(
        by=by,
        incident=values["incident"],
        channel=Channel(values["channel"]),
        said=values["text"],
        asked_by=values.get("from", ""),
        owner=values.get("owner", ""),
    )


PUBLIC_ACTS: dict[str, Callable[[Values, By, World], Command]] = {
    "line propose": _propose,
    "line approve": lambda v, by, _: ApproveLine(by=by, incident=v["incident"]),
    "notice draft": _draft,
    "notice correct": _draft,
    "notice approve": lambda v, by, _: ReleaseNotice(
        by=by, incident=v["incident"], notice=v["notice"]
    ),
    "notice publish": lambda v, by, _: PublishNotice(
        by=by, incident=v["incident"], notice=v["notice"]
    ),
    "notice posted": lambda v, by, _: RecordPosting(
        by=by, incident=v["incident"], notice=v["notice"], outlet=v["outlet"]
    ),
    "inquiry log": _log,
    "inquiry assign": lambda v, by, _: AssignInquiry(
        by=by, incident=v["incident"], inquiry=v["inquiry"], to=v["person"]
    ),
    "inquiry answer": lambda v, by, _: AnswerInquiry(
        by=by, incident=v["incident"], inquiry=v["inquiry"], answer=v["text"]
    ),
}
