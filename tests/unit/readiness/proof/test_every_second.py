"""Declarations are folded without loss: around every change of the rosters, at every instant.

Brute force simulates each set at each of some hundred declarations; the spans of the proof must say
the same of each, and of the instants between.
"""

from datetime import datetime
from typing import Any

import pytest

from responder.domain.roster import Roster
from responder.readiness.proof import moments
from responder.readiness.proof.moments import Moment, Named
from responder.readiness.proof.search import search
from tests.oracle.gaps import Gap, gaps
from tests.unit.readiness.proof.firms import FIRMS, Firm
from tests.unit.readiness.proof.test_against_brute_force import proved

Right = dict[str, dict[datetime, set[Gap]]]


@pytest.fixture(scope="module")
def right() -> Right:
    """What brute force finds of each firm at each instant."""
    return {
        firm.name: {
            at: gaps(Roster(firm.site), firm.playbook, firm.asked, at) for at in firm.instants()
        }
        for firm in FIRMS
    }


def differs(firm: Firm, right: Right) -> datetime | None:
    """The first declaration of which the proof says something else."""
    found = search(Roster(firm.site), firm.playbook, firm.asked).breaches
    told = right[firm.name].items()
    return next((at for at, gaps_then in told if {*proved(found, at)} != gaps_then), None)


@pytest.mark.parametrize("firm", FIRMS, ids=lambda firm: firm.name)
def test_each_declaration(right, firm):
    """What breaks it, and that it is not the same all the time."""
    assert differs(firm, right) is None
    assert len({frozenset(one) for one in right[firm.name].values()}) > 1


def only_at_declaration(patch: Any) -> None:
    patch.setattr(Moment, "instants", lambda self, until: (self.at,))


def lines_as_between_lines(patch: Any) -> None:
    patch.setattr(moments, "_place", lambda distance, grain: (distance // grain, False))


def no_lines_at_all(patch: Any) -> None:
    patch.setattr(moments, "_back_from", lambda edge, grain, within: (edge,))


def too_wide_a_grid(patch: Any) -> None:
    right = moments._divisor
    patch.setattr(moments, "_divisor", lambda spans: 4 * right(spans))


def absences_not_read(patch: Any) -> None:
    right = Named.by.__func__  # type: ignore[attr-defined]

    def by(cls: Any, *case: Any) -> Named:
        return Named(right(cls, *case).roles, ())

    patch.setattr(Named, "by", classmethod(by))


def roles_not_read(patch: Any) -> None:
    right = Named.by.__func__  # type: ignore[attr-defined]

    def by(cls: Any, *case: Any) -> Named:
        return Named((), right(cls, *case).people)

    patch.setattr(Named, "by", classmethod(by))


FAULTS = [
    only_at_declaration,
    lines_as_between_lines,
    no_lines_at_all,
    too_wide_a_grid,
    absences_not_read,
    roles_not_read,
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_in_the_folding_of_time_is_noticed(right, monkeypatch, fault):
    """Planted one at a time."""
    fault(monkeypatch)
    assert any(differs(firm, right) for firm in FIRMS)
