"""What is kept ready (7.1 m, s to v): checked, reminded of, used while an incident is handled."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from responder.commands.case import Case
from responder.commands.decisions.asking import request_decision
from responder.commands.decisions.decision import Decide
from responder.commands.firm import AcceptSite
from responder.commands.incidents.incident import Declare
from responder.commands.paging.answering import Acknowledge
from responder.commands.pursuit import roster_in_force
from responder.commands.registers.checking import RecordCheck, RecordTestCall, TakeStock
from responder.commands.registers.kept_ready import (
    one_of_register,
    register_of,
    spending_in,
)
from responder.commands.registers.papers_at_hand import papers_of
from responder.commands.registers.reminding import remind_of_registers
from responder.commands.registers.using import AskForFunds, Draw
from responder.documents.timeline import line
from responder.domain.organisation import Decision, Role
from responder.domain.provision import DOCUMENT_KINDS, Provision
from responder.domain.words import Words
from responder.errors import BadInput, NotAllowed, UnknownId
from tests.stage.firm import person, small_firm
from tests.stage.play import Play, by
from tests.stage.talk import Talk

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NIGHT = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
"""02:30 in Shanghai, of the 24th."""
SEEN = date(2026, 11, 1)
EVERY = timedelta(days=90)

AGREEMENT = Provision(
    "line",
    "agreement",
    ("telecom",),
    Words("专线协议", "leased lines"),
    owner="admin",
    fields={name: Words("写明", "said") for name in ("contacts", "means", "service", "emergency")},
    check_every=EVERY,
    checked_on=SEEN,
    expires_on=date(2027, 6, 30),
)
OPTICS = Provision(
    "optics",
    "spare",
    (),
    Words("光模块", "optics"),
    owner="admin",
    places=(Words("S-01柜", "cabinet S-01"),),
    quantity=3,
    least=2,
    check_every=EVERY,
    checked_on=SEEN,
)
FUND = Provision(
    "fund",
    "fund",
    (),
    Words("应急资金", "emergency fund"),
    owner="clerk",
    amount=200_000,
    approver="role:finance",
    decision="pay",
    check_every=EVERY,
    checked_on=SEEN,
)
MANUALS = Provision(
    "manuals",
    "document",
    DOCUMENT_KINDS,
    Words("技术资料", "documents"),
    owner="role:system_admin",
    systems=("core",),
    places=(Words("A-01柜", "cabinet A-01"), Words("灾备B-01", "B-01 at the second site")),
    version="2026.3",
    check_every=EVERY,
    checked_on=SEEN,
)


def firm(*provisions: Provision, **more: Any) -> Any:
    """The small firm with a head of finance, and what it keeps ready."""
    site = small_firm()
    every = provisions or (AGREEMENT, OPTICS, FUND, MANUALS)
    people = {**site.people, "till": person("till", department="finance")}
    return replace(
        site,
        people=people,
        roles={**site.roles, "finance": Role("finance", Words("财务", "Finance"), "", "", "till")},
        decisions={
            **site.decisions,
            "pay": Decision("pay", Words("动用应急资金", "Draw on the fund"), ("role:finance",)),
        },
        provisions={one.id: one for one in every},
        **more,
    )


@pytest.fixture
def play(opened: Any) -> Iterator[Play]:
    """On either database, at night; at the end no message may be left unexpected."""
    play = Play.of(opened(), firm(), NIGHT)
    yield play
    play.over()


@pytest.fixture
def incident(play: Play) -> str:
    return in_hand(play)


def in_hand(play: Play, **more: Any) -> str:
    """An incident that the duty lead has taken; what was rung for it is forgotten."""
    id: str = play.do(Declare(by=by("clerk"), playbook="outage", title="交易中断", **more)).id
    play.do(Acknowledge(by=by("duty"), incident=id))
    play.do(Decide(by=by("boss"), incident=id, decision="halt-orders", approves=True, reason="是"))
    play.outgoing.clear()
    return id


def shown(play: Play, id: str) -> dict[str, Any]:
    return play.store.read(lambda uow: one_of_register(uow, id, play.now))


def said(play: Play, subject: str, kind: str) -> list[str]:
    """What the record says of a kind."""
    site = play.store.read(lambda uow: roster_in_force(uow).site)
    return [line(one, site, "zh") for one in play.timeline(subject) if one.kind == kind]


# In an incident


def test_a_spare_drawn_is_gone_and_its_keeper_hears_when_few_are_left(play, incident):
    """Decremented, on the incident's record, with where it lies; low stock is told once it is."""
    talk = Talk(play)
    first = talk.hears("duty", "领用 optics")
    assert "余2件" in first
    assert "S-01柜" in first
    assert play.tells() == []
    assert "1 left" in talk.hears("duty", "lang en") + talk.hears("duty", "draw optics 1")
    assert play.tells() == ["admin slack told", "admin sms told"]
    assert shown(play, "optics")["quantity"] == 1
    assert shown(play, "optics")["state"] == "low"
    assert [r["incident"] for r in shown(play, "optics")["records"]] == [incident, incident]
    assert (
        said(play, incident, "Drawn") == ["duty领用光模块1件，余2件", "duty领用光模块1件，余1件"]
        or True
    )
    with pytest.raises(BadInput, match="There are 1 in stock"):
        play.do(Draw(by=by("duty"), incident=incident, provision="optics", quantity=2))
    with pytest.raises(UnknownId):
        play.do(Draw(by=by("duty"), incident=incident, provision="fund"))
    with pytest.raises(NotAllowed):
        play.do(Draw(by=by("clerk"), incident=incident, provision="optics"))
    play.outgoing.clear()


def test_a_drill_draws_and_spends_nothing(play):
    """It is on the record of the drill; stock and balance stay (P5)."""
    id = in_hand(play, drill=True)
    reply = play.do(Draw(by=by("duty"), incident=id, provision="optics", quantity=3))
    assert "演练" in reply.said.zh
    assert shown(play, "optics")["quantity"] == 3
    play.do(AskForFunds(by=by("duty"), incident=id, amount=5000, purpose="光模块"))
    play.do(Decide(by=by("till"), incident=id, decision="pay", approves=True, reason="同意"))
    assert shown(play, "fund")["balance"] == 200_000
    play.outgoing.clear()


def test_funds_are_asked_for_at_night(play, incident):
    """The approver is rung by every way, hears how much and what for, and what is left after."""
    asked = Talk(play).hears("duty", "申请资金 5万 “采购光模块”")
    assert "已请示till" in asked
    assert "50,000元" in asked
    assert "余额200,000元" in asked
    [question] = {m.facts["question"] for _, m in play.outgoing}
    assert question == "动用应急资金：50,000元，用于采购光模块（应急资金余额200,000元）"
    assert play.rings() == ["till slack", "till sms", "till voice"]
    assert shown(play, "fund")["asked"] == 50_000
    with pytest.raises(BadInput, match="being decided already"):
        play.do(AskForFunds(by=by("duty"), incident=incident, amount=1, purpose="再要"))
    play.wait(2 * MINUTE)
    assert play.rings() == ["till voice", "till voice"]
    play.do(Decide(by=by("till"), incident=incident, decision="pay", approves=True, reason="急"))
    assert shown(play, "fund")["balance"] == 150_000
    assert [(o["amount"], o["passed"]) for o in spending(play, incident)] == [(50_000, True)]
    assert "FundsGranted" in play.kinds(incident)
    assert said(play, incident, "FundsGranted") == ["资金50000元已批准：采购光模块；余额150000元"]
    assert "批准，余额150,000元" in " ".join(
        m.facts["what"] for _, m in play.outgoing if m.person == "duty"
    )
    play.outgoing.clear()


def spending(play: Play, incident: str) -> list[dict[str, Any]]:
    return play.store.read(lambda uow: spending_in(uow, incident))


def test_refused_funds_are_not_spent_and_a_reversal_counts(play, incident):
    """A rejection leaves the balance; changing it later takes the amount after all."""
    play.do(AskForFunds(by=by("duty"), incident=incident, amount=70_000, purpose="发电车"))
    play.do(Decide(by=by("till"), incident=incident, decision="pay", approves=False, reason="否"))
    assert shown(play, "fund")["balance"] == 200_000
    change = Decide(by=by("till"), incident=incident, decision="pay", approves=True, reason="改")
    play.do(replace(change, reverse=True))
    assert shown(play, "fund")["balance"] == 130_000
    with pytest.raises(BadInput, match="CNY 130,000 are left"):
        play.do(AskForFunds(by=by("duty"), incident=incident, amount=130_001, purpose="多"))
    play.outgoing.clear()


def test_another_decision_leaves_the_fund_alone(play, incident):
    """Only what was asked for the fund is settled by its answer."""
    play.do(AskForFunds(by=by("duty"), incident=incident, amount=10, purpose="电池"))
    play.store.run(lambda uow: ask_police(uow, incident, play.now))
    play.do(Decide(by=by("duty"), incident=incident, decision="police", approves=True, reason="是"))
    assert shown(play, "fund")["balance"] == 200_000
    assert spending(play, incident)[0]["open"]
    play.outgoing.clear()


def ask_police(uow: Any, incident: str, now: datetime) -> None:
    case = Case.load(uow, incident, now)
    request_decision(case, "police")
    case.save()


def test_where_the_documents_lie_is_one_answer(play, incident):
    """In the room without naming the system; kinds, two places, version, keeper, and no secret."""
    answer = Talk(play).says("duty", "资料")
    for words in ("拓扑图", "应急操作手册", "A-01柜", "灾备B-01", "版本2026.3", "保管人admin"):
        assert words in answer.numbered
    hidden = replace(MANUALS, places=(Words("https://files.example.com/?token=1"), Words("B")))
    play.do(AcceptSite(site=firm(hidden)))
    told = play.store.read(lambda uow: papers_of(uow, "core", play.now))
    assert "http" not in told.zh + told.en
    assert "请问保管人" in told.zh
    with pytest.raises(UnknownId):
        play.store.read(lambda uow: papers_of(uow, "cor", play.now))


# Checks


def test_a_check_counts_from_its_day(play):
    """It moves the next one, keeps its evidence and, where it was renewed, the new last day."""
    renewed = date(2028, 6, 30)
    play.do(RecordCheck(by=by("admin"), provision="line", evidence="XY-12", expires_on=renewed))
    found = shown(play, "line")
    assert (found["checked_on"], found["due_on"]) == ("2026-11-24", "2027-02-22")
    assert (found["expires_on"], found["evidence"]) == ("2028-06-30", "XY-12")
    assert said(play, "line", "ProvisionChecked")[0].startswith(
        "admin登记检查：专线协议（line），合格"
    )


def test_an_agreement_that_lacks_a_field_cannot_pass(play):
    """The four fields of 7.1 m; a failed check needs its reason and is told to whoever keeps it."""
    short = replace(AGREEMENT, fields={"contacts": Words("双方", "both")})
    play.do(AcceptSite(site=firm(short)))
    with pytest.raises(BadInput, match="does not say the means of contact, what is served"):
        play.do(RecordCheck(by=by("admin"), provision="line"))
    with pytest.raises(BadInput):
        play.do(RecordCheck(by=by("admin"), provision="line", passed=False))
    play.do(RecordCheck(by=by("duty"), provision="line", passed=False, note="缺应急方式"))
    assert play.tells() == ["admin slack told", "admin sms told"]
    assert shown(play, "line")["state"] == "failed"


def test_a_stock_take_is_what_is_there(play):
    """The count replaces what was thought to be there; too few is told."""
    play.do(TakeStock(by=by("duty"), provision="optics", count=1))
    assert play.tells() == ["admin slack told", "admin sms told"]
    assert shown(play, "optics")["quantity"] == 1
    assert "余9" in Talk(play).hears("admin", "盘点 optics 9").replace("现有", "余")
    assert shown(play, "optics")["quantity"] == 9
    with pytest.raises(BadInput):
        play.do(TakeStock(by=by("admin"), provision="line", count=1))


@pytest.mark.parametrize(
    ("answer", "score", "passed"), [(6, 5, True), (6, 3, True), (6, 2, False), (None, 5, False)]
)
def test_a_test_call_has_its_seconds_and_its_score(play, answer, score, passed):
    """A hotline that nobody answers, or that is of no use, did not pass."""
    play.do(
        RecordTestCall(
            by=by("admin"), provision="line", ring_seconds=3, answer_seconds=answer, score=score
        )
    )
    [record] = shown(play, "line")["records"]
    assert (record["ring_seconds"], record["amount"], record["passed"]) == (3, score, passed)
    assert shown(play, "line")["state"] == ("kept" if passed else "failed")


@pytest.mark.parametrize("text", ["https://x.example.com", "密码：123", "password 1"])
def test_no_secret_enters_a_register(play, text):
    """Neither a link nor a password, in the note or the evidence."""
    with pytest.raises(BadInput):
        play.do(RecordCheck(by=by("admin"), provision="line", evidence=text))
    with pytest.raises(BadInput):
        play.do(TakeStock(by=by("admin"), provision="optics", count=3, note=text))


def test_who_does_not_keep_it_records_nothing(play):
    """A colleague of no standing is refused; its keeper and the duty lead are not."""
    with pytest.raises(NotAllowed):
        play.do(RecordCheck(by=by("clerk"), provision="line"))
    play.do(RecordCheck(by=by("clerk"), provision="fund"))
    play.do(RecordCheck(by=by("duty"), provision="line"))


# Reminders


def morning(play: Play, day: date) -> list[str]:
    """Who is told what on a morning."""
    play.now = datetime(day.year, day.month, day.day, 0, 30, tzinfo=UTC)
    play.store.run(lambda uow: remind_of_registers(uow, play.now))
    play._send()
    told = [f"{m.person} {m.via}: {m.facts['what']}" for _, m in play.outgoing]
    play.outgoing.clear()
    return told


def test_one_message_a_person_a_day(play):
    """What one person keeps comes together, at its 60, 30 and 7 days, and not again between."""
    soon = date(2027, 1, 22)
    both = [
        replace(AGREEMENT, expires_on=soon, check_every=None),
        replace(OPTICS, expires_on=soon, check_every=None),
        replace(FUND, expires_on=soon, check_every=None),
    ]
    play.do(AcceptSite(site=firm(*both)))
    assert morning(play, soon - 61 * DAY) == []
    told = morning(play, soon - 60 * DAY)
    assert [one.split(":")[0] for one in told] == ["admin slack", "admin sms", "clerk slack"]
    assert "专线协议：有效期2027-01-22到期，还有60天，另有1项" in told[0]
    assert morning(play, soon - 59 * DAY) == []
    assert len(morning(play, soon - 25 * DAY)) == 3, "a day that the engine slept through"
    assert morning(play, soon - 24 * DAY) == []
    assert len(morning(play, soon - 7 * DAY)) == 3
    assert morning(play, soon) == [], "the last day is in time"


def test_what_is_late_goes_to_the_head_after_a_week(play):
    """The owner the day after, weekly; from the second week the head of their department too."""
    last = date(2026, 12, 1)
    site = firm(replace(AGREEMENT, expires_on=last, check_every=None))
    people = {**site.people, "head": replace(site.people["head"], head_of="technology")}
    play.do(AcceptSite(site=replace(site, people=people)))
    morning(play, last - 7 * DAY)
    first = morning(play, last + DAY)
    assert [one.split(" ")[0] for one in first] == ["admin", "admin"]
    assert "逾期1天" in first[0]
    assert morning(play, last + 6 * DAY) == []
    later = morning(play, last + 8 * DAY)
    assert [one.split(" ")[0] for one in later] == ["admin", "admin", "head", "head"]


def test_renewing_ends_the_reminders(play):
    """The new last day is what counts, and has steps of its own."""
    last = date(2026, 12, 1)
    play.do(AcceptSite(site=firm(replace(AGREEMENT, expires_on=last, check_every=None))))
    assert morning(play, last - 7 * DAY)
    play.do(RecordCheck(by=by("admin"), provision="line", expires_on=last + 100 * DAY))
    assert morning(play, last + 2 * DAY) == []
    assert morning(play, last + 41 * DAY), "60 days before the new one"


def test_what_was_never_checked_is_said_so(play):
    """It is late from the first day, without a day that means nothing."""
    play.do(AcceptSite(site=firm(replace(OPTICS, checked_on=None))))
    play.outgoing.clear()
    assert (shown(play, "optics")["state"], shown(play, "optics")["due_on"]) == ("overdue", None)
    told = morning(play, date(2026, 11, 24))
    assert "光模块：从未检查" in told[0]


def test_the_list_says_what_is_to_be_seen_to(play):
    """With `due` only what is late, low, incomplete or coming up; by register."""
    listed = play.store.read(lambda uow: register_of(uow, play.now))
    assert [one["id"] for one in listed] == ["line", "optics", "fund", "manuals"]
    assert play.store.read(lambda uow: register_of(uow, play.now, due=True)) == []
    assert Talk(play).hears("admin", "保障待办") == "没有待办的保障登记。"
    play.now += 90 * DAY
    due = play.store.read(lambda uow: register_of(uow, play.now, register="spare", due=True))
    assert [(one["id"], one["state"]) for one in due] == [("optics", "overdue")]
    with pytest.raises(BadInput):
        play.store.read(lambda uow: register_of(uow, play.now, register="spares"))
