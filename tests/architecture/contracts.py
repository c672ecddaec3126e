"""Import contracts of our own, for rules that import-linter's built-in ones cannot say.

A room that is not built yet, or a package nobody imports yet, breaks none of them.
"""

import sys
from dataclasses import dataclass
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output
from importlinter.contracts.independence import IndependenceContract
from importlinter.contracts.protected import ProtectedContract

ROOT = "responder"


def forget_the_absent(contract: Contract, graph: ImportGraph, *names: str) -> None:
    """Drop from the fields named what the graph does not hold: import-linter calls it an error."""
    for name in names:
        expressions = getattr(contract, name)
        setattr(contract, name, [one for one in expressions if one.expression in graph.modules])


class HomeContract(ProtectedContract):
    """A package has one home: only the modules named may import it."""

    type_name = "home"

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        forget_the_absent(self, graph, "protected_modules", "allowed_importers")
        return super().check(graph, verbose)


class StrangersContract(IndependenceContract):
    """The modules named don't import each other, not even by a detour."""

    type_name = "strangers"

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        forget_the_absent(self, graph, "modules")
        return super().check(graph, verbose)


@dataclass(frozen=True, order=True, slots=True)
class Breach:
    importer: str
    imported: str
    rule: str


class MiddleContract(Contract):
    """The middle imports only itself and the standard library, less what has effects.

    The stand-alone files are the other way round: effects are allowed, our own code is not.
    """

    type_name = "middle"

    modules: Any = fields.SetField(subfield=fields.ModuleExpressionField())
    never: Any = fields.SetField(subfield=fields.StringField())
    stand_alone: Any = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        forget_the_absent(self, graph, "modules")
        breaches = sorted(
            breach
            for importer in self._members(graph)
            for imported in graph.find_modules_directly_imported_by(importer)
            if (breach := self._judge(importer, imported))
        )
        return ContractCheck(kept=not breaches, metadata={"breaches": breaches})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for breach in check.metadata["breaches"]:
            output.print_error(f"- {breach.importer} -> {breach.imported}: {breach.rule}")
        output.new_line()

    def _members(self, graph: ImportGraph) -> set[str]:
        rooms = {room.expression for room in self.modules}
        return rooms.union(*(graph.find_descendants(room) for room in rooms))

    def _judge(self, importer: str, imported: str) -> Breach | None:
        ours = imported.partition(".")[0] == ROOT
        alone = importer in self.stand_alone
        if not ours and imported not in sys.stdlib_module_names:
            return Breach(importer, imported, "not in the standard library")
        if ours and alone:
            return Breach(importer, imported, "stands alone")
        if imported in self.never and not alone:
            return Breach(importer, imported, "has effects")
        return None
