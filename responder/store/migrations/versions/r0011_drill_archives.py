"""Drills taken in from elsewhere."""

from alembic import op

from responder.store.migrations.shelf import create_shelf

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    create_shelf("drill_archives")


def downgrade() -> None:
    """Take back."""
    op.drop_table("drill_archives")
