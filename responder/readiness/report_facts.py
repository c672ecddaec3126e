"""What the readiness report says: how every control stands, counted by the chapters it serves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from responder.domain.assessment import Assessment
from responder.domain.words import Words
from responder.readiness.control import Gap, Light, Standing
from responder.readiness.situation import Situation

WORST = 5
FAMILIES = {
    "organisation": Words("组织与决策（7.1）", "Organisation and decision (7.1)"),
    "plan": Words("应急预案（7.1）", "Emergency plan (7.1)"),
    "watch": Words("值守、人员与联络（7.1 k–r）", "Watch, people, contacts (7.1 k–r)"),
    "material": Words("资料、备件、物资、资金（7.1 s–v）", "Documents, spares, funds (7.1 s–v)"),
    "drills": Words("演练与培训（7.1 w–ac）", "Drills and training (7.1 w–ac)"),
    "handling": Words("应急处置（7.2）", "Handling (7.2)"),
    "summary": Words("调查与总结（7.3）", "Investigation and summary (7.3)"),
    "units": Words("关联单位（4.7）", "Related units (4.7)"),
    "duty": Words("值班管理（5.1）", "Duty management (5.1)"),
    "problems": Words("事件与问题管理（5.8）", "Events and problems (5.8)"),
    "other": Words("其他条款", "Other clauses"),
}
"""The parts of the standard that controls belong to, in its order."""
_CHAPTERS = {"7.2": "handling", "7.3": "summary", "4.7": "units", "5.1": "duty", "5.8": "problems"}
_SEVERE = {Light.RED: 0, Light.AMBER: 1, Light.GREEN: 2}


@dataclass(frozen=True, slots=True)
class ReadinessReport:
    """The report on readiness at an instant; `made_at` is in the site's zone.

    `names` are those of the people whom a gap is up to; `history` the assessments of the days
    before, the oldest first. `version` is that of the register judged, or "".
    """

    firm: Words
    made_at: datetime
    standings: tuple[Standing, ...]
    names: dict[str, Words]
    history: tuple[Assessment, ...] = ()
    version: str = ""

    def counts(self) -> dict[Light, int]:
        """How many controls stand in each state."""
        return counted(self.standings)

    def by_family(self) -> list[tuple[Words, tuple[Standing, ...]]]:
        """The controls by the part of the standard they belong to; parts without any left out."""
        found = [
            (title, tuple(one for one in self.standings if family_of(one.id) == key))
            for key, title in FAMILIES.items()
        ]
        return [(title, standings) for title, standings in found if standings]

    def worst(self, most: int = WORST) -> tuple[Standing, ...]:
        """The controls that stand worst: the red first, then by how much is lacking."""
        lacking = [one for one in self.standings if one.light is not Light.GREEN]
        lacking.sort(key=lambda one: (_SEVERE[one.light], -len(one.gaps)))
        return tuple(lacking[:most])

    def by_owner(self) -> list[tuple[str, list[tuple[Standing, Gap]]]]:
        """Every gap under the person it is up to, whoever has most red ones first; "" last."""
        owned: dict[str, list[tuple[Standing, Gap]]] = {}
        for standing in self.standings:
            for gap in standing.gaps:
                owned.setdefault(gap.owner, []).append((standing, gap))
        return sorted(owned.items(), key=lambda item: (not item[0], -_red(item[1]), item[0]))

    def oldest_evidence(self) -> date | None:
        """The oldest day that the evidence of any control goes back to."""
        return min((one.evidence_on for one in self.standings if one.evidence_on), default=None)

    def trend(self) -> list[tuple[date, dict[Light, int]]]:
        """How many stood in each state on each day looked at, today last."""
        days = {one.on: _states(one.states.values()) for one in self.history}
        days[self.made_at.date()] = self.counts()
        return sorted(days.items())


def readiness_report(
    situation: Situation, standings: Sequence[Standing], version: str = ""
) -> ReadinessReport:
    """The facts of the report, from what was judged and what it was judged from."""
    site = situation.site
    owners = {gap.owner for standing in standings for gap in standing.gaps if gap.owner}
    return ReadinessReport(
        firm=site.firm.name,
        made_at=situation.at.astimezone(ZoneInfo(site.time_zone)),
        standings=tuple(standings),
        names={id: site.people[id].name for id in sorted(owners) if id in site.people},
        history=tuple(sorted(situation.assessments, key=lambda one: one.on)),
        version=version,
    )


def family_of(id: str) -> str:
    """The part of the standard that a clause id belongs to."""
    chapter, _, point = id.partition("-")
    if chapter != "7.1":
        return _CHAPTERS.get(chapter, "other")
    letter = point.partition(".")[0].rstrip("'")
    if letter[:1].isdigit():
        return "organisation"
    if letter in ("P", "R"):
        return "plan"
    if len(letter) == 1 and "k" <= letter <= "r":
        return "watch"
    if len(letter) == 1 and "s" <= letter <= "v":
        return "material"
    return "drills"


def counted(standings: Iterable[Standing]) -> dict[Light, int]:
    """How many stand in each state."""
    return _states(one.light for one in standings)


def _states(states: Iterable[str]) -> dict[Light, int]:
    found = list(states)
    return {light: found.count(light) for light in Light}


def _red(gaps: Iterable[tuple[Standing, Gap]]) -> int:
    return sum(gap.light is Light.RED for _, gap in gaps)
