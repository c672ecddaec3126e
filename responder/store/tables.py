"""The tables. Instants are whole microseconds since 1970 UTC, truths are 0 or 1, docs are JSON.

A change here is a new file in `migrations/versions`; a test compares the two.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    text,
)

METADATA = MetaData()


def _number(name: str, autoincrement: bool = False) -> Column[int]:
    """A whole number as primary key: on SQLite the row's own number."""
    kind = BigInteger().with_variant(Integer(), "sqlite")
    return Column(name, kind, nullable=False, primary_key=True, autoincrement=autoincrement)


def _position() -> Column[int]:
    """The order of arrival."""
    return _number("position", autoincrement=True)


def _text(name: str, primary_key: bool = False, unique: bool | None = None) -> Column[str]:
    return Column(name, Text, nullable=False, primary_key=primary_key, unique=unique)


def _instant(name: str, nullable: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=nullable)


_OPEN = text("open = 1")


def _shelf(name: str) -> Table:
    """Values of one kind: `doc` is the value, the other columns are what is asked by."""
    return Table(
        name,
        METADATA,
        _position(),
        _text("id", unique=True),
        _text("incident"),
        Column("open", SmallInteger, nullable=False),
        _text("doc"),
        Index(f"{name}_of", "incident"),
        Index(f"{name}_open", "open", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )


INCIDENTS = _shelf("incidents")
ESCALATIONS = _shelf("escalations")
AUTHORITIES = _shelf("authorities")
TASKS = _shelf("tasks")
WARNINGS = _shelf("warnings")
CONSENTS = _shelf("consents")
TALKS = _shelf("talks")
CALL_TASKS = _shelf("call_tasks")
EXHIBITS = _shelf("exhibits")
DOSSIERS = _shelf("dossiers")
OBLIGATIONS = _shelf("obligations")
REPORTS = _shelf("reports")
AGREED_LINES = _shelf("agreed_lines")
NOTICES = _shelf("notices")
BRIEFINGS = _shelf("briefings")
INVESTIGATIONS = _shelf("investigations")
MEASURES = _shelf("measures")
INQUIRIES = _shelf("inquiries")
INSPECTIONS = _shelf("inspections")
HOLDS = _shelf("holds")
REVISIONS = _shelf("revisions")
CHANGE_NOTICES = _shelf("change_notices")
UNIT_CHECKS = _shelf("unit_checks")
ISSUED_CARDS = _shelf("issued_cards")
SHIFTS = _shelf("shifts")
SWAPS = _shelf("swaps")
FEEDS = _shelf("feeds")
WAY_CHECKS = _shelf("way_checks")
PROBES = _shelf("probes")
PLAN_VERSIONS = _shelf("plan_versions")
READINGS = _shelf("readings")
SESSIONS = _shelf("sessions")
PROVISION_CHECKS = _shelf("provision_checks")
LOGGED_EVENTS = _shelf("logged_events")
PROBLEMS = _shelf("problems")
EVENT_REVIEWS = _shelf("event_reviews")
ASSESSMENTS = _shelf("assessments")
DRILL_RUNS = _shelf("drill_runs")
DRILL_ARCHIVES = _shelf("drill_archives")
DRILL_APPROVALS = _shelf("drill_approvals")
DRILL_PLANS = _shelf("drill_plans")

_READY = text("state = 'ready'")
_SENDING = text("state = 'sending'")

OUTBOX = Table(
    "outbox",
    METADATA,
    _position(),
    _text("id", unique=True),
    _text("incident"),
    _text("person"),
    _text("purpose"),
    _text("state"),
    _instant("ready_at"),
    Column("urgency", BigInteger, nullable=False),
    _instant("leased_until", nullable=True),
    Column("attempt", Integer, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("recalled", SmallInteger, nullable=False),
    _text("provider"),
    _text("provider_id"),
    _text("text"),
    _text("reason"),
    _instant("settled_at", nullable=True),
    _instant("calling_until", nullable=True),
    _text("doc"),
    Column("queue", Text),
    Index("outbox_of", "incident"),
    Index("outbox_to", "person"),
    Index(
        "outbox_urgent",
        "urgency",
        "ready_at",
        "position",
        sqlite_where=_READY,
        postgresql_where=_READY,
    ),
    Index(
        "outbox_queues",
        "queue",
        "urgency",
        "ready_at",
        "position",
        sqlite_where=_READY,
        postgresql_where=_READY,
    ),
    Index("outbox_ready", "ready_at", sqlite_where=_READY, postgresql_where=_READY),
    Index("outbox_leased", "leased_until", sqlite_where=_SENDING, postgresql_where=_SENDING),
)

TIMERS = Table(
    "timers",
    METADATA,
    _text("kind", primary_key=True),
    _text("subject", primary_key=True),
    _instant("due_at"),
    Index("timers_due", "due_at"),
    sqlite_with_rowid=False,
)

LEDGER_ENTRIES = Table(
    "ledger_entries",
    METADATA,
    _number("seq"),
    _instant("at"),
    _text("kind"),
    _text("actor"),
    _text("door"),
    _text("detail"),
    _text("subject"),
    _text("payload_hash"),
    _text("previous"),
    _text("previous_of_subject"),
    _text("hash"),
    Index("ledger_entries_about", "subject", "seq"),
    Index("ledger_entries_by", "actor", "at"),
)

LEDGER_PAYLOADS = Table(
    "ledger_payloads",
    METADATA,
    _number("seq"),
    _text("salt"),
    _text("payload"),
)

LEDGER_HEAD = Table(
    "ledger_head",
    METADATA,
    _number("id"),
    Column("seq", BigInteger, nullable=False),
    _instant("at"),
    _text("hash"),
)

LEDGER_KEYS = Table(
    "ledger_keys",
    METADATA,
    _number("seq"),
    _text("public_key"),
)

LEDGER_CHECKPOINTS = Table(
    "ledger_checkpoints",
    METADATA,
    _number("seq"),
    _text("checkpoint"),
)

SITES = Table(
    "sites",
    METADATA,
    _position(),
    _text("hash", unique=True),
    Column("content", LargeBinary, nullable=False),
)

NOTES = Table(
    "notes",
    METADATA,
    _text("key", primary_key=True),
    _text("value"),
    sqlite_with_rowid=False,
)

COUNTERS = Table(
    "counters",
    METADATA,
    _text("series", primary_key=True),
    Column("value", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

INBOX = Table(
    "inbox",
    METADATA,
    _text("door", primary_key=True),
    _text("event", primary_key=True),
    sqlite_with_rowid=False,
)
