"""Decisions given by word of mouth or on paper (semantics, "Decisions and succession" 6).

Such a decision takes effect when the witness confirms, is marked 待补签, and its author has
24 hours to sign or object.
"""

from dataclasses import dataclass
from datetime import timedelta

from responder.commands.case import Case
from responder.commands.command import Reply
from responder.commands.consent import ask_consent, takes_effect
from responder.commands.decisions.asking import open_request, require_entitled
from responder.domain import authority as deciding
from responder.domain.consent import Consent
from responder.domain.record import By
from responder.domain.task import Progress, Task
from responder.domain.words import Words
from responder.errors import BadInput, UnknownId

MEANS = {
    "phone": Words("电话", "by phone"),
    "in-person": Words("当面", "in person"),
    "paper": Words("书面", "on paper"),
}
SIGN_WITHIN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A decision that `person` gave by other means, written down by one, seen by another."""

    decision: str
    approves: bool
    reason: str
    person: str
    means: str
    witness: str


def write_down(case: Case, spoken: Spoken, by: By) -> Reply:
    """Put a spoken decision before its witness."""
    if spoken.means not in MEANS:
        raise BadInput(
            f"方式“{spoken.means}”无法识别。",
            f"There is no means “{spoken.means}”.",
            f"可用：{'、'.join(MEANS)}。",
            f"Use one of: {', '.join(MEANS)}.",
        )
    for person in (spoken.person, spoken.witness):
        if not case.roster.known(person):
            raise UnknownId("人员", "person", person, case.site.people)
    if len({spoken.person, spoken.witness, by.person}) < 3:
        raise BadInput(
            "决策人、记录人、见证人必须是三个人。",
            "Decider, scribe and witness must be three people.",
            "请换一位见证人。",
            "Name another witness.",
        )
    facts = {
        "decision": spoken.decision,
        "approves": spoken.approves,
        "reason": spoken.reason,
        "person": spoken.person,
        "means": spoken.means,
    }
    return ask_consent(case, "spoken_decision", by, facts, (spoken.witness,))


@takes_effect("spoken_decision")
def _witnessed(case: Case, consent: Consent, by: By) -> Reply:
    """The witness confirms: the decision is effective, to be signed within 24 hours."""
    facts = consent.facts
    asked = open_request(case, facts["decision"])
    require_entitled(case, asked, facts["person"])
    case.carry_out(
        deciding.answer(
            case.authority,
            case.court,
            asked,
            facts["person"],
            facts["approves"],
            facts["reason"],
            case.now,
        ),
        By(facts["person"], facts["means"], f"scribe {consent.asked_by}, witness {by.person}"),
    )
    signing = _to_sign(case, consent, asked.id)
    case.record(
        "DecisionToBeSigned",
        by,
        request=asked.id,
        person=facts["person"],
        scribe=consent.asked_by,
        witness=by.person,
        means=facts["means"],
        signing=signing.id,
    )
    case.save()
    return Reply(
        consent.id,
        Words("已见证，决策生效，待补签。", "Witnessed: the decision is in force, to be signed."),
        {"incident": case.incident.id, "sign": signing.id},
    )


def _to_sign(case: Case, consent: Consent, request: str) -> Consent:
    author = consent.facts["person"]
    signing = Consent(
        case.uow.token(),
        "signature",
        case.incident.id,
        consent.asked_by,
        case.now,
        {"request": request, "decision": consent.facts["decision"]},
        (author,),
    )
    case.uow.consents.put(signing.id, signing)
    question = case.court.decision(consent.facts["decision"]).question
    task = Task(
        id=f"sign-{signing.id}",
        incident=case.incident.id,
        title=Words(f"补签决策：{question.zh}", f"Sign the decision: {question.en}"),
        owner=author,
        due_at=case.now + SIGN_WITHIN,
    )
    case.uow.tasks.put(task.key, task)
    case.uow.timers.set("task", task.key, task.due_at)
    case.tell(
        [author],
        Words(
            f"请于24小时内补签：{question.zh}。同意请执行 confirm {signing.id}，"
            f"有异议请加 --object。",
            f"Please sign within 24 h: {question.en}. To sign: confirm {signing.id};"
            " to object add --object.",
        ),
    )
    return signing


@takes_effect("signature")
def _signed(case: Case, consent: Consent, by: By) -> Reply:
    """The author signs what was written down for them."""
    task = case.uow.tasks.get(f"{case.incident.id}/sign-{consent.id}")
    if task is not None:
        task.progress, task.done_by, task.done_at = Progress.DONE, by.person, case.now
        case.uow.tasks.put(task.key, task)
        case.uow.timers.set("task", task.key, None)
    case.record("DecisionSigned", by, request=consent.facts["request"])
    case.save()
    return Reply(consent.id, Words("已补签。", "Signed."), {"incident": case.incident.id})
