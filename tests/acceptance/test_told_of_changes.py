"""A change of our own contacts is told to the units that hold them, and chased (7.1 o, p; 4.7).

E-mail goes to a real mail server on loopback; what no machine can do is a call for a liaison.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from responder.channels.email import Email
from responder.channels.sandbox import Sandbox
from responder.commands.firm import AcceptSite
from responder.commands.incidents.incident import Declare
from responder.commands.manual.change_notices import RecordReceipt, RecordTold, chase_units
from responder.commands.manual.freshness import RecordUnitCheck, remind_of_units, unit_freshness
from responder.commands.paging.call_task import RecordCall, TakeCall
from responder.commands.paging.calls_waiting import call_tasks
from responder.domain.call_task import Result
from responder.domain.change_notice import ChangeNotice
from responder.domain.organisation import Liaison
from responder.domain.people import Way
from responder.domain.register import Unit
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import BadInput, NotAllowed
from tests.fakes.smtp import Mail, MailServer
from tests.stage.firm import small_firm
from tests.stage.newsroom import Newsroom
from tests.stage.play import Play, by
from tests.stage.talk import Talk

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
NEW_PHONE = "+862150001199"


def unit(id: str, kind: str, *ways: Way, receives: bool = True) -> Unit:
    name = Words(f"{id}单位", f"The {id}")
    return Unit(
        id, kind, name, Words("事项", "Matter"), Words("值班室", "Desk"), ways, Words(), receives,
        date(2026, 9, 1),
    )  # fmt: skip


def firm() -> Site:
    """A bureau told by telephone, an association and a bank by mail, police not at all."""
    units = [
        unit("bureau", "regulator", Way("by_hand", "12386", "phone"), receives=False),
        unit("sac", "association", Way("email", "liaison@sac.example.org")),
        unit(
            "bank", "bank", Way("by_hand", "95555", "phone"), Way("email", "ops@bank.example.com")
        ),
        unit("police", "police", Way("by_hand", "110", "phone"), receives=False),
    ]
    return replace(
        small_firm(),
        units={one.id: one for one in units},
        liaisons=(
            Liaison("head", "+862150001111", "+862150002222"),
            Liaison("deputy", "+862150001112", "+862150002223"),
        ),
    )


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server
        assert server.unexpected == []


@pytest.fixture
def play(opened: Callable[..., Any], server: MailServer) -> Iterator[Newsroom]:
    """The firm at nine in the morning, on SQLite and on PostgreSQL, its mail sent in earnest."""
    play = Newsroom.of(opened(), firm(), MORNING)
    assert isinstance(play, Newsroom)
    play.channels = {"email": Email(server.url, "er@example.com")}
    yield play
    play.over()


def site(play: Play) -> Site:
    return play.store.read(lambda uow: uow.sites.get(uow.sites.accepted() or ""))


def change(play: Play, **sections: Any) -> None:
    """The files say so, and are taken."""
    play.do(AcceptSite(site=replace(site(play), **sections)))


def new_phone(play: Play, phone: str = NEW_PHONE) -> None:
    first, second = site(play).liaisons
    change(play, liaisons=(replace(first, duty_phone=phone), second))


def notices(play: Play) -> dict[str, ChangeNotice]:
    """The latest notice to each unit."""
    found = play.store.read(lambda uow: uow.change_notices.all())
    return {one.unit: one for one in found.values()}


def mailed(server: MailServer) -> list[str]:
    """To whom mail went since last asked."""
    found: list[Mail] = list(server.mails)
    server.mails.clear()
    return [one.to[0] for one in found]


def calls(play: Play) -> list[tuple[str, str]]:
    found = play.store.read(lambda uow: call_tasks(uow, play.now, "FIRM"))
    return [(one["id"], one["whom"]) for one in found if one["open"]]


def left(play: Play) -> list[str]:
    """What people were told, whom by which way, and forget it with the mail."""
    found = play.tells()
    return [one for one in found if not one.startswith(" email")]


def days(play: Play, count: int) -> None:
    """Days go by, with our own two rounds on each morning."""
    for _ in range(count):
        play.wait(DAY)
        play.store.run(lambda uow: chase_units(uow, play.now))
        play.store.run(lambda uow: remind_of_units(uow, play.now))
    play.wait(MINUTE)


def test_one_notice_to_each_unit_that_holds_our_contacts(
    play: Newsroom, server: MailServer
) -> None:
    """A new duty phone: two letters and one call, each once, in both languages, on record."""
    new_phone(play)
    assert mailed(server) == [], "it waits for what else is being changed"
    play.wait(15 * MINUTE)
    letters = {one.to[0]: one for one in server.mails}
    assert sorted(letters) == ["liaison@sac.example.org", "ops@bank.example.com"]
    letter = letters["ops@bank.example.com"]
    id = notices(play)["bank"].id
    assert str(letter.letter["Subject"]).startswith(f"示例证券应急通报联络信息变更通知（{id}）")
    for wanted in (NEW_PHONE, "bank单位", "The bank", "值守电话改为", "confirm receipt", id):
        assert wanted in letter.text
    for nobody_s in ("+862150001112", "+862150002223", "voice:head"):
        assert nobody_s not in letter.text, "no more than they need"
    assert calls(play) == [("1", "unit:bureau")]
    assert left(play) == ["head slack call_task", "head sms call_task"]
    play.wait(DAY)
    assert len(server.mails) == 2
    sent = {one.unit: bool(one.sent_at) for one in notices(play).values()}
    assert sent == {"bureau": False, "sac": True, "bank": True}
    left(play)


def test_the_call_is_made_and_recorded(play: Newsroom) -> None:
    """A liaison officer takes it, is told what to say, and says how it went."""
    new_phone(play)
    play.wait(15 * MINUTE)
    reply = play.do(TakeCall(by=by("head"), incident="FIRM", call="1"))
    assert NEW_PHONE in reply.said.zh
    assert "12386" in reply.said.zh
    play.do(
        RecordCall(by=by("head"), incident="FIRM", call="1", result=Result.REACHED, words="收到")
    )
    one = notices(play)["bureau"]
    assert (bool(one.sent_at), one.sent_by) == (True, "head")
    with pytest.raises(NotAllowed):
        play.do(RecordReceipt(by=by("clerk"), notice=one.id, receipt="1"))
    play.do(RecordReceipt(by=by("head"), notice=one.id, receipt="沪监回执12"))
    assert notices(play)["bureau"].receipt == "沪监回执12"
    with pytest.raises(BadInput):
        play.do(RecordReceipt(by=by("head"), notice=one.id, receipt="again"))
    kinds = play.kinds("FIRM")
    assert kinds.count("ChangeNoticeSent") == 3
    assert kinds.count("ChangeNoticeReceived") == 1
    entries = play.store.read(lambda uow: uow.ledger.all(limit=10_000))
    assert not [one for one in entries if NEW_PHONE in str(one.payload)]
    left(play)


def test_the_call_is_made_by_chat(play: Newsroom) -> None:
    """While no incident is handled a call is one of the firm's own."""
    new_phone(play)
    play.wait(15 * MINUTE)
    left(play)
    talk = Talk(play)
    assert "bureau单位" in talk.hears("head", "人工联络")
    assert NEW_PHONE in talk.hears("head", "去联络 1")
    assert "已联系上" in talk.hears("head", "联络结果 1 已联系上")
    assert notices(play)["bureau"].sent_by == "head"
    left(play)


def test_an_unrelated_edit_tells_nobody(play: Newsroom, server: MailServer) -> None:
    """Somebody else's number, a title, a unit's own line: none of our contacts."""
    people = site(play).people
    moved = replace(people["duty"], reach=(Way("voice", "+8613900139999"),))
    change(play, people={**people, "duty": moved})
    change(play, teams={"night": ("duty",)})
    units = site(play).units
    change(play, units={**units, "bank": replace(units["bank"], remarks=Words("备注", "Remark"))})
    play.wait(DAY)
    assert notices(play) == {}
    assert mailed(server) == []
    assert left(play) == []


@pytest.mark.parametrize(
    ("said", "to"),
    [("head of the command body", {"sac", "bank"}), ("liaison", {"bureau", "sac", "bank"})],
)
def test_who_is_told_of_what(play: Newsroom, said: str, to: set[str]) -> None:
    """The regulator hears of liaison officers always; of the body only if it wants to."""
    if said == "liaison":
        change(play, liaisons=(site(play).liaisons[0],))
    else:
        command = site(play).command
        change(play, command=replace(command, body=replace(command.body, head="second")))
    assert set(notices(play)) == to
    play.wait(15 * MINUTE)
    left(play)


def test_changes_together_are_told_together(play: Newsroom, server: MailServer) -> None:
    """Two changes within the quarter hour are one letter; what was put back is none."""
    new_phone(play)
    play.wait(10 * MINUTE)
    first, second = site(play).liaisons
    change(play, liaisons=(replace(first, fax="+862150002299"), second))
    play.wait(10 * MINUTE)
    assert mailed(server) == []
    play.wait(5 * MINUTE)
    assert len(server.mails) == 2
    assert NEW_PHONE in server.mails[0].text
    assert "+862150002299" in server.mails[0].text
    mailed(server)
    left(play)
    new_phone(play, "+862150001100")
    new_phone(play)
    play.wait(15 * MINUTE)
    assert mailed(server) == []
    assert play.kinds("FIRM").count("ChangeNoticeDropped") == 3
    assert not notices(play)["bank"].is_open


def test_a_mail_that_bounces_becomes_a_call(play: Newsroom, server: MailServer) -> None:
    """The address is gone: it is flagged, and the unit's telephone is the next way."""
    server.says["RCPT"].append("550 no such user")
    first, second = site(play).liaisons
    units = {id: one for id, one in site(play).units.items() if id == "bank"}
    change(play, units=units)
    change(play, liaisons=(replace(first, duty_phone=NEW_PHONE), second))
    play.wait(15 * MINUTE)
    assert calls(play) == [("1", "unit:bank")]
    assert notices(play)["bank"].sent_at is None
    (fresh,) = play.store.read(unit_freshness)
    assert fresh.bounced
    play.do(RecordTold(by=by("deputy"), notice=notices(play)["bank"].id, note="传真已发"))
    assert notices(play)["bank"].sent_by == "deputy"
    left(play)


def test_silence_is_chased(play: Newsroom, server: MailServer) -> None:
    """After three days without a word the letter goes again, and the keepers hear of it."""
    new_phone(play)
    days(play, 2)
    mailed(server)
    left(play)
    for unit in ("sac", "bureau"):
        play.do(RecordReceipt(by=by("head"), notice=notices(play)[unit].id, receipt="R1"))
    days(play, 2)
    assert mailed(server) == ["ops@bank.example.com"]
    told = [m for _, m in play.outgoing if m.purpose.value == "told"]
    assert {m.person for m in told} == {"head", "deputy"}
    assert all("bank单位" in m.facts["what"] and "sac单位" not in m.facts["what"] for m in told)
    assert len(notices(play)["bank"].chased) == 1
    days(play, 1)
    assert mailed(server) == [], "not every day"
    play.do(RecordReceipt(by=by("head"), notice=notices(play)["bank"].id, receipt="R2"))
    left(play)


def test_a_drill_tells_nobody(play: Newsroom, server: MailServer) -> None:
    """Declared as a drill, removed again: the register is as it was, so is everybody's copy."""
    play.do(Declare(by=by("clerk"), playbook="outage", title="演练", drill=True))
    play.outgoing.clear()
    play.wait(20 * MINUTE)
    assert notices(play) == {}
    assert mailed(server) == []
    play.outgoing.clear()


def test_the_sandbox_tells_nobody(play: Newsroom) -> None:
    """What never left the machine is no proof that anybody was told."""
    play.channels = {"email": Sandbox()}
    new_phone(play)
    play.wait(15 * MINUTE)
    assert {one.sent_at for one in notices(play).values()} == {None}
    assert "ChangeNoticeSent" not in play.kinds("FIRM")
    left(play)


def test_lines_are_tried_every_half_year(play: Newsroom) -> None:
    """Due after 180 days, a reminder a week to the keepers; a bounced line is due at once."""
    play.do(RecordUnitCheck(by=by("head"), unit="unit:police", reached=False, note="空号"))
    with pytest.raises(NotAllowed):
        play.do(RecordUnitCheck(by=by("clerk"), unit="bank", reached=True))
    days(play, 1)
    told = [m for _, m in play.outgoing]
    assert {m.person for m in told} == {"head", "deputy"}
    assert "police单位" in told[0].facts["what"]
    assert "bank单位" not in told[0].facts["what"]
    play.outgoing.clear()
    days(play, 6)
    assert left(play) == [], "once a week"
    play.do(RecordUnitCheck(by=by("head"), unit="police", reached=True))
    days(play, 8)
    assert left(play) == []
    days(play, 100)
    found = [m.facts["what"] for _, m in play.outgoing]
    assert any("bank单位" in one and "police单位" not in one for one in found)
    play.outgoing.clear()
