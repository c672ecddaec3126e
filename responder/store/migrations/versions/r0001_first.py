"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SHELVES = ("incidents", "escalations", "authorities", "tasks", "warnings", "consents")
LEDGER = ("entries", "payloads", "head", "keys", "checkpoints")
NOTHING = "0" * 64


def upgrade() -> None:
    """Apply."""
    for name in SHELVES:
        _create_shelf(name)
    _create_outbox()
    _create_timers()
    _create_ledger_chain()
    _create_ledger_proofs()
    _create_small_tables()


def downgrade() -> None:
    """Take back."""
    ledger = [f"ledger_{name}" for name in LEDGER]
    for name in (*SHELVES, *ledger, "outbox", "timers", "sites", "notes", "counters", "inbox"):
        op.drop_table(name)


def _number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _position() -> sa.Column[int]:
    return sa.Column("position", _number(), autoincrement=True, nullable=False)


def _seq() -> sa.Column[int]:
    return sa.Column("seq", _number(), autoincrement=False, nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _instant(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _index_where(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)


def _create_shelf(name: str) -> None:
    op.create_table(
        name,
        _position(),
        _text("id"),
        _text("incident"),
        sa.Column("open", sa.SmallInteger(), nullable=False),
        _text("doc"),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(f"{name}_of", name, ["incident"])
    _index_where(f"{name}_open", name, ["open", "id"], "open = 1")


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        _position(),
        _text("id"),
        _text("incident"),
        _text("person"),
        _text("purpose"),
        _text("state"),
        _instant("ready_at"),
        sa.Column("urgency", sa.BigInteger(), nullable=False),
        _instant("leased_until", nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("recalled", sa.SmallInteger(), nullable=False),
        _text("provider"),
        _text("provider_id"),
        _text("text"),
        _text("reason"),
        _instant("settled_at", nullable=True),
        _instant("calling_until", nullable=True),
        _text("doc"),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("outbox_of", "outbox", ["incident"])
    op.create_index("outbox_to", "outbox", ["person"])
    urgent = ["urgency", "ready_at", "position"]
    _index_where("outbox_urgent", "outbox", urgent, "state = 'ready'")
    _index_where("outbox_ready", "outbox", ["ready_at"], "state = 'ready'")
    _index_where("outbox_leased", "outbox", ["leased_until"], "state = 'sending'")


def _create_timers() -> None:
    op.create_table(
        "timers",
        _text("kind"),
        _text("subject"),
        _instant("due_at"),
        sa.PrimaryKeyConstraint("kind", "subject"),
        sqlite_with_rowid=False,
    )
    op.create_index("timers_due", "timers", ["due_at"])


def _create_ledger_chain() -> None:
    op.create_table(
        "ledger_entries",
        _seq(),
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
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("ledger_entries_about", "ledger_entries", ["subject", "seq"])
    op.create_index("ledger_entries_by", "ledger_entries", ["actor", "at"])
    op.create_table(
        "ledger_payloads",
        _seq(),
        _text("salt"),
        _text("payload"),
        sa.PrimaryKeyConstraint("seq"),
    )
    head = op.create_table(
        "ledger_head",
        sa.Column("id", _number(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        _instant("at"),
        _text("hash"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.bulk_insert(head, [{"id": 1, "seq": 0, "at": 0, "hash": NOTHING}])


def _create_ledger_proofs() -> None:
    op.create_table("ledger_keys", _seq(), _text("public_key"), sa.PrimaryKeyConstraint("seq"))
    op.create_table(
        "ledger_checkpoints", _seq(), _text("checkpoint"), sa.PrimaryKeyConstraint("seq")
    )


def _create_small_tables() -> None:
    op.create_table(
        "sites",
        _position(),
        _text("hash"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("hash"),
    )
    op.create_table(
        "notes",
        _text("key"),
        _text("value"),
        sa.PrimaryKeyConstraint("key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "counters",
        _text("series"),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("series"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "inbox",
        _text("door"),
        _text("event"),
        sa.PrimaryKeyConstraint("door", "event"),
        sqlite_with_rowid=False,
    )
