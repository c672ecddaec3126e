"""What was learnt from a like event: shown when it happens again (JR/T 0099 5.8)."""

from collections.abc import Iterable

from responder.domain.logged_event import likeness
from responder.domain.playbook import Playbook
from responder.domain.problem import STAGE_NAMES, Problem, lessons
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork

MOST_SHOWN = 3


def symptom_of_playbook(playbook: Playbook) -> str:
    """The symptom of what a playbook is for: its fault."""
    return playbook.fault or playbook.id


def lessons_of(uow: UnitOfWork, systems: Iterable[str], symptom: str) -> list[Problem]:
    """Problems of the same system and symptom that teach something, the latest first."""
    keys = [key for system in dict.fromkeys(systems) if (key := likeness(system, symptom))]
    return lessons(one for key in keys for one in uow.problems.of(key).values())[:MOST_SHOWN]


def seen_before(found: Iterable[Problem]) -> Words:
    """In a sentence each what was learnt; nothing where nothing was."""
    said = [_said(problem) for problem in found]
    if not said:
        return Words()
    return Words(
        "曾经发生：" + "；".join(one.zh for one in said),
        "Seen before: " + "; ".join(one.en for one in said),
    )


def _said(problem: Problem) -> Words:
    taught = (problem.lesson or problem.cause).rstrip("。.")
    stage = STAGE_NAMES[problem.stage]
    return Words(f"{problem.id}（{stage.zh}）{taught}", f"{problem.id} ({stage.en}) {taught}")
