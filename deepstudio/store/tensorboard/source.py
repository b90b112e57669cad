"""One growing file, plain or compressed: what was appended since the last look. One thread at a time.

Nobody tells when a file grows, is cut, or is put in place of an older one (rsync does that), so each look compares
size, time, and the last bytes read with the same place of the file now.
"""

from __future__ import annotations

import bz2
import lzma
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Protocol

PIECE = 8 << 20
"""Bytes read at once: what is decoded of them is ten times as large for a moment."""

_HEAD = 8  # bytes that tell how a file is compressed
_MEMORY = 64  # bytes compared to see that the file is still the same


class _Inflater(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, /) -> bytes: ...


class FileReplacedError(Exception):
    """The file is no continuation of what was read: begin anew."""


class GrowingFile:
    """Yields the bytes of `path`, uncompressed, each once. OSErrors of the disk pass through, save that it is gone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.offset = 0
        self.broken = False
        self._size = -1
        self._modified = -1
        self._last = b""
        self._head = b""
        self._inflater: _Inflater | None = None
        self._plain: bool | None = None

    def pieces(self) -> Iterator[bytes]:
        """Yield what is new. Raises FileReplacedError if what was read before is no longer there."""
        try:
            status = os.stat(self.path)
        except FileNotFoundError:
            return
        if (status.st_size, status.st_mtime_ns) == (self._size, self._modified):
            return
        with open(self.path, "rb") as stream:
            self._check(stream, os.fstat(stream.fileno()))
            stream.seek(self.offset)
            while piece := stream.read(PIECE):
                self.offset += len(piece)
                self._last = (self._last + piece)[-_MEMORY:]
                yield from self._plainly(piece)
        self._size, self._modified = status.st_size, status.st_mtime_ns

    def _check(self, stream: IO[bytes], status: os.stat_result) -> None:
        if status.st_size < self.offset:
            raise FileReplacedError(str(self.path))
        if self._last:
            stream.seek(self.offset - len(self._last))
            if stream.read(len(self._last)) != self._last:
                raise FileReplacedError(str(self.path))

    def _plainly(self, piece: bytes) -> Iterator[bytes]:
        if self._plain is None:
            self._head += piece
            if len(self._head) < _HEAD:
                return
            piece, self._head = self._head, b""
            self._inflater = _inflater(piece)
            self._plain = self._inflater is None
        if self._plain:
            yield piece
            return
        while piece and not self.broken:
            if self._inflater is None or self._inflater.eof:  # files of several streams, as `cat a.gz b.gz` makes
                self._inflater = _inflater(piece)
            try:
                content = self._inflater.decompress(piece) if self._inflater is not None else b""
            except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError):
                self._inflater = None
                content = b""
            if self._inflater is None:
                self.broken = True
                return
            if content:
                yield content
            piece = self._inflater.unused_data if self._inflater.eof else b""


def _inflater(start: bytes) -> _Inflater | None:
    """Return what inflates a file that begins with `start`, None if it is not compressed."""
    if start[:2] == b"\x1f\x8b" or _is_zlib(start):
        return zlib.decompressobj(wbits=47)  # gzip or zlib, told by the header
    if start[:3] == b"BZh":
        return bz2.BZ2Decompressor()
    if start[:6] == b"\xfd7zXZ\0":
        return lzma.LZMADecompressor()
    return None


def _is_zlib(start: bytes) -> bool:
    """A zlib header's two bytes divide by 31; a record's length would have zeros as bytes 4 to 7."""
    return len(start) >= 8 and start[0] == 0x78 and int.from_bytes(start[:2], "big") % 31 == 0 and any(start[4:8])
