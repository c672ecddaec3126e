"""Events: the monthly reviews, drafted and signed."""

from alembic import op

from responder.store.migrations.shelf import create_shelf

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    create_shelf("event_reviews")


def downgrade() -> None:
    """Take back."""
    op.drop_table("event_reviews")
