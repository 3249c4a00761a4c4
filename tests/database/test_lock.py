"""The lock file between sessions."""

import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from workbench.database.lock import FileLock


def lock(path: Path) -> FileLock:
    return FileLock(path / "lock", like=path / "file")


def test_one_at_a_time(tmp_path: Path) -> None:
    with closing(lock(tmp_path)) as one, closing(lock(tmp_path)) as other:
        assert one.acquire(0)
        assert not other.acquire(0)
        assert not other.acquire(0.01)
        one.release()
        assert other.acquire(0.01)


def test_readers_share_and_keep_a_writer_out(tmp_path: Path) -> None:
    with closing(lock(tmp_path)) as one, closing(lock(tmp_path)) as other, closing(lock(tmp_path)) as writer:
        assert one.acquire(0, shared=True)
        assert other.acquire(0, shared=True)
        assert not writer.acquire(0.01)
        one.release()
        other.close()
        assert writer.acquire(10)


def test_who_waits_is_let_in(tmp_path: Path) -> None:
    with closing(lock(tmp_path)) as one, closing(lock(tmp_path)) as other:
        assert one.acquire(0)
        release = threading.Timer(0.02, one.release)
        release.start()
        assert other.acquire(10)
        release.join()


def test_who_had_to_wait_lets_others_go_first_the_next_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slept = list[float]()
    with closing(lock(tmp_path)) as one, closing(lock(tmp_path)) as other:
        assert one.acquire(0)
        release = threading.Timer(0.02, one.release)
        release.start()
        assert other.acquire(10)
        release.join()
        monkeypatch.setattr(time, "sleep", slept.append)
        other.release()
        assert other.acquire(10)
        assert len(slept) == 1
        other.release()
        assert other.acquire(10)
        assert len(slept) == 1, "nobody was there that time"


def test_who_gave_up_waiting_does_not_get_the_lock_later(tmp_path: Path) -> None:
    with closing(lock(tmp_path)) as one, closing(lock(tmp_path)) as impatient, closing(lock(tmp_path)) as third:
        assert one.acquire(0)
        assert not impatient.acquire(0.01)
        one.release()
        assert third.acquire(10)
        third.release()
        assert impatient.acquire(10)


def test_a_removed_lock_file_does_not_divide_the_sessions(tmp_path: Path) -> None:
    with closing(lock(tmp_path)) as one, closing(lock(tmp_path)) as other:
        assert one.acquire(0)
        one.release()
        (tmp_path / "lock").unlink()
        assert other.acquire(0)
        assert not one.acquire(0)


def test_the_lock_file_is_shared_with_whom_the_file_is(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "file").chmod(0o664)
    with closing(lock(tmp_path)) as one:
        assert one.acquire(0)
    assert (tmp_path / "lock").stat().st_mode & 0o777 == 0o664


def test_where_nothing_can_be_made_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        lock(tmp_path / "nowhere").acquire(0)
