"""What changed in the plan, and whether that is major: the classifier, over any two sites."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.domain.organisation import Body, Command, Decision, Role
from responder.domain.people import Person, Way
from responder.domain.plan_change import (
    COUNTS,
    SLIP,
    is_major,
    is_slip,
    plan_changes,
    reasons,
)
from responder.domain.playbook import Playbook, Task
from responder.domain.register import PLAN_SECTIONS, Filing, Plan, Section, System
from responder.domain.rota import Absence
from responder.domain.site import Site
from responder.domain.words import Words
from responder.site.loader import load
from responder.site.sample import sample_folder

SAMPLE: Any = load(sample_folder()).site
IDS = st.sampled_from(["a", "b", "c", "d"])
PEOPLE = {id: Person(id, Words(id, id.upper())) for id in "abcd"}
TEXTS = st.sampled_from(
    ["五分钟内答复。", "十分钟内答复。", "五分钟內答复。", "", "另写一段，内容完全不同。"]
)
ROLES = st.dictionaries(IDS, st.builds(Role, IDS, primary=IDS, backup=IDS), max_size=2)
BOOKS = st.dictionaries(
    IDS,
    st.builds(
        Playbook,
        IDS,
        level=st.integers(1, 4),
        report_path=st.lists(IDS, max_size=2).map(tuple),
        tasks=st.lists(st.builds(Task, IDS, role=IDS), max_size=2).map(tuple),
        owner=IDS,
    ),
    max_size=2,
).map(lambda found: {id: replace(one, id=id) for id, one in found.items()})
SITES = st.builds(
    lambda head, members, line, span, roles, books, texts, systems: Site(
        people=PEOPLE,
        command=Command(Body(head, tuple(members)), tuple(line), timedelta(minutes=span)),
        roles={id: replace(one, id=id) for id, one in roles.items()},
        playbooks=books,
        systems={id: System(id, core=core) for id, core in systems.items()},
        plan=Plan(sections={letter: Section(body=Words(t, t)) for letter, t in texts.items()}),
    ),
    IDS,
    st.lists(IDS, unique=True),
    st.lists(IDS, unique=True),
    st.integers(1, 3),
    ROLES,
    BOOKS,
    st.dictionaries(st.sampled_from(PLAN_SECTIONS), TEXTS, max_size=4),
    st.dictionaries(IDS, st.booleans(), max_size=2),
)


def touching(site, **fields):
    return plan_changes(site, replace(site, **fields))


def text(letter, old, new):
    """The sample with a phrase of a section changed, in Chinese."""
    sections = dict(SAMPLE.plan.sections)
    body = sections[letter].body
    assert old in body.zh
    changed = Words(body.zh.replace(old, new, 1), body.en)
    sections[letter] = replace(sections[letter], body=changed)
    return replace(SAMPLE, plan=replace(SAMPLE.plan, sections=sections))


@given(SITES)
def test_nothing_differs_from_itself(site):
    """No change is ever made up."""
    assert plan_changes(site, site) == ()


@given(SITES, SITES)
def test_there_and_back_weigh_the_same(one, other):
    """A change is as major as its undoing, but where a scheme is lost; both name the same keys."""
    there, back = plan_changes(one, other), plan_changes(other, one)
    assert {c.key for c in there} == {c.key for c in back}
    heavy = {c.key for c in there if c.major and c.kind != "scheme lost"}
    assert heavy == {c.key for c in back if c.major and c.kind != "scheme lost"}


@given(SITES, SITES)
def test_what_decides_is_major(one, other):
    """Heads, succession, posts, levels, recipients, systems: any difference in them is major."""
    deciding = (
        one.command != other.command and one.command.body.everyone != other.command.body.everyone,
        one.command.body.head != other.command.body.head,
        one.command.succession != other.command.succession,
        one.command.hand_down_after != other.command.hand_down_after,
        one.roles != other.roles,
        {id: s.core for id, s in one.systems.items()}
        != {id: s.core for id, s in other.systems.items()},
        {id: (b.level, b.report_path) for id, b in one.playbooks.items()}
        != {id: (b.level, b.report_path) for id, b in other.playbooks.items()},
    )
    if any(deciding):
        found = plan_changes(one, other)
        # the order of members alone is no change of the plan
        moved = sorted(one.command.body.everyone) == sorted(other.command.body.everyone)
        if any(deciding[1:]) or not moved:
            assert is_major(found)


@given(SITES, SITES)
def test_the_whole_is_as_major_as_its_gravest_part(one, other):
    """And its reasons begin with a major one."""
    found = plan_changes(one, other)
    assert is_major(found) == any(c.major for c in found)
    if is_major(found):
        grave = {COUNTS[kind][0] for kind in COUNTS if COUNTS[kind][1]}
        assert reasons(found)[0] in grave
    assert [c.section for c in found] == sorted(c.section for c in found)


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_slip_is_small(was, now):
    """What counts as a slip changes no digit, and little."""
    if was.split() != now.split() and is_slip([(was, now)]):
        assert abs(len("".join(was.split())) - len("".join(now.split()))) <= 40
        assert sorted(filter(str.isdigit, was)) == sorted(filter(str.isdigit, now))


@pytest.mark.parametrize(
    ("letter", "old", "new", "kind"),
    [
        ("c", "五分钟内未答复", "十分钟内未答复", "text"),
        ("c", "主备岗不得同时离岗", "主备岗可以同时离岗", "text"),
        ("c", "总指挥决策", "副总指挥决策", "text"),
        ("g", "十分钟内电话报告", "电话报告", "text"),
        ("f", "累计达到三十分钟", "累计达到四十分钟", "text"),
        ("c", "不得兼任两个关键岗位", "不得兼任两个关键岗位。", "slip"),
        ("g", "照实报告", "如实报告", "slip"),
        ("h", "谁主管谁负责", "谁主管、谁负责", "slip"),
        ("h", "处置的第一步是确认人员安全", "处置的第一步是抢修系统，人员安全其次", "wording"),
        ("a", "制定本预案", "特制定本预案并于每年修订一次", "wording"),
    ],
)
def test_the_words_of_the_sample(letter, old, new, kind):
    """A limit, a negation or a post is the substance; a stroke of the pen is none."""
    (found,) = plan_changes(SAMPLE, text(letter, old, new))
    assert (found.section, found.kind) == (letter, kind)
    assert found.major is (kind == "text")


def test_the_head_of_decisions_is_major():
    """Requirement 7.1-R.f: a change of the decision head is major, and says so."""
    command = replace(SAMPLE.command, body=replace(SAMPLE.command.body, head="liu.min"))
    (found,) = touching(SAMPLE, command=command)
    assert found.major
    assert (found.section, found.kind) == ("c", "organisation")
    assert "陈国" in found.said.zh
    assert "Liu Min" in found.said.en


@pytest.mark.parametrize(
    ("what", "fields", "kinds"),
    [
        ("people on a rotation", {"rotations": "turn"}, {"roster"}),
        ("an absence", {"absences": (Absence("li.na", None, None),)}, set()),  # type: ignore[arg-type]
        ("a filing", {"plan": "filed"}, set()),
        ("a phone number", {"people": "phone"}, set()),
        ("a name put right", {"people": "name"}, set()),
        ("a decision's deciders", {"decisions": "who"}, {"succession"}),
        ("a scheme dropped", {"playbooks": "lost"}, {"scheme lost", "grading", "reporting"}),
        ("a task of a scheme", {"playbooks": "task"}, {"scheme"}),
        ("whom a scheme reports to", {"playbooks": "path"}, {"reporting"}),
        ("the authority", {"firm": "core"}, {"reporting"}),
    ],
)
def test_what_counts(what, fields, kinds):
    """The table of what counts, one by one, on the sample."""
    found = touching(SAMPLE, **{key: made(key, how) for key, how in fields.items()})
    assert {one.kind for one in found} == kinds, what


def made(key, how) -> Any:
    """The part of the sample's site that changes so."""
    site, one = SAMPLE, Any
    match how:
        case "turn":
            rota = site.rotations["monitoring"]
            return {**site.rotations, "monitoring": replace(rota, people=rota.people[::-1])}
        case "filed":
            return replace(site.plan, filed=(Filing(site.plan.published_on, "x"),))
        case "phone":
            one = site.people["li.na"]
            return {**site.people, "li.na": replace(one, reach=(Way("voice", "+8613800000000"),))}
        case "name":
            one = site.people["li.na"]
            return {**site.people, "li.na": replace(one, name=Words("李那", "Li Na"))}
        case "who":
            one = site.decisions["notify-investors"]
            return {**site.decisions, one.id: Decision(one.id, one.question, ("role:pr_lead",))}
        case "lost":
            return {id: one for id, one in site.playbooks.items() if id != "ddos"}
        case "task":
            one = site.playbooks["ddos"]
            return {**site.playbooks, "ddos": replace(one, tasks=one.tasks[:-1])}
        case "path":
            one = site.playbooks["ddos"]
            return {**site.playbooks, "ddos": replace(one, report_path=one.report_path[1:])}
        case "core":
            return replace(site.firm, institution="core")
        case _:
            return how


def test_a_slip_has_a_limit():
    """More than so many signs is no slip, whatever they are."""
    assert is_slip([("照实报告", "如实报告")])
    assert not is_slip([("", "甲" * (SLIP + 1))])
