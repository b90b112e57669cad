"""`monitor.run(...)`: a run of the caller's own program.

Every public method returns at once and catches what goes wrong; the first of each kind of trouble is said in the log
"deepstudio.monitor" (on stderr, if the script set up no logging). Any thread; in forked and spawned processes too,
which write into the same run without ending it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any

from deepstudio.monitor.feeder import Feeder
from deepstudio.monitor.recorder import Recorder
from deepstudio.monitor.values import clean, drawn, kept, kept_all, plain_settings, size_of

_FARTHEST = 1 << 62
_LEVELS = ("info", "good", "warning", "error")

Made = tuple[str, bytes | None]
"""Kind of a record and its payload, None if there is nothing to record."""


def run(
    name: str = "",
    *,
    config: Any = None,
    tags: Iterable[str] = (),
    notes: str = "",
    id: str | None = None,
    store: str | Path | None = None,
) -> Run:
    """Begin a run and return it; use it with `with`.

    With `id`, go on with the run of that id (or the start of it, 8 letters or more); if there is none, one with that
    id begins. `config` is a mapping, a dataclass or argparse's Namespace; `store` another file than that of the window.
    Under torchrun only the process of rank 0 records; the runs of the others do nothing. Never raises.
    """
    return Run(name, config=config, tags=tags, notes=notes, id=id, store=store)


class Run(Recorder):
    """A run that is being written; made by `run`. `id` names it in the store."""

    def log(self, values: Mapping[str, Any] | None = None, /, step: int | None = None, **named: Any) -> None:
        """Record numbers: `run.log({"loss": loss}, step=i)` or `run.log(loss=loss)`.

        Numbers are Python's, numpy's, or tensors of one element (on a GPU too: nothing waits for it); a mapping within
        becomes "outer/inner". Without `step` the calls are counted.
        """
        try:
            wall = time.time()
            if step is None:
                step = next(self._steps)
            else:
                step = _whole(step)
                self._steps = count(step + 1)
            self._step = step
            if values is None or named:
                values = {**(values or {}), **named}
            self._put((step, wall, kept_all(values)))
        except Exception as error:
            self._complain("log", error)

    def histogram(self, name: str, values: Any, step: int | None = None, *, bins: int = 64) -> None:
        """Record how `values` (a tensor, an array, a list; any shape) are distributed.

        Without `step` it belongs to the step logged last, as with pictures and texts.
        """

        def make(content: Any) -> Made:
            from deepstudio.monitor.records import histogram

            return "histogram", histogram(content, bins)

        self._record(name, values, step, make)

    def image(self, name: str, picture: Any, step: int | None = None, *, caption: str = "") -> None:
        """Record a picture: a PIL image, a matplotlib figure, a path, encoded bytes, or numbers.

        Numbers are H x W, H x W x C or C x H x W; 0 to 255 if they are whole, else 0 to 1.
        """

        def make(content: Any) -> Made:
            from deepstudio.monitor.records import image

            return "image", image(content)

        self._record(name, picture, step, make, {"label": clean(caption)})

    def text(self, name: str, text: str, step: int | None = None) -> None:
        """Record a text."""
        self._record(name, text, step, lambda content: ("text", str(content).encode("utf-8", "replace")))

    def alert(self, title: str, text: str = "", *, level: str = "warning", step: int | None = None) -> None:
        """Record something that a person should see: level "info", "good", "warning" or "error"."""
        wall = time.time()
        step = self._step if step is None else step

        def act(feeder: Feeder) -> None:
            message = clean(f"{title}: {text}" if text else title)
            known = level if level in _LEVELS else "warning"
            data = {"message": message}
            feeder.open_writer.event("alert", step=step, wall=wall, level=known, text="{message}", data=data)

        self._act(act)

    def update(
        self,
        *,
        config: Any = None,
        tags: Iterable[str] | None = None,
        notes: str | None = None,
        name: str | None = None,
    ) -> None:
        """Change what is known of the run; `config` is added to the settings there are."""
        try:
            changes: dict[str, Any] = {key: clean(value) for key, value in (("notes", notes), ("name", name)) if value}
            if tags is not None:
                changes["tags"] = tuple(clean(tag) for tag in tags)
            if config is not None:
                self._config.update(plain_settings(config))
                changes["config"] = dict(self._config)
            self._act(lambda feeder: feeder.open_writer.update(**changes))
        except Exception as error:
            self._complain("update", error)

    def flush(self, timeout: float = 5.0) -> bool:
        """Wait until everything recorded so far is on disk; False if that took longer than `timeout` seconds."""
        done = threading.Event()

        def act(feeder: Feeder) -> None:
            if feeder.open_writer.flush(timeout):
                done.set()

        return self._act(act) and done.wait(timeout)

    def finish(self, status: str = "finished") -> None:
        """End the run: "finished", "failed" or "stopped". Waits until it is on disk, 15 seconds at most."""
        try:
            self._end(status)
        except Exception as error:
            self._complain("finish", error)

    @property
    def dropped(self) -> int:
        """Return how many calls were left out because they came faster than they could be written."""
        return self._dropped

    def __enter__(self) -> Run:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None or (isinstance(error, SystemExit) and not error.code):
            self.finish()
        elif isinstance(error, KeyboardInterrupt):
            self.finish("stopped")
        else:
            self.alert(type(error).__name__, str(error), level="error")
            self.finish("failed")

    def _record(
        self,
        name: str,
        value: Any,
        step: int | None,
        make: Callable[[Any], Made],
        meta: Mapping[str, Any] | None = None,
    ) -> None:
        """Keep `value` now and make a record of it in the background."""
        try:
            wall = time.time()
            step = self._step if step is None else _whole(step)
            content = drawn(value) if hasattr(value, "savefig") else kept(value)
            size = size_of(content)
            if not self._reserve(size):
                return
        except Exception as error:
            self._complain(f"'{name}' could not be recorded", error)
            return

        def act(feeder: Feeder) -> None:
            try:
                kind, payload = make(content)
                if payload is not None:
                    feeder.open_writer.media(clean(name), step, wall, kind, payload, meta)
            except Exception as error:
                self._complain(f"'{name}' could not be recorded", error)
            finally:
                self._release(size)

        if not self._act(act):
            self._release(size)


def _whole(step: Any) -> int:
    """Return a step as the store can hold it. Raises ValueError, TypeError."""
    number = int(step)
    if not -_FARTHEST <= number < _FARTHEST:
        raise ValueError(f"the step {number} is beyond 62 bits")
    return number
