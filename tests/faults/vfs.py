"""Stands between SQLite and the disk, in the very SQLite that Python's ``sqlite3`` uses.

SQLite reaches files through a table of functions, its VFS (https://sqlite.org/vfs.html). Here that
table is copied, and the functions that change a file tell a listener first; then they do their
work. Python's own calls that move files (``os.link`` and its like) are told of in the same way. So
the code under test is the real one, down to the system's calls.
"""

import ctypes
import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p
from pathlib import Path
from typing import Any, Protocol

import pytest

FULL = sqlite3.SQLITE_FULL
_JOURNALS = 0x800 | 0x80000
"""SQLITE_OPEN_MAIN_JOURNAL and SQLITE_OPEN_WAL, whose first sync makes their names durable too."""
_DELETE_ON_CLOSE = 0x8

# The name as an address: SQLite keeps more behind the end of it, and reads that.
_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)


class _Vfs(Structure):
    _fields_ = (
        ("version", c_int),
        ("file_octets", c_int),
        ("path_octets", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", _OPEN),
        ("delete", _DELETE),
        ("others", c_void_p * 14),
    )


class _Methods(Structure):
    _fields_ = (
        ("version", c_int),
        ("close", c_void_p),
        ("read", c_void_p),
        ("write", _WRITE),
        ("truncate", _TRUNCATE),
        ("sync", _SYNC),
        ("others", c_void_p * 13),
    )


class _File(Structure):
    _fields_ = (("methods", POINTER(_Methods)),)


class Listener(Protocol):
    """Hears of each change before it is made; any answer but 0 is SQLite's error that stops it."""

    def created(self, path: str, *, is_journal: bool) -> int: ...
    def wrote(self, path: str, offset: int, data: bytes) -> int: ...
    def truncated(self, path: str, size: int) -> int: ...
    def synced(self, path: str) -> int: ...
    def linked(self, old: str, new: str) -> int: ...
    def renamed(self, old: str, new: str) -> int: ...
    def deleted(self, path: str) -> int: ...
    def folder_synced(self, path: str) -> int: ...


def _library() -> ctypes.CDLL:
    try:
        import _sqlite3

        library = ctypes.CDLL(getattr(_sqlite3, "__file__", None))
        library.sqlite3_vfs_find.restype = POINTER(_Vfs)
        version = library.sqlite3_libversion_number()
    except (ImportError, OSError, AttributeError, TypeError):
        version = 0
    major, minor, patch = sqlite3.sqlite_version_info
    if version != major * 1_000_000 + minor * 1000 + patch:
        pytest.skip("this Python's SQLite cannot be given another file system")
    return library


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Let the listener hear of everything that is done to files, by SQLite and by Python."""
    library = _library()
    usual = library.sqlite3_vfs_find(None)
    spy = _Spy(usual, listener)
    library.sqlite3_vfs_register(ctypes.byref(spy.vfs), 1)
    try:
        with _python_told(listener):
            yield
    finally:
        library.sqlite3_vfs_register(usual, 1)
        library.sqlite3_vfs_unregister(ctypes.byref(spy.vfs))


class _Spy:
    def __init__(self, usual: Any, listener: Listener) -> None:
        self._usual = usual
        self._listener = listener
        self._paths: dict[int, str] = {}
        self._methods: dict[int, _Methods] = {}
        self._kept: list[object] = []  # a callback must live as long as SQLite may call it
        self.vfs = _Vfs()
        ctypes.memmove(ctypes.byref(self.vfs), usual, ctypes.sizeof(_Vfs))
        self.vfs.name = b"told"
        self.vfs.open = _OPEN(self._open)
        self.vfs.delete = _DELETE(self._delete)

    def _open(self, _: int, name: int | None, file: int, flags: int, out: int) -> int:
        path = os.fsdecode(ctypes.string_at(name)) if name else ""
        if path and not _is_there(path) and flags & 0x4:
            code = self._listener.created(path, is_journal=bool(flags & _JOURNALS))
            if code:
                ctypes.cast(file, POINTER(c_void_p))[0] = None
                return code
        code = int(self._usual.contents.open(self._usual, name, file, flags, out))
        if code == 0 and path and not flags & _DELETE_ON_CLOSE:
            self._paths[file] = path
            self._listen_to(file)
        return code

    def _listen_to(self, file: int) -> None:
        opened = ctypes.cast(file, POINTER(_File)).contents
        usual = opened.methods.contents
        where = ctypes.addressof(usual)
        if where not in self._methods:
            told = _Methods()
            size = ctypes.sizeof(_Methods) if usual.version >= 3 else 8 * 13
            ctypes.memmove(ctypes.byref(told), ctypes.byref(usual), size)
            told.write = _WRITE(self._write(usual.write))
            told.truncate = _TRUNCATE(self._truncate(usual.truncate))
            told.sync = _SYNC(self._sync(usual.sync))
            self._methods[where] = told
        opened.methods = ctypes.pointer(self._methods[where])

    def _write(self, usual: Any) -> Callable[[int, int, int, int], int]:
        def write(file: int, data: int, size: int, offset: int) -> int:
            octets = ctypes.string_at(data, size)
            code = self._listener.wrote(self._paths[file], offset, octets)
            return code or int(usual(file, data, size, offset))

        return write

    def _truncate(self, usual: Any) -> Callable[[int, int], int]:
        def truncate(file: int, size: int) -> int:
            return self._listener.truncated(self._paths[file], size) or int(usual(file, size))

        return truncate

    def _sync(self, usual: Any) -> Callable[[int, int], int]:
        def sync(file: int, flags: int) -> int:
            return self._listener.synced(self._paths[file]) or int(usual(file, flags))

        return sync

    def _delete(self, _: int, name: bytes, sync_folder: int) -> int:
        path = os.fsdecode(name)
        if _is_there(path):
            code = self._listener.deleted(path)
            if not code and sync_folder:
                code = self._listener.folder_synced(str(Path(path).parent))
            if code:
                return code
        return int(self._usual.contents.delete(self._usual, name, sync_folder))


def _is_there(path: Any) -> bool:
    return Path(path).exists()


def _stop(code: int, path: Any) -> None:
    if code:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))


class _Told:
    """What Python's own code changes files with; each tells, then does the real thing."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._paths: dict[int, str] = {}
        names = ("open", "close", "fsync", "link", "unlink", "rename", "replace")
        self._real: dict[str, Any] = {name: getattr(os, name) for name in names}

    def open(self, path: Any, flags: int, *rest: Any, **more: Any) -> int:
        if flags & os.O_CREAT and not _is_there(path):
            _stop(self._listener.created(str(path), is_journal=False), path)
        handle = int(self._real["open"](path, flags, *rest, **more))
        self._paths[handle] = str(path)
        return handle

    def close(self, handle: int) -> None:
        self._paths.pop(handle, None)
        self._real["close"](handle)

    def fsync(self, handle: int) -> None:
        path = self._paths.get(handle)
        if path is not None and Path(path).is_dir():
            _stop(self._listener.folder_synced(path), path)
        elif path is not None:
            _stop(self._listener.synced(path), path)
        self._real["fsync"](handle)

    def link(self, old: Any, new: Any, **more: Any) -> None:
        if _is_there(old) and not _is_there(new):
            _stop(self._listener.linked(str(old), str(new)), new)
        self._real["link"](old, new, **more)

    def unlink(self, path: Any, **more: Any) -> None:
        if _is_there(path):
            self._listener.deleted(str(path))
        self._real["unlink"](path, **more)

    def rename(self, old: Any, new: Any, **more: Any) -> None:
        self._move("rename", old, new, more)

    def replace(self, old: Any, new: Any, **more: Any) -> None:
        self._move("replace", old, new, more)

    def _move(self, name: str, old: Any, new: Any, more: dict[str, Any]) -> None:
        if _is_there(old):
            _stop(self._listener.renamed(str(old), str(new)), new)
        self._real[name](old, new, **more)


@contextmanager
def _python_told(listener: Listener) -> Iterator[None]:
    told = _Told(listener)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("open", "close", "fsync", "link", "unlink", "rename", "replace"):
            patch.setattr(os, name, getattr(told, name))
        yield
