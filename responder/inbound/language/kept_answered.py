"""What is kept ready, the log of events and the library of problems, in words."""

from collections.abc import Iterator, Mapping

from responder.commands.problems.events import events_logged
from responder.commands.problems.looking import problem_in_full, problems
from responder.commands.registers.kept_ready import one_of_register, register_of
from responder.commands.registers.papers_at_hand import papers_of
from responder.domain.problem import STAGE_NAMES, Stage
from responder.domain.provision import WHAT_NAMES
from responder.inbound.language.world import World

MOST = 20
LATEST = 5
STATES = {
    "kept": ("正常", "in order"),
    "expired": ("已过期", "expired"),
    "failed": ("不合格", "not passed"),
    "overdue": ("检查逾期", "check late"),
    "low": ("低于最低库存", "too few"),
    "incomplete": ("内容不全", "incomplete"),
}


def doc_lines(values: Mapping[str, str], world: World) -> Iterator[str]:
    """Where documents lie: of the system named, or of those of the incident spoken about."""
    meant = world.meant
    systems = [values["system"]] if "system" in values else list(meant.systems if meant else ())
    if not systems:
        yield world.said("请写明系统，例如：资料 core-trading", "Name the system: doc core-trading")
    for system in systems:
        yield world.words(papers_of(world.uow, system, world.now))


def register_list(values: Mapping[str, str], world: World) -> Iterator[str]:
    """A line each; what is to be seen to alone where that is asked for."""
    register = values.get("register", "")
    found = register_of(world.uow, world.now, register=register, due="due" in values)
    if not found:
        yield world.said("没有待办的保障登记。", "Nothing is to be seen to.")
    for one in found[:MOST]:
        amount = one.get("quantity", one.get("balance"))
        stock = "" if amount is None else f" · {amount:,}"
        name = one["name"][world.language] or one["name"]["zh"]
        state, due = world.said(*STATES[one["state"]]), one["expires_on"] or one["due_on"] or "—"
        yield f"{one['id']} {name}{stock} · {world.who(one['owner'])} · {due} · {state}"
    if len(found) > MOST:
        more = len(found) - MOST
        yield world.said(f"另有{more}项。", f"And {more} more.")


def register_shown(values: Mapping[str, str], world: World) -> Iterator[str]:
    """One entry, with its latest records."""
    one = one_of_register(world.uow, values["provision"], world.now)
    name = one["name"][world.language] or one["name"]["zh"]
    yield f"{one['id']} {name} · {world.said(*STATES[one['state']])}"
    yield world.said("保管人：", "Kept by: ") + world.who(one["owner"])
    places = [place[world.language] or place["zh"] for place in one["places"]]
    if places:
        yield world.said("存放处：", "Lies in: ") + world.listed(places)
    yield world.said(
        f"检查：{one['checked_on'] or '—'}，下次{one['due_on'] or '—'}",
        f"Checked {one['checked_on'] or '—'}, next by {one['due_on'] or '—'}",
    )
    for record in one["records"][-LATEST:]:
        what = world.words(WHAT_NAMES[record["what"]])
        amount = f" {record['amount']:,}" if record["amount"] else ""
        yield f"{record['at'][:10]} {what}{amount} · {world.who(record['by'])}"


def event_list(values: Mapping[str, str], world: World) -> Iterator[str]:
    """A line an open event."""
    owner = world.person if "mine" in values else ""
    found = events_logged(world.uow, world.now, owner=owner, overdue="overdue" in values)
    if not found:
        yield world.said("没有这样的运维事件。", "There is no such event.")
    for one in found[-MOST:]:
        late = world.said("逾期", "overdue") if one["overdue"] else ""
        state = late or one["became"] or world.said("办理中", "open")
        rank = world.said(f"优先级{one['priority']}", f"priority {one['priority']}")
        yield f"{one['id']} {one['title']} · {rank} · {world.who(one['owner'])} · {state}"


def problem_list(values: Mapping[str, str], world: World) -> Iterator[str]:
    """A line a problem, with its lesson where there is one."""
    found = problems(world.uow, world.now, search=values.get("search", ""))
    if not found:
        yield world.said("没有这样的问题。", "There is no such problem.")
    for one in found[-MOST:]:
        stage = world.words(STAGE_NAMES[Stage(one["stage"])])
        lesson = f" · {one['lesson']}" if one["lesson"] else ""
        yield f"{one['id']} {one['title']} · {stage} · {world.who(one['owner'])}{lesson}"


def problem_shown(values: Mapping[str, str], world: World) -> Iterator[str]:
    """What is known of one problem."""
    one = problem_in_full(world.uow, values["problem"], world.now)
    yield f"{one['id']} {one['title']} · {world.words(STAGE_NAMES[Stage(one['stage'])])}"
    for key, words in (
        ("cause", world.said("原因：", "Cause: ")),
        ("fix", world.said("解决方案：", "Fix: ")),
        ("change", world.said("变更单号：", "Change: ")),
        ("verification", world.said("验证结果：", "Verified: ")),
        ("lesson", world.said("经验教训：", "Lesson: ")),
    ):
        if one[key]:
            yield words + one[key]
    yield world.said("运维事件：", "Events: ") + world.listed(one["events"])
