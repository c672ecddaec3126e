"""An inspector's link: all of one incident, nothing of another, once, and every look on record."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from responder.app import words_for
from responder.commands.aftermath.accountability import WriteAccountability
from responder.commands.consent import Confirm
from responder.commands.incidents.incident import Declare
from responder.commands.incidents.note import AddNote
from responder.commands.incidents.phase import SetPhase
from responder.commands.records.evidence import AddEvidence
from responder.commands.records.inspection import (
    GrantInspection,
    OpenInspection,
    ReadInspection,
    RevokeInspection,
    TakeInspectionLink,
    inspections,
)
from responder.domain.incident import Phase
from responder.domain.inspection import SESSION
from responder.domain.notice import Notice
from responder.domain.obligation import Kind as Owed
from responder.domain.obligation import Obligation
from responder.domain.record import By
from responder.domain.report import Report
from responder.domain.words import Words
from responder.errors import BadInput, NotAllowed
from responder.inbound.inspection import Inspections, address
from responder.inbound.inspection_page import Proof
from responder.store.tokens import KeyedTokens
from responder.store.vault import FolderVault
from tests.acceptance.test_the_investigation import firm
from tests.fakes.browser import Browser, Shown
from tests.fakes.web import serving
from tests.stage.play import Play, by
from tests.stage.talk import Talk

TOKENS = KeyedTokens(b"a secret of this firm alone.....")
BASE = "https://er.example.com"
START = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
UNTIL = START + timedelta(days=10)
EVIL = "</td><script>alert(1)</script><img src=http://evil.example/x onerror=a>&\u2067"
LOG = b"09:31:05 order rejected <script>\n" * 100


@pytest.fixture
def vault(tmp_path) -> FolderVault:
    return FolderVault(tmp_path / "files", 10**7)


@pytest.fixture
def store(opened):
    """On either database."""
    return opened()


@pytest.fixture
def play(store) -> Iterator[Play]:
    play = Play.of(store, firm(), START)
    yield play
    play.rings(), play.tells()


class Checked:
    """What the ledger is found to be, as the story wants it."""

    broken: Words | None = None

    def __call__(self, incident: str) -> Proof:
        return Proof(3, 1, "ab" * 32, self.broken)


@pytest.fixture
def checked() -> Checked:
    return Checked()


@pytest.fixture
def port(play, vault, checked) -> Iterator[int]:
    door = Inspections(Talk(play), TOKENS, vault, words_for, checked, secure=False)
    with serving(door.routes) as port:
        yield port


@pytest.fixture
def browser(port) -> Browser:
    return Browser(port)


def declared(play: Play, title: str) -> str:
    return play.do(Declare(by=by("clerk"), playbook="outage", title=title, separate="另一件")).id


def kept(play: Play, vault: FolderVault, id: str, name: str = "core.log") -> str:
    taken = vault.keep([LOG])
    added = AddEvidence(
        by=by("duty"), incident=id, name=name, sha256=taken.sha256, size=taken.size, note="撮合日志"
    )
    return play.do(added).id


def granted(play: Play, id: str, until: datetime = UNTIL) -> str:
    asked = play.do(
        GrantInspection(by=by("law"), incident=id, inspector="王检（证监局）", until=until)
    )
    return play.do(Confirm(by=by("lex"), request=asked.id)).id


def link(play: Play, inspection: str) -> str:
    reply = play.do(TakeInspectionLink(by=by("law"), inspection=inspection))
    until = datetime.fromisoformat(reply.facts["until"])
    return address(BASE, TOKENS, inspection, reply.facts["link"], until)


def entered(browser: Browser, url: str) -> Shown:
    browser.open(url)
    moved = browser.press("打开")
    assert moved.status == 303
    return browser.open(BASE + moved.headers["location"])


def looks(play: Play) -> list[str]:
    entries = play.store.read(lambda uow: uow.ledger.of("FIRM"))
    return [e.kind for e in entries if e.kind.startswith("Inspection")]


def test_two_people_give_leave(play):
    """Compliance and administrators alone, two of them, for at most ninety days."""
    id = declared(play, "交易中断")
    for nobody in ("duty", "boss", "audit", "nobody"):
        with pytest.raises(NotAllowed):
            play.do(GrantInspection(by=by(nobody), incident=id, inspector="王检", until=UNTIL))
    for until in (START, START + timedelta(days=91)):
        with pytest.raises(BadInput):
            play.do(GrantInspection(by=by("law"), incident=id, inspector="王检", until=until))
    asked = play.do(GrantInspection(by=by("law"), incident=id, inspector="王检", until=UNTIL))
    for wrong in ("law", "boss", "duty"):
        with pytest.raises((BadInput, NotAllowed)):
            play.do(Confirm(by=by(wrong), request=asked.id))
    one = play.do(Confirm(by=by("root"), request=asked.id)).id
    with pytest.raises(NotAllowed):
        play.do(TakeInspectionLink(by=by("duty"), inspection=one))
    told = [kind for kind in play.kinds(id) if kind in ("ConsentGiven", "InspectionGranted")]
    assert told == ["ConsentGiven", "InspectionGranted"]


def test_all_of_the_incident(play, vault, browser):
    """Record, tasks, decisions, evidence to take away, the ledger's state; in both languages."""
    id = declared(play, "交易中断")
    play.do(AddNote(by=by("duty"), incident=id, text="已切换备机"))
    exhibit = kept(play, vault, id)
    url = link(play, granted(play, id))
    page = entered(browser, url)
    assert page.status == 200
    for words in (
        "交易中断",
        "王检（证监局）只读查阅",
        "已切换备机",
        "暂停委托？",
        "确认人员安全",
        "core.log",
        sha256(LOG).hexdigest(),
        "台账刚刚逐条核验",
        "撮合日志",
        "集中交易系统",
    ):
        assert words in page.text, words
    english = browser.open(url + "?lang=en")
    for words in ("The ledger was just verified", "core trading", "People are safe"):
        assert words in english.text, words
    file = browser.open(f"{url}/evidence/{exhibit}")
    assert (file.status, file.content) == (200, LOG)
    assert file.headers["content-type"] == "application/octet-stream"
    assert file.headers["content-disposition"] == "attachment; filename*=UTF-8''core.log"
    assert "sandbox" in file.headers["content-security-policy"]
    assert looks(play) == [
        "InspectionOpened",
        "InspectionRead",
        "InspectionRead",
        "InspectionFileTaken",
    ]
    (one,) = play.store.read(lambda uow: inspections(uow, id, play.now))
    assert one["reads"] == 3


def test_reading_does_not_lengthen_what_is_read(play, browser):
    """The incident's own record is as it was; the looks are on the firm's."""
    id = declared(play, "交易中断")
    url = link(play, granted(play, id))
    before = play.kinds(id)
    entered(browser, url)
    for _ in range(3):
        browser.open(url)
    assert play.kinds(id) == before
    assert looks(play).count("InspectionRead") == 4


def test_what_is_kept_from_others(play, browser):
    """No cache, no referrer, no index, no frame, no script; the cookie is for this page alone."""
    url = link(play, granted(play, declared(play, "交易中断")))
    first = browser.open(url)
    moved = browser.press("打开")
    for page in (first, moved, browser.open(url)):
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["x-content-type-options"] == "nosniff"
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
    cookie = moved.headers["set-cookie"].lower()
    for part in ("httponly", "samesite=lax", f"path={url.removeprefix(BASE)}"):
        assert part in cookie
    assert "secure" in _secure(play, browser)


def _secure(play, browser) -> str:
    door = Inspections(Talk(play), TOKENS, FolderVault(None, 1), words_for, Checked())  # type: ignore[arg-type]
    with serving(door.routes) as port:
        other = Browser(port)
        other.open(link(play, granted(play, declared(play, "又一件"))))
        return other.press("打开").headers["set-cookie"].lower()


def test_html_in_every_field_is_only_text(play, vault, browser):
    """Title, note, name of a file, reason, cause: nothing of it is markup."""
    id = declared(play, "<b>交易</b>中断" + EVIL.replace("\u2067", ""))
    play.do(AddNote(by=by("duty"), incident=id, text=EVIL.replace("\u2067", "")))
    kept(play, vault, id, name='"><script>x</script>.log')
    page = entered(browser, link(play, granted(play, id)))
    assert "<script" not in page.html
    assert "<img" not in page.html
    assert "<b>" not in page.html
    assert "<b>交易</b>中断" in page.text


def test_a_link_opens_once(play, port):
    """For the browser that opened it; another one is told to ask for a new link."""
    inspection = granted(play, declared(play, "交易中断"))
    url = link(play, inspection)
    first, second = Browser(port), Browser(port)
    second.open(url)
    entered(first, url)
    assert second.open(url).status == 403
    assert "已被打开过" in second.open(url).text
    assert second.ask("POST", url.removeprefix(BASE)).status == 403
    assert first.open(url).status == 200
    another = link(play, inspection)
    assert first.open(url).status == 403, "a new link ends the session before"
    assert entered(second, another).status == 200


def test_whoever_only_looks_opens_nothing(play, browser):
    """A mail scanner fetches the link; it is still unopened."""
    url = link(play, granted(play, declared(play, "交易中断")))
    for method in ("GET", "HEAD", "GET"):
        assert browser.ask(method, url.removeprefix(BASE)).status == 200
    assert looks(play) == []
    assert entered(browser, url).status == 200


def test_taken_back_it_ends_at_once(play, vault, browser):
    """In the open browser too, files included."""
    id = declared(play, "交易中断")
    exhibit = kept(play, vault, id)
    inspection = granted(play, id)
    url = link(play, inspection)
    entered(browser, url)
    play.do(RevokeInspection(by=by("root"), inspection=inspection))
    assert browser.open(url).status == 403
    assert browser.open(f"{url}/evidence/{exhibit}").status == 403
    assert "core.log" not in browser.open(url).html
    with pytest.raises(BadInput):
        play.do(TakeInspectionLink(by=by("law"), inspection=inspection))


@pytest.mark.parametrize("later", [timedelta(days=10), timedelta(days=400)])
def test_it_runs_out(play, browser, later):
    url = link(play, granted(play, declared(play, "交易中断")))
    entered(browser, url)
    play.now += later
    assert browser.open(url).status == 410


def test_a_session_runs_out_before_the_leave(play, browser):
    url = link(play, granted(play, declared(play, "交易中断")))
    entered(browser, url)
    play.now += SESSION
    assert browser.open(url).status == 403


def test_nothing_of_another_incident(play, vault, port):
    """Neither by its number, nor by its evidence, nor with another inspector's cookie."""
    mine, other = declared(play, "交易中断"), declared(play, "机密事件")
    for _ in range(3):
        kept(play, vault, other, "机密.log")
    one, two = Browser(port), Browser(port)
    url, foreign = link(play, granted(play, mine)), link(play, granted(play, other))
    page = entered(one, url)
    assert "机密" not in page.html
    assert other not in page.html
    for number in ("1", "2", "3", "../1", f"{other}/1", "%2e%2e%2f1", "1%00", "%D9%A1", "-1", "0"):
        assert one.open(f"{url}/evidence/{number}").status == 404, number
    entered(two, foreign)
    one.cookie = two.cookie
    assert one.open(url).status == 403
    two.cookie = ""
    assert "机密" not in two.open(foreign).html


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_other_text_is_a_link(play, browser, data):
    """Cut, lengthened, a letter changed, another leave's id under this one's code: 404 alike."""
    url = link(play, granted(play, declared(play, "交易中断")))
    token = url.rpartition("/")[2]
    place = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.sampled_from("0123456789abcdefghijklmnopqrstuvwxyz"))
    changed = data.draw(
        st.sampled_from(
            [token[:place], token + letter, token[:place] + letter + token[place + 1 :]]
        )
    )
    if changed == token:
        return
    answer = browser.ask("GET", f"/i/{changed}")
    assert answer.status == 404
    assert "交易中断" not in answer.html


def test_a_one_time_page_is_no_inspection(play, browser):
    """A token of another kind, made by the same key, opens nothing."""
    declared(play, "交易中断")
    for about in ("abcd", "a" * 16, "b" * 31, "c" * 32, "d" * 48):
        token = TOKENS.issue(about, UNTIL)
        assert browser.ask("GET", f"/i/{token}").status in (404, 410)
        assert browser.ask("POST", f"/i/{token}").status in (404, 410)


def test_a_broken_ledger_is_said_first(play, browser, checked):
    checked.broken = Words("第7条被改动", "entry 7 was altered")
    page = entered(browser, link(play, granted(play, declared(play, "交易中断"))))
    assert "第7条被改动" in page.text
    assert "完好" not in page.text


def test_accountability_is_not_for_a_link(play, browser):
    """It is handed over in person by whoever is authorised."""
    id = declared(play, "交易中断")
    play.store.run(lambda uow: _stand_down(uow, id))
    play.do(SetPhase(by=by("duty"), incident=id, phase=Phase.INVESTIGATING))
    play.do(WriteAccountability(by=by("law"), incident=id, text="对王某记过"))
    page = entered(browser, link(play, granted(play, id)))
    assert "一、事件基本情况" in page.text
    assert "王某" not in page.html


def _stand_down(uow, id: str) -> None:
    incident = uow.incidents.get(id)
    incident.phase = Phase.STOOD_DOWN
    uow.incidents.put(id, incident)


def test_a_long_record_has_pages(play, browser):
    """Five hundred entries on a page; the rest by a plain link."""
    id = declared(play, "交易中断")

    def fill(uow) -> None:
        from responder.domain.record import Fact

        uow.ledger.append(
            [
                Fact("Noted", id, by("duty"), play.now, {"text": f"记录{n}", "about_at": ""})
                for n in range(700)
            ]
        )

    play.store.run(fill)
    url = link(play, granted(play, id))
    page = entered(browser, url)
    assert "记录0" in page.text
    assert "记录699" not in page.text
    after = page.html.partition("?after=")[2].partition("&")[0]
    second = browser.open(f"{url}?after={after}")
    assert "记录699" in second.text
    for odd in ("-1", "x", "9" * 40, "%EF%BC%91"):
        assert browser.open(f"{url}?after={odd}").status == 200


def test_the_rule_holds_whatever_the_door_lets_in(play):
    """No session but its own, none past its time, none opened twice, no text of few eyes."""
    id = declared(play, "交易中断")
    inspection, other = granted(play, id), granted(play, id)
    door = By("", "inspector")
    links = [
        play.do(TakeInspectionLink(by=by("law"), inspection=one)).facts["link"]
        for one in (inspection, other)
    ]
    for wrong in ("", links[1], links[0][:-1]):
        with pytest.raises(NotAllowed):
            play.do(OpenInspection(by=door, inspection=inspection, link=wrong))
    one, two = (
        play.do(OpenInspection(by=door, inspection=each, link=secret))
        for each, secret in zip((inspection, other), links, strict=True)
    )
    with pytest.raises(NotAllowed):
        play.do(OpenInspection(by=door, inspection=inspection, link=links[0]))
    for wrong in ("", two.session, one.session[:-1]):
        with pytest.raises(NotAllowed):
            play.do(ReadInspection(by=door, inspection=inspection, session=wrong))
    play.store.run(lambda uow: _stand_down(uow, id))
    play.do(SetPhase(by=by("duty"), incident=id, phase=Phase.INVESTIGATING))
    play.do(WriteAccountability(by=by("law"), incident=id, text="对王某记过"))
    found = play.do(ReadInspection(by=door, inspection=inspection, session=one.session))
    assert "王某" not in repr(found)
    play.now += SESSION
    with pytest.raises(NotAllowed):
        play.do(ReadInspection(by=door, inspection=inspection, session=one.session))


def test_a_files_name_is_only_text(play, vault, browser):
    id = declared(play, "交易中断")
    kept(play, vault, id, "R&D &lt;x&gt;.log")
    page = entered(browser, link(play, granted(play, id)))
    assert page.html.count("R&amp;D &amp;lt;x&amp;gt;.log") == 2, "in the list, and on the record"


def test_reports_notices_and_what_was_owed(play, browser):
    """As they were sent, with how punctual they were, to the second."""
    id = declared(play, "交易中断")
    due = START + timedelta(minutes=30)
    owed = Obligation(
        "first",
        id,
        Owed.REPORT,
        "cn/first",
        Words("首次报告", "First report"),
        due_at=due,
        done_at=due + timedelta(seconds=1),
        done_by="duty",
    )
    report = Report(
        "R-1",
        id,
        "cn",
        "cn/first",
        1,
        "form",
        "zh",
        START,
        "duty",
        answers={"cause": "原因正在核查<b>"},
        submitted_at=due,
        sha256="cd" * 32,
    )
    notice = Notice("N-1", id, "outage.first", START, "duty", texts={"web/zh": "系统正在恢复<i>"})

    def put(uow) -> None:
        uow.obligations.put(owed.key, owed)
        uow.reports.put(report.key, report)
        uow.notices.put(notice.key, notice)

    play.store.run(put)
    page = entered(browser, link(play, granted(play, id)))
    for words in (
        "首次报告",
        "迟1秒",
        "原因正在核查<b>",
        "cd" * 32,
        "系统正在恢复<i>",
        "outage.first",
    ):
        assert words in page.text, words
    assert "<b>" not in page.html
    assert "<i>" not in page.html
