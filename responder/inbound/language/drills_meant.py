"""Which drills a verb may be about, and what of one can be named."""

from collections.abc import Iterator, Mapping

from responder.commands.case import Case
from responder.commands.drills.drill_at_work import scenario_of
from responder.commands.drills.plan_at_work import when
from responder.domain.drill import DrillScenario
from responder.drills.dates import invited
from responder.drills.people import possible
from responder.inbound.language.naming import Known, named
from responder.inbound.language.text import plain
from responder.inbound.language.verb import Slot
from responder.inbound.language.world import World

Values = Mapping[str, str]


def controls(world: World) -> bool:
    """Whether somebody conducts a drill that runs."""
    return any(
        world.person == run.started_by
        or world.person in possible(world.site, _scenario(world, {"incident": id}).controllers)
        for id, run in world.uow.drill_runs.open().items()
    )


def scenarios(_slot: Slot, world: World, _values: Values) -> Iterator[Known]:
    """The scenarios of the site in force."""
    for one in world.site.scenarios.values():
        yield named(one.id, one.title, world)


def planned(slot: Slot, world: World, _values: Values) -> Iterator[Known]:
    """The drills to come, the nearest first; for an answer those that somebody is invited to."""
    found = sorted(world.uow.drill_plans.open().values(), key=lambda plan: plan.starts_at)
    for plan in found:
        scenario = world.site.scenarios.get(plan.scenario)
        people = invited(world.site, scenario) if scenario else ()
        if slot.pool != "invited" or world.person in people:
            title = world.words(scenario.title) if scenario else plan.scenario
            code = plan.id.rpartition("-")[2]
            label = f"{plan.id} {title} {when(plan.starts_at, world.site)}"
            yield Known(plan.id, label, (plain(plan.id), code, code.lstrip("0"), plan.scenario))


def rows(_slot: Slot, world: World, values: Values) -> Iterator[Known]:
    """The rows not sent yet, the earliest first."""
    found = _scenario(world, values)
    run = world.uow.drill_runs.get(values.get("incident", ""))
    sent = run.sent if run else {}
    for row in sorted(found.rows.values(), key=lambda row: row.at):
        if row.id not in sent:
            yield named(row.id, row.text, world)


def expectations(_slot: Slot, world: World, values: Values) -> Iterator[Known]:
    """What is expected in it."""
    for id, (_, one) in _scenario(world, values).expected.items():
        yield named(id, one.words, world)


def objectives(_slot: Slot, world: World, values: Values) -> Iterator[Known]:
    """What it is to show; of every drill while it is not known which, as an option at the end."""
    which = [values["incident"]] if "incident" in values else world.pool("drills not closed")
    for id in which:
        for one in _scenario(world, {"incident": id}).objectives.values():
            yield named(one.id, one.title, world)


def _scenario(world: World, values: Values) -> DrillScenario:
    """The scenario of the drill that is meant, as it stood at its start; an empty one for none."""
    run = world.uow.drill_runs.get(values.get("incident", ""))
    if run is None:
        return DrillScenario("")
    return scenario_of(Case.load(world.uow, run.id, world.now), run)
