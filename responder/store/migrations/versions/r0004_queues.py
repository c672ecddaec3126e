"""Each way's messages are a queue of their own, so that one that is full holds up no other."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NAME, INDEX = "outbox", "outbox_queues"
QUEUES = ("slack", "telegram", "voice", "sms", "email", "by_hand")


def upgrade() -> None:
    """Apply."""
    op.add_column(NAME, sa.Column("queue", sa.Text()))
    condition = sa.text("state = 'ready'")
    op.create_index(
        INDEX,
        NAME,
        ["queue", "urgency", "ready_at", "position"],
        sqlite_where=condition,
        postgresql_where=condition,
    )
    doc = "doc::json" if op.get_bind().dialect.name == "postgresql" else "doc"
    outbox = sa.table(NAME, sa.column("queue"))
    via: sa.ColumnElement[str] = sa.literal_column(f"{doc} ->> 'via'")
    op.execute(outbox.update().values(queue=sa.case((via.in_(QUEUES), via), else_="")))


def downgrade() -> None:
    """Take back."""
    op.drop_index(INDEX, NAME)
    op.drop_column(NAME, "queue")
