"""The surroundings: the only reader of the environment."""

import os
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from responder.errors import BadInput
from responder.settings.keys import ALONE, GATEWAY, PREFIX, TABLE, variable

FILE = "responder.toml"

Environment = Mapping[str, str]


def environment() -> Environment:
    """The process's environment."""
    return os.environ


def acting_person(environ: Environment) -> str:
    """Who acts where the command line does not say: `RESPONDER_AS`."""
    return environ.get(f"{PREFIX}AS", "").strip()


def language(environ: Environment) -> str:
    """The language of the surroundings, `zh` or `en`; `zh` where they do not say."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if said := environ.get(name, ""):
            tongue = said.partition(".")[0].partition("_")[0].casefold()
            return "zh" if tongue in ("zh", "c", "posix") else "en"
    return "zh"


def site_folder(
    given: str, environ: Environment, here: Path, sample: Callable[[], Path]
) -> tuple[Path, bool]:
    """The site's folder, and whether it is the sample in place."""
    named = given or environ.get(f"{PREFIX}SITE", "")
    if named:
        folder = here / Path(named).expanduser()
    elif (here / FILE).is_file():
        folder = here
    else:
        folder = sample()
    folder = folder.resolve()
    try:
        return folder, folder == sample().resolve()
    except BadInput:
        return folder, False  # an installation without a sample can still serve a site


def unknown_variables(environ: Environment) -> dict[str, str]:
    """Variables that look like ours and mean nothing, each with the nearest one that does."""
    known = {variable(name) for name in ALONE} | {key.variable for key in TABLE}
    known |= {f"{key.variable}_FILE" for key in TABLE if key.is_secret}
    ours = sorted(
        name
        for name in environ
        if name.startswith(PREFIX)
        and not name.startswith(GATEWAY)
        and name not in known
        and not any(key.is_set_by(name) for key in TABLE)
    )
    return {name: next(iter(get_close_matches(name, known, 1)), "") for name in ours}


def said_of_site(environ: Environment) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """What the environment says of the site: the variable, the path of the key, the value.

    Outer keys come before inner ones. An empty variable counts as not set.
    """
    for name in sorted(environ):
        if environ[name].strip() and any(key.of_site and key.is_set_by(name) for key in TABLE):
            path = name.removeprefix(PREFIX).lower().split("__")
            yield name, tuple(path), environ[name].strip()
