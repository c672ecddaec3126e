"""The leaders' five lines: from facts alone, in both languages, short enough to be read at 3 am."""

from dataclasses import replace
from datetime import timedelta

import pytest

from responder.domain.five_lines import Situation, five_lines
from responder.domain.incident import Phase
from responder.domain.words import Words

OUTAGE = Situation(
    title=Words("集中交易系统中断", "Core trading system outage"),
    level=2,
    phase=Phase.ACTIVE,
    since="20:15",
    lasted=timedelta(minutes=65),
    systems=(Words("集中交易系统", "core trading"), Words("融资融券系统", "margin trading")),
    customers=120000,
    commander=Words("李娜", "Li Na"),
    done=3,
    tasks=9,
    last_done=Words("切换备用通道", "switch to the spare line"),
    left=((Words("业务验证", "Verify business"), "21:40"), (Words("公告", "Notice"), "")),
    overdue=1,
    report=Words("报送首次报告", "the first report"),
    report_by="21:30",
    next_brief="22:15",
)


def test_in_the_words_of_the_trade() -> None:
    """What and since when; whom; what is done; what next; what is wanted and when they hear."""
    zh = [line.zh for line in five_lines(OUTAGE)]
    assert zh == [
        "集中交易系统中断，20:15启动预案，现为Ⅱ级响应，已1小时5分。",
        "集中交易系统、融资融券系统；系统登记客户120,000户，实际受影响数正在核实。",
        "处置中，现场指挥李娜，任务完成3/9，逾期1项，最近完成：切换备用通道。",
        "业务验证（21:40前）；21:30前报送首次报告。",
        "暂无须决策事项，请知悉。下次快报22:15前。",
    ]
    en = [line.en for line in five_lines(OUTAGE)]
    assert (
        en[0] == "Core trading system outage. Plan active since 20:15, level 2, 1 h 5 min so far."
    )
    assert en[4] == "Nothing to decide. Next brief by 22:15."


def test_what_somebody_wants_of_the_leaders_is_the_last_line() -> None:
    """Their words go before what the record would say; a waiting decision before nothing."""
    wanted = five_lines(replace(OUTAGE, wanted="请决定是否暂停委托。")).need
    assert wanted.zh == "请决定是否暂停委托。下次快报22:15前。"
    asked = ((Words("暂停委托", "Halt orders"), Words("陈国", "Chen Guo"), "21:25"),)
    assert five_lines(replace(OUTAGE, decisions=asked)).need == Words(
        "暂停委托，请陈国21:25前决策。下次快报22:15前。",
        "Halt orders: Chen Guo by 21:25. Next brief by 22:15.",
    )


def test_what_is_not_known_is_said_to_be_unknown() -> None:
    """No figure is made up, no commander either."""
    bare = five_lines(Situation(Words("异常", "Trouble"), 3, Phase.DECLARED, "03:00", timedelta(0)))
    assert bare.what.zh == "异常，03:00启动预案，现为Ⅲ级响应。"
    assert bare.scope.zh == "影响范围正在核实；受影响客户数正在核实。"
    assert bare.state.zh == "已启动预案，尚无现场指挥。"
    assert bare.next_step.zh == "按预案继续处置。"


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("changed", [None, True, False])
def test_every_line_says_something_and_ends(phase: Phase, changed: bool | None) -> None:
    """In both languages, whatever is missing; no cause is named, nothing is promised for good."""
    for found in (OUTAGE, Situation(Words("x", "x"), 1, phase, "03:00", timedelta(0))):
        for line in five_lines(replace(found, phase=phase, changed=changed)):
            assert line.zh.endswith("。")
            assert line.en.endswith(".")
            assert not any(word in line.zh for word in ("原因是", "疑似", "完全恢复"))
    assert ("较上次无变化" in five_lines(replace(OUTAGE, changed=False)).state.zh) is True
