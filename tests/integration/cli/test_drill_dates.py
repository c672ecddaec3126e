"""The days of drills to come, and feedback, from the command line."""

from datetime import datetime

import pytest

from responder import app
from responder.site.sample import sample_folder

SITE = app.files_of(sample_folder())
SCENARIO = "slow-matching-listing"
FRIDAY = 4
PLAN = "DPL-2026-0001"
LEADER = SITE.scenarios[SCENARIO].owner


@pytest.fixture
def day(cli) -> str:
    """The first day that is offered."""
    return cli("drill", "propose", SCENARIO, "--json").json["days"][0]["at"]


def test_a_drill_is_planned_answered_moved_and_cancelled(cli, day) -> None:
    """Each step is seen by script."""
    made = cli("drill", "schedule", SCENARIO, "--at", day, "--as", LEADER, "--json").json
    assert made["plan"] == PLAN
    invited = made["invited"]
    assert LEADER in invited
    assert cli("drill", "answer", PLAN, "no", "--as", invited[0]).status == 0
    assert cli("drill", "answer", PLAN, "yes", "--as", invited[1]).status == 0
    (one,) = cli("drill", "planned", "--json").json["planned"]
    assert (one["not_coming"], one["coming"]) == ([invited[0]], [invited[1]])
    later = cli("drill", "propose", SCENARIO, "--json").json["days"][1]["at"]
    moved = cli("drill", "move", PLAN, "--at", later, "--reason", "版本推迟", "--as", LEADER)
    assert moved.status == 0
    (one,) = cli("drill", "planned", "--json").json["planned"]
    assert (one["coming"], one["moved"][0]["reason"]) == ([], "版本推迟")
    assert PLAN in cli("drill", "planned").out
    assert cli("drill", "cancel", PLAN, "--reason", "停办", "--as", LEADER).status == 0
    assert cli("drill", "planned", "--json").json["planned"] == []


def test_in_a_session_it_needs_a_reason(cli) -> None:
    """Ten in the morning of a working day, by the firm's own clock."""
    offered = cli("drill", "propose", SCENARIO, "--json").json["days"]
    at = next(d["at"] for d in offered if datetime.fromisoformat(d["at"]).weekday() < FRIDAY)
    at = at[:10] + "T10:00"
    assert "drill propose" in cli.refused("drill", "schedule", SCENARIO, "--at", at, "--as", LEADER)


def test_a_score_is_one_to_five(cli) -> None:
    """The command line says so before anything is looked up."""
    said = cli("drill", "feedback", "DRL-2026-0001", "--well=a", "--better=b", "--knew", "6")
    assert said.status != 0
    assert "5" in said.err


def test_what_recurs_is_listed_after_what_is_planned(cli, day) -> None:
    """The two recurring drills of the sample: their next dates, at their times of day."""
    made = cli("drill", "schedule", SCENARIO, "--at", day, "--as", LEADER, "--json")
    assert made.status == 0
    found = cli("drill", "planned", "--json").json["recurring"]
    times = {one["scenario"]: one["at"][10:] for one in found}
    assert times["both-lines-cut"] == "T09:00:00+08:00"
    table = cli("drill", "planned").out
    assert (
        table.index(PLAN)
        < table.index("Recurring, not planned yet")
        < table.index("both-lines-cut")
    )
    assert "定期演练，待安排" in cli("--lang", "zh", "drill", "planned").out


def test_a_recurrence_that_never_comes_is_told_by_check(cli, tmp_path) -> None:
    """With the place and the mend, by `drill check` and by `check`."""
    assert cli("init", str(tmp_path / "site")).status == 0
    file = tmp_path / "site/playbooks/drills/both-lines-cut.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('day: "2nd sat"', 'day: "31", week: "1"'), encoding="utf-8")
    said = cli("drill", "check", "both-lines-cut", "--site", str(tmp_path / "site"))
    assert said.status == 1
    assert "both-lines-cut: recurs: The date on which the drill recurs never comes" in said.out
    found = cli("check", "--site", str(tmp_path / "site"))
    line = text[: text.index("recurs:")].count("\n") + 1
    assert f"both-lines-cut.yaml:{line}: " in found.out
