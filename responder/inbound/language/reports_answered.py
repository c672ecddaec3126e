"""Facts and reports, in words: what is known, how a report stands, what to read out."""

from collections.abc import Iterator, Mapping

from responder.commands.reports import seen as reports_seen
from responder.commands.reports.dossier import dossier
from responder.commands.reports.hub_value import field_names
from responder.commands.reports.phone_sheet import read_out
from responder.domain.report import STAGE_NAMES, Stage
from responder.inbound.language.world import World

LONGEST = 120
"""Characters of a fact that a list shows."""
Values = Mapping[str, str]


def fact_lines(values: Values, world: World) -> Iterator[str]:
    """A line a fact, with who told it."""
    names = field_names(world.language)
    for one in dossier(world.uow, values["incident"]):
        said = one["said"][world.language].replace("\n", " ")
        said = said if len(said) <= LONGEST else f"{said[:LONGEST]}…"
        guess = world.said("（估计）", " (estimate)") * one["estimate"]
        told = f" · {world.who(one['by'])}" if one["by"] else ""
        yield world.said("{}：{}{}{}", "{}: {}{}{}").format(names[one["field"]], said, guess, told)


def report_list(values: Values, world: World) -> Iterator[str]:
    """A line a report: where it stands."""
    found = reports_seen.reports(world.uow, values["incident"])
    if not found:
        yield world.said("还没有报告。", "There is no report yet.")
    for one in found:
        state = world.words(STAGE_NAMES[Stage(one["stage"])])
        late = world.said(f"，超时{one['late_s']}秒", f", late by {one['late_s']} s")
        again = world.said(f"，更正{one['corrects']}号", f", corrects {one['corrects']}")
        tail = late * bool(one["late_s"]) + again * bool(one["corrects"])
        yield f"{one['report']} {one['duty']} · {state}{tail}"


def report_shown(values: Values, world: World) -> Iterator[str]:
    """How full it is, what is missing and what stands against it."""
    ref, incident = values["report"], values["incident"]
    sheet = reports_seen.sheet(world.uow, ref, world.now, incident)
    found = reports_seen.report(world.uow, ref, world.now, incident)
    drill = world.said("【演练】", "DRILL ") * sheet.drill
    yield f"{drill}{sheet.number} {sheet.title} · {sheet.stage}"
    meter = f"{sheet.answered}/{sheet.demanded}"
    yield world.said(f"已填{meter}项必填", f"{meter} mandatory fields answered")
    if sheet.missing:
        yield world.said("缺：", "Missing: ") + world.listed(sheet.missing)
    guesses = [row.name for row in sheet.rows if row.mark in ("estimate", "open")]
    if guesses:
        yield world.said("估计或在核实：", "Estimates, or not known yet: ") + world.listed(guesses)
    for one in found["contradictions"]:
        passed = world.said("（已注明理由）", " (let pass)") * bool(one["passed"])
        yield world.said("与记录矛盾：", "Against the record: ") + one[world.language] + passed
    for change in sheet.changes:
        yield f"{change.name}: {change.before or '—'} → {change.after or '—'}"


def read_out_lines(values: Values, world: World) -> Iterator[str]:
    """What to read aloud."""
    yield from read_out(world.uow, values["report"], world.now, world.person, values["incident"])
