"""Drills taken from the register, or left half done (7.1 w to aa)."""

from dataclasses import replace
from datetime import date, timedelta

from responder.domain.measure import Measure, Origin
from tests.unit.readiness.removal import Removal, with_site
from tests.unit.readiness.removals_organisation import an_incident

FILE = "contacts/drills.yaml"
LAST = "DRL-2026-0003"


def with_drill(id, **fields):
    def change(situation):
        drills = situation.site.drills_held
        return with_site(
            situation,
            drills_held=tuple(replace(one, **fields) if one.id == id else one for one in drills),
        )

    return change


def without_heading(heading):
    def change(situation):
        drills = {one.id: one for one in situation.site.drills_held}
        left = {key: said for key, said in drills[LAST].plan.items() if key != heading}
        return with_drill(LAST, plan=left)(situation)

    return change


def none_between(first, last):
    def change(situation):
        drills = situation.site.drills_held
        left = tuple(one for one in drills if not (one.on and first <= one.on <= last))
        return with_site(situation, drills_held=left)

    return change


def with_finding(**fields):
    def change(situation):
        drills = {one.id: one for one in situation.site.drills_held}
        found = tuple(replace(one, **fields) for one in drills[LAST].findings)
        return with_drill(LAST, findings=found)(situation)

    return change


def a_measure(origin):
    """A measure that was due yesterday."""

    def change(situation):
        yesterday = situation.today - timedelta(days=1)
        one = Measure(
            "M-2026-0001",
            LAST,
            origin,
            "补齐脚本",
            "du.peng",
            yesterday,
            situation.at - timedelta(days=30),
            "deng.hua",
        )
        return replace(situation, measures=(one,))

    return change


def a_drill(**fields):
    def change(situation):
        running = an_incident(situation, id="DRL-2026-0009", drill=True, **fields)
        return replace(situation, incidents=(running,))

    return change


def beside_a_real_one(situation):
    drill = an_incident(situation, id="DRL-2026-0009", drill=True, recipients=("zhang.wei",))
    return replace(situation, incidents=(an_incident(situation), drill))


ROWS = [
    *(
        Removal(f"{heading} from a drill's plan", "7.1-w", without_heading(heading), FILE)
        for heading in (
            "purpose",
            "content",
            "time",
            "participants",
            "manner",
            "preparation",
            "recording",
            "recovery",
            "verification",
        )
    ),
    Removal("the approval of a plan", "7.1-w", with_drill(LAST, approved_by=""), "approved_by"),
    Removal(
        "the drills of the first half",
        "7.1-x",
        none_between(date(2026, 1, 1), date(2026, 6, 30)),
        FILE,
    ),
    Removal("the limits of a drill", "7.1-x'", a_drill(recipients=()), "incident cancel"),
    Removal("the pause for a real incident", "7.1-x'", beside_a_real_one, "incident cancel"),
    Removal("a drill's record", "7.1-y", with_drill(LAST, recorded=""), "recorded"),
    Removal(
        "a drill's evaluation",
        "7.1-z",
        with_drill(LAST, evaluated_on=None),
        "evaluated_on",
    ),
    Removal("the end of a finding", "7.1-z", with_finding(done_on=None, proof=""), "done_on"),
    Removal("a measure from a drill", "7.1-z", a_measure(Origin.DRILL), "responder measure done"),
    Removal(
        "the report of last year's drill",
        "7.1-aa",
        with_drill("DRL-2025-0004", reported_on=None),
        "reported_on",
    ),
    Removal(
        "the right addressee",
        "7.1-aa",
        with_drill(LAST, reported_to="police"),
        "reported_to",
    ),
]
