"""What is confirmed first, and with which figures: acts that ring many or take something away."""

from collections.abc import Callable, Iterable, Mapping

from responder.commands.drills.starting import recipients_of
from responder.commands.paging.dry_run import would_page
from responder.domain.incident import ROMAN
from responder.domain.people import VIA_NAMES
from responder.domain.playbook import Playbook
from responder.domain.words import Words
from responder.inbound.language.grades_answered import caution_of
from responder.inbound.language.world import World

HIGH = (1, 2)
"""The levels whose activation is confirmed."""
MANY = 10
"""Paging more people than this is confirmed."""
NAMED = 6
Values = Mapping[str, str]


def caution(verb: str, values: Values, world: World) -> Words | None:
    """What to confirm before the act, None for all that is done at a word."""
    of = CAUTIONS.get(verb)
    return of(values, world) if of else None


def _activation(playbook: Playbook, level: int, title: str, world: World) -> Words | None:
    if level not in HIGH:
        return None
    people = list(first_rung(playbook, world))
    names = people[:NAMED]
    zh = "、".join(world.site.people[p].name.zh or p for p in names) + "等" * (len(people) > NAMED)
    en = ", ".join(world.site.people[p].name.en or p for p in names)
    en += " and others" * (len(people) > NAMED)
    return Words(
        f"将启动{ROMAN[level]}级响应：{title}。将立即呼叫{len(people)}人（{zh or '—'}）。",
        f"This activates the plan at level {level}: {title}. It pages {len(people)} people now"
        f" ({en or '—'}).",
    )


def first_rung(playbook: Playbook, world: World) -> Iterable[str]:
    """Who is rung at once at a declaration: the first step, and who decides what is asked."""
    roster, now = world.roster, world.now
    first = playbook.escalation[0].page if playbook.escalation else ()
    people = [p for target in first for p in roster.resolve(target, now).people]
    for point in playbook.decisions:
        decision = world.site.decisions.get(point.id)
        if decision is None or point.after:
            continue
        order = roster.resolve("succession", now).people
        asked = [p for target in decision.who for p in roster.resolve(target, now).people]
        people += order[:1] if decision.by_succession else asked
    return dict.fromkeys(people)


def _declare(values: Values, world: World) -> Words | None:
    playbook = world.site.playbooks[values["playbook"]]
    systems = {values["system"]} if "system" in values else set(playbook.systems)
    drill = "drill" in values
    for one in world.incidents.values():
        alike = one.playbook == playbook.id or systems & set(one.systems)
        if one.is_handled and one.drill is drill and alike and "separate" not in values:
            return None
    level = int(values.get("level", playbook.level))
    title = values.get("title") or playbook.title.said(world.language)
    return _activation(playbook, level, title, world)


def _convert(values: Values, world: World) -> Words | None:
    warning = world.uow.warnings.get(values["warning"])
    playbook = world.site.playbooks.get(warning.playbook) if warning else None
    if warning is None or playbook is None or warning.drill:
        return None
    level = int(values.get("level", warning.level))
    return _activation(playbook, level, values.get("title") or warning.title, world)


def _level(values: Values, world: World) -> Words | None:
    one, wanted = world.one(values["incident"]), int(values["level"])
    if wanted > one.level:
        return Words(
            f"将把{one.id}由{ROMAN[one.level]}级降为{ROMAN[wanted]}级，须第二人确认后生效。",
            f"This lowers {one.id} from level {one.level} to {wanted}; a second person must agree.",
        )
    playbook = world.site.playbooks.get(one.playbook)
    if wanted == one.level or playbook is None:
        return None
    return _activation(playbook, wanted, f"{one.id} {one.title}", world)


def _page(values: Values, world: World) -> Words | None:
    called = would_page(world.uow, values["incident"], values["target"], world.now)
    if len(called) <= MANY:
        return None
    return Words(
        f"将立即呼叫{len(called)}人：{values['target']}。",
        f"This pages {len(called)} people now: {values['target']}.",
    )


def _cancel(values: Values, world: World) -> Words:
    found = world.incident(values["incident"])
    paged = found["paging"]["paged"] if found["paging"] else []
    asked = [person for request in found["decisions"] for person in request["asked"]]
    told = len({*paged, *asked})
    return Words(
        f"将撤销{found['id']} {found['title']}，停止全部呼叫，并通知{told}人。",
        f"This cancels {found['id']} {found['title']}, stops all paging and tells {told} people.",
    )


def _set(values: Values, world: World) -> Words | None:
    if values["phase"] != "closed":
        return None
    found = world.incident(values["incident"])
    left = sum(task["done_at"] is None for task in found["tasks"])
    return Words(
        f"将办结{found['id']} {found['title']}；还有{left}项任务未完成。",
        f"This closes {found['id']} {found['title']}; {left} tasks are not done.",
    )


def _unlink(values: Values, _world: World) -> Words:
    zh, en = VIA_NAMES[values["platform"]].zh, VIA_NAMES[values["platform"]].en
    return Words(
        f"将解除您1个{zh}账号的绑定：此后在那里的操作不再记在您名下，没有另行登记{zh}账号的，"
        "呼叫也不再发到那里。",
        f"This lets your {en} account go: what is done there is no longer yours, and unless the"
        f" contact manual names a {en} account of yours, you are not paged there any more.",
    )


def _publish(values: Values, world: World) -> Words | None:
    one = world.one(values["incident"])
    if one.drill:
        return None
    outlets = [o.name for o in world.site.outlets.values()]
    zh, en = "、".join(o.zh for o in outlets), ", ".join(o.en for o in outlets)
    return Words(
        f"将把公告{values['notice']}对外发布到{len(outlets)}个渠道：{zh}。发布后不能收回。",
        f"This publishes notice {values['notice']} to {len(outlets)} outlets: {en}. It cannot be"
        " called back.",
    )


def _start_drill(values: Values, world: World) -> Words:
    one = world.site.scenarios[values["scenario"]]
    people = len(recipients_of(world.site, one))
    return Words(
        f"将开始演练“{one.title.said('zh')}”，向{people}人发送演练消息和呼叫，一律带演练标识。",
        f"This begins the drill “{one.title.said('en')}”: {people} people are messaged and paged,"
        " every message marked.",
    )


def _abort_drill(values: Values, world: World) -> Words | None:
    if "real" not in values:
        return None
    one = world.one(values["incident"])
    playbook = world.site.playbooks.get(one.playbook)
    people = len(list(first_rung(playbook, world))) if playbook else 0
    return Words(
        f"将中止演练{one.id}，并按{ROMAN[one.level]}级响应发起真实事件：{values['reason']}。"
        f"将立即呼叫{people}人。",
        f"This aborts the drill {one.id} and declares a real incident at level {one.level}:"
        f" {values['reason']}. It pages {people} people now.",
    )


CAUTIONS: dict[str, Callable[[Values, World], Words | None]] = {
    "drill start": _start_drill,
    "drill abort": _abort_drill,
    "incident new": _declare,
    "incident cancel": _cancel,
    "incident set": _set,
    "warn convert": _convert,
    "level": _level,
    "grade": caution_of,
    "notice publish": _publish,
    "page": _page,
    "unlink": _unlink,
}
