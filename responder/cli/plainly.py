"""What every command needs that looks at a site, and nothing that acts on one."""

import json
from typing import Any

import click

from responder import app
from responder.cli.given import Given
from responder.settings import Settings


def settings_for(given: Given) -> Settings:
    """The settings; from here on failures are logged in the site's own folder."""
    settings = app.settings_of(given.site)
    given.var = settings.var
    return settings


def say_json(value: Any) -> None:
    """One JSON value, on one line each so that it can be piped."""
    click.echo(json.dumps(value, ensure_ascii=False, default=str))
