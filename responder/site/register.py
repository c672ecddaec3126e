"""`contacts/units.yaml`, `systems.yaml` and `playbooks/plan.yaml`."""

from responder.domain.change_notice import UnitTold
from responder.domain.register import PLAN_SECTIONS, Filing, Plan, Section, System, Unit
from responder.domain.words import Words
from responder.site.fields import Fields, words
from responder.site.nodes import Mapping
from responder.site.people import read_way


def read_units(root: Fields) -> tuple[dict[str, Unit], tuple[UnitTold, ...]]:
    """The related units, and which were told of our liaison officers before the system did so."""
    units = root.by_id("units", _unit)
    told = tuple(one for one in root.each("units_told", _told) if one)
    root.close()
    return units, told


def _told(fields: Fields) -> UnitTold | None:
    unit, on, receipt = fields.text("unit"), fields.day("on"), fields.text("receipt")
    if on is None:
        what = Words("通知记录缺少日期 on", "This record has no date, “on”")
        fields.reading.remark(fields.where, what, Words("请补上日期。", "Add the date."))
        return None
    return UnitTold(unit, on, receipt)


def _unit(fields: Fields, id: str) -> Unit:
    return Unit(
        id=id,
        kind=fields.text("kind"),
        name=fields.words("name"),
        business=fields.words("business"),
        contact=fields.words("contact"),
        reach=fields.each("reach", read_way),
        remarks=fields.words("remarks"),
        receives_our_contacts=fields.flag("receives_our_contacts"),
        verified_on=fields.day("verified_on"),
    )


def read_systems(root: Fields) -> dict[str, System]:
    """The information systems."""
    systems = root.by_id("systems", _system)
    root.close()
    return systems


def _system(fields: Fields, id: str) -> System:
    return System(
        id=id,
        name=fields.words("name"),
        core=fields.flag("core"),
        owner=fields.text("owner"),
        operator=fields.text("operator"),
        markets=fields.texts("markets"),
        customers=fields.whole("customers", 0),
        suppliers=fields.texts("suppliers"),
        substitutes=fields.words("substitutes"),
    )


def read_plan(root: Fields) -> Plan:
    """The overall plan; a filing without a date is none."""
    plan = Plan(
        version=root.text("version"),
        number=root.text("number"),
        keeper=root.text("keeper"),
        references=root.texts("references"),
        approver=root.text("approver"),
        sensitivity=root.text("sensitivity"),
        published_on=root.day("published_on"),
        reviewed_on=root.day("reviewed_on"),
        sections=_sections(root.inner("sections")),
        filed=tuple(filing for filing in root.each("filed", _filing) if filing),
    )
    root.close()
    return plan


def _sections(fields: Fields) -> dict[str, Section]:
    sections = {letter: _section(fields, letter) for letter in PLAN_SECTIONS}
    fields.close()
    return {letter: section for letter, section in sections.items() if section}


def _section(fields: Fields, letter: str) -> Section | None:
    """`{title, body}`, or the body alone."""
    node = fields.node(letter)
    if node is None:
        return None
    if isinstance(node, Mapping) and not node.values.keys() <= {"zh", "en"}:
        inner = fields.inner(letter)
        section = Section(inner.words("title"), inner.words("body"), inner.texts("systems"))
        inner.close()
        return section
    return Section(body=words(fields.reading, node))


def _filing(fields: Fields) -> Filing | None:
    on = fields.day("on")
    to, by, receipt = fields.text("to"), fields.text("by"), fields.text("receipt")
    channel, proof = fields.text("channel"), fields.text("proof")
    if on is None:
        what = Words("报备记录缺少日期 on", "This filing has no date, “on”")
        fields.reading.remark(fields.where, what, Words("请补上日期。", "Add the date."))
        return None
    return Filing(on, to, by, receipt, channel, proof)
