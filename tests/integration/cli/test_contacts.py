"""The register at the terminal: compared, changed by two, written back, told, tried."""

from pathlib import Path

import pytest

from tests.integration.cli.conftest import Terminal

NEW = "+8613900139999"


@pytest.fixture
def cli(tmp_path: Path) -> Terminal:
    """A site of one's own, its files beside an untouched copy, its database made."""
    folder = tmp_path / "site"
    Terminal(tmp_path / "var")("init", str(folder))
    cli = Terminal(tmp_path / "var", folder)
    assert cli("contacts", "apply", "--as", "qian.li").status == 0
    return cli


def people(cli: Terminal) -> Path:
    assert cli.site
    return cli.site / "contacts" / "people.yaml"


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def changed_number(cli: Terminal) -> str:
    """Zhang Wei's own number, agreed to by an administrator; the revision."""
    words = ("contacts", "change", "zhang.wei", "phone", "139 0013 9999", "--json")
    asked = cli(*words, "--as", "zhang.wei").json
    cli("confirm", asked["consent"], "--as", "zhu.lin")
    return str(asked["revision"])


def test_a_change_in_the_database_is_written_back_in_place(cli: Terminal) -> None:
    """Two lines of one file change, and not a byte besides; then nothing is left to say."""
    before = people(cli).read_text("utf-8").splitlines()
    others = {f: f.read_bytes() for f in people(cli).parent.iterdir() if f != people(cli)}
    changed_number(cli)
    diff = cli("contacts", "diff", "--json").json
    assert [(one["thing"], one["field"]) for one in diff["database"]] == [("zhang.wei", "reach")]
    assert (diff["files"], diff["conflicts"]) == ([], [])
    assert NEW in cli("contacts", "diff", "--lang", "zh").out
    assert "管理系统" in cli.refused("contacts", "export", "--as", "jin.lu")
    assert cli("contacts", "export", "--json", "--as", "qian.li").json["files"] == [
        "contacts/people.yaml"
    ]
    after = people(cli).read_text("utf-8").splitlines()
    assert len(before) == len(after)
    moved = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert len(moved) == 2
    assert all(b.replace(NEW, "+8613800138019") == a for a, b in moved)
    assert {f: f.read_bytes() for f in others} == others
    assert "agree" in cli("contacts", "diff").out
    again = cli("contacts", "export", "--as", "qian.li")
    assert "没有改动" in again.out
    assert cli("contacts", "diff", "--json").json["database"] == []


def test_both_sides_changed(cli: Terminal) -> None:
    """Export waits for what the files changed; the same field changed twice waits for a word."""
    changed_number(cli)
    edit(people(cli), "en: President (principal leader)", "en: President")
    assert "contacts apply" in cli.refused("contacts", "export", "--as", "qian.li")
    assert "2026" not in cli("contacts", "apply", "--as", "qian.li").err
    assert cli("contacts", "diff", "--json").json["files"] == []
    assert cli("contacts", "export", "--as", "qian.li").status == 0
    text = people(cli).read_text("utf-8")
    text = text.replace(NEW, "+8613700137777")
    changed = cli(
        "contacts", "change", "zhang.wei", "phone", "13600136666", "--json", "--as", "zhang.wei"
    ).json
    cli("confirm", changed["consent"], "--as", "qian.li")
    people(cli).write_text(text, "utf-8")
    (one,) = cli("contacts", "diff", "--json").json["conflicts"]
    assert (one["section"], one["thing"], one["field"]) == ("people", "zhang.wei", "reach")
    assert "--take" in cli.refused("contacts", "apply", "--as", "qian.li")
    assert cli("contacts", "apply", "--take", "files", "--as", "qian.li").status == 0
    assert "+8613700137777" in cli("contact", "zhang.wei", "--why", "x", "--as", "qian.li").out
    assert "agree" in cli("contacts", "diff").out


def test_history_and_undo(cli: Terminal) -> None:
    """Who changed what, in both languages; taken back, and back in the files."""
    before = people(cli).read_bytes()
    revision = changed_number(cli)
    found = cli("contacts", "history", "zhang.wei", "--json", "--as", "zhu.lin").json
    assert [one["id"] for one in found["changes"]] == [revision]
    assert NEW in str(found["details"])
    assert NEW not in cli("contacts", "history", revision, "--as", "jin.lu").out
    assert "已生效" in cli("contacts", "history", "--lang", "zh").out
    cli("contacts", "export", "--as", "qian.li")
    assert cli("contacts", "undo", revision, "--as", "qian.li").status == 0
    cli("contacts", "export", "--as", "qian.li")
    assert people(cli).read_bytes() == before


def test_the_sample_in_place_is_not_written_to(tmp_path: Path) -> None:
    """Whoever tries the sample where it lies is told to make a site of their own."""
    cli = Terminal(tmp_path / "var")
    assert "init" in cli.refused("contacts", "export", "--as", "qian.li")


def test_units_told_and_tried(cli: Terminal) -> None:
    """A new duty phone owes each unit a notice; a unit's line is tried and recorded."""
    asked = cli(
        "contacts", "change", "li.na", "duty_phone", "021-50001119", "--json", "--as", "li.na"
    ).json
    cli("confirm", asked["consent"], "--as", "qian.li")
    found = cli("contacts", "told", "--json").json["notices"]
    assert len(found) == 16
    assert {one["sent_at"] for one in found} == {None}
    id = next(one["id"] for one in found if one["unit"] == "csrc-bureau")
    assert "021" not in cli("contacts", "told", id, "--note", "已传真", "--as", "li.na").err
    assert cli("contacts", "receipt", id, "--receipt", "R-1", "--as", "li.na").status == 0
    (one,) = cli("contacts", "told", "unit:csrc-bureau", "--json").json["notices"]
    assert (one["receipt"], one["open"]) == ("R-1", False)
    assert "示例电信" in cli("contacts", "told", "--lang", "zh").out
    bounced = ("contacts", "verify", "unit:telecom-a", "--bounced", "--note", "空号")
    assert cli(*bounced, "--as", "li.na").status == 0
    assert "联系不上" in cli("contacts", "verify", "--lang", "zh").out
    units = {one["unit"]: one for one in cli("contacts", "verify", "--json").json["units"]}
    assert units["telecom-a"]["bounced"] == "空号"
    assert units["sac"]["due"] is False


def test_somebody_leaves(cli: Terminal) -> None:
    """Out at once; where they have to be replaced is listed, and the files follow."""
    said = cli("contacts", "remove", "wang.fang", "--reason", "离职", "--as", "qian.li", "--json")
    where = [one["en"] for one in said.json["to_replace"]]
    assert any(one.startswith("rotation duty-lead:") for one in where)
    assert "wang.fang" in cli.refused("contact", "wang.fang", "--why", "x", "--as", "jin.lu")
    cli("contacts", "export", "--as", "qian.li")
    assert "id: wang.fang" not in people(cli).read_text("utf-8")
    assert "agree" in cli("contacts", "diff").out


def test_several_hits_are_a_list(cli: Terminal) -> None:
    """A surname lists whom it may mean, and shows nobody's number."""
    said = cli("contact", "technology", "--why", "x", "--as", "jin.lu", "--json").json
    assert {"zhang.wei", "li.na"} <= set(said["choices"])
    assert "+86" not in said["said"]
