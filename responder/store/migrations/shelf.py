"""The table of a shelf, as revisions 0002 to 0005 make it.

A released revision is never changed, nor is what it calls: a shelf of another form gets a function
of its own.
"""

import sqlalchemy as sa
from alembic import op


def create_shelf(name: str) -> None:
    """Values of one kind as docs, with what they are asked by."""
    op.create_table(
        name,
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
    op.create_index(f"{name}_of", name, ["incident"])
    condition = sa.text("open = 1")
    op.create_index(
        f"{name}_open",
        name,
        ["open", "id"],
        sqlite_where=condition,
        postgresql_where=condition,
    )
