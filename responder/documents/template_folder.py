"""A folder of the site's message templates, and the sandbox that they are rendered in."""

from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, meta, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from responder.documents.words import filters

SIGNING = ("firm",)
"""What counts in the length of a text without being named in it."""
BEHIND = {"trouble": ("title", "playbook", "system")}
"""What the facts that are made for a template are made from."""


class TemplateFolder(ImmutableSandboxedEnvironment):
    """Templates are the site's data: they may choose words, not reach, repeat or roll dice.

    Texts are plain, so nothing is escaped here: a platform's own markup is escaped where a text
    becomes that platform's message.
    """

    intercepted_binops = frozenset({"*", "**"})
    named: dict[str | None, tuple[str, ...] | None]
    """By template, the facts its text depends on; None where other templates come into it."""

    @classmethod
    def at(cls, folder: Path, language: str, keeps_lines: bool) -> "TemplateFolder":
        """The templates of one folder, for one language."""
        environment = cls(
            loader=FileSystemLoader(folder),
            undefined=StrictUndefined,
            trim_blocks=keeps_lines,
            lstrip_blocks=True,
            autoescape=False,
        )
        environment.named = {}
        environment.globals.clear()
        for name in ("random", "center", "indent", "format", "wordwrap"):
            environment.filters.pop(name)
        environment.filters.update(filters(language))
        return environment

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        self.named[name] = _named(source)
        return super()._generate(source, name, filename, defer_init)

    def call_binop(self, _context: Any, operator: str, _left: Any, _right: Any) -> Any:
        raise SecurityError(f"a template has no use for {operator}")


def _named(source: nodes.Template) -> tuple[str, ...] | None:
    if any(True for _ in meta.find_referenced_templates(source)):
        return None
    names = meta.find_undeclared_variables(source)
    behind = (behind for made, behind in BEHIND.items() if made in names)
    return tuple(sorted(names.union(SIGNING, *behind)))
