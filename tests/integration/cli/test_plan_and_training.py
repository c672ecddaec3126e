"""The plan's life and the year's training at the terminal, on a site of one's own."""

from hashlib import sha256
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.integration.cli.conftest import Terminal


@pytest.fixture
def cli(tmp_path: Path) -> Terminal:
    """A site of one's own, its files beside it, its database made."""
    folder = tmp_path / "site"
    Terminal(tmp_path / "var")("init", str(folder))
    cli = Terminal(tmp_path / "var", folder)
    assert cli("contacts", "apply", "--as", "qian.li").status == 0
    return cli


def edit(cli: Terminal, file: str, old: str, new: str) -> None:
    """Change a file of the site, and put it in force."""
    assert cli.site
    path = cli.site / file
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
    assert cli("contacts", "apply", "--as", "qian.li").status == 0


def adopted(cli: Terminal) -> None:
    """Version 3.3, with another backup of the security administrator."""
    edit(cli, "contacts/roles.yaml", "backup: ye.shan", "backup: qiu.ran")
    asked = cli.act("li.na", "plan", "adopt", "3.3", "--references", "DRL-2026-0001")
    assert asked["major"]
    assert asked["waits_for"] == ["chen.guo"]
    cli.act("chen.guo", "confirm", asked["id"])


def test_from_a_change_to_the_filing(cli: Terminal, tmp_path: Path) -> None:
    """Marked, compared, adopted by two, packed, filed with its proof; written back to the files."""
    assert cli("plan", "diff", "--json").json == {"major": False, "changes": []}
    adopted(cli)
    diff = cli("plan", "diff", "3.2", "3.3", "--json").json
    assert [(c["section"], c["kind"], c["major"]) for c in diff["changes"]] == [
        ("c", "organisation", True)
    ]
    assert "叶珊" in cli("plan", "diff", "3.2", "3.3", "--lang", "zh").out
    assert "未报备" in cli("plan", "filings", "--lang", "zh").out
    assert "withdrawn" in cli("plan", "versions", "--lang", "en").out
    pack = tmp_path / "pack"
    packed = cli("plan", "pack", "--out", str(pack), "--json").json
    assert packed["files"] == ["letter.pdf", "letter.docx", "plan.pdf", "plan.docx"]
    sums = dict(line.split()[::-1] for line in (pack / "SHA256SUMS").read_text().splitlines())
    assert all(sums[f] == sha256((pack / f).read_bytes()).hexdigest() for f in packed["files"])
    proof = tmp_path / "回执.pdf"
    proof.write_bytes(b"%PDF- receipt")
    filed = cli.act("li.na", "plan", "file", "--receipt", "YA-107", "--proof-file", str(proof))
    assert filed["proof"].endswith(f"sha256:{sha256(proof.read_bytes()).hexdigest()}")
    found = cli("plan", "filings", "--json").json
    assert (found["to"], found["filed"], found["refile_by"]) == ("csrc-bureau", True, None)
    versions = cli("plan", "versions", "--json").json["versions"]
    assert [(v["version"], v["withdrawn"]) for v in versions] == [("3.3", False), ("3.2", True)]
    assert cli("contacts", "export", "--as", "qian.li").status == 0
    assert cli.site
    written = (cli.site / "playbooks" / "plan.yaml").read_text("utf-8")
    assert "YA-107" in written
    assert "3.3" in written
    assert cli("plan", "check").status == 0


def test_the_printed_plan(cli: Terminal, tmp_path: Path) -> None:
    """PDF and Word; the superseded version says so; another ending is refused with the mend."""
    adopted(cli)
    for version, void in (("", False), ("3.2", True)):
        out = tmp_path / f"plan{version}.pdf"
        said = cli("plan", "print", "--out", str(out), "--version", version, "--lang", "zh")
        assert said.status == 0, said.err
        first = PdfReader(out).pages[0].extract_text()
        assert ("作废" in first) is void
    word = tmp_path / "plan.docx"
    assert cli("plan", "print", "--out", str(word), "--json").json["version"] == "3.3"
    assert word.read_bytes()[:2] == b"PK"
    assert "plan.docx" in cli.refused("plan", "print", "--out", "plan.odt", "--lang", "en")
    assert "3.9" in cli.refused("plan", "print", "--out", str(word), "--version", "3.9")


def test_what_it_covers_needs_no_database(tmp_path: Path) -> None:
    """The grid and the check read the files alone."""
    cli = Terminal(tmp_path / "none")
    grid = cli("plan", "coverage", "--json").json
    assert grid["holes"] == 0
    assert len(grid["cells"]) > 40
    assert "0 holes" in cli("plan", "coverage", "--lang", "en").out
    assert cli("plan", "check", "--json").json["errors"] == 0


def test_reading_and_the_quiz(cli: Terminal) -> None:
    """A receipt, five questions in order, and the list of who has not."""
    adopted(cli)
    assert cli("plan", "receipts", "--json").json["percent_by_post"]["database_admin"] == 0
    cli.act("du.peng", "plan", "read")
    asked = cli("plan", "quiz", "--as", "du.peng", "--json").json
    assert len(asked["questions"]) == 5
    assert "plan quiz 2 1 3" in cli("plan", "quiz", "--as", "du.peng").out
    said = cli("plan", "quiz", "1", "1", "1", "1", "1", "--as", "du.peng", "--lang", "en")
    assert said.status == 0
    assert "of 5 right" in said.out
    people = {one["person"]: one for one in cli("plan", "receipts", "--json").json["people"]}
    assert people["du.peng"]["read_on"]
    assert people["ding.rong"]["read_on"] is None


def test_the_review_and_the_training(cli: Terminal) -> None:
    """Each is one line; what they lead to is said."""
    words = ("plan", "review", "--findings", "依据有更新", "--decision", "revise")
    assert cli.act("li.na", *words)["version"] == "3.2"
    held = cli.act("li.na", "training", "hold", "autumn-2026")["session"]
    cli.act("du.peng", "training", "attend")
    cli.act("li.na", "training", "attend", "ma.hui", "he.yan", "--session", held)
    cli.act("li.na", "training", "score", "ma.hui", "4")
    assert "du.peng" not in cli.act("li.na", "training", "close")["missed"]
    (course,) = [
        c for c in cli("training", "list", "--json").json["courses"] if c["sessions"] == [held]
    ]
    assert course["attended"] == ["du.peng", "he.yan", "ma.hui"]
    assert course["scores"] == {"ma.hui": 4}
    assert "已办" in cli("training", "list", "--lang", "zh").out
