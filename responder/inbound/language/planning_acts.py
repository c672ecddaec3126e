"""Knowing the plan and training, as the commands that the verbs stand for."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from responder.commands.command import Command
from responder.commands.planning.knowing import PLAN, AnswerQuestion, Quiz, ReadPlan, quiz_of
from responder.commands.planning.training import AttendTraining
from responder.domain.record import By
from responder.domain.words import Words
from responder.inbound.language.naming import Known
from responder.inbound.language.verb import Slot
from responder.inbound.language.world import World

Values = Mapping[str, str]
LETTERS = "abcdefgh"


def training_attended(world: World) -> str:
    """The training being held that the person signed in at, the latest first."""
    attended = [o.id for o in world.uow.sessions.open().values() if world.person in o.attended]
    return attended[-1] if attended else ""


def quiz_in_hand(slot: Slot, world: World) -> Quiz | None:
    """The quiz whose answer a slot takes, if there is one."""
    of = PLAN if slot.pool == PLAN else training_attended(world)
    if not of or world.site.plan is None or not world.site.plan.version:
        return None
    return quiz_of(world.uow, world.person, of)


def choices(slot: Slot, world: World, _values: Values) -> list[Known]:
    """The choices of the next question, by number or letter."""
    quiz = quiz_in_hand(slot, world)
    asked = quiz.next if quiz else None
    if asked is None:
        return []
    return [
        Known(str(n), world.words(choice), (str(n), letter))
        for n, (choice, letter) in enumerate(zip(asked.choices, LETTERS, strict=False), 1)
    ]


def asking(slot: Slot, world: World) -> Slot:
    """The same slot, asking the next question in its own words."""
    quiz = quiz_in_hand(slot, world)
    asked = quiz.next if quiz else None
    if quiz is None or asked is None:
        return slot
    number = f"{len(quiz.answers) + 1}/{len(quiz.questions)} "
    words = Words(number + asked.ask.said("zh"), number + asked.ask.said("en"))
    return replace(slot, asks=words)


def trainings_running(_slot: Slot, world: World, _values: Values) -> list[Known]:
    """The trainings that take attendance, by id or number."""
    found = []
    for one in world.uow.sessions.open().values():
        code = one.id.rpartition("-")[2]
        course = world.site.courses.get(one.course)
        title = world.words(course.title) if course else one.course
        found.append(Known(one.id, f"{one.id} {title}", (one.id.casefold(), code)))
    return found


PLANNING_ACTS: dict[str, Callable[[Values, By, World], Command]] = {
    "plan read": lambda _v, by, _w: ReadPlan(by=by),
    "plan quiz": lambda v, by, _w: AnswerQuestion(by=by, answer=int(v["answer"])),
    "training attend": lambda v, by, _w: AttendTraining(by=by, session=v.get("session", "")),
    "training quiz": lambda v, by, world: AnswerQuestion(
        by=by, answer=int(v["answer"]), of=training_attended(world)
    ),
}
