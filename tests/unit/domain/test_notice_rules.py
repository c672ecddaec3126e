"""What keeps a notice from going out: each rule by cases, and what they promise together."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.domain.agreed_line import Version
from responder.domain.notice import FIRST, FOLLOW_UP, PROGRESS, RESTORED, Notice
from responder.domain.notice_phrases import figures_in, numbers_in
from responder.domain.notice_rules import Ground, objections
from responder.domain.wording import phrases, said_in
from responder.domain.words import Words

NOW = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
LINE = Version(
    2,
    Words("系统异常，因本次故障造成的影响正在核查。", "We are restoring it."),
    "duty",
    NOW,
    "f" * 64,
    never_say={"zh": ("影响很小", "数据没丢（未核实前）／不会丢"), "en": ("It hardly matters",)},
    approved_by="boss",
    approved_at=NOW,
)
ZONES = {"zh": "北京时间", "en": "Beijing time"}
GROUND = Ground(NOW, LINE, signature={"zh": "【示例证券】"}, zone_words=ZONES)
BODY = "20时15分起我司系统异常，可用电话委托。时间均为北京时间。"


def notice(of_incident: str = FIRST, body: str = BODY, **given: str) -> Notice:
    """A sound one, its text ending with what people filled in."""
    text = body + "".join(given.values())
    return Notice(
        id="1",
        incident="INC-2026-0001",
        template=f"trading-outage.{of_incident}",
        drafted_at=NOW,
        drafted_by="duty",
        given=given,
        blanks={"zh": {"alternatives": "电话委托"}},
        texts={"investors/zh": text, "sms/zh": "系统异常，致电021-50009500"},
        line_version=2,
        line_sha256=LINE.sha256,
        next_update_at=NOW + timedelta(minutes=30),
    )


def rules(one: Notice, ground: Ground = GROUND) -> list[str]:
    return [found.rule for found in objections(one, ground)]


def test_a_sound_notice_has_nothing_against_it():
    """First, progress, restored once it is so, and a follow-up once the cause is known."""
    assert rules(notice()) == rules(notice(PROGRESS)) == []
    assert rules(notice(RESTORED), replace(GROUND, restored=True)) == []
    assert rules(notice(FOLLOW_UP), replace(GROUND, cause_is_known=True)) == []


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("原因是数据库故障", "cause"),
        ("由供应商升级导致", "cause"),
        ("因网络攻击造成", "cause"),
        ("疑似黑客攻击", "cause"),
        ("due to a hardware fault", "cause"),
        ("caused by our supplier", "cause"),
        ("马上恢复", "time"),
        ("预计稍后恢复", "time"),
        ("it will be back shortly", "time"),
        ("联系客户13800138000", "personal"),
        ("身份证110101199003077758", "personal"),
        ("卡号6222 0212 3456 7890 123", "personal"),
        ("资金账号：100200300", "personal"),
        ("account no. 100200300", "personal"),
        ("write to wang@example.com", "personal"),
        ("影响 很小！", "never_say"),
        ("数据没丢", "never_say"),
        ("it hardly matters", "never_say"),
    ],
)
def test_what_people_fill_in_is_looked_at(said, rule):
    """A cause before its time, a vague time, a customer's data, a forbidden phrase."""
    assert rule in rules(notice(scope=said))


@pytest.mark.parametrize(
    "said",
    [
        "原因正在核查",
        "20时15分起无法委托",
        "对由此造成的影响深表歉意",
        "The cause is being looked into",
        "电话021-50009500",
        "电话400-820-8888",
        "120,000户客户",
        "2026年11月23日20时45分前",
    ],
)
def test_what_is_sound_passes(said):
    """Ordinary words of a notice are no fault."""
    assert rules(notice(scope=said)) == []


def test_the_lines_own_words_are_approved():
    """A sentence of the approved line may stand, whatever it says."""
    assert rules(notice(body=BODY + LINE.line.zh)) == []


def test_the_line():
    """It is approved, and the one the notice was made from."""
    assert rules(notice(), replace(GROUND, line=None)) == ["line"]
    waiting = replace(LINE, approved_at=None)
    assert rules(notice(), replace(GROUND, line=waiting)) == ["line"]
    newer = replace(LINE, number=3, sha256="e" * 64)
    assert rules(notice(), replace(GROUND, line=newer)) == ["line"]


def test_blanks_ways_and_the_next_update():
    """Nothing is unfilled, investors can do something, and the promise lies ahead."""
    lacking = notice()
    lacking.lacking = ("scope",)
    assert rules(lacking) == ["blank"]
    idle = notice()
    idle.blanks = {"zh": {"alternatives": " "}}
    assert rules(idle) == ["ways"]
    late = notice()
    late.next_update_at = NOW
    assert rules(late) == ["next"]
    late.next_update_at = None
    assert rules(late) == ["next"]
    assert rules(notice(body="可用电话委托。")) == ["zone"]


def test_restoration_is_said_when_it_is_so():
    """The notice waits for the state; "fully" waits for the end of the continuing report."""
    assert rules(notice(RESTORED)) == ["restored"]
    told = notice(RESTORED, verified_functions="全部恢复")
    ground = replace(GROUND, restored=True)
    assert rules(told, ground) == []
    assert rules(told, replace(ground, continuing=True)) == ["wholly"]
    english = notice(RESTORED, verified_functions="fully restored")
    assert rules(english, replace(ground, continuing=True)) == ["wholly"]


@pytest.mark.parametrize(
    ("scope", "fits"),
    [("12万户客户", True), ("120,000户", True), ("影响30%的委托", True), ("13万户", False)],
)
def test_figures(scope, fits):
    """They are the report's, however they are written."""
    ground = replace(GROUND, figures=frozenset(numbers_in("120000户，30%")))
    assert (rules(notice(scope=scope), ground) == []) is fits


def test_an_sms_fits_with_its_signature():
    """Seventy characters, the signature included; one more is one too many."""
    one = notice()
    for length, fits in ((64, True), (65, False)):
        one.texts["sms/zh"] = "字" * length
        assert (rules(one) == []) is fits


def test_phrases_and_figures_are_read_bare():
    """Asides go, `／` parts, short ones count for nothing; 12万 is 120000."""
    assert phrases(LINE.never_say["zh"]) == ("影响很小", "数据没丢")
    assert said_in("影响很小", "影响，很 小。")
    assert figures_in("1.2万户、3,400 orders、5%") == {"12000", "3400", "5"}


@given(st.text(max_size=300), st.sampled_from([FIRST, PROGRESS, RESTORED, FOLLOW_UP]))
def test_any_text_is_judged(text, of_incident):
    """Nothing that people type breaks a rule's machinery, and every objection has its mend."""
    for found in objections(notice(of_incident, scope=text), GROUND):
        assert found.what.zh
        assert found.what.en
        assert found.mend.zh
        assert found.mend.en
