"""Numbers below their floors, and names that mean two things."""

from collections.abc import Iterator
from datetime import timedelta

from responder.domain.organisation import SUCCESSION
from responder.domain.people import VIAS
from responder.domain.playbook import LEAST_EVERY, LEAST_WAIT
from responder.domain.retention import LEAST_YEARS
from responder.domain.words import Words
from responder.site.check.references import BODIES
from responder.site.check.view import View
from responder.site.finding import Finding, did_you_mean
from responder.site.places import Path


def waits_are_long_enough(view: View) -> Iterator[Finding]:
    """People get the time to answer; shorter waits count as the floor all the same."""
    for path, clause, span in _waits(view):
        if span < LEAST_WAIT:
            yield _too_short(view, path, clause, span, LEAST_WAIT)
    for id, profile in view.site.profiles.items():
        for number, entry in enumerate(profile):
            if entry.every is not None and entry.every < LEAST_EVERY:
                path = ("profiles", id, number, "every")
                yield _too_short(view, path, "7.2-2", entry.every, LEAST_EVERY)


def _waits(view: View) -> Iterator[tuple[Path, str, timedelta]]:
    site = view.site
    yield ("command_body", "hand_down_after"), "7.1-3b", site.command.hand_down_after
    yield ("still_there", "after"), "7.2-5a", site.still_there.after
    yield ("still_there", "grace"), "7.2-5a", site.still_there.grace
    for id, playbook in site.playbooks.items():
        yield ("playbooks", id, "verify_within"), "7.2-1a", playbook.verify_within
        for number, step in enumerate(playbook.escalation):
            yield ("playbooks", id, "escalation", number, "wait"), "7.2-2", step.wait


def _too_short(view: View, path: Path, clause: str, span: timedelta, floor: timedelta) -> Finding:
    key = path[-1]
    written, least = int(span.total_seconds()), int(floor.total_seconds())
    return view.error(
        path,
        clause,
        Words(
            f"{key} 为{written}秒，短于{least}秒，按{least}秒执行",
            f"“{key}” is {written} s, shorter than {least} s, and counts as {least} s",
        ),
        Words(f"请改为 {least}s 或更长。", f"Make it {least}s or longer."),
    )


def records_are_kept_long_enough(view: View) -> Iterator[Finding]:
    """Two years at least; a lower number counts as two all the same (7.1 y)."""
    years = view.site.retention_years
    if years < LEAST_YEARS:
        yield view.error(
            ("retention", "years"),
            "7.1-y",
            Words(
                f"保存年限为{years}年，少于{LEAST_YEARS}年，按{LEAST_YEARS}年执行",
                f"records are kept {years} years, under {LEAST_YEARS}; {LEAST_YEARS} it is",
            ),
            Words(f"请改为 {LEAST_YEARS} 或更多。", f"Make it {LEAST_YEARS} or more."),
        )


def counts_are_at_least_one(view: View) -> Iterator[Finding]:
    """Somebody has to answer, and rounds have to end."""
    for playbook in view.site.playbooks.values():
        for key, count in (("need", playbook.need), ("widen_after", playbook.widen_after)):
            if count < 1:
                yield _below_one(view, ("playbooks", playbook.id, key), "7.2-2", count)
    for decision in view.site.decisions.values():
        if decision.need < 1:
            yield _below_one(view, ("decisions", decision.id, "need"), "7.1-3a", decision.need)


def _below_one(view: View, path: Path, clause: str, count: int) -> Finding:
    key = path[-1]
    return view.error(
        path,
        clause,
        Words(f"{key} 为{count}，按1执行", f"“{key}” is {count} and counts as 1"),
        Words("请改为 1 或更大。", "Make it 1 or more."),
    )


def profiles_use_known_ways(view: View) -> Iterator[Finding]:
    """A profile rings by ways that exist."""
    for id, profile in view.site.profiles.items():
        for number, entry in enumerate(profile):
            path: Path = ("profiles", id, number, "via")
            if not entry.via:
                yield view.error(
                    path,
                    "7.2-2",
                    Words(f"呼叫方案“{id}”有一条没有方式", f"An entry of “{id}” names no way"),
                    Words("请填写 via。", "Add “via”."),
                )
            for via in entry.via:
                if via not in VIAS:
                    known = Words(f"可用：{'、'.join(VIAS)}。", f"The ways are {', '.join(VIAS)}.")
                    yield view.error(
                        (*path, via),
                        "7.2-2",
                        Words(f"没有“{via}”这种联络方式", f"There is no way “{via}”"),
                        did_you_mean(via, VIAS, known),
                    )


def names_mean_one_thing(view: View) -> Iterator[Finding]:
    """No id hides another: a team a department or a body, a person the succession."""
    departments = {person.department for person in view.site.people.values()}
    for team in view.site.teams:
        if team in departments or team in BODIES:
            yield view.warning(
                ("teams", team),
                "7.1-o.1",
                Words(
                    f"小组“{team}”与部门或机构重名，呼叫时会混淆",
                    f"The team “{team}” is also a department or a body: one hides the other",
                ),
                Words("请改小组的编号。", "Give the team another id."),
            )
    if SUCCESSION in view.site.people:
        yield view.error(
            ("people", SUCCESSION),
            "7.1-o.1",
            Words("人员编号 succession 与递补顺序重名", "The id “succession” means the succession"),
            Words("请改人员的编号。", "Give the person another id."),
        )
