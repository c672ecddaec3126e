"""Reports to regulators: drafted from the record, signed by a second person, sent, immutable."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from responder.commands.consent import Confirm
from responder.commands.incidents.incident import Declare
from responder.commands.incidents.note import AddNote
from responder.commands.incidents.phase import SetPhase
from responder.commands.incidents.task import DoTask
from responder.commands.paging.answering import Acknowledge
from responder.commands.records.evidence import AddEvidence
from responder.commands.reports.correction import CorrectReport
from responder.commands.reports.dossier import EnterFact, dossier
from responder.commands.reports.report import (
    AnswerField,
    DraftReport,
    SetReport,
    WithdrawReport,
)
from responder.commands.reports.seen import report, sheet
from responder.commands.reports.sign_off import OverrideContradiction, ReviewReport, SignReport
from responder.commands.reports.submission import PhoneReport, SubmitReport
from responder.domain.incident import Phase
from responder.errors import BadInput, NotAllowed, UnknownId
from tests.stage.play import Play, by
from tests.stage.regimes import ELEMENTS, reporting_firm

EVENING = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
INC = "INC-2026-0001"
FIRST = f"{INC}/1"
TOLD = {
    "place": "上海数据中心",
    "scope": "全部网上交易",
    "severity": "不能委托",
    "loss": "?",
    "consequence": "客户不能交易",
    "cause": "?",
    "nature": "设备故障",
    "help_needed": "无",
    "other": "无",
}


@pytest.fixture
def play(opened: Callable[..., Any]) -> Play:
    """The reporting firm on either database, with an outage that the duty lead commands."""
    play = Play.of(opened(), reporting_firm(), EVENING)
    play.do(Declare(by=by("clerk"), playbook="outage", title="集中交易系统中断"))
    play.now += MINUTE
    play.do(Acknowledge(by=by("duty"), incident=INC))
    play.do(DoTask(by=by("duty"), incident=INC, task="safety"))
    return play


def fact(play: Play, field: str, value: str, **more: Any) -> Any:
    return play.do(EnterFact(by=by("liaison"), incident=INC, field=field, value=value, **more))


def told(play: Play) -> None:
    for field, value in TOLD.items():
        fact(play, field, value)


def drafted(play: Play, duty: str = "cn/first", **more: Any) -> str:
    return str(play.do(DraftReport(by=by("liaison"), incident=INC, duty=duty, **more)).id)


def seen(play: Play, ref: str) -> dict[str, Any]:
    found: dict[str, Any] = play.store.read(lambda uow: report(uow, ref, play.now))
    return found


def signed(play: Play, ref: str) -> None:
    play.do(ReviewReport(by=by("liaison"), report=ref))
    play.do(SignReport(by=by("clerk"), report=ref))


def sent(play: Play, ref: str, **more: Any) -> Any:
    return play.do(
        SubmitReport(by=by("liaison"), report=ref, receipt="沪证监收〔2026〕1号", **more)
    )


def test_a_draft_is_filled_from_the_record_and_shows_what_is_missing(play: Play) -> None:
    """Time, course, measures, contact come by themselves, with the entries that show them."""
    ref = drafted(play)
    play.do(AddNote(by=by("duty"), incident=INC, text="已切换备用网关。", starred=True))
    play.do(AddNote(by=by("duty"), incident=INC, text="李工正在路上"))
    found = seen(play, ref)
    fields = {one["id"]: one for one in found["fields"]}
    assert [one["id"] for one in found["fields"]] == [id for id, *_ in ELEMENTS]
    assert fields["occurred_at"]["said"] == "2026年11月23日20时15分00秒（UTC+8）"
    assert fields["occurred_at"]["mark"] == "estimate", "an alarm is no begin"
    assert fields["occurred_at"]["entries"], "it says where it stands"
    assert "发起事件并启动应急预案（Ⅱ级响应）" in fields["summary"]["said"]
    assert fields["measures_and_effect"]["said"] == (
        "11月23日20:16:00确认人员安全；\n11月23日20:16:00已切换备用网关。"
    )
    assert fields["people_estimate"]["said"] == "120,000"
    assert fields["people_estimate"]["mark"] == "estimate"
    assert fields["contact"]["said"] == "liaison；+862150001111"
    assert fields["reporter_signer_time"]["said"] == "示例证券；（待签发）；（待签发）"
    assert set(found["missing"]) == {
        "place", "scope_estimate", "severity_estimate", "loss_estimate", "consequence_estimate",
        "cause_estimate", "nature_estimate", "help_needed", "other",
    }  # fmt: skip
    assert (found["answered"], found["demanded"]) == (6, 15)
    with pytest.raises(BadInput, match="9 mandatory fields are missing"):
        play.do(ReviewReport(by=by("liaison"), report=ref))


def test_the_story_of_a_first_report(play: Play) -> None:
    """Phoned, filled, sent by one, signed by another, submitted with a receipt, on the record."""
    ref = drafted(play)
    play.now += 5 * MINUTE
    play.do(PhoneReport(by=by("liaison"), report=ref, taken_by="王处", at=play.now - MINUTE))
    told(play)
    fact(play, "customers", "1.2万", estimate=True, source="客服统计")
    play.do(ReviewReport(by=by("liaison"), report=ref))
    with pytest.raises((BadInput, NotAllowed)):
        play.do(SignReport(by=by("liaison"), report=ref))
    play.do(SignReport(by=by("clerk"), report=ref))
    found = seen(play, ref)
    assert (found["stage"], found["signed_off_by"], found["version"]) == (
        "signed_off",
        "clerk",
        "1.1",
    )
    fields = {one["id"]: one for one in found["fields"]}
    assert fields["people_estimate"]["said"] == "12,000"
    assert fields["reporter_signer_time"]["said"] == (
        "示例证券；clerk；2026年11月23日20时21分00秒（UTC+8）"
    )
    assert fields["cause_estimate"]["mark"] == "open"
    play.now += MINUTE
    assert sent(play, ref).facts["late_s"] == 0
    kinds = [kind for kind in play.kinds(INC) if kind.startswith(("Report", "Fact", "Consent"))]
    assert kinds == [
        "ReportDrafted", "ReportPhoned", *["FactEntered"] * 10, "ReportSentForSignature",
        "ConsentAsked", "ConsentGiven", "ReportSignedOff", "ReportSubmitted",
    ]  # fmt: skip
    entry = next(e for e in play.timeline(INC) if e.kind == "ReportSubmitted")
    assert (entry.payload or {})["sha256"] == found["sha256"]


def test_nobody_signs_what_they_sent_and_only_those_who_may_do(play: Play) -> None:
    """Drafting, signing and submitting are three rights."""
    ref = drafted(play)
    told(play)
    with pytest.raises(NotAllowed):
        play.do(DraftReport(by=by("admin"), incident=INC, duty="cn/first"))
    consent = play.do(ReviewReport(by=by("clerk"), report=ref)).facts["confirm"]
    for person in ("clerk", "admin"):
        with pytest.raises((BadInput, NotAllowed)):
            play.do(Confirm(by=by(person), request=consent))
    play.do(Confirm(by=by("boss"), request=consent))
    with pytest.raises(NotAllowed):
        play.do(SubmitReport(by=by("duty"), report=ref, receipt="x"))
    assert seen(play, ref)["stage"] == "signed_off"


def test_what_was_submitted_never_changes_and_a_correction_shows_its_difference(play: Play) -> None:
    """Facts go on, the sent report stands; the new one is linked and says what is different."""
    ref = drafted(play)
    told(play)
    fact(play, "customers", "12000", estimate=True)
    signed(play, ref)
    play.now += MINUTE
    sent(play, ref)
    before = seen(play, ref)
    fact(play, "customers", "9000")
    assert seen(play, ref) == before
    for command in (
        AnswerField(by=by("liaison"), report=ref, field="place", text="x"),
        SetReport(by=by("liaison"), report=ref, preliminary=True),
        ReviewReport(by=by("liaison"), report=ref),
        WithdrawReport(by=by("liaison"), report=ref, reason="x"),
        SubmitReport(by=by("liaison"), report=ref, receipt="again"),
        PhoneReport(by=by("liaison"), report=ref, taken_by="x"),
    ):
        with pytest.raises(BadInput, match="never changes"):
            play.do(command)
    again = play.do(CorrectReport(by=by("liaison"), report=ref, reason="人数核实")).id
    found = seen(play, again)
    assert found["corrects"] == "1"
    assert found["changes"]["people_estimate"] == ["12,000", "9,000"]
    assert "place" not in found["changes"]
    assert found["version"] == "2.0"
    shown = play.store.read(lambda uow: sheet(uow, again, play.now))
    assert "本报告更正INC-2026-0001/1，原报告保留不变。" in shown.notes
    with pytest.raises(BadInput, match="is corrected by"):
        play.do(CorrectReport(by=by("liaison"), report=ref, reason="又一次"))


def test_the_history_of_reports_is_part_of_later_ones(play: Play) -> None:
    """How the event was reported is itself told (Art. 18)."""
    ref = drafted(play)
    play.do(PhoneReport(by=by("liaison"), report=ref, taken_by="王处"))
    told(play)
    signed(play, ref)
    sent(play, ref)
    facts = {f["field"]: f for f in play.store.read(lambda uow: dossier(uow, INC))}
    history = facts["report_history"]["said"]
    assert history["zh"] == (
        "11月23日20:16:00应急报告（首报），电话报告；\n11月23日20:16:00应急报告（首报），书面报告。"
    )
    eu = seen(play, drafted(play, "eu/initial"))
    assert eu["language"] == "en"


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("occurred_at", "20:15:30", "starts-after-first-sign"),
        ("detected_at", "2026-11-23T20:16:00+08:00", "found-after-first-sign"),
        ("restored_at", "20:10", "restored-before-declared"),
        ("restored_at", "20:16", "restored-while-it-goes-on"),
        ("customers", "130000", "more-clients-than-there-are"),
        ("customers_percent", "104%", "over-a-whole:customers_percent"),
        ("customers_percent", "50", "share-denied-by-numbers"),
        ("occurred_at", "2026-11-24T01:00:00+08:00", "to-come:occurred_at"),
    ],
)
def test_what_contradicts_the_record_is_not_signed(
    play: Play, field: str, value: str, found: str
) -> None:
    """Shown when it is entered and in the draft; blocked, unless an approver gives a reason."""
    ref = drafted(play)
    told(play)
    assert found in fact(play, field, value).facts["contradictions"]
    assert found in [one["id"] for one in seen(play, ref)["contradictions"]]
    consent = play.do(ReviewReport(by=by("liaison"), report=ref)).facts["confirm"]
    with pytest.raises(BadInput, match="stands against the record"):
        play.do(Confirm(by=by("clerk"), request=consent))
    against = [one["id"] for one in seen(play, ref)["contradictions"]]
    with pytest.raises(NotAllowed):
        play.do(
            OverrideContradiction(
                by=by("liaison"), report=ref, contradiction=against[0], reason="x"
            )
        )
    for one in against:
        play.do(
            OverrideContradiction(
                by=by("clerk"), report=ref, contradiction=one, reason="监控时钟有误"
            )
        )
    play.do(Confirm(by=by("clerk"), request=consent))
    assert seen(play, ref)["stage"] == "signed_off"
    passed = [e for e in play.timeline(INC) if e.kind == "ContradictionLetPass"]
    assert {(e.payload or {})["reason"] for e in passed} == {"监控时钟有误"}


def test_restoration_is_stated_only_where_the_record_knows_it(play: Play) -> None:
    """A continuing report ends its clock by stating restoration: not before it is so."""
    ref = drafted(play, "cn/continuing")
    told(play)
    signed(play, ref)
    with pytest.raises(BadInput, match="cannot state restoration"):
        sent(play, ref, states=("restored",))
    with pytest.raises(UnknownId):
        sent(play, ref, states=("fixed",))
    play.do(DoTask(by=by("duty"), incident=INC, task="verify"))
    play.do(SetPhase(by=by("duty"), incident=INC, phase=Phase.RESTORED))
    sent(play, ref, states=("restored",))
    assert seen(play, ref)["states"] == ["restored"]


def test_a_person_s_correction_after_sending_stops_the_signature(play: Play) -> None:
    """The record may grow meanwhile; a number known to be wrong is not signed."""
    ref = drafted(play)
    told(play)
    play.do(ReviewReport(by=by("liaison"), report=ref))
    play.do(DoTask(by=by("head"), incident=INC, task="verify"))
    assert "measures_and_effect" in seen(play, ref)["outdated"]
    fact(play, "scope", "仅网上交易")
    with pytest.raises(BadInput, match="somebody told otherwise"):
        play.do(SignReport(by=by("clerk"), report=ref))
    signed(play, ref)
    assert seen(play, ref)["version"] == "1.2"


def test_a_partial_first_report_needs_only_what_suffices(play: Play) -> None:
    """Items one and two suffice at first (CAC); elsewhere there is no partial report."""
    ref = drafted(play, "cn/first-two", partial=True)
    found = seen(play, ref)
    assert (found["missing"], found["answered"], found["demanded"]) == ([], 2, 2)
    assert "place" in found["later"]
    signed(play, ref)
    with pytest.raises(BadInput, match="does not let this report be partial"):
        drafted(play, "cn/first", partial=True)


@pytest.mark.parametrize(
    ("stage", "missing"),
    [("initial", []), ("intermediate", ["3.15"]), ("final", ["3.15", "4.1"])],
)
def test_each_stage_demands_its_own(play: Play, stage: str, missing: list[str]) -> None:
    """Mandatory per stage; conditional ones are shown and block nothing."""
    ref = drafted(play, f"eu/{stage}")
    found = seen(play, ref)
    assert found["missing"] == missing
    assert found["conditional"] == ["2.8"]
    if missing:
        with pytest.raises(BadInput, match=missing[0]):
            play.do(ReviewReport(by=by("liaison"), report=ref))
        fact(play, "cause", "?")
        play.do(AnswerField(by=by("liaison"), report=ref, field="3.15", text="00:01:10"))
        assert seen(play, ref)["missing"] == (["4.1"] if stage == "final" else [])
    else:
        play.do(ReviewReport(by=by("liaison"), report=ref))


def test_a_submission_needs_a_proof_and_a_time_that_can_be(play: Play) -> None:
    """A receipt or kept evidence; not before it was signed, not in the future."""
    ref = drafted(play)
    told(play)
    with pytest.raises(BadInput, match="not signed"):
        sent(play, ref)
    signed(play, ref)
    with pytest.raises(BadInput, match="no proof"):
        play.do(SubmitReport(by=by("liaison"), report=ref))
    with pytest.raises(UnknownId):
        play.do(SubmitReport(by=by("liaison"), report=ref, proof="7"))
    for at, why in ((play.now - MINUTE, "before it was signed"), (play.now + MINUTE, "to come")):
        with pytest.raises(BadInput, match=why):
            sent(play, ref, at=at)
    added = AddEvidence(
        by=by("liaison"), incident=INC, name="回执.png", sha256="a" * 64, size=1, media="image/png"
    )
    play.do(added)
    play.do(SubmitReport(by=by("liaison"), report=ref, proof="1"))
    assert seen(play, ref)["proof"] == "1"


def test_a_drill_s_report_is_marked_and_goes_nowhere(play: Play) -> None:
    """It is recorded as an exercise, and its sheet says so first."""
    drill = play.do(
        Declare(by=by("clerk"), playbook="outage", title="演练", drill=True, separate="演练")
    ).id
    ref = play.do(DraftReport(by=by("liaison"), incident=drill, duty="cn/first")).id
    assert play.store.read(lambda uow: sheet(uow, ref, play.now)).drill
    for field, value in TOLD.items():
        play.do(EnterFact(by=by("liaison"), incident=drill, field=field, value=value))
    play.do(AnswerField(by=by("liaison"), report=ref, field="measures_and_effect", text="重启"))
    signed(play, ref)
    reply = sent(play, ref)
    assert reply.said.zh.startswith(f"{ref}：【演练】仅作演练记录，没有对外报送")
    assert play.store.read(lambda uow: uow.obligations.of(INC)) == {}


def test_facts_are_read_by_their_kind(play: Play) -> None:
    """Numbers, instants, yes and no, however they are typed; nonsense is refused with the mend."""
    for field, value, plain in (
        ("customers", "1.2万", "12000"),
        ("customers", "12,000", "12000"),
        ("loss", "300万", "3000000"),
        ("duration", "1小时30分", "90"),
        ("core_system", "是", "yes"),
        ("occurred_at", "09:44:42", "2026-11-23T01:44:42Z"),
        ("occurred_at", "2026-11-23T09:44:42+08:00", "2026-11-23T01:44:42Z"),
        ("times_are", "estimate", "estimate"),
        ("地点", "机房", "机房"),
        ("cause", "待核实", "?"),
    ):
        assert fact(play, field, value).facts["value"] == plain
    for field, value in (
        ("customers", "很多"),
        ("customers", "1.5"),
        ("occurred_at", "刚才"),
        ("core_system", "也许"),
        ("times_are", "maybe"),
        ("place", "a\x07b"),
        ("no_such_field", "x"),
    ):
        with pytest.raises((BadInput, UnknownId)):
            fact(play, field, value)


def test_contact_details_never_enter_the_ledger(play: Play) -> None:
    """That somebody gave a number is on record, the number is not."""
    fact(play, "contact_phone", "+8613900001111")
    assert "+8613900001111" not in str([e.payload for e in play.timeline(INC)])
    facts = {f["field"]: f for f in play.store.read(lambda uow: dossier(uow, INC))}
    assert facts["contact_phone"]["value"] == "139****1111", "lists show it in part"
    contact = next(f for f in seen(play, drafted(play))["fields"] if f["id"] == "contact")
    assert contact["said"] == "liaison；+8613900001111", "the report needs it whole"


def test_a_submission_discharges_what_was_owed_late_to_the_second(
    opened: Callable[..., Any],
) -> None:
    """Phone first, then paper; 57 minutes 29 seconds late is 3449 seconds late."""
    site = replace(reporting_firm(), applies=("cn",))
    play = Play.of(opened(), site, EVENING)
    play.do(Declare(by=by("clerk"), playbook="outage", title="集中交易系统中断"))
    play.do(DoTask(by=by("boss"), incident=INC, task="safety"))
    told(play)
    ref = drafted(play, "cn/first")
    signed(play, ref)
    play.now += timedelta(hours=1, minutes=57, seconds=29)
    with pytest.raises(BadInput, match="phone"):
        sent(play, ref)
    play.do(PhoneReport(by=by("liaison"), report=ref, taken_by="王处"))
    reply = sent(play, ref)
    assert reply.facts["late_s"] == 57 * 60 + 29
    assert "超时57分29秒" in reply.said.zh
    assert seen(play, ref)["late_s"] == 57 * 60 + 29
    row = next(row for row in owed(play) if row.id == reply.facts["discharges"])
    assert (row.report, row.done_at) == ("1", play.now)
    assert [step.taken_by for step in row.steps] == ["王处", ""]
    following = next(row for row in owed(play) if row.duty == "cn/continuing")
    assert following.due_at == play.now + timedelta(minutes=30)
    play.do(DoTask(by=by("boss"), incident=INC, task="verify"))
    play.do(Acknowledge(by=by("duty"), incident=INC))
    play.do(SetPhase(by=by("duty"), incident=INC, phase=Phase.RESTORED))
    again = drafted(play, str(following.place))
    signed(play, again)
    sent(play, again, states=("restored",))
    assert not [row for row in owed(play) if row.duty == "cn/continuing" and row.is_open]
    fact(play, "customers", "9000")
    correction = play.do(CorrectReport(by=by("liaison"), report=again, reason="核实")).id
    signed(play, correction)
    assert sent(play, correction).facts["discharges"] is None


def owed(play: Play) -> list[Any]:
    return list(play.store.read(lambda uow: uow.obligations.of(INC)).values())
