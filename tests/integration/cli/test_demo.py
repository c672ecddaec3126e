"""The demo leaves its papers, in both languages, and a bundle that stands without us."""

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from responder.evidence.verify import Broken, judged
from tests.fakes.pdf import read
from tests.integration.cli.conftest import Terminal

LEFT = ("demo.db", "timeline.txt", "incident.pdf", "notice.txt", "regulator-initial.pdf", "bundle")
SIGNED = ("data/reports/1.pdf", "data/notices/1-website.txt", "data/agreed-line.json")


class Demo(NamedTuple):
    """What one telling answered and left."""

    cli: Terminal
    language: str
    folder: Path
    answer: Any


@pytest.fixture(scope="module", params=["zh", "en"])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    home = tmp_path_factory.mktemp(f"demo-{request.param}")
    cli, folder = Terminal(home / "var"), home / "out"
    answer = cli("demo", "--out", str(folder), "--lang", request.param, "--json").json
    return Demo(cli, request.param, folder, answer)


def said(told: Demo, zh: str, en: str) -> str:
    return zh if told.language == "zh" else en


def test_every_paper_is_there(told):
    """Named in the answer, none empty; nothing is left in the site's own state."""
    assert [Path(one) for one in told.answer["files"]] == [told.folder / name for name in LEFT]
    for name in LEFT[:-1]:
        assert (told.folder / name).stat().st_size > 500, name
    for name in ("incident.pdf", "regulator-initial.pdf"):
        assert (told.folder / name).read_bytes().startswith(b"%PDF-"), name
    assert not list(told.cli.var.rglob("*.key"))


def test_the_notice_says_when_and_what_next(told):
    """The time it began, when the next one comes, in the reader's language."""
    text = (told.folder / "notice.txt").read_text(encoding="utf-8")
    assert said(told, "20时14分起", "Since 20:14") in text
    assert said(told, "20时55分前将再次公告", "a further notice by 20:55") in text
    assert "⟦" not in text
    website = (told.folder / "bundle/data/notices/1.json").read_bytes()
    assert json.loads(website)["released_by"] == ["dong.mei", "zhou.jian"]


def test_the_regulator_s_paper_is_signed_by_another_and_submitted(told):
    """Who took the call, the receipt, who wrote and who signed; nothing blank, nothing late."""
    paper = read((told.folder / "regulator-initial.pdf").read_bytes()).text
    for words in (
        "ZJJ-20261123-0118",
        said(told, "王处", "Mr Wang"),
        said(told, "编制 李娜", "Author Li Na"),
        said(told, "批准 周健", "Approved by Zhou Jian"),
        said(told, "上海主数据中心", "main data centre"),
        said(told, "中国证监会上海监管局", "CSRC Shanghai Bureau"),
    ):
        assert words in paper, words
    assert said(told, "待填", "to be filled") not in paper
    assert said(told, "超时", "late by") not in paper


def test_the_leaders_paper_says_that_all_was_in_time(told):
    """Approved, its figures those of the reports, everything owed done within its limit."""
    first = read((told.folder / "incident.pdf").read_bytes()).pages[0]
    for words in ("4,180", "6 / 6", said(told, "批准 周健", "Approved by Zhou Jian")):
        assert words in first, words


def test_the_bundle_stands_alone_and_names_what_was_touched(told, tmp_path):
    """Both verifiers; texts carry the hashes that the record gives them."""
    bundle = told.folder / "bundle"
    shown = judged(bundle)
    assert shown[0] == told.answer["id"]
    alone = [sys.executable, "-I", "verify.py"]
    assert subprocess.run(alone, cwd=bundle, capture_output=True, check=False).returncode == 0
    lines = json.loads((bundle / "data/agreed-line.json").read_bytes())["versions"]
    for number in ("1", "2", "3"):
        notice = json.loads((bundle / f"data/notices/{number}.json").read_bytes())
        for outlet, one in notice["outlets"].items():
            text = (bundle / f"data/notices/{number}-{outlet}.txt").read_bytes()
            assert sha256(text).hexdigest() == one["sha256"]
            assert lines[-1]["sha256"] == one["line_sha256"]
    kept = (told.folder / "regulator-initial.pdf").read_bytes()
    assert (bundle / "data/reports/1.pdf").read_bytes() == kept
    for name in SIGNED:
        whole = (bundle / name).read_bytes()
        try:
            (bundle / name).write_bytes(whole[:-2] + bytes([whole[-2] ^ 1]) + whole[-1:])
            with pytest.raises(Broken, match=name):
                judged(bundle)
            ended = subprocess.run(alone, cwd=bundle, capture_output=True, check=False)
            assert ended.returncode == 1
            assert name in ended.stdout.decode() + ended.stderr.decode()
        finally:
            (bundle / name).write_bytes(whole)


def test_told_again_it_leaves_the_same_papers(told, tmp_path):
    """Into the same folder; only what names the record's salted hashes differs."""
    same = ("timeline.txt", "notice.txt", "regulator-initial.pdf", "bundle/data/reports/4.json")
    before = {name: (told.folder / name).read_bytes() for name in same}
    again = told.cli("demo", "--out", str(told.folder), "--lang", told.language)
    assert again.status == 0, again.err
    assert {name: (told.folder / name).read_bytes() for name in same} == before
    judged(told.folder / "bundle")
    assert told.cli("evidence", "verify", str(told.folder / "bundle")).status == 0
