"""The site folder read into the domain's `Site`, each value with its file and line.

A site loads if every file parses, keys are known and types fit. What is missing takes its
default; what dangles or does not add up is for `check` to find.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from responder.domain.outlet import Outlet
from responder.domain.site import Site
from responder.domain.wording import Wording
from responder.domain.words import Words
from responder.errors import SiteDoesNotLoad
from responder.ports.phone import Gateway
from responder.site.alerts import read_alerts
from responder.site.briefings import read_briefings
from responder.site.calendars import calendars_wanted
from responder.site.cards import read_cards
from responder.site.command import read_organisation
from responder.site.drills import read_drills
from responder.site.duty import read_duty
from responder.site.files import Files
from responder.site.finding import Finding, Where, fault
from responder.site.firm import LANGUAGES, Own, read_own
from responder.site.folder import FAULTS, QUIZ, SETTINGS, Folder
from responder.site.gateways import read_gateways
from responder.site.override import Override
from responder.site.packs import regimes_wanted
from responder.site.people import read_people, read_roles, read_teams
from responder.site.places import Path as PlacePath
from responder.site.places import Places
from responder.site.plan_life import read_faults, read_quiz, read_training
from responder.site.playbooks import read_profiles
from responder.site.reachability import read_reachability
from responder.site.register import read_systems, read_units
from responder.site.registers import read_event_rules, read_provisions
from responder.site.rotations import read_absences, read_overrides, read_rotations

NOTICES = "templates/notices"


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
    files = Files(Folder(folder, instead))
    loaded = _Loader(files, tuple(overrides)).loaded()
    faults = sorted(files.reading.faults, key=lambda f: (f.facts["file"], f.facts["line"]))
    return loaded, tuple(faults)


def gateways_in(folder: Path) -> Mapping[str, Gateway]:
    """The gateways of a folder alone; raises the first fault of their file."""
    files = Files(Folder(folder))
    found = read_gateways(files.contacts("gateways"))
    if files.reading.faults:
        raise files.reading.faults[0]
    return found


class _Loader:
    """Puts the site together from the files of one folder, once."""

    def __init__(self, files: Files, overrides: tuple[Override, ...]) -> None:
        self.files = files
        self.overrides = overrides

    def loaded(self) -> LoadedSite:
        self._folder_is_there()
        settings = self.files.parsed(SETTINGS)
        own = read_own(self.files.overridden(settings, self.overrides))
        self.files.reading.time_zone = own.time_zone
        wordings = self.files.wordings()
        site = self._site(own, wordings)
        return LoadedSite(
            folder=self.files.folder.path,
            site=site,
            places=self.files.places,
            own=own,
            wordings_in={
                language: frozenset(
                    id for id, one in wordings.items() if getattr(one.line, language)
                )
                for language in LANGUAGES
            },
            notices_in={
                language: self.files.folder.stems(f"{NOTICES}/{language}", ".txt.j2")
                for language in LANGUAGES
            },
            remarks=tuple(self.files.reading.remarks),
            strays=self.files.folder.strays(),
            has_settings=settings is not None,
            gateways=read_gateways(self.files.contacts("gateways")),
        )

    def _site(self, own: Own, wordings: dict[str, Wording]) -> Site:
        people = read_people(self.files.contacts("people"), own.languages[0])
        roles, grants = read_roles(self.files.contacts("roles"))
        rota = self.files.contacts("rotations")
        rotations = read_rotations(rota)
        overrides, absences = read_overrides(rota, rotations), read_absences(rota, people)
        rota.close()
        organisation = read_organisation(self.files.contacts("command"))
        audiences, patience = read_briefings(self.files.contacts("briefings"))
        units, units_told = read_units(self.files.contacts("units"))
        systems = read_systems(self.files.contacts("systems"))
        playbooks = dict(self.files.playbooks())
        regimes = self.files.regimes(regimes_wanted(own.applies, playbooks.values()))
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
            teams=read_teams(self.files.contacts("teams")),
            grants=grants,
            command=organisation.command,
            execution_body=organisation.execution_body,
            liaisons=organisation.liaisons,
            decisions=organisation.decisions,
            still_there=organisation.still_there,
            units=units,
            units_told=units_told,
            systems=systems,
            profiles=read_profiles(self.files.contacts("reach")),
            playbooks=playbooks,
            alerts=read_alerts(self.files.contacts("alerts")),
            audiences=audiences,
            patience=patience,
            channels=own.channels,
            retention_years=own.retention_years,
            applies=own.applies,
            regimes=regimes,
            calendars=self.files.calendars(calendars_wanted(regimes.values(), systems.values())),
            wordings=wordings,
            outlets=own.outlets,
            voice=own.voice,
        )
        return self._made_ready(site)

    def _made_ready(self, site: Site) -> Site:
        """The same with the plan, and with what is kept and done so as to be ready."""
        probe_rules, ways_proved = read_reachability(self.files.contacts("reachability"))
        cards_held, manuals_placed = read_cards(self.files.contacts("cards"))
        courses, plan_read = read_training(self.files.contacts("training"))
        return replace(
            site,
            plan=self.files.plan(),
            faults=read_faults(self.files.opened(FAULTS)),
            quiz=read_quiz(self.files.opened(QUIZ)),
            courses=courses,
            plan_read=plan_read,
            probe_rules=probe_rules,
            ways_proved=ways_proved,
            cards_held=cards_held,
            manuals_placed=manuals_placed,
            provisions=read_provisions(self.files.contacts("registers")),
            event_rules=read_event_rules(self.files.contacts("events")),
            scenarios=dict(self.files.scenarios()),
            drills_held=read_drills(self.files.contacts("drills")),
            duty_rules=read_duty(self.files.contacts("duty")),
        )

    def _folder_is_there(self) -> None:
        path = self.files.folder.path
        if not path.is_dir():
            what = Words(f"没有“{path}”这个文件夹", f"There is no folder {path}")
            mend = Words(
                "请检查 --site，或用 responder init 建立站点。",
                "Check --site, or make a site with responder init.",
            )
            self.files.reading.faults.append(fault(Where(SETTINGS), what, mend))
