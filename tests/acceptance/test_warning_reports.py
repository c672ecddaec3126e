"""Warning reports (7.2): along the path in its order, the end along the same, nothing forgotten."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from responder.commands.firm import AcceptSite, RemovePerson
from responder.commands.paging.call_task import RecordCall, TakeCall
from responder.commands.paging.calls_waiting import call_tasks
from responder.commands.queries import warning as whole_warning
from responder.commands.warnings.monitoring import ReceiveAlerts
from responder.commands.warnings.moving import ConvertWarning, MoveWarning
from responder.commands.warnings.report import ReportWarning
from responder.commands.warnings.warning import RaiseWarning
from responder.domain.call_task import Result
from responder.domain.monitoring import AlertRule, Signal
from responder.domain.organisation import Liaison, Role
from responder.domain.people import Way
from responder.domain.record import By
from responder.domain.register import Unit
from responder.domain.site import Site
from responder.domain.warning import Stage
from responder.domain.words import Words
from responder.errors import BadInput, NotAllowed
from tests.acceptance.conftest import EVENING
from tests.stage.firm import OUTAGE, person, small_firm
from tests.stage.play import Play, by
from tests.stage.talk import Talk

MINUTE = timedelta(minutes=1)
PHONE, PAPER = Way("by_hand", "1", "phone"), Way("by_hand", "2", "platform")
UNITS = (
    Unit("bureau", "regulator", Words("证监局", "The bureau"), reach=(PAPER, PHONE)),
    Unit("sse", "core_institution", Words("上交所", "The exchange"), reach=(PHONE,)),
)


def firm() -> Site:
    usual = small_firm()
    return replace(
        usual,
        people=usual.people | {"liaison": person("liaison", "sms", "voice")},
        liaisons=(Liaison("liaison"),),
        units={unit.id: unit for unit in UNITS},
        playbooks={"outage": replace(OUTAGE, report_path=("bureau", "nowhere", "sse"))},
        alerts=(AlertRule({}, "core", "outage", 2, True),),
    )


@pytest.fixture
def store(opened: Callable[..., Any]) -> Any:
    """On both databases."""
    return opened()


@pytest.fixture
def play(store: Any) -> Play:
    return Play.of(store, firm(), EVENING)


@pytest.fixture
def warned(play: Play) -> str:
    """A warning that the duty lead was asked about, and verified."""
    raised = RaiseWarning(by=by("clerk"), title="磁盘即将写满", playbook="outage", system="core")
    id = play.do(raised).id
    play.do(MoveWarning(by=by("duty"), warning=id, stage=Stage.VERIFIED))
    return str(id)


def calls(play: Play, id: str) -> list[tuple[str, str]]:
    """The calls that wait, as unit and manner."""
    found = play.store.read(lambda uow: call_tasks(uow, play.now, id))
    return [(call["whom"].removeprefix("unit:"), call["how"]) for call in found if call["needed"]]


def made(play: Play, id: str, unit: str, how: str, result: Result = Result.REACHED) -> str:
    """Somebody makes a call and records it; returns what was read out."""
    found = play.store.read(lambda uow: call_tasks(uow, play.now, id))
    (call,) = [
        one["id"]
        for one in found
        if one["open"] and (one["whom"], one["how"]) == (f"unit:{unit}", how)
    ]
    took = play.do(TakeCall(by=by("duty"), incident=id, call=call))
    play.do(RecordCall(by=by("duty"), incident=id, call=call, result=result))
    return str(took.facts["read_out"]["zh"])


def report(play: Play, id: str, who: str = "duty", text: str = "") -> Any:
    return play.do(ReportWarning(by=by(who), warning=id, text=text))


def lift(play: Play, id: str) -> Any:
    return play.do(MoveWarning(by=by("duty"), warning=id, stage=Stage.LIFTED, reason="已扩容"))


def shown(play: Play, id: str) -> dict[str, Any]:
    return play.store.read(lambda uow: whole_warning(uow, id))


def test_phone_then_paper_in_the_paths_order(play: Play, warned: str) -> None:
    """Each result asks for the next line; every attempt is on the record; then it is done."""
    assert report(play, warned, text="业务未受影响").facts["units"] == ["bureau", "sse"]
    assert calls(play, warned) == [("bureau", "phone")]
    said = made(play, warned, "bureau", "phone")
    assert "报告一起预警" in said
    assert "已核实，正在处置。业务未受影响。有变化续报" in said
    assert calls(play, warned) == [("bureau", "platform"), ("sse", "phone")]
    made(play, warned, "sse", "phone", Result.NO_ANSWER)
    made(play, warned, "bureau", "platform")
    assert calls(play, warned) == [("sse", "phone")], "tried again"
    made(play, warned, "sse", "phone", Result.MESSAGE_LEFT)
    assert calls(play, warned) == []
    kinds = play.kinds(warned)
    assert kinds.count("CallRecorded") == 4
    assert kinds[-1] == "ObligationDischarged"
    legs = shown(play, warned)["reported"]
    assert [(leg["unit"], leg["line"], leg["attempts"]) for leg in legs] == [
        ("bureau", "phone", 1),
        ("bureau", "written", 1),
        ("sse", "phone", 2),
    ]
    with pytest.raises(BadInput, match="was reported along its path at 20:15"):
        report(play, warned)


def test_the_lift_goes_to_exactly_those_that_were_told(play: Play, warned: str) -> None:
    """The exchange never answered: it hears of no lift. Each line is marked when it was told."""
    report(play, warned)
    made(play, warned, "bureau", "phone")
    made(play, warned, "bureau", "platform")
    for _ in range(3):
        made(play, warned, "sse", "phone", Result.NO_ANSWER)
    assert "WarningReportFailed" in play.kinds(warned)
    assert {line for line in play.tells() if "alarm" in line} >= {"liaison sms alarm"}
    reply = lift(play, warned)
    assert reply.facts["units"] == ["bureau"]
    assert calls(play, warned) == [("bureau", "phone")]
    said = made(play, warned, "bureau", "phone")
    assert "风险已消除，20:15解除预警。处置情况：已扩容。现按原报告路径报告。" in said
    made(play, warned, "bureau", "platform")
    assert calls(play, warned) == []
    assert all(leg["told_at"] for leg in shown(play, warned)["ended_to"])


def test_who_heard_of_it_while_it_was_lifted_hears_of_the_lift(play: Play, warned: str) -> None:
    """A call that was under way counts, and its unit is told of the end too."""
    report(play, warned)
    made(play, warned, "bureau", "phone")
    lift(play, warned)
    assert calls(play, warned) == [("bureau", "phone")], "the others need not hear of the warning"
    made(play, warned, "sse", "phone")
    made(play, warned, "bureau", "phone")
    assert [leg["unit"] for leg in shown(play, warned)["ended_to"]] == ["bureau", "sse"]
    made(play, warned, "sse", "phone")


def test_a_conversion_is_told_to_them_too(play: Play, warned: str) -> None:
    """It is reported as an incident from then on."""
    report(play, warned)
    made(play, warned, "bureau", "phone")
    declared = play.do(ConvertWarning(by=by("duty"), warning=warned))
    assert f"该风险已转为事件（{declared.id}）" in made(play, warned, "bureau", "phone")


def test_who_is_gone_is_replaced_on_the_record(play: Play) -> None:
    """Another unit of the kind; whoever holds the post now for a person."""
    raised = RaiseWarning(by=by("clerk"), title="磁盘即将写满", playbook="outage", system="core")
    id = play.do(raised).id
    play.do(MoveWarning(by=by("duty"), warning=id, stage=Stage.VERIFIED))
    report(play, id)
    made(play, id, "bureau", "phone")
    made(play, id, "bureau", "platform")
    new = Unit("new-bureau", "regulator", Words("新局", "New"), reach=(PHONE, PAPER))
    lead = Role("duty_lead", Words("值班负责人", "Duty lead"), primary="deputy")
    site = firm()
    play.do(
        AcceptSite(
            site=replace(site, units={"new-bureau": new}, roles=site.roles | {"duty_lead": lead})
        )
    )
    play.do(RemovePerson(by=by("root"), person="duty", reason="离职"))
    play.tells()
    move = MoveWarning(by=by("head"), warning=id, stage=Stage.LIFTED, reason="已扩容")
    assert play.do(move).facts == {
        "stage": "lifted",
        "reported_to": ["deputy"],
        "units": ["new-bureau"],
    }
    told = [line for line in play.tells() if line.endswith("told")]
    assert set(told) == {"deputy slack told", "deputy sms told", "deputy voice told"}
    kinds = play.kinds(id)
    assert "AddresseeReplaced" in kinds
    assert kinds.count("UnitReplaced") == 2


def test_an_important_one_is_due_and_cannot_be_lifted_unreported(play: Play) -> None:
    """Monitoring calls it important: it is owed within half an hour, and hunts its owner."""
    monitoring = By("", "alerts")
    signal = Signal("a1", True, "磁盘即将写满", {}, "2026-11-23T12:15:00Z")
    (id,) = play.do(ReceiveAlerts(by=monitoring, signals=(signal,))).facts["raised"]
    play.do(MoveWarning(by=by("duty"), warning=id, stage=Stage.VERIFIED))
    with pytest.raises(BadInput, match="reports due and unsent"):
        lift(play, id)
    play.wait(30 * MINUTE)
    assert any(line.startswith("liaison") for line in play.tells())
    play.wait(MINUTE)
    assert "ObligationBreached" in play.kinds(id)
    report(play, id)
    made(play, id, "bureau", "phone")
    made(play, id, "bureau", "platform")
    made(play, id, "sse", "phone")
    (late,) = [e.payload for e in play.timeline(id) if e.kind == "ObligationDischarged"]
    assert late is not None
    assert late["late_s"] == 60
    assert lift(play, id).facts["units"] == ["bureau", "sse"]


def test_four_hours_without_an_end_and_the_duty_lead_is_reminded(play: Play, warned: str) -> None:
    """And every four hours again; a lifted one is left alone."""
    play.rings(), play.tells()
    play.wait(4 * 60 * MINUTE - timedelta(seconds=1))
    assert play.tells() == []
    play.wait(timedelta(seconds=1))
    assert play.tells() == [f"duty {via} alarm" for via in ("slack", "sms", "voice")]
    play.wait(4 * 60 * MINUTE)
    assert "duty voice alarm" in play.tells()
    lift(play, warned)
    play.tells()
    play.wait(9 * 60 * MINUTE)
    assert play.tells() == []


def test_who_may_report(play: Play, warned: str) -> None:
    """The duty lead, those who may command, the liaison officers; not anybody."""
    with pytest.raises(NotAllowed):
        report(play, warned, "clerk")
    assert "按报告路径报送" in Talk(play).hears("liaison", f"预警报告 {warned}")
