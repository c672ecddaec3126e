import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

import pytest

from tests.architecture.tree import PACKAGE, ROOT

MODULE_LINES = 400
FUNCTION_LINES = 60


def modules() -> dict[str, int]:
    """Lines of every module that holds any."""
    sizes = {place(path): len(text(path).splitlines()) for path in PACKAGE.rglob("*.py")}
    return {name: lines for name, lines in sizes.items() if lines}


def functions() -> dict[str, int]:
    """Lines of every function, nested ones included, first line to last."""
    return {
        f"{place(path)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in PACKAGE.rglob("*.py")
        for node in function_nodes(path)
    }


def function_nodes(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def figures(sizes: dict[str, int]) -> str:
    lines = sorted(sizes.values())
    p90 = quantiles(lines, n=10)[-1] if len(lines) > 1 else lines[0]
    return f"{len(lines)}, median {median(lines):.0f}, p90 {p90:.0f}, longest {lines[-1]} lines"


@pytest.mark.parametrize(
    ("measure", "budget"), [(modules, MODULE_LINES), (functions, FUNCTION_LINES)]
)
def test_nothing_outgrows_its_budget(capsys, measure, budget):
    """A module stays within 400 lines and a function within 60: above that it is two."""
    sizes = measure()
    if not sizes:
        pytest.skip("nothing written yet")
    with capsys.disabled():
        print(f"\n{measure.__name__}: {figures(sizes)}")
    assert {name: lines for name, lines in sizes.items() if lines > budget} == {}
