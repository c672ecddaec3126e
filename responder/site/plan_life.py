"""`playbooks/faults.yaml`, `playbooks/quiz.yaml`, `contacts/training.yaml`: what the plan must
cover, what its readers are asked, and who was trained.
"""

from responder.domain.plan_life import Fault, Question, Read
from responder.domain.training import Course
from responder.domain.words import Words
from responder.site.fields import Fields, words


def read_faults(root: Fields) -> dict[str, Fault]:
    """The technical failures that may occur."""
    faults = root.by_id("faults", _fault)
    root.close()
    return faults


def _fault(fields: Fields, id: str) -> Fault:
    return Fault(
        id=id,
        name=fields.words("name"),
        systems=fields.texts("systems"),
        playbooks=fields.texts("playbooks"),
    )


def read_quiz(root: Fields) -> tuple[Question, ...]:
    """The questions of the quiz, in the file's order."""
    questions = root.by_id("questions", _question)
    root.close()
    return tuple(questions.values())


def _question(fields: Fields, id: str) -> Question:
    node = fields.node("choices")
    items = fields.reading.items(node) if node else ()
    return Question(
        id=id,
        ask=fields.words("ask"),
        choices=tuple(words(fields.reading, item) for item in items),
        answer=fields.whole("answer", 0),
        section=fields.text("section"),
        subject=fields.text("subject", "plan"),
    )


def read_training(root: Fields) -> tuple[dict[str, Course], tuple[Read, ...]]:
    """The year's courses, and who had read the plan before the register was kept here."""
    courses = root.by_id("courses", _course)
    found = tuple(one for one in root.each("plan_read", _read) if one)
    root.close()
    return courses, found


def _course(fields: Fields, id: str) -> Course:
    return Course(
        id=id,
        title=fields.words("title"),
        on=fields.day("on"),
        roles=fields.texts("roles"),
        subjects=fields.texts("subjects"),
        material=fields.text("material"),
        trainer=fields.text("trainer"),
        held_on=fields.day("held_on"),
        attended=fields.texts("attended"),
    )


def _read(fields: Fields) -> Read | None:
    person, version = fields.text("person"), fields.text("version")
    on, quiz_on = fields.day("on"), fields.day("quiz_on")
    if on is None:
        what = Words("研读记录缺少日期 on", "This receipt has no date, “on”")
        fields.reading.remark(fields.where, what, Words("请补上日期。", "Add the date."))
        return None
    return Read(person, version, on, quiz_on)
