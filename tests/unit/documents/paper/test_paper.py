import socket
from datetime import UTC, datetime, timedelta, timezone

import pytest

from responder.documents.paper import Cell, Column, Control, Paper, Pattern, Pen
from tests.fakes.pdf import read

AT = datetime(2026, 11, 23, 12, 0, tzinfo=timezone(timedelta(hours=8)))
CONTROL = Control("INC-1-R", "1.2", "张三", "李四", "内部", AT, "示例证券")
HOSTILE = (
    '<img src="http://127.0.0.1:9/x.png"/>',
    "<b>粗体</b><a href='http://evil.example'>点我</a><para>",
    "{{ 7 * 7 }}{% include '/etc/passwd' %}%s{0}",
    '=HYPERLINK("http://evil.example")',
    "&lt;&amp;&#0;&nbsp; ]]> <!-- --> <?xml?>",
    "(\\) Tj ET endstream endobj",
    "一行\r\n二行\u2028三行\x00\x1b[31m",
    "\u202e反着读\u202c\u200b隐形",
    "a\u0301" + "\u0301" * 50,
    "\ud800",
)


def sample(language: str = "zh", *, drill: bool = False) -> Paper:
    paper = Paper("集中交易系统中断", language, CONTROL, drill=drill)
    paper.heading("一、发生了什么")
    paper.text("主用数据库停止响应。")
    paper.heading("细节", 2)
    paper.bullets(["第一条", "第二条"], numbered=True)
    paper.key_values([("系统", "集中交易")])
    paper.figures([("46分钟", "中断"), ("≤ 120,000", "户")])
    paper.callout("已恢复。", "现在")
    paper.table([Column("时间", 20), Column("事项"), "人"], [("09:40", Cell("中断", True), "王五")])
    paper.picture(40, lambda pen, x, top: pen.box(x, top - 30, 200, 20, Pattern.HATCHED))
    return paper


def test_the_same_facts_give_the_same_bytes() -> None:
    """No clock and no chance: made twice, and made anew, it is the same file."""
    paper = sample()
    assert paper.bytes() == paper.bytes() == sample().bytes()


def test_every_font_is_in_the_file_and_none_is_helvetica() -> None:
    """A paper looks the same on any machine, in ten years too."""
    found = read(sample().bytes()).embedded
    assert all(found.values())
    assert {name.partition("+")[2] for name in found} == {"NotoSansSC-Regular", "NotoSansSC-Bold"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_text_can_be_selected_and_pages_are_numbered(language: str) -> None:
    """What was put in comes out of a reader; every page says which of how many."""
    paper = sample(language)
    paper.page_break()
    paper.text("第二页")
    found = read(paper.bytes())
    for words in ("集中交易系统中断", "主用数据库停止响应。", "09:40", "王五", "46分钟"):
        assert words in found.text
    number = "第 {} 页 共 2 页" if language == "zh" else "Page {} of 2"
    assert [number.format(n) in page for n, page in enumerate(found.pages, 1)] == [True, True]


def test_the_outline_leads_to_the_headings() -> None:
    """Bookmarks name each heading and its page."""
    paper = sample()
    paper.page_break()
    paper.heading("二、后来")
    assert read(paper.bytes()).outline == [("一、发生了什么", 1), ("细节", 1), ("二、后来", 2)]


def test_the_control_block_is_on_every_page_and_its_date_is_the_files() -> None:
    """Number, version, author, approver, sensitivity, date; nobody's approval is said so."""
    found = read(sample().bytes())
    foot = "编号 INC-1-R | 版本 1.2 | 编制 张三 | 批准 李四 | 日期 2026-11-23 12:00"
    assert foot in found.pages[0]
    assert "示例证券 | 密级：内部" in found.pages[0]
    assert found.info["/CreationDate"] == "D:20261123120000+08'00'"
    assert "尚未批准" in read(Paper("x", "zh", Control(approver="")).bytes()).text
    assert "批准" not in read(Paper("x", "zh", Control()).bytes()).text


@pytest.mark.parametrize(("language", "mark"), [("zh", "【演练】"), ("en", "DRILL")])
def test_a_drills_paper_is_stamped_on_every_page_first(language: str, mark: str) -> None:
    """Its first words, its title and each page say that it is a drill (P5)."""
    paper = sample(language, drill=True)
    paper.page_break()
    paper.text("x")
    found = read(paper.bytes())
    assert paper.title.startswith(mark)
    assert found.info["/Title"].startswith(mark)
    assert all(page.lstrip().startswith(mark) for page in found.pages)
    assert mark not in read(sample(language).bytes()).text


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_never_markup_and_reaches_no_host(monkeypatch, text: str) -> None:
    """Whatever people write is drawn as it stands; a socket would be an error."""

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a paper opened a socket")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "create_connection", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    paper = Paper(text, "zh", Control(number=text, author=text, firm=text), subtitle=text)
    paper.heading(text)
    paper.text(text)
    paper.bullets([text])
    paper.key_values([(text, text)])
    paper.callout(text, text)
    paper.figures([(text, text)])
    paper.table([text, "b"], [(text, text)])
    paper.picture(20, lambda pen, x, top: pen.text(x, top - 10, text))
    found = read(paper.bytes())
    visible = [word for word in text.split() if word.isascii() and word.isprintable()]
    assert all(word in found.flat for word in visible)
    assert not any(hidden in found.flat for hidden in ("\u202e", "U+202E", "U+200B", "U+001B"))


def test_what_no_font_has_is_shown_and_told() -> None:
    """An emoji or a rare character is never silently missing."""
    paper = Paper("值班😀", "zh")
    paper.table(["人"], [("𠮷田喆",)])
    made = paper.made()
    found = read(made.pdf)
    assert made.missing == ("😀", "𠮷")
    assert "□U+1F600" in found.flat
    assert "□U+20BB7田喆" in found.flat


def test_a_note_of_a_megabyte_is_cut_and_says_so() -> None:
    """It neither hangs nor fills a thousand pages, in running text and in a cell."""
    note = "长" * (1 << 20)
    paper = Paper("x", "zh")
    paper.text(note)
    paper.table(["记录"], [(note,)])
    made = paper.made()
    assert made.pages < 25
    assert read(made.pdf).flat.count("原文共1,048,576字") == 2


def test_a_long_table_has_its_headings_on_every_page_and_each_row_once() -> None:
    """Rows run over pages, a tall one is cut over them; nothing is lost."""
    paper = Paper("x", "zh")
    rows = [(f"R{n:04d}", "细节" * (n % 40)) for n in range(300)]
    rows[150] = ("R0150", "一个很高的格子\n" * 120)
    paper.table([Column("序号头", 20), "内容头"], rows)
    found = read(paper.bytes())
    assert all("序号头" in page for page in found.pages)
    assert [row for row, _ in rows if found.text.count(row) != 1] == []
    assert found.text.count("一个很高的格子") == 120


def test_english_quotation_marks_do_not_tear_a_line_apart() -> None:
    """This font draws typographic quotes as wide as a Chinese character."""
    paper = Paper("x", "en")
    paper.text("The “fast” path isn’t there…")
    assert 'The "fast" path isn\'t there...' in read(paper.bytes()).text


def test_a_pen_cuts_what_does_not_fit() -> None:
    """A label with little room ends in an ellipsis."""
    paper = Paper("x", "zh")
    paper.picture(20, lambda pen, x, top: Pen.text(pen, x, top - 10, "很长的名称" * 9, 8, room=60))
    assert "很长的名称很…" in read(paper.bytes()).text


def test_an_instant_with_no_zone_is_dated_as_it_is() -> None:
    """A date in UTC is UTC in the file."""
    paper = Paper("x", "zh", Control(made_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)))
    assert read(paper.bytes()).info["/CreationDate"] == "D:20260102030405+00'00'"
