"""Events that lie idle: their owner is urged, then the duty lead; each morning a list of them."""

from collections.abc import Iterable
from datetime import datetime, time

from responder.commands.daily import each_day
from responder.commands.matter import FirmMatter
from responder.commands.problems.event_log import keep_event
from responder.domain.logged_event import LoggedEvent
from responder.domain.organisation import DUTY_LEAD, EVENT_MANAGER
from responder.domain.record import ENGINE, Fact
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork

MOST_NAMED = 8


def urge(uow: UnitOfWork, ids: Iterable[str], now: datetime) -> None:
    """Nothing was done for as long as the priority allows: the owner; the next time both."""
    firm = FirmMatter.load(uow, now)
    rules = firm.site.event_rules
    for id in ids:
        event = uow.logged_events.get(id)
        due = event.nag_at(rules) if event is not None else None
        if event is None or due is None or due > now:
            continue
        people = _urged(firm, event)
        firm.ask(people, _idle(event), _asked(event))
        event.nagged.append(now)
        uow.ledger.append([Fact("EventNagged", id, ENGINE, now, {"people": people})])
        keep_event(uow, event, firm.site)


def _urged(firm: FirmMatter, event: LoggedEvent) -> list[str]:
    """The owner alone at first; the duty lead too the second time, or where nobody owns it."""
    lead = firm.roster.holder(DUTY_LEAD, firm.now)
    owned = firm.roster.known(event.owner)
    people = [event.owner, *([lead] if event.nagged else [])] if owned else [lead]
    return list(dict.fromkeys(filter(None, people)))


def _idle(event: LoggedEvent) -> Words:
    times = len(event.nagged) + 1
    return Words(
        f"催办（第{times}次）：{event.id} {event.title}，优先级{event.priority}，尚无进展",
        f"Urged ({times}): {event.id} {event.title}, priority {event.priority}: nothing was done",
    )


def _asked(event: LoggedEvent) -> Words:
    return Words(
        f"登记进展：event note {event.id}；办结：event close {event.id}",
        f"Say what was done: event note {event.id}, or event close {event.id}",
    )


@each_day(time(8, 45))
def list_overdue_events(uow: UnitOfWork, now: datetime) -> None:
    """The duty lead and the event manager hear which events lie idle; nothing if none does."""
    firm = FirmMatter.load(uow, now)
    rules = firm.site.event_rules
    late = [one for one in uow.logged_events.open().values() if one.is_overdue(rules, now)]
    if not late:
        return
    late.sort(key=lambda one: (one.priority, one.at))
    named, more = [f"· {one.id} {one.title}" for one in late[:MOST_NAMED]], len(late) - MOST_NAMED
    over = Words(f"· 另有{more}起", f"· and {more} more")
    listed = [Words(line, line) for line in named] + ([over] if more > 0 else [])
    work = Words("\n".join(one.zh for one in listed), "\n".join(one.en for one in listed))
    holders = (firm.roster.holder(role, now) for role in (DUTY_LEAD, EVENT_MANAGER))
    people = list(dict.fromkeys(filter(None, holders)))
    first = f"{late[0].id} {late[0].title}"
    said = Words(
        f"逾期未处理的运维事件{len(late)}起，首起{first}",
        f"{len(late)} events lie idle, the first is {first}",
    )
    asks = Words("请催办：event list --overdue", "See to them: event list --overdue")
    firm.ask(people, said, asks, work)
