"""Every place where one thing names another: what is named has to be there."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from responder.domain.organisation import SUCCESSION
from responder.domain.playbook import Playbook
from responder.domain.register import Section
from responder.domain.roster import Target
from responder.domain.words import Words
from responder.site.check.view import View
from responder.site.finding import Finding, did_you_mean
from responder.site.places import Path

BODIES = ("command_body", "execution_body")
TARGET = ("person", "role", "team", "unit")
ANSWERABLE = TARGET
"""An owner may be a person, or a role, team or unit by its bare id."""

_KIND_NAMES = {
    "person": Words("人员", "person"),
    "role": Words("岗位", "role"),
    "team": Words("小组或部门", "team or department"),
    "unit": Words("关联单位", "related unit"),
    "system": Words("系统", "system"),
    "rotation": Words("轮值", "rotation"),
    "profile": Words("呼叫方案", "profile"),
    "decision": Words("决策事项", "decision"),
    "task": Words("任务", "task"),
    "playbook": Words("处置方案", "playbook"),
}


@dataclass(frozen=True, slots=True)
class Reference:
    """What is written at `path`, and of which kinds it may be; `known` where the site has none."""

    path: Path
    written: str
    kinds: tuple[str, ...]
    clause: str
    known: tuple[str, ...] = ()
    as_target: bool = False


def references_lead_somewhere(view: View) -> Iterator[Finding]:
    """Nothing names a person, role, team, unit, system … that is not there."""
    known = _known(view)
    for reference in _references(view):
        if reference.written and not _leads_somewhere(reference, known):
            yield _dangling(view, reference, known)


def _known(view: View) -> dict[str, Collection[str]]:
    site = view.site
    departments = {person.department for person in site.people.values()} - {""}
    return {
        "person": site.people,
        "role": site.roles,
        "team": {*site.teams, *BODIES, *departments},
        "unit": site.units,
        "system": site.systems,
        "rotation": site.rotations,
        "profile": site.profiles,
        "decision": site.decisions,
        "playbook": site.playbooks,
    }


def _leads_somewhere(reference: Reference, known: dict[str, Collection[str]]) -> bool:
    if not reference.as_target or ":" not in reference.written:
        bare = reference.kinds if not reference.as_target else ("person",)
        named = reference.written in reference.known or any(
            reference.written in known.get(kind, ()) for kind in bare
        )
        return named or (reference.as_target and reference.written == SUCCESSION)
    target = Target.parse(reference.written)
    return target.kind in reference.kinds and target.id in known[target.kind]


def _dangling(view: View, reference: Reference, known: dict[str, Collection[str]]) -> Finding:
    kind = _KIND_NAMES[reference.kinds[0]]
    near: list[str] = [*reference.known]
    if reference.as_target:
        parsed = Target.parse(reference.written)
        if parsed.kind in TARGET and ":" in reference.written:
            kind = _KIND_NAMES[parsed.kind]
        near += [*known["person"], *(f"{k}:{id}" for k in TARGET[1:] for id in known[k])]
    else:
        near += [id for k in reference.kinds for id in known.get(k, ())]
    return view.error(
        reference.path,
        reference.clause,
        Words(
            f"没有“{reference.written}”这个{kind.zh}",
            f"There is no {kind.en} “{reference.written}”",
        ),
        did_you_mean(
            reference.written, near, Words("请核对编号，或先登记。", "Check the id, or add it.")
        ),
    )


def _references(view: View) -> Iterator[Reference]:
    yield from _of_roles(view)
    yield from _of_rosters(view)
    yield from _of_bodies(view)
    yield from _of_decisions(view)
    yield from _of_register(view)
    yield from _of_audiences(view)
    yield from _of_public(view)
    yield from _of_provisions(view)
    yield from _of_plan(view)
    for number, rule in enumerate(view.site.alerts):
        yield Reference(("alerts", number, "system"), rule.system, ("system",), "7.2-1a")
        yield Reference(("alerts", number, "playbook"), rule.playbook, ("playbook",), "7.2-1a")
    for playbook in view.site.playbooks.values():
        yield from _of_playbook(playbook)


def _people(path: Path, people: Collection[str], clause: str) -> Iterator[Reference]:
    for number, person in enumerate(people):
        yield Reference((*path, number), person, ("person",), clause)


def _targets(path: Path, targets: Collection[str], clause: str) -> Iterator[Reference]:
    for number, target in enumerate(targets):
        yield Reference((*path, number), target, TARGET, clause, as_target=True)


def _of_roles(view: View) -> Iterator[Reference]:
    for id, role in view.site.roles.items():
        for key, named, kind in (
            ("rotation", role.rotation, "rotation"),
            ("backup_rotation", role.backup_rotation, "rotation"),
            ("primary", role.primary, "person"),
            ("backup", role.backup, "person"),
        ):
            yield Reference(("roles", id, key), named, (kind,), "7.1-1")
    for grant, people in view.site.grants.items():
        yield from _people(("grants", grant), people, "7.1-1")
    for id, team in view.site.teams.items():
        yield from _people(("teams", id), team, "7.1-1")


def _of_rosters(view: View) -> Iterator[Reference]:
    for id, rotation in view.site.rotations.items():
        yield from _people(("rotations", id, "people"), rotation.people, "5.1-3")
    for number, override in enumerate(view.site.overrides):
        path: Path = ("overrides", number)
        yield Reference((*path, "rotation"), override.rotation, ("rotation",), "5.1-3")
        yield Reference((*path, "person"), override.person, ("person",), "5.1-3")
    for number, absence in enumerate(view.site.absences):
        yield Reference(("absences", number, "person"), absence.person, ("person",), "5.1-3")


def _of_bodies(view: View) -> Iterator[Reference]:
    command, execution = view.site.command, view.site.execution_body
    yield Reference(("command_body", "head"), command.body.head, ("person",), "7.1-2")
    yield from _people(("command_body", "members"), command.body.members, "7.1-2")
    yield from _people(("command_body", "succession"), command.succession, "7.1-3b")
    yield Reference(("execution_body", "lead"), execution.head, ("person",), "7.1-1")
    yield from _people(("execution_body", "members"), execution.members, "7.1-1")
    for number, liaison in enumerate(view.site.liaisons):
        yield Reference(("liaisons", number, "person"), liaison.person, ("person",), "7.1-p.1")


def _of_decisions(view: View) -> Iterator[Reference]:
    for id, decision in view.site.decisions.items():
        yield from _targets(("decisions", id, "who"), decision.who, "7.1-3a")
        yield from _targets(("decisions", id, "consult"), decision.consult, "7.1-3a")


def _of_register(view: View) -> Iterator[Reference]:
    yield Reference(("firm", "bureau"), view.site.firm.bureau, ("unit",), "7.1-R.e")
    for id, system in view.site.systems.items():
        yield _answerable(("systems", id, "owner"), system.owner, "7.1-4")
        yield _answerable(("systems", id, "operator"), system.operator, "7.1-4")
        for number, unit in enumerate(system.suppliers):
            yield Reference(("systems", id, "suppliers", number), unit, ("unit",), "4.7-1")


def _of_audiences(view: View) -> Iterator[Reference]:
    for id, audience in view.site.audiences.items():
        yield from _targets(("audiences", id, "members"), audience.members, "7.2-5b")
        yield _answerable(("audiences", id, "keeper"), audience.keeper, "7.2-5b")


def _of_public(view: View) -> Iterator[Reference]:
    yield _answerable(("notices", "spokesperson"), view.site.voice.spokesperson, "7.2-6b")
    for id, wording in view.site.wordings.items():
        yield Reference(("wordings", id, "approver"), wording.approver, ("person",), "7.1-R.b")


def _of_plan(view: View) -> Iterator[Reference]:
    keeper = view.site.plan.keeper if view.site.plan else ""
    yield Reference(("plan", "keeper"), keeper, ("person",), "7.1-R.c")
    for letter, section in _sections(view).items():
        for number, id in enumerate(section.systems):
            path: Path = ("plan", "sections", letter, "systems", number)
            yield Reference(path, id, ("system",), "7.1-P.b")
    for id, fault in view.site.faults.items():
        for number, system in enumerate(fault.systems):
            yield Reference(("faults", id, "systems", number), system, ("system",), "7.1-R.a")
        for number, book in enumerate(fault.playbooks):
            yield Reference(("faults", id, "playbooks", number), book, ("playbook",), "7.1-R.a")
    for id, course in view.site.courses.items():
        for number, role in enumerate(course.roles):
            yield Reference(("courses", id, "roles", number), role, ("role",), "7.1-ab")


def _of_provisions(view: View) -> Iterator[Reference]:
    for id, one in view.site.provisions.items():
        path: Path = ("provisions", id)
        yield _answerable((*path, "owner"), one.owner, "7.1-m.3")
        yield _answerable((*path, "approver"), one.approver, "7.1-v")
        yield Reference((*path, "unit"), one.unit, ("unit",), "7.1-m.1")
        yield Reference((*path, "decision"), one.decision, ("decision",), "7.1-v")
        for number, system in enumerate(one.systems):
            yield Reference((*path, "systems", number), system, ("system",), "7.1-s")
    for source, gathering in view.site.event_rules.gathered.items():
        path = ("event_rules", "gathered", source, "owner")
        yield _answerable(path, gathering.owner, "5.8-9")


def _sections(view: View) -> dict[str, Section]:
    return (view.site.plan.sections if view.site.plan else None) or {}


def _answerable(path: Path, written: str, clause: str) -> Reference:
    return Reference(path, written, ANSWERABLE, clause, as_target=":" in written)


def _of_playbook(playbook: Playbook) -> Iterator[Reference]:
    path: Path = ("playbooks", playbook.id)
    tasks = tuple(task.id for task in playbook.tasks)
    yield _answerable((*path, "owner"), playbook.owner, "7.1-P.i")
    yield from _targets((*path, "command"), playbook.command, "7.1-4")
    for level, profile in (playbook.profile or {}).items():
        place = (*path, "profile", str(level)) if level else (*path, "profile")
        yield Reference(place, profile, ("profile",), "7.2-2")
    for number, step in enumerate(playbook.escalation):
        yield from _targets((*path, "escalation", number, "page"), step.page, "7.2-2")
    for number, id in enumerate(playbook.systems):
        yield Reference((*path, "systems", number), id, ("system",), "7.1-R.a")
    for number, id in enumerate(playbook.report_path):
        yield Reference((*path, "report_path", number), id, ("unit",), "7.1-R.a")
    for task in playbook.tasks:
        yield Reference((*path, "tasks", task.id, "role"), task.role, ("role",), "7.1-P.i")
    for point in playbook.decisions:
        place = (*path, "decisions", point.id)
        yield Reference(place, point.id, ("decision",), "7.1-3a")
        yield Reference((*place, "after"), point.after, ("task",), "7.1-3a", known=tasks)
        for id in point.blocks:
            yield Reference((*place, "blocks", id), id, ("task",), "7.1-3a", known=tasks)
    for number, id in enumerate(playbook.precautions):
        yield Reference((*path, "precautions", number), id, ("task",), "7.2-1a", known=tasks)
