"""At stand-down leaders open the incident report by the link in their brief, with receipts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from responder.commands.aftermath.incident_paper import ApproveIncidentReport, report_order
from responder.commands.briefings.briefing import Brief
from responder.commands.briefings.due import briefings
from responder.commands.briefings.leaders_paper import OpenIncidentReport
from responder.commands.firm import RemovePerson
from responder.commands.incidents.incident import Declare
from responder.commands.incidents.phase import Reopen, SetPhase
from responder.commands.incidents.task import DoTask
from responder.commands.paging.answering import Acknowledge
from responder.documents.messages import Messages
from responder.documents.paper.press import Press
from responder.documents.timeline import line
from responder.domain.briefing import LEADERS, Audience
from responder.domain.incident import Phase
from responder.domain.message import Message, Purpose
from responder.domain.record import THE_FIRM, By, Entry
from responder.domain.words import Words
from responder.errors import NotAllowed
from responder.inbound.link_address import LINK_HOLDS, address
from responder.inbound.links import Links
from responder.store.tokens import KeyedTokens
from tests.acceptance.conftest import EVENING
from tests.fakes.browser import Browser, Shown
from tests.fakes.pdf import read
from tests.fakes.web import serving
from tests.stage.firm import person, small_firm
from tests.stage.play import Play, by
from tests.stage.talk import Talk
from tests.unit.documents.samples import TEMPLATES

TOKENS = KeyedTokens(b"a secret of this firm alone.....")
BASE = "https://er.example.com"
BRANCHES = Audience("branches", Words("营业网点", "Branches"), ("clerk",), levels=(1, 2, 3))


@pytest.fixture
def play(store: Any) -> Play:
    """The head reads Chinese by chat, the second English by mail; the boss has a phone alone."""
    usual = small_firm()
    second = person("second", "email", department="business", language="en")
    site = replace(
        usual,
        people=usual.people | {"second": second},
        audiences={"leaders": LEADERS, "branches": BRANCHES},
    )
    return Play.of(store, site, EVENING)


@pytest.fixture
def phone(play: Play) -> Iterator[Browser]:
    """A phone, and the firm's pages behind it."""
    with serving(Links(Talk(play), TOKENS, Press(apart=False)).routes) as port:
        yield Browser(port)


def restored(play: Play, title: str = "交易中断", **more: Any) -> str:
    """An outage on whose restoration the leaders were briefed."""
    who = "duty" if "drill" in more else "clerk"
    id = str(play.do(Declare(by=by(who), playbook="outage", title=title, **more)).id)
    play.do(Acknowledge(by=by("duty"), incident=id))
    play.do(DoTask(by=by("duty"), incident=id, task="verify"))
    to(play, id, Phase.RESTORED)
    return id


def stood_down(play: Play, title: str = "交易中断", **more: Any) -> str:
    id = restored(play, title, **more)
    to(play, id, Phase.STOOD_DOWN)
    return id


def to(play: Play, id: str, phase: Phase) -> None:
    play.do(SetPhase(by=by("duty"), incident=id, phase=phase))


def brief(play: Play, who: str, via: str) -> Message:
    """The latest brief to somebody."""
    sent = play.store.read(lambda uow: uow.outbox.to(who))
    return [one for one in sent if one.purpose is Purpose.BRIEF and one.via == via][-1]


def link(message: Message) -> str:
    return address(BASE, TOKENS, message)


def report(phone: Browser, message: Message, query: str = "", method: str = "GET") -> Shown:
    return phone.ask(method, f"{urlsplit(link(message)).path}/incident.pdf{query}")


def openings(play: Play) -> list[Entry]:
    """Who opened it, by the firm's record."""
    entries = play.store.read(lambda uow: uow.ledger.of(THE_FIRM))
    return [one for one in entries if one.kind == "IncidentReportOpened"]


def text(message: Message, linked: bool = True) -> str:
    return Messages(TEMPLATES, link if linked else None).message(message).body


def test_a_leader_opens_the_report_in_their_language(play: Play, phone: Browser) -> None:
    """The link is in the brief, the report behind its page, and who opened it on record once."""
    id = stood_down(play)
    head, second = brief(play, "head", "slack"), brief(play, "second", "email")
    assert f"事件处置报告（PDF），两小时内请打开：{link(head)}" in text(head)
    assert f"The incident report (PDF), open it within two hours: {link(second)}" in text(second)
    page = phone.open(link(head))
    assert "打开事件处置报告（PDF）" in page.text
    where = f"{urlsplit(link(head)).path}/incident.pdf?lang=zh"
    assert f'href="{where}"' in page.html
    assert openings(play) == [], "the page alone opens nothing"
    given = phone.ask("GET", where)
    assert (given.status, given.headers["content-type"]) == (200, "application/pdf")
    assert given.content.startswith(b"%PDF")
    assert "交易中断" in read(given.content).flat
    assert given.headers["content-disposition"] == f'attachment; filename="{id}.pdf"'
    assert given.headers["cache-control"] == "no-store"
    assert given.headers["x-content-type-options"] == "nosniff"
    english = report(phone, second).content
    assert "Incidentreport" in read(english).flat
    assert report(phone, head).content == given.content
    assert [(one.actor, one.door) for one in openings(play)] == [
        ("head", "link"),
        ("second", "link"),
    ]
    (leaders, branches) = play.store.read(lambda uow: briefings(uow, play.now, id))
    if leaders["audience"] != "leaders":
        leaders, branches = branches, leaders
    assert leaders["report_opened"]["head"] == {"0.1": play.now.isoformat()}
    assert set(leaders["report_opened"]) == {"head", "second"}
    assert branches["report_opened"] == {}


def test_its_receipt_reads_as_a_sentence(play: Play, phone: Browser) -> None:
    id = stood_down(play)
    report(phone, brief(play, "head", "slack"))
    (entry,), site = openings(play), small_firm()
    assert line(entry, site, "zh") == f"head凭链接打开{id}的事件处置报告，版本0.1"
    assert line(entry, site, "en") == f"Head opens version 0.1 of the report on {id} by a link"


def test_opening_leaves_the_approved_version_as_it_is(play: Play, phone: Browser) -> None:
    """Each version has its receipt; none makes a draft of what was approved."""
    id = stood_down(play)
    head = brief(play, "head", "slack")
    report(phone, head)
    play.do(ApproveIncidentReport(by=by("boss"), incident=id, author="duty"))
    for _ in range(2):
        assert "批准boss" in read(report(phone, head).content).flat
    assert [entry.payload and entry.payload["number"] for entry in openings(play)] == ["0.1", "1.0"]
    assert play.store.read(lambda uow: report_order(uow, id, play.now)).version == "1.0"


def test_whoever_asks_for_the_headers_alone_opens_nothing(play: Play, phone: Browser) -> None:
    stood_down(play)
    assert report(phone, brief(play, "head", "slack"), method="HEAD").status == 200
    assert openings(play) == []


def test_not_before_stand_down_nor_after_reopening(play: Play, phone: Browser) -> None:
    """A brief during handling never opens it; that of stand-down not while it is handled again."""
    id = restored(play)
    before = brief(play, "head", "slack")
    assert "PDF" not in text(before)
    assert report(phone, before).status == 404
    to(play, id, Phase.STOOD_DOWN)
    assert report(phone, before).status == 404, "that brief did not offer it"
    after = brief(play, "head", "slack")
    assert report(phone, after).status == 200
    play.do(Reopen(by=by("duty"), incident=id, reason="再次中断"))
    assert report(phone, after).status == 404
    assert "打开事件处置报告" not in phone.open(link(after)).text
    assert len(openings(play)) == 1


def test_no_other_message_opens_it(play: Play, phone: Browser) -> None:
    """Neither a page, nor the brief of another audience, nor one of another incident."""
    other = restored(play, "另一事件")
    others = brief(play, "head", "slack")
    id = stood_down(play, separate="另一系统")
    play.do(Brief(by=by("duty"), incident=id, audience="branches", text="已恢复"))
    sent = play.store.read(lambda uow: uow.outbox.to("duty"))
    page = [one for one in sent if one.purpose is Purpose.PAGE and one.incident == id][-1]
    for message in (page, brief(play, "clerk", "slack"), others):
        refused = report(phone, message)
        assert (refused.status, b"%PDF" in refused.content) == (404, False)
        assert "此链接没有可打开的报告" in refused.text
    assert others.incident == other
    mine = brief(play, "head", "slack")
    with pytest.raises(NotAllowed):
        play.do(OpenIncidentReport(by=By("clerk", "link"), message=mine.id, version="0.1"))
    assert openings(play) == []


def test_forged_expired_or_of_somebody_removed(play: Play, phone: Browser) -> None:
    """Exactly as the page."""
    stood_down(play)
    head, path = brief(play, "head", "slack"), urlsplit(link(brief(play, "head", "slack"))).path
    forged = path[:-1] + ("0" if path[-1] != "0" else "1")
    assert phone.ask("GET", f"{forged}/incident.pdf").status == 404
    play.do(RemovePerson(by=by("root"), person="second", reason="离职"))
    assert report(phone, brief(play, "second", "email")).status == 403
    play.now = head.ready_at + LINK_HOLDS
    assert report(phone, head).status == 410
    assert openings(play) == []


def test_a_later_brief_brings_a_new_link(play: Play, phone: Browser) -> None:
    """Whoever slept through the two hours is briefed once more."""
    id = stood_down(play)
    play.wait(timedelta(hours=8))
    play.do(Brief(by=by("duty"), incident=id, audience="leaders", text="请审阅报告"))
    assert report(phone, brief(play, "head", "slack")).status == 200


def test_without_a_public_address_they_ask_for_it(play: Play) -> None:
    """The text stays as it is: whom to ask."""
    stood_down(play)
    said = text(brief(play, "head", "slack"), linked=False)
    assert "事件处置报告（PDF）已可出具，请向duty索取" in said
    assert "http" not in said
    assert "两小时" not in said


def test_a_drills_report_is_marked_and_for_its_recipients(play: Play, phone: Browser) -> None:
    """Its first words are those of a drill; whoever is no recipient of it gets nothing."""
    id = stood_down(play, drill=True)
    head = brief(play, "head", "slack")
    assert read(report(phone, head).content).flat.startswith("【演练】")

    def without_the_head(uow: Any) -> None:
        incident = uow.incidents.get(id)
        incident.recipients = ("duty", "boss", "second", "clerk")
        uow.incidents.put(id, incident)

    play.store.run(without_the_head)
    assert report(phone, head).status == 404
    assert len(openings(play)) == 1
