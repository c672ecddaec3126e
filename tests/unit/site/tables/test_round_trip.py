"""A register written as tables and read again is the same register."""

from dataclasses import fields
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from responder.documents.spreadsheet import csv_of
from responder.documents.spreadsheet_xlsx import xlsx_of
from responder.domain.organisation import Body, Liaison, Role
from responder.domain.people import Person, Way
from responder.domain.register import Unit
from responder.domain.rota import Absence, Override, Rotation
from responder.domain.site import Site
from responder.domain.tables.columns import KINDS
from responder.domain.tables.giving import tables_of
from responder.domain.tables.taking import taken
from responder.domain.words import Words
from tests.unit.site.tables.registers import registers
from tests.unit.site.tables.tables import read

SECTIONS = (
    *("people", "roles", "rotations", "overrides", "absences", "teams", "units", "liaisons"),
    *("command", "execution_body"),
)
RARE = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


def register(site: Site) -> dict[str, object]:
    return {name: getattr(site, name) for name in SECTIONS}


@RARE
@given(registers(), st.sampled_from(["zh", "en"]))
def test_a_workbook_loses_nothing(site, language):
    """Put out, taken into an empty register and put out again: equal values, equal tables."""
    found = read(xlsx_of(tables_of(site, language)))
    assert not [one.said("en") for one in found.remarks if one.grave]
    draft = taken(Site(), found.rows)
    assert not draft.faults
    assert register(draft.site) == register(site)
    assert tables_of(draft.site, language) == tables_of(site, language)


@RARE
@given(registers(), st.sampled_from(["zh", "en"]))
def test_csv_loses_nothing(site, language):
    """The same for the sheets one by one, though what would be calculated is made harmless."""
    rows = []
    for table in tables_of(site, language):
        found = read(csv_of(table.headings, table.rows), f"{table.title}.csv")
        assert found.sheets == {table.title: table.kind}
        rows += found.rows
    assert register(taken(Site(), rows).site) == register(site)


@RARE
@given(registers())
def test_what_the_register_says_already_changes_nothing(site):
    """A register's own tables taken into it: nothing is new, changed or missing."""
    draft = taken(site, read(xlsx_of(tables_of(site, "zh"))).rows)
    assert not draft.changes_something
    assert not draft.missing
    assert draft.site == site


def test_every_field_has_a_column():
    """A field added to a person, a role, a unit … needs a column, or tables would lose it."""
    kinds = {
        "people": Person,
        "roles": Role,
        "rotations": Rotation,
        "overrides": Override,
        "absences": Absence,
        "units": Unit,
        "liaisons": Liaison,
    }
    for kind, thing in kinds.items():
        held = {column.field.partition(".")[0] for column in KINDS[kind].columns if column.kept}
        wanted = {"way" if one.name == "reach" else one.name for one in fields(thing)}
        assert held == wanted, kind
    assert {one.name for one in fields(Body)} == {"head", "members", "principal", "duties"}


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "＝1+1", '=HYPERLINK("x")'])
def test_no_cell_is_a_formula(text):
    """What people wrote stays text in a workbook, whatever it begins with."""
    person = Person("a", Words(text), reach=(Way("voice", "+8613800138000"),))
    content = xlsx_of(tables_of(Site(people={"a": person}), "zh"))
    sheet = load_workbook(BytesIO(content))["人员"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    (named,) = (cell for cell in cells if cell.value == text)
    assert named.quotePrefix
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("人员").to_python()
    assert text in rows[1]
    assert "电话 +8613800138000" in rows[1]
