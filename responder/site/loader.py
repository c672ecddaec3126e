"""The site folder read into the domain's `Site`, each value with its file and line.

A site loads if every file parses, keys are known and types fit. What is missing takes its
default; what dangles or does not add up is for `check` to find.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from responder.domain.calendar import Calendar
from responder.domain.drill import DrillScenario
from responder.domain.outlet import Outlet
from responder.domain.playbook import Playbook
from responder.domain.regime import Regime
from responder.domain.register import Plan
from responder.domain.site import Site
from responder.domain.wording import Wording
from responder.domain.words import Words
from responder.errors import SiteDoesNotLoad
from responder.ports.phone import Gateway
from responder.site import nodes
from responder.site.alerts import read_alerts
from responder.site.briefings import read_briefings
from responder.site.calendars import calendars_wanted, read_calendar, shipped_calendar
from responder.site.cards import read_cards
from responder.site.command import read_organisation
from responder.site.drills import read_drills
from responder.site.duty import read_duty
from responder.site.fields import Fields
from responder.site.finding import Finding, Where, fault
from responder.site.firm import LANGUAGES, Own, read_own
from responder.site.folder import FAULTS, PLAN, QUIZ, SETTINGS, Folder
from responder.site.gateways import read_gateways
from responder.site.override import Override
from responder.site.packs import (
    PACKS,
    in_use,
    regimes_wanted,
    shipped_packs,
    shipped_regime,
    with_editions,
)
from responder.site.people import read_people, read_roles, read_teams
from responder.site.places import Path as PlacePath
from responder.site.places import Places
from responder.site.plan_life import read_faults, read_quiz, read_training
from responder.site.playbooks import read_playbook, read_profiles
from responder.site.public import read_wording
from responder.site.reachability import read_reachability
from responder.site.regimes import read_regime
from responder.site.register import read_plan, read_systems, read_units
from responder.site.registers import read_event_rules, read_provisions
from responder.site.rotations import read_absences, read_overrides, read_rotations
from responder.site.scenarios import read_scenario
from responder.site.shapes import Reading
from responder.site.toml_source import parse_toml
from responder.site.yaml_source import parse_yaml

WORDINGS = "templates/wording"
NOTICES = "templates/notices"
DRILLS = "playbooks/drills"
CALENDARS = "playbooks/calendars"


@dataclass(frozen=True, slots=True)
class LoadedSite:
    """A site with all that its folder says beside it.

    `remarks` are findings about values that could not stand as written, so that the site
    holds something else in their place (an unknown time zone: the default). `strays` are files
    that look as if they were meant to be read.
    """

    folder: Path
    site: Site
    places: Places
    own: Own
    wordings_in: Mapping[str, frozenset[str]]
    notices_in: Mapping[str, frozenset[str]]
    remarks: tuple[Finding, ...] = ()
    strays: tuple[str, ...] = ()
    has_settings: bool = True
    gateways: Mapping[str, Gateway] = field(default_factory=dict)

    @property
    def wordings(self) -> frozenset[str]:
        """The lines to take that stand ready in both languages."""
        return frozenset.intersection(*self.wordings_in.values())

    @property
    def notices(self) -> frozenset[str]:
        """The notices that stand ready in both languages."""
        return frozenset.intersection(*self.notices_in.values())

    @property
    def checkpoint_to(self) -> str:
        """Where checkpoints of the ledger are kept as well, or nowhere."""
        return self.own.checkpoint_to

    @property
    def outlets(self) -> dict[str, Outlet]:
        """Where notices are published, by id, in order."""
        return self.own.outlets

    def where(self, path: PlacePath) -> Where:
        """The file and line of `("people", "zhang.wei")`, `("overrides", 0)` and the like."""
        return self.places.where(path)


def load(
    folder: Path,
    overrides: Iterable[Override] = (),
    instead: Mapping[str, bytes] | None = None,
) -> LoadedSite:
    """The site in a folder; raises the first fault if it does not load.

    `instead` is what files are to say in place of what they hold.
    """
    loaded, faults = survey(folder, overrides, instead)
    if faults:
        raise faults[0]
    return loaded


def survey(
    folder: Path,
    overrides: Iterable[Override] = (),
    instead: Mapping[str, bytes] | None = None,
) -> tuple[LoadedSite, tuple[SiteDoesNotLoad, ...]]:
    """The site as far as it loads, and every fault that keeps it from loading.

    `overrides` are what the surroundings say in place of `responder.toml`.
    """
    loader = _Loader(Folder(folder, instead), tuple(overrides))
    loaded = loader.loaded()
    faults = sorted(loader.reading.faults, key=lambda f: (f.facts["file"], f.facts["line"]))
    return loaded, tuple(faults)


def gateways_in(folder: Path) -> Mapping[str, Gateway]:
    """The gateways of a folder alone; raises the first fault of their file."""
    loader = _Loader(Folder(folder))
    found = loader.gateways()
    if loader.reading.faults:
        raise loader.reading.faults[0]
    return found


class _Loader:
    """Reads one folder once."""

    def __init__(self, folder: Folder, overrides: tuple[Override, ...] = ()) -> None:
        self.folder = folder
        self.overrides = overrides
        self.reading = Reading()
        self.places = Places()

    def loaded(self) -> LoadedSite:
        self._folder_is_there()
        settings = self._parsed(SETTINGS)
        own = read_own(self._overridden(settings))
        self.reading.time_zone = own.time_zone
        wordings = self._wordings()
        site = self._site(own, wordings)
        return LoadedSite(
            folder=self.folder.path,
            site=site,
            places=self.places,
            own=own,
            wordings_in={
                language: frozenset(
                    id for id, one in wordings.items() if getattr(one.line, language)
                )
                for language in LANGUAGES
            },
            notices_in={
                language: self.folder.stems(f"{NOTICES}/{language}", ".txt.j2")
                for language in LANGUAGES
            },
            remarks=tuple(self.reading.remarks),
            strays=self.folder.strays(),
            has_settings=settings is not None,
            gateways=self.gateways(),
        )

    def gateways(self) -> Mapping[str, Gateway]:
        return read_gateways(self._contacts("gateways"))

    def _site(self, own: Own, wordings: dict[str, Wording]) -> Site:
        people = read_people(self._contacts("people"), own.languages[0])
        roles, grants = read_roles(self._contacts("roles"))
        rota = self._contacts("rotations")
        rotations = read_rotations(rota)
        overrides, absences = read_overrides(rota, rotations), read_absences(rota, people)
        rota.close()
        organisation = read_organisation(self._contacts("command"))
        audiences, patience = read_briefings(self._contacts("briefings"))
        units, units_told = read_units(self._contacts("units"))
        systems = read_systems(self._contacts("systems"))
        playbooks = dict(self._playbooks())
        regimes = self._regimes(regimes_wanted(own.applies, playbooks.values()))
        site = Site(
            firm=own.firm,
            time_zone=own.time_zone,
            languages=own.languages,
            quiet_hours=own.quiet_hours,
            people=people,
            roles=roles,
            rotations=rotations,
            overrides=overrides,
            absences=absences,
            teams=read_teams(self._contacts("teams")),
            grants=grants,
            command=organisation.command,
            execution_body=organisation.execution_body,
            liaisons=organisation.liaisons,
            decisions=organisation.decisions,
            still_there=organisation.still_there,
            units=units,
            units_told=units_told,
            systems=systems,
            profiles=read_profiles(self._contacts("reach")),
            playbooks=playbooks,
            alerts=read_alerts(self._contacts("alerts")),
            audiences=audiences,
            patience=patience,
            channels=own.channels,
            retention_years=own.retention_years,
            applies=own.applies,
            regimes=regimes,
            calendars=self._calendars(calendars_wanted(regimes.values(), systems.values())),
            wordings=wordings,
            outlets=own.outlets,
            voice=own.voice,
        )
        return self._made_ready(site)

    def _made_ready(self, site: Site) -> Site:
        """The same with the plan, and with what is kept and done so as to be ready."""
        probe_rules, ways_proved = read_reachability(self._contacts("reachability"))
        cards_held, manuals_placed = read_cards(self._contacts("cards"))
        courses, plan_read = read_training(self._contacts("training"))
        return replace(
            site,
            plan=self._plan(),
            faults=read_faults(self._opened(FAULTS) or self._empty(FAULTS)),
            quiz=read_quiz(self._opened(QUIZ) or self._empty(QUIZ)),
            courses=courses,
            plan_read=plan_read,
            probe_rules=probe_rules,
            ways_proved=ways_proved,
            cards_held=cards_held,
            manuals_placed=manuals_placed,
            provisions=read_provisions(self._contacts("registers")),
            event_rules=read_event_rules(self._contacts("events")),
            scenarios=dict(self._scenarios()),
            drills_held=read_drills(self._contacts("drills")),
            duty_rules=read_duty(self._contacts("duty")),
        )

    # Files

    def _contacts(self, name: str) -> Fields:
        file = f"contacts/{name}.yaml"
        return self._opened(file) or self._empty(file)

    def _playbooks(self) -> Iterator[tuple[str, Playbook]]:
        first: dict[str, Where] = {}
        for name in self.folder.playbooks():
            node = self._parsed(name)
            if node is None:
                continue
            fields = Fields(self.reading, node)
            id = fields.id()
            self.places.add(("playbooks", id), node)
            playbook = read_playbook(fields, id)
            if id in first:
                self.reading.refuse_twice(id, fields.where, first[id])
            elif id:
                first[id] = fields.where
                yield id, playbook

    def _scenarios(self) -> Iterator[tuple[str, DrillScenario]]:
        """The drills' scenarios, each by the name of its file."""
        for name in self.folder.names(DRILLS, ".yaml"):
            node = self._parsed(name)
            if node is None:
                continue
            fields = Fields(self.reading, node)
            id = fields.id()
            self.places.add(("scenarios", id), node)
            yield id, read_scenario(fields, id)

    def _regimes(self, wanted: tuple[str, ...]) -> dict[str, Regime]:
        """The packs wanted with their editions: the firm's own, else the release's."""
        own = self.folder.stems(PACKS, ".yaml")
        found: dict[str, Regime] = {}
        for id in with_editions(wanted, own | shipped_packs()):
            node = self._parsed(f"{PACKS}/{id}.yaml") if id in own else None
            self.places.add(("packs", id), node)
            regime = read_regime(Fields(self.reading, node), id) if node else shipped_regime(id)
            if regime and (id not in own or node):
                found[id] = regime
        return in_use(found, wanted)

    def _calendars(self, wanted: Iterable[str]) -> dict[str, Calendar]:
        """The calendars wanted: the firm's own, or in their absence the release's."""
        found = {id: shipped_calendar(id) for id in wanted}
        for id in found:
            self.places.add(("calendars", id), nodes.Scalar(Where(f"{CALENDARS}/{id}.yaml"), ""))
        for id in sorted(self.folder.stems(CALENDARS, ".yaml")):
            node = self._parsed(f"{CALENDARS}/{id}.yaml")
            self.places.add(("calendars", id), node)
            if node:
                found[id] = read_calendar(Fields(self.reading, node), id)
        return {id: calendar for id in wanted if (calendar := found[id])}

    def _plan(self) -> Plan | None:
        node = self._parsed(PLAN)
        self.places.add(("plan",), node)
        return None if node is None else read_plan(Fields(self.reading, node))

    def _overridden(self, settings: nodes.Node | None) -> Fields:
        """What `responder.toml` says, with what the surroundings say in its place."""
        node = settings or nodes.Mapping(Where(SETTINGS), {}, {})
        for override in self.overrides:
            try:
                node = override.over(node)
            except SiteDoesNotLoad as error:
                self.reading.faults.append(error)
        self.places.add((), node)
        return Fields(self.reading, node)

    def _opened(self, name: str) -> Fields | None:
        node = self._parsed(name)
        self.places.add((), node)
        return None if node is None else Fields(self.reading, node)

    def _parsed(self, name: str) -> nodes.Node | None:
        try:
            if name == SETTINGS:
                return self.folder.parsed(name, parse_toml)
            return self.folder.parsed(name, parse_yaml)
        except SiteDoesNotLoad as error:
            self.reading.faults.append(error)
            return None

    def _empty(self, name: str) -> Fields:
        return Fields(self.reading, nodes.Mapping(Where(name), {}, {}))

    def _wordings(self) -> dict[str, Wording]:
        """The wording of each fault, by the name of its file."""
        found: dict[str, Wording] = {}
        for id in sorted(self.folder.stems(WORDINGS, ".yaml")):
            node = self._parsed(f"{WORDINGS}/{id}.yaml")
            if node is not None:
                self.places.add(("wordings", id), node)
                found[id] = read_wording(Fields(self.reading, node), id)
        return found

    def _folder_is_there(self) -> None:
        if not self.folder.path.is_dir():
            what = Words(
                f"没有“{self.folder.path}”这个文件夹", f"There is no folder {self.folder.path}"
            )
            mend = Words(
                "请检查 --site，或用 responder init 建立站点。",
                "Check --site, or make a site with responder init.",
            )
            self.reading.faults.append(fault(Where(SETTINGS), what, mend))
