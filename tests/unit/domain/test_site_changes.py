"""Two versions of the register compared and brought together: one rule for every use of it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from responder.domain.organisation import Liaison
from responder.domain.people import Person, Way
from responder.domain.rota import Override
from responder.domain.site import Firm, Site
from responder.domain.site_changes import changes, merged, touched
from responder.domain.words import Words
from tests.acceptance.conftest import EVENING

IDS = st.sampled_from(["a", "b", "c"])
NAMES = st.sampled_from([Words("甲"), Words("乙")])
PEOPLE = st.lists(IDS, unique=True).flatmap(
    lambda ids: st.fixed_dictionaries(
        {
            id: st.builds(Person, st.just(id), NAMES, st.sampled_from(["", "risk"]), title=NAMES)
            for id in ids
        }
    )
)
SITES = st.builds(
    Site,
    firm=st.builds(Firm, NAMES),
    people=PEOPLE,
    teams=st.dictionaries(IDS, st.lists(IDS, max_size=2).map(tuple)),
    liaisons=st.lists(
        st.builds(Liaison, IDS, st.sampled_from(["1", "2"])),
        max_size=2,
        unique_by=lambda o: o.person,
    ).map(tuple),
    overrides=st.lists(
        st.builds(Override, IDS, st.just(EVENING), st.just(EVENING), IDS), max_size=2
    ).map(tuple),
)


@given(SITES, SITES)
def test_no_change_is_no_difference(one, other):
    """Nothing differs exactly where both say the same."""
    assert changes(one, one) == ()
    assert bool(changes(one, other)) == (one != other)


@given(SITES, SITES)
def test_one_sided_changes_are_taken(base, other):
    """Where one side left everything alone, the other stands, and nothing conflicts."""
    assert merged(base, base, other).site == other
    assert merged(base, other, base).site == other
    assert merged(base, other, other).site == other
    for three in ((base, base, other), (base, other, base), (base, other, other)):
        assert merged(*three).conflicts == ()


@given(SITES, SITES, SITES)
def test_what_is_preferred_stands(base, ours, theirs):
    """Without a conflict it does not matter who is preferred; with one, their fields stand."""
    found, other = merged(base, ours, theirs), merged(base, ours, theirs, prefer_theirs=True)
    assert found.conflicts == other.conflicts
    if not found.conflicts:
        assert found.site == other.site
    for one in found.conflicts:
        assert one.ours != one.theirs
        assert one.base not in (one.ours, one.theirs) or one.base is None


@given(SITES, SITES, SITES)
def test_sides_agree_on_what_is_settled(base, ours, theirs):
    """Seen from the other side the same things conflict, and the rest comes out alike."""
    found, back = merged(base, ours, theirs), merged(base, theirs, ours)
    places = {(one.section, one.thing, one.field) for one in found.conflicts}
    assert places == {(one.section, one.thing, one.field) for one in back.conflicts}
    if not found.conflicts:
        assert found.site.people == back.site.people
        assert found.site.teams == back.site.teams


@given(SITES, SITES)
def test_an_undo_goes_all_the_way_back(before, after):
    """What one change did, taken back at once, leaves what there was."""
    assert merged(after, after, before).site == before


def test_each_field_is_its_own():
    """A number changed here and a title there are both kept; the same number is a conflict."""
    base = Site(people={"a": Person("a", Words("甲"), reach=(Way("voice", "1"),))})

    def with_a(**fields):
        return replace(base, people={"a": replace(base.people["a"], **fields)})

    numbered, titled = with_a(reach=(Way("voice", "2"),)), with_a(title=Words("长"))
    found = merged(base, numbered, titled)
    assert found.conflicts == ()
    assert found.site.people["a"].title == Words("长")
    assert found.site.people["a"].reach[0].to == "2"
    (one,) = merged(base, numbered, with_a(reach=(Way("voice", "3"),))).conflicts
    assert (one.section, one.thing, one.field) == ("people", "a", "reach")
    assert touched(base, found.site) == ["a"]


def test_somebody_removed_and_changed_is_a_conflict():
    """One side removed whom the other changed: nobody decides that but a human."""
    base = Site(people={"a": Person("a")})
    gone, changed = Site(), Site(people={"a": Person("a", Words("新"))})
    assert len(merged(base, gone, changed).conflicts) == 1
    assert merged(base, gone, changed).site == gone
    assert merged(base, gone, changed, prefer_theirs=True).site == changed
