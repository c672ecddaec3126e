"""The one writer of a SQLite file: takes all waiting works into one commit."""

import sqlite3
import sys
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread, current_thread
from typing import Any, TypeVar

from responder.errors import StoreUnreachable
from responder.ports.unit_of_work import Work
from responder.store.changes import Subscribers
from responder.store.faults import of_sqlite
from responder.store.log_keeper import LogKeeper
from responder.store.session import Session
from responder.store.statements import SQLITE
from responder.store.unit import Reached, Surroundings, Unit

T = TypeVar("T")

LOOK_EVERY = 0.05
"""Seconds between two looks for other processes' commits."""
MOST_IN_GROUP = 256
SWITCH_INTERVAL = 0.0005
"""Seconds a busy thread may keep the interpreter. With Python's default of 5 ms the writer waits
that long after each of SQLite's steps when another thread computes: durable work then lags by
seconds instead of milliseconds."""


@dataclass(slots=True)
class Job:
    """A work, and where its answer is awaited."""

    work: Work[Any]
    answer: "Future[Any]"
    result: Any = None
    error: BaseException | None = None

    def give(self) -> None:
        """Answer."""
        if self.error is not None:
            self.answer.set_exception(self.error)
        else:
            self.answer.set_result(self.result)


class Writer:
    """A thread that owns the writing connection.

    Each work has a savepoint of its own; answers are given after the commit. A commit that
    fails fails every work of its group.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        where: Path,
        around: Surroundings,
        subscribers: Subscribers,
        followers: Subscribers,
        keeper: LogKeeper,
        reached: Reached,
    ) -> None:
        self._connection = connection
        self._where = where
        self._around = around
        self._subscribers = subscribers
        self._followers = followers
        self._keeper = keeper
        self._joining: list[Job] | None = None
        self._reached = reached
        self._waiting: SimpleQueue[Job | None] = SimpleQueue()
        self._lock = Lock()
        self._closed = False
        self._erased = False
        self._seen = self._version()
        sys.setswitchinterval(min(sys.getswitchinterval(), SWITCH_INTERVAL))
        self._thread = Thread(target=self._serve, name="writer", daemon=True)
        self._thread.start()

    def submit(self, work: Work[T]) -> "Future[T]":
        """Let `work` run in the next group; in the one under way, where followers are asked."""
        answer: Future[T] = Future()
        if current_thread() is self._thread:
            if self._joining is None:
                raise RuntimeError("a work must not wait for another one")
            self._joining.append(Job(work, answer))
            return answer
        with self._lock:
            if self._closed:
                raise StoreUnreachable(where=str(self._where), why="it is closed")
            self._waiting.put(Job(work, answer))
        return answer

    def close(self) -> None:
        """Finish what waits, and end."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._waiting.put(None)
        self._thread.join()

    def _serve(self) -> None:
        going = True
        while going:
            jobs, going = self._take()
            jobs = [job for job in jobs if job.answer.set_running_or_notify_cancel()]
            if jobs:
                self._carry_out(jobs)
            self._look()
        self._keeper.close()
        self._connection.close()  # last: it takes the log with it

    def _take(self) -> tuple[list[Job], bool]:
        """What waits; nothing if nothing comes until it is time to look for others' commits."""
        jobs: list[Job] = []
        try:
            job = self._waiting.get(timeout=LOOK_EVERY)
            while job is not None:
                jobs.append(job)
                if len(jobs) == MOST_IN_GROUP:
                    return jobs, True
                job = self._waiting.get_nowait()
        except Empty:
            return jobs, True
        return jobs, False

    def _carry_out(self, jobs: list[Job]) -> None:
        """One group: begin, every work, commit, answer."""
        try:
            wrote = self._transact(jobs)
        except BaseException as error:  # noqa: BLE001 - whatever it is, somebody waits to hear it
            self._undo()
            for job in jobs:
                job.error = job.error or self._told(error)
            wrote = False
        for job in jobs:
            job.give()
        self._reached("writer.answered")
        if wrote:
            self._subscribers.wake()

    def _transact(self, jobs: list[Job]) -> bool:
        self._connection.execute("BEGIN IMMEDIATE")
        self._reached("writer.begun")
        wrote = self._one(jobs[0], alone=True)
        for job in jobs[1:]:
            wrote = self._one(job) or wrote
        for job in self._joined() if wrote else ():
            jobs.append(job)
            self._one(job)
        self._reached("writer.flushed")
        self._reached("writer.before_commit")
        self._connection.execute("COMMIT")
        self._reached("writer.after_commit")
        self._keeper.grow(self._connection.total_changes)
        self._empty_log()
        return wrote

    def _joined(self) -> list[Job]:
        """What follows from the group's works, as those who follow commits see it."""
        joining: list[Job] = []
        self._joining = joining
        self._followers.wake()
        self._joining = None
        return joining

    def _one(self, job: Job, alone: bool = False) -> bool:
        """One work; returns whether it wrote. Its error undoes it alone.

        For that it has a savepoint, for which SQLite copies each page before it changes; not
        so the first of a group, which is `alone` in the transaction.
        """
        cursor = self._connection.cursor()
        session = Session(cursor, SQLITE, writing=True)
        if not alone:
            cursor.execute("SAVEPOINT work")
        try:
            unit = Unit(session, self._around)
            job.result = job.work(unit)
            unit.flush()
        except BaseException as error:
            job.error = self._told(error)
            if not self._connection.in_transaction:
                raise  # SQLite gave up the whole transaction, and with it the group
            if alone:
                cursor.execute("ROLLBACK")
                cursor.execute("BEGIN IMMEDIATE")
            else:
                cursor.execute("ROLLBACK TO work")
        if not alone:
            cursor.execute("RELEASE work")
        self._erased = self._erased or session.erased
        self._reached("writer.worked")
        return job.error is None and session.wrote

    def _empty_log(self) -> None:
        """After something was erased: the write-ahead log must not keep it either."""
        if self._erased:
            with self._keeper.copying, suppress(sqlite3.Error):  # a long reader: next time
                blocked, *_ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                self._erased = bool(blocked)

    def _undo(self) -> None:
        with suppress(sqlite3.Error):  # the error that led here is the one to tell
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def _told(self, error: BaseException) -> BaseException:
        fault = of_sqlite(error, self._where) if isinstance(error, sqlite3.Error) else None
        if fault is None:
            return error
        fault.__cause__ = error
        return fault

    def _look(self) -> None:
        """Wake the subscribers if another process committed."""
        with suppress(sqlite3.Error):  # the next work will meet it, and tell
            if self._subscribers and (version := self._version()) != self._seen:
                self._seen = version
                self._subscribers.wake()

    def _version(self) -> int:
        """Changes when, and only when, another connection committed."""
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])
