"""What the public is told, and where: `templates/wording/`, `[[outlets]]`, `[notices]`."""

from collections.abc import Mapping
from datetime import timedelta

from responder.domain.outlet import INVESTORS, Outlet, PublicVoice
from responder.domain.wording import Question, Wording
from responder.domain.words import Words
from responder.site.fields import Fields
from responder.site.nodes import Mapping as MappingNode
from responder.site.nodes import Node, Scalar

LEVELS = ("1", "2", "3", "4")
_A_LEVEL = Words(
    '首次公告时限请写成 15m，或按级别写成 {1 = "10m", 2 = "15m"}。',
    'Write the limit of the first notice as 15m, or by level as {1 = "10m", 2 = "15m"}.',
)


def read_wording(fields: Fields, stem: str) -> Wording:
    """One agreed line as the site keeps it; its id is the file's name."""
    fields.text("id")
    never = fields.inner("never_say")
    wording = Wording(
        id=stem,
        version=fields.text("version"),
        approver=fields.text("approver"),
        line=fields.words("line"),
        questions=fields.each("questions", _question),
        never_say={language: never.texts(language) for language in ("zh", "en")},
    )
    never.close()
    fields.close()
    return wording


def _question(fields: Fields) -> Question:
    return Question(fields.words("q"), fields.words("a"))


def read_outlet(fields: Fields, id: str) -> Outlet:
    """One place where notices appear."""
    usual = Outlet(id)
    return Outlet(
        id=id,
        name=fields.words("name"),
        form=fields.text("form", INVESTORS),
        by=fields.text("by", usual.by),
        to=fields.text("to"),
        language=fields.text("language"),
    )


def read_voice(fields: Fields) -> PublicVoice:
    """How the firm speaks in public."""
    usual = PublicVoice()
    voice = PublicVoice(
        self_name=fields.words("self") if fields.node("self") else usual.self_name,
        hotline=fields.words("hotline"),
        official_channels=fields.words("official_channels"),
        spokesperson=fields.text("spokesperson"),
        first_within=_limits(fields, usual.first_within),
        update_every=fields.span("update_every", usual.update_every),
    )
    fields.close()
    return voice


def _limits(fields: Fields, usual: Mapping[int, timedelta]) -> dict[int, timedelta]:
    """By response level; a single span counts for all of them."""
    node = fields.node("first_within")
    if node is None:
        return dict(usual)
    if isinstance(node, Scalar):
        one = fields.reading.span(node)
        return {int(level): one for level in LEVELS} if one is not None else dict(usual)
    return dict(_by_level(fields, node))


def _by_level(fields: Fields, node: Node) -> dict[int, timedelta]:
    found = {}
    values = node.values if isinstance(node, MappingNode) else {}
    for level, said in values.items():
        if level not in LEVELS:
            what = Words(f"没有{level}级", f"There is no level {level}")
            fields.reading.refuse(node.where, what, _A_LEVEL)
        elif (span := fields.reading.span(said)) is not None:
            found[int(level)] = span
    return found
