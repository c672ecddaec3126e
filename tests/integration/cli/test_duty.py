"""Duty from the command line, on a copy of the sample: leave, swaps, shifts, feeds over HTTP."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from responder.cli.duty import bound
from tests.integration.cli.conftest import Terminal

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SHANGHAI = "Asia/Shanghai"


@pytest.mark.parametrize(
    ("text", "ends", "expected"),
    [
        ("2026-12-01", False, "2026-11-30T16:00+00:00"),
        ("2026-12-01", True, "2026-12-01T16:00+00:00"),
        ("2026-12-01T08:30", True, "2026-12-01T00:30+00:00"),
        ("2026-12-01T08:30+00:00", False, "2026-12-01T08:30+00:00"),
        ("08:30", False, "2026-11-23T00:30+00:00"),
    ],
)
def test_a_day_that_ends_includes_itself(text, ends, expected):
    """Days, local times and instants; without a zone it is the one given."""
    assert bound(text, NOW, SHANGHAI, ends=ends) == datetime.fromisoformat(expected)


@pytest.fixture
def moved(tmp_path):
    """A terminal on a copy of the sample whose records are of today."""
    site = tmp_path / "site"
    assert Terminal(tmp_path / "none")("init", str(site)).status == 0
    return Terminal(tmp_path / "state", site)


def days(*ahead):
    return [(datetime.now(UTC) + timedelta(days=one)).date().isoformat() for one in ahead]


def on_duty(cli, day):
    """The duty lead and the backup at noon of a day."""
    found = cli("who", "--at", f"{day}T12:00:00+08:00", "--role", "duty_lead", "--json").json
    return found["roles"][0]["holder"], found["roles"][0]["backup"]


def test_leave_is_judged_and_shown(moved):
    """The gap with who stands in; refused where the backup is away; taken off again."""
    day, after = days(20, 21)
    lead, backup = on_duty(moved, day)
    given = ("duty", "absence", lead, "--from", day, "--to", day, "--reason", "leave")
    said = moved(*given, "--as", "zhu.lin" if lead != "zhu.lin" else "qian.li", "--json").json
    assert said["stand_ins"]
    admin = "qian.li"
    refused = moved.refused("duty", "absence", backup, "--from", day, "--to", after,
                          "--reason", "leave", "--as", admin)  # fmt: skip
    assert lead in refused or "primary and backup" in refused or "同时不在岗" in refused
    backwards = moved("duty", "absence", backup, "--from", after, "--to", days(10)[0],
                    "--reason", "x", "--as", admin)  # fmt: skip
    assert backwards.status == 1
    assert moved("duty", "absence", lead, "--cancel", "--from", day, "--as", admin).status == 0
    rows = moved("duty", "show", "--from", day, "--to", day, "--role", "duty_lead", "--json").json
    assert [one["flags"] for one in rows["roster"]] == [[]] * len(rows["roster"])
    assert moved("duty", "absence", lead, "--as", admin).status == 2


def test_a_swap_and_a_shift(moved):
    """Asked for, agreed to by the other and the lead; the shift ticked off and handed over."""
    day, after = days(20, 21)
    lead, backup = on_duty(moved, day)
    span = ("--from", f"{day}T08:30", "--to", f"{after}T08:30")
    asked = moved("duty", "swap", "duty-lead", *span, "--with", backup, "--as", lead, "--json").json
    assert moved("duty", "swap", asked["id"], "--accept", "--as", backup).status == 0
    now = moved("who", "--role", "duty_lead", "--json").json["roles"][0]["holder"]
    approver = "zhang.wei" if now in (lead, backup) else now
    assert moved("duty", "swap", asked["id"], "--accept", "--as", approver).status == 0
    assert on_duty(moved, day) == (backup, lead)
    refused = moved.refused("duty", "handover", "--as", now, "--lang", "en")
    assert "areas are not ticked" in refused
    assert moved("duty", "tick", "security", "--as", now).status == 0
    offered = moved("duty", "handover", "--note", "later", "--as", now, "--json").json
    taker = offered["handed_to"]
    assert moved("duty", "handover", "--accept", "--as", taker).status == 0
    assert moved("duty", "handover", offered["id"], "--accept", "--as", taker).status == 1
    kept = moved("duty", "log", "--json").json["shifts"]
    assert [one["relieved_by"] for one in kept if one["id"] == offered["id"]] == [taker]
    assert "later" in moved("duty", "log", "--lang", "zh").out
    assert "日常操作" in moved("duty", "rules", "--lang", "zh").out
    assert json.loads(moved("duty", "rules", "--json").out)["posts"] == ["duty_lead", "monitoring"]


def test_a_feed_is_served(moved, starts):
    """The address printed opens on the running service, and is gone once revoked."""
    url = moved("duty", "feed", "new", "wang.fang", "--as", "wang.fang", "--json").json["url"]
    path = "/" + url.split("/", 3)[3]
    service = starts(moved)
    status, text = service.get(path)
    assert status == 200
    assert len(Calendar.from_ical(text).walk("VEVENT")) > 10
    assert moved("duty", "feed", "list", "wang.fang", "--json").json["feeds"]
    assert moved("duty", "feed", "revoke", "wang.fang", "--as", "wang.fang").status == 0
    assert service.get(path)[0] == 404
