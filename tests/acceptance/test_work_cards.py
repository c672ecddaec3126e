"""Work cards: a change of the register issues afresh those it concerns; receipts are kept."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from responder.commands.daily import StartRounds
from responder.commands.firm import AcceptSite, RemovePerson
from responder.commands.manual.cards import IssueCards, ReceiveCard
from responder.commands.manual.cards_shown import PrintCards, cards
from responder.commands.manual.printing import PlaceManual, PrintManual, TakeVCards, manuals_placed
from responder.documents.paper.press import Press
from responder.domain.carriage import Carriage
from responder.domain.message import Purpose
from responder.domain.organisation import Role
from responder.domain.people import Way
from responder.domain.record import By
from responder.domain.words import Words
from responder.errors import BadInput, NotAllowed, Refused, UnknownId
from responder.inbound.cards import PRINTED_HOLDS, Cards, address
from responder.inbound.language.conversation import Conversation
from responder.inbound.language.speak import Interpreter
from responder.store.tokens import KeyedTokens
from tests.fakes.browser import Browser
from tests.fakes.pdf import read
from tests.fakes.web import serving
from tests.stage.firm import small_firm
from tests.stage.play import Play, by
from tests.stage.talk import Talk

DAY = timedelta(days=1)
TOKENS = KeyedTokens(b"a secret of this firm alone.....")
BASE = "https://er.example.com"
HOLDERS = ["duty", "deputy", "admin", "head", "boss", "second"]
OF_CARDS = ("您的应急工作卡片", "应急工作卡片", "您已不担任")


@pytest.fixture
def site():
    """The small firm; the network's post is held by the administrator, the clerk backs them up."""
    network = Role("network", Words("网络管理员", "Network admin"), primary="admin", backup="clerk")
    firm = small_firm()
    return replace(firm, roles={**firm.roles, "network": network})


@pytest.fixture
def firm(play: Play, site) -> Play:
    """Everybody holds a card and received it."""
    play.do(AcceptSite(site=site))
    play.do(IssueCards(by=by("root")))
    for person in [*HOLDERS, "clerk"]:
        play.do(ReceiveCard(by=by(person)))
    play.outgoing.clear()
    return play


@pytest.fixture
def phone(firm: Play) -> Iterator[Browser]:
    """A phone with a camera, and the firm's pages behind it."""
    with serving(Cards(Talk(firm), TOKENS, Press(apart=False)).routes) as port:
        yield Browser(port)


def moved(site, person: str, number: str):
    one = replace(
        site.people[person], reach=(Way("slack", f"slack:{person}"), Way("voice", number))
    )
    return replace(site, people={**site.people, person: one})


def states(play: Play) -> dict[str, tuple[str, int]]:
    found = play.store.read(lambda uow: cards(uow, play.now))
    return {one["person"]: (one["state"], one["version"]) for one in found}


def told(play: Play) -> dict[str, str]:
    """What each person was told of cards without being rung; other rounds tell of other things."""
    assert all(m.purpose is Purpose.TOLD for _, m in play.outgoing)
    found = {m.person: str(m.facts["what"]) for _, m in play.outgoing}
    play.outgoing.clear()
    return {person: what for person, what in found.items() if what.startswith(OF_CARDS)}


def code(person: str, version: int, play: Play) -> str:
    return address(BASE, TOKENS, person, version, play.now + PRINTED_HOLDS)


def test_a_change_of_a_contact_issues_two_cards_afresh(firm: Play, site) -> None:
    """The whole story: change, two new cards, one receipt by chat, a reminder, the duty lead."""
    firm.do(StartRounds())
    firm.do(AcceptSite(by=by("root"), site=moved(site, "admin", "+8613900000001")))
    said = told(firm)
    assert sorted(said) == ["admin", "clerk"]
    assert said["clerk"].startswith("您的应急工作卡片已更新为第2版（通讯录变更REV-")
    assert {p: s for p, s in states(firm).items() if s != ("received", 1)} == {
        "admin": ("awaited", 2),
        "clerk": ("awaited", 2),
    }
    assert "第2版" in Talk(firm).hears("admin", "收到卡片")
    assert states(firm)["admin"] == ("received", 2)
    firm.wait(2 * DAY)
    assert told(firm) == {}, "three days are given"
    firm.wait(2 * DAY)
    assert told(firm) == {"clerk": "您的应急工作卡片还没有签收"}
    firm.wait(3 * DAY)
    assert told(firm) == {"duty": "应急工作卡片催过仍未签收：clerk。请当面落实"}
    firm.wait(10 * DAY)
    assert told(firm) == {}, "once each"
    firm.do(ReceiveCard(by=by("root"), person="clerk"))
    assert states(firm)["clerk"] == ("received", 2)
    kinds = [e.kind for e in firm.timeline("FIRM") if e.kind.startswith("Card")]
    assert kinds[-5:] == [
        "CardsReissued",
        "CardReceived",
        "CardsChased",
        "CardsChased",
        "CardReceived",
    ]
    payloads = str([e.payload for e in firm.timeline("FIRM")])
    assert "13900000001" not in payloads, "no number enters the record"


def test_an_unrelated_change_issues_none(firm: Play, site) -> None:
    """The remark of a rule, a person without a post: nobody is bothered."""
    firm.do(AcceptSite(by=by("root"), site=moved(site, "root", "+8613900000002")))
    assert told(firm) == {}
    assert set(states(firm).values()) == {("received", 1)}


def test_nothing_is_issued_before_the_first_issue(play: Play, site) -> None:
    """Until cards are issued here, a change of the register issues none."""
    play.do(AcceptSite(site=moved(site, "admin", "+8613900000003")))
    assert told(play) == {}
    assert set(states(play).values()) == {("missing", 0)}


def test_who_takes_a_post_gets_a_card_and_who_leaves_loses_it(firm: Play, site) -> None:
    """A new holder gets the first one; whoever holds nothing any more is told to destroy theirs."""
    network = replace(site.roles["network"], backup="root")
    firm.do(AcceptSite(by=by("root"), site=replace(site, roles={**site.roles, "network": network})))
    said = told(firm)
    assert sorted(said) == ["admin", "clerk", "root"]
    assert said["root"] == "您的应急工作卡片已发出"
    assert said["clerk"].startswith("您已不担任应急岗位")
    assert states(firm)["clerk"] == ("withdrawn", 1)
    with pytest.raises(Refused):
        firm.do(ReceiveCard(by=by("clerk")))
    firm.do(AcceptSite(by=by("root"), site=site))
    assert states(firm)["clerk"] == ("awaited", 2)
    told(firm)


def test_only_some_may_issue_and_receive_for_others(firm: Play) -> None:
    """Whoever issues cards may record a signature on paper; others only their own receipt."""
    for command in (
        IssueCards(by=by("duty")),
        ReceiveCard(by=by("duty"), person="admin"),
        PrintCards(by=by("duty"), people=("admin",)),
        PrintManual(by=by("clerk")),
        TakeVCards(by=by("clerk")),
        PlaceManual(by=by("clerk"), where="x"),
    ):
        with pytest.raises(NotAllowed):
            firm.do(command)
    assert firm.do(PrintCards(by=by("duty"), people=("duty",)))[0].version == 1
    with pytest.raises(UnknownId):
        firm.do(IssueCards(by=by("root"), people=("nobody",)))
    with pytest.raises(Refused):
        firm.do(IssueCards(by=by("root"), lost=True))
    assert firm.do(IssueCards(by=by("root"))).facts == {"issued": []}
    assert firm.do(ReceiveCard(by=by("duty"))).said.zh == "这张卡片已经签收过。"


def test_who_takes_the_manual_out_is_on_record(firm: Play) -> None:
    """Manual, vCards, cards: who took what, and no number of anybody."""
    manual = firm.do(PrintManual(by=by("root"), size="a6"))
    assert manual.site.people.keys() >= {*HOLDERS}
    firm.do(TakeVCards(by=by("root"), people=("duty",)))
    firm.do(PrintCards(by=by("root")))
    last = [(e.kind, e.actor) for e in firm.timeline("FIRM")][-3:]
    kinds = ("ManualPrinted", "VCardsTaken", "CardsPrinted")
    assert last == [(kind, "root") for kind in kinds]
    with pytest.raises(UnknownId):
        firm.do(TakeVCards(by=by("root"), people=("nobody",)))


def test_the_code_opens_the_live_card(firm: Play, site, phone: Browser) -> None:
    """An old paper says that it is old; the receipt takes one tap; the PDF is the live card."""
    old = code("admin", 1, firm)
    firm.do(AcceptSite(by=by("root"), site=moved(site, "admin", "+8613900000001")))
    told(firm)
    page = phone.open(old)
    assert page.status == 200
    assert "您手中是第1版，最新是第2版" in page.text
    assert page.buttons == ["收到卡片"]
    assert "script" not in page.html.casefold()
    assert page.headers["cache-control"] == "no-store"
    assert states(firm)["admin"] == ("awaited", 2), "to look is no receipt"
    phone.press("收到卡片")
    assert states(firm)["admin"] == ("received", 2)
    assert phone.open(old).buttons == []
    pdf = phone.ask("GET", old.removeprefix(BASE) + "/card.pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    assert "系统管理员（主岗）" in read(pdf.content).flat
    opened = [e for e in firm.timeline("FIRM") if e.kind == "CardOpened"]
    assert [(e.actor, e.door) for e in opened] == [("admin", "card")], "once a day"


def test_a_lost_card_opens_nothing(firm: Play, phone: Browser) -> None:
    """Reported lost, its code is void at once; the new one opens; forged and stale ones never."""
    first = code("admin", 1, firm)
    firm.do(IssueCards(by=by("root"), people=("admin",), lost=True))
    assert "旧卡遗失补发" in told(firm)["admin"]
    assert phone.open(first).status == 403
    assert "作废" in phone.open(first).text
    assert phone.ask("POST", first.removeprefix(BASE)).status == 403
    second = code("admin", 2, firm)
    assert phone.open(second).status == 200
    assert phone.open(second[:-1] + ("a" if second[-1] != "a" else "b")).status == 404
    assert phone.open(address(BASE, TOKENS, "nobody.known", 1, firm.now + DAY)).status in (403, 404)
    firm.now += PRINTED_HOLDS
    assert phone.open(second).status == 410


def test_who_was_removed_opens_and_gets_nothing(firm: Play, site, phone: Browser) -> None:
    """Rights end at once: the code is void, and no card is issued any more."""
    code_of_admin = code("admin", 1, firm)
    firm.do(RemovePerson(by=by("root"), person="admin", reason="离职"))
    told(firm)
    assert phone.open(code_of_admin).status == 403
    firm.do(AcceptSite(by=by("root"), site=moved(site, "clerk", "+8613900000004")))
    assert sorted(told(firm)) == ["clerk"]
    assert states(firm)["admin"] == ("withdrawn", 1)


def test_in_a_chat_the_card_is_text_with_a_link_to_ones_own(firm: Play) -> None:
    """工作卡 answers with my card; the link comes in my own chat alone, and opens only mine."""
    talk = Talk(firm)
    said = talk.hears("admin", "工作卡")
    assert "系统管理员（主岗）" in said
    assert "重启报盘" in said
    assert "值班负责人" not in said.splitlines()[1]
    assert talk.hears("admin", "卡片") == said
    assert talk.hears("root", "card").startswith("您没有应急岗位")

    def link(person: str, version: int, now: datetime) -> str:
        return address(BASE, TOKENS, person, version, now)

    speaker = Interpreter(talk, lambda *_: "", link)
    mine = speaker.speak("工作卡", By("admin", "chat"), Conversation(alone=True))
    assert f"{BASE}/card/card1x{b'admin'.hex()}" in mine.text
    ours = speaker.speak("工作卡", By("admin", "chat"), Conversation())
    assert BASE not in ours.text, "not where others read along"
    texted = speaker.speak("工作卡", By("admin", "sms"), Conversation(alone=True))
    assert BASE not in texted.text, "carriers pass no unregistered link"


def test_abroad_goes_nobodys_number(firm: Play, site) -> None:
    """Through a channel that carries little the card names nobody's number."""
    numbered = moved(moved(site, "head", "+8613900000005"), "duty", "+8613900000006")
    firm.do(
        AcceptSite(
            by=by("root"), site=replace(numbered, channels={"slack": Carriage(True, "minimal")})
        )
    )
    told(firm)
    speaker = Interpreter(Talk(firm), lambda *_: "")
    abroad = speaker.speak("工作卡", By("deputy", "slack"), Conversation(alone=True)).text
    assert "139" not in abroad
    home = speaker.speak("工作卡", By("deputy", "chat"), Conversation(alone=True)).text
    assert "139 0000 0006" in home


def test_where_manuals_lie_is_kept_by_place(firm: Play) -> None:
    """The newer copy at a place replaces the older one there; a day ahead is refused."""
    day = datetime.now(UTC).date().replace(2026, 11, 1)
    firm.do(PlaceManual(by=by("root"), where="值班室", printed_on=day))
    firm.do(PlaceManual(by=by("root"), where="值班室"))
    firm.do(PlaceManual(by=by("root"), where="备份中心", size="a6"))
    kept = firm.store.read(manuals_placed)
    assert [(one.where.zh, one.size) for one in kept] == [("值班室", "a4"), ("备份中心", "a6")]
    assert kept[0].printed_on > day
    with pytest.raises(BadInput):
        firm.do(PlaceManual(by=by("root"), where="x", printed_on=day.replace(2027)))
    with pytest.raises(BadInput):
        firm.do(PlaceManual(by=by("root"), where=" "))
