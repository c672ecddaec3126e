"""Contact look-ups: masked by role, bound to a purpose, on the record (7.1 o)."""

from dataclasses import replace
from typing import Any

import pytest

from responder.commands.firm import AcceptSite
from responder.commands.incidents.incident import Declare
from responder.commands.manual.contact import ShowContact
from responder.commands.paging.answering import Acknowledge
from responder.domain.carriage import Carriage
from responder.domain.people import Way
from responder.domain.record import By
from responder.domain.register import Unit
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from tests.stage.firm import small_firm
from tests.stage.play import Play, by
from tests.stage.talk import Talk

NUMBER = "+8613800130001"
MASKED = "138****0001"


@pytest.fixture
def firm(play: Play) -> Play:
    """The small firm with numbers as people have them, and one related unit."""
    site = small_firm()
    people = {
        id: replace(
            one, reach=(Way("voice", f"+861380013{number:04}"), Way("slack", f"U0{number:06}"))
        )
        for number, (id, one) in enumerate(site.people.items(), 1)
    }
    unit = Unit(
        "grid",
        "power_telecom",
        Words("供电公司", "Grid company"),
        reach=(Way("by_hand", "02195598", "phone"),),
    )
    play.do(AcceptSite(site=replace(site, people=people, units={"grid": unit})))
    return play


def look(play: Play, person: str, door: str = "handset", **what: Any) -> Any:
    return play.do(ShowContact(by=By(person, door), whom="duty", **what))


def shown(play: Play, subject: str = "FIRM") -> list[dict[str, Any]]:
    return [e.payload or {} for e in play.timeline(subject) if e.kind == "ContactShown"]


def outage(play: Play) -> str:
    """An outage that the administrator of systems took; duty was paged for it too."""
    id = str(play.do(Declare(by=by("clerk"), playbook="outage", title="中断")).id)
    play.do(Acknowledge(by=by("admin"), incident=id))
    play.outgoing.clear()
    return id


def test_a_responder_sees_the_number_and_the_record_never_does(firm: Play) -> None:
    """Who works on an open incident sees its people in full; the record says who, whom, why."""
    id = outage(firm)
    reply = look(firm, "admin", why=id)
    assert NUMBER in reply.said.zh
    assert NUMBER in reply.said.en
    assert shown(firm, id) == [{"people": ["duty"], "why": id, "full": True}]
    everything = firm.store.read(lambda uow: uow.ledger.all(limit=10_000))
    assert not [e for e in everything if "13800130001" in str(e.payload)]
    firm.outgoing.clear()


@pytest.mark.parametrize(
    ("person", "why"),
    [("clerk", "核对值班表"), ("admin", "核对值班表"), ("clerk", "中断事件0001")],
)
def test_others_see_enough_to_recognise_somebody(firm: Play, person: str, why: str) -> None:
    """Without an incident of their own people see 138****0001, and that is on record too."""
    reply = look(firm, person, why=why)
    assert MASKED in reply.said.zh
    assert NUMBER not in str(reply)
    assert "隐去" in reply.said.zh
    assert "in part" in reply.said.en
    assert shown(firm) == [{"people": ["duty"], "why": why, "full": False}]


def test_a_bystander_of_an_incident_sees_no_number(firm: Play) -> None:
    """An open incident is no pretext: only those who work on it see, and only its own people."""
    id = outage(firm)
    assert not look(firm, "root", incident=id).facts["full"]
    bystander = firm.do(ShowContact(by=by("admin"), whom="root", incident=id))
    assert not bystander.facts["full"], "root has nothing to do with it"
    own = firm.do(ShowContact(by=by("root"), whom="root", why="自查"))
    assert own.facts["full"], "one's own number is no secret"


def test_a_purpose_is_needed(firm: Play) -> None:
    """No look-up without saying what for; a closed incident is no purpose."""
    with pytest.raises(BadInput, match="purpose"):
        look(firm, "admin")
    with pytest.raises(BadInput, match="purpose"):
        look(firm, "admin", incident="INC-2026-0099")
    with pytest.raises(UnknownId, match="duty"):
        firm.do(ShowContact(by=by("admin"), whom="dutty", why="核对"))
    assert shown(firm) == []


def test_a_number_typed_as_purpose_stays_out_of_the_record(firm: Play) -> None:
    """What people write as the reason is masked where it holds a number."""
    look(firm, "clerk", why="回电 138 0013 0001")
    assert shown(firm)[0]["why"] == f"回电 {MASKED}"


def test_no_number_leaves_the_mainland(firm: Play) -> None:
    """By a channel that carries a minimum nobody sees another's number, whoever asks."""
    id = outage(firm)
    assert not look(firm, "admin", door="slack", why=id).facts["full"]
    site = firm.store.read(lambda uow: uow.sites.get(uow.sites.accepted() or ""))
    firm.do(AcceptSite(site=replace(site, channels={"slack": Carriage(True, "full")})))
    assert look(firm, "admin", door="slack", why=id).facts["full"], "unless the firm says so"


def test_an_administrators_terminal_shows_all(firm: Play) -> None:
    """Who has the machine has the files; in a chat an administrator is like others."""
    assert look(firm, "root", door="cli", why="核对").facts["full"]
    assert not look(firm, "root", door="slack", why="核对").facts["full"]
    assert not look(firm, "clerk", door="cli", why="核对").facts["full"]


def test_related_units_are_seen_by_those_at_work(firm: Play) -> None:
    """A unit's line is for who handles the incident; the record names the unit."""
    id = outage(firm)
    reply = firm.do(ShowContact(by=by("admin"), whom="供电公司", incident=id))
    assert "phone 02195598" in reply.said.zh
    assert not firm.do(ShowContact(by=by("clerk"), whom="unit:grid", why="核对")).facts["full"]
    assert shown(firm, id) == [{"unit": "grid", "why": id, "full": True}]


def test_by_chat(firm: Play) -> None:
    """`contact NAME why=…` and 通讯录; an open incident that is spoken about is purpose enough."""
    talk = Talk(firm)
    assert MASKED in talk.hears("clerk", "通讯录 duty 用途=核对值班")
    assert MASKED in talk.hears("clerk", "contact @duty to check the list")
    assert "须写明用途" in talk.hears("admin", "通讯录 duty")
    outage(firm)
    assert NUMBER in talk.hears("admin", "通讯录 duty")
    assert "02195598" in talk.hears("admin", "通讯录 供电公司")
    assert "查看联系方式：duty" in talk.hears("admin", "时间线")


def test_who_follows_the_same_rule(firm: Play) -> None:
    """`who` shows numbers to those at work, on record; to others in part, and leaves no trace."""
    talk = Talk(firm)
    assert "138****0003" in talk.hears("clerk", "who"), "the system administrator's, in part"
    assert talk.hears("duty", "值班 信息技术负责人").startswith("信息技术负责人：head 138****0004")
    assert shown(firm) == []
    id = outage(firm)
    heard = talk.hears("duty", "who")
    assert "系统管理员：admin +8613800130003" in heard
    assert "1 boss +8613800130005" in heard, "asked to decide"
    assert "决策递补顺序：" in heard
    assert shown(firm, id) == [{"people": ["admin", "head", "boss"], "why": "who", "full": True}]
    assert "138****0003" in talk.hears("clerk", "who")
    assert len(shown(firm, id)) == 1
