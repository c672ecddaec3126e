"""Drills as they are approved and held."""

from alembic import op

from responder.store.migrations.shelf import create_shelf

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    create_shelf("drill_runs")
    create_shelf("drill_approvals")


def downgrade() -> None:
    """Take back."""
    op.drop_table("drill_approvals")
    op.drop_table("drill_runs")
