"""The plan, its rules, who knows it, the year's training: what is taken away, what turns red."""

from dataclasses import replace
from datetime import date, timedelta

from responder.domain.register import PLAN_SECTIONS, Section
from responder.domain.words import Words
from tests.unit.readiness.removal import Removal, with_site

TODAY = date(2026, 9, 28)
YEAR = timedelta(days=366)


def with_plan(situation, **fields):
    return with_site(situation, plan=replace(situation.site.plan, **fields))


def without_section(letter):
    def change(situation):
        sections = dict(situation.site.plan.sections)
        del sections[letter]
        return with_plan(situation, sections=sections)

    return change


def scope_of_a_lost_system(situation):
    sections = dict(situation.site.plan.sections)
    named = (*sections["b"].systems, "fund-sales")
    sections["b"] = replace(sections["b"], systems=named)
    return with_plan(situation, sections=sections)


def short_section(situation):
    sections = {**situation.site.plan.sections, "h": Section(body=Words("略", "…"))}
    return with_plan(situation, sections=sections)


def playbook(situation, id, **fields):
    books = situation.site.playbooks
    return with_site(situation, playbooks={**books, id: replace(books[id], **fields)})


def a_system_of_no_scheme(situation):
    systems, system = situation.site.systems, situation.site.systems["website"]
    new = replace(system, id="fund-sales", name=Words("基金代销系统", "Fund sales"))
    return with_site(situation, systems={**systems, new.id: new})


def a_fault_of_no_scheme(situation):
    faults, fire = situation.site.faults, situation.site.faults["fire"]
    ransom = replace(fire, id="ransom", systems=("core-trading",))
    return with_site(situation, faults={**faults, "ransom": ransom})


def filed(situation, **fields):
    filings = situation.site.plan.filed
    return with_plan(situation, filed=tuple(replace(one, **fields) for one in filings))


def published_anew(situation):
    """Nothing was filed since, and the thirty days are over."""
    return with_plan(situation, published_on=TODAY - timedelta(days=60))


def first_drill(situation, **fields):
    first, *rest = situation.site.drills_held
    return with_site(situation, drills_held=(replace(first, **fields), *rest))


def unread(person, **fields):
    def change(situation):
        kept = [one for one in situation.site.plan_read if one.person != person]
        was = next(one for one in situation.site.plan_read if one.person == person)
        kept += [replace(was, **fields)] if fields else []
        return with_site(situation, plan_read=tuple(kept))

    return change


def undrilled(*people):
    def change(situation):
        drills = (
            replace(d, participants=tuple(p for p in d.participants if p not in people))
            for d in situation.site.drills_held
        )
        return with_site(situation, drills_held=tuple(drills))

    return change


def untrained(person):
    def change(situation):
        courses = {
            id: replace(one, attended=tuple(p for p in one.attended if p != person))
            for id, one in situation.site.courses.items()
        }
        return with_site(situation, courses=courses)

    return change


def no_subject(subject):
    def change(situation):
        courses = {
            id: replace(one, subjects=tuple(s for s in one.subjects if s != subject))
            for id, one in situation.site.courses.items()
        }
        return with_site(situation, courses=courses)

    return change


FILE = "playbooks/plan.yaml"
ROWS = [
    *(
        Removal(f"section {letter}", f"7.1-P.{letter}", without_section(letter), FILE)
        for letter in PLAN_SECTIONS
    ),
    Removal("a system that the scope names", "7.1-P.b", scope_of_a_lost_system, FILE),
    Removal("all but a word of section h", "7.1-P.h", short_section, FILE),
    Removal(
        "the owner of a scheme", "7.1-P.i", lambda s: playbook(s, "ddos", owner=""), "ddos.yaml"
    ),
    Removal("the faults that may occur", "7.1-R.a", lambda s: with_site(s, faults={}), "faults"),
    Removal("the scheme of a new system", "7.1-R.a", a_system_of_no_scheme, "plan coverage"),
    Removal("the scheme of a new fault", "7.1-R.a", a_fault_of_no_scheme, "plan coverage"),
    Removal(
        "whom a scheme reports to",
        "7.1-R.a",
        lambda s: playbook(s, "slow-matching", report_path=()),
        "plan coverage",
    ),
    Removal(
        "the wording", "7.1-R.b", lambda s: playbook(s, "ddos", wording=""), "templates/wording"
    ),
    Removal("the notices", "7.1-R.b", lambda s: playbook(s, "ddos", notices=()), "wording/ddos"),
    Removal(
        "the yearly review",
        "7.1-R.c",
        lambda s: with_plan(s, reviewed_on=TODAY - YEAR),
        "plan review",
    ),
    Removal("any review", "7.1-R.c", lambda s: with_plan(s, reviewed_on=None), "plan review"),
    Removal(
        "what a drill means for the plan",
        "7.1-R.d",
        lambda s: first_drill(s, plan_changes=""),
        "contacts/drills.yaml",
    ),
    Removal(
        "the version that a drill asked for",
        "7.1-R.d",
        lambda s: first_drill(s, plan_changes="递补电话补充至三个"),
        "plan adopt --references",
    ),
    Removal("the filing", "7.1-R.e", lambda s: with_plan(s, filed=()), "plan file"),
    Removal("the right addressee", "7.1-R.e", lambda s: filed(s, to="sac"), "plan file"),
    Removal("the filing again", "7.1-R.f", published_anew, "plan file"),
    Removal("a receipt", "7.1-l", unread("du.peng"), "plan read"),
    Removal("a quiz", "7.1-l", unread("du.peng", quiz_on=None), "plan quiz"),
    Removal("the drill of a post", "7.1-l", undrilled("wei.zhen", "ye.shan"), "drills.yaml"),
    Removal("somebody's training", "7.1-ab", untrained("ma.hui"), "training attend"),
    Removal("training on the plan", "7.1-ac", no_subject("plan"), "training hold"),
    Removal("training on the rules", "7.1-ac", no_subject("rules"), "training hold"),
]
