"""What a file is by its first bytes, and whether its end is missing by its own structure. Any thread.

Formats after ISO 10918-1 (JPEG), ISO 15948 (PNG), GIF89a, RFC 9649 (WebP), ISO 14496-12 (AVIF, HEIC, JPEG 2000 boxes).
"""

from __future__ import annotations

import os
import struct
from enum import Enum, auto
from typing import BinaryIO


class Kind(Enum):
    """What the first bytes say. BOXES are AVIF and JPEG 2000; PIXELS are other pixel formats with a known signature."""

    JPEG = auto()
    PNG = auto()
    GIF = auto()
    WEBP = auto()
    HEIF = auto()
    BOXES = auto()
    BMP = auto()
    TIFF = auto()
    PIXELS = auto()
    TEXT = auto()
    SVG = auto()
    DOCUMENT = auto()
    MEDIA = auto()
    UNKNOWN = auto()

    @property
    def is_picture(self) -> bool:
        """True for pixel formats."""
        return self.value <= Kind.PIXELS.value


_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_PREFIXES = {
    b"\xff\xd8\xff": Kind.JPEG,
    b"\x89PNG\r\n\x1a\n": Kind.PNG,
    b"GIF8": Kind.GIF,
    b"\0\0\0\x0cjP  ": Kind.BOXES,
    b"\xff\x4f\xff\x51": Kind.PIXELS,  # a bare JPEG 2000 code stream
    b"BM": Kind.BMP,
    b"II*\0": Kind.TIFF,
    b"MM\0*": Kind.TIFF,
    b"II+\0": Kind.TIFF,
    b"MM\0+": Kind.TIFF,
    b"qoif": Kind.PIXELS,
    b"DDS ": Kind.PIXELS,
    b"8BPS": Kind.PIXELS,
    b"icns": Kind.PIXELS,
    b"\0\0\1\0": Kind.PIXELS,
    b"%PDF": Kind.DOCUMENT,
    b"%!PS": Kind.DOCUMENT,
    b"PK\3\4": Kind.DOCUMENT,
    b"\x1f\x8b": Kind.DOCUMENT,
    b"7z\xbc\xaf": Kind.DOCUMENT,
    b"Rar!": Kind.DOCUMENT,
    b"\xd0\xcf\x11\xe0": Kind.DOCUMENT,
    b"OggS": Kind.MEDIA,
    b"fLaC": Kind.MEDIA,
    b"ID3": Kind.MEDIA,
    b"\x1aE\xdf\xa3": Kind.MEDIA,
}


def kind_of(head: bytes) -> Kind:
    """Return the kind of a file that begins with `head` (some hundred bytes serve best)."""
    for prefix, kind in _PREFIXES.items():
        if head.startswith(prefix):
            return kind
    if head[:4] == b"RIFF":
        return Kind.WEBP if head[8:12] == b"WEBP" else Kind.MEDIA
    if head[4:8] == b"ftyp":
        if head[8:12] in (b"avif", b"avis") or b"avif" in head[16:64]:
            return Kind.BOXES
        return Kind.HEIF if head[8:12] in _HEIF_BRANDS else Kind.MEDIA
    if head[:1] == b"P" and head[1:2] in b"1234567fFy" and head[2:3].isspace():
        return Kind.PIXELS
    return _kind_of_text(head)


def _kind_of_text(head: bytes) -> Kind:
    if b"\0" in head and head[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return Kind.UNKNOWN
    try:
        encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
        text = head.decode(encoding) if len(head) < 64 else head[:-4].decode(encoding, errors="strict")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 8:  # not merely a character cut at the end of `head`
            return Kind.UNKNOWN
        text = head[: error.start].decode("utf-8", errors="replace")
    if any(ord(sign) < 32 and sign not in "\t\n\r\f\v\x1b" for sign in text):
        return Kind.UNKNOWN
    if "<svg" in text:
        return Kind.SVG
    return Kind.PIXELS if text.lstrip().startswith("#define") and "_width" in text else Kind.TEXT  # XBM is C source


def is_cut_short(stream: BinaryIO, kind: Kind, size: int) -> bool:
    """Return True if the file of `size` bytes ends before its own structure says. False where that cannot be told."""
    check = _CHECKS.get(kind)
    if check is None:
        return False
    stream.seek(0)
    try:
        return check(stream, size)
    except struct.error:  # a length field that should be there is not
        return True


def _jpeg_is_cut(stream: BinaryIO, size: int) -> bool:
    """No end-of-image marker after the last start of a scan."""
    content = stream.read()
    return content.rfind(b"\xff\xd9") <= content.rfind(b"\xff\xda")


def _png_is_cut(stream: BinaryIO, size: int) -> bool:
    stream.seek(8)
    while stream.tell() < size:
        length, name = struct.unpack(">I4s", stream.read(8))
        if name == b"IEND":
            return False
        if not name.isalpha():
            return False  # damaged rather than cut
        stream.seek(length + 4, os.SEEK_CUR)
    return True


def _gif_is_cut(stream: BinaryIO, size: int) -> bool:
    """Walk over the blocks to the trailer."""
    flags = struct.unpack("<6x4xB2x", stream.read(13))[0]
    stream.seek(3 * (2 << (flags & 7)) if flags & 0x80 else 0, os.SEEK_CUR)
    while introducer := stream.read(1):
        if introducer == b";":
            return False
        if introducer == b"!":
            stream.read(1)
        elif introducer == b",":
            flags = struct.unpack("<8xB", stream.read(9))[0]
            stream.seek((3 * (2 << (flags & 7)) if flags & 0x80 else 0) + 1, os.SEEK_CUR)
        else:
            return False
        while length := struct.unpack("B", stream.read(1))[0]:
            stream.seek(length, os.SEEK_CUR)
    return True


def _riff_is_cut(stream: BinaryIO, size: int) -> bool:
    length: int = struct.unpack("<4xI", stream.read(8))[0]
    return length + 8 > size


def _boxes_are_cut(stream: BinaryIO, size: int) -> bool:
    position = 0
    while position < size:
        stream.seek(position)
        length, _ = struct.unpack(">I4s", stream.read(8))
        if length == 1:
            (length,) = struct.unpack(">Q", stream.read(8))
        if length == 0:  # to the end of the file, wherever that is
            return _code_stream_is_cut(stream, size)
        if length < 8:
            return False
        position += length
    return position > size


def _code_stream_is_cut(stream: BinaryIO, size: int) -> bool:
    """A JPEG 2000 code stream ends with its own marker."""
    stream.seek(max(0, size - 2))
    return stream.read(2) != b"\xff\xd9"


def _bmp_is_cut(stream: BinaryIO, size: int) -> bool:
    length: int = struct.unpack("<2xI", stream.read(6))[0]
    return length > size


def _tiff_is_cut(stream: BinaryIO, size: int) -> bool:
    """The first directory, or a strip or tile that it lists, lies beyond the end (classic TIFF only)."""
    head = stream.read(8)
    order = "<" if head[:2] == b"II" else ">"
    if head[2:4] not in (b"*\0", b"\0*"):
        return False
    (directory,) = struct.unpack(order + "4xI", head)
    if directory >= size:
        return True
    stream.seek(directory)
    (count,) = struct.unpack(order + "H", stream.read(2))
    entries = [struct.unpack(order + "HHII", stream.read(12)) for _ in range(count)]
    found = {tag: _tiff_numbers(stream, order, kind, number, value) for tag, kind, number, value in entries}
    offsets, lengths = found.get(273) or found.get(324) or (), found.get(279) or found.get(325) or ()
    return any(offset + length > size for offset, length in zip(offsets, lengths, strict=False))


def _tiff_numbers(stream: BinaryIO, order: str, kind: int, number: int, value: int) -> tuple[int, ...]:
    """Return the integers of one directory entry; nothing for other types."""
    width = {3: 2, 4: 4}.get(kind)
    if width is None or number > 1_000_000:
        return ()
    if number * width <= 4:
        packed = struct.pack(order + "I", value)
    else:
        stream.seek(value)
        packed = stream.read(number * width)
    return struct.unpack(f"{order}{number}{'H' if width == 2 else 'I'}", packed[: number * width])


_CHECKS = {
    Kind.JPEG: _jpeg_is_cut,
    Kind.PNG: _png_is_cut,
    Kind.GIF: _gif_is_cut,
    Kind.WEBP: _riff_is_cut,
    Kind.HEIF: _boxes_are_cut,
    Kind.BOXES: _boxes_are_cut,
    Kind.BMP: _bmp_is_cut,
    Kind.TIFF: _tiff_is_cut,
}
