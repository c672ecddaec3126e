"""Lead and backup never away together: the rule by stretches against a look at every minute."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from responder.domain.away import (
    Trouble,
    absence_clashes,
    exchanged,
    override_clashes,
    stand_ins,
    with_absence,
    with_overrides,
)
from responder.domain.coverage import holdings, turns
from responder.domain.organisation import Role
from responder.domain.people import Person
from responder.domain.roster import Roster
from responder.domain.rota import Absence, Override, Rotation
from responder.domain.site import Site
from tests.oracle.effort import effort

MINUTE = timedelta(minutes=1)
LENGTH = 300
PEOPLE = ("ann", "bo", "cy", "di")
SPRING, AUTUMN = datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)
"""Nights on which London's clocks change; the five hours looked at hold the change."""


@st.composite
def rosters(draw):
    """A lead and a backup by rotation, a post of two, one of one, with leave and overrides."""
    base = draw(st.sampled_from((SPRING, AUTUMN)))
    shift = timedelta(minutes=draw(st.sampled_from((45, 60, 97, 1440))))
    starts = (base - timedelta(days=1)).replace(tzinfo=None, hour=0, minute=30)
    people = st.sampled_from(PEOPLE)
    spans = st.tuples(st.integers(0, LENGTH), st.integers(1, 120))

    def at(minute):
        return base + minute * MINUTE

    def rotation(id):
        crew = draw(st.lists(people, min_size=1, max_size=3))
        return Rotation(id, starts, "Europe/London", shift, tuple(crew))

    site = Site(
        people={id: Person(id) for id in PEOPLE},
        roles={
            "lead": Role("lead", rotation="r", backup_rotation="b"),
            "pair": Role("pair", primary="ann", backup="di"),
            "alone": Role("alone", primary="cy"),
        },
        rotations={"r": rotation("r"), "b": rotation("b")},
        overrides=tuple(
            Override(draw(st.sampled_from("rb")), at(start), at(start + length), draw(people))
            for start, length in draw(st.lists(spans, max_size=3))
        ),
        absences=tuple(
            Absence(draw(people), at(start), at(start + length))
            for start, length in draw(st.lists(spans, max_size=3))
        ),
    )
    return Roster(site), base


def minutes(start, end):
    at = start
    while at < end:
        yield at
        at += MINUTE


def inside(found, key, at):
    return any(key(one) and one.start <= at < one.end for one in found)


@given(rosters(), st.sampled_from(PEOPLE), st.integers(0, 200), st.integers(1, 100))
@effort(150)
def test_leave_is_refused_exactly_when_a_minute_would_have_nobody(drawn, person, start, length):
    """By every role and every minute: who is named, and whether any of them is there."""
    roster, base = drawn
    wanted = Absence(person, base + start * MINUTE, base + (start + length) * MINUTE)
    found = absence_clashes(roster, wanted)
    after = with_absence(roster, wanted)
    for role, post in roster.site.roles.items():
        for at in minutes(wanted.start, wanted.end):
            named = {p for p in after.posted(post, at) if p}
            empty = person in named and all(after.absent(p, at) for p in named)
            assert inside(found, lambda c, role=role: c.role == role, at) == empty, (role, at)
    for clash in found:
        assert person in clash.people
        assert wanted.start <= clash.start < clash.end <= wanted.end


@given(rosters(), st.sampled_from(PEOPLE), st.integers(0, 200), st.integers(1, 100))
@effort(100)
def test_whoever_stands_in_is_who_holds_the_role_then(drawn, person, start, length):
    """Each minute of a shift that is left names the holder of that minute."""
    roster, base = drawn
    wanted = Absence(person, base + start * MINUTE, base + (start + length) * MINUTE)
    found, after = stand_ins(roster, wanted), with_absence(roster, wanted)
    for role in roster.site.roles:
        for at in minutes(wanted.start, wanted.end):
            told = [s.person for s in found if s.role == role and s.start <= at < s.end]
            left = roster.holder(role, at) == person
            assert told == ([after.holder(role, at)] if left else [])


@given(rosters(), st.sampled_from("rb"), st.sampled_from(PEOPLE), st.integers(0, 200))
@effort(150)
def test_an_override_is_judged_minute_by_minute(drawn, rotation, person, start):
    """Nobody left, one's own backup, on shift while away: found exactly where they are."""
    roster, base = drawn
    wanted = Override(rotation, base + start * MINUTE, base + (start + 70) * MINUTE, person)
    found, after = override_clashes(roster, [wanted]), with_overrides(roster, [wanted])
    post = roster.site.roles["lead"]
    for at in minutes(wanted.start, wanted.end):
        first, second = after.posted(post, at)
        named = {p for p in (first, second) if p}
        meant = {
            Trouble.BOTH_AWAY: bool(named) and all(after.absent(p, at) for p in named),
            Trouble.OWN_BACKUP: bool(first) and first == second,
            Trouble.WHILE_AWAY: after.absent(person, at),
        }
        for trouble, expected in meant.items():
            assert inside(found, lambda c, t=trouble: c.trouble is t, at) == expected, (trouble, at)


@given(rosters(), st.permutations(PEOPLE), st.integers(0, 200), st.integers(1, 100))
@effort(100)
def test_a_swap_changes_two_people_and_nobody_else(drawn, order, start, length):
    """Within the time each stands where the other stood; outside it nothing moves."""
    roster, base = drawn
    one, other, *_ = order
    begin, end = base + start * MINUTE, base + (start + length) * MINUTE
    after = with_overrides(roster, exchanged(roster.site, "r", one, other, begin, end, "swap"))
    places = {one: other, other: one}
    post = roster.site.roles["lead"]
    for at in minutes(base, base + LENGTH * MINUTE):
        before = roster.posted(post, at)
        expected = tuple(places.get(p, p) for p in before) if begin <= at < end else before
        assert after.posted(post, at) == expected


@given(rosters())
@effort(100)
def test_holdings_are_the_roster_minute_by_minute(drawn):
    """No gap between them, no two alike side by side, each minute as the roster says."""
    roster, base = drawn
    until = base + LENGTH * MINUTE
    for role, post in roster.site.roles.items():
        found = holdings(roster, role, base, until)
        assert [h.start for h in found] == [base, *(h.end for h in found[:-1])]
        assert found[-1].end == until
        for before, after in pairwise(found):
            assert (before.holder, before.backup) != (after.holder, after.backup)
        for at in minutes(base, until):
            one = next(h for h in found if h.start <= at < h.end)
            assert one.holder == roster.holder(role, at)
            second = roster.posted(post, at)[1]
            there = second and not roster.absent(second, at) and second != one.holder
            assert one.backup == (second if there else "")


def test_two_shifts_at_once_are_found() -> None:
    """Somebody on shift elsewhere is not put on a second one."""
    base = SPRING
    starts = SPRING.replace(day=1, tzinfo=None)
    site = Site(
        people={id: Person(id) for id in PEOPLE},
        roles={
            "lead": Role("lead", rotation="r", backup="di"),
            "watch": Role("watch", rotation="w", backup="di"),
        },
        rotations={
            "r": Rotation("r", starts, "UTC", people=("ann",)),
            "w": Rotation("w", starts, "UTC", people=("bo",)),
        },
    )
    wanted = Override("r", base, base + 60 * MINUTE, "bo")
    (found,) = override_clashes(Roster(site), [wanted])
    assert (found.trouble, found.role, found.people) == (Trouble.TWO_SHIFTS, "watch", ("bo",))
    assert [t.holder for t in turns(site, "w", base, base + 60 * MINUTE)] == ["bo"]
    alone = replace(site, roles={"lead": site.roles["lead"]})
    assert override_clashes(Roster(alone), [wanted]) == ()
