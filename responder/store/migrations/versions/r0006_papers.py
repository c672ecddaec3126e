"""What is owed outside, and the papers of it: reports, notices, briefings, investigations."""

from alembic import op

from responder.store.migrations.shelf import create_shelf

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NAMES = (
    "dossiers",
    "obligations",
    "reports",
    "agreed_lines",
    "notices",
    "briefings",
    "investigations",
    "measures",
    "inquiries",
    "inspections",
    "holds",
)


def upgrade() -> None:
    """Apply."""
    for name in NAMES:
        create_shelf(name)


def downgrade() -> None:
    """Take back."""
    for name in reversed(NAMES):
        op.drop_table(name)
