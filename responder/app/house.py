"""The house around one open database, and what opens it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from responder import settings as settings_room
from responder.app.clock import days_of, system_clock
from responder.app.site_folder import files_of
from responder.errors import NotAllowed, SettingError, StoreError
from responder.settings import Settings

if TYPE_CHECKING:
    from responder.commands.command import Command
    from responder.domain.record import By
    from responder.domain.roster import Roster
    from responder.engine.clock import EngineClock
    from responder.evidence.audit import Verdict
    from responder.evidence.checkpoint import Checkpoint
    from responder.ports.tokens import Tokens
    from responder.ports.unit_of_work import UnitOfWork
    from responder.store.signing import KeyFileSigner
    from responder.store.store import Store

T = TypeVar("T")
SQLITE = "sqlite:///"


def has_database(settings: Settings) -> bool:
    """Whether there is a database to read; one on a server is taken to be there."""
    if not settings.on_sqlite:
        return True
    path = Path(settings.database_url.removeprefix(SQLITE))
    return path.is_file() and path.stat().st_size > 0


def migrate(settings: Settings) -> tuple[str, ...]:
    """Bring the database up to date; returns the revisions applied."""
    from responder.store.opening import migrate_store

    return migrate_store(settings.database_url)


@dataclass(frozen=True, slots=True)
class App:
    """The house around one open database."""

    settings: Settings
    store: "Store"
    clock: "EngineClock"

    def execute(self, command: "Command") -> Any:
        """Carry out a command; the answer is given once it is durable.

        That somebody was not allowed to is kept on the record, in a transaction of its own (P7).
        """
        try:
            return self._carry_out(command)
        except NotAllowed as refusal:
            subject = getattr(command, "incident", "") or getattr(command, "warning", "")
            self.refused(command.by, subject, type(command).__name__, refusal.said("en"))
            raise

    def refused(self, by: "By", subject: str, attempt: str, why: str) -> None:
        """Keep a refusal on the record; the refusal stands even where that cannot be kept."""
        from responder.commands.firm import RecordRefusal

        with suppress(StoreError):
            self._carry_out(RecordRefusal(by=by, subject=subject, attempt=attempt, why=why))

    def _carry_out(self, command: "Command") -> Any:
        from responder.commands.notices.notice import DraftNotice
        from responder.commands.subjects import handle

        if isinstance(command, DraftNotice):
            from responder.app.notices import with_words

            command = with_words(self.read, self.settings.site, command)
        return self.store.run(lambda uow: handle(command, uow, self.clock.now()))

    def read(self, query: "Callable[[UnitOfWork, datetime], T]") -> T:
        """Answer a question from a consistent snapshot."""
        return self.store.read(lambda uow: query(uow, self.clock.now()))

    def version(self) -> str | None:
        """The version of the site in force, None in an empty database."""
        return self.store.read(lambda uow: uow.sites.accepted())

    def roster(self) -> "Roster":
        """The site in force, as the rules see it; the files' where the database has none."""
        from responder.commands.pursuit import roster_of
        from responder.domain.roster import Roster

        version = self.version()
        if version is None:
            return Roster(files_of(self.settings.site))
        return self.store.read(lambda uow: roster_of(uow, version))

    def take_files(self, by: "By") -> str:
        """Put the files' version of the site in force; returns it."""
        from responder.commands.firm import AcceptSite

        accepted = self.execute(AcceptSite(by=by, site=files_of(self.settings.site)))
        return str(accepted.id)

    def verify(self, kept: "Checkpoint | None" = None) -> "Verdict":
        """Audit the whole ledger, against a checkpoint kept elsewhere if given."""
        from responder.store.proofs import verify_ledger

        return verify_ledger(self.store, kept)

    def checkpoint(self, by: "By") -> "Checkpoint":
        """Sign what the ledger is now."""
        from responder.store.proofs import make_checkpoint

        return make_checkpoint(self.store, signer_of(self.settings), by, self.clock.now())


def signer_of(settings: Settings) -> "KeyFileSigner":
    """The site's own key; replicas on one PostgreSQL database must share one, so it is given."""
    from responder.store.signing import KeyFileSigner

    if not settings.on_sqlite and not settings.key_is_given:
        raise SettingError(
            key=settings_room.variable("site_key_file"),
            why_zh="使用 PostgreSQL 时必须指定签名密钥文件",
            why_en="on PostgreSQL the signing key's file must be named",
            mend_zh="请指向各副本共用的同一个文件。",
            mend_en="Name one file that all replicas share.",
        )
    return KeyFileSigner(settings.site_key_file)


def tokens_of(settings: Settings) -> "Tokens":
    """Tokens for one-time links, under the site's own key."""
    from responder.store.tokens import KeyedTokens

    return KeyedTokens(signer_of(settings).secret(b"responder one-time links"))


@contextmanager
def opened(
    settings: Settings, *, read_only: bool = False, migrate: bool = False, check: bool = False
) -> Iterator[App]:
    """The house around the settings' database.

    A database that does not exist yet is made; one of an older release is left as it is unless
    it is to be migrated. To look for damage takes time, and is for `serve` and `doctor`.
    """
    from responder.store.opening import open_store

    store = open_store(
        settings.database_url,
        read_only=read_only,
        migrate=migrate or (not read_only and _is_new(settings)),
        check=check,
        days_of=days_of,
    )
    try:
        yield App(settings, store, system_clock(store.clock()))
    finally:
        store.close()


def _is_new(settings: Settings) -> bool:
    from responder.store.migrate import REVISIONS
    from responder.store.opening import pending_migrations

    return not has_database(settings) or pending_migrations(settings.database_url) == REVISIONS


def roster_in_force(settings: Settings, from_files: bool = False) -> "Roster":
    """The site as the rules see it: the version in force where there is a database, else files."""
    from responder.domain.roster import Roster

    if from_files or not has_database(settings):
        return Roster(files_of(settings.site))
    with opened(settings, read_only=True) as app:
        return app.roster()
