"""The composition root: the only room that knows every other.

Rooms are imported when they are needed, so that asking for help loads none of them.
"""

from responder.app.clock import days_of, system_clock
from responder.app.doors_in import doors_of, threshold_of
from responder.app.doors_out import (
    caller_numbers,
    channels_of,
    out_of_reach,
    real_channels,
    rooms_on,
)
from responder.app.drills import archive_from, archive_text
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
from responder.app.papers import (
    csv_of,
    manual_page,
    papers_of,
    plan_docx,
    plan_letter_docx,
    report_docx,
    vcards_of,
)
from responder.app.pictures import simulation_drawn
from responder.app.proving import shared_out
from responder.app.register_files import export_register
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
from responder.app.tables import headings_in, register_csv, register_xlsx, rows_of, sheets_of
from responder.app.words import (
    feed_address,
    inspection_link,
    link_of,
    messages_of,
    printed_card_link,
    timeline_line,
    words_for,
)

__all__ = [
    "App",
    "Stage",
    "archive_from",
    "archive_text",
    "authority_of",
    "calendar_text",
    "caller_numbers",
    "channels_of",
    "csv_of",
    "days_of",
    "doors_of",
    "engine_of",
    "examined",
    "export_bundle",
    "export_register",
    "feed_address",
    "files_of",
    "folder_of",
    "has_database",
    "headings_in",
    "inspection_link",
    "link_of",
    "manual_page",
    "messages_of",
    "migrate",
    "opened",
    "out_of_reach",
    "papers_of",
    "plan_docx",
    "plan_letter_docx",
    "printed_card_link",
    "real_channels",
    "regime_text",
    "register_csv",
    "register_xlsx",
    "report_docx",
    "rooms_on",
    "roster_in_force",
    "rows_of",
    "settings_of",
    "shared_out",
    "sheets_of",
    "shipped_regimes",
    "signer_of",
    "simulation_drawn",
    "staged",
    "sweep",
    "system_clock",
    "threshold_of",
    "timeline_line",
    "tokens_of",
    "vault_of",
    "vcards_of",
    "words_for",
    "write_sample",
]
