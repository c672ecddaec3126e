"""Scenarios of the sample site from the command line: looked over, rehearsed, listed."""

import pytest

from responder import app
from responder.domain.fence import FIRST_WORDS
from responder.site.sample import sample_folder

SITE = app.files_of(sample_folder())
SCRIPTS = [(one.id, script) for one in SITE.scenarios.values() for script in one.scripts]


def test_the_shipped_scenarios_pass(cli):
    said = cli("drill", "check")
    assert said.status == 0
    assert f"{len(SITE.scenarios)}" in said.err
    assert cli("drill", "check", "--json").json == {"flaws": []}


def test_scenarios_are_listed(cli):
    listed = cli("drill", "scenarios", "--json").json["scenarios"]
    assert [one["id"] for one in listed] == list(SITE.scenarios)


@pytest.mark.parametrize(("scenario", "script"), SCRIPTS)
def test_every_script_ends_as_it_says(cli, scenario, script):
    """Rehearsed by the real engine on a virtual clock; marked to the last word, within the list."""
    said = cli("drill", "rehearse", scenario, "--script", script, "--json")
    found = said.json
    assert found["refused"] == []
    assert found["as_scripted"], [(one["id"], one["result"]) for one in found["expected"]]
    assert said.status == 0
    wanted = SITE.scenarios[scenario].scripts[script].results
    came = {one["id"]: one["result"] for one in found["expected"]}
    assert {id for id, result in came.items() if result is None} <= conditional(scenario)
    assert {id: r for id, r in came.items() if r} == {id: wanted[id] for id, r in came.items() if r}
    assert found["sent"]
    assert [one for one in found["sent"] if not one["text"].startswith(FIRST_WORDS)] == []


def conditional(scenario: str) -> set[str]:
    """What is expected only where something else came out so."""
    rows = SITE.scenarios[scenario].expected.values()
    return {one.id for row, one in rows if row.only_if}


def test_a_file_names_its_scenario(cli):
    id = next(iter(SITE.scenarios))
    assert cli("drill", "check", f"playbooks/drills/{id}.yaml").status == 0


def test_what_was_done_outside_is_entered_with_its_time(cli):
    """Who did it, when and how that is known are asked for; the drill has to be there."""
    done = ("drill", "enter", "DRL-2026-0009", "taken", "--by", "wang.fang", "--reason", "phone")
    assert "DRL-2026-0009" in cli.refused(*done, "--at", "16:05", "--as", "feng.lan")
    assert cli(*done, "--as", "feng.lan").status == 2
    assert cli(*done, "--at", "noon", "--as", "feng.lan").status == 2


def test_an_unknown_scenario_gets_the_nearest(cli):
    id = next(iter(SITE.scenarios))
    assert id in cli.refused("drill", "rehearse", f"{id[:-1]}x")
