"""The quiz of five: which questions somebody gets, and how they fared.

The same person, version and attempt always get the same questions, so that a conversation
may be taken up again anywhere; another attempt gets others.
"""

from collections.abc import Sequence
from hashlib import sha256

from responder.domain.plan_life import Question

QUESTIONS = 5
PASS = 4
"""So many right answers of five are needed."""


def drawn(
    questions: Sequence[Question], person: str, of: str, attempt: int = 0
) -> tuple[Question, ...]:
    """The questions of one attempt at the quiz of a version or a training session."""

    def lot(one: Question) -> str:
        return sha256(f"{person}\n{of}\n{attempt}\n{one.id}".encode()).hexdigest()

    return tuple(sorted(questions, key=lot)[:QUESTIONS])


def right(questions: Sequence[Question], answers: Sequence[int]) -> int:
    """How many answers are the right ones."""
    return sum(one.answer == given for one, given in zip(questions, answers, strict=False))


def passes(score: int, asked: int = QUESTIONS) -> bool:
    """Whether a score is enough; of fewer questions all must be right but one."""
    return asked > 0 and score >= max(asked - (QUESTIONS - PASS), 1)
