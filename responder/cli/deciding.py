"""`decide` and `confirm`."""

import click

from responder.cli.acting import act
from responder.cli.frame import command
from responder.cli.given import Given, argument, option
from responder.commands.consent import Confirm
from responder.commands.decisions.decision import Decide, Extend, PassOn

APPROVE, REJECT, EXTEND, PASS_ON = "approve", "reject", "extend", "pass-on"


@command(
    "decide",
    "答复决策：approve 同意，reject 不同意，extend 我正在决策，pass-on 转下一位",
    "Answer a decision: approve, reject, extend (I am deciding) or pass-on (to the next)",
)
@argument("incident")
@argument("decision")
@argument("answer", type=click.Choice([APPROVE, REJECT, EXTEND, PASS_ON]))
@option(
    "--reason", default="", zh="理由（同意、不同意必填）", en="Why; needed to approve or reject"
)
@option("--for", "person", default="", metavar="PERSON", zh="代记谁的口头决策", en="Whose it is")
@option("--means", default="", metavar="phone|in-person|paper", zh="以何方式", en="How it came")
@option("--witness", default="", metavar="PERSON", zh="见证人", en="Who saw or heard it")
@option("--reverse", is_flag=True, zh="改变已作出的决策", en="Change what was decided")
def decide(
    given: Given,
    incident: str,
    decision: str,
    answer: str,
    reason: str,
    person: str,
    means: str,
    witness: str,
    reverse: bool,
) -> None:
    """Answer for oneself, or write down what somebody entitled said."""
    if answer in (EXTEND, PASS_ON):
        kind = Extend if answer == EXTEND else PassOn
        act(given, kind, incident=incident, decision=decision)
        return
    act(
        given,
        Decide,
        incident=incident,
        decision=decision,
        approves=answer == APPROVE,
        reason=reason,
        reverse=reverse,
        person=person,
        means=means,
        witness=witness,
    )


@command(
    "confirm",
    "作为第二人确认（见证、降级、撤销、预警不成立），或补签自己的决策",
    "Consent as the second person (witness, lower level, cancel, dismiss), or sign your decision",
)
@argument("request")
@option(
    "--object", "objects", default="", metavar="REASON", zh="有异议：理由", en="Object, because"
)
def confirm(given: Given, request: str, objects: str) -> None:
    """Consent, or object."""
    act(given, Confirm, request=request, objects=objects)
