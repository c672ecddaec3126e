"""What the demo tells the public: three notices, each by two people, at every outlet."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from responder.commands.command import Command
from responder.commands.notices.agreed_line import ApproveLine
from responder.commands.notices.notice import DraftNotice, ReleaseNotice
from responder.commands.notices.posting import RecordPosting
from responder.commands.notices.publishing import PublishNotice
from responder.domain.notice import FIRST, PROGRESS, RESTORED
from responder.domain.record import By
from responder.domain.words import Words

AUTHOR, APPROVER = "role:pr_lead", "role:business_lead"
BY_HAND = ("mobile-app", "online-trading", "hotline", "branches", "social")
Making = Callable[[By, str], Command]

FIRST_SAID = {
    "symptom_public": Words("委托和撤单失败", "failed orders and cancellations"),
    "scope": Words("沪深两市的委托和撤单", "orders and cancellations in both markets"),
    "unaffected": Words(
        "行情、银证转账和已成交查询", "quotes, bank transfers and queries of fills"
    ),
}
PROGRESS_SAID = {
    "status_public": Words("已切换至备用系统，正在逐步恢复", "is coming back on the backup system"),
    "restored_part": Words("查询", "queries"),
    "remaining_part": Words("委托和撤单", "orders and cancellations"),
}
RESTORED_SAID = {
    "restored_time": Words("21时01分", "21:01"),
    "restored_short": Words("21:01", "21:01"),
    "duration": Words("46分钟", "46 min"),
    "verified_functions": Words("委托、撤单、查询", "orders, cancellations and queries"),
    "objection_until": Words("2026年11月27日15时", "15:00 on 27 November 2026"),
}


def notices() -> Iterator[tuple[timedelta, str, Making]]:
    """When, by whom, what: the first before ten minutes, an update, and the restoration."""
    yield timedelta(minutes=8, seconds=40), APPROVER, lambda by, id: ApproveLine(by=by, incident=id)
    yield from _notice("1", FIRST, timedelta(minutes=8, seconds=30), FIRST_SAID)
    yield from _notice("2", PROGRESS, timedelta(minutes=28), PROGRESS_SAID)
    yield from _notice("3", RESTORED, timedelta(minutes=48), RESTORED_SAID)


def _notice(
    number: str, of_incident: str, after: timedelta, said: Mapping[str, Words]
) -> Iterator[tuple[timedelta, str, Making]]:
    blanks = {name: words.zh for name, words in said.items()}
    blanks |= {f"{name}.en": words.en for name, words in said.items()}
    second = timedelta(seconds=1)

    def drafted(by: By, id: str) -> Command:
        return DraftNotice(by=by, incident=id, template=of_incident, blanks=blanks)

    def released(by: By, id: str) -> Command:
        return ReleaseNotice(by=by, incident=id, notice=number)

    def published(by: By, id: str) -> Command:
        return PublishNotice(by=by, incident=id, notice=number)

    yield after, AUTHOR, drafted
    yield after + 30 * second, APPROVER, released
    yield after + 45 * second, AUTHOR, published
    for place, outlet in enumerate(BY_HAND):
        yield after + (60 + 10 * place) * second, AUTHOR, _posted(number, outlet)


def _posted(number: str, outlet: str) -> Making:
    return lambda by, id: RecordPosting(by=by, incident=id, notice=number, outlet=outlet)
