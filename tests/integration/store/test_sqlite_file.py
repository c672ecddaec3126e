"""What can befall a database file: each is told for what it is, and nothing is lost or made up."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from responder.domain.record import By, Fact
from responder.errors import (
    SettingError,
    StoreBusy,
    StoreCorrupt,
    StoreFull,
    StoreReadOnly,
    StoreUnreachable,
)
from responder.store import sqlite
from responder.store.files import EngineLock, file_system, refuse_network
from responder.store.opening import migrate_store, open_store, pending_migrations
from responder.store.proofs import verify_ledger
from responder.store.signing import KeyFileSigner, verify_signature
from tests.contract.store.samples import NOON, ZHANG
from tests.stage.removing import remove_payloads

ROOT = Path(__file__).parents[3]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "var" / "responder.db"


@pytest.fixture
def url(path):
    return f"sqlite:///{path}"


def put(key, value=1):
    return lambda uow: uow.notes.put(key, value)


def got(store, key):
    return store.read(lambda uow: uow.notes.get(key))


def pragma(store, text):
    """Run a pragma on the writer's own connection."""
    return store.run(lambda uow: uow.session._cursor.execute(f"PRAGMA {text}").fetchall())


def test_the_file_is_durable_and_private(path, url, opened):
    """Every commit is synced, and what holds everybody's numbers is its owner's alone."""
    store = opened()
    store.run(put("a"))
    assert pragma(store, "journal_mode") == [("wal",)]
    assert pragma(store, "synchronous") == [(2,)]
    assert pragma(store, "secure_delete") == [(1,)]
    for file in (path, path.with_name(path.name + "-wal")):
        assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_to_be_thrown_away_waits_for_no_disk(url):
    with closing(open_store(url, durable=False)) as store:
        assert pragma(store, "synchronous") == [(0,)]


def test_a_full_disk_fails_the_work_and_nothing_else(opened):
    """Whoever does not fit is told so; what was confirmed stays, and room makes it work again."""
    store = opened()
    store.run(put("kept"))
    (pages,) = pragma(store, "page_count")[0]
    pragma(store, f"max_page_count={pages + 4}")
    answers = [store.submit(put(f"big{n}", "x" * 60_000)) for n in range(3)]
    assert all(isinstance(answer.exception(5), StoreFull) for answer in answers)
    assert "full" in str(answers[0].exception())
    assert got(store, "kept") == 1
    store.run(put("small"))
    pragma(store, "max_page_count=1073741823")
    store.run(put("big", "x" * 60_000))
    assert [got(store, key) is None for key in ("big0", "small", "big")] == [True, False, False]


def test_waiting_works_share_a_commit(opened):
    """However many wait, the disk is synced once for all of them."""
    points, go = [], Event()

    def reached(point):
        points.append(point)
        if point == "writer.begun":
            go.wait(5)

    store = opened(reached=reached)
    answers = [store.submit(put(f"k{n}", n)) for n in range(100)]
    go.set()
    for answer in answers:
        answer.result(5)
    assert points.count("writer.worked") == 100
    assert points.count("writer.after_commit") <= 2


def test_damage_is_found_at_opening(path, url):
    """A file with overwritten pages is not served from."""
    store = open_store(url)
    for n in range(200):
        store.submit(put(f"k{n}", "x" * 500))
    store.close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        for place in range(8192, size, 4096):
            file.seek(place + 8)
            file.write(os.urandom(400))
    for read_only in (False, True):
        with pytest.raises(StoreCorrupt):
            open_store(url, read_only=read_only)


@pytest.mark.parametrize("content", [b"this is no database at all" * 100, b"SQLite format 3\0"])
def test_what_is_no_database(path, url, content):
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(StoreCorrupt):
        open_store(url)
    assert path.read_bytes() == content


def test_a_thorough_check_passes_on_a_sound_file(opened):
    opened().check()


def test_a_file_that_cannot_be_written(url, monkeypatch):
    """It is said at once, at opening, and not at the first page that should go out."""
    open_store(url).close()
    monkeypatch.setattr(sqlite, "connect", lambda path, mode="rw": CONNECT(path, "ro"))
    with pytest.raises(StoreReadOnly):
        open_store(url)


CONNECT = sqlite.connect


def test_reading_needs_a_file(url, path):
    with pytest.raises(StoreUnreachable):
        open_store(url, read_only=True)
    assert not path.exists()
    assert pending_migrations(url)


def test_reading_from_a_medium_that_cannot_be_written(url, path, monkeypatch):
    """A copy kept as evidence on a read-only medium can be read and verified."""
    store = open_store(url)
    store.run(lambda uow: uow.ledger.append([Fact("A", "INC-1", ZHANG, NOON)]))
    store.close()

    def without_memory(path, mode, immutable=False):
        if immutable:
            return CONNECT(path, mode, immutable=True)
        return CannotShare(path)

    class CannotShare:
        def __init__(self, path):
            self.close = lambda: None

        def execute(self, text):
            error = sqlite3.OperationalError("unable to open database file")
            error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise error

    monkeypatch.setattr(sqlite, "connect", without_memory)
    reader = open_store(url, read_only=True)
    assert verify_ledger(reader).entries == 1
    reader.close()
    path.with_name(path.name + "-wal").write_bytes(b"something waits")
    with pytest.raises(StoreUnreachable):
        open_store(url, read_only=True)


def test_locked_by_another_process(opened, path, monkeypatch):
    """A writer that never ends is waited for in vain, and said to be in the way."""
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT", 0.05)
    store = opened()
    other = CONNECT(path)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnreachable, match="locked"):
        store.run(put("a"))
    other.close()
    store.run(put("a"))


def test_one_engine_on_a_file(opened, path):
    """A second engine is refused until the first is gone; commands beside it are not."""
    store = opened()
    first, second = store.engine_lock(), EngineLock(path)
    first.acquire()
    with pytest.raises(StoreBusy):
        second.acquire()
    opened().run(put("a"))
    first.release()
    with second, pytest.raises(StoreBusy):
        first.acquire()
    first.acquire()
    first.release()


def test_the_engine_lock_dies_with_its_process(opened, path):
    holding = (
        "import sys, time; from pathlib import Path; from responder.store.files import EngineLock;"
        "EngineLock(Path(sys.argv[1])).acquire(); print('held', flush=True); time.sleep(60)"
    )
    opened()
    child = subprocess.Popen(
        [sys.executable, "-c", holding, str(path)], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"held\n"
    with pytest.raises(StoreBusy):
        EngineLock(path).acquire()
    child.kill()
    child.wait()
    child.stdout.close()
    with EngineLock(path):
        pass


MOUNTS = """overlay / overlay rw 0 0
proc /proc proc rw 0 0
10.0.0.1:/share /mnt/share nfs4 rw 0 0
//server/c /mnt/my\\040docs cifs rw 0 0
hostshare /mnt/c 9p rw 0 0
/dev/vdb /mnt/share/local ext4 rw 0 0
garbage
"""


@pytest.mark.parametrize(
    ("place", "kind", "refused"),
    [
        ("/srv/responder.db", "overlay", False),
        ("/mnt/share/responder.db", "nfs4", True),
        ("/mnt/my docs/responder.db", "cifs", True),
        ("/mnt/shared/responder.db", "overlay", False),
        ("/mnt/share/local/responder.db", "ext4", False),
        ("/mnt/c/responder.db", "9p", False),
    ],
)
def test_network_file_systems_are_refused(tmp_path, place, kind, refused):
    """SQLite's locks do not reach over a network; containers' and local file systems pass."""
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    assert file_system(Path(place), mounts) == kind
    if refused:
        with pytest.raises(SettingError, match=kind):
            refuse_network(Path(place), mounts)
    else:
        refuse_network(Path(place), mounts)


def test_without_a_list_of_mounts_nothing_is_refused(tmp_path):
    assert file_system(tmp_path, tmp_path / "none") == ""
    refuse_network(tmp_path / "a.db", tmp_path / "none")


def test_what_was_removed_is_in_no_file(opened, path):
    """A lawful removal leaves neither the words nor their salt in the database or its log."""
    store = opened()
    secret = "the patient's name is " + "Li Si"
    store.run(lambda uow: uow.ledger.append([Fact("A", "INC-1", ZHANG, NOON, {"t": secret})]))
    files = (path, path.with_name(path.name + "-wal"))
    assert any(secret.encode() in file.read_bytes() for file in files)
    salts = "SELECT salt FROM ledger_payloads"
    (salt,) = store.run(lambda uow: uow.session._cursor.execute(salts).fetchone())
    remove_payloads(store, [1], "retention", By("li", "cli"), NOON)
    assert verify_ledger(store).removed == (1,)
    for file in files:
        assert secret.encode() not in file.read_bytes()
        assert salt.encode() not in file.read_bytes()


def test_a_site_that_was_tampered_with_is_not_used(opened):
    """The copy an incident refers to is checked against its address."""
    from responder.domain.site import Site

    store = opened()
    version = store.run(lambda uow: uow.sites.add(Site()))
    for content in (b"nonsense", sqlite3.Binary(__import__("zlib").compress(b"{}"))):
        store.run(
            lambda uow, content=content: uow.session._cursor.execute(
                "UPDATE sites SET content = ?", (content,)
            )
        )
        with pytest.raises(StoreCorrupt):
            opened().read(lambda uow: uow.sites.get(version))


def test_an_address_nobody_knows():
    for address in ("mysql://host/db", "responder.db", "sqlite:memory"):
        with pytest.raises(SettingError):
            open_store(address)


def test_migrating_makes_the_file_and_is_idempotent(url):
    assert pending_migrations(url) == migrate_store(url)
    assert migrate_store(url) == pending_migrations(url) == ()


def test_an_up_to_date_file_needs_neither_alembic_nor_the_other_driver(url):
    """A short command starts fast: what it does not need is not imported."""
    code = (
        "import sys; from responder.store.opening import open_store;"
        "open_store(sys.argv[1]).close();"
        "print([m for m in ('alembic', 'psycopg', 'cryptography') if m in sys.modules])"
    )
    open_store(url).close()
    run = subprocess.run(
        [sys.executable, "-c", code, url], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


def test_the_site_key_is_made_once_and_private(tmp_path):
    """The first use makes it, mode 0600; ever after it is the same key."""
    path = tmp_path / "keys" / "site.key"
    first, second = KeyFileSigner(path), KeyFileSigner(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]
    assert first.public_key == second.public_key
    assert len(first.public_key) == 32
    signature = second.sign(b"message")
    assert verify_signature(first.public_key, b"message", signature)
    assert not verify_signature(first.public_key, b"massage", signature)
    assert not verify_signature(b"short", b"message", signature)


@pytest.mark.parametrize("content", [b"", b"-----BEGIN PRIVATE KEY-----\nnonsense\n"])
def test_an_unusable_key_file_is_never_overwritten(tmp_path, content):
    path = tmp_path / "site.key"
    path.write_bytes(content)
    with pytest.raises(SettingError):
        KeyFileSigner(path)
    assert path.read_bytes() == content


def test_opening_is_not_undone_by_a_failing_migration(url, path, monkeypatch):
    """A migration that breaks half-way leaves the database as it was."""
    from alembic import op

    def breaks(*_args, **_options):
        raise OSError("killed")

    monkeypatch.setattr(op, "bulk_insert", breaks)
    with pytest.raises(OSError, match="killed"):
        open_store(url)
    monkeypatch.undo()
    with closing(CONNECT(path)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchall() == [(0,)]
    open_store(url).close()
