"""After stand-down: four parts, causes with measures, accountability for few eyes, conclusion."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from responder.commands.aftermath.accountability import ReadAccountability, WriteAccountability
from responder.commands.aftermath.investigation import (
    AddCause,
    Conclude,
    ConcludePreliminarily,
    ExtendSupplement,
    WritePart,
    investigation,
)
from responder.commands.incidents.incident import Declare
from responder.commands.incidents.phase import SetPhase
from responder.commands.incidents.task import DoTask
from responder.commands.measures.listed import measures
from responder.commands.measures.measure import (
    AddMeasure,
    DropMeasure,
    ExtendMeasure,
    MeasureDone,
    VerifyMeasure,
)
from responder.commands.paging.answering import Acknowledge
from responder.commands.records.evidence import AddEvidence
from responder.documents.timeline import line
from responder.domain.incident import Phase
from responder.domain.investigation import Part
from responder.errors import BadInput, NotAllowed, UnknownId
from tests.stage.firm import person, small_firm
from tests.stage.play import Play, by
from tests.stage.talk import Talk

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SECRET = "对王某记过一次，扣发奖金"
START = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
HERE = ZoneInfo("Asia/Shanghai")


def firm(**more):
    """The small firm with compliance, an auditor and somebody of no standing."""
    site = small_firm()
    people = {**site.people, **{id: person(id, "sms") for id in ("law", "lex", "audit", "nobody")}}
    grants = {"administrator": ("root",), "compliance": ("law", "lex"), "auditor": ("audit",)}
    return small_firm(people=people, grants=grants, **more)


@pytest.fixture
def store(opened):
    """On either database."""
    return opened()


@pytest.fixture
def play(store):
    return Play.of(store, firm(), START)


def stood_down(play: Play, *, drill: bool = False) -> str:
    """An incident that is over."""
    id = play.do(Declare(by=by("clerk"), playbook="outage", title="交易中断", drill=drill)).id
    play.now += MINUTE
    play.do(Acknowledge(by=by("duty"), incident=id))
    play.do(DoTask(by=by("head"), incident=id, task="verify", sure=True))
    play.now += 10 * MINUTE
    for phase in (Phase.RESTORED, Phase.STOOD_DOWN):
        play.do(SetPhase(by=by("duty"), incident=id, phase=phase, reason="已恢复"))
    return id


def investigating(play: Play) -> str:
    id = stood_down(play)
    play.do(SetPhase(by=by("duty"), incident=id, phase=Phase.INVESTIGATING))
    return id


def close(play: Play, id: str) -> None:
    play.do(SetPhase(by=by("duty"), incident=id, phase=Phase.CLOSED))


def seen(play: Play, id: str) -> dict:
    return play.store.read(lambda uow: investigation(uow, id))


def written(play: Play, id: str, *parts: Part) -> None:
    for part in parts or (Part.CAUSE, Part.MEASURES):
        play.do(WritePart(by=by("duty"), incident=id, part=part, text=f"{part.value}：写明"))


def register(play: Play, **wanted) -> list[dict]:
    return play.store.read(lambda uow: measures(uow, play.now, **wanted))


def add(play: Play, id: str, **more) -> str:
    usual = {"owner": "admin", "due_on": date(2026, 12, 18), "title": "更换报盘网关"}
    fields: dict[str, Any] = usual | more
    return play.do(AddMeasure(by=by("law"), incident=id, **fields)).id


def test_from_stand_down_to_closed(play):
    """Parts one and two are there; nothing is closed before all is."""
    id = investigating(play)
    first = seen(play, id)
    assert first["lead"] == "duty"
    assert "交易中断" in first["parts"]["facts"]
    assert "集中交易系统" in first["parts"]["facts"]
    assert "发起至恢复：11分0秒" in first["parts"]["facts"]
    assert "duty接手（发起后1分0秒）" in first["parts"]["handling"]
    assert first["by_the_record"] == ["facts", "handling"]
    with pytest.raises(BadInput, match="cannot be closed"):
        close(play, id)
    assert play.incident(id).phase is Phase.INVESTIGATING
    with pytest.raises(BadInput) as refused:
        play.do(Conclude(by=by("duty"), incident=id))
    for words in ("原因、等级", "责任追究未写", "没有登记原因"):
        assert words in refused.value.said("zh")
    written(play, id)
    play.do(WriteAccountability(by=by("law"), incident=id, text=SECRET))
    cause = play.do(AddCause(by=by("duty"), incident=id, text="网关内存泄漏")).id
    with pytest.raises(BadInput, match="cause 1 has no measure"):
        play.do(Conclude(by=by("duty"), incident=id))
    measure = add(play, id, cause=cause)
    assert measure == "M-2026-0001"
    assert "存证0件" in seen(play, id)["parts"]["handling"]
    play.do(AddEvidence(by=by("duty"), incident=id, name="a.log", sha256="ab" * 32, size=1))
    play.do(Conclude(by=by("duty"), incident=id))
    assert "存证1件" in seen(play, id)["parts"]["handling"], "as the record stands at its end"
    with pytest.raises(BadInput, match="stays as it is"):
        play.do(AddCause(by=by("duty"), incident=id, text="又一条"))
    close(play, id)
    assert play.incident(id).phase is Phase.CLOSED
    assert play.kinds(id)[-2:] == ["InvestigationConcluded", "PhaseChanged"]


def test_accountability_is_for_few_eyes(play):
    """Nowhere on the record, in no timeline, in no show; who looks is on record."""
    id = investigating(play)
    with pytest.raises(NotAllowed):
        play.do(WriteAccountability(by=by("duty"), incident=id, text=SECRET))
    kept = play.do(WriteAccountability(by=by("boss"), incident=id, text=SECRET))
    assert SECRET not in str(seen(play, id))
    assert seen(play, id)["accountability"] is True
    entries = play.timeline(id)
    assert SECRET not in str(entries)
    site = play.store.read(lambda uow: uow.sites.get(uow.sites.accepted()))
    assert not any("王某" in line(entry, site, "zh") for entry in entries)
    for nobody in ("duty", "head", "second", "root", "nobody"):
        with pytest.raises(NotAllowed):
            play.do(ReadAccountability(by=by(nobody), incident=id))
    for reader in ("law", "boss", "audit"):
        reply = play.do(ReadAccountability(by=by(reader), incident=id))
        assert reply.said.zh == SECRET
        assert reply.facts["versions"][0]["sha256"] == kept.facts["sha256"]
    assert play.kinds(id).count("AccountabilityRead") == 3
    again = play.do(WriteAccountability(by=by("law"), incident=id, text=SECRET))
    assert again.facts["sha256"] != kept.facts["sha256"], "salted: the same words, another hash"


def test_a_preliminary_conclusion_waits_for_its_supplement(play):
    """Not archived until the supplement, or an extension that runs; its lead is reminded."""
    id = investigating(play)
    law = by("law")
    with pytest.raises(BadInput):
        play.do(
            ConcludePreliminarily(
                by=law, incident=id, open_points="根因", supplement_by=date(2026, 12, 18)
            )
        )
    written(play, id, Part.CAUSE)
    play.do(
        ConcludePreliminarily(
            by=law, incident=id, open_points="根因未明", supplement_by=date(2026, 12, 18)
        )
    )
    play.outgoing.clear()
    with pytest.raises(BadInput, match="supplement"):
        close(play, id)
    play.wait(timedelta(days=18))
    assert play.tells() == ["duty slack told", "duty sms told"]
    with pytest.raises(BadInput, match="later"):
        play.do(ExtendSupplement(by=law, incident=id, until=date(2026, 12, 18), reason="厂商未复"))
    play.do(ExtendSupplement(by=law, incident=id, until=date(2027, 1, 15), reason="厂商未复"))
    close(play, id)
    assert seen(play, id)["concluded_at"] is None, "the supplement is still owed"
    play.wait(timedelta(days=50))
    assert play.tells().count("duty sms told") >= 3
    play.do(WriteAccountability(by=law, incident=id, text="无"))
    cause = play.do(AddCause(by=law, incident=id, text="厂商缺陷")).id
    add(play, id, cause=cause, due_on=date(2027, 3, 1))
    written(play, id, Part.MEASURES)
    assert play.do(Conclude(by=law, incident=id)).facts["supplements"] is True
    play.outgoing.clear()


def test_an_extension_that_ran_out_keeps_nothing_open(play):
    """A date that has passed is no extension."""
    id = investigating(play)
    written(play, id, Part.CAUSE)
    law = by("law")
    play.do(
        ConcludePreliminarily(
            by=law, incident=id, open_points="根因", supplement_by=date(2026, 12, 1)
        )
    )
    play.do(ExtendSupplement(by=law, incident=id, until=date(2026, 12, 10), reason="厂商未复"))
    play.now += 30 * DAY
    with pytest.raises(BadInput, match="no extension runs"):
        close(play, id)
    play.outgoing.clear()


def test_a_drill_closes_without_an_investigation(play):
    """It has its after-action review; its measures are real work on the same register."""
    id = stood_down(play, drill=True)
    play.do(SetPhase(by=by("duty"), incident=id, phase=Phase.INVESTIGATING))
    measure = add(play, id)
    assert register(play)[0]["origin"] == "drill"
    close(play, id)
    told = [m for _, m in play.outgoing if m.incident == measure]
    assert told
    assert not any(m.drill for m in told)
    play.outgoing.clear()


def test_a_measure_from_the_register_to_its_verification(play):
    """Done with proof, sent back, done again, verified by somebody else; more time has a reason."""
    id = stood_down(play)
    measure = add(play, id)
    play.outgoing.clear()
    with pytest.raises(NotAllowed):
        play.do(MeasureDone(by=by("nobody"), measure=measure, proof="x"))
    with pytest.raises(BadInput, match="not done"):
        play.do(VerifyMeasure(by=by("law"), measure=measure))
    play.do(MeasureDone(by=by("admin"), measure=measure, proof="变更单 CHG-12"))
    with pytest.raises((BadInput, NotAllowed)):
        play.do(VerifyMeasure(by=by("admin"), measure=measure))
    play.do(VerifyMeasure(by=by("audit"), measure=measure, objects="没有回归测试"))
    assert register(play)[0]["state"] == "open"
    play.do(
        ExtendMeasure(by=by("law"), measure=measure, due_on=date(2026, 12, 31), reason="等厂商")
    )
    play.do(MeasureDone(by=by("admin"), measure=measure, proof="变更单 CHG-13，回归报告"))
    play.do(VerifyMeasure(by=by("audit"), measure=measure))
    (one,) = register(play, everything=True)
    assert (one["state"], one["proof"], one["verified_by"]) == (
        "verified",
        "变更单 CHG-13，回归报告",
        "audit",
    )
    assert one["postponed"] == [{"from": "2026-12-18", "to": "2026-12-31", "reason": "等厂商"}]
    assert register(play) == []
    play.outgoing.clear()


def test_whoever_did_it_never_verifies_it(play):
    """Not even compliance, having done it themselves."""
    measure = add(play, stood_down(play), owner="law")
    play.do(MeasureDone(by=by("law"), measure=measure, proof="已办"))
    with pytest.raises(BadInput, match="cannot verify"):
        play.do(VerifyMeasure(by=by("law"), measure=measure))
    play.outgoing.clear()


def test_reminders_in_working_hours_then_weekly_then_the_lead(play):
    """Seven days and one day before; overdue weekly, by the second week the lead hears too.

    In the fourth compliance, and of the succession the first who can be written to.
    """
    id = investigating(play)
    add(play, id)
    play.outgoing.clear()
    play.wait(timedelta(days=50))
    heard = [
        (f"{at.astimezone(HERE):%m-%d %H:%M}", message.person)
        for at, message in play.outgoing
        if message.incident == "M-2026-0001" and message.via == "sms"
    ]
    assert heard == [
        ("12-11 09:30", "admin"),
        ("12-17 09:30", "admin"),
        ("12-21 09:30", "admin"),
        ("12-28 09:30", "admin"),
        ("12-28 09:30", "duty"),
        ("01-04 09:30", "admin"),
        ("01-04 09:30", "duty"),
        ("01-11 09:30", "admin"),
        ("01-11 09:30", "duty"),
        ("01-11 09:30", "law"),
        ("01-11 09:30", "head"),
    ]
    assert [one["id"] for one in register(play, overdue=True)] == ["M-2026-0001"]
    play.outgoing.clear()


def test_bad_measures_are_refused(play):
    id = stood_down(play)
    for wrong in (
        {"owner": "ghost"},
        {"due_on": date(2026, 11, 1)},
        {"due_on": date(2036, 11, 1)},
        {"title": " "},
        {"title": "x" * 400},
        {"title": "\u202e倒写"},
        {"cause": "9"},
    ):
        with pytest.raises((BadInput, UnknownId)):
            add(play, id, **wrong)
    with pytest.raises(UnknownId):
        add(play, "INC-2026-9999")
    assert register(play, everything=True) == []


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(["cause", "measure", "drop", "parts", "account"]), max_size=12))
def test_a_cause_without_a_measure_never_concludes(store, steps):
    """Whatever order things are done in."""
    play = Play.of(store, firm(), START)
    id = investigating(play)
    causes: list[str] = []
    live: dict[str, str] = {}
    account = parts = False
    for step in steps:
        if step == "cause":
            causes.append(play.do(AddCause(by=by("law"), incident=id, text="原因")).id)
        elif step == "measure" and causes:
            cause = causes[len(live) % len(causes)]
            live[add(play, id, cause=cause)] = cause
        elif step == "drop" and live:
            measure = next(iter(live))
            play.do(DropMeasure(by=by("law"), measure=measure, reason="重复"))
            del live[measure]
        elif step == "parts":
            written(play, id)
            parts = True
        elif step == "account":
            play.do(WriteAccountability(by=by("law"), incident=id, text="无"))
            account = True
    may = bool(causes) and set(causes) <= set(live.values()) and account and parts
    try:
        play.do(Conclude(by=by("law"), incident=id))
        concluded = True
    except BadInput:
        concluded = False
    assert concluded is may


def test_in_a_chat(play):
    """整改 and 调查情况: what stands where, without a word of who is held to account."""
    id = investigating(play)
    play.do(WriteAccountability(by=by("law"), incident=id, text=SECRET))
    talk = Talk(play)
    told = talk.hears("duty", f"调查情况 {id}")
    assert "■ 一、事件基本情况" in told
    assert "□ 四、整改措施与责任追究" in told
    assert "尚缺：" in told
    assert "王某" not in told
    assert "M-2026-0001" in talk.hears(
        "duty", f"整改登记 {id} @admin 期限=2026-12-18 “更换报盘网关”"
    )
    assert "M-2026-0001 更换报盘网关 · admin · 2026-12-18 · 整改中" in talk.hears("head", "整改")
    assert "没有这样的整改措施" in talk.hears("head", "逾期整改")
    assert "改由deputy负责" in talk.hears("law", "整改移交 0001 @deputy “调岗”")
    assert "改由admin负责" in talk.hears("law", "整改移交 0001 @admin “调回”")
    assert "待第二人验证" in talk.hears("admin", "整改完成 0001 “变更单 CHG-12”")
    assert "已验证销号" in talk.hears("head", "整改验证 M-2026-0001")
    assert "no such measure" in talk.hears("audit", "lang en") + talk.hears("audit", "measure list")
    play.outgoing.clear()
