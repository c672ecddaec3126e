"""The composition root: the only file that knows every room.

Rooms are imported when they are needed, so that asking for help loads none of them.
"""
# ruff: noqa: PLC0415

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from responder import settings as settings_room
from responder.errors import NotAllowed, SettingError, StoreError
from responder.settings import Settings

if TYPE_CHECKING:
    from responder.commands.command import Command
    from responder.domain.record import By, Entry
    from responder.domain.roster import Roster
    from responder.domain.site import Site
    from responder.engine.clock import EngineClock, SystemClock, VirtualClock
    from responder.engine.cycle import Engine
    from responder.evidence.audit import Verdict
    from responder.evidence.checkpoint import Checkpoint
    from responder.inbound.door import Door
    from responder.ports.channel import Channel
    from responder.ports.signer import Signer
    from responder.ports.unit_of_work import UnitOfWork
    from responder.site.finding import Finding
    from responder.store.store import Store

T = TypeVar("T")

SQLITE = "sqlite:///"


def folder_of(site: str = "") -> tuple[Path, bool]:
    """The site's folder, and whether it is the sample in place."""
    from responder.site.sample import sample_folder

    return settings_room.site_folder(site, settings_room.environment(), Path.cwd(), sample_folder)


def settings_of(site: str = "") -> Settings:
    """The settings of the site named, of the one we stand in, or of the sample."""
    folder, is_sample = folder_of(site)
    return settings_room.read(folder, is_sample, settings_room.environment(), Path.cwd())


def write_sample(target: Path) -> None:
    """Write the sample site to a folder, its dates around today."""
    from responder.site.sample import write_sample as write

    write(target, system_clock().now().astimezone().date())


def files_of(folder: Path) -> "Site":
    """The site as its files say. Raises SiteDoesNotLoad."""
    from responder.site.loader import load

    return load(folder).site


def findings_of(folder: Path) -> "list[Finding]":
    """What `check` says about a folder."""
    from responder.site.check import check_folder

    return check_folder(folder, system_clock().now())


def system_clock() -> "SystemClock":
    """The machine's clock."""
    from responder.engine.clock import SystemClock

    return SystemClock()


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
        from responder.commands import handle

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


def signer_of(settings: Settings) -> "Signer":
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
    )
    try:
        yield App(settings, store, system_clock())
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


# On a virtual clock


@contextmanager
def staged(settings: Settings, at: datetime) -> "Iterator[Stage]":
    """The real house on a clock that only moves when told, every channel a sandbox.

    The database named by the settings is made anew.
    """
    from responder.engine.clock import VirtualClock
    from responder.store.opening import open_store

    path = Path(settings.database_url.removeprefix(SQLITE))
    for leftover in path.parent.glob(f"{path.name}*"):
        leftover.unlink()
    clock = VirtualClock(at)
    store = open_store(settings.database_url)
    try:
        house = App(settings, store, clock)
        yield Stage(house, clock, engine_of(house, clock, channels_of(settings), settle=True))
    finally:
        store.close()


def channels_of(settings: Settings, sandbox: bool = False) -> "list[Channel]":  # noqa: ARG001
    """The doors out: real where there are credentials; the last carries what no other does."""
    from responder.channels.by_hand import ByHand
    from responder.channels.sandbox import Sandbox

    return [ByHand(), Sandbox()]


def doors_of(house: App) -> "list[Door]":  # noqa: ARG001 - no platform is connected yet
    """The doors in: one for each platform that there are credentials for."""
    return []


def engine_of(
    house: App, clock: "EngineClock", channels: "list[Channel]", *, settle: bool = False
) -> "Engine":
    """The engine of a house, on the machine's clock or one that is moved by hand."""
    from responder.channels.registry import Registry
    from responder.commands import handle
    from responder.documents.messages import Messages
    from responder.engine.cycle import Engine

    return Engine(
        lambda command: house.store.submit(lambda uow: handle(command, uow, clock.now())),
        house.store.read,
        clock,
        Messages(house.settings.site / "templates" / "messages"),
        Registry(channels[:-1], channels[-1]),
        changes=None if settle else house.store,
        settle=settle,
    )


@dataclass(frozen=True, slots=True)
class Stage:
    """A house to play stories in."""

    house: App
    clock: "VirtualClock"
    engine: "Engine"

    async def until(self, at: datetime) -> None:
        """Let time pass, every due thing done at its own instant."""
        while (due := await self.engine.cycle(self.clock.now())) is not None and due <= at:
            self.clock.move_to(due)
        self.clock.move_to(at)


def words_for(entry: "Entry", site: "Site", language: str) -> str:
    """One entry of the record in words."""
    from responder.documents.timeline import line

    return line(entry, site, language)


def timeline_line(entry: "Entry", site: "Site", language: str) -> str:
    """The same, with its time in the site's zone."""
    from responder.documents.timeline import clock

    return f"{clock(entry.at, site)}  {words_for(entry, site, language)}"
