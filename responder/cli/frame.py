"""Commands, groups that load late, and the root that turns every failure into one line."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import click

from responder.cli.failing import failed
from responder.cli.given import Given, Option, given_of, global_options, is_shared

HERE = "responder.cli"
LONGEST_NAME = 40
HELP = Option(["-h", "--help"], "显示帮助", "Show this help", is_flag=True)


class Command(click.Command):
    """A command that takes the global options too, explained in both languages."""

    def __init__(
        self, name: str, zh: str, en: str, params: Sequence[Any] = (), **rest: Any
    ) -> None:
        super().__init__(name, params=[*params, *global_options()], help=en, **rest)
        self.zh, self.en = zh, en

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The command's paragraph, in the reader's language."""
        self.help = given_of(ctx).said(self.zh, self.en)
        super().format_help_text(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The command's own options, then those that every command takes."""
        options = [p for p in self.get_params(ctx) if isinstance(p, Option)]
        said = given_of(ctx).said
        own = [one for one in options if not is_shared(one)]
        _section(ctx, formatter, said("选项", "Options"), [*own, HELP])
        shared = [one for one in options if is_shared(one)]
        _section(ctx, formatter, said("通用选项", "Global options"), shared)


def _section(
    ctx: click.Context, formatter: click.HelpFormatter, title: str, options: list[Option]
) -> None:
    records = [record for one in options if (record := one.get_help_record(ctx))]
    with formatter.section(title):
        formatter.write_dl(records)


@dataclass(frozen=True, slots=True)
class Later:
    """A command to be imported when it is needed: where it is, and what it does."""

    place: str
    zh: str
    en: str

    def load(self) -> click.Command:
        """The command."""
        module, _, name = self.place.partition(":")
        found: click.Command = getattr(import_module(f"{HERE}.{module}"), name)
        return found


class Group(Command, click.Group):
    """Commands by name, imported when needed; a mistyped name gets the nearest ones."""

    def __init__(
        self, name: str, zh: str, en: str, table: Mapping[str, Later], **rest: Any
    ) -> None:
        super().__init__(name, zh, en, no_args_is_help=True, **rest)
        self.table = table

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names, in the order in which a person meets them."""
        return [*self.table, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        later = self.table.get(cmd_name)
        return later.load() if later else super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does; a name nobody knows is refused with the nearest ones."""
        name = args[0][:LONGEST_NAME]
        known = self.list_commands(ctx)
        if name in known or name.startswith("-"):
            return super().resolve_command(ctx, args)
        near = get_close_matches(name, known, 3)
        said = given_of(ctx).said
        what = said(f"没有“{name}”这个命令。", f"There is no command “{name}”.")
        otherwise = said("用 --help 查看全部命令。", "See them all with --help.")
        meant = said(f"您是否指：{'、'.join(near)}？", f"Did you mean {', '.join(near)}?")
        raise click.UsageError(f"{what} {meant if near else otherwise}", ctx)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Commands first: they are what people look for."""
        self.format_commands(ctx, formatter)
        Command.format_options(self, ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing any."""
        said = given_of(ctx).said
        rows = [(name, said(later.zh, later.en)) for name, later in self.table.items()]
        own = [(n, c) for n, c in self.commands.items() if isinstance(c, Command)]
        rows += [(name, said(one.zh, one.en)) for name, one in own]
        with formatter.section(said("命令", "Commands")):
            formatter.write_dl(rows)


class Root(Group):
    """`responder`: every failure becomes one line and an exit status."""

    def __init__(self, zh: str, en: str, table: Mapping[str, Later]) -> None:
        width = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
        super().__init__("responder", zh, en, table, params=[_version()], context_settings=width)

    def main(self, args: Any = None, *rest: Any, **extra: Any) -> Any:
        """Run, and exit: 0 done, 1 refused, 2 wrong usage, 3 our own fault."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        given = Given()
        try:
            return super().main(args, *rest, **{**extra, "prog_name": "responder", "obj": given})
        except Exception as error:  # noqa: BLE001 - the last line of defence
            sys.exit(failed(error, given))


def release() -> str:
    """Which release this is."""
    from importlib import metadata  # noqa: PLC0415 - slow to import

    try:
        return metadata.version("responder-bot")
    except metadata.PackageNotFoundError:
        return "(source tree, not installed)"


def _version() -> Option:
    def show(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
        if wanted:
            click.echo(f"responder {release()}")
            ctx.exit()

    rest: dict[str, Any] = {"is_flag": True, "is_eager": True, "expose_value": False}
    return Option(["--version"], "显示版本", "Show the version", callback=show, **rest)


def command(name: str, zh: str, en: str) -> Callable[[Callable[..., None]], Command]:
    """Make a function a command; it is given the global options first."""

    def made(function: Callable[..., None]) -> Command:
        def called(**options: Any) -> None:
            function(given_of(click.get_current_context()), **options)

        params = reversed(getattr(function, "__click_params__", ()))
        return Command(name, zh, en, list(params), callback=called)

    return made


def group(name: str, zh: str, en: str, *commands: Command) -> Group:
    """Commands under a name."""
    made = Group(name, zh, en, {})
    for one in commands:
        made.add_command(one)
    return made
