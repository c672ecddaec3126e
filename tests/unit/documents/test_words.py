import pytest

from responder.documents.words import CHINESE, ENGLISH, capital, filters


@pytest.mark.parametrize(
    ("time", "said"),
    [
        ("20:15", "二十点十五分"),
        ("20:00", "二十点整"),
        ("20:05", "二十点零五分"),
        ("00:07", "零点零七分"),
        ("02:00", "两点整"),
        ("2:30", "两点三十分"),
        ("12:10", "十二点十分"),
        ("10:59", "十点五十九分"),
        ("23:40", "二十三点四十分"),
        ("", ""),
        ("明早8:30前", "明早八点三十分前"),
        ("24:00", "24:00"),
        ("20:15:30", "20:15:30"),
        ("120:15", "120:15"),
    ],
)
def test_times_are_spoken_as_people_say_them(time, said):
    """A time is read in full, on the hour as 整, and nothing else is taken for a time."""
    assert CHINESE["spoken_time"](time) == said


@pytest.mark.parametrize(
    ("level", "roman", "chinese", "spoken", "digit"),
    [
        (1, "Ⅰ", "一级", "level one", "level 1"),
        (2, "Ⅱ", "二级", "level two", "level 2"),
        (3, "Ⅲ", "三级", "level three", "level 3"),
        (4, "Ⅳ", "四级", "level four", "level 4"),
        (0, "", "", "", ""),
        (5, "", "", "", ""),
        ("", "", "", "", ""),
        ("2", "", "", "", ""),
        (None, "", "", "", ""),
    ],
)
def test_levels(level, roman, chinese, spoken, digit):
    """Ⅱ in writing, 二级 when spoken and in SMS; what is no level says nothing."""
    assert CHINESE["level_roman"](level) == roman
    assert CHINESE["level_spoken"](level) == CHINESE["level_sms"](level) == chinese
    assert ENGLISH["level_spoken"](level) == spoken
    assert ENGLISH["level_sms"](level) == digit


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("0017", "零零幺七", "0 0 1 7"),
        ("INC-2026-0007", "零零零七", "0 0 0 7"),
        ("12345", "幺二三四五", "1 2 3 4 5"),
        ("", "", ""),
    ],
)
def test_codes_are_read_digit_by_digit(code, zh, en):
    """1 is 幺, so that nobody hears 7; of an id only its number is read."""
    assert CHINESE["spoken_code"](code) == zh
    assert ENGLISH["spoken_code"](code) == en


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        ("+8613800138001", "幺三八，零零幺三，八零零幺", "1 3 8, 0 0 1 3, 8 0 0 1"),
        ("+862150121000", "零二幺，五零幺二，幺零零零", "0 2 1, 5 0 1 2, 1 0 0 0"),
        ("+8675512345678", "零七五五，幺二三四，五六七八", "0 7 5 5, 1 2 3 4, 5 6 7 8"),
        ("12386", "幺，二三八六", "1, 2 3 8 6"),
        ("8023", "八零二三", "8 0 2 3"),
        ("+852 5123 4567", "八五二，五幺二三，四五六七", "8 5 2, 5 1 2 3, 4 5 6 7"),
        ("报送平台", "报送平台", "报送平台"),
    ],
)
def test_numbers_are_read_in_groups(number, zh, en):
    """A telephone number is read in the groups people say it in."""
    assert CHINESE["spoken_number"](number) == zh
    assert ENGLISH["spoken_number"](number) == en


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("已撤销", "已撤销。", "已撤销."),
        ("已撤销。", "已撤销。", "已撤销."),
        ("done;", "done。", "done."),
        ("Really?", "Really？", "Really?"),
        ("切断…", "切断…", "切断…"),
        ("cut...", "cut...", "cut..."),
        ("", "", ""),
        ("。", "", ""),
    ],
)
def test_sentences_end_once(text, zh, en):
    """Whatever somebody wrote ends in one full stop, and a cut stays visible."""
    assert CHINESE["sentence"](text) == zh
    assert ENGLISH["sentence"](text) == en


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("启动Ⅱ级响应", "是否启动Ⅱ级响应？"),
        ("暂停委托？", "是否暂停委托？"),
        ("是否报警", "是否报警？"),
        ("要不要撤离？", "要不要撤离？"),
    ],
)
def test_a_decision_is_a_question(question, asked):
    """What is to be decided is never heard as done or ordered."""
    assert CHINESE["asked"](question) == asked


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("维持现响应级别，处置不停；领导小组不到位。", "维持现响应级别，处置不停"),
        ("不切换。中断时间延长。", "不切换"),
        ("No switch; repair goes on.", "No switch"),
        ("The rate is 3.5 percent. More follows.", "The rate is 3.5 percent"),
        ("", ""),
    ],
)
def test_the_gist_is_the_first_clause(text, first):
    """On the phone a consequence is its first clause."""
    assert CHINESE["gist"](text) == first


def test_what_is_read_out():
    """Times and codes inside a sentence somebody wrote are read like any other."""
    said = CHINESE["spoken"]("INC-2026-0017已由李娜于20:16接手")
    assert said == "零零幺七已由李娜于二十点十六分接手"
    assert ENGLISH["spoken"]("INC-2026-0017: taken") == "0 0 1 7: taken"


def test_manners_and_capitals():
    """A site writes `phone`; people read 电话. What it writes otherwise stands."""
    assert CHINESE["manner"]("phone") == "电话"
    assert CHINESE["manner"]("总机转") == "总机转"
    assert ENGLISH["manner"]("voice") == "phone"
    assert capital("SMS only") == "SMS only"
    assert capital("") == ""


def test_both_languages_have_the_same_filters():
    """A template moved to the other language finds what it needs."""
    assert CHINESE.keys() == filters("en").keys() - {"capital"}
