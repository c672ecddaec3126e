"""The contact manual and the emergency work cards (JR/T 0099 7.1 o, r).

7.1-o.1: the manual names everybody in the organisation, and its printed copies are not old.
7.1-r: whoever holds a post holds a card that is right, and has received it.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from responder.domain.card_making import card_holders, cards_of
from responder.domain.issued_card import IssuedCard, ManualPlaced
from responder.domain.proving import on_call
from responder.domain.revision import Stage
from responder.domain.site import Site
from responder.domain.words import Words
from responder.domain.work_card import WorkCard
from responder.readiness.control import Gap, Light, Seen, control
from responder.readiness.situation import Situation

OLD, TOO_OLD = timedelta(days=180), timedelta(days=366)
RECEIPT_OVERDUE = timedelta(days=7)
PRINT = Words(
    "contacts print --out 手册.pdf；放好后：contacts placed 地点",
    "contacts print --out manual.pdf; once it lies there: contacts placed PLACE",
)


@control("7.1-o.1", "应急处置联络手册：详细的联络方式", "A contact manual with detailed means")
def manual(situation: Situation) -> Seen:
    """It holds everybody, with a way to reach them, and lies printed where it is needed."""
    site, copies = situation.site, tuple(_placed(situation).values())
    oldest = min((one.printed_on for one in copies), default=None)
    return Seen(
        (*_strangers(site), *_unreachable(site), *_printed(situation, copies)),
        Words(
            f"手册收录{len(site.people)}人、{len(site.units)}家关联单位，"
            f"印刷件放在{len(copies)}处，最早{oldest or '—'}",
            f"The manual holds {len(site.people)} people and {len(site.units)} units;"
            f" printed at {len(copies)} places, the oldest of {oldest or '—'}",
        ),
        oldest,
    )


def _strangers(site: Site) -> Iterator[Gap]:
    """Members of the organisation whom the contacts do not know."""
    command, execution = site.command, site.execution_body
    members = dict.fromkeys(
        (
            *command.body.everyone,
            *command.succession,
            *execution.everyone,
            *(one.person for one in site.liaisons),
        )
    )
    for id in members:
        if id not in site.people:
            yield Gap(
                Words(f"组织体系中的“{id}”不在手册中", f"{id} of the organisation is not in it"),
                Words(f"contacts/people.yaml：补充{id}", f"contacts/people.yaml: add {id}"),
            )


def _unreachable(site: Site) -> Iterator[Gap]:
    """People without any way; whoever is on call is asked for more than that by 7.1-n."""
    watched = set(on_call(site))
    for person in site.people.values():
        if not person.reach and person.id not in watched:
            yield Gap(
                Words(
                    f"{person.name.zh}没有任何联系方式",
                    f"There is no way to reach {person.name.en}",
                ),
                Words(f"contacts change {person.id}", f"contacts change {person.id}"),
                owner=person.id,
            )


def _placed(situation: Situation) -> dict[str, ManualPlaced]:
    """The copies by where they lie; the newer record of a place counts."""
    copies: dict[str, ManualPlaced] = {}
    for one in (*situation.site.manuals_placed, *situation.manuals_placed):
        before = copies.get(one.where.zh)
        if before is None or before.printed_on <= one.printed_on:
            copies[one.where.zh] = one
    return copies


def _printed(situation: Situation, copies: tuple[ManualPlaced, ...]) -> Iterator[Gap]:
    owner = _keeper(situation.site)
    if not copies:
        what = Words("没有印刷的联络手册", "No printed manual lies anywhere")
        yield Gap(what, PRINT, owner=owner)
        return
    for one in copies:
        age = situation.today - one.printed_on
        if age > OLD:
            what = Words(
                f"{one.where.zh}的手册是{one.printed_on}的，已{age.days}天",
                f"The manual at {one.where.said('en')} is of {one.printed_on}, {age.days} days old",
            )
            yield Gap(what, PRINT, Light.RED if age > TOO_OLD else Light.AMBER, owner)
    changed = _changes_since(situation, max(one.printed_on for one in copies))
    if changed:
        what = Words(
            f"印发之后通讯录又有{changed}次变更",
            f"The register changed {changed} times since it was printed",
        )
        yield Gap(what, PRINT, Light.AMBER, owner)


def _keeper(site: Site) -> str:
    """Who sees to manuals and cards: the first administrator."""
    return next(iter(site.grants.get("administrator", ())), "")


def _changes_since(situation: Situation, day: date) -> int:
    return sum(one.stage is Stage.APPLIED and one.at.date() > day for one in situation.revisions)


@control(
    "7.1-r", "应急工作卡片：关键任务、联络人和联络方式", "Emergency work cards for all who act"
)
def work_cards(situation: Situation) -> Seen:
    """Everybody with a post has a card that says what the register says, and received it."""
    site = situation.site
    issued = {one.person: one for one in situation.issued_cards if one.withdrawn_at is None}
    on_paper = {one.person: one.received_on for one in site.cards_held}
    holders = [person for person in card_holders(site) if person not in situation.gone]
    made = cards_of(site, issued)
    gaps = [
        gap
        for person in holders
        for gap in (
            _of_issued(situation, made[person], issued[person])
            if person in issued
            else _of_paper(situation, person, on_paper.get(person))
        )
    ]
    received = [
        one.received_at.date()
        for one in issued.values()
        if one.received_at is not None and one.person in holders
    ]
    days = [*received, *(on_paper[p] for p in holders if p in on_paper and p not in issued)]
    return Seen(
        tuple(gaps),
        Words(
            f"{len(holders)}名应急岗位人员均持有应急工作卡片并已签收",
            f"All {len(holders)} people with a post hold a work card, and received it",
        ),
        min(days, default=None),
    )


def _of_paper(situation: Situation, person: str, on_paper: date | None) -> Iterator[Gap]:
    """A card from before cards were issued here, or none at all."""
    name = situation.site.people[person].name
    if on_paper is None:
        what = Words(f"{name.zh}没有应急工作卡片", f"{name.en} has no work card")
        yield Gap(what, _issue(person), owner=_keeper(situation.site))
    elif _changes_since(situation, on_paper):
        what = Words(
            f"{name.zh}的纸质卡片领于{on_paper}，此后通讯录有变更",
            f"{name.en} has a paper card of {on_paper}; the register changed since",
        )
        yield Gap(what, _issue(person), Light.AMBER, _keeper(situation.site))


def _of_issued(situation: Situation, card: WorkCard, issued: IssuedCard) -> Iterator[Gap]:
    if card.fingerprint != issued.fingerprint:
        what = Words(
            f"{card.name.zh}的卡片内容已过时", f"The card of {card.name.en} is out of date"
        )
        yield Gap(what, _issue(card.person), owner=_keeper(situation.site))
    elif issued.received_at is None:
        waited = situation.at - issued.issued_at
        yield Gap(
            Words(
                f"{card.name.zh}尚未签收工作卡片第{issued.version}版（{waited.days}天）",
                f"{card.name.en} has not received card version {issued.version} ({waited.days} d)",
            ),
            Words(
                f"请本人回复“收到卡片”，或 contacts cards received {card.person}",
                f"They reply “card received”, or: contacts cards received {card.person}",
            ),
            Light.RED if waited > RECEIPT_OVERDUE else Light.AMBER,
            card.person,
        )


def _issue(person: str) -> Words:
    command = f"contacts cards issue {person}"
    return Words(command, command)
