"""Facts and reports by chat, in Chinese and English: from the first word to the receipt."""

from datetime import timedelta

import pytest

from responder.commands.firm import AcceptSite
from tests.stage.play import Play
from tests.stage.regimes import reporting_firm
from tests.stage.talk import Talk

INC = "INC-2026-0001"


@pytest.fixture
def talk(play: Play) -> Talk:
    """An outage that the duty lead commands, in the firm that reports."""
    play.do(AcceptSite(site=reporting_firm()))
    talk = Talk(play)
    talk.hears("clerk", "启动 “集中交易系统中断” plan=outage")
    talk.hears("clerk", "是")
    talk.hears("duty", "收到")
    play.now += timedelta(minutes=1)
    return talk


def test_a_report_in_chinese(play: Play, talk: Talk) -> None:
    """Facts, draft, read-out, call, signature by another, submission: each with its own words."""
    said = talk.hears("liaison", "起草报告 cn/first-two")
    assert said.startswith(f"{INC}/1 网信报告：已填5/15项必填，估计2项")
    assert "已登记影响客户数：12,000。" in talk.hears("liaison", "事实 影响客户数 1.2万 --估计")
    for line in (
        "事实 地点 上海数据中心",
        "事实 影响范围 全部网上交易",
        "事实 影响程度 不能委托",
        "事实 经济损失 ?",
        "事实 后果 客户不能交易",
        "事实 原因 待核实",
        "事实 事件性质初步判断 设备故障",
        "事实 需要协助处置的事宜 无",
    ):
        assert talk.hears("liaison", line).startswith("已登记"), line
    talk.hears("duty", "完成 safety")
    shown = talk.hears("liaison", "看报告 1")
    assert "已填14/15项必填" in shown
    assert "缺：与本事件有关的其他内容" in shown
    talk.hears("liaison", "事实 其他有关内容 无")
    sheet = talk.hears("liaison", "电话报告 1")
    assert "您好，我是示例证券通报联络人liaison，报告一起网络与信息安全事件。" in sheet
    assert "影响客户约12,000户" in sheet
    assert "原因正在核查。" in sheet
    assert "已登记电话报告" in talk.hears("liaison", "电话报告 1 接报人=王处 时间=20:15")
    play.outgoing.clear()
    assert "已送签" in talk.hears("liaison", "送签 1")
    asked = next(m for _, m in play.outgoing if m.person == "boss")
    assert f"签发请发送：签发报告 {INC} 1" in asked.facts["what"]
    assert "提出人不能自己确认" in talk.hears("liaison", "签发报告 1")
    assert "已签发，内容不再变动" in talk.hears("clerk", f"签发报告 {INC} 1")
    assert "没有报送凭证" in talk.hears("liaison", "报出 1")
    assert "已登记报出" in talk.hears("liaison", "报出 1 回执=2026-118")
    assert "1 cn/first-two · 已报出" in talk.hears("clerk", "监管报告")
    timeline = talk.hears("clerk", "时间线 last=60")
    assert "liaison登记影响客户数：12000（估计）" in timeline
    assert "clerk签发网信报告（1号报告" in timeline
    assert "接报人王处" in timeline
    assert talk.hears("liaison", "更正报告 1 “人数核实”").startswith(f"{INC}/2")
    assert "2 cn/first-two · 起草中，更正1号" in talk.hears("clerk", "监管报告")
    play.outgoing.clear()


def test_a_report_in_english(play: Play, talk: Talk) -> None:
    """The same verbs, the same answers, in English."""
    talk.hears("liaison", "lang en")
    assert talk.hears("liaison", "report draft eu/initial").startswith(f"{INC}/1 Initial: 3 of 3")
    assert "Clients affected: 12,000." in talk.hears("liaison", "fact customers 12000 --estimate")
    shown = talk.hears("liaison", "report show 1")
    assert "3/3 mandatory fields answered" in shown
    assert "Against the record" not in shown
    talk.hears("liaison", "fact occurred_at 20:15:30")
    against = talk.hears("liaison", "report show 1")
    assert "Against the record: it begins" in against
    assert "Clients affected: 12,000 (estimate) · Liaison" in talk.hears("liaison", "facts")
    assert "Good day. I am Liaison" in talk.hears("liaison", "report phone 1")
    play.outgoing.clear()


def test_what_is_unclear_is_asked_for(play: Play, talk: Talk) -> None:
    """A word missing is asked for, a word unknown gets the nearest."""
    assert "请指明哪一项报告" in talk.hears("liaison", "起草报告")
    assert "影响客户数" in talk.hears("liaison", "事实 影响客户 100")
    assert "请指明哪一份报告" in talk.hears("liaison", "看报告")
    play.outgoing.clear()
