"""Reports to regulators on the command line, on the sample site with its own rule packs."""

import json

import pytest

TOLD = {
    "place": "上海数据中心",
    "影响范围": "网上委托",
    "severity": "不能委托",
    "customers": "1.2万",
    "loss": "?",
    "consequence": "客户不能交易",
    "cause": "?",
    "nature": "系统故障",
    "help_needed": "无",
}
FIRST = "cn-securities/first"


@pytest.fixture
def filled(cli, outage, duty):
    """A first report with every mandatory field answered, told by telephone."""
    cli.act(duty, "ack", outage)
    cli.act(duty, "task", "done", outage, "safety")
    for field, value in TOLD.items():
        cli.act("zhang.wei", "fact", outage, field, value)
    ref = cli.act("zhang.wei", "report", "draft", outage, FIRST)["id"]
    cli.act("zhang.wei", "report", "phone", ref, "--taken-by", "王处")
    return ref


def test_from_the_facts_to_the_receipt(cli, outage, filled, tmp_path):
    """Shown, signed by another, submitted, corrected; the record still verifies."""
    shown = cli("report", "show", filled)
    assert "14/14 (100 %)" in shown.out
    assert cli("report", "show", filled, "--json").json["missing"] == []
    cli.act("zhang.wei", "report", "review", filled)
    assert "cannot also confirm" in cli.refused(
        "report", "sign", filled, "--as", "zhang.wei", "--lang", "en"
    )
    signed = cli.act("chen.guo", "report", "sign", filled)
    sent = cli.act("zhang.wei", "report", "submit", filled, "--receipt", "2026-118")
    assert sent["discharges"] == FIRST
    assert cli("report", "list", outage, "--json").json["reports"][0]["sha256"] == signed["sha256"]
    said = cli.refused(
        "report", "set", filled, "--preliminary", "--as", "zhang.wei", "--lang", "en"
    )
    assert "never changes" in said
    cli.act("zhang.wei", "fact", outage, "customers", "9000")
    again = cli.act("zhang.wei", "report", "correct", filled, "--reason", "核实")["id"]
    changes = cli("report", "show", again, "--json").json["changes"]
    assert changes["people_estimate"] == ["12,000", "9,000"]
    assert cli("incident", "timeline", outage).status == 0, "every kind has its words"
    assert cli("incident", "timeline", outage, "--lang", "en").status == 0
    assert cli("ledger", "verify").status == 0


def test_papers_are_written_and_the_same_again(cli, filled, tmp_path):
    """PDF and DOCX, byte for byte, and a place that cannot be written is said."""
    made = []
    for name in ("a", "b"):
        pdf, docx = tmp_path / f"{name}.pdf", tmp_path / f"{name}.docx"
        said = cli("report", "show", filled, "--pdf", str(pdf), "--docx", str(docx))
        assert said.status == 0, said.err
        made.append((pdf.read_bytes(), docx.read_bytes()))
    assert made[0] == made[1]
    assert made[0][0].startswith(b"%PDF")
    assert made[0][1].startswith(b"PK")
    assert "nowhere" in cli.refused("report", "show", filled, "--docx", "/nowhere/x.docx")


def test_the_read_out_and_the_list_of_facts(cli, outage, filled):
    """Lines to be read aloud; facts with who told them; what is not known, on demand."""
    lines = cli("report", "phone", filled, "--json", "--as", "zhang.wei").json["lines"]
    assert lines[0].startswith("您好，我是示例证券通报联络人张伟")
    facts = {f["field"]: f for f in cli("fact", outage, "--json").json["facts"]}
    assert (facts["customers"]["value"], facts["customers"]["by"]) == ("12000", "zhang.wei")
    assert "****" in facts["contact_phone"]["value"]
    assert "ransom" not in facts
    assert "ransom" in cli("fact", outage, "--all").out


def test_what_is_wrong_is_said_with_its_mend(cli, outage, filled):
    """Unknown duties, fields, reports; a short name that several rules have."""
    zhang = ("--as", "zhang.wei", "--lang", "en")
    assert "More than one rule" in cli.refused("report", "draft", outage, "first", *zhang)
    assert "Did you mean" in cli.refused("report", "draft", outage, "cn-securities/firs", *zhang)
    assert "Did you mean" in cli.refused("fact", outage, "custommers", "1", *zhang)
    assert "whole number" in cli.refused("fact", outage, "customers", "many", *zhang)
    assert "no report" in cli.refused("report", "show", f"{outage}/9", "--lang", "en")
    assert "may not" in cli.refused(
        "report", "submit", filled, "--receipt", "x", "--as", "jin.lu", "--lang", "en"
    )
    told = json.loads(cli("report", "show", filled, "--json").out)
    assert told["stage"] == "draft"
