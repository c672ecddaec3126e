"""Who knows the plan: receipts, the quiz, a drill within the year for each key post (7.1 l)."""

from collections.abc import Iterator
from datetime import date

from responder.domain.plan_life import DRILLED_WITHIN, READ_WITHIN
from responder.domain.plan_readers import LEADERS, Known, knowing
from responder.domain.words import Words
from responder.readiness.control import Gap, Light, Seen, control
from responder.readiness.naming import oldest, person
from responder.readiness.plan import found_plan
from responder.readiness.plan_rules import NO_PLAN
from responder.readiness.situation import Situation


@control("7.1-l", "关键岗位熟悉预案", "Key posts know the plan and can handle events")
def is_known(situation: Situation) -> Seen:
    """Receipt and quiz for the version in force, and a drill within twelve months for each post."""
    found, site = found_plan(situation), situation.site
    if found is None:
        return Seen((NO_PLAN,))
    everybody = knowing(site, situation.readings, found.plan.version)
    known = [one for one in everybody if one.person not in situation.gone]
    since = found.plan.published_on or situation.today
    gaps = [gap for one in known for gap in _unread(situation, one, one.asked_on or since)]
    gaps += _undrilled(situation, known)
    read = sum(one.read_on is not None for one in known)
    proof = Words(
        f"{read}/{len(known)}人已读{found.plan.version}版并通过测验，关键岗位一年内均参加过演练",
        f"{read} of {len(known)} have read version {found.plan.version} and passed its quiz;"
        " every key post took part in a drill within a year",
    )
    return Seen(tuple(gaps), proof, oldest(one.read_on for one in known))


def _unread(situation: Situation, one: Known, asked: date) -> Iterator[Gap]:
    """What is lacking of a reader; red once the fourteen days since they were asked are over."""
    who = person(situation.site, one.person)
    light = Light.RED if situation.today > asked + READ_WITHIN else Light.AMBER
    if one.read_on is None:
        yield Gap(
            Words(f"{who.zh}没有确认研读预案", f"{who.en} has not confirmed reading the plan"),
            Words(
                f"请本人回复“已读预案”，或 responder plan read --as {one.person}。",
                f"They answer “plan read”, or `responder plan read --as {one.person}`.",
            ),
            light,
            one.person,
        )
    elif one.passed_on is None:
        yield Gap(
            Words(f"{who.zh}没有通过预案测验", f"{who.en} has not passed the quiz"),
            Words(
                f"请本人回复“预案测验”，或 responder plan quiz --as {one.person}。",
                f"They say “plan quiz”, or `responder plan quiz --as {one.person}`.",
            ),
            light,
            one.person,
        )


def _undrilled(situation: Situation, known: list[Known]) -> Iterator[Gap]:
    """Each key post had somebody of it in a drill."""
    site, since = situation.site, situation.today - DRILLED_WITHIN
    took_part = {who for d in site.drills_held if d.on and since <= d.on for who in d.participants}
    posts: dict[str, list[str]] = {}
    for one in known:
        for post in one.posts:
            posts.setdefault(post, []).append(one.person)
    for post, people in posts.items():
        if post == LEADERS or took_part.intersection(people):
            continue
        name = site.roles[post].name
        yield Gap(
            Words(
                f"{name.said('zh')}一年内没有参加演练", f"{name.said('en')}: no drill within a year"
            ),
            Words("请安排演练，登记于 contacts/drills.yaml。", "Hold one: contacts/drills.yaml."),
            owner=people[0],
        )
