import ast
import importlib
from functools import cache

import click
import pytest
from ruamel.yaml import YAML

from tests.architecture.tree import PACKAGE, ROOT

NOT_YET = "not yet"
CLAUSES = {
    "7.1-": "1 2 3a 3b 4 P.a P.b P.c P.d P.e P.f P.g P.h P.i P.j R.a R.b R.c R.d R.e R.f"
    " k l m.1 m.2 m.3 n o.1 o.2 o.3 p.1 p.2 p.3 q r s t u v w x x' y z aa ab ac",
    "7.2-": "1a 1b 1c 2 3 4 5a 5b 6a 6b 7 8a 8b 8c",
    "7.3-": "1 2a 2b 2c 3",
    "4.7-": "1 2",
    "5.1-": "1 2 3 4 5",
    "5.8-": "1 2 3 4 5 6 7 8 9 10",
}


@cache
def clauses() -> list[dict]:
    return YAML(typ="safe").load(ROOT / "docs" / "clauses.yaml")


def named(field: str) -> list[str]:
    """What the map names in a field, over all clauses."""
    values = (clause[field] for clause in clauses())
    lists = (value if isinstance(value, list) else [value] for value in values)
    return sorted({name for names in lists for name in names} - {NOT_YET})


def root_command() -> click.Group:
    """The command line's root: what `responder` runs."""
    cli = importlib.import_module("responder.cli")
    return next(value for value in vars(cli).values() if isinstance(value, click.Group))


def command_exists(words: str) -> bool:
    command: click.Command | None = root_command()
    for word in words.split():
        if not isinstance(command, click.Group):
            return False
        command = command.get_command(click.Context(command), word)
    return command is not None


def is_a_test(name: str) -> bool:
    path, _, function = name.partition("::")
    if not (ROOT / path).is_file():
        return False
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    functions = {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    return function.partition("[")[0] in functions


def test_every_clause_is_there_once():
    """No requirement of the standard is lost from the map, and none is counted twice."""
    expected = [family + one for family, ones in CLAUSES.items() for one in ones.split()]
    assert sorted(clause["clause"] for clause in clauses()) == sorted(expected)


def test_every_clause_says_all():
    """Each clause says what it asks for, what serves it and what shows it."""
    fields = {"clause", "text", "command", "test"}
    assert [clause for clause in clauses() if set(clause) != fields or not clause["text"]] == []


@pytest.mark.skipif(not (PACKAGE / "__main__.py").exists(), reason="no command line yet")
def test_every_command_named_exists():
    """A command that the map promises is there to be typed."""
    assert [name for name in named("command") if not command_exists(name)] == []


def test_every_test_named_exists():
    """A test that the map points to is there to be run."""
    assert [name for name in named("test") if not is_a_test(name)] == []
