"""Events and problems: what is taken away, and which control turns red (5.8)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from responder.domain.logged_event import LoggedEvent, Procedure
from responder.domain.problem import Problem, Stage, StageEntered
from responder.readiness.situation import Situation
from tests.unit.readiness.removal import Removal, with_site
from tests.unit.readiness.removals_organisation import an_incident

DAY = timedelta(days=1)
Change = Callable[[Situation], Situation]


def ruled(**fields: Any) -> Change:
    def change(situation: Situation) -> Situation:
        return with_site(situation, event_rules=replace(situation.site.event_rules, **fields))

    return change


def without_role(situation: Situation) -> Situation:
    roles = {id: one for id, one in situation.site.roles.items() if id != "event_manager"}
    return with_site(situation, roles=roles)


def without_source(source: str) -> Change:
    def change(situation: Situation) -> Situation:
        gathered = situation.site.event_rules.gathered
        left = {id: one for id, one in gathered.items() if id != source}
        return ruled(gathered=left)(situation)

    return change


def an_event(situation: Situation, number: int, **fields: Any) -> LoggedEvent:
    usual: dict[str, Any] = {
        "id": f"EVT-2026-{number:04}",
        "title": "行情延迟",
        "system": "market-data",
        "symptom": "行情延迟",
        "impact": 2,
        "scope": 2,
        "priority": 3,
        "at": situation.at - number * DAY,
        "by": "tan.yi",
        "closed_at": situation.at - timedelta(hours=1),
        "outcome": "恢复",
    }
    return LoggedEvent(**usual | fields)


def logged(*many: dict[str, Any]) -> Change:
    def change(situation: Situation) -> Situation:
        events = [an_event(situation, n, **fields) for n, fields in enumerate(many, 1)]
        return replace(situation, logged_events=tuple(events))

    return change


def kept(**fields: Any) -> Change:
    """One problem in the library."""

    def change(situation: Situation) -> Situation:
        opened = situation.at - 5 * DAY
        entered = fields.get("entered", opened)
        if isinstance(entered, timedelta):
            entered = situation.at - entered
        given = {name: value for name, value in fields.items() if name != "entered"}
        usual: dict[str, Any] = {
            "id": "PRB-2026-0001",
            "title": "网关泄漏",
            "system": "order-gateway",
            "source": "event",
            "opened_at": opened,
            "opened_by": "qian.li",
            "owner": "cui.hao",
            "cause": "内存泄漏",
            "fix": "升级",
            "verification": "压测通过",
            "change": "CHG-88",
            "lesson": "先压测",
        }
        problem = Problem(**usual | given)
        problem.stages = [StageEntered(problem.stage, entered, "qian.li")]
        return replace(situation, problems=(problem,))

    return change


def unlogged(situation: Situation) -> Situation:
    found = logged({})(situation)
    one = an_incident(found, declared_at=found.logged_events[0].at + timedelta(hours=1))
    return replace(found, incidents=(one,))


ROWS = [
    Removal("the procedure for events", "5.8-1", ruled(event_procedure=Procedure()),
            "event_procedure"),
    Removal("the event manager", "5.8-2", without_role, "event_manager"),
    Removal("a cell of the matrix", "5.8-3", ruled(matrix=((1, 2, 2), (2, 3), (3, 4, 4))),
            "contacts/events.yaml"),
    Removal("a priority's span", "5.8-3", ruled(idle=(DAY, DAY, DAY)), "idle"),
    Removal("work on an event", "5.8-4", logged({"closed_at": None, "acted_at": None}),
            "event note EVT-2026-0001"),
    Removal("the monthly analysis", "5.8-5", ruled(reviewed_on=date(2026, 8, 3)), "events sign"),
    Removal("every monthly analysis", "5.8-5", ruled(reviewed_on=None), "events sign"),
    Removal("the problem behind two alike events", "5.8-6", logged({}, {}),
            "problem propose --event EVT-2026-0001"),
    Removal("the problem behind a major event", "5.8-6", logged({"priority": 1}),
            "problem propose"),
    Removal("the procedure for problems", "5.8-7", ruled(problem_procedure=Procedure()),
            "problem_procedure"),
    *(
        Removal(f"the {name} of a solved problem", "5.8-7",
                kept(stage=Stage.SOLVED, **{name: ""}), "problem handle PRB-2026-0001")
        for name in ("cause", "fix", "verification")
    ),
    Removal("work on a problem", "5.8-8", kept(stage=Stage.ANALYSED, entered=31 * DAY),
            "problem show PRB-2026-0001"),
    *(
        Removal(f"whoever gathers problems of {source}", "5.8-9", without_source(source), source)
        for source in ("monitoring", "analysis", "self_check", "inspection", "assessment",
                       "evaluation", "event")
    ),
    Removal("the lesson of an ended problem", "5.8-10", kept(stage=Stage.ENDED, lesson=""),
            "problem end PRB-2026-0001"),
    Removal("the change of an ended problem", "5.8-10", kept(stage=Stage.ENDED, change=""),
            "problem end PRB-2026-0001"),
]  # fmt: skip
