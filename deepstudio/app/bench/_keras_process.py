"""Keras on TensorFlow as a peer: it may live in another Python."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from deepstudio.app.bench._peer_process import PeerProcess

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


class KerasProcess(PeerProcess):
    """The same network, examples and batch in Keras; `block` works for about so many seconds. A context manager."""

    def __init__(
        self, python: str, architecture: str, images: Examples, batch: int, classes: int, script: Path = _SCRIPT
    ) -> None:
        self._folder = Path(tempfile.mkdtemp())
        self._images = images
        self._data = self._folder / "data.npz"
        super().__init__("Keras", [python, str(script), str(self._data), architecture, str(batch), str(classes)])

    def __enter__(self) -> KerasProcess:
        import numpy as np

        np.savez(self._data, images=self._images.images, labels=self._images.labels)
        super().__enter__()
        return self

    def close(self) -> None:
        """End the process and remove its data."""
        super().close()
        shutil.rmtree(self._folder)
