"""Readiness: changes of the register, duty, plan versions, provisions, events and problems."""

from alembic import op

from responder.store.migrations.shelf import create_shelf

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NAMES = (
    "revisions",
    "change_notices",
    "unit_checks",
    "issued_cards",
    "shifts",
    "swaps",
    "feeds",
    "way_checks",
    "probes",
    "plan_versions",
    "readings",
    "sessions",
    "provision_checks",
    "logged_events",
    "problems",
    "assessments",
)


def upgrade() -> None:
    """Apply."""
    for name in NAMES:
        create_shelf(name)


def downgrade() -> None:
    """Take back."""
    for name in reversed(NAMES):
        op.drop_table(name)
