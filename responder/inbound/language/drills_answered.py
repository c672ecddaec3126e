"""Drills in words: which were held, what is next in one and what was done, its ratings."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from responder.commands.drills import queries
from responder.commands.drills.plan_at_work import when
from responder.commands.drills.planned import planned_drills, proposed
from responder.commands.drills.recurring import recurring_to_come
from responder.commands.workdays import day_of
from responder.domain.drill import Result
from responder.domain.words import Words
from responder.drills.by_hand import NAME
from responder.drills.scoring import RATING_NAMES, RESULT_NAMES, Rating
from responder.inbound.language.world import World

MOST = 10
NEXT = 3
TO_PLAN = Words("定期，待安排", "recurs, not planned yet")


def drill_list(_values: Mapping[str, str], world: World) -> Iterator[str]:
    """A line a drill, the latest first."""
    found = queries.drills(world.uow, world.now)
    if not found:
        yield world.said("还没有按脚本进行的演练。", "There was no drill by a scenario yet.")
    for one in found[:MOST]:
        title, counted = one["title"][world.language], _counts(one, world)
        state = _state(one, world) + _owed(one, world)
        yield f"{one['id']} {title} · {one['started_at'][:10]} · {state} · {counted}"


def drill_shown(values: Mapping[str, str], world: World) -> Iterator[str]:
    """What comes next, the counts, what was not done, the ratings."""
    one = queries.drill_shown(world.uow, values["incident"], world.now)
    yield f"{one['id']} {one['title'][world.language]} · {_state(one, world)}"
    if one["absent"]:
        yield world.said("演练中缺席：", "Away in it: ") + world.people(one["absent"])
    for row in one["next"][:NEXT]:
        yield f"→ {world.clock(row['at'])} {row['row']} {row['text'][world.language]}"
    for warning in one["warnings"]:
        what = warning["steps"][-1]["what"][world.language]
        yield f"{warning['id']} {warning['title']} · {what}"
    yield _counts(one, world)
    short = [e["id"] for e in one["expected"] if e["result"] in (Result.LATE, Result.NOT_DONE)]
    if short:
        yield world.said("超时或未做到：", "Late or not done: ") + world.listed(short)
    for expected in [e for e in one["expected"] if e["remarks"]][:MOST]:
        said = [remark[world.language] for remark in expected["remarks"]]
        yield f"{expected['id']} {world.said('；', '; ').join(said)}"
    for objective in one["objectives"]:
        rated = objective["rating"]
        words = world.words(RATING_NAMES[Rating(rated)]) if rated else "—"
        yield f"{rated or '—'} {objective['title'][world.language]} · {words}"
    yield from _feedback(one["feedback"], world)


def drills_planned(_values: Mapping[str, str], world: World) -> Iterator[str]:
    """A line a drill to come that the asker may know of, the nearest first; then what recurs."""
    every = planned_drills(world.uow, world.now)
    found = [one for one in every if world.person in {one["coordinator"], *one["invited"]}]
    recurring = recurring_to_come(world.uow, world.now)
    to_plan = [one for one in recurring if world.person in one["invited"]]
    if not found and not to_plan:
        yield world.said("没有已安排的演练。", "No drill is planned.")
    for one in found[:MOST]:
        at = when(datetime.fromisoformat(one["at"]), world.site)
        counted = f"{len(one['coming'])}/{len(one['invited'])}"
        state = world.said(f"参加{counted}", f"{counted} come")
        state += world.said("；未批准", "; not approved") * (not one["approved"])
        yield f"{one['id']} {one['title'][world.language]} · {at} · {state}"
    for one in to_plan[:MOST]:
        at = when(datetime.fromisoformat(one["at"]), world.site)
        yield f"{one['title'][world.language]} · {at} · {world.words(TO_PLAN)}"


def days_proposed(values: Mapping[str, str], world: World) -> Iterator[str]:
    """A line a day, with how many are absent."""
    for one in proposed(world.uow, values["scenario"], world.now):
        away = f"{world.said('请假：', 'absent: ')}{world.people(one.absent)}" if one.absent else ""
        yield f"{when(one.at, world.site)} {away}".rstrip()


def _state(one: Mapping[str, Any], world: World) -> str:
    if one["ended"]:
        aborted = one["ended"] == "aborted"
        return world.said("中止", "aborted") if aborted else world.said("已结束", "over")
    if one.get("paused"):
        return world.said("已暂停", "paused")
    return world.said("进行中", "under way")


def _owed(one: Mapping[str, Any], world: World) -> str:
    """The limit of the report that a joint drill needs, while it is not made."""
    if not one["report_due_at"] or one["reported_on"]:
        return ""
    due_on = day_of(datetime.fromisoformat(one["report_due_at"]), world.site.time_zone)
    return world.said(f"；报告{due_on}前", f"; report due by {due_on}")


def _counts(one: Mapping[str, Any], world: World) -> str:
    each = [f"{world.words(RESULT_NAMES[Result(r)])}{n}" for r, n in one["counts"].items()]
    hand = [f"{world.words(NAME)}{one['by_hand']}"] * bool(one["by_hand"])
    return " ".join([*each, *hand])


def _feedback(found: Mapping[str, Any], world: World) -> Iterator[str]:
    if not found["answers"]:
        return
    scale = " ".join(f"{score}:{n}" for score, n in found["knew"].items())
    yield world.said(
        f"反馈{len(found['answers'])}/{found['asked']}人；清楚该做什么 {scale}",
        f"Feedback {len(found['answers'])} of {found['asked']}; knew what to do {scale}",
    )
