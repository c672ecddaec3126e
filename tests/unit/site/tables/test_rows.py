from datetime import date, datetime, timedelta

import pytest

from responder.domain.people import Way
from responder.errors import BadInput
from responder.site.tables.cells import Here, meaning
from responder.site.tables.numbers import Unusable
from responder.site.tables.reading import read_sheets
from responder.site.tables.rows import read_rows
from responder.site.tables.spelling import person_id, thing_id
from tests.unit.site.tables.tables import HERE, read, read_table, workbook

ROSTER = [["日期", "值班负责人", "值班负责人备岗"], [date(2026, 12, 1), "王芳", "孙强"]]


def test_every_column_of_a_chinese_table():
    """Headings as firms write them, whatever stands in brackets behind them."""
    head = [
        "姓名*",
        "所属部门",
        "岗位",
        "职务",
        "手机号（必填）",
        "座机",
        "传真",
        "电子邮箱",
        "备岗",
    ]
    more = ["Slack", "Telegram", "语言", "时区", "工号"]
    row = ["张三", "信息技术部", "网络管理员", "主任", 13800138031, "021-50001111转8023"]
    rest = [
        "021-50002222",
        "san@example.com",
        "李四",
        "U012AB3CD",
        100200300,
        "中文",
        "北京",
        "T01",
    ]
    (found,) = read_table([[*head, *more], [*row, *rest]]).rows
    assert found.values == {
        "name.zh": "张三",
        "department": "technology",
        "post": "网络管理员",
        "title.zh": "主任",
        "mobile": (Way("voice", "+8613800138031"), Way("sms", "+8613800138031")),
        "landline": (Way("by_hand", "+862150001111", "phone", "转8023"),),
        "fax": (Way("by_hand", "+862150002222", "fax"),),
        "email": (Way("email", "san@example.com"),),
        "backup": "李四",
        "slack": (Way("slack", "U012AB3CD"),),
        "telegram": (Way("telegram", "100200300"),),
        "language": "zh",
        "time_zone": "Asia/Shanghai",
        "id": "T01",
    }


def test_every_column_of_an_english_table():
    """English headings; a name goes to the language it is written in."""
    rows = [["Name", "Dept", "Job title", "Cell phone", "E-mail"]]
    rows += [
        ["Zhang San", "IT", "Head", "+852 5123 4567", "s@example.com"],
        ["李四", "", "主任", "", ""],
    ]
    first, second = read_table(rows, "Staff").rows
    assert first.values["name.en"] == "Zhang San"
    assert first.values["department"] == "technology"
    assert second.values == {"name.zh": "李四", "title.zh": "主任"}


def test_several_sheets_are_told_apart():
    """People, roles, the standard's five columns with the kind, a roster: each by its headings."""
    sheets = {
        "通讯录": [["姓名", "手机"], ["张三", "13800138031"]],
        "主备岗": [["岗位名称", "主岗", "备岗"], ["网络管理员", "张三", "李四"]],
        "关联单位": [
            ["类别", "单位名称", "业务事项", "联系人", "联系方式", "备注"],
            ["银行", "示例银行", "第三方存管", "王经理", "95588", "工作日"],
        ],
        "值班": ROSTER,
        "封面": [["示例证券"]],
    }
    found = read(workbook(sheets))
    assert found.sheets == {
        "通讯录": "people",
        "主备岗": "roles",
        "关联单位": "units",
        "值班": "roster",
    }
    assert [one.place.sheet for one in found.remarks] == ["封面"]
    assert found.rows[2].values["kind"] == "bank"
    assert found.rows[3].values == {
        "day": date(2026, 12, 1),
        "posts": {"值班负责人": "王芳", "值班负责人备岗": "孙强"},
    }


def test_one_sheet_alone():
    """The others are not read; one that there is not is refused with those there are."""
    sheets = read_sheets(
        "a.xlsx", workbook({"甲": [["姓名"], ["张三"]], "乙": [["姓名"], ["李四"]]})
    )
    assert [row.values["name.zh"] for row in read_rows(sheets, HERE, {}, "乙").rows] == ["李四"]
    with pytest.raises(BadInput, match="甲, 乙"):
        read_rows(sheets, HERE, {}, "丙")


def test_what_a_column_is_can_be_said():
    """A heading that nobody knows is named by the mapping; a field that there is not is refused."""
    content = workbook({"人员": [["姓名", "小灵通"], ["张三", "021-50001111"]]})
    assert "landline" not in read(content).rows[0].values
    found = read(content, 小灵通="landline")
    assert found.rows[0].values["landline"] == (Way("voice", "+862150001111"),)
    assert found.mapping == {"姓名": "name.zh", "小灵通": "landline"}
    with pytest.raises(BadInput, match="There is no field “phon”"):
        read(content, 小灵通="phon")


def test_a_file_without_headings_is_refused_with_the_mend():
    """Where no row can be headings, nothing is guessed."""
    with pytest.raises(BadInput) as refused:
        read_table([["张三", "13800138031"]])
    assert "--map" in refused.value.said("zh")


def test_every_fault_is_one_sentence_with_sheet_row_and_cell():
    """A faulty row is not taken; each of its faults is told where it is, with the mend."""
    rows = [
        ["姓名", "手机", "邮箱", "时区"],
        ["张三", "123", "x", "Mars"],
        ["李四", "13800138032", "", ""],
    ]
    found = read_table(rows)
    assert [(one.place.row, one.place.cell, one.grave) for one in found.remarks] == [
        (2, "B2", True),
        (2, "C2", True),
        (2, "D2", True),
    ][1:] or [one.place.cell for one in found.remarks] == ["B2", "C2", "D2"]
    assert [row.is_faulty for row in found.rows] == [True, False]
    for one in found.remarks:
        assert one.said("zh").startswith(f"“人员”表第2行（{one.place.cell}）：")
        assert one.said("en").startswith(f"Sheet “人员”, row 2 ({one.place.cell}): ")


def test_an_empty_cell_leaves_and_a_dash_empties():
    """A blank says nothing; 无 and a dash say that there is nothing."""
    rows = [["姓名", "职务", "手机"], ["张三", "", "无"], ["李四", "-", ""]]
    first, second = read_table(rows).rows
    assert first.values == {"name.zh": "张三", "mobile": ()}
    assert second.values == {"name.zh": "李四", "title.zh": ""}


def test_two_columns_of_numbers_are_both_taken():
    """手机 and 手机2 are one person's numbers, in that order."""
    (row,) = read_table([["姓名", "手机1", "手机2"], ["张三", "13800138031", "13900139031"]]).rows
    assert [way.to for way in row.values["mobile"]] == ["+8613800138031"] * 2 + [
        "+8613900139031"
    ] * 2


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-10-01", date(2026, 10, 1)),
        ("2026/10/1", date(2026, 10, 1)),
        ("2026年10月1日", date(2026, 10, 1)),
        ("46296", date(2026, 10, 1)),
        ("46296.3541666667", datetime.fromisoformat("2026-10-01T08:30")),
        ("2026-10-01 08:30", datetime.fromisoformat("2026-10-01T08:30")),
        ("2026年10月1日 8时30分", datetime.fromisoformat("2026-10-01T08:30")),
        ("２０２６／１０／１ 8：30", datetime.fromisoformat("2026-10-01T08:30")),
    ],
)
def test_dates_as_people_and_spreadsheets_write_them(written, meant):
    """A date is read in all its forms, that of a bare number too."""
    assert meaning("moment", written, HERE) == meant


@pytest.mark.parametrize("written", ["国庆", "2026-13-01", "2026-02-30", "1", "2026-10-01 25:00"])
def test_what_is_no_date_is_refused(written):
    """A date that there is not is a fault, not another date."""
    with pytest.raises(Unusable):
        meaning("moment", written, Here())


def test_lengths_of_time():
    """24h and 24小时 are the same."""
    for written in ("24h", "24小时", "1d", "１天"):
        assert meaning("span", written, HERE) == timedelta(days=1)


def test_ids_are_made_from_names():
    """Surname first, in letters, as the site's files have them; compound surnames stay together."""
    assert person_id("张伟", "") == "zhang.wei"
    assert person_id("欧阳修", "") == "ouyang.xiu"
    assert person_id("曾国藩", "Zeng") == "zeng.guofan"
    assert person_id("单 田芳", "") == "shan.tianfang"
    assert person_id("", "Zhang Wei") == "zhang.wei"
    assert person_id("", "", "li.na@example.com") == "li.na"
    assert person_id("", "O’Brien") == "obrien"
    assert person_id("", "") == ""
    assert thing_id("示例银行", "Example Bank") == "example-bank"
    assert thing_id("上海证监局", "") == "shang-hai-zheng-jian-ju"
