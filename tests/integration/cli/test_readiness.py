"""`responder readiness` on a fresh site: files alone, with a database, strict, as a paper."""

from pathlib import Path

import pytest

from responder.readiness.controls import every_control
from tests.integration.cli.conftest import Terminal

AT = ("--at", "2026-09-28T10:00:00+08:00")
"""When the sample's own records make sense."""


@pytest.fixture
def site(tmp_path: Path) -> Terminal:
    """A site written today, without a database yet."""
    found = Terminal(tmp_path / "var", tmp_path / "site")
    said = found("init", str(tmp_path / "site"))
    assert said.status == 0, said.err
    return found


def break_head(site: Terminal) -> None:
    """The head of settlement leaves the command body."""
    assert site.site is not None
    file = site.site / "contacts" / "command.yaml"
    text = file.read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.strip().startswith("- gao.feng")]
    file.write_text("\n".join(kept), encoding="utf-8")


def states(found: dict) -> dict[str, str]:
    return {one["id"]: one["state"] for one in found["controls"]}


def test_a_fresh_site_is_green_from_its_files(site):
    """On the day of init every control is there, green, with its proof in the reader's language."""
    found = site("readiness", "--strict", "--json", "--lang", "en").json
    assert [one["id"] for one in found["controls"]] == [one.id for one in every_control()]
    dull = {id: state for id, state in states(found).items() if state != "green"}
    assert dull in ({}, {"7.3-2a": "amber"})  # past the release's calendars
    assert all(one["reason"] and one["title"] for one in found["controls"])
    assert found["counts"]["red"] == 0


def test_a_missing_head_is_one_red_control_with_its_mend(site):
    """Strict exits 1; the JSON names the clause, the reason, the mend and whose it is."""
    break_head(site)
    said = site("readiness", "--strict", "--clause", "7.1-", "--lang", "zh")
    assert said.status == 1
    assert "✗ 不合格" in said.out
    assert site("readiness", "--clause", "7.1-").status == 0
    found = site("readiness", "--json", "--lang", "zh").json
    (red,) = [one for one in found["controls"] if one["state"] == "red"]
    assert (red["id"], red["owner"]) == ("7.1-2", "qian.li")
    assert "结算" in red["reason"]
    assert "contacts/command.yaml" in red["mend"]
    assert red["gaps"][0]["what"] == red["reason"]


def test_the_database_counts_unless_files_are_asked_for(cli, tmp_path):
    """With a database its version is judged; the day's history begins with today."""
    found = cli("readiness", *AT, "--json", "--clause", "7.1-x").json
    assert len(found["version"]) > 8
    assert set(states(found)) == {"7.1-x", "7.1-x'"}
    by_files = cli("readiness", *AT, "--files", "--json", "--clause", "7.1-x").json
    assert by_files["version"] == ""
    (day,) = cli("readiness", "history", *AT, "--json").json["days"]
    assert day["on"] == "2026-09-28"
    assert day["green"] > 60


def test_the_table_and_the_paper(site, tmp_path):
    """State in words and a sign, the age of evidence, a summary; the same as a PDF."""
    paper = tmp_path / "readiness.pdf"
    shown = site("readiness", "--lang", "en", "--pdf", str(paper))
    assert shown.status == 0, shown.err
    assert "✓ in order" in shown.out
    assert "d ago" in shown.out
    assert "controls:" in shown.out
    assert paper.read_bytes().startswith(b"%PDF")


def test_an_instant_without_a_zone_is_wrong_usage(site):
    """Times are ISO 8601 with a zone."""
    assert site("readiness", "--at", "yesterday").status == 2


def test_who_shows_the_organisation(site):
    """Bodies, members and duties, as lines and as JSON; no number among them."""
    chart = site("who", "--org", "--json").json
    assert chart["command_body"]["principal"]
    assert len(chart["execution_body"]["duties"]) == 4
    shown = site("who", "--org", "--lang", "en").out
    assert "Chen Guo" in shown
    assert "+86" not in shown
