"""Evidence on the command line: taken in, handed over, exported, verified by a stranger."""

import json
import os
import shutil
import subprocess
import sys

import click.testing
import pytest

from responder.cli import root
from responder.cli.evidence import pieces_of
from responder.errors import BadInput

LI, JIN = ("--as", "li.na", "--lang", "en"), ("--as", "jin.lu", "--lang", "en")


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "core.log"
    path.write_bytes(b"09:31:05 order rejected\n" * 1000)
    return path


def test_from_the_file_to_the_stranger(cli, outage, log, tmp_path):
    """Kept, offered, accepted, exported; and what the bundle says is what happened."""
    added = cli.act("jin.lu", "evidence", "add", outage, str(log), "--note", "撮合日志")
    assert (added["id"], added["name"], added["size"]) == ("1", "core.log", 24_000)
    cli.act("jin.lu", "evidence", "transfer", outage, "1", "li.na", "--reason", "取证")
    listed = cli("evidence", "list", outage, "--json").json["evidence"]
    assert (listed[0]["custodian"], listed[0]["offered_to"]) == ("jin.lu", "li.na")
    assert cli.act("li.na", "evidence", "accept", outage, "1")["custodian"] == "li.na"
    assert "Li Na" in cli("evidence", "list", outage).out
    kinds = [kind for kind in cli.kinds(outage) if kind.startswith("Evidence")]
    assert kinds == ["EvidenceAdded", "EvidenceOffered", "EvidenceTransferred"]

    folder, archive = tmp_path / "bag", tmp_path / "bag.zip"
    assert cli("evidence", "export", outage, "--out", str(folder), "--json").json["id"] == outage
    told = cli("evidence", "export", outage, "--out", str(archive), "--json", "--as", "chen.guo")
    assert told.json["id"] == outage
    for path in (folder, archive):
        assert cli("evidence", "verify", str(path), "--json").json["incident"] == outage
    run = subprocess.run(
        [sys.executable, "-I", "verify.py"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    told = json.loads((folder / "data/evidence.json").read_text())["evidence"]
    assert [one["person"] for one in told[0]["custody"]] == ["jin.lu", "li.na"]
    assert "撮合日志" in (folder / "data/timeline.zh.txt").read_text()
    assert (folder / "data/files/1-core.log").read_bytes() == log.read_bytes()
    assert cli("ledger", "verify").status == 0


def test_what_is_released_is_in_the_bundle_and_drafts_are_not(cli, outage, tmp_path):
    """A notice once two stand behind it, every version of the line; no draft of anything."""
    blanks = [f"{name}=全部委托" for name in ("symptom_public", "scope", "unaffected")]
    options = [word for blank in blanks for word in ("--blank", blank)]
    cli.act("wang.fang", "notice", "draft", outage, "first", *options)
    cli.act("zhang.wei", "report", "draft", outage, "cn-securities/first")
    before, after = tmp_path / "before", tmp_path / "after"
    assert cli("evidence", "export", outage, "--out", str(before)).status == 0
    assert not (before / "data/notices").exists()
    assert not (before / "data/reports").exists()
    cli.act("liu.min", "line", "approve", outage)
    cli.act("liu.min", "notice", "approve", outage, "1")
    assert cli("evidence", "export", outage, "--out", str(after)).status == 0
    notice = json.loads((after / "data/notices/1.json").read_bytes())
    line = json.loads((after / "data/agreed-line.json").read_bytes())["versions"][0]
    assert (notice["stage"], notice["line_sha256"]) == ("released", line["sha256"])
    assert line["approved_by"] == "liu.min"
    assert "全部委托" in (after / "data/notices/1-website.zh.txt").read_text(encoding="utf-8")
    assert cli("evidence", "verify", str(after)).status == 0


def test_the_same_state_gives_the_same_bundle(cli, outage, log, tmp_path):
    """That a bundle was made is on the firm's record, not in the next bundle."""
    cli.act("jin.lu", "evidence", "add", outage, str(log))
    outs = [tmp_path / name for name in ("a.zip", "b.zip")]
    for out in outs:
        assert cli("evidence", "export", outage, "--out", str(out)).status == 0
    assert outs[0].read_bytes() == outs[1].read_bytes()


def test_verify_needs_nothing_of_the_site(cli, outage, log, tmp_path):
    """No database, no site; one line that names the file, status 1."""
    cli.act("jin.lu", "evidence", "add", outage, str(log))
    out = tmp_path / "bag"
    cli("evidence", "export", outage, "--out", str(out))
    (out / "data/files/1-core.log").write_bytes(b"changed")
    shutil.rmtree(cli.var)
    for lang, named in (("zh", "文件 data/files/1-core.log"), ("en", "file data/files/1-core.log")):
        words = ["evidence", "verify", str(out), "--lang", lang]
        environ = {"RESPONDER_SITE": "/nowhere", "RESPONDER_VAR": str(tmp_path / "none")}
        result = click.testing.CliRunner(env=environ).invoke(root, words)
        assert (result.exit_code, result.stdout) == (1, "")
        assert named in result.stderr
    assert not (tmp_path / "none").exists()


def test_the_same_file_twice_is_two_entries_and_one_file(cli, outage, log):
    for person in ("jin.lu", "li.na"):
        cli.act(person, "evidence", "add", outage, str(log))
    files = [p for p in (cli.var / "files").rglob("*") if p.is_file() and len(p.name) == 64]
    assert len(files) == 1
    listed = cli("evidence", "list", outage, "--json").json["evidence"]
    assert [one["added_by"] for one in listed] == ["jin.lu", "li.na"]


def test_names_are_made_safe_and_kept_as_they_were(cli, outage, tmp_path):
    """A name that turns the direction of reading is shown without; the record spells it out."""
    path = tmp_path / "a\u202egpj.exe"
    path.write_bytes(b"x")
    assert cli.act("li.na", "evidence", "add", outage, str(path))["name"] == "agpj.exe"
    entries = cli("incident", "timeline", outage, "--json").json["entries"]
    assert entries[-1]["payload"]["given"] == "a\\u202egpj.exe"


def test_bad_files_are_refused_and_nothing_is_kept(cli, outage, tmp_path):
    """5 GB at a limit of 4 MB, an empty file, a folder, a pipe, no file, no such incident."""
    huge, empty, pipe = (tmp_path / name for name in ("huge.bin", "empty.log", "pipe"))
    with huge.open("wb") as file:
        file.truncate(5_000_000_000)
    empty.touch()
    os.mkfifo(pipe)
    small = {"RESPONDER_EVIDENCE__LARGEST_MB": "4"}
    for path, why in (
        (huge, "larger than 4 MB"),
        (empty, "empty"),
        (tmp_path, "Is a directory"),
        (pipe, "no plain file"),
        (tmp_path / "none", "No such file"),
    ):
        said = cli.refused(
            "evidence", "add", outage, str(path), "--as", "li.na", "--lang", "en", **small
        )
        assert why in said
    assert "INC-2026-9999" in cli.refused("evidence", "add", "INC-2026-9999", str(empty), *LI)
    assert not [p for p in cli.var.rglob("files/*/*") if p.is_file()]
    assert "EvidenceAdded" not in cli.kinds(outage)


def test_a_file_that_changes_while_it_is_read_is_refused(log):
    pieces = pieces_of(log)
    next(pieces)
    with log.open("ab") as file:
        file.write(b"more")
    with pytest.raises(BadInput, match="changed while it was read"):
        list(pieces)


def test_who_may_hand_over_accept_and_export(cli, outage, log, tmp_path):
    """Custody moves by who holds it and who was asked; a bundle leaves by few hands."""
    cli.act("jin.lu", "evidence", "add", outage, str(log))
    assert "may not" in cli.refused("evidence", "transfer", outage, "1", "li.na", *LI)
    assert "may not" in cli.refused("evidence", "accept", outage, "1", *LI)
    out = str(tmp_path / "bag")
    assert "may not" in cli.refused("evidence", "export", outage, "--out", out, *JIN)
    assert not (tmp_path / "bag").exists()
    assert "Refused" in cli.kinds(outage)
    assert "“7”" in cli.refused("evidence", "transfer", outage, "7", "li.na", *JIN)


def test_what_was_changed_in_the_vault_is_not_handed_on(cli, outage, log, tmp_path):
    """Neither in custody nor in a bundle: it is named, and to be restored."""
    digest = cli.act("jin.lu", "evidence", "add", outage, str(log))["sha256"]
    place = cli.var / "files" / digest[:2] / digest
    place.write_bytes(b"rotten")
    handing = ("evidence", "transfer", outage, "1", "li.na", *JIN)
    assert "no longer what was taken in" in cli.refused(*handing)
    exporting = ("evidence", "export", outage, "--out", str(tmp_path / "bag"), "--lang", "en")
    assert digest in cli.refused(*exporting)
    place.unlink()
    assert "it is gone" in cli.refused(*handing)
    assert not list(tmp_path.glob("*bag*"))


def test_the_chat_lists_it(cli, outage, log):
    """`evidence`, 证据 and 存证, with the hash in full."""
    digest = cli.act("jin.lu", "evidence", "add", outage, str(log))["sha256"]
    for words in ("evidence", "证据", "存证"):
        runner = click.testing.CliRunner(env=cli.surroundings({"RESPONDER_AS": "jin.lu"}))
        said = runner.invoke(root, ["chat"], input=f"{words} {outage}\n")
        assert digest in said.stdout, said
        assert "core.log" in said.stdout
