"""What protects people from too many calls, and an incident from edits made meanwhile."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from responder.commands.firm import AcceptSite, PullContacts
from responder.commands.incidents.incident import Declare
from responder.commands.paging.answering import Acknowledge
from responder.domain.playbook import Step
from responder.domain.rota import Absence
from responder.errors import BadInput
from tests.stage.firm import OUTAGE, person, small_firm
from tests.stage.play import Play, by

MINUTE = timedelta(minutes=1)
NIGHT = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
"""03:00 in Shanghai."""


def declare(play: Play, **more: Any) -> str:
    return str(play.do(Declare(by=by("clerk"), playbook="outage", title="中断", **more)).id)


def voices(lines: list[str]) -> list[str]:
    return [line for line in lines if line.endswith("voice")]


def test_at_level_four_only_the_duty_lead_is_rung_at_night(play: Play) -> None:
    """Others get chat; decisions ring at any level."""
    play.now = NIGHT
    declare(play, level=4)
    rung = play.rings()
    assert "duty voice" in rung
    assert [line for line in rung if line.startswith("admin")] == ["admin slack"]
    assert "boss voice" in rung


def test_at_level_three_everyone_is_rung_at_night(play: Play) -> None:
    """Quiet hours hold at level 4 alone."""
    play.now = NIGHT
    declare(play, level=3)
    assert "admin voice" in play.rings()


def test_after_ten_rings_the_phone_rings_every_five_minutes(play: Play) -> None:
    """One run of a profile does not ring a phone each minute for an hour."""
    long = Step(("role:duty_lead",), 60 * MINUTE)
    patient = replace(OUTAGE, escalation=(long,), decisions=())
    play.do(AcceptSite(site=small_firm(playbooks={"outage": patient})))
    declare(play)
    play.wait(9 * MINUTE)
    assert voices(play.rings()).count("duty voice") == 10
    play.wait(20 * MINUTE)
    assert voices(play.rings()).count("duty voice") == 4
    play.tells()


def test_whoever_declares_is_not_rung_for_a_minute(play: Play) -> None:
    """The declarer is offered to take it; declaring is no acknowledgement."""
    play.do(Declare(by=by("duty"), playbook="outage", title="中断"))
    assert "duty voice" not in play.rings()
    play.wait(MINUTE)
    assert "duty voice" in play.rings()


def test_a_running_incident_keeps_its_own_copy(play: Play) -> None:
    """An edit serves the next incident, unless somebody entitled pulls it in (P9)."""
    id = declare(play)
    play.rings()
    site = small_firm()
    stand_in = person("newcomer")
    roles = {**site.roles, "it_lead": replace(site.roles["it_lead"], primary="newcomer")}
    edited = replace(site, people={**site.people, "newcomer": stand_in}, roles=roles)
    play.do(AcceptSite(site=edited))
    play.wait(3 * MINUTE)
    rung = play.rings()
    assert "head voice" in rung
    assert not [line for line in rung if line.startswith("newcomer")]
    play.do(PullContacts(by=by("clerk"), incident=id))
    with pytest.raises(BadInput, match="already uses"):
        play.do(PullContacts(by=by("clerk"), incident=id))
    play.wait(20 * MINUTE)
    assert "newcomer voice" in play.rings()
    play.tells()


def test_silence_widens_to_the_command_body_and_never_ends(play: Play) -> None:
    """After two rounds the command body is paged too; an hour later somebody still rings."""
    declare(play)
    play.wait(13 * MINUTE)
    assert "boss voice" in play.rings()
    assert "root sms alarm" in play.tells()
    play.wait(timedelta(hours=1))
    assert play.rings()
    play.tells()
    play.wait(10 * MINUTE)
    assert play.rings(), "never silent until a human answers"
    play.tells()


def test_a_change_of_shift_rings_the_new_holder_beside_the_old(play: Play) -> None:
    """A role named by the round changes hands: both are rung."""
    absence = Absence("duty", play.now + MINUTE, play.now + timedelta(days=1))
    play.do(AcceptSite(site=small_firm(absences=(absence,))))
    id = declare(play)
    play.rings()
    play.wait(MINUTE)
    rung = play.rings()
    assert "deputy voice" in rung
    assert "duty voice" in rung
    play.do(Acknowledge(by=by("deputy"), incident=id))
    play.tells()
    play.rings()


def test_two_are_needed_where_the_playbook_says_so(play: Play) -> None:
    """One acknowledgement does not complete an escalation that needs two."""
    both = replace(OUTAGE, need=2, decisions=())
    play.do(AcceptSite(site=small_firm(playbooks={"outage": both})))
    id = declare(play)
    play.rings()
    assert not play.do(Acknowledge(by=by("admin"), incident=id)).facts["complete"]
    play.wait(MINUTE)
    assert play.rings() == ["duty voice"]
    assert play.do(Acknowledge(by=by("duty"), incident=id)).facts["complete"]
    play.tells()
