"""Drills with a day: planned, moved, cancelled, begun."""

from alembic import op

from responder.store.migrations.shelf import create_shelf

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    create_shelf("drill_plans")


def downgrade() -> None:
    """Take back."""
    op.drop_table("drill_plans")
