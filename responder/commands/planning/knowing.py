"""Knowing the plan (7.1 l): receipts a version, and the quiz of five."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.command import Command, Reply, handles
from responder.commands.firm import note_fact, require_act
from responder.commands.matter import FirmMatter
from responder.commands.planning.versions import plan_of, version_in_force
from responder.commands.pursuit import roster_in_force
from responder.domain.plan_in_force import plan_in_force
from responder.domain.plan_life import Question, Reading
from responder.domain.plan_quiz import PASS, drawn, passes, right
from responder.domain.plan_readers import knowing
from responder.domain.site import Site
from responder.domain.training import Session
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

PLAN = "plan"
"""What the quiz is of that belongs to no training."""


@dataclass(frozen=True)
class ReadPlan(Command):
    """I have read the version in force."""


@dataclass(frozen=True)
class AnswerQuestion(Command):
    """The answer to my next question, by its number from 1; `of` is a training session's id."""

    answer: int
    of: str = PLAN


@handles(ReadPlan)
def read_plan(command: ReadPlan, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep the receipt; the first one of a version counts."""
    require_act("read_plan", command.by, uow, now)
    version = version_in_force(uow, now)
    reading = _reading(uow, command.by.person, version.version)
    if reading.read_at is None:
        reading.read_at = now
        uow.readings.put(reading.key, reading)
        facts = {"person": command.by.person, "version": version.version}
        note_fact(uow, "PlanRead", command.by, now, **facts)
    return Reply(
        version.version,
        Words(
            f"已登记：您已研读应急预案{version.version}版。请回复“预案测验”完成五道题。",
            f"On record: you have read version {version.version} of the plan. Next, say “plan quiz”"
            " for its five questions.",
        ),
        {"version": version.version, "person": command.by.person},
    )


@handles(AnswerQuestion)
def answer_question(command: AnswerQuestion, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep an answer; after the last one say how it went."""
    require_act("read_plan", command.by, uow, now)
    quiz = quiz_of(uow, command.by.person, command.of)
    asked = quiz.next
    if asked is None:
        raise BadInput(
            "没有待答的题目。",
            "There is no question to answer.",
            "请先登记题库。",
            "Add questions.",
        )
    if not 1 <= command.answer <= len(asked.choices):
        raise BadInput(
            f"请回答1至{len(asked.choices)}。",
            f"Answer with a number from 1 to {len(asked.choices)}.",
        )
    quiz.answers.append(command.answer)
    correct = asked.answer == command.answer
    is_over = len(quiz.answers) >= len(quiz.questions)
    said = _remark(asked, correct)
    facts: dict[str, Any] = {"of": quiz.of, "right": correct, "more": not is_over}
    if is_over:
        score = right(quiz.questions, quiz.answers)
        said, facts = _joined(said, _outcome(quiz, score)), {**facts, "score": score}
        told = {"of": quiz.of, "person": command.by.person, "score": score}
        note_fact(uow, "QuizTaken", command.by, now, **told, questions=len(quiz.questions))
    _keep(uow, quiz, command.by.person, now)
    return Reply(quiz.of, said, facts)


# The quiz in hand


@dataclass(slots=True)
class Quiz:
    """A quiz in hand: of what, its questions, the answers so far, and where they are kept."""

    of: str
    questions: tuple[Question, ...]
    answers: list[int]
    kept: Reading | Session

    @property
    def next(self) -> Question | None:
        """The question that waits for an answer; after the last one the first comes again."""
        if not self.questions:
            return None
        return self.questions[len(self.answers) % len(self.questions)]


def quiz_of(uow: UnitOfWork, person: str, of: str = PLAN) -> Quiz:
    """The quiz that somebody is at: of the version in force, or of a training session."""
    site = roster_in_force(uow).site
    if of == PLAN:
        return _of_plan(uow, site, person)
    session = uow.sessions.get(of)
    if session is None:
        raise UnknownId("培训", "training", of, uow.sessions.open())
    asked = [one for one in site.quiz if one.subject in session.subjects]
    answers = list(session.answers.get(person, ()))
    again = int(person in session.scores)
    return Quiz(of, drawn(asked, person, of, again), answers, session)


def _of_plan(uow: UnitOfWork, site: Site, person: str) -> Quiz:
    reading = _reading(uow, person, plan_of(site).version)
    questions = drawn(site.quiz, person, reading.version, reading.attempt)
    return Quiz(reading.version, questions, list(reading.answers), reading)


def _reading(uow: UnitOfWork, person: str, version: str) -> Reading:
    """What is kept of a reader; a receipt of before the register was kept here counts."""
    key = Reading(person, version).key
    return uow.readings.get(key) or Reading(person, version)


def _keep(uow: UnitOfWork, quiz: Quiz, person: str, now: datetime) -> None:
    is_over = len(quiz.answers) >= len(quiz.questions)
    score = right(quiz.questions, quiz.answers)
    kept = quiz.kept
    if isinstance(kept, Session):
        kept.answers[person] = [] if is_over else quiz.answers
        if is_over:
            kept.scores[person] = score
        uow.sessions.put(kept.id, kept)
        return
    kept.answers = [] if is_over else quiz.answers
    if is_over:
        kept.right, kept.questions, kept.quiz_at = score, len(quiz.questions), now
        kept.attempt += not passes(score, len(quiz.questions))
    uow.readings.put(kept.key, kept)


def _remark(asked: Question, correct: bool) -> Words:
    if correct:
        return Words("正确。", "Right.")
    answer = asked.choices[asked.answer - 1]
    where = Words(f"（预案{asked.section}项）", f" (section {asked.section})")
    return Words(
        f"不对，应为：{answer.said('zh')}{where.zh}。", f"No: {answer.said('en')}{where.en}."
    )


def _outcome(quiz: Quiz, score: int) -> Words:
    count = len(quiz.questions)
    if passes(score, count):
        return Words(f"测验通过，{count}题答对{score}题。", f"Passed: {score} of {count} right.")
    return Words(
        f"未通过：{count}题答对{score}题，须答对{PASS}题。请看预案后重测，题目会更换。",
        f"Not passed: {score} of {count} right, {PASS} are needed. Look at the plan and take it"
        " again; there will be other questions.",
    )


def _joined(one: Words, other: Words) -> Words:
    return Words(f"{one.zh}{other.zh}", f"{one.en} {other.en}")


# Questions


def receipts(uow: UnitOfWork, now: datetime) -> dict[str, Any]:
    """Who has read the version in force and passed its quiz, and the share by post."""
    site = FirmMatter.load(uow, now).site
    plan = plan_of(site)
    found = list(knowing(site, uow.readings.all().values(), plan.version))
    posts: dict[str, list[bool]] = {}
    for one in found:
        for post in one.posts:
            posts.setdefault(post, []).append(bool(one.read_on and one.passed_on))
    return {
        "version": plan.version,
        "people": [
            {
                "person": one.person,
                "posts": list(one.posts),
                "read_on": one.read_on.isoformat() if one.read_on else None,
                "passed_on": one.passed_on.isoformat() if one.passed_on else None,
            }
            for one in found
        ],
        "percent_by_post": {post: 100 * sum(done) // len(done) for post, done in posts.items()},
    }


def asked_to_read(uow: UnitOfWork, site: Site) -> list[Reading]:
    """Everybody asked who has not confirmed the version in force."""
    found = plan_in_force(site, uow.plan_versions.open().values())
    if found is None:
        return []
    known = {k.person: k for k in knowing(site, uow.readings.all().values(), found.plan.version)}
    waiting = [one for one in uow.readings.open().values() if one.version == found.plan.version]
    return [w for w in waiting if w.person in known and known[w.person].read_on is None]
