"""Duty and the emergency watch taken apart (5.1, 7.1 k)."""

from dataclasses import replace
from datetime import timedelta

from responder.domain.duty import AREAS, Shift
from responder.domain.organisation import Role
from responder.domain.rota import Absence, Override
from tests.unit.readiness.removal import Removal, with_site

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def ruled(**fields):
    return lambda situation: with_site(
        situation, duty_rules=replace(situation.site.duty_rules, **fields)
    )


def without_area(area):
    def change(situation):
        left = {id: said for id, said in situation.site.duty_rules.areas.items() if id != area}
        return ruled(areas=left)(situation)

    return change


def away_together(situation):
    """One minute, forty days ahead, in which neither lead nor backup is there."""
    start = situation.at + 40 * DAY
    posted = situation.roster.posted(situation.site.roles["duty_lead"], start)
    spans = (
        Absence(posted[0], start, start + HOUR, "leave"),
        Absence(posted[1], start + HOUR - timedelta(minutes=1), start + 2 * HOUR, "leave"),
    )
    return with_site(situation, absences=(*situation.site.absences, *spans))


def own_backup(situation):
    start = situation.at + 20 * DAY
    lead = situation.roster.posted(situation.site.roles["duty_lead"], start)[0]
    one = Override("duty-lead-backup", start, start + HOUR, lead, "x")
    return with_site(situation, overrides=(*situation.site.overrides, one))


def with_role(id, **fields):
    def change(situation):
        roles = situation.site.roles
        return with_site(situation, roles=roles | {id: replace(roles[id], **fields)})

    return change


def without_turns(situation):
    lead = Role("duty_lead", situation.site.roles["duty_lead"].name, "", "", "wang.fang", "zhu.lin")
    return with_site(situation, roles=situation.site.roles | {"duty_lead": lead})


def head_of_it_away(situation):
    """Two hours in which the head of IT is not there, nor anybody instead."""
    start = situation.at + 50 * DAY
    away = Absence("zhang.wei", start, start + 2 * HOUR, "leave")
    alone = with_role("it_lead", backup="")(situation)
    return with_site(alone, absences=(*situation.site.absences, away))


def nobody_leads(situation):
    """A gap in the rotation: somebody who left is on shift, and backs up."""
    start = situation.at + 60 * DAY
    spans = [
        Override("duty-lead", start, start + HOUR, "left", "x"),
        Override("duty-lead-backup", start, start + HOUR, "left.too", "x"),
    ]
    return with_site(situation, overrides=(*situation.site.overrides, *spans))


def never_accepted(situation):
    at = situation.at
    shift = Shift("SHF-2026-0007", "duty_lead", "wang.fang", at - 30 * HOUR, at - 6 * HOUR)
    shift.offered_at, shift.escalated_at = at - 7 * HOUR, at - 5 * HOUR
    return replace(situation, shifts=(shift,))


ROWS = [
    *(
        Removal(f"the rule of {area}", "5.1-1", without_area(area), f"areas.{area}")
        for area in AREAS
    ),
    Removal("one minute of lead or backup", "5.1-2", away_together, "duty override"),
    Removal("a backup who is somebody else", "5.1-2", own_backup, "contacts/roles.yaml"),
    Removal(
        "the backup", "5.1-2", with_role("duty_lead", backup_rotation=""), "contacts/roles.yaml"
    ),
    Removal("the rotation", "5.1-3", without_turns, "contacts/rotations.yaml"),
    Removal("check-ins", "5.1-3", ruled(check_in_every=None), "check_in_every"),
    Removal("the lead's handovers", "5.1-4", ruled(posts=("monitoring",)), "contacts/duty.yaml"),
    Removal("an acceptance", "5.1-4", never_accepted, "duty handover SHF-2026-0007 --accept"),
    Removal("the duty telephone", "5.1-5", ruled(phone=""), "contacts/duty.yaml"),
    Removal("its tests", "5.1-5", ruled(phone_tested_on=None), "phone_tested_on"),
    Removal("two hours of the head of IT", "7.1-k", head_of_it_away, "contacts/roles.yaml"),
    Removal("an hour of the duty lead", "7.1-k", nobody_leads, "duty override"),
]
