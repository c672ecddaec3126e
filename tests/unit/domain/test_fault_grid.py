"""The coverage grid against a plain reading of the rule: every fault, both flows."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from responder.domain.fault_grid import fault_grid
from responder.domain.plan_life import Fault
from responder.domain.playbook import Playbook, Task
from responder.domain.register import System
from responder.domain.site import Site
from responder.domain.words import Words
from responder.site.loader import load
from responder.site.sample import sample_folder

SYSTEMS = st.sampled_from(["core", "web", "mail"])
FAULTS = st.sampled_from(["down", "leak", "fire"])
SOME = st.lists(SYSTEMS, unique=True).map(tuple)
BOOKS = st.lists(
    st.builds(
        Playbook,
        st.sampled_from(["one", "two", "three"]),
        fault=FAULTS,
        systems=SOME,
        tasks=st.sampled_from([(), (Task("safety"),)]),
        report_path=st.sampled_from([(), ("bureau",)]),
    ),
    max_size=3,
    unique_by=lambda book: book.id,
)
SITES = st.builds(
    lambda systems, faults, books: Site(
        systems={id: System(id) for id in systems},
        faults=faults,
        playbooks={book.id: book for book in books},
    ),
    st.lists(SYSTEMS, unique=True, min_size=1),
    st.dictionaries(
        FAULTS,
        st.builds(
            Fault, FAULTS, st.just(Words()), SOME, st.sampled_from([(), ("one",), ("one", "two")])
        ),
    ),
    BOOKS,
)


def is_covered(site: Site, system: str, fault: str) -> bool:
    """By the rule's own words: some scheme for it with a handling and a reporting flow."""
    meant = site.faults[fault].playbooks
    return any(
        (book.fault == fault or book.id in meant)
        and system in book.systems
        and book.tasks
        and book.report_path
        for book in site.playbooks.values()
    )


@given(SITES)
def test_holes_are_exactly_what_is_not_covered(site):
    """For every fault that names its systems, a hole stands where no whole scheme is."""
    cells = {(cell.system, cell.fault): cell for cell in fault_grid(site)}
    for id, fault in site.faults.items():
        for system in fault.systems:
            if system in site.systems:
                assert cells[system, id].is_hole is not is_covered(site, system, id)
    assert {cell.system for cell in cells.values()} == set(site.systems), "no system is left out"


def test_the_sample_has_no_hole_and_every_fault_a_place():
    """Every fault of the sample's playbooks is listed, and more; all of them are covered."""
    site = load(sample_folder()).site
    cells = fault_grid(site)
    assert not [cell for cell in cells if cell.is_hole]
    assert {cell.fault for cell in cells} == set(site.faults)
    assert {book.fault for book in site.playbooks.values()} < set(site.faults)


def test_a_new_system_is_a_hole_until_it_has_a_scheme():
    """Requirement 7.1-R.a: add a system with no scheme, and a hole is shown."""
    site = load(sample_folder()).site
    new = replace(site, systems={**site.systems, "fund": System("fund")})
    (hole,) = [cell for cell in fault_grid(new) if cell.is_hole]
    assert (hole.system, hole.fault, hole.lacks) == ("fund", "", ("scheme",))
    named = replace(new, faults={**site.faults, "x": Fault("x", Words(), ("fund",))})
    (hole,) = [cell for cell in fault_grid(named) if cell.is_hole]
    assert (hole.system, hole.fault, hole.lacks) == ("fund", "x", ("scheme",))
    silent = replace(site.playbooks["ddos"], id="y", fault="x", systems=("fund",), report_path=())
    known = replace(named, playbooks={**site.playbooks, "y": silent})
    (hole,) = [cell for cell in fault_grid(known) if cell.is_hole]
    assert hole.lacks == ("reporting",)
