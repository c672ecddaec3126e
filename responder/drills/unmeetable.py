"""Why an expected action could never be met, whatever people did: what is wrong, and the mend."""

from collections.abc import Iterator

from responder.domain.drill import DrillScenario, Expected, Row
from responder.domain.incident import ROMAN
from responder.domain.playbook import Playbook
from responder.domain.site import Site
from responder.domain.words import Words
from responder.drills.acts import ACTS, Act
from responder.drills.intervals import interval_of
from responder.drills.people import possible

Fault = tuple[Words, Words]


def unmeetable(
    scenario: DrillScenario, site: Site, row: Row, one: Expected, inside: frozenset[str]
) -> Iterator[Fault]:
    """The act exists, is done to something there is, by somebody in the drill, in its time."""
    act = ACTS.get(one.does)
    if act is None:
        yield (
            Words(f"没有“{one.does}”这种动作", f"There is no act “{one.does}”"),
            Words(f"可用：{'、'.join(ACTS)}。", f"Use {', '.join(ACTS)}."),
        )
        return
    if playbook := site.playbooks.get(scenario.playbook):
        level = scenario.level or playbook.level
        nothing = list(_done_to_nothing(act, one, site, playbook))
        yield from nothing or (_never_comes_round(one, site, level) if act.gaps else ())
    if one.by and not possible(site, one.by) & inside:
        yield (
            Words(f"{one.id}的责任人不在参演名单中", f"Whoever is to do {one.id} takes no part"),
            Words("请核对 by 与 recipients。", "Check “by” and “recipients”."),
        )
    if row.at + one.within > scenario.lasts:
        yield (
            Words(f"{one.id}的时限在演练结束之后", f"{one.id} may be done after the drill’s end"),
            Words("请缩短 within，或延长 lasts。", "Shorten “within”, or lengthen “lasts”."),
        )


def _done_to_nothing(act: Act, one: Expected, site: Site, playbook: Playbook) -> Iterator[Fault]:
    known = tuple(act.known(site, playbook))
    if (act.needs_of and not one.of) or (one.of and known and one.of not in known):
        yield (
            Words(f"{one.id}无法做到：没有“{one.of}”", f"{one.id} can never be met: no “{one.of}”"),
            Words(f"of 可用：{'、'.join(known)}。", f"“of” may be {', '.join(known)}."),
        )


def _never_comes_round(one: Expected, site: Site, level: int) -> Iterator[Fault]:
    """An interval is kept only where it has a clock, and comes round before its time is over."""
    every = interval_of(one.of, level, site)
    if every is None:
        yield (
            Words(
                f"{one.id}无法做到：{ROMAN[level]}级响应对“{one.of}”没有通报间隔",
                f"{one.id} can never be met: “{one.of}” has no interval at level {level}",
            ),
            Words(
                "请改用 brief，或在 contacts/briefings.yaml 写明该级别的 every。",
                "Expect “brief” instead, or give “every” at that level in contacts/briefings.yaml.",
            ),
        )
    elif one.within < every:
        least = int(every.total_seconds()) // 60
        yield (
            Words(
                f"{one.id}的时限比一个间隔（{least}分钟）还短",
                f"{one.id} is over before one interval of {least} minutes is",
            ),
            Words(f"within 至少 {least}m。", f"Give {least}m or more as “within”."),
        )
