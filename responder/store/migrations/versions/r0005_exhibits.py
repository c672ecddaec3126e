"""Files kept as evidence."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NAME = "exhibits"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        NAME,
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("open", sa.SmallInteger(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(f"{NAME}_of", NAME, ["incident"])
    condition = sa.text("open = 1")
    op.create_index(
        f"{NAME}_open",
        NAME,
        ["open", "id"],
        sqlite_where=condition,
        postgresql_where=condition,
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table(NAME)
