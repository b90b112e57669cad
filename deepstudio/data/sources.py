"""From dropped or named paths to a list of pictures to look at. Nothing is decoded here. Any thread."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from deepstudio.core.errors import InputError
from deepstudio.core.requests import ImageSource
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.signatures import kind_of

_SUFFIXES = """
.avif .bmp .dib .gif .heic .heif .ico .jfif .jp2 .jpe .jpeg .jpg .pbm .pcx .pgm .png .pnm .ppm .qoi
.tga .tif .tiff .webp
"""
IMAGE_SUFFIXES = frozenset(_SUFFIXES.split())


def gather_sources(paths: Iterable[Path | str]) -> list[ImageSource]:
    """Return the pictures that `paths` name: each file as it is, and those below each folder in natural order.

    In folders a file counts by its suffix, or without one by its first bytes; hidden files and folders are left out.
    A file named directly always counts: reading it will tell if it is none. Raises InputError if a folder holds no
    picture, or cannot be listed.
    """
    sources: list[ImageSource] = []
    for path in map(Path, paths):
        if not path.is_dir():
            sources.append(ImageSource(name=path.name, path=path))
            continue
        found = pictures_below(path)
        if not found:
            raise InputError(QT_TRANSLATE_NOOP("errors", "The folder {path} holds no pictures."), path=str(path))
        sources.extend(ImageSource(name=file.relative_to(path).as_posix(), path=file) for file in found)
    return sources


def pictures_below(folder: Path) -> list[Path]:
    """Return the picture files below `folder` in natural order. Raises InputError if it cannot be listed."""
    return files_below(folder, is_picture)


def files_below(folder: Path, counts: Callable[[Path], bool]) -> list[Path]:
    """Return what `counts` of the files below `folder`, hidden ones left out, in natural order.

    Raises InputError if the folder cannot be listed.
    """
    return sorted(_files_below(folder, counts), key=lambda file: natural_key(str(file.relative_to(folder))))


def natural_key(text: str) -> list[tuple[int, int, str]]:
    """Return a sorting key under which "img2" comes before "img10"."""
    parts = re.split(r"([0-9]+)", text.casefold())
    return [(0, int(part), "") if part.isdecimal() and part.isascii() else (1, 0, part) for part in parts]


def _files_below(folder: Path, counts: Callable[[Path], bool]) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        if Path(error.filename) == folder:  # an unreadable folder further down only lacks its own files
            raise InputError(
                QT_TRANSLATE_NOOP("errors", "The folder {path} cannot be listed: {reason}."),
                path=str(folder),
                reason=error.strerror or "?",
            ) from error

    for root, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = Path(root, name)
            if not name.startswith(".") and counts(path):
                yield path


def is_picture(path: Path) -> bool:
    """Return whether a file counts as a picture: by its suffix, or without one by its first bytes. Any thread."""
    if path.suffix:
        return path.suffix.lower() in IMAGE_SUFFIXES and path.is_file()
    try:
        if not path.is_file():
            return False
        with open(path, "rb") as stream:
            return kind_of(stream.read(512)).is_picture
    except OSError:
        return False
