"""Who fills a role in an incident: given there before rostered, nobody who may not be rung."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from responder.domain.incident import Incident
from responder.domain.role import filler, is_vacant
from responder.domain.roster import Roster
from responder.domain.rota import Absence
from responder.store.codec import decoder, encode
from tests.stage.firm import small_firm

NOW = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)


def incident(**roles: str) -> Incident:
    return Incident("INC-2026-0001", "outage", "x", 2, NOW, "clerk", "v1", roles=roles)


def test_what_is_given_here_comes_before_the_rosters() -> None:
    """Elsewhere, and in every other role, the rosters stay what they are."""
    roster = Roster(small_firm())
    assert filler(incident(), roster, "it_lead", NOW) == "head"
    assert filler(incident(it_lead="clerk"), roster, "it_lead", NOW) == "clerk"
    assert filler(incident(it_lead="clerk"), roster, "system_admin", NOW) == "admin"


def test_whoever_lost_their_rights_fills_nothing() -> None:
    """Nor does somebody outside a drill's recipients (P5)."""
    for roster in (
        Roster(small_firm(), gone=frozenset({"clerk"})),
        Roster(small_firm(), only=frozenset({"head"})),
    ):
        assert filler(incident(it_lead="clerk"), roster, "it_lead", NOW) == "head"


def test_a_role_is_vacant_without_anybody_present() -> None:
    """An absent primary with a backup is no vacancy; somebody given it who is away is one."""
    site = small_firm()
    away = tuple(Absence(p, NOW - HOUR, NOW + HOUR) for p in ("head", "duty"))
    roster = Roster(replace(site, absences=away))
    assert is_vacant(incident(), roster, "it_lead", NOW)
    assert not is_vacant(incident(), roster, "duty_lead", NOW)
    assert filler(incident(), roster, "duty_lead", NOW) == "deputy"
    assert is_vacant(incident(duty_lead="head"), roster, "duty_lead", NOW)
    assert not is_vacant(incident(it_lead="clerk"), roster, "it_lead", NOW)


def test_an_incident_kept_before_there_were_roles_can_be_read() -> None:
    """What an older release wrote lacks the field."""
    older = encode(incident()).replace(',"roles":{}', "")
    assert "roles" not in older
    assert decoder(Incident).decode(older) == incident()
