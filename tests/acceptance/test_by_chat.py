"""An outage told by chat lines alone: what people type, what they read, whom it rings."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from responder.domain.incident import Phase
from tests.stage.play import Play, everybody
from tests.stage.talk import Talk

MINUTE = timedelta(minutes=1)
EVERY_WAY = ("slack", "sms", "voice")
INC = "INC-2026-0001"


def test_an_outage_by_chat(play: Play) -> None:
    """Declared in Chinese, confirmed, taken, decided, worked, undone, restored, stood down."""
    talk = Talk(play)

    asked = talk.hears("clerk", "启动 “集中交易系统中断” 级别＝２ 系统＝集中交易系统")
    assert "将启动Ⅱ级响应：集中交易系统中断。将立即呼叫3人（duty、admin、boss）。" in asked
    assert play.rings() == [], "nothing rings before the second word"
    assert f"{INC} 已发起，预案已启动，正在呼叫：duty、admin。" in talk.hears("clerk", "是")
    assert play.rings() == [*everybody(["duty", "admin"], *EVERY_WAY), "boss voice"]

    play.wait(MINUTE / 2)
    assert "已登记，20:15由您接手，编号0001" in talk.hears("duty", "收到")
    assert play.tells() == ["admin slack told", "admin sms told"]
    assert "现场指挥：duty；决策人：boss" in talk.hears("clerk", "状态")

    assert "须先决策：暂停委托？" in talk.hears("duty", "完成 halt")
    assert "可由boss办理" in talk.hears("admin", "同意 我看可以")
    assert talk.hears("boss", "同意 止损") == "已决策：同意。"
    assert play.tells() == ["duty slack told", "duty sms told"]
    assert talk.hears("duty", "完成 暂停委托") == "已完成：暂停委托。"
    assert talk.hears("duty", "完成 1") == "已完成：确认人员安全。"
    assert talk.hears("duty", "撤销").startswith("已撤销：任务完成。")
    assert "□ 1 确认人员安全" in talk.hears("duty", "任务")
    assert talk.hears("duty", "记录：报盘已重启，成交回报正常") == "已写入处置记录。"

    assert "业务验证" in talk.hears("duty", "恢复正常"), "not before business is verified"
    assert talk.hears("head", "完成 业务验证") == "已完成：业务验证。"
    assert talk.hears("duty", "恢复正常").endswith("已恢复。")
    assert talk.hears("duty", "恢复正常") == f"{INC}已是“已恢复”（20:15 duty），无需再做。"
    assert talk.hears("duty", "结束应急").endswith("已结束应急。")

    one = talk.read(lambda uow, _: uow.incidents.get(INC))
    assert one.phase is Phase.STOOD_DOWN
    assert {entry.door for entry in play.timeline(INC)} == {"chat", "engine"}
    assert "报盘已重启，成交回报正常" in talk.hears("clerk", "时间线")
    play.rings(), play.tells()


def test_a_warning_by_chat(play: Play) -> None:
    """Raised, verified, lifted, each in the words of whoever says it."""
    talk = Talk(play)
    raised = talk.hears("clerk", "预警 “磁盘将满” system=crm level=3")
    assert raised.startswith("WRN-2026-0001 已登记，正在请值班负责人核实；20:20前")
    assert play.rings() == everybody(["duty"], *EVERY_WAY)
    assert talk.hears("duty", "核实 现场已看").startswith("WRN-2026-0001：已核实。")
    assert talk.hears("duty", "解除").startswith("请写明理由。")
    assert talk.hears("duty", "已扩容").startswith("WRN-2026-0001：已解除。")
    assert {line.split()[0] for line in play.tells()} == {"duty"}
    assert "没有未了结的预警" in talk.hears("duty", "预警列表")


def test_the_watch_changes_hands_by_chat(play: Play) -> None:
    """Offered by one, accepted by the other; until then nothing changes."""
    talk = Talk(play)
    talk.hears("clerk", "启动 leak level=3")
    talk.hears("head", "接手")
    play.rings(), play.tells()
    assert talk.hears("head", "交班 @duty").startswith("已请duty接班")
    assert "指挥：head" in talk.hears("duty", "事件")
    assert "duty已接班：现场指挥" in talk.hears("duty", "接班")
    assert "指挥：duty" in talk.hears("head", "事件")
    play.rings(), play.tells()


@pytest.fixture
def responder(tmp_path: Path):
    """`responder chat` as a process of its own, on the sample site and a fresh database."""

    def run(person: str, *lines: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "responder", "chat", "--as", person],
            input="\n".join(lines) + "\n",
            env={**os.environ, "RESPONDER_VAR": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run


def test_lines_from_a_pipe(responder) -> None:
    """Each line is answered in turn; what waits is confirmed by the next; all well is status 0."""
    done = responder("sun.qiang", "who", "启动 trading-outage", "yes", "收到", "记录 “已切换”")
    assert (done.returncode, done.stderr) == (0, "")
    assert "决策递补顺序" in done.stdout
    assert "INC-2026-0001 已发起" in done.stdout
    assert done.stdout.endswith("已写入处置记录。\n")


def test_a_refused_line_fails_the_pipe(responder) -> None:
    """A line that is refused is answered where the others are, and the status says so."""
    done = responder("sun.qiang", "\x1b[31m", "acc")
    assert done.returncode == 1
    assert "\x1b" not in done.stdout
    assert "您是否指：ack" in done.stdout


def test_completion_knows_verbs_people_and_ids() -> None:
    """Tab completes what may be typed next, people with an @ as well."""
    from responder.cli.chat import completions

    words = ["status", "sun.qiang", "INC-2026-0001", "状态"]
    assert completions("s", words) == ["status ", "sun.qiang "]
    assert completions("@SU", words) == ["@sun.qiang "]
    assert completions("inc-", words) == ["INC-2026-0001 "]
