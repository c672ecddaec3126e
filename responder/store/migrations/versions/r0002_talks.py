"""What chats remember between two lines."""

from alembic import op

from responder.store.migrations.shelf import create_shelf

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NAME = "talks"


def upgrade() -> None:
    """Apply."""
    create_shelf(NAME)


def downgrade() -> None:
    """Take back."""
    op.drop_table(NAME)
