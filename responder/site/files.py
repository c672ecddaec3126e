"""The files of a site's folder, one by one: each read into what it says, its place remembered.

A file that does not parse is told with its line, and the reading goes on as if it were not there.
"""

from collections.abc import Iterable, Iterator

from responder.domain.calendar import Calendar
from responder.domain.drill import DrillScenario
from responder.domain.playbook import Playbook
from responder.domain.regime import Regime
from responder.domain.register import Plan
from responder.domain.wording import Wording
from responder.errors import SiteDoesNotLoad
from responder.site import nodes
from responder.site.calendars import read_calendar, shipped_calendar
from responder.site.fields import Fields
from responder.site.finding import Where
from responder.site.folder import PLAN, SETTINGS, Folder
from responder.site.override import Override
from responder.site.packs import PACKS, in_use, shipped_packs, shipped_regime, with_editions
from responder.site.places import Places
from responder.site.playbooks import read_playbook
from responder.site.public import read_wording
from responder.site.regimes import read_regime
from responder.site.register import read_plan
from responder.site.scenarios import read_scenario
from responder.site.shapes import Reading
from responder.site.toml_source import parse_toml
from responder.site.yaml_source import parse_yaml

WORDINGS = "templates/wording"
DRILLS = "playbooks/drills"
CALENDARS = "playbooks/calendars"


class Files:
    """The files of one folder: what each says, where it was written, what is wrong with it."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.reading = Reading()
        self.places = Places()

    def parsed(self, name: str) -> nodes.Node | None:
        """What a file holds, or none; what keeps it from parsing is a fault."""
        try:
            if name == SETTINGS:
                return self.folder.parsed(name, parse_toml)
            return self.folder.parsed(name, parse_yaml)
        except SiteDoesNotLoad as error:
            self.reading.faults.append(error)
            return None

    def opened(self, name: str) -> Fields:
        """What a file says; nothing, if it is not there or does not parse."""
        node = self.parsed(name)
        self.places.add((), node)
        return Fields(self.reading, _empty(name) if node is None else node)

    def contacts(self, name: str) -> Fields:
        """What a file of the contacts says."""
        return self.opened(f"contacts/{name}.yaml")

    def overridden(self, settings: nodes.Node | None, overrides: Iterable[Override]) -> Fields:
        """What `responder.toml` says, with what the surroundings say in its place."""
        node = settings or _empty(SETTINGS)
        for override in overrides:
            try:
                node = override.over(node)
            except SiteDoesNotLoad as error:
                self.reading.faults.append(error)
        self.places.add((), node)
        return Fields(self.reading, node)

    def plan(self) -> Plan | None:
        """The plan, if its file is there."""
        node = self.parsed(PLAN)
        self.places.add(("plan",), node)
        return None if node is None else read_plan(Fields(self.reading, node))

    def playbooks(self) -> Iterator[tuple[str, Playbook]]:
        """The playbooks by their ids, which no two share."""
        first: dict[str, Where] = {}
        for name in self.folder.playbooks():
            node = self.parsed(name)
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

    def scenarios(self) -> Iterator[tuple[str, DrillScenario]]:
        """The drills' scenarios, each by the name of its file."""
        for name in self.folder.names(DRILLS, ".yaml"):
            node = self.parsed(name)
            if node is None:
                continue
            fields = Fields(self.reading, node)
            id = fields.id()
            self.places.add(("scenarios", id), node)
            yield id, read_scenario(fields, id)

    def regimes(self, wanted: tuple[str, ...]) -> dict[str, Regime]:
        """The packs wanted with their editions: the firm's own, else the release's."""
        own = self.folder.stems(PACKS, ".yaml")
        found: dict[str, Regime] = {}
        for id in with_editions(wanted, own | shipped_packs()):
            node = self.parsed(f"{PACKS}/{id}.yaml") if id in own else None
            self.places.add(("packs", id), node)
            regime = read_regime(Fields(self.reading, node), id) if node else shipped_regime(id)
            if regime and (id not in own or node):
                found[id] = regime
        return in_use(found, wanted)

    def calendars(self, wanted: Iterable[str]) -> dict[str, Calendar]:
        """The calendars wanted: the firm's own, or in their absence the release's."""
        found = {id: shipped_calendar(id) for id in wanted}
        for id in found:
            self.places.add(("calendars", id), nodes.Scalar(Where(f"{CALENDARS}/{id}.yaml"), ""))
        for id in sorted(self.folder.stems(CALENDARS, ".yaml")):
            node = self.parsed(f"{CALENDARS}/{id}.yaml")
            self.places.add(("calendars", id), node)
            if node:
                found[id] = read_calendar(Fields(self.reading, node), id)
        return {id: calendar for id in wanted if (calendar := found[id])}

    def wordings(self) -> dict[str, Wording]:
        """The wording of each fault, by the name of its file."""
        found: dict[str, Wording] = {}
        for id in sorted(self.folder.stems(WORDINGS, ".yaml")):
            node = self.parsed(f"{WORDINGS}/{id}.yaml")
            if node is not None:
                self.places.add(("wordings", id), node)
                found[id] = read_wording(Fields(self.reading, node), id)
        return found


def _empty(name: str) -> nodes.Node:
    return nodes.Mapping(Where(name), {}, {})
