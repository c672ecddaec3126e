"""Investigation, summary, supplement, help to a regulator: left undone (7.3)."""

from dataclasses import replace
from datetime import timedelta

from responder.domain.incident import Phase
from responder.domain.inquiry import Channel
from responder.domain.investigation import Investigation, Preliminary
from responder.domain.measure import Origin
from responder.domain.obligation import Kind
from tests.unit.readiness.removal import Removal, with_site
from tests.unit.readiness.removals_drills import a_measure
from tests.unit.readiness.removals_handling import a_question, an_obligation, without_grant
from tests.unit.readiness.removals_organisation import an_incident

DAY = timedelta(days=1)


def uninvestigated(situation):
    over = an_incident(situation, phase=Phase.STOOD_DOWN, declared_at=situation.at - 20 * DAY)
    return replace(situation, incidents=(over,))


def unconcluded(situation):
    over = an_incident(situation, phase=Phase.INVESTIGATING, declared_at=situation.at - 120 * DAY)
    one = Investigation(over.id, situation.at - 110 * DAY, lead="deng.hua")
    return replace(situation, incidents=(over,), investigations=(one,))


def unsupplemented(situation):
    over = an_incident(situation, phase=Phase.INVESTIGATING, declared_at=situation.at - 40 * DAY)
    said = Preliminary("原因待查", situation.today - DAY, "deng.hua", situation.at - 30 * DAY)
    one = Investigation(over.id, situation.at - 38 * DAY, lead="deng.hua", preliminary=said)
    return replace(situation, incidents=(over,), investigations=(one,))


def without_working_days(situation):
    pack = situation.site.regimes["cn-securities"]
    left = {id: one for id, one in situation.site.calendars.items() if id not in pack.calendars}
    return with_site(situation, calendars=left)


ROWS = [
    Removal("whoever investigates", "7.3-1", uninvestigated, "responder investigate lead"),
    Removal("the conclusion", "7.3-1", unconcluded, "responder investigate conclude"),
    Removal(
        "a measure from an incident", "7.3-1", a_measure(Origin.INCIDENT), "responder measure done"
    ),
    Removal(
        "the summary in time",
        "7.3-2a",
        an_obligation(Kind.SUMMARY, "cn-securities/summary"),
        "responder report draft",
    ),
    Removal("the calendar of working days", "7.3-2a", without_working_days, "playbooks/calendars/"),
    Removal("the supplement's day", "7.3-2b", unsupplemented, "responder investigate"),
    Removal(
        "the supplement in time",
        "7.3-2c",
        an_obligation(Kind.REPORT, "cn-securities/supplement"),
        "responder report draft",
    ),
    Removal("the answer to a regulator", "7.3-3", a_question(Channel.REGULATOR), "inquiry answer"),
    Removal(
        "a measure from an inspection",
        "7.3-3",
        a_measure(Origin.INSPECTION),
        "responder measure done",
    ),
    Removal("whoever reads the whole record", "7.3-3", without_grant("auditor"), "auditor"),
]
