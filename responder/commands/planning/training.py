"""The year's emergency training: courses held, who came, how they fared (7.1 ab, ac)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.command import Command, Reply, handles
from responder.commands.firm import note_fact, require_act
from responder.commands.matter import FirmMatter
from responder.commands.numbering import number
from responder.commands.planning.versions import today
from responder.commands.telling import name
from responder.domain.plan_quiz import QUESTIONS, passes
from responder.domain.plan_readers import holders
from responder.domain.site import Site
from responder.domain.training import SUBJECTS, Course, Session
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

SERIES = "TRN"


@dataclass(frozen=True)
class HoldTraining(Command):
    """A course of the year's plan begins: people may sign in."""

    course: str
    material: str = ""


@dataclass(frozen=True)
class AttendTraining(Command):
    """People took part; nobody named: I did. `session` may be left out while one is held."""

    session: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScoreTraining(Command):
    """How many of the five questions somebody answered rightly, by the trainer's own paper."""

    session: str
    person: str
    right: int


@dataclass(frozen=True)
class CloseTraining(Command):
    """Attendance is complete."""

    session: str


@handles(HoldTraining)
def hold_training(command: HoldTraining, uow: UnitOfWork, now: datetime) -> Reply:
    """Open the list of who comes, and tell those whom it is for."""
    matter = FirmMatter.load(uow, now)
    course = _course(matter.site, command.course)
    trainer = ["trainer"] if command.by.person == course.trainer else []
    require_act("train", command.by, uow, now, *trainer)
    for one in uow.sessions.open().values():
        if one.course == course.id:
            raise BadInput(f"{one.id}正在进行。", f"{one.id} is being held already.")
    id = number(uow, SERIES, matter.site, now)
    material = command.material or course.material
    session = Session(id, course.id, now, command.by.person, course.subjects, material=material)
    uow.sessions.put(id, session)
    note_fact(uow, "TrainingHeld", command.by, now, session=id, course=course.id)
    title = course.title
    matter.tell(
        meant(matter.site, course),
        Words(
            f"应急培训“{title.said('zh')}”开始签到，请回复“参加培训”。",
            f"The training “{title.said('en')}” begins: answer “training attend” to sign in.",
        ),
    )
    return Reply(
        id,
        Words(f"{id}开始签到：{title.said('zh')}。", f"{id} takes attendance: {title.said('en')}."),
        {"session": id, "course": course.id, "subjects": list(course.subjects)},
    )


@handles(AttendTraining)
def attend_training(command: AttendTraining, uow: UnitOfWork, now: datetime) -> Reply:
    """Put people on the list; each counts once."""
    session = _session(uow, command.session)
    matter = FirmMatter.load(uow, now)
    site = matter.site
    people = command.people or (command.by.person,)
    act = "attend_training" if set(people) == {command.by.person} else "train"
    require_act(act, command.by, uow, now, *_trainer(site, session, command))
    for person in people:
        if person not in site.people:
            raise UnknownId("人员", "person", person, site.people)
    new = [person for person in people if person not in session.attended]
    session.attended += new
    uow.sessions.put(session.id, session)
    if new:
        facts = {"session": session.id, "people": new}
        note_fact(uow, "TrainingAttended", command.by, now, **facts)
    zh = "、".join(name(site, person, "zh") for person in people)
    en = ", ".join(name(site, person, "en") for person in people)
    return Reply(
        session.id,
        Words(
            f"{session.id}签到：{zh}，共{len(session.attended)}人。",
            f"{session.id}: {en} on the list, {len(session.attended)} in all.",
        ),
        {"session": session.id, "attended": list(session.attended)},
    )


@handles(ScoreTraining)
def score_training(command: ScoreTraining, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep a score; who scored was there."""
    session = _session(uow, command.session)
    site = FirmMatter.load(uow, now).site
    require_act("train", command.by, uow, now, *_trainer(site, session, command))
    if command.person not in session.attended:
        raise UnknownId("参训人员", "person who took part", command.person, session.attended)
    if not 0 <= command.right <= QUESTIONS:
        raise BadInput(f"成绩为0至{QUESTIONS}。", f"A score is 0 to {QUESTIONS}.")
    session.scores[command.person] = command.right
    uow.sessions.put(session.id, session)
    facts = {"session": session.id, "person": command.person, "score": command.right}
    note_fact(uow, "TrainingScored", command.by, now, **facts)
    state = Words("合格", "passed") if passes(command.right) else Words("不合格", "not passed")
    return Reply(
        session.id,
        Words(
            f"{name(site, command.person, 'zh')}：{command.right}/{QUESTIONS}，{state.zh}。",
            f"{name(site, command.person, 'en')}: {command.right} of {QUESTIONS}, {state.en}.",
        ),
        facts,
    )


@handles(CloseTraining)
def close_training(command: CloseTraining, uow: UnitOfWork, now: datetime) -> Reply:
    """Close the list, and say who of those meant did not come."""
    session = _session(uow, command.session)
    site = FirmMatter.load(uow, now).site
    require_act("train", command.by, uow, now, *_trainer(site, session, command))
    if not session.attended:
        raise BadInput("没有人签到，不能结束。", "Nobody signed in; it cannot be closed.")
    session.closed_at = now
    session.answers.clear()
    uow.sessions.put(session.id, session)
    course = site.courses.get(session.course, Course(session.course))
    missed = [person for person in meant(site, course) if person not in session.attended]
    facts = {"session": session.id, "attended": len(session.attended), "missed": missed}
    note_fact(uow, "TrainingClosed", command.by, now, **facts)
    zh = "、".join(name(site, person, "zh") for person in missed)
    en = ", ".join(name(site, person, "en") for person in missed)
    return Reply(
        session.id,
        Words(
            f"{session.id}结束，{len(session.attended)}人参加。" + f"未到：{zh}。" * bool(missed),
            f"{session.id} is closed, {len(session.attended)} took part."
            + f" Absent: {en}." * bool(missed),
        ),
        facts,
    )


def meant(site: Site, course: Course) -> tuple[str, ...]:
    """For whom a course is: the holders of its posts, or of all."""
    roles = course.roles or tuple(site.roles)
    return tuple(dict.fromkeys(person for role in roles for person in holders(site, role)))


def _course(site: Site, id: str) -> Course:
    course = site.courses.get(id)
    if course is None:
        raise UnknownId("培训课程", "course", id, site.courses)
    if not set(course.subjects) <= set(SUBJECTS) or not course.subjects:
        raise BadInput(
            "课程没有写明内容（plan、rules）。",
            "The course names no subject (plan, rules).",
            "请在 contacts/training.yaml 填写 subjects。",
            "Add “subjects” in contacts/training.yaml.",
        )
    return course


def _session(uow: UnitOfWork, id: str) -> Session:
    """The one named, or the one being held."""
    running = uow.sessions.open()
    if not id and len(running) == 1:
        return next(iter(running.values()))
    if id in running:
        return running[id]
    if not running:
        raise BadInput(
            "目前没有正在签到的培训。",
            "No training takes attendance at present.",
            "组织者用 training hold 开始。",
            "Whoever holds it begins with `training hold`.",
        )
    raise UnknownId("培训", "training", id, running)


def _trainer(site: Site, session: Session, command: Command) -> list[str]:
    course = site.courses.get(session.course)
    mine = course is not None and command.by.person == course.trainer
    return ["trainer"] if mine or command.by.person == session.by else []


# Questions


def trainings(uow: UnitOfWork, now: datetime) -> list[dict[str, Any]]:
    """The year's plan with what became of it, by date; sessions that no course is left of too."""
    site = FirmMatter.load(uow, now).site
    found = [_row(site, course, uow, now) for course in site.courses.values()]
    return sorted(found, key=lambda one: one["on"] or "")


def _row(site: Site, course: Course, uow: UnitOfWork, now: datetime) -> dict[str, Any]:
    held = [one for one in uow.sessions.all().values() if one.course == course.id]
    attended = {person for one in held for person in one.attended} | set(course.attended)
    wanted = meant(site, course)
    scores = {person: score for one in held for person, score in one.scores.items()}
    running = [one.id for one in held if one.is_open]
    overdue = course.on and not held and not course.held_on and course.on < today(site, now)
    return {
        "id": course.id,
        "title": {"zh": course.title.said("zh"), "en": course.title.said("en")},
        "on": course.on.isoformat() if course.on else None,
        "subjects": list(course.subjects),
        "roles": list(course.roles),
        "material": course.material or None,
        "trainer": course.trainer or None,
        "sessions": [one.id for one in held],
        "running": running[0] if running else None,
        "held": bool(held or course.held_on),
        "overdue": bool(overdue),
        "attended": sorted(attended),
        "missed": [p for p in wanted if p not in attended] if held or course.held_on else [],
        "scores": scores,
    }
