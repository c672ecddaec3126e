"""The first two parts of an investigation, written from what the record says: pure functions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from responder.domain.incident import PHASE_NAMES, ROMAN, Phase
from responder.domain.words import Words


@dataclass(frozen=True, slots=True)
class Promise:
    """Something owed outside: when it was due, when it was done, by whom."""

    what: str
    due_at: datetime | None
    done_at: datetime | None
    done_by: str = ""
    ended: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A report or a notice that left the house."""

    what: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the record knows of an incident, names and all in one language."""

    id: str
    title: str
    playbook: str
    level: int
    drill: bool
    zone: str
    systems: Sequence[str]
    declared_at: datetime
    declared_by: str
    phases: Sequence[tuple[Phase, datetime]] = ()
    acknowledged: Sequence[tuple[str, datetime]] = ()
    unreached: Sequence[str] = ()
    commanders: Sequence[tuple[str, datetime]] = ()
    decisions: Sequence[tuple[str, bool, str, datetime]] = ()
    tasks_done: int = 0
    tasks: int = 0
    exhibits: int = 0
    promises: Sequence[Promise] = ()
    reports: Sequence[Sent] = ()
    notices: Sequence[Sent] = ()


def facts(known: Known, language: str) -> str:
    """Part one: what, when, which systems, how it went from state to state."""
    return "\n".join(_facts(known, _Sayer(language, known.zone)))


def handling(known: Known, language: str) -> str:
    """Part two: who took it when, who led and decided, what was reported and how punctually."""
    return "\n".join(_handling(known, _Sayer(language, known.zone)))


@dataclass(frozen=True, slots=True)
class _Sayer:
    language: str
    zone: str

    def said(self, zh: str, en: str) -> str:
        return en if self.language == "en" else zh

    def at(self, at: datetime) -> str:
        return at.astimezone(ZoneInfo(self.zone)).strftime("%Y-%m-%d %H:%M:%S")

    def listed(self, words: Sequence[str]) -> str:
        return self.said("、", ", ").join(words) or self.said("无", "none")


def _facts(known: Known, say: _Sayer) -> Iterator[str]:
    mark = say.said("【演练】", "DRILL ") * known.drill
    yield say.said(
        f"事件：{mark}{known.title}（{known.id}）", f"Incident: {mark}{known.title} ({known.id})"
    )
    yield say.said(f"处置方案：{known.playbook}", f"Playbook: {known.playbook}")
    yield say.said(f"响应级别：{ROMAN[known.level]}级", f"Response level: {known.level}")
    yield say.said("涉及系统：", "Systems: ") + say.listed(known.systems)
    at = say.at(known.declared_at)
    yield say.said(
        f"{at} {known.declared_by}发起，预案启动",
        f"{at} declared by {known.declared_by}; the plan is active",
    )
    for phase, when in known.phases:
        yield f"{say.at(when)} {PHASE_NAMES[phase].said(say.language)}"
    restored = [when for phase, when in known.phases if phase is Phase.RESTORED]
    if restored:
        lasted = _span(restored[-1] - known.declared_at)
        yield say.said(f"发起至恢复：{lasted.zh}", f"From declaration to restoration: {lasted.en}")
    yield say.said(f"时区：{known.zone}", f"Times are those of {known.zone}")


def _handling(known: Known, say: _Sayer) -> Iterator[str]:
    for person, at in known.acknowledged:
        waited = _span(at - known.declared_at)
        yield say.said(
            f"{say.at(at)} {person}接手（发起后{waited.zh}）",
            f"{say.at(at)} taken by {person}, {waited.en} after declaration",
        )
    if known.unreached:
        yield say.said("呼叫未应答：", "Paged without an answer: ") + say.listed(known.unreached)
    for person, at in known.commanders:
        yield say.said(f"{say.at(at)} 现场指挥：{person}", f"{say.at(at)} commander: {person}")
    for question, approved, person, at in known.decisions:
        answer = say.said(*(("同意", "approved") if approved else ("不同意", "rejected")))
        yield say.said(
            f"{say.at(at)} {person}决策：{question}——{answer}",
            f"{say.at(at)} {person} decided: {question} — {answer}",
        )
    yield say.said(
        f"任务完成{known.tasks_done}/{known.tasks}", f"Tasks done: {known.tasks_done}/{known.tasks}"
    )
    yield say.said(f"存证{known.exhibits}件", f"Pieces of evidence: {known.exhibits}")
    for heading, sent in ((("报告", "Report"), known.reports), (("公告", "Notice"), known.notices)):
        for one in sent:
            yield say.said(
                f"{heading[0]}：{one.what}，{say.at(one.at)}由{one.by}发出",
                f"{heading[1]}: {one.what}, {say.at(one.at)}, by {one.by}",
            )
    for promise in known.promises:
        yield _promise(promise, say)
    if not (known.promises or known.reports):
        yield say.said(
            "没有登记报送义务，也没有报告发出",
            "No duty to report is on record, and no report went out",
        )


def _promise(one: Promise, say: _Sayer) -> str:
    due = say.at(one.due_at) if one.due_at else say.said("无固定时限", "no fixed limit")
    head = say.said(f"{one.what}（时限{due}）：", f"{one.what} (due {due}): ")
    if one.done_at is None:
        why = say.said(f"已终止（{one.ended}）", f"ended ({one.ended})")
        return head + (why if one.ended else say.said("尚未完成", "not done yet"))
    done = say.said(
        f"{say.at(one.done_at)}由{one.done_by or '—'}完成，",
        f"done {say.at(one.done_at)} by {one.done_by or '—'}, ",
    )
    if one.due_at is None or one.done_at <= one.due_at:
        return head + done + say.said("按时", "in time")
    late = _span(one.done_at - one.due_at)
    return head + done + say.said(f"迟{late.zh}", f"late by {late.en}")


def _span(span: timedelta) -> Words:
    """A span to the second, as people say it."""
    seconds = int(span.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    minutes, last = divmod(rest, 60)
    zh = f"{hours}小时" * bool(hours) + f"{minutes}分" * bool(hours or minutes) + f"{last}秒"
    en = f"{hours} h " * bool(hours) + f"{minutes} min " * bool(hours or minutes) + f"{last} s"
    return Words(zh, en)
