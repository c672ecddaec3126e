"""Papers on the command line: written, approved, refused; the month as PDF and CSV."""

from tests.fakes.pdf import read

APPROVE = ("--author", "jin.lu", "--approve")


def test_the_report_is_written_and_then_approved(cli, outage, tmp_path):
    """A draft first; approved by another than its author, it says by whom."""
    out = tmp_path / "report.pdf"
    told = cli("incident-report", outage, "--out", str(out), "--json", "--lang", "zh").json
    assert (told["id"], told["missing"]) == (outage, [])
    found = read(out.read_bytes())
    assert told["pages"] == len(found.pages)
    assert "尚未批准" in found.pages[0]
    words = ("incident-report", outage, "--out", str(out), "--author", "jin.lu", "--approve")
    assert "another" not in cli(*words, "--as", "chen.guo", "--lang", "zh").err
    assert "批准 陈国" in read(out.read_bytes()).pages[0]
    assert cli("ledger", "verify").status == 0


def test_what_cannot_be_is_refused_with_the_mend(cli, outage, tmp_path):
    """No such incident, no such author, nowhere to write, no right to approve, no such month."""
    out = str(tmp_path / "x.pdf")
    for words in (
        ("incident-report", "INC-1999-0001", "--out", out),
        ("incident-report", outage, "--out", out, "--author", "nobody"),
        ("incident-report", outage, "--out", str(tmp_path / "none" / "x.pdf")),
        (
            "incident-report",
            outage,
            "--out",
            out,
            "--approve",
            "--author",
            "jin.lu",
            "--as",
            "he.yan",
        ),
        ("events", "report", "--month", "2026-13", "--out", out),
    ):
        said = cli(*words)
        assert said.status == 1, words
        assert said.err.strip(), words


def test_the_month_as_paper_and_table(cli, outage, tmp_path):
    """Both hold the month's incident, and the table is one that Excel takes for UTF-8."""
    month = cli("incident", "show", outage, "--json").json["declared_at"][:7]
    paper, table = tmp_path / "m.pdf", tmp_path / "m.csv"
    assert cli("events", "report", "--month", month, "--out", str(paper)).status == 0
    assert cli("events", "export", "--month", month, "--out", str(table)).status == 0
    assert outage in read(paper.read_bytes()).text
    rows = table.read_bytes().decode("utf-8-sig").splitlines()
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [row.split(",")[0] for row in rows] == ["id", outage]
