"""One small JSON document on disk: written whole or not at all, carried over from older versions, kept when damaged.

The document is an object with an integer `version`. No Qt. Not for use from several threads at once.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from deepstudio.core.files import write_text_atomic

_log = logging.getLogger(__name__)

Migration = Callable[[dict[str, Any]], dict[str, Any]]


class JsonFile:
    """A JSON object at `path`; `migrations[n]` turns a document of version n into one of version n + 1."""

    def __init__(self, path: Path, *, version: int, migrations: Mapping[int, Migration] | None = None) -> None:
        self.path = path
        self._version = version
        self._migrations = dict(migrations or {})

    def read(self) -> dict[str, Any]:
        """Return the document in its newest form without `version`; {} if there is none or it cannot be read.

        A damaged document is kept aside under `name.damaged` and the log says so in a sentence.
        """
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return {}
        except (OSError, UnicodeDecodeError) as error:
            return self.set_aside(str(error))
        try:
            document = json.loads(text)
        except ValueError as error:
            return self.set_aside(str(error))
        if not isinstance(document, dict) or not isinstance(document.get("version"), int):
            return self.set_aside("it is not a versioned JSON object")
        return self._migrated(document)

    def write(self, document: Mapping[str, Any]) -> bool:
        """Write `document`; False, with a sentence in the log, where the disk refuses. Never raises OSError."""
        text = json.dumps({"version": self._version, **document}, ensure_ascii=False, indent=2, sort_keys=True)
        try:
            write_text_atomic(self.path, text + "\n")
        except OSError as error:
            _log.warning("%s could not be written (%s); the change lasts until the program ends.", self.path, error)
            return False
        return True

    def set_aside(self, reason: str) -> dict[str, Any]:
        """Move the file to `name.damaged`, say so in the log, and return {}."""
        aside = self.path.with_name(self.path.name + ".damaged")
        try:
            self.path.replace(aside)
        except OSError as error:
            _log.warning("%s cannot be read (%s) nor moved aside (%s); defaults are used.", self.path, reason, error)
            return {}
        _log.warning("%s cannot be read (%s); it was kept as %s and defaults are used.", self.path, reason, aside.name)
        return {}

    def _migrated(self, document: dict[str, Any]) -> dict[str, Any]:
        version = document.pop("version")
        if version > self._version:
            _log.warning("%s was written by a newer DeepStudio (version %d).", self.path, version)
            return document
        for step in range(version, self._version):
            document = self._migrations[step](document)
        return document
