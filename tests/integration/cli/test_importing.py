"""Contacts out of a firm's own tables: preview, apply, undo, out again; on both databases."""

from pathlib import Path

import pytest

from tests.integration.cli.conftest import Terminal
from tests.unit.site.tables.tables import workbook

HEAD = ["姓名", "部门", "岗位", "手机", "邮箱"]
NEW = ["欧阳修", "信息技术部", "", "13800138071；13900139071", "ouyang@example.com"]
CHANGED = ["李娜", "信息技术部", "", "13800138072", ""]
FAULTY = ["赵磊", "信息技术部", "", "1380013", ""]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def both(request, cli, tmp_path):
    """A terminal on either database, and how its commands are told of it."""
    if request.param == "sqlite":
        yield cli, {}
        return
    postgres = request.getfixturevalue("postgres")
    name = postgres.create("template1")
    where = {"RESPONDER_DATABASE_URL": postgres.url(name)}
    terminal = Terminal(tmp_path / "pg")
    terminal("note", "INC-1", "x", "--as", "li.na", **where)
    yield terminal, where
    postgres.drop(name)


def table(folder: Path, *rows: list[str], head: list[str] = HEAD, name: str = "名册.xlsx") -> str:
    path = folder / name
    path.write_bytes(workbook({"通讯录": [head, *rows]}))
    return str(path)


def reach(cli: Terminal, person: str, **where: str) -> list[str]:
    why = ("--why", "核对名册")
    said = cli("contact", person, *why, "--as", "qian.li", "--json", **where)
    return [way["to"] for way in said.json["reach"]]


def test_preview_apply_and_undo(both, tmp_path):
    """Nothing is saved before --apply; one undo takes the whole import back, and no more."""
    cli, where = both
    file = table(tmp_path, NEW, CHANGED)
    before = reach(cli, "li.na", **where)

    found = cli("contacts", "import", file, "--json", "--as", "qian.li", **where).json
    assert [one["id"] for one in found["new"]] == ["ouyang.xiu"]
    assert [one["id"] for one in found["changed"]] == ["li.na"]
    assert found["applied"] is False
    assert reach(cli, "li.na", **where) == before

    apply = ("contacts", "import", file, "--apply", "--as", "qian.li", "--json")
    applied = cli(*apply, **where).json
    assert applied["id"].startswith("REV-")
    assert applied["applied"] is True
    assert "+8613800138072" in reach(cli, "li.na", **where)
    assert reach(cli, "ouyang.xiu", **where)[0] == "+8613800138071"
    again = cli(*apply, **where).json
    assert (again["id"], again["applied"], again["new"]) == (None, False, [])

    undo = ("contacts", "import", "--undo", applied["id"], "--as", "qian.li")
    assert cli(*undo, **where).status == 0
    assert reach(cli, "li.na", **where) == before
    assert "ouyang.xiu" in cli.refused(
        "contact", "ouyang.xiu", "--why", "核对名册", "--as", "qian.li", **where
    )
    assert cli("ledger", "verify", "--json", **where).json["ok"]


def test_an_undo_is_refused_where_the_same_was_changed_since(cli, tmp_path):
    """What a later change says is not lost to the undo of an earlier one."""
    first = cli.act("qian.li", "contacts", "import", table(tmp_path, CHANGED), "--apply")
    later = [*CHANGED[:3], "13800138073", ""]
    cli.act("qian.li", "contacts", "import", table(tmp_path, later), "--apply")
    refusal = cli.refused("contacts", "import", "--undo", first["id"], "--as", "qian.li")
    assert "li.na" in refusal
    assert "+8613800138073" in reach(cli, "li.na")


def test_faults_keep_everything_out_unless_they_are_skipped(cli, tmp_path):
    """A fault is one sentence with sheet, row and cell, in the reader's language; status 1."""
    file = table(tmp_path, FAULTY, NEW)
    shown = cli("contacts", "import", file, "--lang", "zh", "--as", "qian.li")
    assert shown.status == 1
    assert "错误：“通讯录”表第2行（D2）：“1380013”不是有效的电话号码。" in shown.out
    assert "sheet “通讯录”, row 2 (D2)" in cli(
        "contacts", "import", file, "--lang", "en"
    ).out.replace("Sheet", "sheet")
    act = ("contacts", "import", file, "--apply", "--as", "qian.li")
    refused = cli(*act)
    assert refused.status == 1
    assert "--skip-faults" in refused.err
    assert cli(*act, "--skip-faults", "--json").json["applied"] is True
    assert "+8613800138071" in reach(cli, "ouyang.xiu")
    gone = cli(*act, "--skip-faults", "--remove-missing")
    assert gone.status == 1
    assert "--remove-missing" in gone.err


def test_only_administrators_import_and_take_tables_out(cli, tmp_path):
    """The register is changed by whoever keeps it; an attempt of another is refused."""
    file = table(tmp_path, NEW)
    assert cli("contacts", "import", file, "--apply", "--as", "jin.lu").status == 1
    out = str(tmp_path / "out.xlsx")
    assert cli("contacts", "export", "--xlsx", out, "--as", "jin.lu").status == 1
    assert not Path(out).exists()


def test_numbers_in_a_preview_are_masked_for_others(cli, tmp_path):
    """Who is no administrator sees of others' numbers enough to recognise one."""
    file = table(tmp_path, CHANGED)
    shown = cli("contacts", "import", file, "--as", "jin.lu").out
    assert "138****8072" in shown
    assert "13800138072" not in shown
    assert "+8613800138072" in cli("contacts", "import", file, "--as", "qian.li").out


def test_a_mapping_is_kept_and_found_again(cli, tmp_path):
    """What a heading means is said once; the next file with the same headings needs it no more."""
    head = ["姓名", "小灵通"]
    file = table(tmp_path, ["欧阳修", "021-50007777"], head=head)
    words = ("contacts", "import", file, "--map", "小灵通=landline", "--profile", "人事", "--apply")
    assert cli.act("qian.li", *words)["profile"] == "人事"
    other = table(tmp_path, ["司马光", "021-50008888"], head=head, name="新.xlsx")
    found = cli("contacts", "import", other, "--json").json
    assert found["profile"] == "人事"
    assert found["mapping"] == {"姓名": "name.zh", "小灵通": "landline"}


def test_out_and_in_again_changes_nothing(cli, tmp_path):
    """The register as a workbook, in either language, says what the register says."""
    for language in ("zh", "en"):
        out = str(tmp_path / f"{language}.xlsx")
        export = ("contacts", "export", "--xlsx", out, "--as", "qian.li", "--lang", language)
        assert cli(*export).status == 0
        found = cli("contacts", "import", out, "--json").json
        assert (found["new"], found["changed"], found["missing"]) == ([], [], [])
        assert sum(found["unchanged"].values()) > 100
    csv = tmp_path / "units.csv"
    assert (
        cli("contacts", "export", "--csv", str(csv), "--sheet", "units", "--as", "qian.li").status
        == 0
    )
    assert cli("contacts", "import", str(csv), "--json").json["changed"] == []


def test_a_file_that_is_not_there(cli, tmp_path):
    """A refusal is one line with the mend."""
    assert "nowhere.xlsx" in cli.refused("contacts", "import", str(tmp_path / "nowhere.xlsx"))
