"""The global options, which stand before or after any command, and options in two languages."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from responder import settings


@dataclass
class Given:
    """The global options as given, and what became known since about who reads the answer.

    `speaks` is the acting person's language; `var` is where a log of failures goes.
    """

    site: str = ""
    person: str = ""
    lang: str = ""
    as_json: bool = False
    speaks: str = ""
    var: Path | None = None

    @property
    def language(self) -> str:
        """The language to answer in: asked for, else the person's, else the surroundings'."""
        return self.lang or self.speaks or settings.language(settings.environment())

    @property
    def acting(self) -> str:
        """Who acts: `--as`, else `RESPONDER_AS`."""
        return self.person or settings.acting_person(settings.environment())

    def said(self, zh: str, en: str) -> str:
        """One of two wordings."""
        return en if self.language == "en" else zh


def given_of(context: click.Context) -> Given:
    """The options given so far."""
    return context.ensure_object(Given)


class Option(click.Option):
    """An option explained in both languages."""

    def __init__(self, declarations: list[str], zh: str = "", en: str = "", **rest: Any) -> None:
        super().__init__(declarations, help=en, **rest)
        self.zh, self.en = zh, en

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option's line in the help, in the reader's language."""
        self.help = given_of(ctx).said(self.zh, self.en)
        return super().get_help_record(ctx)


def option(*declarations: str, zh: str, en: str, **rest: Any) -> Callable[[Any], Any]:
    """An option of a command, explained in both languages."""

    def made(function: Any) -> Any:
        found = Option(list(declarations), zh, en, **rest)
        function.__click_params__ = [*getattr(function, "__click_params__", ()), found]
        return function

    return made


argument = click.argument


def global_options() -> list[click.Parameter]:
    """Fresh options for one command; what is given is kept in `Given`."""
    return [
        _shared("--site", "site", "站点文件夹", "The site's folder", metavar="DIR"),
        _shared("--as", "person", "以谁的身份操作", "Who acts: a person's id", metavar="PERSON"),
        _shared(
            "--lang", "lang", "用哪种语言", "The language to use", type=click.Choice(["zh", "en"])
        ),
        _shared("--json", "as_json", "以 JSON 输出", "Answer in JSON", is_flag=True),
    ]


def is_shared(parameter: click.Parameter) -> bool:
    """Whether it is one of the global options."""
    return (parameter.name or "").startswith("shared_")


def _shared(name: str, attribute: str, zh: str, en: str, **rest: Any) -> Option:
    def keep(ctx: click.Context, _: click.Parameter, value: Any) -> None:
        if value:
            setattr(given_of(ctx), attribute, value)

    declarations = [name, f"shared_{attribute}"]
    return Option(declarations, zh, en, callback=keep, expose_value=False, is_eager=True, **rest)
