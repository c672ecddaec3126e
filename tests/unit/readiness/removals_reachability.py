"""7.1 n and q: ways to people, proofs, the engine's beat, probes of the duty phones."""

from dataclasses import replace
from datetime import timedelta

from responder.domain.people import RINGING, WRITTEN
from responder.domain.reachability import Probe
from tests.unit.readiness.removal import Removal, with_site

WHO = "cui.hao"
POST = "duty_lead"


def without(ways):
    def change(situation):
        people = situation.site.people
        left = tuple(way for way in people[WHO].reach if way.via not in ways)
        return with_site(situation, people={**people, WHO: replace(people[WHO], reach=left)})

    return change


def unproved(situation):
    proved = tuple(one for one in situation.site.ways_proved if one.person != WHO)
    return with_site(situation, ways_proved=proved)


def stopped(situation):
    beat = situation.at - timedelta(minutes=11)
    return replace(situation, stored=True, heartbeat_at=beat)


def rules(**fields):
    def change(situation):
        return with_site(situation, probe_rules=replace(situation.site.probe_rules, **fields))

    return change


def never_probed(situation):
    kept = tuple(one for one in situation.site.probe_rules.kept if one.post != POST)
    return rules(kept=kept)(situation)


def missed(situation):
    at = situation.at - timedelta(hours=1)
    one = Probe("PBE-1", POST, at, ["a", "a"], [at, at], missed_at=at + timedelta(minutes=10))
    return replace(situation, probes=(one,))


ROWS = [
    Removal("somebody's phone", "7.1-n", without(RINGING), f"contacts change {WHO}"),
    Removal("everything in writing", "7.1-n", without(WRITTEN), f"contacts change {WHO}"),
    Removal("the proofs of somebody's ways", "7.1-n", unproved, f"reach verify {WHO}"),
    Removal("the engine's beat", "7.1-n", stopped, "responder serve"),
    Removal("the probes", "7.1-q", rules(a_week=0), "contacts/reachability.yaml"),
    Removal("the posts probed", "7.1-q", rules(posts=()), "contacts/reachability.yaml"),
    Removal("the record of probes", "7.1-q", never_probed, f"reach probe {POST}"),
    Removal("the answer to a probe", "7.1-q", missed, f"reach probe {POST}"),
]
