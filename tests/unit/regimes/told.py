"""What happened, told in a line: instants are local to the pack, as people there say them."""

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

from responder.domain.calendar import Calendar
from responder.domain.regime import Milestone, Regime
from responder.regimes.due import Due, Happened, Submission, dues
from responder.site.calendars import calendars_wanted, shipped_calendar
from responder.site.packs import shipped_packs, shipped_regime

PACKS = sorted(shipped_packs())
MILESTONES = [*Milestone]


def pack(id: str) -> Regime:
    """A pack of the release."""
    regime = shipped_regime(id)
    assert regime is not None
    return regime


@cache
def calendars() -> dict[str, Calendar]:
    """Every calendar that a pack of the release counts by."""
    wanted = calendars_wanted([pack(id) for id in PACKS], ())
    found = {id: shipped_calendar(id) for id in wanted}
    assert all(found.values()), found
    return {id: calendar for id, calendar in found.items() if calendar}


def local(text: str, zone: str) -> datetime:
    """`2026-10-01 09:30` or with seconds, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def happened(regime: Regime, told: str) -> Happened:
    """`aware 2026-10-01 09:00; grade major; is cii; yes core_system; no crime`.

    A milestone or a report with its instant; a report may state an end (`… states restored`) or
    be preliminary (`… preliminary`). `changed` is an important change; `late initial AT` that its
    limit cannot be met.
    """
    milestones: dict[str, datetime] = {}
    sent: list[Submission] = []
    kinds: list[str] = []
    changes: list[datetime] = []
    answers: dict[str, bool] = {}
    late: dict[str, datetime] = {}
    grade, institution = "", "operating"
    for part in filter(None, (part.strip() for part in told.split(";"))):
        name, _, rest = part.partition(" ")
        words = rest.split()
        if name == "grade":
            grade = rest
        elif name == "is":
            institution, kinds = (rest, kinds) if rest == "core" else (institution, [*kinds, rest])
        elif name in ("yes", "no"):
            answers[rest] = name == "yes"
        elif name == "late":
            late[words[0]] = local(" ".join(words[1:3]), regime.time_zone)
        elif name == "changed":
            changes.append(local(rest, regime.time_zone))
        elif name in MILESTONES:
            milestones[name] = local(rest, regime.time_zone)
        else:
            assert regime.duty(name), part
            number = 1 + sum(one.duty == name for one in sent)
            at = local(" ".join(words[:2]), regime.time_zone)
            states = (words[3],) if words[2:3] == ["states"] else ()
            sent.append(Submission(name, number, at, states, "preliminary" in words))
    return Happened(milestones, grade, institution, sent, kinds, answers, changes, late)


def due_of(regime: Regime, told: str) -> dict[str, Due]:
    """What is due by what was told, by duty."""
    return {due.duty.id: due for due in dues(regime, happened(regime, told), calendars())}
