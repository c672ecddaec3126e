"""`playbooks/*.yaml` and `contacts/reach.yaml`: what to do, whom to page, how hard to try."""

from datetime import timedelta

from responder.domain.organisation import SUCCESSION
from responder.domain.playbook import LEVELS, DecisionPoint, Entry, Playbook, Step, Task
from responder.domain.words import Words
from responder.site.fields import Fields
from responder.site.nodes import Mapping
from responder.site.shapes import Reading, is_nothing

ANY_LEVEL = 0


def read_playbook(root: Fields, id: str) -> Playbook:
    """One playbook."""
    usual = Playbook(id)
    playbook = Playbook(
        id=id,
        title=root.words("title"),
        fault=root.text("fault"),
        systems=root.texts("systems"),
        level=root.whole("level", usual.level),
        profile=_profile(root),
        need=root.whole("need", usual.need),
        command=root.texts("command"),
        escalation=root.each("escalation", _step),
        widen_after=root.whole("widen_after", usual.widen_after),
        decisions=tuple(root.by_id("decisions", _decision_point, bare=True).values()),
        tasks=tuple(root.by_id("tasks", _task).values()),
        wording=root.text("wording"),
        owner=root.text("owner"),
        precautions=root.texts("precautions"),
        verify_within=root.span("verify_within", usual.verify_within),
        report_path=root.texts("report_path"),
        notices=root.texts("notices"),
        regimes=root.texts("regimes"),
        symptoms=root.words("symptoms"),
        over_when=root.words("over_when"),
    )
    root.close()
    return playbook


def _profile(root: Fields) -> dict[int, str] | None:
    """One profile for every level, or one each."""
    node = root.node("profile")
    if node is None:
        return None
    if not isinstance(node, Mapping):
        return {ANY_LEVEL: root.text("profile")}
    by_level = {_level(root.reading, key, node): value for key, value in node.values.items()}
    return {
        level: root.reading.text(value) or ""
        for level, value in by_level.items()
        if level is not None and not is_nothing(value)
    }


def _level(reading: Reading, key: str, node: Mapping) -> int | None:
    levels = {str(level): level for level in (ANY_LEVEL, *LEVELS)}
    if key not in levels:
        what = Words(f"没有“{key}”这个响应级别", f"There is no level “{key}”")
        reading.refuse(node.keys[key], what, Words("级别为 1 至 4。", "Levels are 1 to 4."))
    return levels.get(key)


def _step(fields: Fields) -> Step:
    page = fields.texts("page")
    if SUCCESSION in page and len(page) > 1:
        node = fields.node("page")
        what = Words("succession 与其他对象同在一步", "The succession shares a step with others")
        mend = Words("请让 succession 独占一步。", "Give the succession a step of its own.")
        fields.reading.refuse(node.where if node else fields.where, what, mend)
    return Step(page, fields.span("wait", Step().wait))


def _decision_point(fields: Fields, id: str) -> DecisionPoint:
    return DecisionPoint(
        id=id,
        within=fields.span_if_any("within"),
        blocks=fields.texts("blocks"),
        after=fields.text("after"),
    )


def _task(fields: Fields, id: str) -> Task:
    return Task(
        id=id,
        title=fields.words("title"),
        detail=fields.words("detail"),
        role=fields.text("role"),
        due=fields.span_if_any("due"),
        safety=fields.flag("safety"),
        danger=fields.flag("danger"),
        rollback=fields.words("rollback"),
        verifies_restoration=fields.flag("verifies_restoration"),
    )


def read_profiles(root: Fields) -> dict[str, tuple[Entry, ...]]:
    """The profiles, each a list of entries."""
    profiles: dict[str, tuple[Entry, ...]] = {}
    inner = root.inner("profiles")
    for id in inner.all():
        profiles[id] = inner.each(id, _entry)
    root.close()
    return profiles


def _entry(fields: Fields) -> Entry:
    return Entry(
        via=fields.texts("via"),
        after=fields.span("after", timedelta(0)),
        every=fields.span_if_any("every"),
    )
