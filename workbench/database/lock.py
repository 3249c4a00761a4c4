"""One lock file between processes: who asks first is served first, and a dead process lets go by itself."""

import os
import sys
import threading
import time
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_POLL = 0.01  # seconds between two tries on Windows, which offers no queue
_YIELD = 0.002
"""Seconds in which whom the kernel has woken comes to the lock. Of twenty writers without a pause, on two busy cores,
one wait in a hundred then outlasts 31 turns of others, and 42 without it."""


class FileLock:
    """An advisory lock on a file of its own, which is made on first use and left in place.

    It belongs to the object, not to the thread: two objects exclude each other within one process too.
    """

    def __init__(self, path: Path, like: Path) -> None:
        """`like` is the file whose permissions the lock file gets, so that a team shares both or neither."""
        self.path = path
        self._like = like
        self._descriptor: int | None = None
        self._contended = False  # whether it had to be waited for the last time
        self._released_at = 0.0

    def acquire(self, timeout: float, *, shared: bool = False) -> bool:
        """Whether the lock was had within `timeout` seconds; raises OSError where the file cannot be locked."""
        deadline = time.monotonic() + timeout
        if self._contended and timeout > 0:
            self._let_others_go_first()
        while True:
            if self._descriptor is None:
                self._descriptor = self._open()
            if not self._lock(self._descriptor, max(0.0, deadline - time.monotonic()), shared):
                return False
            if self._is_current(self._descriptor):
                return True
            self.close()  # somebody removed the lock file meanwhile, and others lock the new one

    def release(self) -> None:
        """Lets the next one in."""
        if self._descriptor is not None:
            _unlock(self._descriptor)
            self._released_at = time.monotonic()

    def close(self) -> None:
        """Lets go of the lock, if it is held, and of the file."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _let_others_go_first(self) -> None:
        """The kernel wakes who waits, but does not keep the lock for them: who has just had it would have it again."""
        if time.monotonic() - self._released_at < _YIELD:
            time.sleep(_YIELD)

    def _open(self) -> int:
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o660)
        except FileExistsError:
            return self._open_existing()
        if sys.platform != "win32" and self._like.exists():
            os.fchmod(descriptor, self._like.stat().st_mode & 0o666)  # past the umask, as SQLite does beside its file
        return descriptor

    def _open_existing(self) -> int:
        try:
            return os.open(self.path, os.O_RDWR)
        except PermissionError:
            return os.open(self.path, os.O_RDONLY)  # enough to lock a local file

    def _is_current(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), os.stat(self.path))
        except FileNotFoundError:
            return False

    def _lock(self, descriptor: int, timeout: float, shared: bool) -> bool:
        self._contended = not _try_lock(descriptor, shared)
        if not self._contended:
            return True
        if timeout <= 0:
            return False
        self._descriptor = None  # a wait in vain takes it along
        if not _wait(descriptor, timeout, shared):
            return False
        self._descriptor = descriptor
        return True


if sys.platform == "win32":

    def _try_lock(descriptor: int, shared: bool) -> bool:
        del shared  # Windows' C runtime knows exclusive locks only
        os.lseek(descriptor, 0, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

    def _wait(descriptor: int, timeout: float, shared: bool) -> bool:
        """Whether the lock came in time; else the descriptor is closed."""
        deadline = time.monotonic() + timeout
        while not _try_lock(descriptor, shared):
            if time.monotonic() > deadline:
                os.close(descriptor)
                return False
            time.sleep(_POLL)
        return True

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:

    def _try_lock(descriptor: int, shared: bool) -> bool:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _wait(descriptor: int, timeout: float, shared: bool) -> bool:
        """Whether the lock came in time; else the descriptor is closed, at the latest when the lock does come."""
        waiter = _Waiter(descriptor, shared)
        locked = False
        try:
            locked = waiter.wait(timeout)
        finally:
            if not locked:
                waiter.give_up()
        return locked

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)

    class _Waiter:
        """A thread that blocks in the kernel's queue for the lock: who polls instead comes too late under load."""

        def __init__(self, descriptor: int, shared: bool) -> None:
            self._descriptor = descriptor
            self._operation = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
            self._decision = threading.Lock()
            self._locked = threading.Event()
            self._unwanted = False
            threading.Thread(target=self._block, daemon=True).start()

        def wait(self, timeout: float) -> bool:
            """Whether the lock came within `timeout` seconds."""
            return self._locked.wait(timeout)

        def give_up(self) -> None:
            """Ends the wait: the descriptor is closed now, or as soon as the kernel hands out the lock."""
            with self._decision:
                self._unwanted = True
                if self._locked.is_set():
                    os.close(self._descriptor)

        def _block(self) -> None:
            fcntl.flock(self._descriptor, self._operation)
            with self._decision:
                if self._unwanted:
                    os.close(self._descriptor)
                else:
                    self._locked.set()
