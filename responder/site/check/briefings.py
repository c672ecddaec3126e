"""Progress is told in time, and a warning is not forgotten (7.2, first and fifth paragraph)."""

from collections.abc import Iterator
from datetime import timedelta

from responder.domain.briefing import LEAST_EVERY, REMIND_BEFORE, Audience
from responder.domain.people import WRITTEN
from responder.domain.playbook import LEVELS
from responder.domain.roster import Target
from responder.domain.words import Words
from responder.site.check.view import View, named
from responder.site.finding import Finding, did_you_mean

CLAUSE = "7.2-5b"
GRAVE = (1, 2)
"""The levels at which leaders hear at an interval."""


def leaders_are_told(view: View) -> Iterator[Finding]:
    """At levels 1 and 2 some audience gets the five lines at an interval."""
    told = [one for one in view.site.audiences.values() if one.five_lines]
    for level in GRAVE:
        if not any(one.interval(level) for one in told):
            yield view.warning(
                ("audiences",),
                CLAUSE,
                Words(
                    f"{level}级响应没有定时发给领导的快报",
                    f"At level {level} nobody gets the leaders’ brief at an interval",
                ),
                Words(
                    "请设一个 five_lines: true 的对象，并在 every 写明该级别的间隔。",
                    "Give an audience “five_lines: true” and an interval for the level.",
                ),
            )


def audiences_can_be_told(view: View) -> Iterator[Finding]:
    """An audience has members whom something written, or a human, can reach."""
    for audience in view.site.audiences.values():
        name = named(audience.name, audience.id)
        if not audience.members:
            yield view.error(
                ("audiences", audience.id),
                CLAUSE,
                Words(f"通报对象{name.zh}没有成员", f"The audience {name.en} has no members"),
                Words("请填写 members。", "Add “members”."),
            )
        for via in audience.by:
            if via not in WRITTEN:
                known = Words(f"可用：{'、'.join(WRITTEN)}。", f"Use {', '.join(WRITTEN)}.")
                yield view.error(
                    ("audiences", audience.id, "by", via),
                    CLAUSE,
                    Words(f"不能用“{via}”发送通报", f"A briefing cannot go by “{via}”"),
                    did_you_mean(via, WRITTEN, known),
                )
        if audience.five_lines and any(Target.parse(m).kind == "unit" for m in audience.members):
            yield view.error(
                ("audiences", audience.id, "members"),
                CLAUSE,
                Words(
                    f"{name.zh}收领导快报，不得含外单位",
                    f"{name.en} gets the leaders’ brief, and has a unit outside the firm in it",
                ),
                Words("请将外单位另设一个对象。", "Give outside units an audience of their own."),
            )


def audiences_have_sound_clocks(view: View) -> Iterator[Finding]:
    """Levels exist, and intervals leave room for the reminder."""
    for audience in view.site.audiences.values():
        for level in audience.levels:
            if level not in LEVELS:
                yield _no_level(view, audience, level)
        for level, every in audience.every.items():
            if every < LEAST_EVERY:
                yield _too_short(view, audience, str(level), every, LEAST_EVERY)
            if level not in audience.levels:
                yield view.warning(
                    ("audiences", audience.id, "every", str(level)),
                    CLAUSE,
                    Words(
                        f"{level}级响应不通报此对象，此间隔不起作用",
                        f"The audience is not told at level {level}: this interval does nothing",
                    ),
                    Words("请在 levels 加上该级别，或删去。", "Add the level, or remove this."),
                )
        if audience.within <= REMIND_BEFORE:
            yield _too_short(view, audience, "within", audience.within, 2 * REMIND_BEFORE)


def _no_level(view: View, audience: Audience, level: int) -> Finding:
    return view.error(
        ("audiences", audience.id, "levels"),
        CLAUSE,
        Words(f"没有“{level}”这个响应级别", f"There is no level “{level}”"),
        Words("请写 1 至 4。", "Write 1, 2, 3 or 4."),
    )


def _too_short(
    view: View, audience: Audience, key: str, span: timedelta, least: timedelta
) -> Finding:
    path = ("audiences", audience.id, *(("every",) if key.isdigit() else ()), key)
    minutes, needed = span // timedelta(minutes=1), least // timedelta(minutes=1)
    return view.warning(
        path,
        CLAUSE,
        Words(
            f"间隔为{minutes}分钟，提前5分钟的提醒来不及",
            f"{minutes} min leave no room for the reminder 5 min before",
        ),
        Words(f"请改为 {needed}m 或更长。", f"Make it {needed}m or longer."),
    )


def warnings_are_not_forgotten(view: View) -> Iterator[Finding]:
    """How long a warning may wait is more than nothing."""
    patience = view.site.patience
    for key, span in (("report_within", patience.report_within), ("open_for", patience.open_for)):
        if span < timedelta(minutes=5):
            yield view.error(
                ("warnings", key),
                "7.2-1c",
                Words(f"{key} 不足5分钟", f"“{key}” is shorter than 5 min"),
                Words("请改为 5m 或更长。", "Make it 5m or longer."),
            )
