"""The leaders' brief in five lines: what, whom it touches, what is done, what next, what of you.

Written from facts alone: nothing is guessed, and a cause is not named before it is established.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from responder.domain.incident import PHASE_NAMES, ROMAN, Phase
from responder.domain.words import Words

MOST_NAMED = 3
"""So many tasks, decisions or systems are named; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Situation:
    """An incident at an instant, as far as the record knows it.

    Instants are as people of the site say them, `""` where there is none. `left` are the tasks
    still open, the earliest due first, each with when it is due. `changed` says whether the record
    shows a change since the brief before; None for the first brief.
    """

    title: Words
    level: int
    phase: Phase
    since: str
    lasted: timedelta
    systems: tuple[Words, ...] = ()
    customers: int = 0
    affected: Words = Words()
    expected: str = ""
    commander: Words = Words()
    done: int = 0
    tasks: int = 0
    last_done: Words = Words()
    left: tuple[tuple[Words, str], ...] = ()
    overdue: int = 0
    decisions: tuple[tuple[Words, Words, str], ...] = ()
    report: Words = Words()
    report_by: str = ""
    changed: bool | None = None
    wanted: str = ""
    next_brief: str = ""
    over: Words = Words()


class FiveLines(NamedTuple):
    """The five lines, each without its full stop where it is one sentence."""

    what: Words
    scope: Words
    state: Words
    next_step: Words
    need: Words


def five_lines(found: Situation) -> FiveLines:
    """The brief of a situation."""
    return FiveLines(
        what=_what(found),
        scope=_scope(found),
        state=_state(found),
        next_step=_next_step(found),
        need=_need(found),
    )


def _what(found: Situation) -> Words:
    zh, en = _span(found.lasted)
    roman = ROMAN.get(found.level, str(found.level))
    return Words(
        f"{found.title.zh}，{found.since}启动预案，现为{roman}级响应{zh}。",
        f"{found.title.en}. Plan active since {found.since}, level {found.level}{en}.",
    )


def _scope(found: Situation) -> Words:
    systems = _names(found.systems)
    if found.affected != Words():
        touched = Words(f"；{found.affected.zh}", f"; {found.affected.en}")
    elif found.customers:
        touched = Words(
            f"；系统登记客户{found.customers:,}户，实际受影响数正在核实",
            f"; {found.customers:,} customers are registered there, how many are hit is being"
            " established",
        )
    else:
        touched = Words("；受影响客户数正在核实", "; how many customers is being established")
    zh = systems.zh or "影响范围正在核实"
    en = systems.en or "The scope is being established"
    return Words(f"{zh}{touched.zh}。", f"{en}{touched.en}.")


def _state(found: Situation) -> Words:
    phase = PHASE_NAMES[found.phase]
    zh, en = [phase.zh], [phase.en.capitalize()]
    if found.changed is False:
        zh.append("较上次无变化")
        en.append("no change since the brief before")
    commander = found.commander
    zh.append(f"现场指挥{commander.zh}" if commander.zh else "尚无现场指挥")
    en.append(f"commander {commander.en}" if commander.en else "no commander yet")
    if found.tasks:
        late = f"，逾期{found.overdue}项" * bool(found.overdue)
        late_en = f", {found.overdue} overdue" * bool(found.overdue)
        zh.append(f"任务完成{found.done}/{found.tasks}{late}")
        en.append(f"{found.done} of {found.tasks} tasks done{late_en}")
    if found.last_done != Words():
        zh.append(f"最近完成：{found.last_done.zh}")
        en.append(f"last done: {found.last_done.en}")
    return Words(f"{'，'.join(zh)}。", f"{'; '.join(en)}.")


def _next_step(found: Situation) -> Words:
    zh, en = [], []
    for title, by in found.left[:1]:
        zh.append(f"{title.zh}（{by}前）" if by else title.zh)
        en.append(f"{title.en} (by {by})" if by else title.en)
    if found.report != Words():
        zh.append(f"{found.report_by}前{found.report.zh}")
        en.append(f"{found.report.en} by {found.report_by}")
    if found.expected and found.phase is not Phase.RESTORED:
        zh.append(f"预计{found.expected}恢复（估计）")
        en.append(f"expected back at {found.expected} (estimate)")
    if not zh:
        return Words("按预案继续处置。", "Handling goes on by the plan.")
    return Words(f"{'；'.join(zh)}。", f"{'; '.join(en)}.")


def _need(found: Situation) -> Words:
    """What is wanted of the reader, and when they hear again."""
    later = Words()
    if found.next_brief:
        later = Words(f"下次快报{found.next_brief}前。", f" Next brief by {found.next_brief}.")
    if found.over != Words():
        return Words(f"{found.over.zh}{later.zh}", f"{found.over.en}{later.en}")
    if found.wanted:
        wanted = found.wanted.rstrip("。.")
        return Words(f"{wanted}。{later.zh}", f"{wanted}.{later.en}")
    if found.decisions:
        zh = "；".join(f"{q.zh}，请{who.zh}{by}前决策" for q, who, by in found.decisions[:2])
        en = "; ".join(f"{q.en}: {who.en} by {by}" for q, who, by in found.decisions[:2])
        return Words(f"{zh}。{later.zh}", f"{en}.{later.en}")
    return Words(f"暂无须决策事项，请知悉。{later.zh}", f"Nothing to decide.{later.en}")


def _names(words: Iterable[Words]) -> Words:
    named = tuple(words)
    zh = "、".join(one.zh for one in named[:MOST_NAMED])
    en = ", ".join(one.en for one in named[:MOST_NAMED])
    if len(named) > MOST_NAMED:
        return Words(f"{zh}等{len(named)}个系统", f"{en} and {len(named) - MOST_NAMED} more")
    return Words(zh, en)


def _span(lasted: timedelta) -> tuple[str, str]:
    """How long it has lasted, to the minute; nothing to say in the first one."""
    minutes = max(int(lasted.total_seconds()) // 60, 0)
    hours, rest = divmod(minutes, 60)
    if not minutes:
        return "", ""
    if not hours:
        return f"，已{rest}分钟", f", {rest} min so far"
    zh, en = f"{rest}分" * bool(rest), f" {rest} min" * bool(rest)
    return f"，已{hours}小时{zh}", f", {hours} h{en} so far"
