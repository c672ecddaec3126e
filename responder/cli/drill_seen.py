"""How a drill is shown in a terminal."""

from datetime import datetime
from typing import Any

from responder.cli import show
from responder.domain.drill import Result
from responder.drills.by_hand import NAME
from responder.drills.scoring import RATING_NAMES, RESULT_NAMES, Rating

STYLES = {
    Result.DONE.value: "green",
    Result.LATE.value: "yellow",
    Result.PARTIAL.value: "yellow",
    Result.NOT_DONE.value: "bold red",
}


def say_drill(found: dict[str, Any], names: show.Names) -> None:
    """Where it stands, what is next, what came of it."""
    said = names.said
    state = said("已结束", "over") if found["ended"] else said("进行中", "under way")
    state = said("已暂停", "paused") if found["paused"] else state
    show.line(f"{found['id']}  {found['title'][names.language]}  {state}", "bold")
    if found["absent"]:
        away = names.people(found["absent"])
        show.line(said(f"演练中缺席：{away}", f"Away in the drill: {away}"))
    for one in found["next"][:3]:
        show.line(f"{_at(one['at'], names)}  {one['row']}  {one['text'][names.language]}")
    for one in found["warnings"]:
        last = one["steps"][-1]
        what = last["what"][names.language]
        show.line(f"{_at(last['at'], names)}  {one['id']}  {one['title']} · {what}")
    say_scores(found, names)
    if found["feedback"]["answers"]:
        _say_feedback(found["feedback"], names)


def _say_feedback(found: dict[str, Any], names: show.Names) -> None:
    """How many gave each score, and the words."""
    said = names.said
    scale = "  ".join(f"{score}: {n}" for score, n in found["knew"].items())
    came, asked = len(found["answers"]), found["asked"]
    show.line(
        said(
            f"反馈{came}/{asked}人，“我清楚该做什么”（1–5）：{scale}",
            f"Feedback from {came} of {asked}, “I knew what to do” (1–5): {scale}",
        ),
        "bold",
    )
    for one in found["answers"]:
        who = names.person(one["person"])
        show.line(f"{who}  {one['knew']}  + {one['well'] or '—'}  − {one['better'] or '—'}")


def say_scores(found: dict[str, Any], names: show.Names) -> None:
    """The expected actions, their counts, the objectives' ratings."""
    said, language = names.said, names.language
    show.table(
        (
            said("预期动作", "expected"),
            said("时限", "by"),
            said("完成", "done"),
            said("何人", "who"),
            said("结果", "result"),
            said("记录", "entry"),
        ),
        [_row(one, names) for one in found["expected"]],
    )
    for one in found["expected"]:
        if one["remarks"]:
            show.line(f"{one['id']}  {'; '.join(r[language] for r in one['remarks'])}")
    show.line(counted(found, language), "bold")
    for one in found["objectives"]:
        rated = one["rating"]
        words = RATING_NAMES[Rating(rated)].said(language) if rated else said("未涉及", "not tried")
        show.line(f"{rated or '—'}  {one['title'][language]}  {words}")


def counted(found: dict[str, Any], language: str) -> str:
    """How many of each result, and how many of all stand on an entry by hand."""
    each = [f"{RESULT_NAMES[Result(r)].said(language)} {n}" for r, n in found["counts"].items()]
    hand = [f"{NAME.said(language)} {found['by_hand']}"] * bool(found["by_hand"])
    return " · ".join([*each, *hand])


def _row(one: dict[str, Any], names: show.Names) -> tuple[Any, ...]:
    result = one["result"]
    words = RESULT_NAMES[Result(result)].said(names.language) if result else "—"
    words += names.said(f"（{NAME.zh}）", f" ({NAME.en})") * bool(one["by_hand"])
    return (
        one["id"],
        _at(one["due_at"], names),
        _at(one["done_at"], names),
        names.person(one["who"]) if one["who"] else "",
        (STYLES.get(result, ""), words),
        one["entry"] or "",
    )


def _at(instant: str | None, names: show.Names) -> str:
    return names.clock(datetime.fromisoformat(instant)) if instant else ""
