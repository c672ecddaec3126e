"""Work cards: a function of the register, whose change concerns those whose card it changes."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.domain.card_making import card_holders, card_of, cards_of
from responder.domain.numbers import number_shown
from responder.domain.organisation import Role
from responder.domain.people import Way
from responder.domain.playbook import Playbook, Task
from responder.domain.rota import Rotation
from responder.domain.site import Site
from responder.domain.words import Words
from responder.domain.work_card import WorkCard
from responder.domain.work_card_words import CardWords, card_lines
from responder.site.loader import load
from responder.site.sample import sample_folder
from tests.stage.firm import small_firm

MINUTE = timedelta(minutes=1)
STARTS = datetime.fromisoformat("2026-01-05T08:30")
ROLES = ("duty_lead", "system_admin", "it_lead")
tasks = st.builds(
    Task,
    id=st.sampled_from(["a", "b", "c", "d"]),
    title=st.sampled_from([Words("甲", "a"), Words("乙", "b")]),
    role=st.sampled_from([*ROLES, "nobody", ""]),
    due=st.none() | st.integers(1, 90).map(lambda n: n * MINUTE),
    safety=st.booleans(),
)
plans = st.lists(st.lists(tasks, max_size=5), max_size=5).map(
    lambda many: {f"p{n}": Playbook(f"p{n}", tasks=tuple(one)) for n, one in enumerate(many)}
)


@pytest.fixture(scope="module")
def sample():
    return load(sample_folder()).site


def calls(site, person, number):
    """The same site with another telephone for somebody."""
    changed = replace(site.people[person], reach=(Way("voice", number),))
    return replace(site, people={**site.people, person: changed})


def card(site: Site, person: str) -> WorkCard:
    """Somebody's card, who has one."""
    return cards_of(site, (person,))[person]


def tasks_of(site, role):
    """What the plan has a role do."""
    books = site.playbooks.values()
    return [(book.id, task) for book in books for task in book.tasks if task.role == role]


def differing(before, after):
    return [
        person
        for person in card_holders(after)
        if card(before, person).fingerprint != card(after, person).fingerprint
    ]


@given(plans)
def test_a_card_has_all_the_plans_tasks_of_its_roles_and_no_others(playbooks):
    """Nothing the plan has a holder do is missing from the card, nothing is added."""
    site = small_firm(playbooks=playbooks)
    for person in card_holders(site):
        one = card(site, person)
        roles = [post.role for post in one.posts]
        planned = {(p, t.id, t.role) for role in roles for p, t in tasks_of(site, role)}
        on_card = {(p, t.id, t.role) for t in one.tasks for p in t.playbooks}
        assert on_card == planned
        listed = {(s.playbook, title) for s in one.schemes for title, _ in s.tasks}
        assert listed == {(p, t.title) for role in roles for p, t in tasks_of(site, role)}


@given(plans)
def test_safety_comes_first_then_what_is_done_most_then_what_is_due_first(playbooks):
    """The tasks somebody reads first are those that matter first."""
    for person in ("duty", "admin", "head"):
        found = card(small_firm(playbooks=playbooks), person).tasks
        order = [(not t.safety, -len(t.playbooks), t.due or timedelta.max) for t in found]
        assert order == sorted(order)


def test_everybody_with_a_post_holds_a_card(sample):
    """Holders and backups, standing or by turns, both bodies, the liaisons, the succession."""
    holders = set(card_holders(sample))
    for role in sample.roles.values():
        turns = [sample.rotations.get(r) for r in (role.rotation, role.backup_rotation)]
        people = {role.primary, role.backup, *(p for t in turns if t for p in t.people)} - {""}
        assert people <= holders
    assert {*sample.command.succession, *sample.command.body.everyone} <= holders
    assert set(sample.execution_body.everyone) <= holders
    assert card_of(sample, "tao.jing") is None
    assert card_of(sample, "nobody.known") is None


def test_a_changed_number_changes_the_cards_that_bear_it(sample):
    """A key post's number stands on its holder's card and on its other holder's; no other."""
    assert differing(sample, calls(sample, "hu.bin", "+8613900000001")) == ["hu.bin", "guo.liang"]


def test_a_changed_duty_phone_changes_every_card(sample):
    """Everybody calls the duty phone."""
    first, *rest = sample.liaisons
    after = replace(sample, liaisons=(replace(first, duty_phone="+862150009999"), *rest))
    assert differing(sample, after) == list(card_holders(sample))


def test_what_no_card_bears_changes_none(sample):
    """An auditor's number, a related unit's remark: nobody gets a new card for it."""
    units = {id: replace(u, remarks=Words("改", "new")) for id, u in sample.units.items()}
    after = replace(calls(sample, "tao.jing", "+8613900000002"), units=units)
    assert differing(sample, after) == []


def test_who_takes_turns_sees_the_others_once():
    """A rotation names everybody in it but oneself."""
    site = small_firm(
        rotations={"turns": Rotation("turns", STARTS, people=("duty", "admin", "deputy"))},
        roles={"duty_lead": Role("duty_lead", Words("值班负责人", "Duty lead"), "turns")},
    )
    (post,) = card(site, "admin").posts
    assert (post.held, post.others) == (("turns",), ("duty", "deputy"))


def test_a_decider_reads_the_place_and_the_questions(sample):
    """Who may decide reads what, in which place."""
    one = card(sample, "liu.min")
    assert one.place == 2
    assert "按递补顺序第2位决策：启动Ⅰ级响应" in one.rights[0].zh
    assert "动用应急保障资金" in [one.zh for one in card(sample, "lin.yue").rights]


def test_the_text_has_no_number_of_anybody(sample):
    """The lines for a chat that may lead abroad carry nobody's number."""
    for person in card_holders(sample):
        said = "\n".join(card_lines(card(sample, person), 1, "zh"))
        digits = "".join(filter(str.isdigit, said))
        assert not [
            p
            for p in sample.people.values()
            for n in p.reach
            if n.to[3:] in digits and n.via == "voice"
        ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_words_of_a_card(sample, language):
    """What stands on it, in the reader's language."""
    words = CardWords(card(sample, "hu.bin"), language)
    said = [words.headline, *words.held(), *words.tasks(), *words.called()]
    assert all(said)
    assert words.either("机房管理员（主岗）", "Machine-room administrator (primary)") in said
    why, who, number = list(words.contacts())[2]
    assert who == words.either("郭亮", "Guo Liang")
    assert number == words.either("138 0013 8026", "+86 138 0013 8026")
    assert "备岗" in why or "backup" in why


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        ("+8613800138001", "138 0013 8001", "+86 138 0013 8001"),
        ("+862150001111", "021-5000 1111", "+86 21 5000 1111"),
        ("+861050190003", "010-5019 0003", "+86 10 5019 0003"),
        ("+8675512345678", "0755-1234 5678", "+86 755 1234 5678"),
        ("119", "119", "119"),
        ("+12025550100", "+12025550100", "+12025550100"),
        ("", "", ""),
    ],
)
def test_numbers_as_they_are_dialled(number, zh, en):
    """At home as one dials there, else as one dials from anywhere."""
    assert (number_shown(number, "zh"), number_shown(number, "en")) == (zh, en)
