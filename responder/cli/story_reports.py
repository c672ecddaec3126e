"""What the demo owes to authorities: told by telephone, then in writing, until it is restored.

One person fills and sends each report, another signs it. The reports are numbered as drafted.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from hashlib import sha256

from responder.commands.command import Command
from responder.commands.obligations.reporting import TakeObligation
from responder.commands.records.evidence import AddEvidence
from responder.commands.reports.dossier import EnterFact
from responder.commands.reports.grade import ConfirmGrade
from responder.commands.reports.report import DraftReport
from responder.commands.reports.sign_off import ReviewReport, SignReport
from responder.commands.reports.submission import PhoneReport, SubmitReport
from responder.domain.record import By
from responder.domain.words import Words

Making = Callable[[By, str], Command]
Told = tuple[timedelta, str, Making]
LIAISON, SIGNER = "liaison", "role:business_lead"
BUREAU, EXCHANGE = "cn-securities/first", "cn-securities/first-exchange"
CONTINUING = "cn-securities/continuing-core"
BUREAU_DUTY = Words("值班室王处", "Mr Wang, duty office")
EXCHANGE_DUTY = Words("交易所值班员吴", "Ms Wu, on duty")
REPORTS = (
    # minute, duty, who took the call, receipt, what it states
    (3, BUREAU, BUREAU_DUTY, "ZJJ-20261123-0118", ()),
    (4, EXCHANGE, EXCHANGE_DUTY, "EXCH-2026-4471", ()),
    (26.5, CONTINUING, None, "ZJJ-20261123-0118-1", ()),
    (46.2, CONTINUING, None, "ZJJ-20261123-0118-2", ("restored",)),
)
"""The reports made; a first one is called in at once and written up once its facts are in."""
WRITTEN_AT = 9.5
TAKEN_AT = (0.7, 5.4, 9.4, 29.4)
"""When the liaison says that it is in hand: at first, paged over the paper, for new promises."""
ASSURED, ESTIMATED = False, True
FIRST_KNOWN = (
    ("occurred_at", Words("20:14:52", "20:14:52"), ASSURED),
    ("place", Words("上海主数据中心", "main data centre, Shanghai"), ASSURED),
    (
        "scope",
        Words(
            "集中交易和融资融券客户的沪深两市委托、撤单；行情、银证转账和成交查询正常",
            "orders and cancellations of cash and margin clients on both markets;"
            " quotes, bank transfers and queries of fills work",
        ),
        ASSURED,
    ),
    (
        "severity",
        Words(
            "夜市委托全部失败，电话和柜台登记可用",
            "all evening orders fail; phone and counter work",
        ),
        ASSURED,
    ),
    ("customers", Words("3600", "3600"), ESTIMATED),
    ("loss", Words("?", "?"), ASSURED),
    (
        "consequence",
        Words(
            "当日交易已结束；若不能当晚恢复，将影响次日开盘前委托",
            "trading has ended for the day; unmended, orders before tomorrow's opening suffer",
        ),
        ESTIMATED,
    ),
    ("cause", Words("?", "?"), ASSURED),
    (
        "nature",
        Words("系统故障，未发现攻击和数据泄露迹象", "system failure; no sign of attack or leak"),
        ESTIMATED,
    ),
    ("help_needed", Words("暂无", "none so far"), ASSURED),
)
LATER_KNOWN = (
    ("customers", Words("4180", "4180"), ASSURED),
    (
        "cause",
        Words(
            "初步判断为主用数据库存储链路部件故障，厂商正在复核",
            "as it seems a faulty part in the path to the main storage; the maker is checking",
        ),
        ESTIMATED,
    ),
)
LAST_KNOWN = (
    (
        "consequence",
        Words(
            "当晚已恢复，在途委托逐笔核对一致，不影响次日开盘",
            "restored the same evening; every order in flight reconciles; tomorrow opens as usual",
        ),
        ASSURED,
    ),
    ("loss", Words("0", "0"), ESTIMATED),
)
SOURCES = {"customers": Words("交易前置失败委托统计", "failed orders counted at the gateways")}
HARM = Words(
    "非交易时段46分钟恢复，未涉及数据泄露，按一般事件确认。",
    "Restored in 46 minutes outside trading hours, no data touched: confirmed as ordinary.",
)
LOG_NAME = "storage-path.log"
LOG = (
    b"2026-11-23T20:14:49+08:00 core-db-1 multipath: sdc: path down, retrying\n"
    b"2026-11-23T20:14:51+08:00 core-db-1 multipath: mpath0: remaining active paths: 0\n"
    b"2026-11-23T20:14:52+08:00 core-db-1 oracle: ORA-00353 write to redo log failed\n"
    b"2026-11-23T20:14:52+08:00 gateway-03 orders accepted per second: 0\n"
)
"""The file that is taken in as evidence."""
LOG_NOTE = Words(
    "主用数据库存储链路日志，切换前导出", "storage path of the main database, as exported"
)


def reports(language: str) -> Iterator[Told]:
    """When, by whom, what: by telephone at once, in writing, until restoration is reported."""
    yield from _facts(FIRST_KNOWN, 6.5, language)
    yield from _facts(LATER_KNOWN, 25, language)
    yield from _facts(LAST_KNOWN, 46.1, language)
    for number, report in enumerate(REPORTS, 1):
        yield from _report(str(number), *report, language)
    for minutes in TAKEN_AT:
        yield _at(minutes), LIAISON, lambda by, id: TakeObligation(by=by, incident=id)
    yield (
        _at(55),
        LIAISON,
        lambda by, id: ConfirmGrade(
            by=by, incident=id, regime="cn-cac-2025", grade="ordinary", reason=HARM.said(language)
        ),
    )


def evidence(language: str) -> Iterator[Told]:
    """The log that tells the cause, kept before anything is mended."""
    yield (
        _at(10, 15),
        "role:database_admin",
        lambda by, id: AddEvidence(
            by=by,
            incident=id,
            name=LOG_NAME,
            sha256=sha256(LOG).hexdigest(),
            size=len(LOG),
            media="text/plain",
            note=LOG_NOTE.said(language),
        ),
    )


def _at(minutes: float, seconds: float = 0) -> timedelta:
    return timedelta(minutes=minutes, seconds=seconds)


def _facts(
    known: tuple[tuple[str, Words, bool], ...], minute: float, said_in: str
) -> Iterator[Told]:
    for place, (field, value, estimate) in enumerate(known):
        yield _at(minute, 5 * place), LIAISON, partial(_fact, field, value, estimate, said_in)


def _fact(field: str, value: Words, estimate: bool, language: str, by: By, id: str) -> Command:
    return EnterFact(
        by=by,
        incident=id,
        field=field,
        value=value.said(language),
        estimate=estimate,
        source=SOURCES.get(field, Words()).said(language),
    )


def _report(
    number: str,
    minute: float,
    duty: str,
    taker: Words | None,
    receipt: str,
    states: tuple[str, ...],
    language: str,
) -> Iterator[Told]:
    """Drafted; called in where it is a first one; sent for signature, signed, submitted."""

    def drafted(by: By, id: str) -> Command:
        return DraftReport(by=by, incident=id, duty=duty, language=language, states=states)

    def phoned(by: By, id: str) -> Command:
        said = taker.said(language) if taker else ""
        return PhoneReport(by=by, incident=id, report=number, taken_by=said)

    def reviewed(by: By, id: str) -> Command:
        return ReviewReport(by=by, incident=id, report=number)

    def signed(by: By, id: str) -> Command:
        return SignReport(by=by, incident=id, report=number)

    def submitted(by: By, id: str) -> Command:
        return SubmitReport(by=by, incident=id, report=number, receipt=receipt)

    yield _at(minute), LIAISON, drafted
    written = minute
    if taker:
        yield _at(minute, 40), LIAISON, phoned
        written = WRITTEN_AT + 0.1 * int(number)
    yield _at(written, 15), LIAISON, reviewed
    yield _at(written, 45), SIGNER, signed
    yield _at(written, 75), LIAISON, submitted
