"""What the surroundings say in place of a key of `responder.toml`, under the same checks."""

from dataclasses import dataclass

from responder.errors import SiteDoesNotLoad
from responder.site.finding import Where
from responder.site.nodes import Mapping, Node, Scalar, Sequence
from responder.site.yaml_source import parse_yaml

BOTH_LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Override:
    """One variable: the key it stands for, and what it says.

    A list or a mapping is written on one line as in the site's YAML files: `[zh, en]`.
    """

    variable: str
    path: tuple[str, ...]
    text: str

    def over(self, node: Node) -> Node:
        """The node with this value in its place. Raises SiteDoesNotLoad for what cannot be read."""
        return self._within(node, self.path)

    def _within(self, node: Node, path: tuple[str, ...]) -> Node:
        if not path:
            return self._value()
        held = _mapping(node, path[0], self._where)
        key = next((key for key in held.values if _spelt(key) == path[0]), path[0])
        inner = held.values.get(key, Mapping(self._where, {}, {}))
        return Mapping(
            held.where,
            {**held.values, key: self._within(inner, path[1:])},
            {**held.keys, key: self._where},
        )

    def _value(self) -> Node:
        if not self.text.startswith(("[", "{")):
            return Scalar(self._where, self.text)
        try:
            return _placed(parse_yaml(self.variable, self.text), self._where)
        except SiteDoesNotLoad as error:
            here = {"line": self._where.line, "place": self._where.place}
            raise SiteDoesNotLoad(**{**error.facts, **here}) from error

    @property
    def _where(self) -> Where:
        return Where(self.variable, 0)


def _mapping(node: Node, key: str, where: Where) -> Mapping:
    """The node as a mapping to put a key into; one text for both languages is both."""
    if isinstance(node, Mapping):
        return node
    if isinstance(node, Scalar) and key in BOTH_LANGUAGES:
        return Mapping(
            node.where,
            dict.fromkeys(BOTH_LANGUAGES, node),
            dict.fromkeys(BOTH_LANGUAGES, node.where),
        )
    return Mapping(where, {}, {})


def _spelt(key: str) -> str:
    """A key as a variable spells it, which knows no capitals and no hyphens."""
    return key.lower().replace("-", "_")


def _placed(node: Node, where: Where) -> Node:
    """The node and all in it, said to stand in one place."""
    match node:
        case Scalar():
            return Scalar(where, node.text, node.plain)
        case Sequence():
            return Sequence(where, tuple(_placed(item, where) for item in node.items))
        case Mapping():
            values = {key: _placed(value, where) for key, value in node.values.items()}
            return Mapping(where, values, dict.fromkeys(node.keys, where))
