"""Settings: the only reader of the environment, and of the settings part of `responder.toml`.

Every key of `responder.settings.keys` may stand in `responder.toml` and is overridden by the
environment; a secret may also come from the file that its variable with `_FILE` at the end names.
An empty variable counts as not set. Relative paths are meant from where they are written: the
current folder, or the site's.
"""

from responder.settings.keys import variable
from responder.settings.reading import read
from responder.settings.surroundings import (
    FILE,
    Environment,
    acting_person,
    environment,
    language,
    said_of_site,
    site_folder,
    unknown_variables,
)
from responder.settings.values import Settings, Slack, Telegram, Twilio

__all__ = [
    "FILE",
    "Environment",
    "Settings",
    "Slack",
    "Telegram",
    "Twilio",
    "acting_person",
    "environment",
    "language",
    "read",
    "said_of_site",
    "site_folder",
    "unknown_variables",
    "variable",
]
