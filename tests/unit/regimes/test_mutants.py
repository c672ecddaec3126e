"""The list by what was told; and a fault planted in any rule of the engine shows in the tables."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from responder.regimes import clocks, due
from tests.unit.regimes.clocks import ROWS
from tests.unit.regimes.listed import LISTED, Listed
from tests.unit.regimes.told import calendars, happened, local, pack

Dues = Callable[..., list[Any]]


@pytest.mark.parametrize("row", LISTED, ids=lambda row: f"{row.pack}: {row.told}")
def test_the_list_says(row: Listed):
    """What is owed, to come, depends, is not demanded, or is no longer there."""
    assert said(due.dues, row) == row.says


def said(dues: Dues, row: Listed) -> str:
    """What an engine's list says of the reports that a row names."""
    regime = pack(row.pack)
    found = {
        one.duty.id: str(one.standing)
        for one in dues(regime, happened(regime, row.told), calendars())
    }
    named = [one.partition("=")[0] for one in row.says.split()]
    return " ".join(f"{id}={found.get(id, '')}" for id in named)


def is_sound(dues: Dues) -> bool:
    """Whether an engine agrees with both tables."""
    for row in ROWS:
        regime = pack(row.pack)
        found = {one.duty.id: one for one in dues(regime, happened(regime, row.told), calendars())}
        limit = local(row.due, regime.time_zone)
        if row.duty not in found or found[row.duty].due_at != limit:
            return False
    return all(said(dues, row) == row.says for row in LISTED)


MUTANTS = [
    # A report of anything ends what recurs
    (due, "if duty.ends_with in one.states]", "if one.states]"),
    # What is not over is over once a report said so
    (due, "if self.reopened is None or ends[-1].at > self.reopened:", "if True:"),
    (due, "ending and self.reopened is not None and one.at <= self.reopened", "False"),
    # A preliminary report is good for all
    (due, "(bool(duty.opens) or not one.preliminary)", "True"),
    (due, "one.preliminary and one.duty in openers", "one.duty in openers"),
    # What nobody said spares
    (due, 'asks.append("grade")', 'return Standing.NOT_DEMANDED, ("grade",)'),
    (due, "asks += unknown", "return Standing.NOT_DEMANDED, duty.when"),
    (due, "if self.happened.grade not in self.regime.grades:", "if False:"),
    (due, "if duty.instead_of:", "if False:"),
    # Demands that should not be there, or should
    (due, "elif self.happened.grade not in duty.grades:", "elif False:"),
    (due, "if any(answers.get(fact) for fact in duty.unless):", "if False:"),
    (due, "self.kinds.isdisjoint(duty.institutions)", "False"),
    (due, "not self.kinds.isdisjoint(duty.not_for)", "False"),
    (due, "spared_at <= clock.due_at", "True"),
    (due, "spared_at <= clock.due_at", "spared_at < clock.due_at"),
    (due, "and one.at >= clock.started_at", "and one.at > clock.started_at"),
    (due, "one.duty in duty.covered_by and", "one.duty in duty.covered_by or"),
    (due, "if excused and self._is_done(excused):", "if False:"),
    # Clocks that count from elsewhere
    (due, "own[-1].at)", "own[0].at)"),
    (due, "for one in reversed(self.submitted)}", "for one in self.submitted}"),
    (due, "if duty.updates in first and duty.id in first:", "if False:"),
    (due, "duty.on_change and first", "False"),
    (due, "if at > since", "if True"),
    (due, "clock if duty.every else None", "clock"),
    (due, "replace(clock, started_at=said", "replace(clock, due_at=said"),
    (clocks, "return min(", "return max("),
    (clocks, "start = max(known)", "start = min(known)"),
    (clocks, "replaced > at", "replaced >= at"),
    (clocks, "if replaced and", "if False and"),
    (clocks, "limit.unless in self.instants", "False"),
    (clocks, "self.kinds.isdisjoint(limit.no_roll_for)", "True"),
    (clocks, "if limit.roll and not beyond", "if False"),
    (clocks, "* 12 + (local.month - 1) // 3 * 3 + 3", "* 12 + (local.month - 1) // 3 * 3"),
    (clocks, "regime.trading_days if unit", "regime.working_days if unit"),
]


@pytest.mark.parametrize(("module", "old", "new"), MUTANTS)
def test_a_planted_fault_shows(module, old, new):
    """No rule of the engine can be broken without a row of the tables falling."""
    assert not is_sound(engine(module, old, new))


def test_the_engine_is_sound():
    """Read anew and unbroken, it agrees with the tables: the mutants above fail for their fault."""
    assert is_sound(engine(due, "", ""))


def engine(module: ModuleType, old: str, new: str) -> Dues:
    """The engine's `dues`, with one of its modules changed in one place."""
    changed = {clocks: source(clocks), due: source(due)}
    if old:
        assert changed[module].count(old) == 1, old
        changed[module] = changed[module].replace(old, new)
    parts: dict[str, Any] = {"__name__": clocks.__name__}
    exec(compile(changed[clocks], "clocks", "exec"), parts)
    whole: dict[str, Any] = {"__name__": due.__name__}
    exec(compile(changed[due], "due", "exec"), whole)
    whole |= {name: parts[name] for name in ("Clock", "Clocks", "earliest", "quarter_end")}
    dues: Dues = whole["dues"]
    return dues


def source(module: ModuleType) -> str:
    """A module's text."""
    assert module.__file__
    return Path(module.__file__).read_text(encoding="utf-8")
