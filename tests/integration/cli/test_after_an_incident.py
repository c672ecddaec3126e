"""From stand-down on, on the command line: investigation, measures, holds, an inspector's link."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from responder import app
from responder.app.evidence import proof_of

LATER = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
SOON = (datetime.now(UTC) + timedelta(days=2)).isoformat()


@pytest.fixture
def over(cli, outage):
    """An incident that is stood down, and being investigated."""
    cli.act("zhang.wei", "ack", outage)
    for phase in ("restored", "stood_down", "investigating"):
        cli.act("zhang.wei", "incident", "set", outage, phase, "--reason", "已验证")
    return outage


def test_it_is_investigated_and_concluded(cli, over):
    """Parts from the record, causes, measures; accountability for few eyes; the list of gaps."""
    shown = cli("investigate", "show", over, "--lang", "en").out
    assert "1. The facts" in shown
    assert "集中交易系统" in shown
    assert "no cause is put down" in shown
    assert "cannot be closed" in cli.refused(
        "incident", "set", over, "closed", "--as", "zhang.wei", "--lang", "en"
    )
    cli.act("zhang.wei", "investigate", "write", over, "cause", "网关内存泄漏")
    cli.act("zhang.wei", "investigate", "write", over, "measures", "更换网关，补充压测")
    cause = cli.act("zhang.wei", "investigate", "cause", "add", over, "网关内存泄漏")["id"]
    assert "cause 1 has no measure" in cli.refused(
        "investigate", "conclude", over, "--as", "zhang.wei", "--lang", "en"
    )
    added = cli.act(
        "zhang.wei",
        "measure",
        "add",
        over,
        "更换网关",
        "--owner",
        "cui.hao",
        "--due",
        LATER,
        "--cause",
        cause,
    )
    assert added["id"].startswith("M-20")
    secret = "对某人记过"
    cli.refused("investigate", "accountability", over, secret, "--as", "zhang.wei")
    cli.act("deng.hua", "investigate", "accountability", over, secret)
    for words in (
        ("investigate", "show", over),
        ("incident", "timeline", over),
        ("incident", "show", over),
    ):
        for form in ((), ("--json",)):
            assert secret not in cli(*words, *form).out
    assert secret in cli("investigate", "accountability", over, "--as", "deng.hua").out
    assert cli.act("zhang.wei", "investigate", "conclude", over)["supplements"] is False
    assert cli.kinds(over)[-1] == "InvestigationConcluded"
    assert cli("ledger", "verify").status == 0


def test_the_register_of_measures(cli, over):
    """Listed, done, verified by a second person; a day that is none is wrong usage."""
    one = cli.act(
        "zhang.wei", "measure", "add", over, "更换网关", "--owner", "cui.hao", "--due", LATER
    )["id"]
    other = cli.act(
        "zhang.wei",
        "measure",
        "add",
        "CSRC-2026-3",
        "补充制度",
        "--owner",
        "deng.hua",
        "--due",
        LATER,
        "--origin",
        "inspection",
        "--clause",
        "7.1-R.c",
    )["id"]
    listed = cli("measure", "list", "--lang", "en").out
    assert "Cui Hao" in listed
    assert "inspection CSRC-2026-3" in listed
    assert cli("measure", "list", "--overdue", "--json").json == {"measures": []}
    assert [m["id"] for m in cli("measure", "list", over, "--json").json["measures"]] == [one]
    cli.act("cui.hao", "measure", "done", one, "变更单 CHG-12")
    cli.refused("measure", "verify", one, "--as", "cui.hao")
    cli.act("deng.hua", "measure", "verify", one)
    assert [m["id"] for m in cli("measure", "list", "--json").json["measures"]] == [other]
    assert (
        cli(
            "measure", "add", over, "x", "--owner", "cui.hao", "--due", "soon", "--as", "li.na"
        ).status
        == 2
    )
    assert (
        "There is no such measure" in cli("measure", "list", "--owner", "li.na", "--lang", "en").out
    )


def test_holds_and_years(cli, over):
    """One holds, two release; within its years nothing may be erased."""
    cli.act("deng.hua", "retention", "hold", over, "--reason", "监管调查")
    assert "监管调查" in cli("retention", "list").out
    assert cli("retention", "list", "--json").json["holds"][0]["id"] == over
    asked = cli.act("deng.hua", "retention", "release", over, "--reason", "调查结束")
    cli.refused("confirm", asked["id"], "--as", "deng.hua")
    assert cli("retention", "run", "--dry-run", "--json").json == {"years": 2, "records": []}
    said = cli.refused("retention", "run", "--reason", "清理", "--as", "deng.hua", "--lang", "en")
    assert "within its years" in said
    assert "No record is past its years" in cli("retention", "run", "--dry-run", "--lang", "en").out


def test_an_inspectors_link(cli, over):
    """Granted by two, taken, listed, taken back; without a public address there is no link."""
    asked = cli.act("deng.hua", "inspect", "grant", over, "--for", "王检", "--until", SOON)
    one = cli.act("qian.li", "confirm", asked["id"])["id"]
    assert "RESPONDER_PUBLIC_URL" in cli.refused("inspect", "link", one, "--as", "deng.hua")
    place = {"RESPONDER_PUBLIC_URL": "https://er.example.com"}
    url = cli("inspect", "link", one, "--as", "deng.hua", **place).out.strip()
    assert url.startswith("https://er.example.com/i/")
    assert "王检" in cli("inspect", "list", over, "--lang", "en").out
    cli.act("deng.hua", "inspect", "revoke", one)
    assert cli("inspect", "list", over, "--json").json["inspections"][0]["holds"] is False
    cli.refused("inspect", "link", one, "--as", "deng.hua", **place)


def test_the_inspectors_door_is_open_and_proves(cli, over):
    """With a public address; the incident's entries are computed anew each time."""
    place: dict[str, Any] = {
        "database_url": f"sqlite:///{cli.database}",
        "public_url": "https://er.example.com",
    }
    settings = replace(app.settings_of(), **place)
    with app.opened(settings) as house:
        assert "inspector" in [door.name for door in app.doors_of(house, sandbox=True)]
        proof = proof_of(house, over)
        assert (proof.entries, proof.removed, proof.broken) == (len(cli.kinds(over)), 0, None)
    with closing(sqlite3.connect(cli.database)) as database:
        database.execute("UPDATE ledger_entries SET actor = 'x' WHERE kind = 'Declared'")
        database.commit()
    with app.opened(settings) as house:
        found = proof_of(house, over)
        assert found.broken is not None
