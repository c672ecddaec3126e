"""The command line as such: help, global options on both sides, wrong usage, our own faults."""

import click
import pytest
from click.testing import CliRunner

from responder.cli import root
from responder.cli.failing import LOG
from responder.cli.frame import Group

ENVIRONMENT = {"LANG": "en_US.UTF-8", "LC_ALL": "", "LC_MESSAGES": "", "RESPONDER_AS": ""}


def run(*arguments: str, **environ: str):
    return CliRunner(env={**ENVIRONMENT, **environ}).invoke(root, list(arguments))


def commands(group: click.Group, *path: str):
    """Every command there is, by its words."""
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        yield (*path, name), found
        if isinstance(found, click.Group):
            yield from commands(found, *path, name)


ALL = dict(commands(root))


@pytest.mark.parametrize("path", ALL, ids=" ".join)
@pytest.mark.parametrize(("locale", "word"), [("en_US.UTF-8", "Global options"), ("", "通用选项")])
def test_every_command_explains_itself(path, locale, word):
    """Help answers in the reader's language, and names the global options."""
    shown = run(*path, "--help", LANG=locale)
    assert shown.exit_code == 0
    assert word in shown.stdout
    assert "--as" in shown.stdout
    assert "Show this message" not in shown.stdout


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_option_is_explained_in_both_languages(path):
    """No option without words."""
    for parameter in ALL[path].params:
        if isinstance(parameter, click.Option):
            assert getattr(parameter, "zh", ""), parameter.name
            assert getattr(parameter, "en", ""), parameter.name


def test_the_promised_commands_are_there():
    """The names people's scripts hang on."""
    promised = (
        "init check migrate doctor serve demo declare warn incident page ack decline safety decide"
        " confirm task note undo who handset simulate ledger halt resume"
    )
    assert set(promised.split()) <= set(root.list_commands(click.Context(root)))
    for group, names in {
        "warn": "raise verify lift convert dismiss list show",
        "incident": "list show timeline set cancel reopen level handover take pull",
        "safety": "ask ok help",
        "task": "list done assign",
        "ledger": "verify checkpoint",
    }.items():
        assert {(group, name) for name in names.split()} <= set(ALL)


@pytest.mark.parametrize("arguments", [("wo",), ("incident", "shw", "x"), ("lst",)])
def test_a_mistyped_command_gets_the_nearest(arguments):
    """Wrong usage is 2, and says what was meant where that can be guessed."""
    refused = run(*arguments)
    assert refused.exit_code == 2
    assert "Did you mean" in refused.stderr or "--help" in refused.stderr
    assert refused.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("declare",),
        ("declare", "x"),
        ("declare", "x", "--title", "y", "--level", "5"),
        ("simulate", "x", "--answer-after", "soon"),
        ("decide", "INC-1", "x", "maybe"),
        ("incident", "set", "INC-1", "cancelled"),
        ("who", "--nonsense"),
        ("--lang", "fr", "who"),
        ("serve", "--roles", "engine,nonsense"),
    ],
)
def test_wrong_usage_is_two(arguments):
    """What cannot be understood is not tried."""
    refused = run(*arguments)
    assert refused.exit_code == 2
    assert refused.stderr
    assert "Traceback" not in refused.stderr


def test_our_own_fault_is_three_with_a_code(tmp_path, monkeypatch):
    """A fault of ours gives a code, no traceback; the traceback is in the site's own folder."""

    def broken(*_: object, **__: object):
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("responder.app.roster_in_force", broken)
    failed = run("who", RESPONDER_VAR=str(tmp_path))
    assert failed.exit_code == 3
    assert "Traceback" not in failed.stderr
    (code,) = [word.strip(";,.") for word in failed.stderr.split() if word.startswith("E-")]
    log = tmp_path / LOG
    assert code in log.read_text()
    assert "a fault of ours" in log.read_text()
    assert log.stat().st_mode & 0o077 == 0


def test_groups_know_their_commands_without_importing_them():
    """The list of commands costs nothing."""
    assert isinstance(root, Group)
    assert all(later.zh and later.en for later in root.table.values())
