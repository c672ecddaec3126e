"""A warning's report path: in order, phone before paper; its end along the lines really used."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from responder.domain.people import Way
from responder.domain.register import Unit
from responder.domain.report_path import MOST_ATTEMPTS, again, end_path, path_of, to_ask
from responder.domain.warning import Leg, Line

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
PHONE, SPARE = Way("by_hand", "1", "phone"), Way("by_hand", "2", "phone")
FAX, MAIL = Way("by_hand", "3", "fax"), Way("email", "a@example.org")


def unit(id: str, *reach: Way, kind: str = "regulator") -> Unit:
    return Unit(id, kind, reach=reach or (FAX, PHONE))


UNITS = {one.id: one for one in (unit("a"), unit("b", PHONE, SPARE, MAIL), unit("c", PHONE))}


def shown(legs: list[Leg]) -> list[str]:
    return [f"{leg.unit} {leg.how}" for leg in legs]


def test_phone_before_paper_whatever_the_file_lists_first() -> None:
    """Units in the path's order; each by phone, then in writing."""
    legs = path_of(UNITS.values())
    assert shown(legs) == ["a phone", "a fax", "b phone", "b email", "c phone"]


def test_one_call_after_the_other() -> None:
    """A phone that is done frees its paper and the next unit's phone."""
    legs = path_of(UNITS.values())
    assert shown(list(to_ask(legs))) == ["a phone"]
    legs[0].call = "1"
    assert list(to_ask(legs)) == []
    legs[0].told_at = AT
    assert shown(list(to_ask(legs))) == ["a fax", "b phone"]


def test_no_answer_holds_nobody_up() -> None:
    """The next line of the unit is tried, and the next unit called; three times at most."""
    legs = path_of(UNITS.values())
    legs[0].told_at = AT
    legs[2].call = "3"
    again(legs[2], UNITS["b"])
    assert (legs[2].to, legs[2].attempts) == ("2", 1)
    assert "c phone" in shown(list(to_ask(legs)))
    for _ in range(MOST_ATTEMPTS - 1):
        again(legs[2], UNITS["b"])
    assert legs[2].given_up
    assert "b email" in shown(list(to_ask(legs))), "in writing all the same"


@given(st.lists(st.booleans(), min_size=5, max_size=5))
def test_the_end_goes_to_exactly_those_that_were_told(reached: list[bool]) -> None:
    """Same units, same lines, same order; nobody else."""
    legs = path_of(UNITS.values())
    for leg, was in zip(legs, reached, strict=True):
        leg.told_at = AT if was else None
    path, gone = end_path(legs, UNITS, UNITS)
    assert [(one.unit, one.line, one.to) for one in path] == [
        (one.unit, one.line, one.to) for one, was in zip(legs, reached, strict=True) if was
    ]
    assert gone == []
    assert all(leg.told_at is None and not leg.instead_of for leg in path)


def test_who_is_no_longer_in_service_is_replaced() -> None:
    """By the unit's present line; by another unit of its kind; else people are told."""
    legs = path_of(UNITS.values())
    for leg in legs:
        leg.told_at = AT
    moved = {"a": unit("a", SPARE), "d": unit("d", PHONE, MAIL), "e": unit("e", kind="bank")}
    path, gone = end_path(legs, UNITS, moved)
    assert [(leg.unit, leg.to, leg.instead_of) for leg in path] == [
        ("a", "2", "a"),
        ("d", "1", "b"),
        ("d", MAIL.to, "b"),
    ]
    assert [(leg.unit, leg.line) for leg in gone] == [("a", Line.WRITTEN), ("c", Line.PHONE)]
