"""The watch, the roles and the key posts: somebody at every minute (4.1, 5.1, 7.1 k and q)."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from responder.domain.coverage import Stretch
from responder.domain.organisation import DUTY_LEAD, IT_LEAD, KEY_POSTS
from responder.domain.rota import Absence, Override
from responder.domain.words import Words
from responder.site.check.view import HORIZON, View
from responder.site.finding import Finding

WATCH = {
    DUTY_LEAD: Words("值班负责人", "duty lead"),
    IT_LEAD: Words("信息技术负责人", "head of IT"),
}


def _clause(role: str) -> str:
    """The clause that wants a role held."""
    if role in WATCH:
        return "7.1-k"
    return "4.1" if role in KEY_POSTS else "7.1-1"


def demanded_roles_exist(view: View) -> Iterator[Finding]:
    """The standard's own posts are among the roles."""
    for role, name in (WATCH | KEY_POSTS).items():
        if role not in view.site.roles:
            yield view.error(
                ("roles",),
                _clause(role),
                Words(f"没有设置{name.zh}岗位（{role}）", f"There is no {name.en} ({role})"),
                Words("请在 roles 中设置，并指定主备岗。", "Add the role, with a backup."),
            )


def roles_are_always_held(view: View) -> Iterator[Finding]:
    """Over the coming ninety days every role resolves to somebody."""
    for role, coverage in view.coverage.items():
        gaps = [list(run) for empty, run in groupby(coverage, _is_empty) if empty]
        if not gaps:
            continue
        first, name = gaps[0], view.role(role)
        when = view.span(first[0].start, first[-1].end)
        yield view.error(
            ("roles", role),
            _clause(role),
            Words(
                f"{name.zh}在今后{HORIZON.days}天内有{len(gaps)}段无人在岗，首段 {when.zh}",
                f"{name.en} is nobody {len(gaps)} times in the next {HORIZON.days} days, "
                f"first from {when.en}",
            ),
            Words("请安排调班，或指定备岗。", "Add an override, or name a backup."),
        )


def _is_empty(stretch: Stretch) -> bool:
    return not stretch.holder


def nobody_is_their_own_backup(view: View) -> Iterator[Finding]:
    """The holder and the backup differ at every instant."""
    for role, coverage in view.coverage.items():
        same = next((s for s in coverage if s.first and s.first == s.second), None)
        if same is None:
            continue
        name, who = view.role(role), view.person(same.first)
        when = view.span(same.start, same.end)
        post = view.site.roles[role]
        key = "backup_rotation" if post.backup_rotation else "backup"
        yield view.error(
            ("roles", role, key),
            "5.1-2" if role in WATCH else "4.1",
            Words(
                f"{name.zh}的主岗与备岗同为{who.zh}，首次为 {when.zh}",
                f"{name.en} has {who.en} as holder and as backup, first from {when.en}",
            ),
            Words("请另指定备岗或安排调班。", "Name another backup, or add an override."),
        )


def watch_is_not_away_together(view: View) -> Iterator[Finding]:
    """The duty lead and the backup, and the head of IT and theirs, are never both away."""
    for role, name in WATCH.items():
        for stretch in view.coverage.get(role, ()):
            first, second = stretch.first, stretch.second
            away = [_absence(view, person, stretch) for person in (first, second)]
            found = [number for number in away if number is not None]
            if first == second or len(found) < 2:
                continue
            when = view.span(stretch.start, stretch.end)
            both = view.person(first), view.person(second)
            yield view.error(
                ("absences", max(found)),
                "5.1-2",
                Words(
                    f"{name.zh}{both[0].zh}与备岗{both[1].zh}同时缺勤，首次为 {when.zh}",
                    f"The {name.en} {both[0].en} and the backup {both[1].en} are both away, "
                    f"first from {when.en}",
                ),
                Words("请调整其中一人的休假，或安排调班。", "Move one leave, or add an override."),
            )
            break


def _absence(view: View, person: str, stretch: Stretch) -> int | None:
    """The number of the absence that keeps a person away over a stretch."""
    absences = enumerate(view.site.absences)
    return next((n for n, a in absences if a.person == person and a.covers(stretch.start)), None)


def overrides_fall_on_people_present(view: View) -> Iterator[Finding]:
    """Nobody is put on a shift while they are away."""
    for number, override in enumerate(view.site.overrides):
        for absence in view.site.absences:
            start = max(override.start, absence.start, view.now)
            end = min(override.end, absence.end)
            if override.person != absence.person or start >= end:
                continue
            who, when = view.person(override.person), view.span(start, end)
            yield view.error(
                ("overrides", number),
                "5.1-3",
                Words(
                    f"调班给{who.zh}的时段内其缺勤：{when.zh}",
                    f"{who.en} is put on shift while away, from {when.en}",
                ),
                Words("请换人，或改休假。", "Choose somebody else, or move the leave."),
            )
            break


def spans_run_forward(view: View) -> Iterator[Finding]:
    """An override or absence ends after it begins."""
    spans: dict[str, Sequence[Override | Absence]] = {
        "overrides": view.site.overrides,
        "absences": view.site.absences,
    }
    for key, listed in spans.items():
        for number, span in enumerate(listed):
            if span.end < span.start:
                yield view.error(
                    (key, number),
                    "5.1-3",
                    Words("止早于起", "It ends before it begins"),
                    Words("请核对 from 与 to。", "Check “from” and “to”."),
                )


def rotations_turn(view: View) -> Iterator[Finding]:
    """A rotation has people, and shifts that a person can stand."""
    for id, rotation in view.site.rotations.items():
        if not rotation.people:
            yield view.error(
                ("rotations", id),
                "5.1-3",
                Words(f"轮值“{id}”没有人员", f"The rotation “{id}” has nobody in it"),
                Words("请在 people 列出人员。", "List its people."),
            )
        elif rotation.shift.total_seconds() < 3600:
            yield view.error(
                ("rotations", id, "shift"),
                "5.1-3",
                Words(
                    f"轮值“{id}”每班不足一小时",
                    f"The shifts of “{id}” are shorter than an hour",
                ),
                Words("请核对 shift。", "Check “shift”."),
            )


def key_posts_have_backups(view: View) -> Iterator[Finding]:
    """Each key post has a backup."""
    for role in (*WATCH, *KEY_POSTS):
        post = view.site.roles.get(role)
        if post and not post.backup and not post.backup_rotation:
            name = view.role(role)
            yield view.error(
                ("roles", role),
                "5.1-2" if role in WATCH else "4.1",
                Words(f"{name.zh}没有备岗", f"{name.en} has no backup"),
                Words("请填写 backup 或 backup_rotation。", "Add “backup” or “backup_rotation”."),
            )


def key_posts_are_separate(view: View) -> Iterator[Finding]:
    """Nobody holds two key posts in their own right: they keep each other in check."""
    held: dict[str, str] = {}
    for role in KEY_POSTS:
        post = view.site.roles.get(role)
        for person in dict.fromkeys(view.first_line(post)) if post else ():
            other = held.setdefault(person, role)
            if other == role:
                continue
            who, one, two = view.person(person), view.role(other), view.role(role)
            yield view.error(
                ("roles", role),
                "4.1",
                Words(
                    f"{who.zh}兼任{one.zh}与{two.zh}，关键岗位应分离",
                    f"{who.en} holds two key posts, {one.en} and {two.en}",
                ),
                Words("请由不同的人担任。", "Give the posts to different people."),
            )
