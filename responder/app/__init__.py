"""The composition root: the only room that knows every other.

Rooms are imported when they are needed, so that asking for help loads none of them.
"""

from responder.app.clock import system_clock
from responder.app.doors_in import doors_of, threshold_of
from responder.app.doors_out import channels_of, out_of_reach, real_channels, rooms_on
from responder.app.evidence import authority_of, export_bundle, sweep, vault_of
from responder.app.house import (
    App,
    has_database,
    migrate,
    opened,
    roster_in_force,
    signer_of,
    tokens_of,
)
from responder.app.papers import csv_of, papers_of, report_docx
from responder.app.site_folder import (
    calendar_text,
    examined,
    files_of,
    folder_of,
    regime_text,
    settings_of,
    shipped_regimes,
    write_sample,
)
from responder.app.stage import Stage, engine_of, staged
from responder.app.words import inspection_link, link_of, messages_of, timeline_line, words_for

__all__ = [
    "App",
    "Stage",
    "authority_of",
    "calendar_text",
    "channels_of",
    "csv_of",
    "doors_of",
    "engine_of",
    "examined",
    "export_bundle",
    "files_of",
    "folder_of",
    "has_database",
    "inspection_link",
    "link_of",
    "messages_of",
    "migrate",
    "opened",
    "out_of_reach",
    "papers_of",
    "real_channels",
    "regime_text",
    "report_docx",
    "rooms_on",
    "roster_in_force",
    "settings_of",
    "shipped_regimes",
    "signer_of",
    "staged",
    "sweep",
    "system_clock",
    "threshold_of",
    "timeline_line",
    "tokens_of",
    "vault_of",
    "words_for",
    "write_sample",
]
