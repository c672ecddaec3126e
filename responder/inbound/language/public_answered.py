"""The agreed line, the notices and the questions of an incident, in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from responder.commands.notices.agreed_line import shown
from responder.commands.notices.inquiry import inquiries
from responder.commands.notices.queries import notice_shown, notices
from responder.domain.inquiry import CHANNEL_NAMES, Channel
from responder.domain.notice import POSTED_NAMES, STAGE_NAMES, Posted, Stage, readable
from responder.domain.outlet import INVESTORS
from responder.inbound.language.world import World

Values = Mapping[str, str]


def line_lines(values: Values, world: World) -> Iterator[str]:
    """What is in force, and what waits to be approved."""
    found = shown(world.uow, values["incident"])
    versions = [
        one for one in found["versions"] if one["version"] in (found["in_force"], found["proposed"])
    ]
    if not versions:
        yield world.said(
            "还没有口径。提出：提出口径 “……”", 'There is no line yet: line propose "…"'
        )
    for one in versions:
        yield from _version(one, world)


def _version(one: Mapping[str, Any], world: World) -> Iterator[str]:
    said, language = world.said, world.language
    if one["approved_by"]:
        by = f"{world.who(one['approved_by'])} {world.clock(one['approved_at'])}"
        state = said(f"已签发（{by}）", f"approved ({by})")
    else:
        state = said("待签发", "to be approved")
    yield said(
        f"口径第{one['version']}版 {one['reference']} · {state}",
        f"Line, version {one['version']} {one['reference']} · {state}",
    )
    yield one["line"][language] or one["line"]["zh"]
    for sentence in one["may_say"]:
        yield said("可以说：", "May be said: ") + (sentence[language] or sentence["zh"])
    never = one["never_say"].get(language, [])
    if never:
        yield said("不得说：", "Never said: ") + said("；", "; ").join(never)


def notice_list(values: Values, world: World) -> Iterator[str]:
    """A line a notice."""
    found = notices(world.uow, values["incident"])
    if not found:
        yield world.said(
            "还没有公告。拟稿：拟公告 首次", "There is no notice yet: notice draft first"
        )
    yield from (_headline(one, world) for one in found)


def notice_text(values: Values, world: World) -> Iterator[str]:
    """The text for investors, what still lacks, and where it appeared."""
    one = notice_shown(world.uow, values["incident"], values["notice"])
    yield _headline(one, world)
    texts = one["texts"]
    language = world.language if f"{INVESTORS}/{world.language}" in texts else world.site.language
    yield readable(texts.get(f"{INVESTORS}/{language}", ""), world.language)
    if one["lacking"]:
        yield world.said("空项：", "Blanks: ") + world.listed(one["lacking"])
    for id, posting in one["outlets"].items():
        outlet = world.site.outlets.get(id)
        name = (world.words(outlet.name) if outlet else "") or id
        state = world.words(POSTED_NAMES[Posted(posting["state"])])
        yield f"{name}：{state} {world.clock(posting['at'])}".rstrip()


def _headline(one: Mapping[str, Any], world: World) -> str:
    stage = world.words(STAGE_NAMES[Stage(one["stage"])])
    number = f" {one['no']}" if one["no"] else ""
    return f"{one['id']} {one['template']}{number} · {stage} · {world.who(one['drafted_by'])}"


def inquiry_lines(values: Values, world: World) -> Iterator[str]:
    """A line a question: who asks, who answers, what was said."""
    found = inquiries(world.uow, values["incident"])
    if not found:
        yield world.said("还没有问询。", "Nothing was asked yet.")
    for one in found:
        channel = world.words(CHANNEL_NAMES[Channel(one["channel"])])
        times = f" ×{one['count']}" if one["count"] > 1 else ""
        due = world.clock(one["due_at"])
        waits = world.said(
            f"待{world.who(one['owner'])}答复（{due}前）",
            f"{world.who(one['owner'])} answers by {due}",
        )
        answer = one["answer"] or waits
        yield f"{one['id']} {channel} · {one['said']}{times} → {answer}"
