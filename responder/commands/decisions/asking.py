"""Requests for decisions of a running incident: opening them, and whose answer counts."""

from datetime import timedelta

from responder.commands.case import Case
from responder.commands.telling import clock_time, name
from responder.domain import authority as deciding
from responder.domain.authority import Request
from responder.domain.words import Words
from responder.errors import BadInput, NotAllowed, UnknownId


def request_decision(
    case: Case,
    decision: str,
    within: timedelta | None = None,
    reverses: str = "",
    about: Words | None = None,
) -> str:
    """Ask for a decision of the catalogue; returns the request's id."""
    id = f"{decision}.{sum(r.decision == decision for r in case.authority.requests.values()) + 1}"
    case.carry_out(
        deciding.request(
            case.authority, case.court, id, decision, case.now, within, reverses, about
        )
    )
    return id


def ask_after(case: Case, task: str) -> None:
    """Ask for the playbook's decisions that wait for a task; `""` stands for declaration."""
    made = {request.decision for request in case.authority.requests.values()}
    for point in case.playbook.decisions:
        if point.after == task and point.id in case.site.decisions and point.id not in made:
            request_decision(case, point.id, within=point.within)


def open_request(case: Case, decision: str, reverse: bool = False) -> Request:
    """The open request for a decision, opened now if nobody asked yet.

    Raises BadInput if it is answered and not to be reversed.
    """
    if decision not in case.site.decisions:
        raise UnknownId("决策事项", "decision", decision, case.site.decisions)
    made = [r for r in case.authority.requests.values() if r.decision == decision]
    if made and made[-1].is_open:
        return made[-1]
    if made and not reverse:
        raise _answered(case, made[-1])
    last = made[-1] if made else None
    id = request_decision(
        case, decision, reverses=last.id if last else "", about=last.about if last else None
    )
    return case.authority.requests[id]


def _answered(case: Case, asked: Request) -> BadInput:
    by_zh, by_en = (name(case.site, asked.decided_by, lang) for lang in ("zh", "en"))
    at = clock_time(asked.decided_at, case.site)
    answer = ("同意", "approved") if asked.approved else ("不同意", "rejected")
    return BadInput(
        f"该事项已由{by_zh}于{at}决策：{answer[0]}。",
        f"{by_en} {answer[1]} this at {at}.",
        "需要改变请加 --reverse，将作为新的决策请示。",
        "To change it add --reverse; that makes a new request naming the old one.",
    )


def require_entitled(case: Case, asked: Request, person: str) -> None:
    """Raise NotAllowed, naming who holds the decision, unless the person's answer decides."""
    if deciding.entitled(case.authority, case.court, asked, person, case.now):
        return
    holders = [case.authority.holder] if case.authority.holder else list(case.roster.command_body)
    if not case.court.decision(asked.decision).by_succession:
        holders = list(asked.asked)
    raise NotAllowed(
        person=name(case.site, person, "zh"),
        what_zh="决策该事项",
        what_en="decide this",
        who_zh="、".join(name(case.site, p, "zh") for p in holders) or "应急指挥决策机构",
        who_en=", ".join(name(case.site, p, "en") for p in holders) or "the command body",
    )
