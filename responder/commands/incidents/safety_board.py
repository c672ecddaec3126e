"""The board of a roll-call: counts first, everybody in need by name, the silent by department."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.commands.queries import find_incident
from responder.commands.telling import clock_time, name
from responder.domain.incident import Incident, RollCall
from responder.domain.people import DEPARTMENT_NAMES
from responder.domain.site import Site
from responder.domain.words import Words
from responder.errors import BadInput
from responder.ports.unit_of_work import UnitOfWork

MOST_SILENT = 40
"""Silent people whom a board names; the rest is counted, by department."""
ELSEWHERE = Words("未分部门", "no department")


@dataclass(frozen=True, slots=True)
class Department:
    """How a department stands; the silent in the order asked."""

    id: str
    asked: int
    safe: int
    in_need: int
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """How a roll-call stands. Who says that they need help counts, asked or not."""

    roll: RollCall
    site: Site
    departments: tuple[Department, ...]

    @classmethod
    def of(cls, roll: RollCall, site: Site) -> "Board":
        """The board of a roll-call; the departments with most silent people first."""
        silent: dict[str, list[str]] = {}
        for person in roll.silent:
            silent.setdefault(_department(site, person), []).append(person)
        asked, safe, in_need = (
            Counter(_department(site, person) for person in people)
            for people in (roll.asked, _safe(roll), roll.in_need)
        )
        found = [
            Department(id, asked[id], safe[id], in_need[id], tuple(silent.get(id, ())))
            for id in dict.fromkeys([*asked, *in_need])
        ]
        return cls(roll, site, tuple(sorted(found, key=lambda one: -len(one.silent))))

    @property
    def facts(self) -> dict[str, Any]:
        """Everything, as `--json` prints it."""
        roll = self.roll
        return {
            "asked_at": roll.asked_at.isoformat(),
            "round": roll.rounds,
            "asked": len(roll.asked),
            "safe": len(_safe(roll)),
            "in_need": [self._person(person, at) for person, at in roll.in_need.items()],
            "silent": len(roll.silent),
            "departments": [
                {
                    "department": one.id or None,
                    "asked": one.asked,
                    "safe": one.safe,
                    "in_need": one.in_need,
                    "silent": list(one.silent),
                }
                for one in self.departments
            ],
        }

    def counts(self, language: str) -> str:
        """The counts, what is worst last: 平安31/40，求助1，未应答8."""
        roll = self.roll
        safe, asked = len(_safe(roll)), len(roll.asked)
        need, silent = len(roll.in_need), len(roll.silent)
        if language == "en":
            return f"{safe}/{asked} safe" + f", {need} in need" * bool(need) + f", {silent} silent"
        return f"平安{safe}/{asked}" + f"，求助{need}" * bool(need) + f"，未应答{silent}"

    def in_need(self, language: str) -> str:
        """Everybody who needs help, always by name: where from, and since when."""
        said = [self._in_need(person, at, language) for person, at in self.roll.in_need.items()]
        return _comma(language).join(said)

    def silent(self, language: str, most: int = MOST_SILENT) -> list[str]:
        """Who has not answered, a line a department; beyond so many names in all, numbers."""
        return list(self._silent(language, most))

    def lines(self, language: str) -> Iterator[str]:
        """The board as people read it."""
        at, round_ = clock_time(self.roll.asked_at, self.site), self.roll.rounds
        zh = f"{at}点名（第{round_}次）："
        en = f"Roll-call of {at}, asked {'once' if round_ == 1 else f'{round_} times'}: "
        yield (en if language == "en" else zh) + self.counts(language)
        if self.roll.in_need:
            yield NEED.said(language) + self.in_need(language)
        for line in self._silent(language, MOST_SILENT):
            yield SILENT.said(language) + line

    def _silent(self, language: str, most: int) -> Iterator[str]:
        for one in self.departments:
            if not one.silent:
                continue
            named = one.silent[:most]
            most -= len(named)
            names = _comma(language).join(name(self.site, person, language) for person in named)
            yield _counted(_called(one.id, language), len(one.silent), names, len(named), language)

    def _in_need(self, person: str, at: datetime, language: str) -> str:
        named = name(self.site, person, language)
        where = _called(_department(self.site, person), language)
        since = clock_time(at, self.site)
        return f"{named} ({where}, {since})" if language == "en" else f"{named}（{where}，{since}）"

    def _person(self, person: str, at: datetime) -> dict[str, Any]:
        department = _department(self.site, person) or None
        return {"person": person, "department": department, "at": at.isoformat()}


NEED = Words("需要救助：", "In need of help: ")
SILENT = Words("未应答：", "Silent: ")


def roll_of(incident: Incident) -> RollCall:
    """The incident's roll-call. Raises BadInput where none was started."""
    if incident.roll_call is None:
        raise BadInput(
            "该事件尚未点名。",
            "No roll-call was started in this incident.",
            "请先执行 safety ask。",
            "Start one with `safety ask`.",
        )
    return incident.roll_call


def safety_board(uow: UnitOfWork, id: str) -> Board:
    """How an incident's roll-call stands. Raises UnknownId, or BadInput where there is none."""
    found = find_incident(uow, id)
    return Board.of(roll_of(found), uow.sites.get(found.site_version))


def _safe(roll: RollCall) -> list[str]:
    """Those of the asked who are safe; somebody else may say so, and is on the record."""
    return [person for person in roll.asked if person in roll.safe]


def _department(site: Site, person: str) -> str:
    known = site.people.get(person)
    return known.department if known else ""


def _called(department: str, language: str) -> str:
    if not department:
        return ELSEWHERE.said(language)
    known = DEPARTMENT_NAMES.get(department)
    return known.said(language) if known else department


def _counted(department: str, count: int, names: str, named: int, language: str) -> str:
    if language == "en":
        more = f" and {count - named} more" if 0 < named < count else ""
        return f"{department} {count}" + (f": {names}{more}" if named else "")
    return f"{department}{count}人" + (f"：{names}{'等' * (named < count)}" if named else "")


def _comma(language: str) -> str:
    return ", " if language == "en" else "、"
