"""Related units and our own contacts: incomplete, stale, untold (4.7, 7.1 o and p)."""

from dataclasses import replace
from datetime import timedelta

from responder.domain.change_notice import ChangeNotice, UnitCheck
from responder.domain.words import Words
from tests.unit.readiness.removal import Removal, with_site

DAY = timedelta(days=1)
UNITS, COMMAND = "contacts/units.yaml", "contacts/command.yaml"


def unit_with(unit, **fields):
    def change(situation):
        units = situation.site.units
        return with_site(situation, units={**units, unit: replace(units[unit], **fields)})

    return change


def untold(unit):
    def change(situation):
        left = tuple(one for one in situation.site.units_told if one.unit != unit)
        return with_site(situation, units_told=left)

    return change


def noticed(unit, **fields):
    """A notice of a change made five days ago."""

    def change(situation):
        made = situation.at - 5 * DAY
        said = [Words("值守电话改了", "The duty phone changed")]
        one = ChangeNotice("CHG-2026-0001", unit, "REV-2026-0001", said, made, **fields)
        if "sent_at" in fields:
            one.sent_at = made
        return replace(situation, change_notices=(one,))

    return change


def bounced(situation):
    check = UnitCheck("1", "property", situation.at - DAY, "zhang.wei", False, "空号")
    return replace(situation, unit_checks=(check,))


def with_liaison(number, **fields):
    def change(situation):
        found = list(situation.site.liaisons)
        found[number] = replace(found[number], **fields)
        return with_site(situation, liaisons=tuple(found))

    return change


def one_liaison(situation):
    return with_site(situation, liaisons=situation.site.liaisons[:1])


def untitled(situation):
    people = situation.site.people
    return with_site(
        situation, people={**people, "dong.mei": replace(people["dong.mei"], title=Words())}
    )


def long_ago(situation):
    return situation.today - timedelta(days=181)


def untested_fax(situation):
    rules = situation.site.probe_rules
    kept = tuple(one for one in rules.kept if one.post != "fax")
    return with_site(situation, probe_rules=replace(rules, kept=kept))


ROWS = [
    Removal("the only firm to help", "4.7-1", unit_with("peer-firm", kind="vendor"), UNITS),
    Removal("a contact person", "4.7-2", unit_with("telecom-a", contact=Words()), UNITS),
    Removal("what a unit is for", "4.7-2", unit_with("property", business=Words()), UNITS),
    Removal(
        "the day it was tried",
        "4.7-2",
        unit_with("sac", verified_on=None),
        "contacts verify unit:sac",
    ),
    Removal(
        "half a year",
        "4.7-2",
        lambda s: unit_with("sse", verified_on=long_ago(s))(s),
        "contacts verify unit:sse",
    ),
    Removal("a line that works", "4.7-2", bounced, "contacts verify unit:property"),
    Removal("that the exchange was told", "7.1-o.2", untold("sse"), UNITS),
    Removal("a notice sent", "7.1-o.2", noticed("custody-bank-a"), "contacts told CHG-2026-0001"),
    Removal(
        "a receipt",
        "7.1-o.2",
        noticed("property", sent_at=True),
        "contacts receipt CHG-2026-0001",
    ),
    Removal("a unit's every line", "7.1-o.3", unit_with("cloud-cdn", reach=()), "cloud-cdn"),
    Removal("the post of a member", "7.1-o.3", untitled, "contacts change dong.mei"),
    Removal("the second liaison", "7.1-p.1", one_liaison, COMMAND),
    Removal("the head of IT as liaison", "7.1-p.1", with_liaison(0, person="deng.hua"), COMMAND),
    Removal("the fax tests", "7.1-p.2", untested_fax, "reach fax"),
    Removal("a fax", "7.1-p.2", with_liaison(1, fax=""), "contacts change li.na"),
    Removal("a duty phone", "7.1-p.2", with_liaison(0, duty_phone=""), "contacts change zhang.wei"),
    Removal("that the bureau was told", "7.1-p.3", untold("csrc-bureau"), UNITS),
    Removal("that the association was told", "7.1-p.3", untold("sac"), UNITS),
    Removal(
        "a notice to the bureau",
        "7.1-p.3",
        noticed("csrc-bureau"),
        "contacts told CHG-2026-0001",
    ),
]
