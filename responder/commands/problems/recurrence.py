"""What comes again, and what is major, becomes a problem (JR/T 0099 5.8): proposed by itself."""

from datetime import datetime

from responder.commands.matter import FirmMatter
from responder.commands.numbering import number
from responder.domain.logged_event import MAJOR, LoggedEvent, alike
from responder.domain.organisation import EVENT_MANAGER
from responder.domain.problem import EVENT, Problem, Stage, StageEntered, looked_into
from responder.domain.record import ENGINE, By, Fact
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork

PROBLEM_SERIES = "PRB"


def propose_if_recurring(uow: UnitOfWork, event: LoggedEvent, now: datetime) -> Problem | None:
    """The problem that an event belongs to: the open one of its likeness, or a new proposal."""
    firm = FirmMatter.load(uow, now)
    rules = firm.site.event_rules
    known = list(uow.problems.of(event.incident).values()) if event.incident else []
    running = next((problem for problem in known if problem.is_open), None)
    if running is not None:
        return _joined(uow, running, event, now)
    fellows = uow.logged_events.of(event.incident).values() if event.incident else ()
    before = alike(event, fellows, rules.alike_within, looked_into(known))
    if not before and event.priority != MAJOR:
        return None
    problem = open_problem(
        uow,
        now,
        ENGINE,
        title=event.title,
        system=event.system,
        symptom=event.symptom,
        source=EVENT,
        events=[*(one.id for one in before), event.id],
    )
    manager = firm.roster.holder(EVENT_MANAGER, now)
    asks = Words(
        f"立项：problem submit {problem.id}；不立项须写理由：problem dismiss {problem.id}",
        f"problem submit {problem.id}, or, with a reason: problem dismiss {problem.id}",
    )
    firm.ask(filter(None, [manager]), _proposed(problem, len(before)), asks)
    return problem


def _joined(uow: UnitOfWork, problem: Problem, event: LoggedEvent, now: datetime) -> Problem:
    if event.id not in problem.events:
        problem.events.append(event.id)
        uow.problems.put(problem.id, problem)
        uow.ledger.append([Fact("ProblemRecurs", problem.id, ENGINE, now, {"event": event.id})])
    return problem


def _proposed(problem: Problem, before: int) -> Words:
    why_zh = f"同类事件第{before + 1}起" if before else "最高优先级事件"
    why_en = f"event {before + 1} of its kind" if before else "an event of the highest priority"
    return Words(
        f"建议列入问题管理：{problem.id} {problem.title}（{why_zh}）",
        f"Proposed as a problem: {problem.id} {problem.title} ({why_en})",
    )


def open_problem(
    uow: UnitOfWork,
    now: datetime,
    by: By,
    *,
    title: str,
    system: str,
    symptom: str,
    source: str,
    events: list[str],
    reference: str = "",
) -> Problem:
    """A new problem in the library, proposed."""
    problem = Problem(
        id=number(uow, PROBLEM_SERIES, FirmMatter.load(uow, now).site, now),
        title=title,
        system=system,
        source=source,
        opened_at=now,
        opened_by=by.person,
        symptom=symptom,
        reference=reference,
        events=events,
        stages=[StageEntered(Stage.PROPOSED, now, by.person)],
    )
    uow.problems.put(problem.id, problem)
    facts = {"problem": problem.id, "title": title, "system": system, "from": source}
    fact = Fact("ProblemOpened", problem.id, by, now, {**facts, "events": events})
    uow.ledger.append([fact])
    return problem
