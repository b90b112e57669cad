"""How commands speak: results on stdout (text, or one JSON object a line), progress and errors on stderr."""

from __future__ import annotations

import dataclasses
import json
import math
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TextIO

from deepstudio.core.errors import JobCancelled

_PROGRESS_INTERVAL_S = 0.1


class Printer:
    """Writes the results of one command. With `json`, `record` speaks and `line` is silent; without, the reverse."""

    def __init__(self, *, json: bool, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self.json = json
        self._out = out if out is not None else sys.stdout
        self._err = err if err is not None else sys.stderr
        self._shown = False
        self._last = float("-inf")

    def record(self, values: Mapping[str, Any]) -> None:
        """Print `values` as one line of JSON. NaN and infinity become null; arrays become lists."""
        if self.json:
            self._clear()
            print(json.dumps(plain(values), ensure_ascii=False), file=self._out, flush=True)

    def line(self, text: str = "") -> None:
        """Print `text` for a person."""
        if not self.json:
            self._clear()
            print(text, file=self._out, flush=True)

    def problem(self, sentence: str) -> None:
        """Print one sentence on stderr, for something that went wrong while the rest goes on."""
        self._clear()
        print(sentence, file=self._err, flush=True)

    def progress(self, text: str, *, now: bool = False) -> None:
        """Show `text` in place on the terminal, ten times a second at most unless `now`. Silent into files."""
        if not self._err.isatty():
            return
        moment = time.monotonic()
        if now or moment - self._last >= _PROGRESS_INTERVAL_S:
            self._last = moment
            self._shown = True
            self._err.write("\r\x1b[K" + text)
            self._err.flush()

    def end_progress(self) -> None:
        """Remove the line of progress."""
        self._clear()

    def _clear(self) -> None:
        if self._shown:
            self._err.write("\r\x1b[K")
            self._err.flush()
            self._shown = False


class CommandContext:
    """A `JobContext` for commands: partial results go to a function, progress to the terminal. The caller's thread."""

    def __init__(self, printer: Printer, on_partial: Callable[[Any], None] | None = None) -> None:
        self._printer = printer
        self._on_partial = on_partial
        self._status = ""
        self.cancelled = False

    def status(self, text: str) -> None:
        """Show what is happening now."""
        self._status = text
        self._printer.progress(text, now=True)

    def progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        share = f"{done}/{total}" if total else str(done)
        self._printer.progress(f"{self._status} {share}".strip(), now=done == total)

    def partial(self, value: object) -> None:
        """Hand `value` to the function given."""
        if self._on_partial is not None:
            self._on_partial(value)

    def check(self) -> None:
        """Raise `JobCancelled` if `cancelled` was set."""
        if self.cancelled:
            raise JobCancelled


def add_json_option(parser: Any) -> None:
    """Give a command's parser `--json`."""
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")


def plain(value: Any) -> Any:
    """Return `value` as what JSON knows: dicts, lists, text, finite numbers, None."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, (str, int, bool)):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    if isinstance(value, Path):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return plain(dataclasses.asdict(value))
    if hasattr(value, "tolist"):  # NumPy arrays and scalars, tensors
        return plain(value.tolist())
    raise TypeError(f"{type(value).__name__} has no place in JSON")
