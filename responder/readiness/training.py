"""Emergency training: every holder of a post each year, on both subjects (7.1 ab, ac)."""

from datetime import date
from zoneinfo import ZoneInfo

from responder.domain.plan_readers import holders
from responder.domain.training import SUBJECT_NAMES, SUBJECTS, TRAINED_WITHIN
from responder.domain.words import Words
from responder.readiness.control import Gap, Light, Seen, control
from responder.readiness.naming import oldest, person
from responder.readiness.situation import Situation

HOLD = Words(
    "请安排培训：contacts/training.yaml，responder training hold。",
    "Plan one in contacts/training.yaml and hold it with `training hold`.",
)


def _last_trained(situation: Situation) -> dict[str, date]:
    """When each person last took part."""
    found: dict[str, date] = {}
    zone = ZoneInfo(situation.site.time_zone)
    held = [(c.held_on, c.attended) for c in situation.site.courses.values() if c.held_on]
    held += [
        (one.held_at.astimezone(zone).date(), tuple(one.attended)) for one in situation.sessions
    ]
    for day, people in held:
        for who in people:
            found[who] = max(day, found.get(who, day))
    return found


@control("7.1-ab", "定期开展应急培训", "Regular emergency training")
def everybody_is_trained(situation: Situation) -> Seen:
    """Each holder of a post took part within a year; a training is planned ahead."""
    site, today = situation.site, situation.today
    last, gaps = _last_trained(situation), []
    held = {
        who: role for role in site.roles for who in holders(site, role) if who not in situation.gone
    }
    for who, role in held.items():
        day = last.get(who)
        if day is not None and today - day <= TRAINED_WITHIN:
            continue
        name, post = person(site, who), site.roles[role].name
        gaps.append(
            Gap(
                Words(
                    f"{name.zh}（{post.said('zh')}）一年内没有参加应急培训",
                    f"{name.en}, {post.said('en')}, had no training within a year",
                ),
                Words(
                    "请安排补训并登记：responder training attend。",
                    "Train them and record it with `training attend`.",
                ),
                owner=who,
            )
        )
    if not any(c.on and today <= c.on <= today + TRAINED_WITHIN for c in site.courses.values()):
        what = Words("今后一年没有培训计划", "No training is planned for the coming year")
        gaps.append(Gap(what, HOLD, Light.AMBER))
    proof = Words(
        f"{len(held)}名岗位人员一年内均参加过应急培训",
        f"All {len(held)} holders of posts were trained within a year",
    )
    return Seen(tuple(gaps), proof, oldest(last.get(who) for who in held))


@control("7.1-ac", "培训涵盖预案和行业规定", "Training covers the plan and the industry's rules")
def both_subjects_are_covered(situation: Situation) -> Seen:
    """Within a year there was training on the plan and on the rules."""
    site, today = situation.site, situation.today
    zone = ZoneInfo(site.time_zone)
    held = [(c.held_on, c.subjects) for c in site.courses.values() if c.held_on]
    held += [
        (one.held_at.astimezone(zone).date(), one.subjects)
        for one in situation.sessions
        if one.attended
    ]
    last = {
        subject: max((day for day, subjects in held if subject in subjects), default=None)
        for subject in SUBJECTS
    }
    gaps = []
    for subject, day in last.items():
        if day is None or today - day > TRAINED_WITHIN:
            name = SUBJECT_NAMES[subject]
            what = Words(f"一年内没有培训{name.zh}", f"No training on {name.en} within a year")
            gaps.append(Gap(what, HOLD))
    said = [
        Words(f"{SUBJECT_NAMES[s].zh}{d}", f"{SUBJECT_NAMES[s].en} {d}") for s, d in last.items()
    ]
    proof = Words("、".join(one.zh for one in said), ", ".join(one.en for one in said))
    return Seen(tuple(gaps), proof, oldest(last.values()))
