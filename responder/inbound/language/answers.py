"""Verbs that only ask, answered in words: an incident, a list, the record, who is on duty."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from responder.commands import queries
from responder.commands.incidents.safety_board import safety_board
from responder.commands.manual.sight import Sight, seen_by
from responder.commands.manual.who import duty_lines, who
from responder.domain.incident import PHASE_NAMES, ROMAN, Phase
from responder.domain.people import VIA_NAMES
from responder.domain.record import Entry
from responder.domain.site import Site
from responder.domain.warning import is_warning
from responder.inbound.language.accounts_answered import account_lines
from responder.inbound.language.after_answered import investigation_lines, measure_list
from responder.inbound.language.briefings_answered import briefing_lines
from responder.inbound.language.calls_answered import call_lines
from responder.inbound.language.cards_answered import card_answered
from responder.inbound.language.drills_answered import (
    days_proposed,
    drill_list,
    drill_shown,
    drills_planned,
)
from responder.inbound.language.duty_answered import duty_rules, duty_shown
from responder.inbound.language.evidence_answered import evidence_lines
from responder.inbound.language.grades_answered import grade_lines
from responder.inbound.language.kept_answered import (
    doc_lines,
    event_list,
    problem_list,
    problem_shown,
    register_list,
    register_shown,
)
from responder.inbound.language.owing_answered import next_due, owing_lines
from responder.inbound.language.planning_answered import plan_differences, training_list
from responder.inbound.language.plans_answered import plan_list, plan_shown
from responder.inbound.language.public_answered import (
    inquiry_lines,
    line_lines,
    notice_list,
    notice_text,
)
from responder.inbound.language.readiness_answered import organisation_lines, readiness_lines
from responder.inbound.language.reports_answered import (
    fact_lines,
    read_out_lines,
    report_list,
    report_shown,
)
from responder.inbound.language.roles_answered import role_lines, roles_given
from responder.inbound.language.warnings_answered import warning_line
from responder.inbound.language.world import World

Values = Mapping[str, str]
EntryWords = Callable[[Entry, Site, str], str]
"""One entry of the record in a language; the record's words live with the documents."""
LATEST = 20
MARKS = {"open": "□", "prepared": "◧", "done": "■", "not_needed": "—"}


def answer(verb: str, values: Values, world: World, entry_words: EntryWords) -> str:
    """The answer to a question."""
    if verb == "timeline":
        return "\n".join(_timeline(values, world, entry_words))
    lines = ANSWERS[verb](values, world)
    return "\n".join(lines)


def _incidents(values: Values, world: World) -> Iterator[str]:
    found = queries.incidents(world.uow, "all" in values)
    if not found:
        yield world.said("没有未办结的事件。", "No open incident.")
    for one in found:
        leader = world.said("指挥：", "commander: ") + world.who(one["commander"])
        yield f"{_headline(one, world)} · {leader}"


def _headline(one: Mapping[str, Any], world: World) -> str:
    drill = world.said("【演练】", "DRILL ") * one["drill"]
    level = world.said(f"{ROMAN[one['level']]}级响应", f"level {one['level']}")
    state = world.words(PHASE_NAMES[Phase(one["phase"])])
    state += world.said("（演练已冻结）", " (frozen)") * one["frozen"]
    return f"{one['id']} {drill}{one['title']} · {level} · {state}"


def _status(values: Values, world: World) -> Iterator[str]:
    if is_warning(values["incident"]):
        yield warning_line(queries.warning(world.uow, values["incident"]), world)
        return
    one, said = world.incident(values["incident"]), world.said
    since = world.now - datetime.fromisoformat(one["declared_at"])
    minutes = int(since.total_seconds()) // 60
    yield f"{_headline(one, world)} · " + said(f"已{minutes}分钟", f"{minutes} min")
    leader = world.who(one["commander"] or one["provisional"])
    decider = world.who(one["decision_holder"])
    yield said(
        f"现场指挥：{leader}；决策人：{decider}", f"Commander: {leader}. Decides: {decider}."
    )
    yield from roles_given(one["roles"], world)
    yield from _paging(one, world)
    if one["failing"]:
        yield said("联系不上：", "Not reached: ") + world.listed(_failing(one["failing"], world))
    for asked in one["decisions"]:
        yield _decision(asked, world)
    done = sum(task["done_at"] is not None for task in one["tasks"])
    late = [t["id"] for t in one["tasks"] if _late(t, world)]
    overdue = said(f"，逾期{len(late)}", f", {len(late)} overdue") * bool(late)
    yield said("任务：完成", "Tasks done: ") + f"{done}/{len(one['tasks'])}{overdue}"
    yield from next_due(one["id"], world)
    for wait in one["consents"]:
        yield said("待第二人确认：", "Waits for a second person: ") + wait["id"]


def _paging(one: Mapping[str, Any], world: World) -> Iterator[str]:
    paging = one["paging"]
    if not paging:
        return
    takers = [f"{world.who(p)} {world.clock(at)}" for p, at in paging["acknowledged"].items()]
    taken = world.said("已接手：", "Taken by: ") + world.listed(takers)
    if paging["open"]:
        taken += world.said("；呼叫中：", "; ringing: ") + world.people(one["ringing"])
    yield taken


def _failing(failing: Mapping[str, list[str]], world: World) -> Iterator[str]:
    for person, vias in failing.items():
        ways = "/".join(world.words(VIA_NAMES[v]) if v in VIA_NAMES else v for v in vias)
        yield world.said(f"{world.who(person)}（{ways}）", f"{world.who(person)} ({ways})")


def _decision(asked: Mapping[str, Any], world: World) -> str:
    decision = world.site.decisions.get(asked["decision"])
    question = (world.words(decision.question) if decision else "") or asked["decision"]
    if asked["open"]:
        who, until = world.people(asked["asked"]), world.clock(asked["answer_by"])
        return world.said(
            f"待决策：{question}（{asked['decision']}），{until}前：{who}",
            f"To be decided: {question} ({asked['decision']}), by {until}: {who}",
        )
    by, at = world.who(asked["decided_by"]), world.clock(asked["decided_at"])
    word = world.said(*(("同意", "approved") if asked["approved"] else ("不同意", "rejected")))
    return world.said(
        f"已决策：{question}——{word}（{by} {at}）", f"{question}: {word} by {by} {at}"
    )


def _tasks(values: Values, world: World) -> Iterator[str]:
    world.one(values["incident"])
    found = queries.tasks(world.uow, values["incident"])
    if not found:
        yield world.said("没有任务。", "No tasks.")
    for number, task in enumerate(found, 1):
        title = task["title"][world.language] or task["title"]["zh"]
        danger = world.said("（危险）", " (dangerous)") * task["danger"]
        late = world.said("逾期 ", "overdue ") * _late(task, world)
        by = world.clock(task["due_at"]) or "—"
        mark = MARKS.get(task["progress"], "?")
        yield f"{mark} {number} {title}{danger} ({task['id']}) · {late}{by} · {_owner(task, world)}"


def _owner(task: Mapping[str, Any], world: World) -> str:
    role = world.site.roles.get(task["role"] or "")
    return world.who(task["owner"]) if task["owner"] else (world.words(role.name) if role else "—")


def _late(task: Mapping[str, Any], world: World) -> bool:
    is_open = task["progress"] in ("open", "prepared")
    return is_open and bool(task["due_at"]) and datetime.fromisoformat(task["due_at"]) < world.now


def _timeline(values: Values, world: World, entry_words: EntryWords) -> Iterator[str]:
    entries = queries.timeline(world.uow, values["incident"])
    for entry in entries[-int(values.get("last", LATEST)) :]:
        yield f"{world.clock(entry.at)} {entry_words(entry, world.site, world.language)}"


def _watch(values: Values, world: World) -> Iterator[str]:
    one = world.one(values["incident"])
    keeper = one.watch or one.commander or one.provisional
    yield (
        world.said(
            f"{one.id} 值守：{world.who(keeper)}", f"{one.id}: {world.who(keeper)} keeps watch"
        )
        if keeper
        else world.said(f"{one.id} 目前无人值守。", f"Nobody keeps watch over {one.id}.")
    )


def _board(values: Values, world: World) -> Iterator[str]:
    yield from safety_board(world.uow, values["incident"]).lines(world.language)


def _warnings(values: Values, world: World) -> Iterator[str]:
    found = queries.warnings(world.uow, "all" in values, drill="drill" in values)
    if not found:
        yield world.said("没有未了结的预警。", "No open warning.")
    yield from (warning_line(one, world) for one in found)


def _who(values: Values, world: World) -> Iterator[str]:
    """Others' numbers are masked here: what is seen in full goes on record, by a command."""
    at = datetime.fromisoformat(values["at"]) if "at" in values else world.now
    found = seen_by(Sight(world.person), who(world.roster, at, values.get("role", "")))
    yield from duty_lines(found, world.language)
    yield world.said(
        "号码已按权限隐去一部分；查看请用“通讯录 姓名 用途=…”。",
        "Numbers are shown in part; look one up with: contact NAME why=…",
    )


ANSWERS: dict[str, Callable[[Values, World], Iterator[str]]] = {
    "brief due": briefing_lines,
    "call list": call_lines,
    "card": card_answered,
    "org": organisation_lines,
    "ready": readiness_lines,
    "report due": owing_lines,
    "evidence": evidence_lines,
    "facts": fact_lines,
    "grades": grade_lines,
    "report list": report_list,
    "report show": report_shown,
    "report phone": read_out_lines,
    "investigation": investigation_lines,
    "measure list": measure_list,
    "doc": doc_lines,
    "register list": register_list,
    "register show": register_shown,
    "event list": event_list,
    "problem list": problem_list,
    "problem show": problem_shown,
    "inquiry list": inquiry_lines,
    "line show": line_lines,
    "link": account_lines,
    "notice list": notice_list,
    "notice show": notice_text,
    "plan diff": plan_differences,
    "training list": training_list,
    "plan list": plan_list,
    "plan show": plan_shown,
    "role": role_lines,
    "incident list": _incidents,
    "status": _status,
    "task list": _tasks,
    "safety board": _board,
    "warn list": _warnings,
    "watch": _watch,
    "who": _who,
    "drill planned": drills_planned,
    "drill propose": days_proposed,
    "drill list": drill_list,
    "drill show": drill_shown,
    "duty show": duty_shown,
    "duty rules": duty_rules,
}
