"""7.1, organisation and decision: bodies, composition, mechanism, succession, principles.

Who owns what. That there are two bodies, with their duties, is 7.1-1; who sits in the command
body and under whose lead 7.1-2; that decisions have deciders 7.1-3a, whichever the decision; that
somebody is left in the order of succession 7.1-3b. 7.1-4 owns that each system has somebody who
answers for it and somebody who runs it, and that a running incident has one commander. The safety
step of playbooks is 7.2-3, ways to reach people 7.1-n, the duty lead and head of IT 7.1-k.
"""

from collections.abc import Iterator
from datetime import timedelta

from responder.domain.incident import Incident, Phase
from responder.domain.organisation import BODY_DUTIES, SUCCESSION, Body, Decision
from responder.domain.people import DEPARTMENT_NAMES, DEPARTMENTS
from responder.domain.register import System
from responder.domain.roster import Target
from responder.domain.site import Site
from responder.domain.words import Words
from responder.readiness.answering import ADMINISTRATOR, DUTY_LEAD, IT_LEAD, granted, post
from responder.readiness.control import Gap, Light, Seen, control
from responder.readiness.naming import listed, named, person
from responder.readiness.situation import Situation

COMMAND = "contacts/command.yaml"
LEAST_SUCCESSION = 2
GOOD_SUCCESSION = 5
LED_WITHIN = timedelta(minutes=5)


@control(
    "7.1-1",
    "应急指挥决策机构和执行机构及其职责",
    "A command body and an executing body, with duties",
)
def bodies(situation: Situation) -> Seen:
    """Both bodies stand, and between them cover the four areas."""
    site = situation.site
    owner = granted(situation, ADMINISTRATOR)
    command, executing = site.command.body, site.execution_body
    gaps = [*_body_gaps(command, executing, owner), *_duty_gaps(command, executing, owner)]
    counts = len(command.everyone), len(executing.everyone)
    return Seen(
        tuple(gaps),
        Words(
            f"指挥决策机构{counts[0]}人，执行机构{counts[1]}人，四项职责均有承担。",
            f"Command body of {counts[0]}, executing body of {counts[1]}; all four duties held.",
        ),
    )


def _body_gaps(command: Body, executing: Body, owner: str) -> Iterator[Gap]:
    if not command.everyone:
        yield Gap(
            Words("没有应急指挥决策机构", "There is no command body"),
            _in_command("command_body 的 head 和 members", "head and members of command_body"),
            owner=owner,
        )
    if not executing.members:
        yield Gap(
            Words("没有应急执行机构", "There is no executing body"),
            _in_command("execution_body 的 lead 和 members", "lead and members of execution_body"),
            owner=owner,
        )
    elif not executing.head:
        yield Gap(
            Words("应急执行机构没有负责人", "The executing body has no lead"),
            _in_command("execution_body 的 lead", "lead of execution_body"),
            owner=owner,
        )


def _duty_gaps(command: Body, executing: Body, owner: str) -> Iterator[Gap]:
    if not executing.members:
        return
    for duty, name in BODY_DUTIES.items():
        if duty not in command.duties and duty not in executing.duties:
            yield Gap(
                Words(f"没有机构承担{name.zh}职责", f"No body has the duty of {name.en}"),
                _in_command(f"execution_body 的 duties.{duty}", f"duties.{duty} of execution_body"),
                owner=owner,
            )


def _in_command(zh: str, en: str) -> Words:
    return Words(f"在 {COMMAND} 填写 {zh}。", f"Fill in {en} in {COMMAND}.")


@control("7.1-2", "指挥决策机构的组成", "Composition of the command body")
def composition(situation: Situation) -> Seen:
    """Led by the principal leader, with the heads of the eight departments."""
    body = situation.site.command.body
    owner = granted(situation, ADMINISTRATOR)
    if not body.everyone:
        return Seen(proof=Words("没有指挥决策机构（见 7.1-1）。", "No command body (see 7.1-1)."))
    gaps = [*_leader_gaps(situation, owner), *_department_gaps(situation.site, owner)]
    head = person(situation.site, body.head)
    return Seen(
        tuple(gaps),
        Words(
            f"主要领导{head.zh}任组长，八个部门的负责人齐全。",
            f"Led by the principal leader {head.en}; the heads of all eight departments sit in it.",
        ),
    )


def _leader_gaps(situation: Situation, owner: str) -> Iterator[Gap]:
    body = situation.site.command.body
    if not situation.roster.known(body.head):
        yield Gap(
            Words("指挥决策机构没有总指挥", "The command body has no head"),
            _in_command("command_body 的 head", "head of command_body"),
            owner=owner,
        )
    elif not body.principal:
        head = person(situation.site, body.head)
        yield Gap(
            Words(
                f"没有写明{head.zh}是主要领导", f"{head.en} is not said to be the principal leader"
            ),
            Words(
                f"由主要领导任组长，并在 {COMMAND} 的 command_body 写 principal: true。",
                f"Let the principal leader head it; “principal: true” in command_body, {COMMAND}.",
            ),
            owner=owner,
        )


def _department_gaps(site: Site, owner: str) -> Iterator[Gap]:
    present = {
        site.people[member].head_of
        for member in site.command.body.everyone
        if member in site.people
    }
    for department in DEPARTMENTS:
        if department in present:
            continue
        name = DEPARTMENT_NAMES[department]
        heads = listed(
            named(one.name, one.id) for one in site.people.values() if one.head_of == department
        )
        who = heads if heads.zh else Words(f"{name.zh}部门负责人", f"the head of {name.en}")
        yield Gap(
            Words(f"缺少{name.zh}部门负责人", f"The head of {name.en} is missing"),
            Words(
                f"将{who.zh}列入 {COMMAND} 的 command_body.members。",
                f"Add {who.en} to command_body.members in {COMMAND}.",
            ),
            owner=owner,
        )


@control("7.1-3a", "应急决策机制", "The decision mechanism")
def mechanism(situation: Situation) -> Seen:
    """A catalogue of decisions, each with deciders and with what follows if nobody answers."""
    site = situation.site
    owner = granted(situation, ADMINISTRATOR)
    gaps = [gap for one in site.decisions.values() for gap in _decision_gaps(site, one, owner)]
    gaps += _unknown_decisions(site, owner)
    if not site.decisions:
        gaps = [
            Gap(
                Words("没有决策事项目录", "There is no catalogue of decisions"),
                _in_command("decisions", "decisions"),
                owner=owner,
            )
        ]
    return Seen(
        tuple(gaps),
        Words(
            f"决策事项{len(site.decisions)}项，均写明由谁决定、无人答复时的后果。",
            f"{len(site.decisions)} decisions, each with who decides and what follows otherwise.",
        ),
    )


def _decision_gaps(site: Site, one: Decision, owner: str) -> Iterator[Gap]:
    name = named(one.question, one.id)
    place = f"decisions[{one.id}]"
    if not any(_can_decide(site, target) for target in one.who):
        yield Gap(
            Words(f"“{name.zh}”没有决策人", f"Nobody decides “{name.en}”"),
            _in_command(f"{place} 的 who", f"who of {place}"),
            owner=owner,
        )
    elif not one.question.said("zh"):
        yield Gap(
            Words(f"决策事项{one.id}没有写明问题", f"The decision {one.id} asks nothing"),
            _in_command(f"{place} 的 question", f"question of {place}"),
            owner=owner,
        )
    elif not one.unanswered.said("zh"):
        yield Gap(
            Words(
                f"“{name.zh}”没有写明无人答复时怎么办", f"“{name.en}”: what if nobody answers it?"
            ),
            _in_command(f"{place} 的 unanswered", f"unanswered of {place}"),
            owner=owner,
        )


def _can_decide(site: Site, target: str) -> bool:
    """Whether a target can come to mean somebody; whether they can be reached is not asked here."""
    parsed = Target.parse(target)
    if parsed.kind == SUCCESSION:
        return True  # an empty order is a gap of 7.1-3b
    return parsed.id in site.roles if parsed.kind == "role" else parsed.id in site.people


def _unknown_decisions(site: Site, owner: str) -> list[Gap]:
    """What a playbook asks to be decided, and no entry of the catalogue says how."""
    wanted = dict.fromkeys(
        point.id for playbook in site.playbooks.values() for point in playbook.decisions
    )
    return [
        Gap(
            Words(
                f"处置方案引用的决策事项“{id}”不在目录中",
                f"Playbooks ask for “{id}”, which the catalogue does not hold",
            ),
            _in_command(f"decisions，补上 {id}", f"decisions with {id}"),
            owner=owner,
        )
        for id in wanted
        if id not in site.decisions
    ]


@control("7.1-3b", "决策递补顺序", "The order of succession")
def succession(situation: Situation) -> Seen:
    """Whatever happens, somebody is left who decides and reports."""
    site, roster = situation.site, situation.roster
    order = [one for one in dict.fromkeys(site.command.succession) if roster.known(one)]
    here = [one for one in order if not roster.absent(one, situation.at)]
    owner = granted(situation, ADMINISTRATOR)
    mend = Words(
        f"在 {COMMAND} 的 command_body.succession 按先后列出至少{GOOD_SUCCESSION}人。",
        f"Name {GOOD_SUCCESSION} people, in order, in command_body.succession of {COMMAND}.",
    )
    gaps = []
    if len(order) < GOOD_SUCCESSION:
        light = Light.RED if len(order) < LEAST_SUCCESSION else Light.AMBER
        what = Words(
            f"决策递补顺序只有{len(order)}人", f"The order of succession names {len(order)} people"
        )
        gaps.append(Gap(what, mend, light, owner))
    elif len(here) < LEAST_SUCCESSION:
        light = Light.AMBER if here else Light.RED
        what = Words(
            f"决策递补顺序{len(order)}人中此刻只有{len(here)}人在岗",
            f"Of the {len(order)} in succession {len(here)} are here now",
        )
        gaps.append(Gap(what, mend, light, owner))
    minutes = int(site.command.hand_down_after / timedelta(minutes=1))
    return Seen(
        tuple(gaps),
        Words(
            f"递补顺序{len(order)}人，此刻{len(here)}人在岗，{minutes}分钟无人答复即递补。",
            f"{len(order)} in order, {len(here)} here now; handed down after {minutes} min.",
        ),
    )


@control("7.1-4", "谁主管谁负责，统一指挥", "Whoever is in charge answers; one command")
def principles(situation: Situation) -> Seen:
    """Each system is answered for and run by somebody; each incident has one commander."""
    systems = situation.site.systems.values()
    gaps = [
        *(gap for one in systems for gap in _system_gaps(situation, one)),
        *(gap for one in situation.incidents for gap in _command_gaps(situation, one)),
    ]
    return Seen(
        tuple(gaps),
        Words(
            f"{len(systems)}个系统均有主管人和运行人；处置中的事件均有一名指挥。",
            f"All {len(systems)} systems have owner and operator; each incident has one lead.",
        ),
    )


def _system_gaps(situation: Situation, one: System) -> Iterator[Gap]:
    name = named(one.name, one.id)
    answers = (
        ("owner", one.owner, Words("主管人", "owner")),
        (
            "operator",
            one.operator,
            Words("运行人", "operator"),
        ),
    )
    for key, who, said in answers:
        if not _is_somebody(situation, who):
            yield Gap(
                Words(f"{name.zh}没有{said.zh}", f"{name.en} has no {said.en}"),
                Words(
                    f"在 contacts/systems.yaml 填写 {one.id} 的 {key}。",
                    f"Fill in the {key} of {one.id} in contacts/systems.yaml.",
                ),
                owner=post(situation, IT_LEAD),
            )


def _is_somebody(situation: Situation, target: str) -> bool:
    parsed = Target.parse(target)
    if parsed.kind == "role":
        return parsed.id in situation.site.roles
    return situation.roster.known(parsed.id)


def _command_gaps(situation: Situation, one: Incident) -> Iterator[Gap]:
    """Past the first acknowledgement there is a commander, or somebody provisional."""
    led = one.commander or one.provisional
    if one.drill or not one.is_handled or one.phase is Phase.DECLARED or led:
        return
    if situation.at - one.declared_at > LED_WITHIN:
        yield Gap(
            Words(f"{one.id}无人指挥", f"{one.id} has no commander"),
            Words(
                f"有权指挥的人员执行 responder incident take {one.id}。",
                f"Somebody who may command: responder incident take {one.id}.",
            ),
            owner=post(situation, DUTY_LEAD, IT_LEAD),
        )
