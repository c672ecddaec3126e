"""What is wrong with a row that raises an early warning, or with what is expected of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from responder.domain.drill import Danger, Expected, Row
from responder.domain.register import Unit
from responder.domain.words import Words
from responder.drills.flaws import flaws
from tests.stage.firm import OUTAGE
from tests.unit.drills.test_flaws import firm as usual_firm
from tests.unit.drills.test_flaws import sound

MINUTE = timedelta(minutes=1)
SAID = Words("连接数升高", "connections rise")
LIFT = Expected("lifted", "lift", within=10 * MINUTE, objective="o")
HERE = ("msel", "w", "raises")
DANGER = Danger("outage", "core", 3)
SIGNS = Row(
    "w",
    at=10 * MINUTE,
    to=("role:duty_lead",),
    by=("slack",),
    text=SAID,
    raises=DANGER,
    expects=(LIFT,),
)


def firm():
    """Its playbook has a report path."""
    site = usual_firm()
    outage = replace(OUTAGE, report_path=("bureau",))
    units = {"bureau": Unit("bureau", "regulator", Words("局", "bureau"))}
    return replace(site, units=units, playbooks={**site.playbooks, "outage": outage})


def drill(*rows: Row):
    usual = sound()
    return replace(usual, rows={**usual.rows, **{row.id: row for row in rows}})


def raising(**fields) -> Row:
    return replace(SIGNS, raises=replace(DANGER, **fields))


def expecting(**fields) -> Row:
    return replace(SIGNS, expects=(replace(LIFT, **fields),))


LATER = replace(SIGNS, id="x", at=20 * MINUTE, expects=())
AFTER = Row("y", at=30 * MINUTE, text=SAID, expects=(LIFT,))
FLAWS = [
    ((raising(playbook="none"),), (*HERE, "playbook"), "no playbook none"),
    ((raising(system="none"),), (*HERE, "system"), "no system none"),
    ((raising(level=5),), (*HERE, "level"), "no level 5"),
    ((raising(playbook="leak"),), (*HERE, "playbook"), "has no report path"),
    ((raising(title=Words("长" * 201)),), (*HERE, "title"), "over 200 characters"),
    ((replace(SIGNS, at=56 * MINUTE, expects=()),), HERE, "too late to be verified"),
    ((replace(SIGNS, raises=None),), ("msel", "w", "expects", "lifted"), "no warning is raised"),
    ((expecting(of="a"),), ("msel", "w", "expects", "lifted"), "“a” has raised no warning"),
    ((expecting(of="ghost"),), ("msel", "w", "expects", "lifted"), "“ghost” has raised"),
    (
        (replace(SIGNS, expects=()), LATER, AFTER),
        ("msel", "y", "expects", "lifted"),
        "not said which warning",
    ),
    (
        (replace(SIGNS, expects=(), at=40 * MINUTE), AFTER),
        ("msel", "y", "expects", "lifted"),
        "no warning is raised by then",
    ),
]


def test_a_row_that_raises_one_and_expects_its_end_is_sound():
    assert list(flaws(drill(SIGNS), firm())) == []
    named = replace(AFTER, expects=(replace(LIFT, of="w"),))
    assert list(flaws(drill(replace(SIGNS, expects=()), LATER, named), firm())) == []


@pytest.mark.parametrize(("rows", "path", "what"), FLAWS, ids=[what for _, _, what in FLAWS])
def test_each_flaw_is_told_where_it_is(rows, path, what):
    """The very place in the file, in both languages, with the mend."""
    (flaw,) = flaws(drill(*rows), firm())
    assert flaw.path == path
    assert what in flaw.what.en
    assert flaw.what.zh
    assert flaw.mend.zh
    assert flaw.mend.en


def test_somebody_who_takes_part_must_be_able_to_verify_it():
    """Without the duty lead among the recipients nobody is asked."""
    site = firm()
    bare = replace(SIGNS, to=("role:it_lead",), expects=())
    usual = drill(bare)
    rows = {"w": bare, "b": replace(usual.rows["a"], id="b", to=("role:it_lead",))}
    alone = replace(usual, recipients=("role:it_lead",), rows=rows)
    assert ("msel", "w", "raises") in [flaw.path for flaw in flaws(alone, site)]
