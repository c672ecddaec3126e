"""Files kept as evidence."""

from alembic import op

from responder.store.migrations.shelf import create_shelf

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NAME = "exhibits"


def upgrade() -> None:
    """Apply."""
    create_shelf(NAME)


def downgrade() -> None:
    """Take back."""
    op.drop_table(NAME)
