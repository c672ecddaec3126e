"""Answers to the request to verify a warning, before anybody is paged about it (7.2)."""

from responder.commands.alert import Alert
from responder.commands.command import Reply
from responder.commands.telling import clock_time
from responder.commands.warnings.warning import pursue
from responder.domain import escalation as paging
from responder.domain.record import By
from responder.domain.words import Words
from responder.errors import NotAllowed


def may_verify(alert: Alert, by: By) -> bool:
    """Whether it is this person's to look into."""
    try:
        alert.may("verify", by)
    except NotAllowed:
        return False
    return True


def take_verification(alert: Alert, by: By) -> Reply:
    """Somebody looks into it. The time to verify runs on: looking is no verification."""
    id, until = alert.warning.id, clock_time(alert.warning.verify_by, alert.site)
    alert.warning.verifier = by.person
    alert.record("VerificationTaken", by, people=[by.person])
    alert.uow.outbox.withdraw(id, [by.person], [alert.purpose])
    alert.save()
    said = Words(
        f"已登记由您核实。请于{until}前执行 warn verify {id}（属实）或 warn dismiss（不成立），"
        "逾期将扩大呼叫。",
        f"Recorded: you look into it. By {until}: warn verify {id} if it is real, or warn dismiss;"
        " else more people are paged.",
    )
    return Reply(id, said, {"counted": True, "complete": False})


def pass_verification_on(alert: Alert, by: By) -> Reply:
    """Whoever was asked cannot: the playbook's escalation runs at once, without them at first."""
    alert.record("Declined", by, person=by.person)
    pursue(alert)
    alert.carry_out(paging.decline(alert.escalation, by.person, alert.now))
    alert.uow.outbox.withdraw(alert.warning.id, [by.person], [alert.purpose])
    alert.carry_out(paging.settle(alert.escalation, alert.policy, alert.roster, alert.now))
    alert.save()
    said = Words("已记录，现在呼叫其他人员。", "Recorded; others are being called now.")
    return Reply(alert.warning.id, said, {"counted": True})
