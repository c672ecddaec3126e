"""Versions of the site, content-addressed (P9)."""

import zlib
from contextlib import suppress
from hashlib import sha256
from threading import Lock

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert

from responder.domain.site import Site
from responder.errors import StoreCorrupt, UnknownId
from responder.store.codec import decoder, encode
from responder.store.notes import TableNotes
from responder.store.session import Session
from responder.store.statements import Core, Statement, per_dialect
from responder.store.tables import SITES as T

ACCEPTED = "site accepted"
"""The note that holds the hash of the version in force."""
MOST_CACHED = 64


def _add(name: str) -> Core:
    into = (SqliteInsert if name == "sqlite" else PostgresInsert)(T)
    kept = into.values(hash=bindparam("hash"), content=bindparam("content")).inline()
    return kept.on_conflict_do_nothing()


ADD = per_dialect(_add)
GET = Statement(select(T.c.content).where(T.c.hash == bindparam("wanted")))


class SiteCache:
    """Sites already decoded, by hash. What never changes may be kept between transactions."""

    def __init__(self) -> None:
        self._sites: dict[str, Site] = {}
        self._lock = Lock()

    def get(self, version: str) -> Site | None:
        """The site, if at hand."""
        return self._sites.get(version)

    def put(self, version: str, site: Site) -> None:
        """Keep a site, dropping the one kept longest when there are too many."""
        with self._lock:
            self._sites[version] = site
            if len(self._sites) > MOST_CACHED:
                del self._sites[next(iter(self._sites))]


class TableSites:
    """Sites on their table. The order of a site's mappings is part of its content."""

    __slots__ = ("_cache", "_notes", "_session")

    def __init__(self, session: Session, notes: TableNotes, cache: SiteCache) -> None:
        self._session = session
        self._notes = notes
        self._cache = cache

    def add(self, site: Site) -> str:
        """Keep a version; returns its content hash."""
        content = encode(site).encode()
        version = sha256(content).hexdigest()
        self._session.change(ADD, {"hash": version, "content": zlib.compress(content)})
        return version

    def get(self, version: str) -> Site:
        """The version with that hash; its content is checked against it."""
        cached = self._cache.get(version)
        if cached is not None:
            return cached
        row = self._session.row(GET, {"wanted": version})
        if row is None:
            raise UnknownId("站点版本", "site version", version)
        site = decoder(Site).decode(_checked(row[0], version))
        self._cache.put(version, site)
        return site

    def accepted(self) -> str | None:
        """The hash of the version in force, None in an empty database."""
        version = self._notes.get(ACCEPTED)
        return None if version is None else str(version)

    def accept(self, version: str) -> None:
        """Put a version in force."""
        if not self._session.rows(GET, {"wanted": version}):
            raise UnknownId("站点版本", "site version", version)
        self._notes.put(ACCEPTED, version)


def _checked(packed: bytes, version: str) -> bytes:
    """The content of a version, if it is what its hash says."""
    with suppress(zlib.error):
        content = zlib.decompress(packed)
        if sha256(content).hexdigest() == version:
            return content
    raise StoreCorrupt(where="sites", why=f"site version {version} does not match its hash")
