"""A joint drill: units outside take part, called by people alone; who took part is on record."""

from dataclasses import replace
from typing import Any

import pytest

from responder.commands.drills.after_action import after_action
from responder.commands.drills.approving import plan_sheet
from responder.commands.drills.closing import EvaluateDrill
from responder.commands.drills.conducting import AbortDrill, EndDrill
from responder.commands.drills.partners import RecordPartner, call_list
from responder.commands.drills.planned import ScheduleDrill
from responder.commands.drills.queries import drill_shown
from responder.commands.drills.records import drill_records, year_of_drills
from responder.commands.incidents.incident import Declare
from responder.documents.paper.press import made
from responder.domain.drill import Partner
from responder.domain.people import Way
from responder.domain.register import Unit
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import BadInput, NotAllowed, UnknownId
from tests.acceptance.conftest import EVENING
from tests.acceptance.test_drills import DRILL, MINUTE, firm, scenario, start
from tests.fakes.pdf import read
from tests.stage.play import Play, by

LINES = (Way("by_hand", "+862150190017", "phone", "报电路编号"), Way("email", "noc@example.net"))
CARRIER = Unit("carrier", "power_telecom", Words("示例电信", "Example Telecom"), reach=LINES)
EXCHANGE = Unit("exchange", "core_institution", Words("示例交易所", "Example Exchange"))
PARTNERS = (
    Partner("carrier", Words("核对管沟", "looks up the duct")),
    Partner("exchange", Words("接听报告", "takes our call")),
)


def site() -> Site:
    one = replace(scenario(), joint=True, partners=PARTNERS, owner="clerk")
    return replace(firm(one), units={"carrier": CARRIER, "exchange": EXCHANGE})


@pytest.fixture
def play(store: Any) -> Play:
    return Play.of(store, site(), EVENING)


def asked_to_call(play: Play) -> dict[str, str]:
    """Who was asked to call the units, and in which words; every one of it marked as a drill."""
    found = [m for _, m in play.outgoing if "请电话告知" in m.facts.get("what", "")]
    play.outgoing.clear()
    assert all(one.drill for one in found)
    return {one.person: one.facts["what"] for one in found}


def test_people_are_asked_to_call_and_no_machine_does(play: Play) -> None:
    """As it begins and ends; nothing ever goes to a line of a unit."""
    start(play)
    said = asked_to_call(play)
    assert set(said) == {"clerk"}
    assert said["clerk"].startswith("请电话告知示例电信、示例交易所：联合演练已开始")
    play.wait(5 * MINUTE)
    play.outgoing.clear()
    play.do(EndDrill(by=by("clerk"), incident=DRILL))
    assert "联合演练已结束" in asked_to_call(play)["clerk"]
    messages = play.store.read(lambda uow: uow.outbox.of(DRILL))
    assert messages
    assert not {way.to for way in LINES} & {one.to for one in messages}
    assert play.store.read(lambda uow: uow.call_tasks.of(DRILL)) == {}


def test_a_real_event_and_an_abort_reach_the_units_too(play: Play) -> None:
    """They are part of it: they have to know at once that it is none any more."""
    start(play)
    play.outgoing.clear()
    play.do(Declare(by=by("duty"), playbook="leak", title="真的"))
    assert "真实事件发生，联合演练冻结" in asked_to_call(play)["clerk"]
    play.do(AbortDrill(by=by("clerk"), incident=DRILL, reason="真实处置"))
    assert "联合演练中止，一切行动停止" in asked_to_call(play)["clerk"]


def test_the_list_of_calls_has_the_day_the_lines_and_the_text(play: Play) -> None:
    """Before a day is planned it says so; the numbers are those of the register."""
    first, second = play.store.read(lambda uow: call_list(uow, "s"))
    assert (first["unit"], second["unit"]) == ("carrier", "exchange")
    assert first["lines"][0] == {"how": "phone", "to": "+862150190017", "note": "报电路编号"}
    assert "日期另告" in first["read_out"]["zh"]
    play.do(ScheduleDrill(by=by("clerk"), scenario="s", at=EVENING + 10 * 24 * 60 * MINUTE))
    first, _ = play.store.read(lambda uow: call_list(uow, "s"))
    assert first["read_out"]["zh"].startswith("【演练】示例证券定于2026-12-")
    with pytest.raises(UnknownId):
        play.store.read(lambda uow: call_list(uow, "none"))


def test_who_took_part_is_said_before_it_is_evaluated(play: Play) -> None:
    """Of each unit, by those who may; it stands in the list, the record and the year's figures."""
    start(play)
    play.wait(5 * MINUTE)
    play.do(EndDrill(by=by("clerk"), incident=DRILL))
    with pytest.raises(BadInput, match="carrier, exchange"):
        play.do(EvaluateDrill(by=by("clerk"), incident=DRILL))
    came: dict[str, Any] = {"incident": DRILL, "unit": "carrier", "note": "值班员王工"}
    with pytest.raises(NotAllowed):
        play.do(RecordPartner(by=by("root"), **came))
    with pytest.raises(UnknownId):
        play.do(RecordPartner(by=by("clerk"), incident=DRILL, unit="bureau"))
    play.do(RecordPartner(by=by("clerk"), **came))
    play.do(RecordPartner(by=by("clerk"), incident=DRILL, unit="exchange", came=False))
    play.do(EvaluateDrill(by=by("clerk"), incident=DRILL))
    assert {"PartnerTookPart", "PartnerStayedAway"} <= set(play.kinds(DRILL))
    shown = play.store.read(lambda uow: drill_shown(uow, DRILL, play.now))
    assert [one["came"] for one in shown["partners"]] == [True, False]
    assert play.store.read(lambda uow: drill_records(uow, site()))[-1].partners == ("carrier",)
    assert play.store.read(lambda uow: year_of_drills(uow, play.now, 2026)).joint == 1


def words_of(kind: str, facts: Any, language: str = "zh") -> str:
    """All that a paper says, without spaces and breaks."""
    return "".join(read(made(kind, facts, language).pdf).text.split())


def test_it_stands_in_the_papers(play: Play) -> None:
    """The plan with lines and text, the paper after it with who came, the year's with the units."""
    start(play)
    play.do(EndDrill(by=by("clerk"), incident=DRILL))
    play.do(RecordPartner(by=by("clerk"), incident=DRILL, unit="carrier", note="值班员王工"))
    sheet = play.store.read(lambda uow: plan_sheet(uow, "s", play.now))
    plan = words_of("drill-plan", sheet)
    for word in ("外部参演单位", "示例电信", "+862150190017", "核对管沟", "【演练】示例证券"):
        assert word in plan
    found = play.store.read(lambda uow: after_action(uow, DRILL, play.now))
    after = words_of("after-action", found)
    for word in ("示例电信", "值班员王工", "示例交易所", "未登记"):
        assert word in after
    year = play.store.read(lambda uow: year_of_drills(uow, play.now, 2026))
    assert "jointlywithExampleTelecom" in words_of("drill-year", year, "en")
