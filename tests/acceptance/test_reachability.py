"""7×24: an answer proves the line it came by; a silent duty phone is somebody's alarm."""

from dataclasses import replace
from datetime import timedelta

import pytest

from responder.commands.daily import StartRounds
from responder.commands.firm import AcceptSite, Halt, Resume
from responder.commands.incidents.incident import Declare
from responder.commands.paging.keypress import command_of
from responder.commands.paging.screen import waits
from responder.commands.reachability import queries
from responder.commands.reachability.faxing import RecordFaxTest
from responder.commands.reachability.probing import StartProbe
from responder.commands.reachability.self_test import AskForProof, ProveByCode, TryMyWays
from responder.domain.keys import Act
from responder.domain.message import Message
from responder.domain.organisation import Liaison
from responder.domain.people import Way
from responder.domain.proving import to_prove
from responder.domain.reachability import ProbeRules, WayProved
from responder.errors import BadInput, NotAllowed, UnknownId
from tests.acceptance.conftest import EVENING
from tests.stage.firm import person, small_firm
from tests.stage.play import Play, by

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def messages(play: Play, subject: str) -> list[Message]:
    return play.store.read(lambda uow: uow.outbox.of(subject))


def press(play: Play, message: Message):
    """Key 1 on the line that a message came by."""
    answer = command_of(Act.RECEIVED, message, by(message.person))
    assert answer is not None
    return play.do(answer)


def lacking(play: Play) -> dict[str, list[str]]:
    """The ways that are still to be proved, by person."""

    def read(uow):
        site = uow.sites.get(uow.sites.accepted())
        return to_prove(site, uow.way_checks.all().values(), play.now.date())

    found = play.store.read(read)
    return {who: [way.via for way in ways] for who, ways in found.items()}


def probes(play: Play) -> list[dict]:
    return play.store.read(queries.probes)


def months(play: Play) -> list[dict]:
    """Availability as it is read at the story's hour."""
    return play.store.read(lambda uow: queries.availability(uow, play.now))


# Ways


def test_a_line_is_proved_by_an_answer_on_it_and_no_other(play: Play) -> None:
    """One's own test proves the lines that were answered; the others stay to be proved."""
    assert lacking(play)["duty"] == ["slack", "sms", "voice"]
    test = play.do(TryMyWays(by=by("duty"))).id
    assert play.tells() == ["duty slack test", "duty sms test", "duty voice test"]
    press(play, messages(play, test)[2])
    assert lacking(play)["duty"] == ["slack", "sms"]
    assert "boss" in lacking(play)


def test_a_changed_number_is_another_line(play: Play) -> None:
    """A proof belongs to the number that was answered."""
    test = play.do(TryMyWays(by=by("duty"), via="voice")).id
    play.tells()
    press(play, messages(play, test)[0])
    site = small_firm()
    changed = replace(site.people["duty"], reach=(Way("voice", "voice:another"),))
    play.do(AcceptSite(by=by("root"), site=replace(site, people={**site.people, "duty": changed})))
    assert lacking(play)["duty"] == ["voice"]


def test_a_proof_grows_old(play: Play) -> None:
    """Half a year later the line is to be proved anew."""
    test = play.do(TryMyWays(by=by("boss"))).id
    play.tells()
    press(play, messages(play, test)[0])
    play.sleep(179 * DAY)
    assert "boss" not in lacking(play)
    play.sleep(DAY)
    assert lacking(play)["boss"] == ["voice"]


def test_what_is_answered_in_the_sandbox_proves_nothing(play: Play, monkeypatch) -> None:
    """A handset on the screen is no phone in a pocket."""
    outcome = play._outcome
    monkeypatch.setattr(play, "_outcome", lambda m: replace(outcome(m), provider="sandbox"))
    test = play.do(TryMyWays(by=by("boss"))).id
    play.tells()
    press(play, messages(play, test)[0])
    assert lacking(play)["boss"] == ["voice"]
    one = play.do(StartProbe(by=by("root"), post="duty_lead")).id
    play.tells()
    press(play, messages(play, one)[0])
    assert months(play) == []


def test_everybody_whose_proof_is_due_is_asked_and_nobody_else(play: Play) -> None:
    """The administrator asks; each of them by the ways that are due, none twice."""
    play.do(AcceptSite(by=by("root"), site=small_firm(ways_proved=proved_but("deputy"))))
    reply = play.do(AskForProof(by=by("root")))
    assert reply.facts["people"] == ["deputy"]
    assert play.tells() == ["deputy slack test", "deputy sms test", "deputy voice test"]
    kinds = [entry.kind for entry in play.timeline("FIRM")]
    assert kinds[-1] == "ProofAsked"


def proved_but(*left: str) -> tuple[WayProved, ...]:
    site = small_firm()
    return tuple(WayProved(p, EVENING.date()) for p in site.people if p not in left)


def test_a_code_by_e_mail_is_typed_elsewhere(store) -> None:
    """The right code of the right person proves the line, once; anything else is refused."""
    people = small_firm().people
    boss = person("boss", "email", "voice", department="general")
    play = Play.of(store, small_firm(people={**people, "boss": boss}), EVENING)
    test = play.do(AskForProof(by=by("root"), people=("boss",), via="email")).id
    assert play.tells() == ["boss email test"]
    sent = play.store.read(lambda uow: uow.outbox.to("boss"))[-1]
    code = sent.facts["proof"]
    assert code not in str([e.payload for e in play.timeline("FIRM")])
    for who, said in (("second", code), ("boss", "wrong1")):
        with pytest.raises(BadInput, match="No way of yours waits"):
            play.do(ProveByCode(by=by(who), code=said))
    play.do(ProveByCode(by=by("boss"), code=f" {code.upper()} "))
    assert lacking(play)["boss"] == ["voice"]
    with pytest.raises(BadInput):
        play.do(ProveByCode(by=by("boss"), code=code))
    assert test == "TST"
    play.over()


def test_who_may_ask_others(play: Play) -> None:
    """Not everybody has the phones of others rung, and nobody those of strangers."""
    with pytest.raises(NotAllowed):
        play.do(AskForProof(by=by("clerk")))
    with pytest.raises(UnknownId):
        play.do(AskForProof(by=by("root"), people=("stranger",)))
    with pytest.raises(NotAllowed):
        play.do(StartProbe(by=by("clerk"), post="duty_lead"))
    with pytest.raises(BadInput, match="no post"):
        play.do(StartProbe(by=by("root"), post="nothing"))


# Probes


def test_a_probe_that_is_answered(play: Play) -> None:
    """Key 1 ends it: nobody else is rung, and it counts for the month."""
    id = play.do(StartProbe(by=by("root"), post="duty_lead")).id
    assert play.tells() == ["duty voice test"]
    play.wait(40 * timedelta(seconds=1))
    (message,) = messages(play, id)
    assert play.store.read(lambda uow: waits(uow, message))
    assert "畅通" in press(play, message).said.zh
    play.wait(DAY)
    assert months(play) == [
        {
            "month": "2026-11",
            "probes": 1,
            "answered": 1,
            "by_backup": 0,
            "missed": 0,
            "slowest_seconds": 40,
            "per_cent": 100,
        }
    ]
    assert "已结束" in press(play, message).said.zh


def test_missed_again_then_the_backup_then_an_alarm(play: Play) -> None:
    """To the minute: the holder twice, the backup, then the head of IT: the lead is silent."""
    play.do(StartProbe(by=by("root"), post="duty_lead"))
    assert play.tells() == ["duty voice test"]
    play.wait(5 * MINUTE)
    assert play.tells() == ["duty voice test"]
    play.wait(5 * MINUTE)
    assert play.tells() == ["deputy voice test"]
    play.wait(5 * MINUTE)
    assert play.tells() == ["head slack alarm", "head sms alarm", "head voice alarm"]
    play.wait(DAY)
    (one,) = probes(play)
    assert one["missed"]
    assert one["rung"] == ["duty", "duty", "deputy"]
    (month,) = months(play)
    assert (month["per_cent"], month["missed"]) == (0, 1)


def test_the_backup_answers(play: Play) -> None:
    """Somebody could be reached; that it was the backup is told apart."""
    id = play.do(StartProbe(by=by("root"), post="duty_lead")).id
    play.wait(11 * MINUTE)
    play.tells()
    press(play, messages(play, id)[-1])
    (month,) = months(play)
    assert (month["answered"], month["by_backup"], month["per_cent"]) == (0, 1, 100)


def test_the_liaisons_duty_phones(store) -> None:
    """Their duty phones are rung, not their own; the second officer's is the backup."""
    site = small_firm(liaisons=(Liaison("head", "+862150001111"), Liaison("duty", "+8621500011")))
    play = Play.of(store, site, EVENING)
    id = play.do(StartProbe(by=by("root"), post="liaisons")).id
    play.wait(20 * MINUTE)
    rung = [(m.person, m.to) for m in messages(play, id) if m.purpose == "test"]
    assert rung == [
        ("head", "+862150001111"),
        ("head", "+862150001111"),
        ("duty", "+8621500011"),
    ]
    play.tells()


def test_the_hours_are_drawn_each_week_and_one_is_by_night(store) -> None:
    """Twice a week and post, never on a known hour: 20 weeks give 40 probes, 20 by night."""
    site = small_firm(probe_rules=ProbeRules(posts=("duty_lead",), a_week=2))
    play = Play.of(store, site, EVENING)
    play.do(StartRounds())
    play.wait(timedelta(weeks=20))
    play.outgoing.clear()
    found = play.store.read(lambda uow: list(uow.probes.all().values()))
    assert 38 <= len(found) <= 42
    hours = [one.at.astimezone().astimezone(EVENING.tzinfo).hour for one in found]
    local = [(hour + 8) % 24 for hour in hours]
    nights = sum(hour >= 18 or hour < 9 for hour in local)
    assert 19 <= nights <= 21
    assert len({(one.at.weekday(), one.at.hour) for one in found}) > 20


def test_nobody_is_probed_while_an_incident_is_handled_or_all_is_halted(store) -> None:
    """A test never rings into an emergency: it comes later."""
    site = small_firm(probe_rules=ProbeRules(posts=("duty_lead",), a_week=2))
    play = Play.of(store, site, EVENING)
    play.do(Declare(by=by("clerk"), playbook="outage", title="T"))
    play.do(Halt(by=by("boss"), reason="a test of the halt"))

    def arm(uow):
        uow.timers.set("probe.at", "duty_lead/x/0", play.now + MINUTE)

    play.store.run(arm)
    play.wait(5 * MINUTE)
    assert probes(play) == []
    due = play.store.read(lambda uow: uow.timers.next_due())
    assert due is not None
    play.do(Resume(by=by("boss")))
    play.outgoing.clear()


def test_a_fax_is_tested_by_hand_and_ticked_off(store) -> None:
    """Each month, by liaison; it counts among no telephone's figures; a failure says why."""
    site = small_firm(liaisons=(Liaison("head", "+8621", "+8622"), Liaison("duty", "+8623")))
    play = Play.of(store, site, EVENING)
    with pytest.raises(UnknownId):
        play.do(RecordFaxTest(by=by("root"), liaison="duty", worked=True))
    with pytest.raises(BadInput):
        play.do(RecordFaxTest(by=by("root"), liaison="head", worked=False))
    with pytest.raises(NotAllowed):
        play.do(RecordFaxTest(by=by("clerk"), liaison="head", worked=True))
    play.do(RecordFaxTest(by=by("root"), liaison="head", worked=True))
    (one,) = probes(play)
    assert (one["post"], one["answered_by"]) == ("fax", "root")
    assert months(play) == []
    play.over()
