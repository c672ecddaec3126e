"""The story the demo tells: who does what, how long after the outage is declared.

People are named by the part they play, so that the story fits whoever is on duty.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from responder.cli import story_briefings, story_public, story_reports
from responder.commands.command import Command
from responder.commands.decisions.decision import Decide
from responder.commands.incidents.incident import Declare
from responder.commands.incidents.note import AddNote
from responder.commands.incidents.phase import SetPhase
from responder.commands.incidents.roll_call import AnswerRoll, CallRoll
from responder.commands.incidents.task import DoTask
from responder.commands.paging.answering import Acknowledge
from responder.domain.incident import Phase
from responder.domain.record import By
from responder.domain.words import Words

PLAYBOOK = "trading-outage"
TITLE = Words("集中交易系统中断", "Core trading system down")
OVER_AFTER = timedelta(minutes=75)
LIAISON, APPROVER = story_reports.LIAISON, story_reports.SIGNER
LOG = story_reports.LOG
"""The file that the story takes in as evidence."""

Making = Callable[[By, str], Command]
"""Makes the command from who acts and the incident's id."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something a person does. `who` is a target: a role, or a place in the succession."""

    after: timedelta
    who: str
    make: Making


@dataclass(frozen=True, slots=True)
class Aside:
    """What the narrator says."""

    after: timedelta
    says: Words


def at(minutes: int, seconds: int = 0) -> timedelta:
    """An instant of the story."""
    return timedelta(minutes=minutes, seconds=seconds)


def declaration(by: By, language: str) -> Command:
    """The first act: the operator on monitoring sees orders fall to zero."""
    return Declare(by=by, playbook=PLAYBOOK, title=TITLE.said(language))


def acts(language: str) -> Iterator[Act | Aside]:
    """Everything that follows, in order of time."""
    parts: list[Act | Aside] = [*_asides(), *_taking(language), *_handling()]
    parts += [*_deciding(language), *_ending(language)]
    parts += [Act(after, who, make) for after, who, make in story_public.notices()]
    parts += [Act(after, who, make) for after, who, make in story_briefings.briefings(language)]
    parts += [Act(after, who, make) for after, who, make in story_reports.reports(language)]
    parts += [Act(after, who, make) for after, who, make in story_reports.evidence(language)]
    yield from sorted(parts, key=lambda part: part.after)


def _asides() -> Iterator[Aside]:
    def aside(after: timedelta, zh: str, en: str) -> Aside:
        return Aside(after, Words(zh, en))

    yield aside(at(0, 30), "无人应答，继续呼叫。", "Nobody answers; the phones go on ringing.")
    yield aside(
        at(2, 59), "三分钟无人接手：呼叫第二步。", "Three minutes: the second step is paged."
    )
    yield aside(
        at(4, 59),
        "总指挥联系不上：请下一位决策人代行。",
        "The head of the command body cannot be reached: the next in order is asked.",
    )
    yield aside(
        at(9, 59), "第二位也联系不上：请第三位代行。", "Nor can the second: the third is asked."
    )
    yield aside(at(39, 59), "业务部门复测、核对。", "Business retests and reconciles.")


def _taking(language: str) -> Iterator[Act]:
    yield Act(at(4), "role:it_lead", lambda by, id: Acknowledge(by=by, incident=id))
    yield Act(at(5, 30), "role:duty_lead", lambda by, id: Acknowledge(by=by, incident=id))
    text = Words(
        "申报笔数20:14:52起骤降为零，沪深两市均受影响。",
        "Orders reported fell to zero at 20:14:52, both markets.",
    ).said(language)
    yield Act(at(6, 20), "role:monitoring", lambda by, id: AddNote(by=by, incident=id, text=text))
    yield Act(at(5), "role:it_lead", lambda by, id: CallRoll(by=by, incident=id, target=ON_SITE))
    for place in range(ANSWER_AT_ONCE + 1):
        after = at(5, 20 + 5 * place) if place < ANSWER_AT_ONCE else at(10, 20)
        yield Act(after, f"{ON_SITE}/{place}", _safe)


def _safe(by: By, id: str) -> Command:
    return AnswerRoll(by=by, incident=id, safe=True)


ON_SITE = "team:data-recovery"
ANSWER_AT_ONCE = 3
"""So many answer the roll-call at once; the next one only when asked again."""

TASKS = (
    (at(4, 50), "it_lead", "safety"),
    (at(4, 55), "monitoring", "scope"),
    (at(5, 10), "it_lead", "regulator-phone"),
    (at(7, 30), "system_admin", "snapshot"),
    (at(7, 50), "app_admin", "freeze-jobs"),
    (at(9), "customer_service_lead", "hotline"),
    (at(9), "risk_lead", "hold-liquidation"),
    (at(9, 30), "database_admin", "locate"),
    (at(9, 40), "pr_lead", "first-notice"),
    (at(10), "system_admin", "prepare-switch"),
    (at(13), "business_lead", "halt-orders"),
    (at(24), "system_admin", "switch-over"),
    (at(33), "settlement_lead", "reconcile-orders"),
    (at(40), "business_lead", "verify-business"),
    (at(44), "business_lead", "reopen"),
)


def _handling() -> Iterator[Act]:
    for after, role, task in TASKS:
        yield Act(after, f"role:{role}", _doing(task))


def _doing(task: str) -> Making:
    return lambda by, id: DoTask(by=by, incident=id, task=task, sure=True)


def _deciding(language: str) -> Iterator[Act]:
    yield _decision(at(4, 30), "role:business_lead", "notify-investors", INFORM.said(language))
    yield _decision(at(11), "third", "level-two", STOP.said(language))
    yield _decision(at(11, 40), "third", "switch-to-backup", SWITCH.said(language))
    yield _decision(at(42), "third", "resume-business", RESUME.said(language))


INFORM = Words("按统一口径公告。", "Tell investors, in the agreed words.")
STOP = Words("止损，先保客户资金和委托安全。", "Protect clients' money and orders first.")
SWITCH = Words("主用数据库短时无法修复。", "The main database cannot be mended soon.")
RESUME = Words("业务验证通过，委托已核对一致。", "Business is verified and orders reconcile.")


def _decision(after: timedelta, who: str, decision: str, reason: str) -> Act:
    return Act(
        after,
        who,
        lambda by, id: Decide(by=by, incident=id, decision=decision, approves=True, reason=reason),
    )


def _ending(language: str) -> Iterator[Act]:
    why = Words("已切换至备用系统，逐步恢复。", "Running on the backup, coming back by stages.")
    contained, reason = Phase.CONTAINED, why.said(language)
    yield Act(at(26), "role:it_lead", _moving(contained, reason))
    yield Act(at(46), "role:it_lead", _moving(Phase.RESTORED, ""))
    yield Act(at(75), "role:it_lead", _moving(Phase.STOOD_DOWN, ""))


def _moving(phase: Phase, reason: str) -> Making:
    return lambda by, id: SetPhase(by=by, incident=id, phase=phase, reason=reason)
