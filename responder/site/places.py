"""Where each thing of the site was written."""

from responder.site.finding import Where
from responder.site.nodes import Mapping, Node, Scalar, Sequence

Path = tuple[str | int, ...]

HOMES = {
    "people": "contacts/people.yaml",
    "roles": "contacts/roles.yaml",
    "grants": "contacts/roles.yaml",
    "rotations": "contacts/rotations.yaml",
    "overrides": "contacts/rotations.yaml",
    "absences": "contacts/rotations.yaml",
    "teams": "contacts/teams.yaml",
    "command_body": "contacts/command.yaml",
    "execution_body": "contacts/command.yaml",
    "liaisons": "contacts/command.yaml",
    "decisions": "contacts/command.yaml",
    "still_there": "contacts/command.yaml",
    "units": "contacts/units.yaml",
    "units_told": "contacts/units.yaml",
    "systems": "contacts/systems.yaml",
    "profiles": "contacts/reach.yaml",
    "alerts": "contacts/alerts.yaml",
    "audiences": "contacts/briefings.yaml",
    "warnings": "contacts/briefings.yaml",
    "gateways": "contacts/gateways.yaml",
    "cards": "contacts/cards.yaml",
    "manuals": "contacts/cards.yaml",
    "provisions": "contacts/registers.yaml",
    "event_rules": "contacts/events.yaml",
    "drills": "contacts/drills.yaml",
    "scenarios": "playbooks/drills",
    "probes": "contacts/reachability.yaml",
    "probed": "contacts/reachability.yaml",
    "proved": "contacts/reachability.yaml",
    "areas": "contacts/duty.yaml",
    "posts": "contacts/duty.yaml",
    "check_in_posts": "contacts/duty.yaml",
    "check_in_every": "contacts/duty.yaml",
    "packs": "playbooks/regimes",
    "plan": "playbooks/plan.yaml",
    "faults": "playbooks/faults.yaml",
    "questions": "playbooks/quiz.yaml",
    "courses": "contacts/training.yaml",
    "plan_read": "contacts/training.yaml",
    "playbooks": "playbooks",
    "calendars": "playbooks/calendars",
    "wordings": "templates/wording",
}
SETTINGS = "responder.toml"
_DEEPEST = 7
"""Nothing we ask for lies deeper; every level of lists doubles the names to keep."""


class Places:
    """Lines by path: `("people", "zhang.wei", "reach")`, `("overrides", 0)`.

    An item of a list is known by its `id`, or by its text if it is a text, and by its number.
    """

    def __init__(self) -> None:
        self._lines: dict[Path, Where] = {}

    def add(self, path: Path, node: Node | None, where: Where | None = None) -> None:
        """Remember a node and all in it; `where` is the line of its key, if it has one."""
        if node is None or len(path) > _DEEPEST:
            return
        self._lines.setdefault(path, where or node.where)
        if isinstance(node, Mapping):
            for key, value in node.values.items():
                self.add((*path, key), value, node.keys[key])
        elif isinstance(node, Sequence):
            for number, item in enumerate(node.items):
                self.add((*path, number), item)
                if name := _name(item):
                    self.add((*path, name), item)

    def where(self, path: Path) -> Where:
        """The line of what `path` names; of what should hold it, if it was left out."""
        while path:
            if path in self._lines:
                return self._lines[path]
            if len(path) == 1:
                return Where(HOMES.get(str(path[0]), SETTINGS))
            path = path[:-1]
        return Where(SETTINGS)


def _name(item: Node) -> str:
    named = item.values.get("id") if isinstance(item, Mapping) else item
    return named.text if isinstance(named, Scalar) else ""
