"""The daily look at readiness: the day is kept, and each owner hears of what is theirs.

An owner is told on a working day of what is amber or red and theirs: once, and again when
something was added or got worse, or after a week. What was put right needs no message.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from responder.commands.daily import each_day
from responder.commands.matter import FirmMatter
from responder.commands.readiness.leaders import tell_leaders
from responder.commands.readiness.looking import assessed, situation
from responder.commands.readiness.written import in_line, write_to
from responder.commands.workdays import is_workday
from responder.domain.assessment import Assessment
from responder.domain.words import Words
from responder.ports.unit_of_work import UnitOfWork
from responder.readiness.answering import ADMINISTRATOR, granted
from responder.readiness.control import Gap, Light, Standing
from responder.readiness.report_facts import readiness_report
from responder.readiness.situation import Situation

TOLD = "readiness.told"
"""The note of what each owner was told last, and when."""
AGAIN_AFTER = timedelta(days=7)
MOST = 3
"""As many gaps stand in one message; the rest are counted."""
Theirs = list[tuple[Standing, Gap]]


@each_day(time(8, 40))
def look_at_readiness(uow: UnitOfWork, now: datetime) -> None:
    """Keep how ready the firm is today, and tell whom it concerns."""
    seen = situation(uow, now)
    standings = assessed(seen)
    if is_workday(seen.site)(seen.today):
        _tell_owners(uow, now, seen, standings)
        tell_leaders(uow, now, readiness_report(seen, standings), seen)
    keep(uow, seen, standings)


def keep(uow: UnitOfWork, seen: Situation, standings: Iterable[Standing]) -> None:
    """One assessment a day: the last of it counts."""
    states = {one.id: one.light.value for one in standings}
    uow.assessments.put(seen.today.isoformat(), Assessment(seen.today, seen.at, states))


def _tell_owners(
    uow: UnitOfWork, now: datetime, seen: Situation, standings: Iterable[Standing]
) -> None:
    told = uow.notes.get(TOLD) or {}
    matter = FirmMatter.load(uow, now)
    kept = {}
    for owner, theirs in _by_owner(seen, standings).items():
        marks = _marks(theirs)
        last = told.get(owner)
        if last is None or _is_news(marks, last["marks"]) or _is_old(last["on"], seen.today):
            write_to(matter, [owner], _words(theirs))
            last = {"on": seen.today.isoformat()}
        kept[owner] = {"on": last["on"], "marks": marks}
    uow.notes.put(TOLD, kept)


def _by_owner(seen: Situation, standings: Iterable[Standing]) -> dict[str, Theirs]:
    """Every gap under whoever is to see to it; what is nobody's goes to an administrator."""
    found: dict[str, Theirs] = {}
    for standing in standings:
        for gap in standing.gaps:
            known = seen.roster.known(gap.owner)
            owner = gap.owner if known else granted(seen, ADMINISTRATOR)
            if owner:
                found.setdefault(owner, []).append((standing, gap))
    return found


def _marks(theirs: Theirs) -> dict[str, int]:
    """What is told, without the figures in its words that change every day."""
    marks: dict[str, int] = {}
    for standing, gap in theirs:
        mark = f"{standing.id}/{gap.light.value}"
        marks[mark] = marks.get(mark, 0) + 1
    return marks


def _is_news(marks: dict[str, int], before: dict[str, int]) -> bool:
    return any(count > before.get(mark, 0) for mark, count in marks.items())


def _is_old(on: str, today: date) -> bool:
    return today - date.fromisoformat(on) >= AGAIN_AFTER


def _words(theirs: Theirs) -> Words:
    """The red ones first, a line each."""
    ordered = sorted(theirs, key=lambda one: one[1].light is not Light.RED)
    red = sum(gap.light is Light.RED for _, gap in theirs)
    rest = len(theirs) - MOST
    said = [
        Words(
            f"应急准备有{len(theirs)}项待您办理，其中不合格{red}项",
            f"Readiness: {len(theirs)} things are up to you, {red} of them not met",
        )
    ]
    said += [in_line(one.id, gap.light, gap.what, gap.mend) for one, gap in ordered[:MOST]]
    if rest > 0:
        said.append(
            Words(f"另有{rest}项，见 responder readiness", f"{rest} more: responder readiness")
        )
    return Words("\n".join(one.zh for one in said), "\n".join(one.en for one in said))
