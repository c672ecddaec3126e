"""Organisation and decision taken apart (7.1, first paragraphs)."""

from dataclasses import replace
from datetime import timedelta

from responder.domain.incident import Incident, Phase
from responder.domain.organisation import Body
from responder.domain.words import Words
from tests.unit.readiness.removal import Removal, with_site

FILE = "contacts/command.yaml"


def with_body(situation, **fields):
    command = situation.site.command
    body = replace(command.body, **fields)
    return with_site(situation, command=replace(command, body=body))


def without_duty(duty):
    def change(situation):
        body = situation.site.execution_body
        left = {id: said for id, said in body.duties.items() if id != duty}
        return with_site(situation, execution_body=replace(body, duties=left))

    return change


def without_head_of(department):
    def change(situation):
        site = situation.site
        members = site.command.body.members
        left = tuple(one for one in members if site.people[one].head_of != department)
        return with_body(situation, members=left)

    return change


def with_decision(id, **fields):
    def change(situation):
        decisions = dict(situation.site.decisions)
        decisions[id] = replace(decisions[id], **fields)
        return with_site(situation, decisions=decisions)

    return change


def without_decision(id):
    def change(situation):
        left = {one: said for one, said in situation.site.decisions.items() if one != id}
        return with_site(situation, decisions=left)

    return change


def succession_of(count):
    def change(situation):
        command = situation.site.command
        return with_site(situation, command=replace(command, succession=command.succession[:count]))

    return change


def with_system(id, **fields):
    def change(situation):
        systems = dict(situation.site.systems)
        systems[id] = replace(systems[id], **fields)
        return with_site(situation, systems=systems)

    return change


def an_incident(situation, **fields):
    """A real incident in hand, led and watched, with nothing wrong about it but what is said."""
    said = {
        "id": "INC-2026-0001",
        "playbook": "trading-outage",
        "title": "交易中断",
        "level": 2,
        "declared_at": situation.at - timedelta(minutes=40),
        "declared_by": "wang.fang",
        "site_version": "",
        "phase": Phase.ACTIVE,
        "commander": "zhang.wei",
        "watch": "zhang.wei",
    }
    return Incident(**{**said, **fields})


def with_incident(**fields):
    def change(situation):
        return replace(situation, incidents=(an_incident(situation, **fields),))

    return change


ROWS = [
    Removal(
        "the executing body",
        "7.1-1",
        lambda situation: with_site(situation, execution_body=Body()),
        FILE,
    ),
    Removal(
        "the lead of the executing body",
        "7.1-1",
        lambda situation: with_site(
            situation, execution_body=replace(situation.site.execution_body, head="")
        ),
        "lead",
    ),
    *(
        Removal(f"the duty of {duty}", "7.1-1", without_duty(duty), f"duties.{duty}")
        for duty in ("prevention", "handling", "reporting", "investigation")
    ),
    Removal("the head", "7.1-2", lambda situation: with_body(situation, head=""), "head"),
    Removal(
        "that the head is the principal leader",
        "7.1-2",
        lambda situation: with_body(situation, principal=False),
        "principal: true",
    ),
    *(
        Removal(f"the head of {one}", "7.1-2", without_head_of(one), "command_body.members")
        for one in (
            "business",
            "technology",
            "risk",
            "settlement",
            "finance",
            "customer_service",
            "guarding",
            "general",
        )
    ),
    Removal("a decision that playbooks ask for", "7.1-3a", without_decision("level-two"), FILE),
    Removal("the deciders", "7.1-3a", with_decision("evacuate", who=()), "evacuate"),
    Removal(
        "what follows without an answer",
        "7.1-3a",
        with_decision("evacuate", unanswered=Words()),
        "unanswered",
    ),
    Removal("the order of succession", "7.1-3b", succession_of(0), "command_body.succession"),
    Removal("all but the first", "7.1-3b", succession_of(1), "command_body.succession"),
    Removal(
        "the owner of a system", "7.1-4", with_system("website", owner=""), "contacts/systems.yaml"
    ),
    Removal(
        "whoever runs a system",
        "7.1-4",
        with_system("website", operator=""),
        "contacts/systems.yaml",
    ),
    Removal(
        "the commander of an incident",
        "7.1-4",
        with_incident(commander=""),
        "responder incident take",
    ),
]
