"""`contacts/briefings.yaml`: who is told of progress and how often; how long a warning may wait."""

from datetime import timedelta

from responder.domain.briefing import LEADERS, Audience
from responder.domain.people import WRITTEN
from responder.domain.playbook import LEVELS
from responder.domain.warning import Patience
from responder.domain.words import Words
from responder.site.fields import Fields
from responder.site.shapes import is_nothing


def read_briefings(root: Fields) -> tuple[dict[str, Audience], Patience]:
    """The audiences, and the patience with warnings; leaders alone where no audience is named."""
    silent = root.node("audiences") is None
    audiences = {LEADERS.id: LEADERS} if silent else root.by_id("audiences", _audience)
    patience = _patience(root.inner("warnings"))
    root.close()
    return audiences, patience


def _audience(fields: Fields, id: str) -> Audience:
    return Audience(
        id=id,
        name=fields.words("name"),
        members=fields.texts("members"),
        by=fields.texts("by") or WRITTEN,
        levels=_levels(fields),
        every=_every(fields.inner("every")),
        within=fields.span("within", Audience(id).within),
        keeper=fields.text("keeper"),
        five_lines=fields.flag("five_lines"),
    )


def _levels(fields: Fields) -> tuple[int, ...]:
    node = fields.node("levels")
    if node is None:
        return LEVELS
    found = (fields.reading.whole(item) for item in fields.reading.items(node))
    return tuple(level for level in found if level is not None)


def _every(fields: Fields) -> dict[int, timedelta]:
    """How often at each level; a level is written as its figure."""
    found: dict[int, timedelta] = {}
    known = {str(level): level for level in LEVELS}
    for key, node in fields.all().items():
        if key not in known:
            what = Words(f"没有“{key}”这个响应级别", f"There is no level “{key}”")
            mend = Words("级别为 1 至 4。", "Levels are 1 to 4.")
            fields.reading.refuse(node.where, what, mend)
            continue
        span = None if is_nothing(node) else fields.reading.span(node)
        if span is not None:
            found[known[key]] = span
    return found


def _patience(fields: Fields) -> Patience:
    usual = Patience()
    patience = Patience(
        report_within=fields.span("report_within", usual.report_within),
        open_for=fields.span("open_for", usual.open_for),
    )
    fields.close()
    return patience
