"""Calls that a human makes."""

from alembic import op

from responder.store.migrations.shelf import create_shelf

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NAME = "call_tasks"


def upgrade() -> None:
    """Apply."""
    create_shelf(NAME)


def downgrade() -> None:
    """Take back."""
    op.drop_table(NAME)
