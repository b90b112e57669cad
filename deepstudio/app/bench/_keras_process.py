"""Keras on TensorFlow in a process of its own: it may live in another Python, and shares no threads with torch."""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from deepstudio.core.errors import DeepStudioError
from deepstudio.core.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    import numpy as np

_SCRIPT = Path(__file__).with_name("_keras_script.py")


class Examples(Protocol):
    """What a network takes (`images`: pictures, or token numbers of texts), and the numbers of the classes."""

    @property
    def images(self) -> np.ndarray:
        """Return the inputs."""

    @property
    def labels(self) -> np.ndarray:
        """Return the classes."""


class KerasProcess:
    """The same network, examples and batch in Keras; `block` works for about so many seconds. A context manager."""

    def __init__(
        self, python: str, architecture: str, images: Examples, batch: int, classes: int, script: Path = _SCRIPT
    ) -> None:
        self._python = python
        self._script = script
        self._words = [architecture, str(batch), str(classes)]
        self._images = images
        self._process: subprocess.Popen[str] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> KerasProcess:
        import numpy as np

        self._folder = tempfile.TemporaryDirectory()
        data = Path(self._folder.name) / "data.npz"
        np.savez(data, images=self._images.images, labels=self._images.labels)
        self._process = subprocess.Popen(
            [self._python, str(self._script), str(data), *self._words],
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
        assert self._process is not None and self._folder is not None
        self._process.kill()
        with contextlib.suppress(BrokenPipeError):
            self._process.communicate()
        self._folder.cleanup()

    def block(self, seconds: float, action: str = "") -> float:
        """Return the examples per second of a block; `action` is what the script is told to do, if it knows several."""
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
            QT_TRANSLATE_NOOP("errors", "Keras could not be measured with {python}."), python=self._python
        )
