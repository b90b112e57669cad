"""What the window, the command line and the tests ask of the engine, and what they get back. Frozen; arrays read-only.

Image arrays are uint8, height x width x 3 (RGB). Times are milliseconds. Any thread.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from deepstudio.core.messages import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageSource:
    """One picture to look at: a file, encoded bytes (clipboard), or pixels already decoded. Exactly one is given."""

    name: str
    path: Path | None = None
    content: bytes | None = None
    pixels: np.ndarray | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLabel:
    """A label that the user made up: by its words alone, or by pictures of it. For models that take such labels."""

    name: str
    examples: tuple[ImageSource, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictImages:
    """Classify every source with every model, sources outermost. Partial results come as `ImageAnswer`."""

    sources: tuple[ImageSource, ...]
    models: tuple[str, ...]
    top_k: int = 5
    picture_side: int = 0
    """Longest side in pixels of the picture sent back in `ImageAnswer.picture`; 0 sends none."""
    own_labels: tuple[OwnLabel, ...] = ()
    """What models of pictures and words are to tell apart; other models have labels of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Where the time of one answer went, in milliseconds."""

    decode_ms: float = 0.0
    preprocess_ms: float = 0.0
    network_ms: float = 0.0

    @property
    def total_ms(self) -> float:
        """Return the sum."""
        return self.decode_ms + self.preprocess_ms + self.network_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageAnswer:
    """What one model said of one source, or why the source could not be read (`failure`).

    `probabilities` are calibrated, float32, one per label, in label order; `ranking` lists label indices, best first,
    `top_k` long. `unknown` is the measured chance that the picture shows none of the labels (None where the model has
    no such answer); `rejected` says that it lies above the model's threshold.
    """

    index: int
    name: str
    model: str
    labels: tuple[str, ...] = ()
    probabilities: np.ndarray = field(default_factory=lambda: np.zeros(0, np.float32))
    ranking: tuple[int, ...] = ()
    unknown: float | None = None
    rejected: bool = False
    timing: Timing = field(default_factory=Timing)
    width: int = 0
    height: int = 0
    format: str = ""
    notes: tuple[str, ...] = ()
    """Marked sentences on what was done to the picture: first frame of 42, turned by EXIF, alpha on white..."""
    picture: np.ndarray | None = None
    network_input: np.ndarray | None = None
    """What the network saw, uint8 RGB at the network's size."""
    failure: Failure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictSummary:
    """The result of PredictImages: how many answers, how many sources could not be read, seconds in all."""

    answers: int
    unreadable: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainImage:
    """Ask why `model` gives `label` (an index) to `source`. `methods` from "grad-cam", "integrated-gradients"."""

    source: ImageSource
    model: str
    label: int
    methods: tuple[str, ...] = ("grad-cam",)
    own_labels: tuple[OwnLabel, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A heat map in 0..1, float32, height x width of the region of the picture that the network saw.

    `region` is that region in the full picture: left, top, width, height in pixels.
    """

    method: str
    label: int
    heat: np.ndarray
    region: tuple[int, int, int, int]
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadModel:
    """Fetch published weights that the user clicked for, into the user's model folder."""

    name: str
    url: str
    size: int
    sha256: str
