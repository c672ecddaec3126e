"""The month's event analysis: its counts are those of the record, counted by somebody else."""

import csv
from collections import Counter
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from responder.commands.incidents.incident import Declare
from responder.commands.incidents.phase import SetPhase
from responder.commands.incidents.task import DoTask
from responder.commands.paging.answering import Acknowledge
from responder.commands.problems.event_analysis import event_analysis
from responder.commands.warnings.warning import RaiseWarning
from responder.documents.paper.event_analysis import event_analysis as paper_of
from responder.documents.spreadsheet import csv_of
from responder.domain.event_analysis import EventAnalysis
from responder.domain.incident import Phase
from responder.errors import BadInput
from tests.fakes.pdf import read
from tests.stage.firm import small_firm
from tests.stage.play import Play, by

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")
LATE_IN_SEPTEMBER = datetime(2026, 9, 30, 15, 30, tzinfo=UTC)
"""23:30 in Shanghai: half an hour to October there, and half a day in UTC."""


@pytest.fixture
def play(store: Any) -> Any:
    """The small firm at the end of September; what goes out is another story's matter."""
    return Play.of(store, small_firm(), LATE_IN_SEPTEMBER)


def outage(play: Play, playbook: str, lasts: timedelta, **more: Any) -> str:
    """One incident from declaration to stand-down."""
    id = str(play.do(Declare(by=by("clerk"), playbook=playbook, title="=1+1 中断", **more)).id)
    play.now += 2 * MINUTE
    play.do(Acknowledge(by=by("head"), incident=id))
    play.now += lasts - 2 * MINUTE
    if playbook == "outage":
        play.do(DoTask(by=by("head"), incident=id, task="verify"))
    play.do(SetPhase(by=by("head"), incident=id, phase=Phase.RESTORED, reason="已核对"))
    play.do(SetPhase(by=by("head"), incident=id, phase=Phase.STOOD_DOWN))
    return id


def autumn(play: Play) -> None:
    """One in September, four in October of which a drill, a warning; one in November."""
    outage(play, "outage", 20 * MINUTE)
    play.now += 20 * MINUTE
    outage(play, "outage", 30 * MINUTE)
    play.now += 3 * DAY
    outage(play, "leak", 40 * MINUTE)
    outage(play, "leak", 10 * MINUTE, drill=True)
    play.now += 9 * DAY
    outage(play, "outage", 50 * MINUTE)
    play.do(RaiseWarning(by=by("duty"), title="存储告警", playbook="leak"))
    play.now += 30 * DAY
    outage(play, "outage", 5 * MINUTE)


def month_of(play: Play, month: str) -> EventAnalysis:
    return play.store.read(lambda uow: event_analysis(uow, month, play.now))


def test_the_counts_are_those_of_the_record(play: Play) -> None:
    """Counted anew from the ledger alone, entry by entry, in the site's zone."""
    autumn(play)
    found = month_of(play, "2026-10")
    entries = play.store.read(lambda uow: uow.ledger.all(limit=100_000))
    declared = [
        entry
        for entry in entries
        if entry.kind == "Declared"
        and entry.payload
        and not entry.payload["drill"]
        and entry.at.astimezone(SHANGHAI).strftime("%Y-%m") == "2026-10"
    ]
    assert len(found.incidents) == len(declared) == 3
    assert found.by_level() == dict(
        sorted(Counter((e.payload or {})["level"] for e in declared).items())
    )
    assert [row[:2] for row in found.by_fault()] == [("outage", 2), ("leak", 1)]
    assert [row[:2] for row in found.by_system()] == [("core", 2), ("crm", 1)]
    restored = {
        e.subject: e.at
        for e in entries
        if e.kind == "PhaseChanged" and (e.payload or {})["phase"] == "restored"
    }
    assert found.time() == sum((restored[e.subject] - e.at for e in declared), timedelta())
    assert found.time() == 120 * MINUTE
    assert found.answers() == (2 * MINUTE, 2 * MINUTE, 0)
    assert (found.drills, found.before, len(found.warnings)) == (1, 1, 1)


def test_what_came_again_reaches_back_into_earlier_months(play: Play) -> None:
    """The same system and fault within 90 days is one kind; drills never count."""
    autumn(play)
    [repeat] = month_of(play, "2026-10").repeats()
    assert (repeat.system, repeat.fault, len(repeat.events)) == ("core", "outage", 3)
    assert [len(one.events) for one in month_of(play, "2026-11").repeats()] == [4]
    assert month_of(play, "2026-09").repeats() == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_paper_shows_those_counts(play: Play, language: str) -> None:
    """The paper adds nothing of its own, and an empty month has one too."""
    autumn(play)
    found = month_of(play, "2026-10")
    text = read(paper_of(found, language).bytes()).flat
    assert ("本月登记事件3起、预警1起" if language == "zh" else "3incidentsand1warnings") in text
    assert ("120分钟" if language == "zh" else "120min") in text
    assert all(one.id in text for one in found.events)
    assert paper_of(found, language).bytes() == paper_of(found, language).bytes()
    play.now += 90 * DAY
    assert read(paper_of(month_of(play, "2027-01"), language).bytes()).pages


@pytest.mark.parametrize("month", ["2026-13", "October", "", "2099-01", "2026-10-01"])
def test_what_is_no_month_is_refused(play: Play, month: str) -> None:
    """Nor is one that has not begun."""
    with pytest.raises(BadInput):
        month_of(play, month)


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "＝1", "=cmd|'/C calc'!A0"],
)
def test_a_spreadsheet_calculates_nothing(cell: str) -> None:
    """A title that looks like a formula stays a title."""
    table = csv_of(["title"], [[cell], ['普通，"引号"\n换行']]).decode("utf-8-sig")
    [_, [guarded], [plain]] = csv.reader(StringIO(table, newline=""))
    assert guarded == f"'{cell}"
    assert plain == '普通，"引号"\n换行'
