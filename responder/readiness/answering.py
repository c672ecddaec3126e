"""Who has to see to a gap: the holder of a post, else whoever the site grants the right to."""

from responder.domain.playbook import Playbook
from responder.domain.words import Words
from responder.readiness.control import Gap
from responder.readiness.naming import named
from responder.readiness.situation import Situation

IT_LEAD, DUTY_LEAD = "it_lead", "duty_lead"
COMPLIANCE, COORDINATOR, ADMINISTRATOR = "compliance", "coordinator", "administrator"


def post(situation: Situation, *roles: str) -> str:
    """Who holds the first of these roles that anybody holds at that instant, or `""`."""
    held = (situation.roster.holder(role, situation.at) for role in roles)
    return next((person for person in held if person), "")


def granted(situation: Situation, grant: str) -> str:
    """The first of those who were granted a right and are still known; else the head of IT."""
    trusted = situation.site.grants.get(grant, ())
    known = (person for person in trusted if situation.roster.known(person))
    return next(known, "") or post(situation, IT_LEAD)


def lead(situation: Situation) -> str:
    """Who sees to what is at work now: the duty lead, else the head of IT."""
    return post(situation, DUTY_LEAD, IT_LEAD)


def of_playbook(situation: Situation, one: Playbook, what: Words, key: str) -> Gap:
    """A gap in a playbook's file, which its owner is to mend."""
    name = named(one.title, one.id)
    return Gap(
        Words(f"处置方案{name.zh}{what.zh}", f"The playbook {name.en} {what.en}"),
        Words(
            f"在 playbooks/{one.id}.yaml 填写 {key}。", f"Fill in {key} in playbooks/{one.id}.yaml."
        ),
        owner=one.owner if situation.roster.known(one.owner) else post(situation, IT_LEAD),
    )
