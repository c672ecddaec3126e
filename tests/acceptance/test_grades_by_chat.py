"""An event's grade confirmed by chat: what is proposed and why, which rule, what would follow."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from responder.commands.firm import AcceptSite
from responder.commands.obligations.reconciling import changes_by
from responder.commands.queries import find_incident
from responder.commands.reports.dossier import EnterFact
from responder.commands.reports.grade import ConfirmGrade, confirm
from responder.domain.dossier import Dossier
from responder.domain.regime import Comparison, Criterion, GradeRule
from responder.domain.site import Site
from responder.domain.words import Words
from responder.inbound.language.conversation import Conversation
from responder.ports.unit_of_work import UnitOfWork
from tests.stage.play import Play, by
from tests.stage.regulated import GRADED, LOCAL, regulated_firm
from tests.stage.talk import Talk

INC = "INC-2026-0001"
PROPOSING = replace(
    GRADED,
    gradings=(
        GradeRule(
            "major",
            (Criterion("customers", Comparison.AT_LEAST, "100000"),),
            says=Words("影响客户10万以上", "100,000 customers or more"),
        ),
    ),
    grading=True,
)
ABROAD = replace(
    LOCAL,
    id="abroad",
    name=Words("境外规则", "rules abroad"),
    scale={
        "material": Words("重大", "material"),
        "not_material": Words("非重大", "not material"),
    },
)


def told(play: Play, site: Site) -> Talk:
    """An outage in a firm of these rules."""
    play.do(AcceptSite(site=site))
    talk = Talk(play)
    talk.hears("clerk", "启动 “集中交易系统中断” plan=outage")
    talk.hears("clerk", "是")
    return talk


@pytest.fixture
def talk(play: Play) -> Iterator[Talk]:
    """One rule, whose criteria propose a grade."""
    yield told(play, regulated_firm(PROPOSING))
    play.outgoing.clear()


@pytest.fixture
def several(play: Play) -> Iterator[Talk]:
    """Three rules, two of them with the standard's four grades."""
    yield told(play, regulated_firm(LOCAL, GRADED, ABROAD))
    play.outgoing.clear()


def confirmed(talk: Talk) -> list[tuple[str, str, str]]:
    """Regime, grade and reason of each confirmation on the record."""
    entries = [e.payload or {} for e in talk.play.timeline(INC) if e.kind == "GradeConfirmed"]
    return [(e["regime"], e["grade"], e["reason"]) for e in entries]


def test_without_a_word_more_it_says_what_is_proposed_and_how_to_confirm(talk: Talk) -> None:
    """Not graded, then proposed by its rule, then confirmed by whom: nothing is done by asking."""
    asked = talk.hears("chief", "确认等级")
    assert asked.startswith(
        "分级制度（graded）：未定级，待具名确认。可能更重，尚不知：影响客户数。"
    )
    assert "请写明事件等级。" in asked
    assert "2. 重大" in asked
    fact = EnterFact(by=by("duty"), incident=INC, field="customers", value="120000")
    talk.play.do(fact)
    shown = talk.hears("clerk", "事件等级")
    assert shown == (
        "分级制度（graded）：拟定重大，待具名确认。按规则：影响客户10万以上。\n"
        "确认请说：确认等级 较大 “客户影响扩大”"
    )
    assert confirmed(talk) == []
    talk.hears("chief", "确认等级")
    assert "将起算：重大事件首报" in talk.hears("chief", "2")
    assert "已确认：分级制度事件等级为重大。" in talk.hears("chief", "是")
    assert confirmed(talk) == [("graded", "major", "")]
    assert "重大，chief 20:15确认。" in talk.hears("clerk", "查看等级")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("确认等级 重大", ""),
        ("定级 重大", ""),
        (f"定级 {INC} 重大 客户影响扩大", "客户影响扩大"),
        ("确认等级 重大 依据 客户影响扩大", "客户影响扩大"),
        ("确认等级 重大 依据=“客户影响扩大”", "客户影响扩大"),
        ("grade major because customers are affected", "customers are affected"),
        ('level major "as agreed"', "as agreed"),
        ("grade graded major", ""),
    ],
)
def test_a_grade_in_many_words(talk: Talk, line: str, reason: str) -> None:
    """In both languages, by 定级 too; what starts is read before it starts."""
    asked = talk.hears("chief", line)
    assert asked.startswith(f"将确认{INC}的事件等级为重大（分级制度）。将起算：重大事件首报（时限")
    assert confirmed(talk) == []
    talk.hears("chief", "是")
    assert confirmed(talk) == [("graded", "major", reason)]


def test_what_is_not_demanded_any_more_is_asked_too(talk: Talk) -> None:
    """To confirm that nothing is due is as grave; against the proposal, that is named."""
    talk.play.do(EnterFact(by=by("duty"), incident=INC, field="customers", value="120000"))
    asked = talk.hears("chief", "确认等级 一般")
    assert "按规则拟定的是重大：影响客户10万以上。将不再要求：重大事件首报。" in asked
    assert talk.hears("chief", "否") == "好的，没有执行。"
    assert confirmed(talk) == []


def test_another_grade_needs_its_reason_and_compliance_hears(talk: Talk) -> None:
    """It was confirmed: the same again changes nothing, another is asked why."""
    talk.hears("chief", "定级 重大")
    talk.hears("chief", "是")
    talk.play.outgoing.clear()
    assert "chief 20:15确认。无需再做。" in talk.hears("chief", "确认等级 重大")
    assert "请写明理由。" in talk.hears("chief", "确认等级 一般")
    asked = talk.hears("chief", "影响核减")
    assert "此前确认为重大。将不再要求：重大事件首报。" in asked
    talk.hears("chief", "是")
    assert confirmed(talk)[1:] == [("graded", "ordinary", "影响核减")]
    assert "law" in {message.person for _, message in talk.play.outgoing}


def test_of_several_rules_it_is_asked_which(several: Talk) -> None:
    """Those that have such a grade, by their names; where a word is one rule's alone, that one."""
    asked = several.hears("chief", "确认等级 较大 客户影响扩大")
    assert "请指明按哪一项报告规则。" in asked
    assert "1. 本地监管 (local)\n2. 分级制度 (graded)" in asked
    assert "abroad" not in asked
    assert several.hears("chief", "1") == "已确认：本地监管事件等级为较大。"
    assert confirmed(several) == [("local", "larger", "客户影响扩大")]
    assert "境外规则事件等级为非重大" in several.hears("chief", "定级 非重大")
    assert "本地监管（local）：较大" in several.hears("chief", "事件等级 local")
    named = several.hears("chief", "确认等级 重大 graded 影响扩大")
    assert "重大（分级制度）" in named
    assert "3. 境外规则 (abroad)" in several.hears("chief", "确认等级 重大")
    assert "请写明理由。" in several.hears("chief", "3"), "another grade was confirmed there"
    several.hears("chief", "复核")
    several.hears("chief", "是")
    assert confirmed(several)[-1] == ("abroad", "material", "复核")


def test_in_english(several: Talk) -> None:
    """The same in the other language."""
    several.hears("chief", "lang en")
    asked = several.hears("chief", "grade")
    assert "local rules (local): not graded; a named person confirms it." in asked
    assert "Say which grade." in asked
    asked = several.hears("chief", "grade graded major because trading is down")
    assert asked.startswith(f"This confirms the grade of {INC} as major (graded rules).")
    assert "The clock starts of major incident, initial (due 2026-" in asked
    assert several.hears("chief", "yes") == "Confirmed: graded rules grade major."
    assert "To confirm: grade larger" in several.hears("chief", "grade show")


def test_a_slip_is_answered_with_its_mend(several: Talk) -> None:
    """A grade nobody knows, one of another rule, somebody without the right, no rule at all."""
    assert "您是否指：较大" in several.hears("chief", "确认等级 较打")
    assert "请写明事件等级" in several.hears("chief", "确认等级 超级 很重")
    misfit = several.hears("chief", "确认等级 特别重大 abroad")
    assert "境外规则没有“特别重大”这一等级，没有执行。 可用：重大、非重大。" in misfit
    assert "例：定级 2" in several.hears("chief", "定级 超级")
    refused = several.hears("duty", "确认等级 较大 local 从严")
    assert "duty无权确认事件等级" in refused
    assert confirmed(several) == []


def test_without_any_rule_there_is_no_grade(play: Play) -> None:
    """Which rules apply is the site's to say."""
    talk = told(play, replace(regulated_firm(LOCAL), applies=()))
    assert "没有适用的报告规则" in talk.hears("chief", "确认等级")
    assert "没有适用的报告规则" in talk.hears("chief", "事件等级")
    play.outgoing.clear()


def test_in_a_channel_of_others_the_choice_is_of_who_was_asked(several: Talk) -> None:
    """Where others speak, nobody answers for another."""
    channel = Conversation(incident=INC)
    several.says("chief", "定级 较大", channel)
    assert several.says("clerk", "1", channel).refused
    assert "本地监管" in several.says("chief", "1", channel).text


def test_what_is_foreseen_is_what_happens(talk: Talk) -> None:
    """The same changes of the same reports; to look keeps none of them."""
    play = talk.play
    for grade in ("major", "ordinary", "extraordinary", "larger"):
        before = len(play.timeline(INC))
        foreseen = talk.read(partial(_foreseen, grade))
        assert len(play.timeline(INC)) == before
        command = ConfirmGrade(
            by=by("chief"), incident=INC, regime="graded", grade=grade, reason="复核"
        )
        play.do(command)
        after = play.timeline(INC)[before:]
        happened = [
            (e.kind, (e.payload or {})["obligation"]) for e in after if "Obligation" in e.kind
        ]
        assert happened == foreseen
        assert happened


def _foreseen(grade: str, uow: UnitOfWork, now: datetime) -> list[tuple[str, str]]:
    incident = find_incident(uow, INC)
    dossier = uow.dossiers.get(INC) or Dossier(INC)
    confirm(dossier, "graded", grade, by("chief"), now)
    return [(kind, row.id) for kind, row in changes_by(uow, incident, dossier, now)]


WORDS = st.sampled_from(
    [
        *(
            "确认等级",
            "定级",
            "事件等级",
            "grade",
            "level",
            "较大",
            "重大",
            "非重大",
            "local",
            "graded",
        ),
        *(
            "abroad",
            INC,
            "0001",
            "2",
            "1",
            "是",
            "否",
            "依据",
            "依据=“x”",
            "because",
            "“x”",
            "规则=local",
        ),
    ]
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lines=st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), max_size=4))
def test_any_words_about_grades_are_answered(several: Talk, lines: list[str]) -> None:
    """Whatever is said in whatever order, by itself or as an answer, nothing raises."""
    for line in lines:
        assert several.hears("chief", line)
