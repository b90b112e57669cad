"""Fetches published weights that the user clicked for. Nothing here runs by itself. In a lane.

A download that was cancelled or broke off goes on where it stopped (HTTP range requests, RFC 9110 section 14). What
arrives counts only if its SHA-256 begins as promised.
"""

from __future__ import annotations

import errno
import hashlib
import http.client
import os
import shutil
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

from deepstudio.core.errors import DownloadError, StorageError
from deepstudio.core.job import JobContext
from deepstudio.core.paths import cache_dir, user_models_dir
from deepstudio.core.requests import DownloadModel
from deepstudio.core.words import QT_TRANSLATE_NOOP

_CHUNK = 128 * 1024
_TIMEOUT_S = 20.0
_SLACK = 2 * 2**20  # published sizes are rounded
_PARTIAL, _RANGE_NOT_SATISFIABLE = 206, 416


def free_bytes(folder: Path) -> int:
    """Return how many bytes the disk of `folder` can still take."""
    return shutil.disk_usage(folder).free


def download(request: DownloadModel, context: JobContext) -> Path:
    """Fetch the weights, turn them into a model file in the user's folder, and return it.

    Raises DownloadError (offline, server gone, refused, broken off, wrong checksum), StorageError, ModelFileError,
    JobCancelled; nothing half-written is ever left where models lie.
    """
    from deepstudio.models.torchvision_zoo import zoo_entry
    from deepstudio.models.zoo_weights import convert_weights

    entry = zoo_entry(request.name)
    fetched = fetch(request, cache_dir() / "downloads", context)
    context.check()
    context.status(QT_TRANSLATE_NOOP("status", "Installing the model"))
    model = convert_weights(fetched, user_models_dir(), entry=entry)
    fetched.unlink(missing_ok=True)
    return model


def fetch(
    request: DownloadModel, folder: Path, context: JobContext, *, free: Callable[[Path], int] = free_bytes
) -> Path:
    """Download `request.url` into `folder` and return the file, its checksum verified. Raises as `download` does."""
    parts = urllib.parse.urlsplit(request.url)
    if parts.scheme not in ("http", "https"):
        raise DownloadError(QT_TRANSLATE_NOOP("errors", "{url} is no web address."), url=request.url)
    target = folder / (Path(parts.path).name or request.name)
    part = target.with_name(f"{target.name}.part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _check_space(request, folder, part, free)
        context.status(QT_TRANSLATE_NOOP("status", "Downloading"))
        _receive(request, part, parts.hostname or "", context)
        _verify(request, part, context)
        os.replace(part, target)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            part.unlink(missing_ok=True)
        raise _storage_error(target, error) from error
    return target


def _check_space(request: DownloadModel, folder: Path, part: Path, free: Callable[[Path], int]) -> None:
    have = part.stat().st_size if part.exists() else 0
    needed = 2 * request.size - have  # the download, then the model made of it
    if free(folder) < needed:
        raise StorageError(
            QT_TRANSLATE_NOOP("errors", "The disk has too little room: {name} needs {needed} MB more than there are."),
            name=request.name,
            needed=(needed - free(folder)) // 1_000_000 + 1,
        )


def _receive(request: DownloadModel, part: Path, host: str, context: JobContext) -> None:
    """Append what is missing of the file to `part`."""
    have = part.stat().st_size if part.exists() else 0
    try:
        with _open(request.url, have) as response:
            if response.status != _PARTIAL:  # this server always sends the whole file
                have = 0
            length = response.headers.get("Content-Length")
            total = have + int(length) if length else request.size
            if total > request.size + max(_SLACK, request.size // 10):
                raise DownloadError(
                    QT_TRANSLATE_NOOP("errors", "{host} offers another file than was published ({size} bytes)."),
                    host=host,
                    size=total,
                )
            with open(part, "ab" if have else "wb") as stream:
                while chunk := response.read(_CHUNK):
                    context.check()
                    stream.write(chunk)
                    have += len(chunk)
                    context.progress(have, total)
                    if have > total:
                        raise http.client.IncompleteRead(b"")
        if have < total and length:
            raise http.client.IncompleteRead(b"")
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == _RANGE_NOT_SATISFIABLE and have:  # all of it is here already, as the checksum will tell
            return
        raise DownloadError(
            QT_TRANSLATE_NOOP("errors", "{host} refused the download (HTTP {code})."), host=host, code=error.code
        ) from error
    except urllib.error.URLError as error:
        raise DownloadError(
            QT_TRANSLATE_NOOP("errors", "{host} cannot be reached. This machine seems to be offline."),
            fix=QT_TRANSLATE_NOOP("errors", "Connect it and try again, or open a .pth file that you have."),
            host=host,
        ) from error
    except (http.client.HTTPException, ConnectionError, TimeoutError) as error:
        raise DownloadError(
            QT_TRANSLATE_NOOP("errors", "The connection to {host} broke off."),
            fix=QT_TRANSLATE_NOOP("errors", "Try again: the download goes on where it stopped."),
            host=host,
        ) from error


def _open(url: str, have: int) -> http.client.HTTPResponse:
    headers = {"User-Agent": "DeepStudio", **({"Range": f"bytes={have}-"} if have else {})}
    request = urllib.request.Request(url, headers=headers)
    response: http.client.HTTPResponse = urllib.request.urlopen(request, timeout=_TIMEOUT_S)
    return response


def _verify(request: DownloadModel, part: Path, context: JobContext) -> None:
    digest = hashlib.sha256()
    with open(part, "rb") as stream:
        while chunk := stream.read(2**20):
            context.check()
            digest.update(chunk)
    if not request.sha256 or not digest.hexdigest().startswith(request.sha256.lower()):
        part.unlink()
        raise DownloadError(
            QT_TRANSLATE_NOOP("errors", "What arrived for {name} is not what was published: its checksum differs."),
            fix=QT_TRANSLATE_NOOP("errors", "It was deleted. Try again later."),
            name=request.name,
        )


def _storage_error(target: Path, error: OSError) -> StorageError:
    return StorageError(
        QT_TRANSLATE_NOOP("errors", "{path} cannot be written: {reason}."),
        path=str(target),
        reason=error.strerror or str(error),
    )
