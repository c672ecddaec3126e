"""The database's file: where it may lie, and the one engine that may serve from it."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from responder.errors import SettingError, StoreBusy, StoreUnreachable

MOUNTS = Path("/proc/self/mounts")
NETWORK = frozenset(
    {
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "fuse.ceph",
        "fuse.glusterfs",
        "fuse.sshfs",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb2",
        "smb3",
        "smbfs",
    }
)
"""File systems shared over a network. Local ones that containers and virtual machines lay over
others (overlay, 9p, virtiofs) are not among them."""


def refuse_network(database: Path, mounts: Path = MOUNTS) -> None:
    """Raise SettingError if a database would lie where SQLite's locks and memory don't reach."""
    kind = file_system(database, mounts)
    if kind in NETWORK:
        raise SettingError(
            key="RESPONDER_DATABASE_URL",
            why_zh=f"{database}位于网络文件系统（{kind}）上，SQLite在其上会损坏",
            why_en=f"{database} lies on a network file system ({kind}), where SQLite breaks",
            mend_zh="请改用本机磁盘，或改用PostgreSQL。",
            mend_en="Use a local disk, or PostgreSQL.",
        )


def file_system(path: Path, mounts: Path = MOUNTS) -> str:
    """The kind of file system a path lies on, `""` if the system does not say."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    place, best, kind = path.resolve(), Path(), ""
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        mounted = Path(_unescaped(fields[1]))
        if place.is_relative_to(mounted) and len(mounted.parts) >= len(best.parts):
            best, kind = mounted, fields[2]
    return kind


def _unescaped(mount: str) -> str:
    for code, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        mount = mount.replace(code, sign)
    return mount


def make_private(database: Path) -> None:
    """Create the file, for its owner alone: it holds whom to reach, and how."""
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(database, os.O_RDWR | os.O_CREAT, 0o600))
    except PermissionError:
        return  # SQLite says it better: unreadable, or read-only
    except OSError as error:
        raise StoreUnreachable(where=str(database), why=error.strerror) from error


class EngineLock:
    """Held by the one engine that serves from a SQLite file; a second one gets StoreBusy.

    The system takes it back when the process ends, however it ends. Short commands beside the
    engine don't take it.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self._path = database.with_name(database.name + ".engine.lock")
        self._descriptor = -1

    def acquire(self) -> None:
        """Take it, at once or not at all."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            raise StoreBusy(where=str(self._database)) from error
        self._descriptor = descriptor

    def release(self) -> None:
        """Give it back."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()
