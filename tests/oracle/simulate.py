"""`simulate --json` by the second implementation."""

from datetime import datetime
from typing import Any

from responder.domain.playbook import Playbook
from responder.domain.site import Site
from tests.oracle.deciding import Deciding, Question
from tests.oracle.meaning import Contacts
from tests.oracle.paging import Paging


def simulate(
    site: Site,
    playbook: Playbook,
    at: datetime,
    level: int,
    unreachable: frozenset[str],
    answer_after: int,
    until: int,
) -> dict[str, Any]:
    """The events and the outcome; durations in whole seconds."""
    contacts = Contacts(site, at)
    paging = Paging(contacts, playbook, site.profiles.get(playbook.profile_at(level), ()))
    deciding = Deciding(contacts, [site.decisions[point.id] for point in playbook.decisions])
    patience = max(1, answer_after)

    def answering(people: dict[str, int], t: int) -> list[str]:
        """Who answers in this second: reachable, with a way, and asked `patience` ago."""
        return [
            person
            for person, since in people.items()
            if since + patience == t and person not in unreachable and contacts.vias(person)
        ]

    events: list[dict[str, Any]] = []
    for t in range(until + 1):
        paging.second(t, answering(paging.first_rung, t))
        deciding.second(
            t,
            [
                (question.decision.id, person, "approve")
                for question in deciding.questions
                for person in answering(question.asked, t)
            ],
        )
        events += paging.events + deciding.events
        paging.events.clear()
        deciding.events.clear()
        if paging.complete and deciding.over:
            break
    return {"events": events, "outcome": _outcome(paging, deciding.questions)}


def _outcome(paging: Paging, questions: list[Question]) -> dict[str, Any]:
    return {
        "acknowledged_by": paging.acknowledged,
        "acknowledged_t": paging.completed_t,
        "commander": paging.commander,
        "short": paging.short,
        "decisions": {
            question.decision.id: {"by": question.decided_by, "t": question.decided_t}
            for question in questions
            if not question.open
        },
    }
