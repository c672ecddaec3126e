"""`contacts/registers.yaml` and `events.yaml`: what is kept ready; how events are ranked."""

from datetime import timedelta

from responder.domain.logged_event import PRIORITIES, EventRules, Gathering, Procedure
from responder.domain.provision import AGREEMENT_FIELDS, Provision
from responder.domain.words import Words
from responder.site.fields import Fields, words
from responder.site.nodes import Node


def read_provisions(root: Fields) -> dict[str, Provision]:
    """Everything kept ready, whatever its register."""
    provisions = root.by_id("provisions", _provision)
    root.close()
    return provisions


def _provision(fields: Fields, id: str) -> Provision:
    said = {name: fields.words(name) for name in AGREEMENT_FIELDS}
    return Provision(
        id=id,
        register=fields.text("register"),
        kinds=fields.texts("kinds"),
        name=fields.words("name"),
        owner=fields.text("owner"),
        unit=fields.text("unit"),
        systems=fields.texts("systems"),
        places=_places(fields),
        version=fields.text("version"),
        quantity=fields.whole("quantity", 0),
        least=fields.whole("least", 0),
        amount=fields.whole("amount", 0),
        approver=fields.text("approver"),
        decision=fields.text("decision"),
        fields={name: text for name, text in said.items() if text != Words()},
        self_sufficient=fields.words("self_sufficient"),
        check_every=fields.span_if_any("check_every"),
        checked_on=fields.day("checked_on"),
        evidence=fields.text("evidence"),
        expires_on=fields.day("expires_on"),
    )


def _places(fields: Fields) -> tuple[Words, ...]:
    node, reading = fields.node("places"), fields.reading
    return tuple(words(reading, place) for place in reading.items(node)) if node else ()


def read_event_rules(root: Fields) -> EventRules:
    """How events are ranked, urged and reviewed; the usual rules where nothing is said."""
    usual, fields = EventRules(), root.inner("event_rules")
    matrix, gathered = fields.node("matrix"), fields.inner("gathered")
    rules = EventRules(
        matrix=_matrix(fields, matrix) if matrix else usual.matrix,
        idle=_idle(fields.inner("idle"), usual.idle),
        alike_within=fields.span("alike_within", usual.alike_within),
        problem_idle=fields.span("problem_idle", usual.problem_idle),
        event_procedure=_procedure(fields.inner("event_procedure")),
        problem_procedure=_procedure(fields.inner("problem_procedure")),
        gathered={source: _gathering(gathered, node) for source, node in gathered.all().items()},
        reviewed_on=fields.day("reviewed_on"),
    )
    fields.close()
    root.close()
    return rules


def _matrix(fields: Fields, node: Node) -> tuple[tuple[int, ...], ...]:
    """A row an impact, in it a priority a scope."""
    reading = fields.reading
    rows = ([reading.whole(cell) for cell in reading.items(row)] for row in reading.items(node))
    return tuple(tuple(cell for cell in row if cell is not None) for row in rows)


def _idle(fields: Fields, usual: tuple[timedelta, ...]) -> tuple[timedelta, ...]:
    """A span for each priority, written as its figure."""
    spans = zip(PRIORITIES, usual, strict=True)
    found = tuple(fields.span(str(priority), span) for priority, span in spans)
    fields.close()
    return found


def _procedure(fields: Fields) -> Procedure:
    found = Procedure(
        title=fields.words("title"),
        approver=fields.text("approver"),
        approved_on=fields.day("approved_on"),
    )
    fields.close()
    return found


def _gathering(of: Fields, node: Node) -> Gathering:
    fields = Fields(of.reading, node)
    found = Gathering(owner=fields.text("owner"), gathered_on=fields.day("gathered_on"))
    fields.close()
    return found
