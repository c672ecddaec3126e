"""Work cards as the register makes them (JR/T 0099 7.1 r).

A card is a function of the site alone: whom a change of the register concerns is whoever's card
it changes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta

from responder.domain.organisation import DUTY_LEAD, IT_LEAD, Role
from responder.domain.people import Person
from responder.domain.playbook import Playbook, Task
from responder.domain.roster import Target
from responder.domain.site import Site
from responder.domain.words import Words
from responder.domain.work_card import (
    BACKUP,
    BACKUP_BY_TURNS,
    BY_TURNS,
    PRIMARY,
    CardTask,
    Contact,
    Post,
    Scheme,
    WorkCard,
    dialled,
)

NEXT_IN_LINE = 3
"""How many of the order of succession every card names."""
NEVER = timedelta.max
Planned = tuple[int, Playbook, Task]
"""A task with its playbook, and its place among all tasks of the plan."""


def card_of(site: Site, person: str) -> WorkCard | None:
    """Somebody's card; None for whom the contacts do not know, or who holds nothing."""
    return cards_of(site, (person,)).get(person)


def cards_of(site: Site, people: Iterable[str]) -> dict[str, WorkCard]:
    """The cards of those people who hold one."""
    making = _Making(site)
    return {person: making.card(person) for person in people if person in making.holders}


def card_holders(site: Site) -> tuple[str, ...]:
    """Everybody with a post, in a body, in the succession, or a liaison; in the contacts' order."""
    holding = {*site.command.succession, *site.command.body.everyone}
    holding |= {*site.execution_body.everyone, *(one.person for one in site.liaisons)}
    for role in site.roles.values():
        holding |= {person for _, people in holders_of(site, role) for person in people}
    return tuple(person for person in site.people if person in holding)


def holders_of(site: Site, role: Role) -> Iterator[tuple[str, tuple[str, ...]]]:
    """How a role is held and by whom: by turns, and standing."""
    for way, rotation, standing, turns in (
        (PRIMARY, role.rotation, role.primary, BY_TURNS),
        (BACKUP, role.backup_rotation, role.backup, BACKUP_BY_TURNS),
    ):
        if rotation in site.rotations:
            yield turns, site.rotations[rotation].people
        if standing:
            yield way, (standing,)


class _Making:
    """What all cards of a site are made from, looked up once."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.holders = frozenset(card_holders(site))
        self.posts = _posts(site)
        self.planned = _planned(site)
        self.duty_phones = tuple(
            (
                site.people[one.person].name if one.person in site.people else Words(one.person),
                one.duty_phone,
                one.fax,
            )
            for one in site.liaisons
        )

    def card(self, person: str) -> WorkCard:
        """The card of somebody who holds one."""
        site, known = self.site, self.site.people[person]
        posts = tuple(self.posts.get(person, ()))
        return WorkCard(
            person=person,
            name=known.name,
            title=known.title,
            language=known.language,
            firm=site.firm.name,
            posts=posts,
            bodies=tuple(_bodies(site, person)),
            place=_place(site, person),
            tasks=tuple(self._tasks(posts)),
            schemes=tuple(self._schemes(posts)),
            duty_phones=self.duty_phones,
            contacts=tuple(_contacts(site, known, posts)),
            rights=tuple(_rights(site, person, posts)),
            own_ways=tuple((way.via, way.to or way.how) for way in known.reach),
        )

    def _tasks(self, posts: tuple[Post, ...]) -> list[CardTask]:
        """People's safety first, then what most playbooks ask, then what is due earliest."""
        found: dict[tuple[str, str], list[tuple[str, Task]]] = {}
        for post in posts:
            for _, playbook, task in self.planned.get(post.role, ()):
                found.setdefault((post.role, task.id), []).append((playbook.id, task))
        tasks = [_merged(role, id, rows) for (role, id), rows in found.items()]
        return sorted(tasks, key=lambda t: (not t.safety, -len(t.playbooks), t.due or NEVER))

    def _schemes(self, posts: tuple[Post, ...]) -> Iterator[Scheme]:
        rows = [row for post in posts for row in self.planned.get(post.role, ())]
        by_playbook: dict[str, list[Planned]] = {}
        for row in sorted(rows, key=lambda row: row[0]):
            by_playbook.setdefault(row[1].id, []).append(row)
        for id, planned in by_playbook.items():
            tasks = tuple((task.title, task.due) for _, _, task in planned)
            yield Scheme(id, planned[0][1].title, tasks)


def _posts(site: Site) -> dict[str, list[Post]]:
    """Everybody's posts."""
    found: dict[str, list[Post]] = {}
    for role in site.roles.values():
        holders = list(holders_of(site, role))
        everyone = dict.fromkeys(p for _, people in holders for p in people if p in site.people)
        for person in everyone:
            held = tuple(way for way, people in holders if person in people)
            others = tuple(one for one in everyone if one != person)
            found.setdefault(person, []).append(Post(role.id, role.name, held, others))
    return found


def _planned(site: Site) -> dict[str, list[Planned]]:
    """What the plan has each role do."""
    found: dict[str, list[Planned]] = {}
    place = 0
    for playbook in site.playbooks.values():
        for task in playbook.tasks:
            place += 1
            found.setdefault(task.role, []).append((place, playbook, task))
    return found


def _bodies(site: Site, person: str) -> Iterator[Words]:
    command, execution = site.command.body, site.execution_body
    if person == command.head:
        yield Words("应急领导小组组长（总指挥）", "head of the command body")
    elif person in command.everyone:
        yield Words("应急领导小组成员", "member of the command body")
    if person == execution.head:
        yield Words("应急工作小组组长", "head of the executing body")
    elif person in execution.everyone:
        yield Words("应急工作小组成员", "member of the executing body")
    if any(one.person == person for one in site.liaisons):
        yield Words("通报联络人", "liaison officer")


def _place(site: Site, person: str) -> int:
    order = site.command.succession
    return order.index(person) + 1 if person in order else 0


def _merged(role: str, id: str, rows: list[tuple[str, Task]]) -> CardTask:
    """One task that stands in several playbooks, under the title most of them give it."""
    titles = Counter(task.title for _, task in rows)
    return CardTask(
        id=id,
        title=titles.most_common(1)[0][0],
        role=role,
        playbooks=tuple(dict.fromkeys(playbook for playbook, _ in rows)),
        due=min((task.due for _, task in rows if task.due is not None), default=None),
        safety=any(task.safety for _, task in rows),
        danger=any(task.danger for _, task in rows),
    )


def _contacts(site: Site, person: Person, posts: tuple[Post, ...]) -> Iterator[Contact]:
    """One's own counterparts, the head of IT, the first in line to decide; nobody twice."""
    named = {person.id}
    wanted: list[tuple[str, Words]] = []
    for post in posts:
        wanted += [(one, _counterpart(post)) for one in post.others]
    lead = site.roles.get(IT_LEAD)
    if lead is not None:
        wanted.append((lead.primary, Words("信息技术负责人", "head of IT")))
    for place, one in enumerate(site.command.succession[:NEXT_IN_LINE], 1):
        head = one == site.command.body.head
        why = Words(f"决策第{place}顺位", f"decides, no. {place}")
        wanted.append((one, Words("总指挥", "head of the command body") if head else why))
    for id, why in wanted:
        known = site.people.get(id)
        if known is not None and id not in named:
            named.add(id)
            yield Contact(why, id, known.name, dialled(known.reach))


def _counterpart(post: Post) -> Words:
    if post.held == (PRIMARY,):
        return Words(f"{post.name.zh}备岗", f"{post.name.en}, backup")
    if post.held == (BACKUP,):
        return Words(f"{post.name.zh}主岗", f"{post.name.en}, primary")
    return Words(f"{post.name.zh}轮值", f"{post.name.en}, by turns")


def _rights(site: Site, person: str, posts: tuple[Post, ...]) -> Iterator[Words]:
    """What one may decide: by succession, by role, by command and by grant."""
    roles = {post.role for post in posts}
    place = _place(site, person)
    if place:
        yield Words(
            f"按递补顺序第{place}位决策：{_asked(site, 'zh')}",
            f"No. {place} in the order of succession: {_asked(site, 'en')}",
        )
    for decision in site.decisions.values():
        asked = {Target.parse(who).id for who in decision.who if not decision.by_succession}
        if asked & roles:
            yield decision.question
    if {DUTY_LEAD, IT_LEAD} & roles:
        yield Words("担任现场指挥，调整响应级别", "Take command of an incident, change its level")
    if person in site.grants.get("approver", ()):
        yield Words("签发公告与监管报告", "Sign notices and reports")


def _asked(site: Site, language: str) -> str:
    questions = [
        one.question.said(language) for one in site.decisions.values() if one.by_succession
    ]
    return ("、" if language == "zh" else ", ").join(questions)
