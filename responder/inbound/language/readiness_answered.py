"""Readiness in words: the counts, the worst five with their mend, the organisation."""

from collections.abc import Iterator, Mapping

from responder.commands.manual.organisation_chart import chart_lines, organisation_chart
from responder.commands.readiness.looking import assessed, situation
from responder.inbound.language.world import World
from responder.readiness.control import LIGHT_NAMES, Light
from responder.readiness.report_facts import ReadinessReport, readiness_report

MARKS = {Light.GREEN: "✓", Light.AMBER: "!", Light.RED: "✗"}


def readiness_lines(values: Mapping[str, str], world: World) -> Iterator[str]:
    """The worst first; or what is up to whoever asks, alone."""
    seen = situation(world.uow, world.now)
    report = readiness_report(seen, assessed(seen))
    if "mine" in values:
        yield from _mine(report, world)
        return
    counts = report.counts()
    said = [f"{MARKS[x]} {world.words(LIGHT_NAMES[x])} {counts[x]}" for x in Light]
    yield world.said("应急准备：", "Readiness: ") + "  ".join(said)
    for one in report.worst():
        owner = f" · {world.who(one.gaps[0].owner)}" if one.gaps[0].owner else ""
        state = f"{MARKS[one.light]} {one.id} {world.words(one.reason)}"
        yield f"{state}{owner} → {world.words(one.mend)}"


def _mine(report: ReadinessReport, world: World) -> Iterator[str]:
    theirs = dict(report.by_owner()).get(world.person, [])
    if not theirs:
        yield world.said("没有待您办理的准备事项。", "Nothing about readiness is up to you.")
    for standing, gap in theirs:
        state = f"{MARKS[gap.light]} {standing.id} {world.words(gap.what)}"
        yield f"{state} → {world.words(gap.mend)}"


def organisation_lines(_values: Mapping[str, str], world: World) -> Iterator[str]:
    """Both bodies, a line a member."""
    yield from chart_lines(organisation_chart(world.site), world.language)
