"""A peer of a benchmark in a process of its own: it shares no threads, no lock and no settings with this one."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Sequence
from types import TracebackType

from deepstudio.core.errors import DeepStudioError
from deepstudio.core.words import QT_TRANSLATE_NOOP


class PeerProcess:
    """Runs `command`, which says `ANSWER ready` and then answers each line with a figure. A context manager.

    Raises DeepStudioError where it ends before it has answered; `name` is what people know it by.
    """

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self._name = name
        self._command = command
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> PeerProcess:
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            self._answer()
        except DeepStudioError:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        assert self._process is not None
        self._process.kill()
        with contextlib.suppress(BrokenPipeError):
            self._process.communicate()

    def block(self, seconds: float, action: str = "") -> float:
        """Return the examples per second of a block; `action` is what the peer is told to do, if it knows several."""
        assert self._process is not None and self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # then there is no answer either
            self._process.stdin.write(f"{action} {seconds}\n".lstrip())
            self._process.stdin.flush()
        return float(self._answer())

    def _answer(self) -> str:
        assert self._process is not None and self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("ANSWER "):
                return line.removeprefix("ANSWER ").strip()
        raise DeepStudioError(
            QT_TRANSLATE_NOOP("errors", "{name} could not be measured with {program}."),
            name=self._name,
            program=self._command[0],
        )
