"""Emergency work cards (应急工作卡片, JR/T 0099 7.1 r): issued, received, chased, issued afresh.

A card is a function of the register: a change of it issues those cards afresh that say something
else since, and no others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from responder.commands.command import Command, Reply, handles
from responder.commands.daily import each_day
from responder.commands.firm import note_fact, require_act
from responder.commands.manual.cards_shown import holders_in, known_cards
from responder.commands.matter import FirmMatter
from responder.commands.pursuit import roster_in_force
from responder.commands.revising import follows_revision
from responder.commands.telling import Teller, name
from responder.domain.card_making import card_holders
from responder.domain.issued_card import IssuedCard
from responder.domain.organisation import DUTY_LEAD
from responder.domain.people import Person
from responder.domain.record import ENGINE, By
from responder.domain.revision import Revision
from responder.domain.site import Site
from responder.domain.words import Words
from responder.domain.work_card import WorkCard
from responder.errors import Refused
from responder.ports.unit_of_work import UnitOfWork

CHASED_AFTER = timedelta(days=3)
"""How long a receipt may take before it is asked for again; as long again, and the duty lead is."""
ASKS = Words("收到请回复“收到卡片”；看卡片请发“工作卡”", "Reply “card received”; “card” shows it")


@dataclass(frozen=True)
class IssueCards(Command):
    """Issue cards to people, or to all who lack the right one.

    Where the one before is `lost`, its link opens nothing any more.
    """

    people: tuple[str, ...] = ()
    lost: bool = False


@dataclass(frozen=True)
class ReceiveCard(Command):
    """The card has been received: mine, or `person`'s, who signed for it on paper."""

    person: str = ""


# Issuing


@handles(IssueCards)
def issue_cards(command: IssueCards, uow: UnitOfWork, now: datetime) -> Reply:
    """Issue those that are wanted, tell whoever gets one, and ask for the receipt."""
    require_act("issue_cards", command.by, uow, now)
    roster, held = roster_in_force(uow), uow.issued_cards.all()
    cards = known_cards(roster.site, command.people or holders_in(roster))
    if command.lost and not command.people:
        raise Refused(what_zh="补发遗失的卡片须写明是谁的。", what_en="Name whose cards were lost.")
    wanted = [card for card in cards if command.lost or _is_due(card, held.get(card.person))]
    _issue(uow, wanted, command.by, now, lost=command.lost)
    if not wanted:
        said = Words("卡片都是最新的，没有重发。", "Every card is the latest; none was issued.")
        return Reply("FIRM", said, {"issued": []})
    count = len(wanted)
    said = Words(
        f"已发{count}张应急工作卡片，已请本人签收。",
        f"{count} work cards are issued; their holders are asked for a receipt.",
    )
    return Reply("FIRM", said, {"issued": [card.person for card in wanted]})


@follows_revision
def reissue(uow: UnitOfWork, before: Site, after: Site, one: Revision, now: datetime) -> None:
    """Issue the cards afresh that a change of the register made wrong, once any are issued."""
    held = uow.issued_cards.all()
    if not held:
        return
    had, have = set(card_holders(before)), holders_in(roster_in_force(uow))
    concerned = (person for person in have if person in held or person not in had)
    cards = known_cards(after, concerned)
    due = [card for card in cards if _is_due(card, held.get(card.person))]
    _issue(uow, due, ENGINE, now, revision=one.id)
    _withdraw(uow, [held[p] for p in held if p not in have and not held[p].withdrawn_at], now)


def _is_due(card: WorkCard, held: IssuedCard | None) -> bool:
    return held is None or bool(held.withdrawn_at) or held.fingerprint != card.fingerprint


def _issue(
    uow: UnitOfWork,
    cards: Iterable[WorkCard],
    by: By,
    now: datetime,
    *,
    revision: str = "",
    lost: bool = False,
) -> None:
    issued = [_put(uow, card, now, lost=lost) for card in cards]
    if not issued:
        return
    kind = "CardsReplaced" if lost else ("CardsReissued" if revision else "CardsIssued")
    people, versions = [one.person for one in issued], [one.version for one in issued]
    note_fact(uow, kind, by, now, people=people, versions=versions, revision=revision)
    for one in issued:
        tell_of(uow, now, one.person, _news(one.version, revision, lost=lost))


def _put(uow: UnitOfWork, card: WorkCard, now: datetime, *, lost: bool) -> IssuedCard:
    before = uow.issued_cards.get(card.person)
    version = before.version if before else 0
    void = version if lost else (before.void_through if before else 0)
    one = IssuedCard(card.person, version + 1, card.fingerprint, now, void_through=void)
    uow.issued_cards.put(card.person, one)
    return one


def _news(version: int, revision: str, *, lost: bool) -> Words:
    if version == 1:
        return Words("您的应急工作卡片已发出", "Your emergency work card is issued")
    why = Words("旧卡遗失补发", "the old one was lost") if lost else Words("内容有更新", "updated")
    if revision:
        why = Words(f"通讯录变更{revision}", f"the register changed, {revision}")
    return Words(
        f"您的应急工作卡片已更新为第{version}版（{why.zh}），旧卡作废，请销毁",
        f"Your emergency work card is now version {version} ({why.en}); destroy the old one",
    )


def _withdraw(uow: UnitOfWork, held: list[IssuedCard], now: datetime) -> None:
    """Whoever holds no post any more holds no card."""
    for one in held:
        one.withdrawn_at, one.void_through = now, one.version
        uow.issued_cards.put(one.person, one)
    if held:
        people = [one.person for one in held]
        note_fact(uow, "CardsWithdrawn", ENGINE, now, people=people)
    news = Words(
        "您已不担任应急岗位，应急工作卡片作废，请销毁",
        "You hold no post in the emergency organisation: destroy your work card",
    )
    for one in held:
        tell_of(uow, now, one.person, news, asks=False)


def tell_of(uow: UnitOfWork, now: datetime, person: str, what: Words, *, asks: bool = True) -> None:
    """Tell somebody of their card without ringing them."""
    matter = FirmMatter.load(uow, now)
    known: Person | None = matter.site.people.get(person)
    if known is None or not matter.roster.known(person):
        return
    facts = {"what": what.said(known.language)}
    facts |= {"asks": ASKS.said(known.language)} if asks else {}
    Teller(uow, matter.site, matter.subject, now).quietly(known, facts)


# Receipts


@handles(ReceiveCard)
def receive_card(command: ReceiveCard, uow: UnitOfWork, now: datetime) -> Reply:
    """Put the receipt on record; for another, who signed on paper, whoever issues cards may."""
    person = command.person or command.by.person
    act = "own_card" if person == command.by.person else "issue_cards"
    require_act(act, command.by, uow, now)
    held = uow.issued_cards.get(person)
    if held is None or held.withdrawn_at:
        whose = Words("您", "you") if person == command.by.person else Words(person, person)
        raise Refused(
            what_zh=f"没有发给{whose.zh}的应急工作卡片；由维护人员用 contacts cards issue 发卡。",
            what_en=f"No work card is issued to {whose.en}: an administrator issues it"
            " with `contacts cards issue`.",
        )
    if held.received_at:
        return Reply(person, Words("这张卡片已经签收过。", "This card was received already."))
    held.received_at, held.received_by = now, command.by.person
    uow.issued_cards.put(person, held)
    note_fact(uow, "CardReceived", command.by, now, person=person, version=held.version)
    said = Words(
        f"已登记：第{held.version}版应急工作卡片收到，旧卡请销毁。",
        f"On record: work card, version {held.version}, received. Destroy the old one.",
    )
    return Reply(person, said, {"version": held.version})


@each_day(time(9, 0))
def chase_receipts(uow: UnitOfWork, now: datetime) -> None:
    """Ask once more for a receipt that is three days late; then tell the duty lead, once."""
    again, given_up = list[str](), list[str]()
    for person, held in uow.issued_cards.open().items():
        if now < held.issued_at + CHASED_AFTER * (held.chased + 1) or held.chased >= 2:
            continue
        held.chased += 1
        uow.issued_cards.put(person, held)
        (again if held.chased == 1 else given_up).append(person)
    for person in again:
        what = Words("您的应急工作卡片还没有签收", "Your emergency work card is not received yet")
        tell_of(uow, now, person, what)
    _tell_duty_lead(uow, now, given_up)
    if again or given_up:
        note_fact(uow, "CardsChased", ENGINE, now, people=[*again, *given_up])


def _tell_duty_lead(uow: UnitOfWork, now: datetime, people: list[str]) -> None:
    if not people:
        return
    roster = roster_in_force(uow)
    named = {
        language: [name(roster.site, one, language) for one in people] for language in ("zh", "en")
    }
    what = Words(
        f"应急工作卡片催过仍未签收：{'、'.join(named['zh'])}。请当面落实",
        f"Work cards not received after a reminder: {', '.join(named['en'])}. See to it in person",
    )
    lead = roster.holder(DUTY_LEAD, now)
    if lead:
        tell_of(uow, now, lead, what, asks=False)
