"""What the playbooks do and say (7.1 i; 7.1 a and b; 7.2)."""

from collections.abc import Iterator, Mapping

from responder.domain.playbook import Playbook
from responder.domain.words import Words
from responder.site.check.view import View, titled
from responder.site.finding import Finding, did_you_mean

_LANGUAGE_NAMES = {"zh": Words("中文", "Chinese"), "en": Words("英文", "English")}

_KEPT = {
    "owner": ("7.1-P.i", Words("没有责任人", "has no owner")),
    "report_path": ("7.1-R.a", Words("没有报告路径", "has no report path")),
    "wording": ("7.1-R.b", Words("没有统一的解释口径", "has no line to take")),
    "notices": ("7.1-R.b", Words("没有通知公告模板", "has no notices")),
}


def playbooks_are_kept(view: View) -> Iterator[Finding]:
    """A playbook has an owner, a report path, a line to take and notices."""
    for playbook in view.site.playbooks.values():
        name = titled(playbook)
        for key, (clause, what) in _KEPT.items():
            given = getattr(playbook, key)
            if not given:
                yield view.error(
                    ("playbooks", playbook.id, key),
                    clause,
                    Words(f"{name.zh}{what.zh}", f"{name.en} {what.en}"),
                    Words(f"请填写 {key}。", f"Add “{key}”."),
                )


def wordings_stand_ready(view: View) -> Iterator[Finding]:
    """The line a playbook takes is in the templates, in both languages."""
    for playbook in view.site.playbooks.values():
        id = playbook.wording
        for language, name in _missing_in(id, view.loaded.wordings_in):
            file = f"templates/wording/{id}.yaml"
            yield view.error(
                ("playbooks", playbook.id, "wording"),
                "7.1-R.b",
                Words(f"解释口径“{id}”没有{name.zh}文本", f"The line “{id}” has no {name.en} text"),
                _mend(id, view.loaded.wordings_in, f"{file}, line.{language}"),
            )


def notices_stand_ready(view: View) -> Iterator[Finding]:
    """Each notice of a playbook is in the templates, in both languages."""
    for playbook in view.site.playbooks.values():
        for id in playbook.notices:
            for language, name in _missing_in(id, view.loaded.notices_in):
                file = f"templates/notices/{language}/{id}.txt.j2"
                yield view.error(
                    ("playbooks", playbook.id, "notices", id),
                    "7.1-R.b",
                    Words(
                        f"通知公告模板“{id}”没有{name.zh}文本",
                        f"The notice “{id}” has no {name.en} text",
                    ),
                    _mend(id, view.loaded.notices_in, file),
                )


def _missing_in(id: str, texts: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, Words]]:
    """The languages in which there is no text of that id."""
    if id:
        yield from ((said, _LANGUAGE_NAMES[said]) for said in texts if id not in texts[said])


def _mend(id: str, texts: Mapping[str, frozenset[str]], place: str) -> Words:
    """Write what is missing; where no language knows the id, it may be misspelt."""
    written = frozenset[str]().union(*texts.values())
    known = () if id in written else written
    return did_you_mean(id, known, Words(f"请撰写 {place}。", f"Write {place}."))


def safety_comes_first(view: View) -> Iterator[Finding]:
    """The first task looks after people."""
    for playbook in view.site.playbooks.values():
        name = titled(playbook)
        if not playbook.tasks:
            yield view.error(
                ("playbooks", playbook.id, "tasks"),
                "7.1-P.i",
                Words(f"{name.zh}没有任务", f"{name.en} has no tasks"),
                Words("请在 tasks 列出处置步骤。", "List what to do under “tasks”."),
            )
        elif not playbook.tasks[0].safety:
            first = playbook.tasks[0].id
            yield view.error(
                ("playbooks", playbook.id, "tasks", first),
                "7.2-3",
                Words(
                    f"{name.zh}的第一项任务“{first}”不是人员安全",
                    f"{name.en} begins with “{first}” and not with people’s safety",
                ),
                Words(
                    "请以确认人员安全的任务开头，并写 safety: true。",
                    "Begin with a task that confirms people are safe, with safety: true.",
                ),
            )


def dangerous_tasks_can_be_undone(view: View) -> Iterator[Finding]:
    """A dangerous task says how to go back."""
    for playbook in view.site.playbooks.values():
        for task in playbook.tasks:
            if task.danger and not task.rollback.said("zh"):
                yield view.warning(
                    ("playbooks", playbook.id, "tasks", task.id),
                    "6.3",
                    Words(
                        f"高风险任务“{task.id}”没有回退办法",
                        f"The dangerous task “{task.id}” does not say how to go back",
                    ),
                    Words("请填写 rollback。", "Add “rollback”."),
                )


def tasks_have_hands(view: View) -> Iterator[Finding]:
    """Each task is some role's."""
    for playbook in view.site.playbooks.values():
        for task in playbook.tasks:
            if not task.role:
                yield view.warning(
                    ("playbooks", playbook.id, "tasks", task.id),
                    "7.1-P.i",
                    Words(
                        f"任务“{task.id}”没有写明由哪个岗位办理",
                        f"The task “{task.id}” is nobody’s",
                    ),
                    Words("请填写 role。", "Add “role”."),
                )


def decisions_get_asked(view: View) -> Iterator[Finding]:
    """No decision waits for a task that waits, in turn, for that decision."""
    for playbook in view.site.playbooks.values():
        for point in playbook.decisions:
            if point.id in _awaited(playbook, point.id):
                yield view.error(
                    ("playbooks", playbook.id, "decisions", point.id),
                    "7.1-3a",
                    Words(
                        f"决策事项“{point.id}”要等任务“{point.after}”，该任务又要等它",
                        f"The decision “{point.id}” waits for the task “{point.after}”, "
                        "which waits for it",
                    ),
                    Words("请改 after 或 blocks。", "Change “after” or “blocks”."),
                )


def _awaited(playbook: Playbook, decision: str) -> set[str]:
    """The decisions that have to be made before this one is asked."""
    points = {point.id: point for point in playbook.decisions}
    awaited: set[str] = set()
    open_points = [points[decision]]
    while open_points:
        after = open_points.pop().after
        for point in playbook.decisions:
            if after and after in point.blocks and point.id not in awaited:
                awaited.add(point.id)
                open_points.append(point)
    return awaited


def restoration_is_verified(view: View) -> Iterator[Finding]:
    """Some task verifies that business is back to normal."""
    for playbook in view.site.playbooks.values():
        if playbook.tasks and not any(task.verifies_restoration for task in playbook.tasks):
            name = titled(playbook)
            yield view.warning(
                ("playbooks", playbook.id, "tasks"),
                "7.1-P.i",
                Words(
                    f"{name.zh}没有验证业务恢复正常的任务",
                    f"{name.en} has no task that verifies restoration",
                ),
                Words(
                    "请在相应任务写 verifies_restoration: true。",
                    "Mark the task with verifies_restoration: true.",
                ),
            )
