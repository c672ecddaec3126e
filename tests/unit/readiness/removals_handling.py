"""What handling rests upon taken away, or left undone in a running incident (7.2)."""

from dataclasses import replace
from datetime import timedelta

from responder.domain.briefing import Briefing, Interval
from responder.domain.incident import Phase, RollCall
from responder.domain.inquiry import Channel, Inquiry
from responder.domain.obligation import Kind, Obligation
from responder.domain.warning import Leg, Line, Stage, Warning
from responder.domain.words import Words
from tests.unit.readiness.removal import Removal, with_site
from tests.unit.readiness.removals_organisation import an_incident, with_incident, with_system

FIRE = "playbooks/fire.yaml"
HOUR = timedelta(hours=1)


def with_fire(**fields):
    def change(situation):
        playbooks = dict(situation.site.playbooks)
        playbooks["fire"] = replace(playbooks["fire"], **fields)
        return with_site(situation, playbooks=playbooks)

    return change


def without_safety(situation):
    tasks = situation.site.playbooks["fire"].tasks
    unsafe = tuple(replace(one, safety=False) for one in tasks)
    return with_fire(tasks=unsafe)(situation)


def a_warning(**fields):
    def change(situation):
        said = {
            "id": "WRN-2026-0001",
            "title": "磁盘告警",
            "playbook": "fire",
            "raised_at": situation.at - HOUR,
            "raised_by": "wang.fang",
            "site_version": "",
            "stage": Stage.VERIFIED,
        }
        return replace(situation, warnings=(Warning(**{**said, **fields}),))

    return change


def unverified(situation):
    return a_warning(stage=Stage.RAISED, verify_by=situation.at - HOUR)(situation)


def unreported(situation):
    return a_warning(important=True, report_due_at=situation.at - HOUR)(situation)


def unlifted(situation):
    return a_warning(raised_at=situation.at - 5 * HOUR)(situation)


def end_unreported(situation):
    leg = Leg("csrc-bureau", Line.PHONE, "phone", "021-12386")
    return a_warning(stage=Stage.LIFTED, ended_to=[leg])(situation)


def patience(**fields):
    def change(situation):
        return with_site(situation, patience=replace(situation.site.patience, **fields))

    return change


def silent_roll(situation):
    roll = RollCall(("hu.bin", "guo.liang"), situation.at - HOUR / 2)
    return with_incident(roll_call=roll)(situation)


def silent_commander(situation):
    return with_incident(asked_still_there_at=situation.at - HOUR / 2)(situation)


def unwatched(situation):
    return with_incident(watch="", unwatched_since=situation.at - HOUR / 4)(situation)


def missed_briefing(situation):
    running = an_incident(situation)
    missed = Briefing(running.id, "leaders", intervals=[Interval(situation.at - HOUR)])
    return replace(situation, incidents=(running,), briefings=(missed,))


def an_obligation(kind, duty):
    def change(situation):
        running = an_incident(situation)
        owed = Obligation(
            "r1",
            running.id,
            kind,
            duty,
            Words("首次报告", "First report"),
            started_at=situation.at - 2 * HOUR,
            due_at=situation.at - HOUR,
            owner="li.na",
        )
        return replace(situation, incidents=(running,), obligations=(owed,))

    return change


def a_question(channel):
    def change(situation):
        running = an_incident(situation)
        asked = Inquiry(
            "Q1",
            running.id,
            channel,
            "何时恢复？",
            "某报",
            situation.at - 2 * HOUR,
            "zheng.rui",
            "dong.mei",
            situation.at - HOUR,
        )
        return replace(situation, incidents=(running,), inquiries=(asked,))

    return change


def without_audience_members(situation):
    audiences = dict(situation.site.audiences)
    audiences["branches"] = replace(audiences["branches"], members=())
    return with_site(situation, audiences=audiences)


def without_forms(situation):
    regimes = dict(situation.site.regimes)
    regimes["cn-securities"] = replace(regimes["cn-securities"], forms={})
    return with_site(situation, regimes=regimes)


def without_answers(situation):
    wordings = dict(situation.site.wordings)
    wordings["fire"] = replace(wordings["fire"], questions=())
    return with_site(situation, wordings=wordings)


def without_grant(grant):
    def change(situation):
        return with_site(situation, grants={**situation.site.grants, grant: ()})

    return change


ROWS = [
    Removal("a playbook's precautions", "7.2-1a", with_fire(precautions=()), FIRE),
    Removal("the verification of a warning", "7.2-1a", unverified, "responder warn verify"),
    Removal(
        "the limit of a warning's report",
        "7.2-1b",
        patience(report_within=timedelta()),
        "contacts/briefings.yaml",
    ),
    Removal("the report of a warning", "7.2-1b", unreported, "responder warn report"),
    Removal(
        "how long a warning may stay open",
        "7.2-1c",
        patience(open_for=timedelta()),
        "contacts/briefings.yaml",
    ),
    Removal("the lift of an old warning", "7.2-1c", unlifted, "responder warn lift"),
    Removal("the report of a warning's end", "7.2-1c", end_unreported, "responder call list"),
    Removal("the steps of a playbook", "7.2-2", with_fire(escalation=()), FIRE),
    Removal(
        "whoever takes an incident in hand",
        "7.2-2",
        with_incident(phase=Phase.DECLARED, commander=""),
        "responder ack",
    ),
    Removal("the safety step of a playbook", "7.2-3", without_safety, FIRE),
    Removal("answers to a roll-call", "7.2-3", silent_roll, "responder safety board"),
    Removal("the watch over an incident", "7.2-4", unwatched, "--watch"),
    Removal(
        "when a silent commander is asked",
        "7.2-5a",
        lambda situation: with_site(
            situation, still_there=replace(situation.site.still_there, after=timedelta())
        ),
        "still_there",
    ),
    Removal("the commander's answer", "7.2-5a", silent_commander, "responder incident take"),
    Removal(
        "the members of an audience", "7.2-5b", without_audience_members, "contacts/briefings.yaml"
    ),
    Removal(
        "every audience",
        "7.2-5b",
        lambda situation: with_site(situation, audiences={}),
        "audiences",
    ),
    Removal("progress told in time", "7.2-5b", missed_briefing, "responder brief tell"),
    Removal(
        "the outlets",
        "7.2-6a",
        lambda situation: with_site(situation, outlets={}),
        "[[outlets]]",
    ),
    Removal(
        "what clients can do meanwhile",
        "7.2-6a",
        with_system("website", substitutes=Words()),
        "substitutes",
    ),
    Removal(
        "a notice that was promised",
        "7.2-6a",
        an_obligation(Kind.NOTICE, "notice"),
        "responder notice draft",
    ),
    Removal(
        "the spokesperson",
        "7.2-6b",
        lambda situation: with_site(
            situation, voice=replace(situation.site.voice, spokesperson="")
        ),
        "spokesperson",
    ),
    Removal("answers kept ready", "7.2-6b", without_answers, "templates/wording/fire.yaml"),
    Removal("the answer to a reporter", "7.2-6b", a_question(Channel.MEDIA), "inquiry answer"),
    Removal(
        "a year of records",
        "7.2-7",
        lambda situation: with_site(situation, retention_years=1),
        "retention_years",
    ),
    Removal(
        "the rules to report by",
        "7.2-8a",
        lambda situation: with_site(situation, applies=()),
        "responder.toml",
    ),
    Removal("the forms of a rule pack", "7.2-8b", without_forms, "playbooks/regimes/"),
    Removal("whoever sees what is postponed", "7.2-8c", without_grant("compliance"), "compliance"),
    Removal(
        "a report in time",
        "7.2-8c",
        an_obligation(Kind.REPORT, "cn-securities/first"),
        "responder report draft",
    ),
]
