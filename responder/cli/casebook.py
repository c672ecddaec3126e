"""How incidents, their tasks and their record look in a terminal."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from responder import app
from responder.cli import show
from responder.cli.show import Names
from responder.domain.incident import PHASE_NAMES, Phase
from responder.domain.record import Entry

MOST_SILENT = 12
"""Silent people that are named here; `safety board` shows more."""


def show_list(found: Sequence[dict[str, Any]], names: Names) -> None:
    """One line an incident."""
    said = names.said
    if not found:
        show.line(said("没有未办结的事件。", "No open incident."))
        return
    headings = (
        said("编号", "id"),
        said("级别", "level"),
        said("状态", "state"),
        said("发起", "declared"),
        said("现场指挥", "commander"),
        said("事件", "what"),
    )
    show.table(headings, [_brief(one, names) for one in found])


def _brief(one: dict[str, Any], names: Names) -> tuple[Any, ...]:
    leader = names.person(one["commander"]) if one["commander"] else ""
    hunted = ("bold red", names.said("呼叫中", "paging")) if one["ringing"] else "—"
    return (
        one["id"],
        names.level(one["level"]),
        phase(one, names),
        names.clock(one["declared_at"], full=True),
        leader or hunted,
        drill(one, names) + one["title"],
    )


def phase(one: dict[str, Any], names: Names) -> str:
    """The state in words, with the drill's freeze."""
    said = PHASE_NAMES[Phase(one["phase"])].said(names.language)
    return said + (names.said("（演练已冻结）", " (frozen)") if one["frozen"] else "")


def drill(one: dict[str, Any], names: Names) -> str:
    """What a drill is marked with."""
    return names.said("【演练】", "DRILL ") if one["drill"] else ""


def show_incident(found: dict[str, Any], names: Names, now: datetime) -> None:
    """How an incident stands, the most urgent first."""
    said = names.said
    title = f"{found['id']}  {drill(found, names)}{found['title']}"
    show.line(f"{title}  {names.level(found['level'])} · {phase(found, names)}", "bold")
    show.pairs(_facts(found, names, now))
    if found["decisions"]:
        headings = (said("决策", "decision"), said("状态", "state"), said("事项", "question"))
        show.line("")
        show.table(headings, [_decision(one, names) for one in found["decisions"]])
    if found["consents"]:
        show.line("")
        headings = (said("待第二人确认", "waits for a second person"), said("事项", "what"), "")
        rows = [
            (one["id"], one["purpose"], names.person(one["asked_by"])) for one in found["consents"]
        ]
        show.table(headings, rows)
    if found["tasks"]:
        show.line("")
        show_tasks(found["tasks"], names, now)


def _facts(found: dict[str, Any], names: Names, now: datetime) -> Iterator[tuple[str, str]]:
    said = names.said
    since = now - datetime.fromisoformat(found["declared_at"])
    declared = names.clock(found["declared_at"], full=True)
    by = names.person(found["declared_by"])
    yield said("发起", "declared"), f"{declared}  {by}（{elapsed(since, names)}）"
    yield said("处置方案", "playbook"), found["playbook"]
    yield said("系统", "systems"), names.listed(names.system(s) for s in found["systems"])
    leader, stand_in = found["commander"], found["provisional"]
    if leader:
        yield said("现场指挥", "commander"), names.person(leader)
    elif stand_in:
        yield said("临时现场负责人", "provisional lead"), names.person(stand_in)
    if found["decision_holder"]:
        yield said("决策人", "decides"), names.person(found["decision_holder"])
    if found["roles"]:
        filled = (f"{names.role(r)} {names.person(p)}" for r, p in found["roles"].items())
        yield said("本事件岗位", "roles here"), names.listed(filled)
    if found["watch"]:
        yield said("值守", "watch"), names.person(found["watch"])
    yield from _paging(found, names)
    failing = (f"{names.person(p)}（{names.ways(vias)}）" for p, vias in found["failing"].items())
    if found["failing"]:
        yield said("联系不上", "not reached"), names.listed(failing)
    roll = found["roll_call"]
    if roll:
        silent = names.people(roll["silent"][:MOST_SILENT])
        silent += "…" * (len(roll["silent"]) > MOST_SILENT)
        counted = f"{len(roll['safe'])} / {len(roll['in_need'])} / {len(roll['silent'])}"
        heading = said("点名 平安/求助/未答", "roll-call safe/help/silent")
        yield heading, f"{counted}  {silent}"
    sent = ", ".join(f"{state} {count}" for state, count in sorted(found["messages"].items()))
    yield said("外发", "messages"), sent


def _paging(found: dict[str, Any], names: Names) -> Iterator[tuple[str, str]]:
    paging, said = found["paging"], names.said
    if not paging:
        return
    takers = [f"{names.person(p)} {names.clock(at)}" for p, at in paging["acknowledged"].items()]
    yield said("已接手", "taken by"), names.listed(takers)
    if not paging["open"]:
        return
    yield said("呼叫中", "ringing"), names.people(found["ringing"])
    if paging["declined"]:
        yield said("转下一位", "declined"), names.people(paging["declined"])
    if paging["next_step_at"]:
        where = said(
            f"第{paging['round']}轮第{paging['step']}步，",
            f"round {paging['round']}, step {paging['step']}; ",
        )
        at = names.clock(paging["next_step_at"])
        yield said("下一步", "next step"), where + said(f"{at}起", f"from {at}")


def _decision(one: dict[str, Any], names: Names) -> tuple[Any, ...]:
    said, question = names.said, names.decision(one["decision"])
    if one["open"]:
        until = names.clock(one["answer_by"])
        asked = names.people(one["asked"])
        state = said(f"待答复，{until}前：{asked}", f"asked {asked}, answer by {until}")
        return one["decision"], ("bold yellow", state), question
    by, at = names.person(one["decided_by"]), names.clock(one["decided_at"])
    if one["approved"]:
        return one["decision"], ("green", said(f"{at} {by}同意", f"{at} {by} approved")), question
    return one["decision"], ("red", said(f"{at} {by}不同意", f"{at} {by} rejected")), question


def show_tasks(tasks: Sequence[dict[str, Any]], names: Names, now: datetime) -> None:
    """One line a task."""
    said = names.said
    headings = (
        said("任务", "task"),
        said("状态", "state"),
        said("时限", "due"),
        said("负责人", "owner"),
        said("内容", "what"),
    )
    show.table(headings, [_task(one, names, now) for one in tasks])


PROGRESS = {
    "open": ("待办", "open", ""),
    "prepared": ("已准备", "prepared", "yellow"),
    "done": ("完成", "done", "green"),
    "waived": ("免办", "not needed", "dim"),
}


def _task(one: dict[str, Any], names: Names, now: datetime) -> tuple[Any, ...]:
    zh, en, style = PROGRESS.get(one["progress"], (one["progress"], one["progress"], ""))
    due = datetime.fromisoformat(one["due_at"]) if one["due_at"] else None
    late = due is not None and due < now and one["progress"] in ("open", "prepared")
    mark = names.said("（危险）", " (dangerous)") if one["danger"] else ""
    return (
        one["id"],
        (style, names.said(zh, en)),
        ("bold red" if late else "", names.clock(due)),
        names.person(one["owner"]) if one["owner"] else names.role(one["role"] or "") or "—",
        (one["title"][names.language] or one["title"]["zh"]) + mark,
    )


def show_timeline(entries: Iterable[Entry], names: Names) -> None:
    """The record: when, by which door, what."""
    said = names.said
    headings = ("", said("时间", "time"), said("渠道", "door"), said("何事", "what"))
    rows = [
        (
            entry.seq,
            names.clock(entry.at, full=True),
            "" if entry.door == "engine" else entry.door,
            app.words_for(entry, names.site, names.language),
        )
        for entry in entries
    ]
    show.table(headings, rows)


def elapsed(since: timedelta, names: Names) -> str:
    """已12分钟, 12 min ago."""
    minutes = int(since.total_seconds()) // 60
    hours, minutes = divmod(minutes, 60)
    if hours:
        return names.said(f"已{hours}小时{minutes}分钟", f"{hours} h {minutes} min ago")
    return names.said(f"已{minutes}分钟", f"{minutes} min ago")
