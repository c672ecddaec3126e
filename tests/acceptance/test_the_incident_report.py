"""The paper on an incident: what a leader reads in a minute, and the whole of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from responder.commands.aftermath.incident_facts import incident_facts
from responder.commands.aftermath.incident_paper import ApproveIncidentReport, report_order
from responder.commands.decisions.decision import Decide
from responder.commands.incidents.incident import Declare
from responder.commands.incidents.note import AddNote
from responder.commands.incidents.phase import SetPhase
from responder.commands.incidents.task import DoTask
from responder.commands.paging.answering import Acknowledge, Decline
from responder.commands.records.evidence import AddEvidence
from responder.documents.paper.incident_report import incident_report
from responder.documents.paper.press import Press
from responder.domain.calendar import Calendar, Session
from responder.domain.incident import Phase
from responder.domain.incident_facts import IncidentFacts
from responder.domain.obligation import Kind, Obligation, Step
from responder.domain.register import System
from responder.domain.report_order import INTERNAL, LEADERSHIP, ReportOrder
from responder.domain.words import Words
from responder.errors import BadInput, NotAllowed
from tests.fakes.pdf import read
from tests.stage.firm import small_firm
from tests.stage.play import Play, by

MINUTE = timedelta(minutes=1)
MORNING = datetime(2026, 11, 23, 1, 40, tzinfo=UTC)
"""Monday, 09:40 in Shanghai: continuous trading."""
MARKET = Calendar(
    "XSHG",
    Words("上海证券交易所", "Shanghai Stock Exchange"),
    since=date(2026, 1, 1),
    until=date(2026, 12, 31),
    sessions=(Session("morning", Words("上午", "morning"), time(9, 30), time(11, 30)),),
)


@pytest.fixture
def play(store: Any) -> Any:
    """The small firm on a trading day; its core system is the exchange's matter."""
    core = System("core", Words("集中交易系统", "core trading"), True, markets=("XSHG",))
    site = small_firm(
        systems=small_firm().systems | {"core": replace(core, customers=120000)},
        calendars={"XSHG": MARKET},
    )
    return Play.of(store, site, MORNING)


def owe(play: Play, incident: str, id: str, title: str, within: timedelta, took: Any) -> None:
    """An obligation of that incident, done after so long, or still owed."""
    declared = play.now
    done = declared + took if took is not None else None
    one = Obligation(
        id,
        incident,
        Kind.REPORT,
        f"cn/{id}",
        Words(title, title),
        started_at=declared,
        due_at=declared + within,
        addressee=Words("证监局", "the bureau"),
        owner="head",
        steps=[Step("written", done)],
        done_at=done,
        done_by="head" if done else "",
    )
    play.store.run(lambda uow: uow.obligations.put(one.key, one))


def story(play: Play, **more: Any) -> str:
    """An outage of 46 minutes: declined, taken, decided by the third, restored, stood down."""
    id = str(
        play.do(Declare(by=by("clerk"), playbook="outage", title="集中交易系统中断", **more)).id
    )
    play.wait(40 * MINUTE / 60)
    play.do(Decline(by=by("admin"), incident=id, sure=True))
    play.wait(MINUTE)
    play.do(Acknowledge(by=by("duty"), incident=id))
    play.wait(9 * MINUTE)
    said = "改由 13800138000 联系机房；<img src='http://x.example/a'/>"
    play.do(AddNote(by=by("duty"), incident=id, text=said))
    kept = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    play.do(AddEvidence(by=by("duty"), incident=id, name="db.log", sha256=kept, size=4096))
    said = "止损，13900139000 已知悉"
    play.do(Decide(by=by("head"), incident=id, decision="halt-orders", approves=True, reason=said))
    for task in ("safety", "halt", "verify"):
        play.do(DoTask(by=by("duty"), incident=id, task=task))
        play.wait(12 * MINUTE)
    play.do(SetPhase(by=by("duty"), incident=id, phase=Phase.RESTORED, reason="13700137000 确认"))
    play.do(SetPhase(by=by("duty"), incident=id, phase=Phase.STOOD_DOWN))
    return id


def facts_of(play: Play, id: str) -> IncidentFacts:
    return play.store.read(lambda uow: incident_facts(uow, id, play.now))


def paper_of(facts: IncidentFacts, audience: str = LEADERSHIP, language: str = "zh") -> Any:
    return read(incident_report(ReportOrder(facts, audience), language).bytes())


def test_page_one_answers_what_a_leader_asks(play: Play) -> None:
    """What, how long, who, what was done, is it over, what next; three numbers; one page."""
    id = story(play)
    owe(play, id, "final", "总结报告", 5 * 24 * 60 * MINUTE, None)
    first = "".join(paper_of(facts_of(play, id)).pages[0].split())
    for words in (
        "集中交易系统中断事件处置报告",
        "发生了什么",
        "影响了谁",
        "46分钟",
        "其中交易时间46分钟",
        "≤120,000",
        "现场指挥duty",
        "暂停委托？：同意",
        "业务已验证",
        "总结报告",
        "批准尚未批准",
    ):
        assert words in first, words
    assert "一、处置进程" not in first


def test_the_detail_tells_who_answered_decided_and_did_what(play: Play) -> None:
    """Declined, silent, acting for another; tasks against their plan; evidence with its hash."""
    id = story(play)
    found = paper_of(facts_of(play, id))
    assert "11-2309:50:40" in found.flat, "a time is no number to call"
    for words in ("转下一位", "接手", "代行boss", "理由：止损", "未完成", "db.log"):
        assert words in found.flat, words
    assert "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" in found.flat
    titles = [title for title, _ in found.outline]
    assert [title[0] for title in titles if "、" in title] == list("一二三四五六七八")


def test_late_by_a_second_is_late_and_a_due_that_is_owed_is_named(play: Play) -> None:
    """Punctuality is to the second, and page one counts it."""
    id = story(play)
    owe(play, id, "first", "首次报告", 30 * MINUTE, 30 * MINUTE)
    owe(play, id, "written", "书面报告", 60 * MINUTE, 60 * MINUTE + timedelta(seconds=1))
    owe(play, id, "open", "续报", 10 * MINUTE, None)
    play.now += 70 * MINUTE
    found = paper_of(facts_of(play, id))
    assert "1 / 3" in found.pages[0]
    assert "迟报1秒" in found.flat
    assert "逾期未报，已1小时" in found.flat
    assert "按时" in found.flat


def test_leaders_get_no_number_to_call_and_the_internal_paper_has_every_entry(play: Play) -> None:
    """Contact details stay with those who handled it; the whole record is in the internal one."""
    id = story(play)
    facts = facts_of(play, id)
    leaders, internal = paper_of(facts), paper_of(facts, INTERNAL)
    for number in ("13800138000", "13900139000", "13700137000"):
        assert number not in leaders.flat
        assert number in internal.flat
    assert "139****9000" in leaders.flat
    assert "<imgsrc='http://x.example/a'/>" in internal.flat
    full = internal.text[internal.text.index("七、处置记录（全部）") :]
    assert [e.seq for e in facts.entries if f"{e.seq}" not in full.split()] == []


def test_english_and_the_same_bytes(play: Play) -> None:
    """Both languages from one set of facts, each the same file twice."""
    facts = facts_of(play, story(play))
    english = paper_of(facts, INTERNAL, "en")
    assert "What is owed next" in english.pages[0]
    assert "Trading outage" in english.pages[0], "a Chinese title says little in English"
    for language in ("zh", "en"):
        order = ReportOrder(facts, INTERNAL)
        assert incident_report(order, language).bytes() == incident_report(order, language).bytes()


def test_a_drills_report_is_stamped(play: Play) -> None:
    """Nobody takes it for real: every page begins with the mark."""
    id = story(play, drill=True)
    found = paper_of(facts_of(play, id))
    assert all(page.lstrip().startswith("【演练】") for page in found.pages)


def test_an_incident_that_has_just_begun_has_a_report_too(play: Play) -> None:
    """Nobody answered, nothing is known: it says so, and nothing fails."""
    id = str(play.do(Declare(by=by("clerk"), playbook="outage", title="x")).id)
    first = paper_of(facts_of(play, id)).pages[0]
    assert "尚未恢复，处置仍在进行。" in first
    assert "尚无人接手" in first


def test_page_one_stays_one_page_whatever_there_is_to_say(play: Play) -> None:
    """Long titles, many dues, endless reasons: it is cut, never more than a page."""
    id = str(play.do(Declare(by=by("clerk"), playbook="outage", title="很长的标题" * 24)).id)
    for n in range(30):
        owe(play, id, f"r{n}", f"第{n}份很长名称的报告" * 9, (n + 1) * MINUTE, None)
    play.now += 10 * MINUTE
    for language in ("zh", "en"):
        found = paper_of(facts_of(play, id), LEADERSHIP, language)
        chapters = [page for title, page in found.outline]
        assert chapters[0] == 2


def test_two_hundred_people_paged_are_all_named(play: Play) -> None:
    """Their answers run over pages, nobody falls off the end of one."""
    id = story(play)
    facts = facts_of(play, id)
    silent = replace(facts.reached[0], answer="", answered_at=None)
    people = [replace(silent, person=f"person{n:03d}") for n in range(200)]
    found = paper_of(replace(facts, reached=people))
    assert [one.person for one in people if one.person not in found.flat] == []


def test_another_process_gives_the_same_bytes(play: Play) -> None:
    """Made apart, so that no event loop waits; and the press can be used again after a failure."""
    order = ReportOrder(facts_of(play, story(play)))
    press = Press(apart=True)
    try:
        apart = press.make("incident-report", order, "zh")
        assert apart == Press(apart=False).make("incident-report", order, "zh")
    finally:
        press.close()


def paper_by(play: Play, id: str, language: str = "zh") -> Any:
    order = play.store.read(lambda uow: report_order(uow, id, play.now))
    return incident_report(order, language).bytes()


def test_an_approval_is_of_these_facts_by_somebody_else(play: Play) -> None:
    """Approved facts give the same bytes later; a new entry makes a draft of the next version."""
    id = story(play)
    assert "版本 0.1 | 批准 尚未批准" in read(paper_by(play, id)).text
    approve = ApproveIncidentReport(by=by("boss"), incident=id, author="duty")
    for refused in (
        replace(approve, by=by("clerk")),
        replace(approve, author="boss"),
        replace(approve, author=""),
    ):
        with pytest.raises((NotAllowed, BadInput)):
            play.do(refused)
    play.do(approve)
    approved = paper_by(play, id)
    assert "版本 1.0 | 编制 duty | 批准 boss" in read(approved).text
    play.now += 30 * 24 * 60 * MINUTE
    assert paper_by(play, id) == approved
    play.do(AddNote(by=by("duty"), incident=id, text="补充一条"))
    assert "版本 1.1 | 批准 尚未批准" in read(paper_by(play, id)).text
    play.do(approve)
    assert "版本 2.0 | 编制 duty | 批准 boss" in read(paper_by(play, id)).text
