"""What a notice is filled with, and what its rules look at: the incident, its facts, the line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from responder.commands.case import Case
from responder.commands.notices.agreed_line import next_version
from responder.domain.agreed_line import AgreedLine, Version
from responder.domain.incident import Phase
from responder.domain.notice import AT_PUBLICATION, FIRST, PROMISES_MORE, Notice
from responder.domain.notice_blanks import (
    clock_in,
    day_in,
    moment_in,
    span_in,
    zone_words,
)
from responder.domain.notice_phrases import numbers_in
from responder.domain.notice_rules import Ground
from responder.domain.obligation import Kind
from responder.domain.outlet import OUTSIDE_FORMS
from responder.domain.record import ENGINE
from responder.domain.regime import Milestone
from responder.domain.report import Stage as ReportStage
from responder.domain.words import Words

FROM_DOSSIER = {
    "scope": ("scope",),
    "cause_public": ("cause_story", "cause"),
    "remedy_public": ("actions",),
}
"""Blanks that a hub field fills where nobody gives them."""
CAUSES = ("cause_story", "cause")
OCCURRED = "occurred_at"
KEPT = frozenset(
    {
        "system_public",
        "system_short",
        "symptom_public",
        "scope",
        "unaffected",
        "alternatives",
        "ways_short",
        "official_channels",
        "hotline",
        "spokesperson",
    }
)
"""Blanks that hold from one notice of an incident to the next."""
AFTER = (Phase.RESTORED, Phase.STOOD_DOWN, Phase.INVESTIGATING, Phase.CLOSED)
SLICE = timedelta(minutes=5)
"""A promised time is a round one."""
ANYWHERE = Words("公告所列方式", "the ways in our notice")


@dataclass(frozen=True, slots=True)
class Basis:
    """The blanks by language as far as they are filled, the lists, and the line they come from."""

    line: Version
    blanks: dict[str, dict[str, str]]
    lists: dict[str, dict[str, Any]]
    given: dict[str, str]
    is_drill: bool
    next_at: datetime | None = None
    languages: tuple[str, ...] = field(default=("zh",))


def basis_of(
    case: Case,
    template: str,
    given: Mapping[str, str],
    next_at: datetime | None,
    corrected: Notice | None = None,
    reason: str = "",
) -> Basis:
    """Everything a notice can be filled with now."""
    line = _line(case)
    stage = template.rpartition(".")[2]
    if stage in PROMISES_MORE and next_at is None:
        next_at = _round(case.now + case.site.voice.update_every)
    everything = _kept(case, template, corrected) | dict(given)
    languages = case.site.languages or ("zh",)
    filling = _Filling(case, line, stage, next_at)
    blanks = {}
    for language in languages:
        blanks[language] = filling.blanks(language) | _given_in(everything, language, languages[0])
        blanks[language] |= AT_PUBLICATION
        if corrected is not None:
            blanks[language] |= {"corrects": corrected.number, "reason": reason}
    lists = {language: _lists(line, language) for language in languages}
    return Basis(line, blanks, lists, everything, case.incident.drill, next_at, languages)


def ground_of(case: Case, notice: Notice) -> Ground:
    """What the rules look at beside the notice."""
    line = case.uow.agreed_lines.get(case.incident.id) or AgreedLine(case.incident.id)
    dossier = case.uow.dossiers.get(case.incident.id)
    causes = [dossier.values[c] for c in CAUSES if c in dossier.values] if dossier else []
    voice, zone = case.site.voice, zone_words(case.site.time_zone)
    said = [b.get(k, "") for b in notice.blanks.values() for k in ("hotline", "official_channels")]
    own = (voice.hotline.zh, voice.hotline.en, *said)
    firm = case.site.firm.name
    return Ground(
        now=case.now,
        line=line.in_force or line.latest,
        cause_is_known=any(not one.estimate for one in causes),
        restored=case.incident.phase in AFTER,
        continuing=_continues(case),
        figures=_figures(case),
        own_numbers=tuple(filter(None, own)),
        signature={"zh": f"【{firm.said('zh')[:12]}】"},
        zone_words={"zh": zone.zh, "en": zone.en},
    )


def _line(case: Case) -> Version:
    """What is in force, else what is proposed, else the first version as it would be proposed."""
    line = case.uow.agreed_lines.get(case.incident.id) or AgreedLine(case.incident.id)
    return line.in_force or line.latest or next_version(case, line, ENGINE)


def _continues(case: Case) -> bool:
    """Whether a report is owed that comes again until restoration is reported."""
    recurring = {
        f"{regime.id}/{duty.id}"
        for regime in case.site.regimes.values()
        for duty in regime.duties
        if duty.recurs
    }
    owed = case.uow.obligations.of(case.incident.id).values()
    return any(o.is_open and o.kind is Kind.REPORT and o.duty in recurring for o in owed)


def _figures(case: Case) -> frozenset[str] | None:
    """Every number of the last report that was submitted to a regulator."""
    reports = case.uow.reports.of(case.incident.id).values()
    sent = [one for one in reports if one.stage is ReportStage.SUBMITTED and one.submitted_at]
    if not sent:
        return None
    last = max(sent, key=lambda one: one.submitted_at or one.drafted_at)
    return frozenset(n for answer in last.answers.values() for n in numbers_in(answer))


def _kept(case: Case, template: str, corrected: Notice | None) -> dict[str, str]:
    """What was given before and still holds: all of it where the same notice is drafted anew."""
    if corrected is not None:
        return dict(corrected.given)
    kept: dict[str, str] = {}
    for notice in case.uow.notices.of(case.incident.id).values():
        anew = notice.template == template and notice.is_open
        kept |= {
            name: value
            for name, value in notice.given.items()
            if anew or name.partition(".")[0] in KEPT
        }
    return kept


def _given_in(given: Mapping[str, str], language: str, main: str) -> dict[str, str]:
    """Given for this language (`scope.en`), or for any: what holds Chinese is not English."""
    found = {}
    for key, value in given.items():
        name, _, only = key.partition(".")
        fits = only == language or (not only and (language == main or value.isascii()))
        if fits and not (only == "" and f"{name}.{language}" in given):
            found[name] = value
    return found


def _lists(line: Version, language: str) -> dict[str, Any]:
    questions = [{"q": one.q.said(language), "a": one.a.said(language)} for one in line.questions]
    return {"questions": questions, "never_say": list(line.never_say.get(language, ()))}


def _round(at: datetime) -> datetime:
    """Up to the next round five minutes."""
    over = timedelta(minutes=at.minute % 5, seconds=at.second, microseconds=at.microsecond)
    return at if not over else at - over + SLICE


@dataclass(frozen=True, slots=True)
class _Filling:
    """Fills the blanks from the site, the incident and its dossier."""

    case: Case
    line: Version
    stage: str
    next_at: datetime | None

    def blanks(self, language: str) -> dict[str, str]:
        """Those that are known."""
        found = {
            **self._firm(language),
            **self._system(language),
            **self._times(language),
            **self._dossier(language),
            "line": self.line.line.said(language),
            "line_ref": self.line.reference,
        }
        return {name: value for name, value in found.items() if value}

    def _firm(self, language: str) -> dict[str, str]:
        site, voice = self.case.site, self.case.site.voice
        outlets = [o.name.said(language) for o in site.outlets.values() if o.form in OUTSIDE_FORMS]
        listed = ("、" if language == "zh" else ", ").join(filter(None, outlets))
        return {
            "firm_full": site.firm.name.said(language),
            "self_name": voice.self_name.said(language),
            "hotline": voice.hotline.said(language),
            "official_channels": voice.official_channels.said(language) or listed,
            "spokesperson": self._spokesperson(language),
            "zone": zone_words(site.time_zone).said(language),
        }

    def _spokesperson(self, language: str) -> str:
        person = spokesperson_of(self.case)
        known = self.case.site.people.get(person)
        usual = Words("新闻发言人", "our spokesperson").said(language)
        return (
            f"{usual}{known.name.zh}"
            if known and language == "zh"
            else (f"{known.name.said('en')}, {usual}" if known else usual)
        )

    def _system(self, language: str) -> dict[str, str]:
        site = self.case.site
        named = [site.systems[s] for s in self.case.incident.systems if s in site.systems]
        systems = [one for one in named if one.customers] or named
        names = [one.name.said(language) for one in systems]
        ways = dict.fromkeys(one.substitutes.said(language) for one in systems)
        comma, stop = ("、", "；") if language == "zh" else (", ", "; ")
        return {
            "system_public": comma.join(names),
            "system_short": names[0] if names else "",
            "alternatives": stop.join(way.rstrip("。.") for way in ways if way),
            "ways_short": ANYWHERE.said(language),
        }

    def _times(self, language: str) -> dict[str, str]:
        case, zone = self.case, self.case.site.time_zone
        occurred, restored = occurred_at(case), milestone(case, Milestone.RESTORED)
        began = occurred if self.stage == FIRST else case.now
        found = {
            "date": day_in(began, zone, language),
            "time": clock_in(began, zone, language),
            "occurred_time": moment_in(occurred, zone, language, case.now),
        }
        if self.next_at is not None:
            found["next_update"] = moment_in(self.next_at, zone, language, case.now)
            found["next_short"] = clock_in(self.next_at, zone, "en")
        if restored is not None:
            found["restored_time"] = moment_in(restored, zone, language, case.now)
            found["restored_short"] = clock_in(restored, zone, "en")
            found["duration"] = span_in(restored - occurred, language)
        return found

    def _dossier(self, language: str) -> dict[str, str]:
        dossier = self.case.uow.dossiers.get(self.case.incident.id)
        values = dossier.values if dossier else {}
        main = self.case.site.language
        found = {}
        for blank, hub_fields in FROM_DOSSIER.items():
            known = next((values[name] for name in hub_fields if name in values), None)
            if known is not None and (language == main or known.said.isascii()):
                found[blank] = known.said.rstrip("。.")
        return found


def occurred_at(case: Case) -> datetime:
    """When it began: as the dossier says, else when it was declared."""
    dossier = case.uow.dossiers.get(case.incident.id)
    told = dossier.values.get(OCCURRED) if dossier else None
    if told is not None:
        try:
            at = datetime.fromisoformat(told.said)
        except ValueError:
            at = None
        if at is not None and at.tzinfo is not None:
            return at
    return milestone(case, Milestone.OCCURRED) or case.incident.declared_at


def milestone(case: Case, which: Milestone) -> datetime | None:
    """When a milestone was reached, as far as it is known."""
    dossier = case.uow.dossiers.get(case.incident.id)
    return dossier.milestones.get(which.value) if dossier else None


def spokesperson_of(case: Case) -> str:
    """Who alone speaks to the media; `""` where the site names nobody there is."""
    named = case.site.voice.spokesperson
    if not named:
        return ""
    if ":" not in named:
        return named if case.roster.known(named) else ""
    people = case.roster.resolve(named, case.now).people
    return people[0] if people else ""
