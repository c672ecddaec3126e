"""The version of the plan in force: the site's file and the versions kept here, together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from responder.domain.drill_record import DrillRecord
from responder.domain.plan_life import REFILE_WITHIN, REVIEW_EVERY, PlanVersion
from responder.domain.plan_lines import addressee
from responder.domain.register import Filing, Plan
from responder.domain.site import Site

NOTHING = frozenset({"none", "no", "nothing", "无", "无需修订", "不涉及"})
"""What a drill's record says where the plan need not change for it."""


@dataclass(frozen=True, slots=True)
class PlanInForce:
    """What is known of the plan at present; `kept` is its version here, if there is one yet."""

    plan: Plan
    to: str
    kept: PlanVersion | None = None

    @property
    def filing(self) -> Filing | None:
        """The latest filing of this version with the authority that it is due to."""
        return self._latest(self.plan.published_on)

    @property
    def filed_before(self) -> bool:
        """Whether some version, this or an earlier one, was filed with that authority."""
        return self._latest(None) is not None

    def _latest(self, since: date | None) -> Filing | None:
        found = [f for f in self.plan.filed if f.to == self.to and (not since or f.on >= since)]
        return max(found, key=lambda one: one.on, default=None)

    @property
    def refile_by(self) -> date | None:
        """By when it is to be filed again, where that is owed."""
        if self.kept is not None and self.kept.refile_by is not None:
            return self.kept.refile_by
        if self.filing is not None or not self.filed_before:
            return None
        if self.kept is not None and not self.kept.major:
            return None
        return self.plan.published_on and self.plan.published_on + REFILE_WITHIN

    @property
    def review_by(self) -> date | None:
        """By when it is to be reviewed; None where it never was."""
        return self.plan.reviewed_on and self.plan.reviewed_on + REVIEW_EVERY


def plan_in_force(site: Site, versions: Iterable[PlanVersion]) -> PlanInForce | None:
    """The plan of a site, with the version kept of it; None where there is no plan."""
    if site.plan is None:
        return None
    kept = [v for v in versions if v.is_open and v.version == site.plan.version]
    return PlanInForce(site.plan, addressee(site)[0], kept[-1] if kept else None)


def unanswered(site: Site, versions: Iterable[PlanVersion]) -> list[DrillRecord]:
    """Drills that ask for a change of the plan which no version refers to yet (7.1, rule d)."""
    said = {one for version in versions for one in version.references}
    said.update(site.plan.references if site.plan else ())
    version = site.plan.version if site.plan else ""
    return [
        drill
        for drill in site.drills_held
        if asks_for_change(drill)
        and not _taken_up(drill.plan_changes, version)
        and not _referred(drill, said)
    ]


def asks_for_change(drill: DrillRecord) -> bool:
    """Whether a drill's evaluation says that the plan is to change."""
    return bool(drill.plan_changes.strip()) and not changes_nothing(drill.plan_changes)


def changes_nothing(answer: str) -> bool:
    """Whether the answer to “does the plan change?” is a no, in any of its words."""
    return answer.strip().rstrip("。.").casefold() in NOTHING


def _taken_up(answer: str, version: str) -> bool:
    """Whether it names the version that made the change: the one in force, or one before it."""
    named, now = _numbers(answer), _numbers(version)
    return bool(named) and named <= now


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.strip().removeprefix("v").split(".")
    return tuple(int(part) for part in parts) if all(p.isdecimal() for p in parts) else ()


def _referred(drill: DrillRecord, said: set[str]) -> bool:
    return drill.id in said or any(finding.id in said for finding in drill.findings)
