"""Looking from the command line: who, simulate, check, init, ledger, the record in words."""

import json
import sqlite3
from datetime import datetime

import pytest

from tests.integration.cli.conftest import Terminal


def test_who_is_on_duty_with_ways(cli, duty):
    """Duty lead first, the succession in order, everybody with their ways; no --as needed."""
    found = cli("who", "--json").json
    assert found["roles"][0]["role"] == "duty_lead"
    assert found["succession"][:2] == ["chen.guo", "liu.min"]
    assert all(found["people"][person]["reach"] for person in (duty, "chen.guo"))
    shown = cli("who", "--lang", "en")
    assert "Duty lead" in shown.out
    assert "+86" in shown.out


def test_who_shows_a_lesser_person_numbers_in_part(cli, duty):
    """Whoever has the machine has the files; somebody named who is no administrator has not."""
    for person, full in (("qian.li", True), ("tan.yi", False)):
        found = cli("who", "--json", "--as", person).json
        ways = [way["to"] for way in found["people"][duty]["reach"] if way["via"] == "voice"]
        assert [("****" not in to) for to in ways] == [full] * len(ways)


def test_contact_is_for_a_purpose_and_on_record(cli, duty):
    """Masked by role, refused without a purpose, and the record never holds the number."""
    assert "用途" in cli.refused("contact", duty, "--as", "tan.yi")
    shown = cli("contact", duty, "--why", "核对值班", "--as", "tan.yi", "--json").json
    assert not shown["full"]
    full = cli("contact", duty, "--why", "核对值班", "--as", "qian.li", "--json").json
    numbers = [way["to"] for way in full["reach"] if way["via"] == "voice"]
    assert numbers
    assert "****" not in numbers[0]
    record = _record(cli)
    assert record.count("ContactShown") == 2
    assert numbers[0].removeprefix("+86") not in record


def _record(cli: Terminal) -> str:
    """The whole record, as the file holds it."""
    connection = sqlite3.connect(cli.database)
    try:
        entries = connection.execute("SELECT kind FROM ledger_entries").fetchall()
        payloads = connection.execute("SELECT * FROM ledger_payloads").fetchall()
    finally:
        connection.close()
    return repr([entries, payloads])


def test_check_says_what_leaves_the_mainland(cli):
    """A line a channel; no fault."""
    shown = cli("check", "--lang", "en")
    assert shown.status == 0
    assert "note: site: Channel slack: leaves the mainland" in shown.out
    said = cli("check", "--lang", "en", "--json").json["notes"]
    assert len([note for note in said if "Channel" in note]) == 3


def test_who_was_and_will_be_on_duty(cli):
    """Any instant can be asked for; an unknown role gets near ones."""
    at = "2026-11-24T03:00:00+08:00"
    assert cli("who", "--at", at, "--json").json["at"] == at
    assert cli("who", "--at", "03:00", "--json").json["at"].endswith("T03:00:00+08:00")
    assert "duty_lead" in cli.refused("who", "--role", "duty_led")
    assert cli("who", "--at", "2026-11-24").status == 2


def test_simulate_is_what_the_semantics_say(cli):
    """The JSON has the form others rely on."""
    at = "2026-11-24T03:00:00+08:00"
    words = ("simulate", "trading-outage", "--at", at, "--unreachable", "chen.guo,liu.min")
    found = cli(*words, "--json").json
    assert set(found) == {"playbook", "at", "unreachable", "events", "outcome", "dues"}
    assert found["at"] == at
    assert found["unreachable"] == ["chen.guo", "liu.min"]
    assert found["events"][0] == {"t": 0, "kind": "step", "round": 1, "step": 1}
    decided = found["outcome"]["decisions"]["level-two"]
    assert decided == {"by": "zhang.wei", "t": 660}
    shown = cli(*words, "--lang", "en")
    assert "acting for Chen Guo" in shown.out


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("simulate", "trading-outag"), "trading-outage"),
        (("simulate", "trading-outage", "--unreachable", "chen.gu"), "chen.guo"),
    ],
)
def test_simulating_what_is_not_there(cli, words, near):
    """A misspelt id is refused, never simulated as nobody."""
    assert near in cli.refused(*words)


AS_DATED = "2026-09-28T10:00:00+08:00"
"""Around then the sample's records make sense."""


def test_simulate_with_channels_down_and_drawn(cli, tmp_path):
    """Refused rings say so, the regulators' clocks follow, the picture is written twice."""
    svg, png = tmp_path / "it.svg", tmp_path / "it.png"
    drawn = "--svg", str(svg), "--png", str(png)
    words = ("simulate", "trading-outage", "--files", "--at", AS_DATED, "--failed", "slack,voice")
    found = cli(*words, *drawn, "--json").json
    assert found["failed"] == ["slack", "voice"]
    refused = {one["via"] for one in found["events"] if one.get("refused")}
    assert refused == {"slack", "voice"}
    assert found["outcome"]["acknowledged_t"] == 60
    first = found["dues"][0]
    assert (first["id"], first["to"], first["t"]) == ("cn-securities/first", ["csrc-bureau"], 0)
    assert first["rule"]["en"] == "at once upon becoming aware"
    assert svg.read_text(encoding="utf-8").startswith("<svg")
    assert png.read_bytes().startswith(b"\x89PNG")
    assert "refused" in cli(*words, "--lang", "en").out
    assert "telegram" in cli.refused(*words[:-1], "telegramm")


def test_prove_says_it_holds_or_what_breaks_it(cli):
    """Exit 0 and the statement; exit 1, the smallest set, by how much, and the mend."""
    words = ("prove", "--files", "--at", AS_DATED, "--horizon", "7d", "--lang", "en")
    proved = cli(*words)
    assert proved.status == 0, proved.err
    assert proved.out.startswith("✓ Proved")
    assert "Not covered" in proved.out
    harder = cli(*words, "-k", "3", "--playbook", "network-failure")
    assert harder.status == 1
    assert "Chen Guo, Liu Min, Zhang Wei → undecided" in harder.out
    assert "1 min (only 16 min after declaring)" in harder.out
    assert "shorten hand_down_after from 5m to 4m" in harder.out


def test_prove_for_programs(cli):
    """Counts and gaps as JSON; a playbook nobody knows is refused."""
    words = ("prove", "--files", "--at", AS_DATED, "--horizon", "7d", "--playbook")
    found = cli(*words, "network-failure", "--json").json
    assert found["holds"]
    assert found["gaps"] == []
    assert found["statement"]["figures"]["sets_of_channels"] == 16
    assert "network-failure" in cli.refused(*words, "network-failur")


def test_init_writes_a_site_that_checks(tmp_path):
    """The sample is written once, checks without an error, and is never written over."""
    folder = tmp_path / "firm"
    written = Terminal(tmp_path / "var")("init", str(folder))
    assert written.status == 0
    here = Terminal(folder / "var", folder)
    assert here("check").status == 0
    assert "not empty" in here.refused("init", str(folder))


def test_check_names_file_line_clause_and_mend(tmp_path):
    """One line a finding; 1 if one is an error; a file that does not load names its line."""
    folder = tmp_path / "firm"
    here = Terminal(folder / "var", folder)
    here("init", str(folder))
    command = folder / "contacts" / "command.yaml"
    command.write_text(command.read_text().replace("head: chen.guo", "head: chen.gu"))
    found = here("check")
    assert found.status == 1
    assert any(
        line.startswith("contacts/command.yaml:") and ": error: " in line
        for line in found.out.splitlines()
    )
    command.write_text("command_body: [")
    broken = here("check", "--json")
    assert broken.status == 1
    assert json.loads(broken.out)["findings"][0]["file"] == "contacts/command.yaml"
    assert "command.yaml" in here.refused("simulate", "trading-outage")


def test_check_renders_the_templates(tmp_path):
    """A template that breaks is an error at its line; no other finding comes with it."""
    folder = tmp_path / "firm"
    here = Terminal(folder / "var", folder)
    here("init", str(folder))
    template = folder / "templates" / "messages" / "zh" / "page.sms.j2"
    template.write_text(template.read_text(encoding="utf-8") + "{{ titel }}\n", encoding="utf-8")
    line = template.read_text(encoding="utf-8").count("\n")
    found = here("check", "--lang", "en")
    assert found.status == 1
    assert (
        f"templates/messages/zh/page.sms.j2:{line}: error: site: There is no “titel” to say:"
        " Did you mean title?"
    ) in found.out


def test_what_the_environment_says_of_the_firm_counts(tmp_path):
    """It is checked like the file, and is in force like the file."""
    folder = tmp_path / "firm"
    here = Terminal(folder / "var", folder)
    here("init", str(folder))
    wrong = here("check", "--lang", "en", RESPONDER_TIME_ZONE="Asia/Tokio")
    assert wrong.status == 1
    assert "RESPONDER_TIME_ZONE: error: site: There is no time zone" in wrong.out
    assert "RESPONDER_LANGUAGES: " in here.refused("who", RESPONDER_LANGUAGES="zh,en")
    abroad = {"RESPONDER_TIME_ZONE": "Asia/Tokyo"}
    for _ in ("from the files", "from the database"):
        at = here("who", "--at", "03:00", "--json", **abroad).json["at"]
        assert at.endswith("T03:00:00+09:00")
        here("note", "INC-1", "x", "--as", "li.na", **abroad)


def test_the_version_in_force_counts_not_the_files(tmp_path):
    """Edits of the files serve nobody until taken; --files looks at them all the same."""
    folder = tmp_path / "firm"
    here = Terminal(folder / "var", folder)
    here("init", str(folder))
    here.act("jin.lu", "declare", "trading-outage", "--title", "x")
    roles = folder / "contacts" / "roles.yaml"
    roles.write_text(roles.read_text().replace("primary: zhang.wei", "primary: li.na"))
    it_lead = here("who", "--role", "it_lead", "--json").json["roles"][0]["holder"]
    assert it_lead == "zhang.wei"
    words = ("simulate", "trading-outage", "--answer-after", "4m", "--json")
    rung = [
        {e.get("person") for e in here(*words, *more).json["events"]} for more in ((), ("--files",))
    ]
    assert "li.na" not in rung[0]
    assert "li.na" in rung[1]


def test_the_record_reads_in_both_languages(cli, outage, duty):
    """A line an entry, in words; the JSON form has what scripts hang on."""
    cli.act(duty, "ack", outage)
    zh, en = (cli("incident", "timeline", outage, "--lang", lang).out for lang in ("zh", "en"))
    assert "接手" in zh
    assert "takes it" in en
    assert "Declared" not in en
    found = cli("incident", "timeline", outage, "--json").json
    assert found["id"] == outage
    first = found["entries"][0]
    assert {"seq", "at", "kind", "actor", "door"} <= set(first)
    assert datetime.fromisoformat(first["at"]).tzinfo is not None


def test_incidents_at_a_glance(cli, outage):
    """The list, one incident whole, its tasks: readable, and in JSON."""
    assert outage in cli("incident", "list").out
    shown = cli("incident", "show", outage, "--lang", "zh")
    assert "集中交易系统中断" in shown.out
    assert "呼叫中" in shown.out
    tasks = cli("task", "list", outage, "--json").json["tasks"]
    assert tasks[0]["id"] == "safety"
    assert "Confirm everyone is safe" in cli("task", "list", outage, "--lang", "en").out
    assert "INC-" in cli.refused("incident", "show", "INC-2026-01")


def test_a_dry_run_calls_nobody(cli, outage):
    """Who would be called, when and how, in their own local time; nothing is kept."""
    before = cli.kinds(outage)
    words = ("page", "role:it_lead", "--incident", outage, "--why", "x", "--dry-run")
    found = cli(*words, "--json").json
    assert found["dry_run"] is True
    assert found["would_page"][0]["rings"][0]["via"]
    assert "Nobody is called" in cli(*words, "--lang", "en").out
    assert cli.kinds(outage) == before


def test_checkpoints_convict_a_shortened_record(cli, outage, tmp_path):
    """A kept checkpoint holds; against another database it does not, and names the entry."""
    file = tmp_path / "kept.json"
    assert cli("ledger", "checkpoint", "--out", str(file)).status == 0
    assert cli("ledger", "verify", "--against", str(file)).status == 0
    other = Terminal(tmp_path / "other")
    other("note", "INC-1", "x", "--as", "li.na")
    broken = other("ledger", "verify", "--against", str(file), "--lang", "en")
    assert broken.status == 1
    assert "entry" in broken.err
    file.write_text("{}")
    assert "no checkpoint" in cli.refused("ledger", "verify", "--against", str(file))


def test_verify_needs_only_the_database(cli, outage, tmp_path):
    """A site that does not even load does not keep anybody from proving the record."""
    folder = tmp_path / "broken"
    (folder / "contacts").mkdir(parents=True)
    (folder / "contacts" / "people.yaml").write_text("people: [")
    said = Terminal(cli.var, folder)("ledger", "verify")
    assert said.status == 0, said.err


def test_a_changed_entry_is_named(cli, outage):
    """Whoever writes into the database behind our back is found out."""
    import sqlite3

    with sqlite3.connect(cli.database) as connection:
        connection.execute("UPDATE ledger_entries SET actor = 'somebody' WHERE seq = 2")
    connection.close()
    said = cli("ledger", "verify", "--lang", "en")
    assert said.status == 1
    assert "entry 2" in said.err


def test_doctor_tries_everything(cli, outage):
    """A line each; a fault is 1."""
    found = cli("doctor", "--json", RESPONDER_DATABSE_URL="x").json["checks"]
    states = {one["id"]: one["state"] for one in found}
    assert states["database"] == states["ledger"] == states["clock"] == "ok"
    assert states["engine"] == states["settings"] == "warning"
    cli.database.write_bytes(b"nothing that SQLite knows" * 100)
    broken = cli("doctor")
    assert broken.status == 1


def test_a_pipe_gets_whole_lines_without_colour(cli, outage):
    """What goes to a file or a pipe is not wrapped, and holds no escape."""
    out = cli("incident", "timeline", outage).out + cli("who").out
    assert "\x1b" not in out
    assert all(line == line.rstrip() for line in out.splitlines())
