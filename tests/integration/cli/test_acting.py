"""Acting from the command line, on a real database: what is done, said, kept and refused."""

import re

import pytest

ID = re.compile(r"INC-\d{4}-0001")


def test_declaring_says_the_id_and_that_nothing_is_sent_yet(cli):
    """Without an engine a declaration is kept, and it is said that nothing goes out."""
    said = cli("declare", "trading-outage", "--title", "Trading down", "--as", "jin.lu")
    assert said.status == 0
    assert ID.search(said.out)
    assert "responder serve" in said.err


@pytest.mark.parametrize("before", [True, False])
def test_global_options_stand_on_either_side(cli, before):
    """--as, --json and --lang work before the command and after it."""
    given = ("--as", "jin.lu", "--lang", "zh", "--json")
    rest = ("declare", "trading-outage", "--title", "x")
    said = cli(*given, *rest) if before else cli(*rest, *given)
    assert "已发起" in said.json["said"]


def test_the_person_may_come_from_the_environment(cli):
    """RESPONDER_AS names who acts; --as wins over it."""
    title = ("declare", "trading-outage", "--title", "x")
    id = cli(*title, "--json", RESPONDER_AS="jin.lu").json["id"]
    assert cli("ack", id, "--as", "zhang.wei", RESPONDER_AS="jin.lu").status == 0
    entries = cli("incident", "timeline", id, "--json").json["entries"]
    by = {e["kind"]: (e["actor"], e["door"]) for e in entries}
    assert by["Declared"] == ("jin.lu", "cli")
    assert by["Acknowledged"] == ("zhang.wei", "cli")


def test_the_answer_is_in_the_language_of_whoever_acts(cli, outage):
    """Chinese for who reads Chinese, whatever the terminal's locale; --lang wins."""
    assert "已写入" in cli("note", outage, "x", "--as", "jin.lu").out
    assert "on the record" in cli("note", outage, "x", "--as", "jin.lu", "--lang", "en").out
    assert "没有" in cli.refused("note", "INC-1", "x", "--as", "jin.lu")
    assert "no incident" in cli.refused("note", "INC-1", "x", "--as", "jin.lu", "--lang", "en")


def test_nobody_acts_without_a_name(cli):
    """Acting without --as is refused, with the mend; nothing is kept of it."""
    line = cli.refused("declare", "trading-outage", "--title", "x")
    assert "--as" in line
    assert "RESPONDER_AS" in line
    assert cli("incident", "list", "--json").json == {"incidents": []}


def test_the_unknown_do_not_act_and_it_is_kept(cli):
    """An unknown person is refused with near names, and the attempt is on the record (P7)."""
    line = cli.refused("declare", "trading-outage", "--title", "x", "--as", "wang.fan")
    assert "wang.fang" in line
    assert cli("incident", "list", "--json").json == {"incidents": []}
    verdict = cli("ledger", "verify", "--json").json
    assert verdict["ok"]
    assert verdict["entries"] == 2, "the site, and this attempt"


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("declare", "trading-outag", "--title", "x"), "trading-outage"),
        (("declare", "trading-outage", "--title", "x", "--system", "core-tradin"), "core-trading"),
        (("page", "role:duty_led", "--incident", "ID", "--why", "x"), "duty_lead"),
        (("page", "wang.fan", "--incident", "ID", "--why", "x"), "wang.fang"),
        (("ack", "INC-2026-001"), "INC-"),
        (("ack", "WRN-2026-0001"), "warning"),
        (("decide", "ID", "level-too", "approve", "--reason", "x"), "level-two"),
        (("task", "done", "ID", "safty"), "safety"),
        (("task", "assign", "ID", "safety", "wang.fan"), "wang.fang"),
        (("incident", "handover", "ID", "wang.fan"), "wang.fang"),
        (("confirm", "nonsense"), "nonsense"),
        (("undo",), "ten minutes"),
        (("safety", "ok", "ID"), "safety ask"),
        (("incident", "set", "ID", "closed"), "It can become"),
        (("incident", "pull", "ID"), "version in force"),
        (("drill", "resume", "ID"), "not frozen"),
    ],
)
def test_every_refusal_says_what_and_the_mend(cli, outage, duty, words, near):
    """One line, status 1, the near miss or the mend in it, and nothing half-done."""
    before = cli("ledger", "verify", "--json").json["entries"]
    words = tuple(outage if word == "ID" else word for word in words)
    cli.act(duty, "ack", outage) if words[0] in ("task", "incident", "page", "drill") else None
    line = cli.refused(*words, "--as", duty, "--lang", "en")
    assert near in line
    after = cli("ledger", "verify", "--json").json
    assert after["ok"]
    assert after["entries"] >= before


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("长" * 10_000, "10000"),
        ("", "empty"),
        ("   ", "empty"),
        ("a\x1b[2Jb", "U+001B"),
        ("a\nb", "U+000A"),
        ("a\u202eb", "U+202E"),
        ("a\u200bb", "U+200B"),
    ],
)
def test_a_title_is_fit_to_be_read_aloud(cli, title, why):
    """Too long, empty, control characters, direction marks: refused with the place and the mend."""
    line = cli.refused(
        "declare", "trading-outage", "--title", title, "--as", "jin.lu", "--lang", "en"
    )
    assert why in line
    assert line.isprintable()
    assert len(line) < 1000


@pytest.mark.parametrize("reason", ["x" * 1001, "a\x1b[2J", " "])
@pytest.mark.parametrize(
    "words",
    [
        ("incident", "cancel", "ID", "--reason"),
        ("incident", "level", "ID", "1", "--reason"),
        ("halt", "--reason"),
        ("declare", "fire", "--title", "x", "--separate"),
        ("decide", "ID", "level-two", "approve", "--reason"),
        ("incident", "set", "ID", "contained", "--reason"),
    ],
)
def test_a_reason_is_fit_for_the_record(cli, outage, duty, words, reason):
    """Whatever is kept and told to people has no control characters, and an end."""
    cli.act(duty, "ack", outage)
    before = cli.kinds(outage)
    who = "chen.guo" if words[0] == "decide" else duty
    words = tuple(outage if word == "ID" else word for word in words)
    cli.refused(*words, reason, "--as", who)
    assert cli.kinds(outage) == before


@pytest.mark.parametrize("id", ["x" * 10_000, "INC\x1b[2J", "\u202eINC"])
def test_hostile_ids_do_not_reach_the_terminal(cli, id):
    """What is echoed is printable and short."""
    line = cli.refused("ack", id, "--as", "jin.lu", "--lang", "en")
    assert line.isprintable()
    assert line.endswith("Check the id.")
    assert len(line) < 200


def test_declaring_again_joins(cli, outage):
    """The same event declared twice is one; --separate makes another."""
    again = cli.act("wang.fang", "declare", "trading-outage", "--title", "again")
    assert (again["id"], again["joined"]) == (outage, True)
    apart = ("declare", "trading-outage", "--title", "y", "--separate", "another data centre")
    assert cli.act("wang.fang", *apart)["id"] != outage
    assert "AlsoReported" in cli.kinds(outage)


def test_who_was_not_asked_is_recorded_as_seen(cli, outage):
    """An answer of somebody neither paged nor entitled is kept, and does not count."""
    reply = cli.act("tao.jing", "ack", outage)
    assert reply["counted"] is False
    assert "Seen" in cli.kinds(outage)
    assert "Acknowledged" not in cli.kinds(outage)


def test_a_decision_without_authority_is_refused_on_the_record(cli, outage):
    """The holder is named, the decision stays open, the refusal is kept."""
    words = ("decide", outage, "level-two", "approve", "--reason", "x")
    line = cli.refused(*words, "--as", "jin.lu")
    assert "陈国" in line
    assert "Refused" in cli.kinds(outage)
    assert "Answered" not in cli.kinds(outage)
    assert cli.act("chen.guo", *words)["decided"] is True


def test_the_only_one_for_a_post_is_asked_twice(cli, outage, duty):
    """A question back is status 1 with the mend, changes nothing, and --sure answers it."""
    said = cli("task", "done", outage, "halt-orders", "--as", duty)
    assert said.status == 1
    assert "--sure" in said.err
    asked = cli("task", "done", outage, "halt-orders", "--as", duty, "--json")
    assert asked.status == 1
    assert '"ask": "sure"' in asked.out
    assert "TaskDone" not in cli.kinds(outage)


def test_the_os_user_stands_beside(cli, outage):
    """Who sat at the keyboard is on the record beside who acts."""
    entries = cli("incident", "timeline", outage, "--json").json["entries"]
    declared = next(e for e in entries if e["kind"] == "Declared")
    assert declared["payload"]["os_user"]


def test_a_story_in_json(cli, outage, duty):
    """Every acting command answers with an object that has an id."""
    decider = "chen.guo"
    assert cli.act(duty, "ack", outage)["counted"] is True
    assert cli.act(duty, "task", "done", outage, "safety")["id"] == outage
    assert cli.act(duty, "note", outage, "看过日志", "--at", "00:00")["id"] == outage
    assert cli.act(duty, "page", "li.na", "--incident", outage, "--why", "增援")["people"] == [
        "li.na"
    ]
    assert cli.act(duty, "safety", "ask", outage)["people"]
    assert cli.act("li.na", "safety", "ok", outage)["id"] == outage
    extended = cli.act(decider, "decide", outage, "level-two", "extend")
    assert extended["id"].startswith("level-two")
    assert cli.act(decider, "decide", outage, "level-two", "reject", "--reason", "先查")["decided"]
    waits = cli.act(duty, "incident", "level", outage, "3", "--reason", "影响小")
    assert waits["incident"] == outage
    assert cli.act(decider, "confirm", waits["id"])["level"] == 3
    assert cli.act(duty, "incident", "handover", outage, "li.na")["id"] == outage
    assert cli.act("li.na", "incident", "take", outage)["commander"] == "li.na"
    assert cli.act("li.na", "undo")["kind"] == "CommandTaken"
    assert cli.act(duty, "incident", "set", outage, "contained")["phase"] == "contained"
    shown = cli("incident", "show", outage, "--json").json
    assert (shown["phase"], shown["level"]) == ("contained", 3)
    assert cli("ledger", "verify", "--json").json["ok"]


def test_a_warning_in_json(cli, duty):
    """Raised, verified, converted; the incident comes of it."""
    raised = cli.act("jin.lu", "warn", "raise", "trading-outage", "--title", "磁盘将满")
    id = raised["id"]
    assert id.startswith("WRN-")
    assert cli.act(duty, "warn", "verify", id)["stage"] == "verified"
    assert cli.act(duty, "warn", "convert", id)["id"].startswith("INC-")
    assert cli("warn", "show", id, "--json").json["incident"].startswith("INC-")
    assert cli("warn", "list", "--json").json == {"warnings": []}


def test_halting_prints_whom_to_call(cli, outage, duty):
    """Everything outgoing stops, and the call list to work by hand is there at once."""
    said = cli("halt", "--reason", "网关异常", "--as", duty, "--lang", "en")
    assert said.status == 0
    assert "+86" in said.out
    assert outage in said.out
    declared = cli("declare", "fire", "--title", "x", "--as", duty, "--lang", "en")
    assert "halted" in declared.err
    assert cli("resume", "--as", duty).status == 0


@pytest.mark.parametrize(
    "words", [("incident", "list"), ("incident", "show", "INC-1"), ("ledger", "verify")]
)
def test_looking_where_nothing_is(tmp_path, words):
    """Without a database there is nothing to see, said as such."""
    from tests.integration.cli.conftest import Terminal

    line = Terminal(tmp_path / "none").refused(*words)
    assert "no database yet" in line
    assert not (tmp_path / "none").exists()
