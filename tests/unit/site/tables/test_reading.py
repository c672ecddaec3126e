from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from responder.errors import BadInput
from responder.site.tables import reading
from responder.site.tables.reading import read_sheets
from tests.unit.site.tables.tables import FILES, read, read_table, word, workbook

PEOPLE = "姓名,手机\r\n张三,13800138031\r\n李四,13800138032\r\n"


def names(content: bytes, name: str) -> list[str]:
    return [row.values["name.zh"] for row in read(content, name).rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_every_encoding_that_firms_have(encoding):
    """The same table, however it was saved."""
    assert names(PEOPLE.encode(encoding), "名册.csv") == ["张三", "李四"]


@pytest.mark.parametrize("name", ["联通", "张伟", "Łukasz"])
def test_a_name_that_passes_for_another_encoding(name):
    """GB18030 that happens to be valid UTF-8 is not taken for it."""
    text = f"姓名,手机\r\n{name},13800138031\r\n"
    rows = read(text.encode("gb18030"), "名册.csv").rows
    assert [row.values["name.zh"] for row in rows] == [name]


def test_mixed_encodings_are_told_with_the_row():
    """Rows pasted in another encoding are named and not taken."""
    chinese, unicode = PEOPLE.encode("gb18030"), "王五,13800138033\r\n".encode()
    found = read(chinese + unicode, "名册.csv")
    assert [row.values["name.zh"] for row in found.rows] == ["张三", "李四"]
    (remark,) = found.remarks
    assert remark.grave
    assert remark.said("zh").startswith("“名册”表第4行：编码与全文不同")


def test_bytes_in_no_encoding_are_refused_with_the_line():
    """What is no text is refused, with the line and the mend."""
    with pytest.raises(BadInput) as refused:
        read(PEOPLE.encode("gb18030") + b"\xff\xff\r\n", "名册.csv")
    assert "第4行" in refused.value.said("zh")


def test_a_cell_may_hold_lines_and_commas():
    """CSV as RFC 4180 has it: quotes keep commas and line ends together."""
    found = read('姓名,手机\r\n张三,"13800138031\n13900139031"\r\n'.encode(), "名册.csv")
    assert [way.to for way in found.rows[0].values["mobile"]][::2] == [
        "+8613800138031",
        "+8613900139031",
    ]


@pytest.mark.parametrize("sign", [";", "\t"])
def test_other_signs_between_cells(sign):
    """Semicolons and tabs are recognised."""
    assert names(PEOPLE.replace(",", sign).encode(), "名册.csv") == ["张三", "李四"]


def test_a_workbook_of_the_old_form():
    """.xls: a title above, merged cells, a date, a number for a telephone."""
    found = read((FILES / "contacts.xls").read_bytes(), "名册.xls")
    assert [row.values["name.zh"] for row in found.rows] == ["张三", "李四"]
    assert [row.values["department"] for row in found.rows] == ["technology", "technology"]
    assert found.rows[0].values["mobile"][0].to == "+8613800138031"


def test_tables_in_word():
    """Each table of a .docx is a sheet; text beside them is none."""
    content = word(
        [["姓名", "手机"], ["张三", "138 0013 8031"]],
        [
            ["单位名称", "业务事项", "联系人", "联系方式", "备注"],
            ["示例银行", "存管", "王经理", "95588", ""],
        ],
    )
    found = read(content, "手册.docx")
    assert found.sheets == {"表1": "people", "表2": "units"}
    assert found.rows[1].values["name.zh"] == "示例银行"
    with pytest.raises(BadInput, match="holds no table"):
        read_sheets("空.docx", word())


def test_cells_merged_from_top_to_bottom_are_filled_down():
    """A department written once for three people is the department of all three."""
    rows = [["部门", "姓名"], ["信息技术部", "张三"], [None, "李四"], [None, "王五"]]
    found = read(workbook({"人员": rows}, {"人员": ["A2:A4"]}))
    assert [row.values["department"] for row in found.rows] == ["technology"] * 3


def test_blank_rows_titles_and_notes_are_no_rows():
    """What stands above, between and below the rows of a table is not taken for people."""
    rows = [
        ["示例证券应急通讯录"],
        [],
        ["姓名", "手机"],
        ["张三", "13800138031"],
        [],
        ["姓名", "手机"],
        ["李四", "13800138032"],
        ["注：以上号码仅供应急使用"],
    ]
    found = read_table(rows)
    assert [row.number for row in found.rows] == [4, 7]
    assert not found.remarks


def test_a_formula_without_a_value_is_told():
    """Only values are read; a formula that was never calculated is named with its cell."""
    found = read_table([["姓名", "手机", "邮箱"], ["张三", "=B9", "z@example.com"]])
    (remark,) = found.remarks
    assert not remark.grave
    assert remark.place.cell == "B2"
    assert "mobile" not in found.rows[0].values


def test_the_value_of_a_formula_is_read():
    """A formula that a spreadsheet program calculated is its value."""
    book = workbook({"人员": [["姓名", "手机"], ["张三", "=1+1"]]})
    stream = BytesIO()
    with ZipFile(BytesIO(book)) as source, ZipFile(stream, "w") as target:
        for name in source.namelist():
            text = source.read(name).replace(b"<v></v>", b"<v>13800138031</v>")
            target.writestr(name, text.replace(b"<v />", b"<v>13800138031</v>"))
    found = read(stream.getvalue())
    assert found.rows[0].values["mobile"][0].to == "+8613800138031"
    assert not found.remarks


@pytest.mark.parametrize("name", ["protected.xlsx", "contacts.xls"])
def test_a_password_is_one_sentence_with_the_mend(name):
    """An enciphered file, new or old form, is refused at once and says how to go on."""
    content = (FILES / name).read_bytes().replace(b"\xe1\x00\x02\x00", b"\x2f\x00\x02\x00")
    with pytest.raises(BadInput) as refused:
        read_sheets(name, content)
    assert "密码" in refused.value.said("zh")
    assert "save a copy without one" in refused.value.said("en")


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.docx", "a.pdf", "a"])
def test_what_is_no_table_is_refused(name):
    """Rubbish under any name is refused with a mend, and breaks nothing."""
    with pytest.raises(BadInput) as refused:
        read_sheets(name, b"PK\x03\x04 rubbish")
    assert "另存" in refused.value.said("zh")


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    """What would come to too much is refused by what the archive says of itself."""
    content = workbook({"人员": [["姓名"], ["张三"]]})
    monkeypatch.setattr(reading, "MOST_UNPACKED", 100)
    with pytest.raises(BadInput, match="too large"):
        read_sheets("名册.xlsx", content)


def test_hidden_sheets_are_left_out():
    """What nobody sees is not taken in."""
    stream = BytesIO()
    book = load_workbook(
        BytesIO(workbook({"人员": [["姓名"], ["张三"]], "旧": [["姓名"], ["李四"]]}))
    )
    book["旧"].sheet_state = "hidden"
    book.save(stream)
    assert read(stream.getvalue()).sheets == {"人员": "people"}


def test_signs_within_quotes_separate_nothing():
    """Lists inside cells do not make another sign the one between cells."""
    text = '姓名,手机\r\n张三,"13800138031;13800138032;13800138033;13800138034"\r\n'
    (row,) = read(text.encode(), "名册.csv").rows
    assert len(row.values["mobile"]) == 8
