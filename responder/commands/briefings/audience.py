"""An audience's clock in an incident: who keeps it, and what changed since it was told."""

from typing import Any

from responder.commands.case import Case
from responder.commands.telling import clock_time
from responder.domain.briefing import (
    CHANGES,
    STARRED,
    TELLING,
    Audience,
    Briefing,
    change_since,
)
from responder.domain.incident import PHASE_NAMES, ROMAN, Phase
from responder.domain.organisation import DUTY_LEAD
from responder.domain.record import Entry
from responder.domain.role import filler
from responder.domain.roster import Target
from responder.domain.words import Words
from responder.errors import UnknownId

BRIEFING = "briefing"


def audience_of(case: Case, id: str) -> Audience:
    """An audience of the incident's own copy of the site. Raises UnknownId."""
    if id not in case.site.audiences:
        raise UnknownId("通报对象", "audience", id, case.site.audiences)
    return case.site.audiences[id]


def briefing_of(case: Case, audience: Audience) -> Briefing:
    """The audience's clock as it stands; one that has not begun yet otherwise."""
    key = f"{case.incident.id}/{audience.id}"
    return case.uow.briefings.get(key) or Briefing(case.incident.id, audience.id)


def keep(case: Case, briefing: Briefing) -> None:
    """Put the clock back, and arm what it asks for next."""
    case.uow.briefings.put(briefing.key, briefing)
    case.uow.timers.set(BRIEFING, briefing.key, briefing.next_at)


def keeper_of(case: Case, audience: Audience) -> str:
    """Who is to tell it: its keeper, else the commander, else the duty lead; `""` for nobody."""
    incident, target = case.incident, Target.parse(audience.keeper)
    if target.kind == "role":
        named = filler(incident, case.roster, target.id, case.now)
    else:
        people = case.roster.resolve(audience.keeper, case.now).people if audience.keeper else ()
        named = next(iter(people), "")
    lead = case.roster.holder(DUTY_LEAD, case.now)
    those = (named, incident.commander, incident.provisional, lead)
    return next((person for person in those if case.roster.known(person)), "")


def keeps_it(case: Case, audience: Audience, person: str) -> bool:
    """Whether it is this person's to tell: the keeper's, or the backup's of the role that is."""
    target = Target.parse(audience.keeper)
    post = case.site.roles.get(target.id) if target.kind == "role" else None
    posted = case.roster.posted(post, case.now) if post else ()
    return person in (keeper_of(case, audience), *posted)


def change(case: Case, audience: Audience) -> Entry | None:
    """The latest change on the record since the audience was told last."""
    return change_since(case.uow.ledger.of(case.incident.id, TELLING), audience.id)


def named_change(case: Case, entry: Entry) -> Words:
    """What changed, when, in words."""
    kind = CHANGES.get(entry.kind, STARRED)
    at, of = clock_time(entry.at, case.site), _matter(case, entry.payload or {})
    zh, en = of.said("zh"), of.said("en")
    return Words(
        f"{at}{kind.zh}{f'（{zh}）' * bool(zh)}", f"{kind.en} at {at}{f' ({en})' * bool(en)}"
    )


def _matter(case: Case, payload: dict[str, Any]) -> Words:
    """Of what task, decision, state or level an entry speaks."""
    if isinstance(payload.get("title"), dict):
        return Words(**payload["title"])
    if "decision" in payload:
        return case.court.decision(payload["decision"]).question
    if payload.get("phase") in {phase.value for phase in Phase}:
        return PHASE_NAMES[Phase(payload["phase"])]
    level = payload.get("level")
    return Words(f"{ROMAN[level]}级", f"level {level}") if level in ROMAN else Words()
