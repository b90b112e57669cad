"""Where corrections are kept and in which form: JSON, written whole or not at all. Any thread.

{"version": 1, "steps": [...], "undone": [...]}; a step has `kind`, `time`, and `items` (by sample) or `labels`.
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from deepstudio.core.errors import InputError, StorageError
from deepstudio.core.files import write_text_atomic
from deepstudio.core.paths import data_dir
from deepstudio.core.words import QT_TRANSLATE_NOOP

_log = logging.getLogger(__name__)

NAME = ".deepstudio-corrections.json"
_VERSION = 1
_READ_ONLY = (errno.EACCES, errno.EPERM, errno.EROFS)

StepRecord = dict[str, Any]


class CorrectionsFile:
    """The file of one set. `root` is the folder that the names of samples start from."""

    def __init__(self, *, root: Path, path: Path, otherwise: Path) -> None:
        self.root = root
        # Both exist where the data's folder became read-only, or writable again: the one written last holds.
        self.path = max((path, otherwise), key=_changed_at) if otherwise.exists() else path
        self._otherwise = otherwise
        self._signature: tuple[int, int] | None = None

    @classmethod
    def of(cls, data: Path) -> CorrectionsFile:
        """Return the file for the set at `data`: beside it, or in the user's own folder where that is read-only."""
        data = Path(data).absolute()
        beside = data.parent / f".{data.name}{NAME}" if data.is_file() else data / NAME
        key = hashlib.blake2b(os.fsencode(data.resolve()), digest_size=12).hexdigest()
        root = data.parent if data.is_file() else data
        return cls(root=root, path=beside, otherwise=data_dir() / "corrections" / f"{key}.json")

    def exists(self) -> bool:
        """Return whether anything was ever corrected."""
        return self.path.exists()

    def changed(self) -> bool:
        """Return whether somebody else has written since the last `read` or `write`."""
        return self._signature != self._look()

    def read(self) -> tuple[list[StepRecord], list[StepRecord]]:
        """Return the steps and those taken back. Raises InputError for a file of a newer program.

        A damaged file is kept aside under `NAME.damaged`, and the log says so.
        """
        self._signature = self._look()
        try:
            document = json.loads(self.path.read_text(encoding="utf-8"))
            version = int(document["version"])
            if version <= _VERSION:
                return list(document["steps"]), list(document.get("undone", []))
        except FileNotFoundError:
            return [], []
        except (ValueError, KeyError, TypeError) as error:
            self._set_aside(error)
            return [], []
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "The corrections in {path} were made by a newer DeepStudio."),
            fix=QT_TRANSLATE_NOOP("errors", "Update this program to use them."),
            path=str(self.path),
        )

    def write(self, steps: Sequence[StepRecord], undone: Sequence[StepRecord]) -> None:
        """Write both lists. Raises StorageError where neither the data's nor the user's folder can be written."""
        text = json.dumps({"version": _VERSION, "steps": list(steps), "undone": list(undone)}, ensure_ascii=False)
        try:
            write_text_atomic(self.path, text + "\n")
        except OSError as first:
            if self.path == self._otherwise or first.errno not in _READ_ONLY:
                raise _refused(self.path, first) from first
            self.path = self._otherwise
            try:
                write_text_atomic(self.path, text + "\n")
            except OSError as error:
                raise _refused(self.path, error) from error
            _log.info("Corrections of %s are kept in %s: %s", self.root, self.path, first)
        self._signature = self._look()

    def _look(self) -> tuple[int, int] | None:
        try:
            status = self.path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino

    def _set_aside(self, error: Exception) -> None:
        aside = self.path.with_name(self.path.name + ".damaged")
        try:
            self.path.replace(aside)
        except OSError as second:
            _log.warning("%s is damaged (%s) and cannot be moved aside (%s).", self.path, error, second)
            return
        _log.warning("%s is damaged (%s); it was kept as %s.", self.path, error, aside.name)


def _changed_at(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return -1


def _refused(path: Path, error: OSError) -> StorageError:
    return StorageError(
        QT_TRANSLATE_NOOP("errors", "The corrections cannot be written to {path}: {reason}."),
        path=str(path),
        reason=error.strerror or "?",
    )
