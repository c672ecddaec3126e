"""The site's message templates: complete, short, in the house's words, clear about what follows."""

import re
from itertools import product

import pytest

from responder.documents import sms
from responder.documents.facts import vocabulary
from responder.documents.messages import FALLBACK, Messages
from responder.domain.message import FOR_ROOMS, TO_PLACES, Purpose
from responder.domain.people import CHAT
from tests.unit.documents.samples import COMMON, LANGUAGES, OWN, TEMPLATES, VIAS, message

PURPOSES = [purpose for purpose in Purpose if purpose not in TO_PLACES]
SIGNATURE = "【示例证券】"
FOLLOWS = {
    "zh": {
        Purpose.PAGE: "未(答复|回).{0,6}将呼叫张伟",
        Purpose.DECISION: "未(答复，将请张伟代行决策|回转张伟)",
        Purpose.STILL_THERE: "未(答复|回)，现场指挥转李娜",
        Purpose.VERIFY_WARNING: "未核实，?将(按处置方案)?呼叫王芳",
        Purpose.ALARM: "系统不会自行处理",
        Purpose.HANDOVER: "接班(之)?前，?仍由王芳负责",
        Purpose.TOLD: "无需答复",
        Purpose.CANCELLED: "不再呼叫",
        Purpose.ROLL_CALL: "未(答复，|回)将再次呼叫",
        Purpose.CALL_TASK: "系统不会?代拨",
        Purpose.BRIEF: "无需答复",
        Purpose.BRIEF_DUE: "未通报，将告警",
        Purpose.DUE: "未(答复|回)，?将请李娜",
        Purpose.ASSENT: "未答复不生效",
        Purpose.CHECK_IN: "(22:10|二十二点十分)前未签到，将(打电话|通知备岗)",
        Purpose.INVITATION: "未答复(的，)?仍(按参演人员)?通知",
        Purpose.HOT_WASH: "不答复不再询问",
        Purpose.INJECT: "无需按键答复",
        Purpose.TEST: "未答复，系统不再联系您|未核验|五分钟后再呼",
    },
    "en": {
        Purpose.PAGE: r"by 20:18: (the next call goes to Zhang Wei|Zhang Wei next)",
        Purpose.DECISION: r"(?i)by 20:25(: Zhang Wei is asked|, then Zhang Wei)",
        Purpose.STILL_THERE: "by 20:50: command passes to Li Na",
        Purpose.VERIFY_WARNING: "(?s)by 20:20: .*Wang Fang",
        Purpose.ALARM: "not be mended unless you do|It needs you",
        Purpose.HANDOVER: "Until .*Wang Fang (stays responsible|has it)",
        Purpose.TOLD: "No (answer is|reply) needed",
        Purpose.CANCELLED: "not called again|no more calls",
        Purpose.ROLL_CALL: "by 20:30: you are called",
        Purpose.CALL_TASK: "No machine will",
        Purpose.BRIEF: "No (answer is|reply) needed",
        Purpose.BRIEF_DUE: "Nothing by 21:15: an alarm",
        Purpose.DUE: "No (answer|reply): Li Na is asked",
        Purpose.ASSENT: "it does not take effect",
        Purpose.CHECK_IN: "Nothing by (22:10|.*ten.*): (you are called|the backup is told)",
        Purpose.INVITATION: "you are still told",
        Purpose.HOT_WASH: "not asked again",
        Purpose.INJECT: "No key is needed",
        Purpose.TEST: "you are not contacted again|stays unproved|rings again in five minutes",
    },
}
"""What happens next if you do nothing: each purpose's own words for it."""
NOT_TO_USE = (
    *("你", "亲", "用户", "寻呼", "认领", "升级", "剧本", "指挥官", "工单", "推送", "待命工程师"),
    *("确认警报", "解决警报", "已完全修复", "已解决", "疑似", "刚才", "马上", "一会儿", "杠"),
    *("！", "!", "按1以", "提交", "认证", "报警系统", "审批"),
)
"""The column "don't" of the house's rules, and exclamation marks."""
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!]|[,;?!][\u4e00-\u9fff]")
HOLES = re.compile(r"[{}]|None|undefined|  |。。|，。|，，|：。|(?<!\.)\.\.(?!\.)|，将。|\(\)|（）")
CASES = list(product(PURPOSES, VIAS, LANGUAGES, (False, True)))

rendering = Messages(TEMPLATES)


def text_of(purpose, via, language, drill=False, **facts):
    return rendering.message(message(purpose, via, language, drill=bool(drill), **facts))


@pytest.mark.parametrize(("purpose", "via", "language", "drill"), CASES)
def test_every_text_renders_and_says_what_follows(purpose, via, language, drill):
    """Each purpose, way and language has its template, which says what happens next."""
    text = text_of(purpose, via, language, drill)
    assert text.reason == ""
    assert re.search(FOLLOWS[language][purpose], text.body), text.body
    assert bool(text.subject) == (via == "email")
    assert not HOLES.search(text.body), text.body


@pytest.mark.parametrize(("purpose", "via", "language", "drill"), CASES)
def test_an_sms_is_one_message(purpose, via, language, drill):
    """With the signature, 70 characters in Chinese, 160 in English: one segment each."""
    if via != "sms":
        return
    body = text_of(purpose, via, language, drill).body
    assert sms.is_gsm(body) == (language == "en"), body
    assert sms.length((SIGNATURE if language == "zh" else "") + body) <= (
        70 if language == "zh" else 160
    ), body
    assert body.endswith("0017"), body
    assert "\n" not in body


@pytest.mark.parametrize("drill", [False, True])
@pytest.mark.parametrize("purpose", PURPOSES)
def test_an_sms_still_fits_with_long_facts(purpose, drill):
    """Long titles, names and reasons are cut so that one message still carries the answer."""
    long = {
        "title": "集中交易系统部分营业部委托报送缓慢并出现重复回报",
        "reason": "监控系统时钟偏移造成误报，交易与行情均正常",
        "what": "决策递补顺序已全部联系不上，正在同时请示应急指挥决策机构全体成员。",
        "next": "欧阳振华、王芳" if purpose is Purpose.PAGE else "司马相如",
        "whom": "中国证券监督管理委员会上海监管局",
    }
    facts = {name: value for name, value in long.items() if name in vocabulary(purpose)}
    body = text_of(purpose, "sms", "zh", drill, **facts).body
    assert sms.segments(SIGNATURE + body) == 1, body
    assert body.endswith("0017")


@pytest.mark.parametrize(("purpose", "via", "language", "drill"), CASES)
def test_the_house_speaks_with_one_voice(purpose, via, language, drill):
    """No word the house does not use, no exclamation, no half-width sign in Chinese."""
    if language != "zh":
        return
    text = text_of(purpose, via, language, drill)
    words = text.subject + text.body
    assert [word for word in NOT_TO_USE if word in words] == []
    assert not HALF_WIDTH.search(words), words


@pytest.mark.parametrize("drill", [False, True])
def test_a_call_is_short_before_the_keys(drill):
    """A page takes at most 20 seconds before the keys: 4 characters a second, or 2.5 words."""
    zh = text_of(Purpose.PAGE, "voice", "zh", drill).body
    en = text_of(Purpose.PAGE, "voice", "en", drill).body
    assert len(zh.partition("接手请按1")[0]) <= (100 if drill else 80)
    assert len(en.partition("To take it")[0].split()) <= (65 if drill else 50)


def test_a_decision_by_phone_is_short_before_the_keys():
    """Whom it concerns, what is asked, what follows: half a minute at most, then the keys."""
    zh = text_of(Purpose.DECISION, "voice", "zh").body
    en = text_of(Purpose.DECISION, "voice", "en").body
    assert len(zh.partition("同意请按4")[0]) <= 110
    assert len(en.partition("To approve")[0].split()) <= 75


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_call_says_the_action_before_the_key(purpose):
    """接手请按1, never 按1接手; figures are spoken as words."""
    body = text_of(purpose, "voice", "zh").body
    assert not re.search(r"按\d+(?!，|。|\d)", body), body
    assert not re.search(r"\d{1,2}:\d\d|\d{4}", body), body
    assert "Ⅱ" not in body


def test_the_first_words_say_who_what_and_how_bad():
    """A page begins with the firm or the level, then what is the matter."""
    assert text_of(Purpose.PAGE, "voice", "zh").body.startswith(
        "应急呼叫，示例证券。集中交易系统中断，二十点十五分启动二级响应"
    )
    assert text_of(Purpose.PAGE, "slack", "zh").body.startswith("🔴 Ⅱ级响应 · 集中交易系统中断")
    assert text_of(Purpose.PAGE, "sms", "zh").body.startswith(
        "应急：集中交易系统中断，20:15起二级响应"
    )
    assert text_of(Purpose.PAGE, "voice", "en").body.startswith(
        "Emergency call, Example Securities. Level two: Core trading system outage"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose", PURPOSES)
def test_every_fact_may_be_missing(purpose, language):
    """Any fact may be empty or absent; the text still reads, and no template breaks."""
    names = [*COMMON[language], *OWN[language][purpose]]
    for via in VIAS:
        for name in names:
            text = text_of(purpose, via, language, **{name: ""})
            assert text.reason == ""
        bare = message(purpose, via, language)
        bare.facts = {"title": "集中交易系统中断"}
        assert rendering.message(bare).reason == ""


def test_what_is_missing_leaves_no_hole():
    """Without a next person or a deadline the sentence is another one, not half of one."""
    call = text_of(Purpose.PAGE, "voice", "zh", next="", deadline="").body
    assert "。未答复，将再次呼叫您。" in call
    asked = text_of(Purpose.DECISION, "sms", "zh", next="", acting_for="").body
    assert "请您决策：" in asked
    assert "未回转全体决策人" in asked
    nothing = dict.fromkeys(("title", "system", "playbook", "incident"), "")
    assert "涉及" not in text_of(Purpose.ALARM, "slack", "zh", **nothing).body


def test_the_link_is_used_where_there_is_one():
    """An email answers through its link, or says which ways do answer."""
    for purpose in (Purpose.PAGE, Purpose.DECISION, Purpose.ROLL_CALL):
        linked = text_of(purpose, "email", "zh", link="https://example.com/r/abc").body
        assert "https://example.com/r/abc" in linked
        assert "编号0017" in text_of(purpose, "email", "zh").body


def test_every_template_has_a_purpose():
    """No file lies in the folder that nothing would ever use."""
    known = {f"{purpose}.{form}.j2" for purpose in PURPOSES for form in FALLBACK}
    known |= {f"{purpose}.chat.j2" for purpose in FOR_ROOMS}
    for language in LANGUAGES:
        names = {path.name for path in (TEMPLATES / language).iterdir()}
        assert names <= known
        assert {f"{p}.{form}.j2" for p in PURPOSES for form in ("voice", "sms", "chat")} <= names


ROOMS = list(product(sorted(FOR_ROOMS), CHAT, LANGUAGES, (False, True)))


@pytest.mark.parametrize(("purpose", "via", "language", "drill"), ROOMS)
def test_a_room_is_told_of_in_the_same_voice(purpose, via, language, drill):
    """A room's first line and its card render with whatever facts there are, drills marked."""
    full = text_of(purpose, via, language, drill)
    bare = message(purpose, via, language, drill=drill)
    bare.facts = {"title": "集中交易系统中断", "level": 2, "at": "20:15", "incident": "INC-1"}
    for text in (full, rendering.message(bare)):
        assert text.reason == ""
        assert not HOLES.search(text.body), text.body
        assert text.body.startswith(("【演练】", "DRILL")) == drill
    if language == "zh":
        assert [word for word in NOT_TO_USE if word in full.body] == []
        assert not HALF_WIDTH.search(full.body), full.body


def test_the_card_says_who_leads_and_who_is_missing():
    """What people look for first: state, commander, who took it, who is rung, what is open."""
    body = text_of(Purpose.CARD, "slack", "zh").body
    assert body.startswith("🔴 Ⅱ级响应 · 集中交易系统中断")
    for said in (
        "处置中",
        "现场指挥：李娜",
        "已接手：李娜 20:16",
        "呼叫中：王芳",
        "联系不上：王芳的电话",
    ):
        assert said in body, body
    early = text_of(Purpose.CARD, "slack", "zh", commander="", provisional="王芳").body
    assert "临时现场负责人：王芳" in early
