"""What is kept ready, events and problems, on the command line and on the sample site."""

import pytest

from responder.domain.problem import SOURCES
from responder.domain.provision import REGISTERS


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_entry_of_the_sample_can_be_shown(cli, outage, language):
    """Lists and entries in both languages; every register is there."""
    listed = cli("register", "list", "--json").json["provisions"]
    assert {one["register"] for one in listed} == set(REGISTERS)
    for one in listed:
        shown = cli("register", "show", one["id"], "--lang", language)
        assert one["id"] in shown.out
    for register in REGISTERS:
        assert cli("register", "list", "--register", register, "--lang", language).status == 0
    for system in ("core-trading", "machine-room"):
        said = cli("doc", system, "--lang", language)
        assert said.status == 0
        assert "://" not in said.out


def test_from_the_draw_to_the_granted_funds(cli, outage, duty):
    """By two approvers, as the sample's catalogue wants it; shown with its balance."""
    cli.act(duty, "ack", outage)
    drawn = cli.act(duty, "register", "draw", "spare-optics", "--incident", outage)
    assert drawn["quantity"] == 11
    cli.act(duty, "register", "spend", "--incident", outage, "--amount", "50000", "--for", "光模块")
    for approver in ("lin.yue", "song.qing"):
        cli.act(approver, "decide", outage, "pay-emergency-funds", "approve", "--reason", "同意")
    [spent] = cli("register", "spending", outage, "--json").json["spending"]
    assert (spent["amount"], spent["passed"], spent["open"]) == (50_000, True, False)
    assert cli("register", "show", "fund-emergency", "--json").json["balance"] == 1_950_000
    assert "1,950,000" in cli("register", "show", "fund-emergency").out
    for language in ("zh", "en"):
        assert cli("incident", "timeline", outage, "--lang", language).status == 0
    assert cli("register", "list", "--due").status == 0


def test_checks_by_whoever_keeps_it(cli, outage):
    """A check, a stock-take and a test call, each with its facts; others are refused."""
    assert cli.act("hu.bin", "register", "check", "agr-power", "--evidence", "巡检12")["passed"]
    counted = cli.act("xie.yong", "register", "stock", "sup-radios", "--count", "11")
    assert counted["quantity"] == 11
    call = ("register", "test-call", "agr-software", "--ring", "2", "--score", "4")
    assert cli.act("cui.hao", *call, "--answer", "6")["passed"]
    assert not cli.act("cui.hao", *call)["passed"]
    refused = cli.refused("register", "check", "agr-fire", "--as", "tan.yi", "--lang", "en")
    assert "may not" in refused
    assert cli("register", "show", "agr-software").status == 0


def test_an_event_from_the_log_to_its_lesson(cli, outage, tmp_path):
    """Logged, noted, closed; twice makes a problem, which is solved and shows."""
    log = ("event", "log", "行情延迟", "--system", "market-data", "--impact", "2", "--scope", "2")
    first = cli.act("tan.yi", *log)["id"]
    cli.act("wang.fang", "event", "assign", first, "qiu.ran")
    cli.act("qiu.ran", "event", "note", first, "已换线路")
    cli.act("qiu.ran", "event", "close", first, "恢复")
    for language in ("zh", "en"):
        assert "已换线路" in cli("event", "show", first, "--lang", language).out
        assert cli("event", "list", "--all", "--lang", language).status == 0
        assert cli("ledger", "verify", "--lang", language).status == 0
    cli.act("tan.yi", *log)
    wanted = [one for one in cli("problem", "list", "--json").json["problems"] if one["symptom"]]
    [id] = [one["id"] for one in wanted if one["system"] == "market-data"]
    cli.act("qian.li", "problem", "submit", id, "--owner", "qiu.ran")
    cli.act("qiu.ran", "problem", "analyse", id, "线路抖动")
    assert "can become" in cli.refused("problem", "solve", id, "--as", "qiu.ran", "--lang", "en")
    cli.act("qiu.ran", "problem", "handle", id, "双线", "--change", "CHG-9")
    cli.act("tao.jing", "problem", "verify", id, "一周无复发")
    cli.act("qiu.ran", "problem", "solve", id)
    cli.act("qiu.ran", "problem", "end", id, "--lesson", "先切备用行情源")
    assert "先切备用行情源" in cli.act("tan.yi", *log)["said"]
    for language in ("zh", "en"):
        assert "先切备用行情源" in cli("problem", "show", id, "--lang", language).out
        assert cli("problem", "list", "--all", "--lang", language).status == 0
    assert cli("problem", "list", "--search", "备用", "--json").json["problems"][0]["id"] == id
    assert cli("event", "list", "--overdue").status == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_problems_from_a_table(cli, outage, tmp_path, encoding):
    """In the encodings that spreadsheets write; a blank row is none."""
    file = tmp_path / "problems.csv"
    rows = (
        "问题,来源,系统,编号",
        "口令过弱,检查,core-trading,JC-1",
        ",,,",
        "证书到期,自查,website,",
    )
    file.write_bytes("\r\n".join(rows).encode(encoding))
    assert len(cli.act("qian.li", "problem", "import", str(file))["problems"]) == 2
    found = cli("problem", "sources", "--json").json["sources"]
    assert set(found) == set(SOURCES)
    assert (found["inspection"]["all"], found["self_check"]["all"]) == (1, 1)
    assert cli("problem", "sources").status == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"problem,system\nx,core-trading\n", "no column “source”"),
        (b"title,source\nx,rumour\n", "Row 2"),
        (b"title,source\n\xff\xfe\x00x,monitoring\n", "no text in UTF-8"),
        (b"", "no column “title”"),
    ],
)
def test_a_bad_table_takes_nothing_in(cli, outage, tmp_path, content, said):
    """The row or the column is named."""
    file = tmp_path / "problems.csv"
    file.write_bytes(content)
    words = ("problem", "import", str(file), "--as", "qian.li", "--lang", "en")
    assert said in cli.refused(*words)
    missing = ("problem", "import", str(tmp_path / "none.csv"), "--as", "qian.li", "--lang", "en")
    assert "cannot be read" in cli.refused(*missing)


def test_a_month_is_signed(cli, outage, tmp_path):
    """The month before; the paper names who signed."""
    cli.act("qian.li", "events", "sign", "--month", "2026-01")
    [review] = cli("events", "reviews", "--json").json["reviews"]
    assert (review["signed_by"], review["counts"]["total"]) == ("qian.li", 0)
    paper = tmp_path / "ea.pdf"
    assert cli("events", "report", "--month", "2026-01", "--out", str(paper)).status == 0
    assert paper.read_bytes().startswith(b"%PDF")
    assert cli("events", "reviews").status == 0
