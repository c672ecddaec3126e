"""Drills taken in go by their number and their first entry; their file is kept as it came."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

Doc = dict[str, Any]
TAG = 6
ARCHIVES = sa.table(
    "drill_archives", sa.column("position"), sa.column("id"), sa.column("doc", sa.Text)
)


def upgrade() -> None:
    """Apply."""
    _rewrite(_taken_in)


def downgrade() -> None:
    """Take back."""
    _rewrite(_archive)


def _rewrite(change: Callable[[Doc], tuple[str, Doc]]) -> None:
    connection = op.get_bind()
    for row in connection.execute(sa.select(ARCHIVES)).all():
        id, doc = change(json.loads(row.doc))
        mine = ARCHIVES.c.position == row.position
        connection.execute(ARCHIVES.update().where(mine).values(id=id, doc=_written(doc)))


def _taken_in(archive: Doc) -> tuple[str, Doc]:
    """The file held the archive with no hash in it."""
    text = _written(archive | {"sha256": ""})
    hashes = [entry["hash"] for entry in archive["entries"]]
    doc: Doc = {key: archive.get(key) for key in ("id", "firm", "record")}
    doc |= {"names": archive.get("names", {}), "units": {}}
    doc |= {"hashes": hashes, "text": text, "sha256": sha256(text.encode()).hexdigest()}
    return f"{archive['id']}@{hashes[0][:TAG]}", doc


def _archive(doc: Doc) -> tuple[str, Doc]:
    return doc["sha256"], json.loads(doc["text"]) | {"sha256": doc["sha256"], "is_open": False}


def _written(doc: Doc) -> str:
    return json.dumps(doc, ensure_ascii=False, separators=(",", ":"))
