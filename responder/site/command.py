"""`contacts/command.yaml`: the bodies, the succession, the liaisons and the decisions."""

from dataclasses import dataclass, field

from responder.domain.organisation import (
    BODY_DUTIES,
    Body,
    Command,
    Decision,
    Liaison,
    StillThere,
)
from responder.domain.words import Words
from responder.site.fields import Fields
from responder.site.nodes import Scalar


@dataclass(frozen=True, slots=True)
class Organisation:
    """All of the file."""

    command: Command = Command()
    execution_body: Body = Body()
    liaisons: tuple[Liaison, ...] = ()
    decisions: dict[str, Decision] = field(default_factory=dict)
    still_there: StillThere = StillThere()


def read_organisation(root: Fields) -> Organisation:
    """The emergency organisation."""
    organisation = Organisation(
        command=_command(root.inner("command_body")),
        execution_body=_execution(root.inner("execution_body")),
        liaisons=root.each("liaisons", _liaison),
        decisions=root.by_id("decisions", _decision),
        still_there=_still_there(root.inner("still_there")),
    )
    root.close()
    return organisation


def _command(fields: Fields) -> Command:
    body = _body(fields, "head")
    succession = fields.texts("succession")
    after = fields.span("hand_down_after", Command().hand_down_after)
    fields.close()
    return Command(body, succession, after)


def _execution(fields: Fields) -> Body:
    body = _body(fields, "lead")
    fields.close()
    return body


def _body(fields: Fields, head: str) -> Body:
    duties = fields.inner("duties")
    said = {duty: duties.words(duty) for duty in BODY_DUTIES}
    duties.close()
    return Body(
        head=fields.text(head),
        members=fields.texts("members"),
        principal=fields.flag("principal"),
        duties={duty: words for duty, words in said.items() if words != Words()},
    )


def _liaison(fields: Fields) -> Liaison:
    return Liaison(fields.text("person"), fields.text("duty_phone"), fields.text("fax"))


def _decision(fields: Fields, id: str) -> Decision:
    return Decision(
        id=id,
        question=fields.words("question"),
        who=_who(fields) or Decision(id).who,
        need=fields.whole("need", Decision(id).need),
        consult=fields.texts("consult"),
        unanswered=fields.words("unanswered"),
    )


def _who(fields: Fields) -> tuple[str, ...]:
    """`succession`, or roles in a list."""
    node = fields.node("who")
    if isinstance(node, Scalar):
        return (fields.text("who"),)
    return fields.texts("who")


def _still_there(fields: Fields) -> StillThere:
    usual = StillThere()
    still_there = StillThere(fields.span("after", usual.after), fields.span("grace", usual.grace))
    fields.close()
    return still_there
