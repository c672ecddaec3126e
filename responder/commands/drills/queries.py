"""What a controller sees of a drill: what is next, what was done, how the objectives stand."""

from datetime import datetime
from typing import Any

from responder.commands.drills.drill_at_work import DrillAtWork
from responder.commands.drills.partners import partners_shown
from responder.commands.telling import clock_time
from responder.domain.drill_run import DrillRun
from responder.drills.by_hand import ByHand
from responder.drills.conduct import coming, ends_at
from responder.drills.feedback import scale_of
from responder.drills.remarks import remarks
from responder.drills.scoring import Score, counted_by_hand, counts, ratings
from responder.drills.warned import DrilledWarning
from responder.ports.unit_of_work import UnitOfWork


def drill_shown(uow: UnitOfWork, id: str, now: datetime) -> dict[str, Any]:
    """Everything of one drill, as scripts and screens read it. Raises UnknownId."""
    drill = DrillAtWork.load(uow, id, now)
    run, found = drill.run, drill.scores()
    return {
        "id": run.id,
        "scenario": run.scenario,
        "title": _both(drill.scenario.title.zh, drill.scenario.title.en),
        "started_at": run.started_at.isoformat(),
        "paused": run.is_paused,
        "ended": run.ended.value if run.ended else None,
        "ended_at": run.ended_at.isoformat() if run.ended_at else None,
        "ends_at": ends_at(drill.scenario, run).isoformat(),
        "recipients": list(drill.case.incident.recipients),
        "absent": run.absent,
        "sent": {row: at.isoformat() for row, at in run.sent.items()},
        "skipped": list(run.skipped),
        "next": [
            {"row": row.id, "at": at.isoformat(), "text": _both(row.text.zh, row.text.en)}
            for at, row in coming(drill.scenario, run)
        ]
        if run.is_open
        else [],
        "warnings": [_warning(one) for one in drill.warnings()],
        **score_card(drill, found),
        "observations": [
            {
                "by": one.by,
                "at": one.at.isoformat(),
                "text": one.text,
                "objective": one.objective or None,
                "strength": one.strength,
                "late": one.late,
            }
            for one in run.observations
        ],
        "partners": partners_shown(drill.scenario, run, drill.case.site),
        "feedback": _feedback(run),
        **_report(run),
    }


def _warning(one: DrilledWarning) -> dict[str, Any]:
    return {
        "id": one.id,
        "row": one.row,
        "title": one.title,
        "stage": one.stage.value,
        "steps": [
            {"at": step.at.isoformat(), "what": _both(step.what.zh, step.what.en), "who": step.by}
            for step in one.steps
        ],
    }


def _report(run: DrillRun) -> dict[str, Any]:
    """Whether a report on this drill alone is owed, and when it was made."""
    return {
        "report_due_at": run.report_due_at.isoformat() if run.report_due_at else None,
        "report_duty": run.report_duty or None,
        "reported_on": run.reported_on.isoformat() if run.reported_on else None,
    }


def _feedback(run: DrillRun) -> dict[str, Any]:
    return {
        "asked": len(run.asked),
        "knew": {str(score): n for score, n in scale_of(run).items()},
        "answers": [
            {
                "person": person,
                "at": one.at.isoformat(),
                "knew": one.knew,
                "well": one.well,
                "better": one.better,
            }
            for person, one in run.feedback.items()
        ],
    }


def score_card(drill: DrillAtWork, found: dict[str, Score]) -> dict[str, Any]:
    """The results by expected action, their counts, and each objective's rating."""
    scenario = drill.scenario
    return {
        "expected": [_expected(drill, id, found.get(id)) for id in scenario.expected],
        "counts": {result.value: n for result, n in counts(found.values()).items()},
        "by_hand": counted_by_hand(found.values()),
        "objectives": [
            {
                "id": id,
                "title": _both(scenario.objectives[id].title.zh, scenario.objectives[id].title.en),
                "clause": scenario.objectives[id].clause or None,
                "rating": rated.value if rated else None,
            }
            for id, rated in ratings(scenario, found.values()).items()
        ],
    }


def _expected(drill: DrillAtWork, id: str, score: Score | None) -> dict[str, Any]:
    row, one = drill.scenario.expected[id]
    shown = {"id": id, "row": row.id, "does": one.does, "of": one.of or None, "by": list(one.by)}
    if score is None:
        return {**shown, **UNJUDGED}
    site = drill.case.site
    said = remarks(score, site, lambda at: clock_time(at, site))
    return {
        **shown,
        "result": score.result.value,
        "due_at": score.due_at.isoformat() if score.due_at else None,
        "done_at": score.done_at.isoformat() if score.done_at else None,
        "who": score.by or None,
        "entry": score.entry or None,
        "lacking": [_both(one.zh, one.en) for one in score.lacking],
        "late_s": int(score.late_by_rule.total_seconds()),
        "missed": [at.isoformat() for at in score.missed],
        "by_hand": _by_hand(score.by_hand) if score.by_hand else None,
        "remarks": [_both(one.zh, one.en) for one in said],
    }


UNJUDGED: dict[str, Any] = {
    "result": None,
    "due_at": None,
    "done_at": None,
    "who": None,
    "entry": None,
    "lacking": [],
    "late_s": 0,
    "missed": [],
    "by_hand": None,
    "remarks": [],
}
"""What is shown of an expected action while nothing is known of it."""


def _by_hand(one: ByHand) -> dict[str, Any]:
    """Who put it on record and when; what was done when stands beside."""
    return {"by": one.entered_by, "at": one.entered_at.isoformat(), "reason": one.reason}


def drills(uow: UnitOfWork, now: datetime) -> list[dict[str, Any]]:
    """Every drill by a scenario, the latest first."""
    found = []
    for run in reversed(uow.drill_runs.all().values()):
        drill = DrillAtWork.load(uow, run.id, now)
        scores = drill.scores().values()
        found.append(
            {
                "id": run.id,
                "scenario": run.scenario,
                "title": _both(drill.scenario.title.zh, drill.scenario.title.en),
                "started_at": run.started_at.isoformat(),
                "ended": run.ended.value if run.ended else None,
                "counts": {result.value: n for result, n in counts(scores).items()},
                "by_hand": counted_by_hand(scores),
                **_report(run),
            }
        )
    return found


def _both(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}
