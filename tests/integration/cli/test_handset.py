"""The sandbox phone: what it shows, what its keys do."""

import pytest


@pytest.fixture
def ringing(cli, outage, ticking):
    """An incident whose first pages have been sent."""
    ticking()
    return outage


def test_it_rings_and_shows_the_text_as_sent(cli, ringing, duty):
    """The call rings, with the words the channel sent."""
    found = cli("handset", duty, "--once", "--json").json
    (call,) = [one for one in found["waiting"] if one["purpose"] == "page"]
    assert call["rings"] is True
    assert call["keys"] == {"1": "take", "2": "decline", "*": "repeat", "0": "help"}
    assert "集中交易系统中断" in call["text"]
    shown = cli("handset", duty, "--once")
    assert "集中交易系统中断" in shown.out


def test_one_takes_it(cli, ringing, duty):
    """Key 1 acknowledges, through the door handset."""
    said = cli("handset", duty, "--key", "1", "--json").json
    assert (said["id"], said["counted"]) == (ringing, True)
    entries = cli("incident", "timeline", ringing, "--json").json["entries"]
    (taken,) = [e for e in entries if e["kind"] == "Acknowledged"]
    assert (taken["actor"], taken["door"]) == (duty, "handset")
    assert "Nothing waits" in cli.refused("handset", duty, "--key", "1", "--lang", "en")


def test_a_decision_counts_when_confirmed(cli, ringing):
    """4 reads back and changes nothing; 4 and 1 decide."""
    read_back = cli("handset", "chen.guo", "--key", "4", "--json").json
    assert read_back["awaits"] == "approve"
    assert "Answered" not in cli.kinds(ringing)
    assert cli("handset", "chen.guo", "--key", "41", "--json").json["approved"] is True
    assert "Decided" in cli.kinds(ringing)


def test_one_key_never_answers_two(cli, ringing, ticking):
    """Two things wait: which one is meant has to be said, and then it is that one."""
    apart = ("--separate", "another one")
    second = cli.act("jin.lu", "declare", "trading-outage", "--title", "第二起", *apart)["id"]
    ticking()
    line = cli.refused("handset", "chen.guo", "--key", "41")
    assert "--message" in line
    assert "0002" in line
    cli("handset", "chen.guo", "--key", "41", "--message", "0002")
    assert "Decided" in cli.kinds(second)
    assert "Decided" not in cli.kinds(ringing)


def test_a_wrong_key_changes_nothing(cli, ringing, duty):
    """It says so, and names the choices."""
    said = cli("handset", duty, "--key", "7", "--lang", "en")
    assert said.status == 0
    assert "no such choice" in said.out
    assert "I take it" in said.out
    assert "Acknowledged" not in cli.kinds(ringing)


def test_roll_call_by_key(cli, ringing, duty, ticking):
    """1 is safe, 9 needs help."""
    cli.act(duty, "ack", ringing)
    people = cli.act(duty, "safety", "ask", ringing)["people"]
    ticking()
    safe, hurt = [p for p in people if p != duty][:2]
    wanted = ("--message", f"{ringing}/roll_call")
    cli("handset", safe, "--key", "1", *wanted)
    cli("handset", hurt, "--key", "9", *wanted)
    assert {"ReportedSafe", "NeedsHelp"} <= set(cli.kinds(ringing))


def test_a_handover_by_key(cli, ringing, duty, ticking):
    """2 refuses it and it stays; offered again, 1 takes over."""
    cli.act(duty, "ack", ringing)
    wanted = ("--message", f"{ringing}/handover")
    for key, commander in (("2", duty), ("1", "li.na")):
        cli.act(duty, "incident", "handover", ringing, "li.na")
        ticking()
        assert cli("handset", "li.na", "--key", key, *wanted).status == 0
        assert cli("incident", "show", ringing, "--json").json["commander"] == commander
    assert "HandoverRefused" in cli.kinds(ringing)


def test_nobody_has_a_phone_who_is_nobody(cli):
    """An unknown person gets near names."""
    assert "li.na" in cli.refused("handset", "li.nna", "--once")


def test_a_warning_is_taken_by_key(cli, duty, ticking):
    """1 says who looks into it; the time to verify runs on, and the phone is quiet."""
    id = cli.act("jin.lu", "warn", "raise", "trading-outage", "--title", "磁盘将满")["id"]
    ticking()
    (call,) = cli("handset", duty, "--once", "--json").json["waiting"]
    assert (call["purpose"], call["rings"]) == ("verify_warning", True)
    assert "warn verify" in cli("handset", duty, "--key", "1", "--lang", "en").out
    assert cli("handset", duty, "--once", "--json").json["waiting"] == []
    assert "VerificationTaken" in cli.kinds(id)
    assert cli("warn", "show", id, "--json").json["stage"] == "raised"


def test_a_warning_is_passed_on_by_key(cli, duty, ticking):
    """2 does not wait for the time to run out: others are paged at once."""
    id = cli.act("jin.lu", "warn", "raise", "trading-outage", "--title", "磁盘将满")["id"]
    ticking()
    cli("handset", duty, "--key", "2")
    rung = [
        entry["payload"]["person"]
        for entry in cli("incident", "timeline", id, "--json").json["entries"]
        if entry["kind"] == "Rang"
    ]
    assert rung
    ticking()
    assert cli("handset", duty, "--once", "--json").json["waiting"] == []
