"""Small pictures of samples by name, for lists and grids, as a job. Torch-free; in any lane."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from deepstudio.core.errors import DeepStudioError
from deepstudio.core.failures import failure_from
from deepstudio.core.job import JobContext
from deepstudio.core.messages import Failure
from deepstudio.data.decode import decode_image
from deepstudio.data.sample_files import image_source


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadThumbnails:
    """Read the samples `names` of the set at `data` (folder or table), at most `side` pixels wide and high."""

    data: Path
    names: tuple[str, ...]
    side: int = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Thumbnail:
    """A small picture, uint8 HWC RGB, read-only; None, with a failure, where the file cannot be read."""

    name: str
    pixels: np.ndarray | None = None
    failure: Failure | None = None


def read_thumbnails(request: ReadThumbnails, context: JobContext) -> int:
    """Send each picture as a `Thumbnail`, in the order of the names; return how many could be read."""
    root = request.data.parent if request.data.is_file() else request.data
    read = 0
    for name in request.names:
        context.check()
        thumbnail = _thumbnail(root, name, request.side)
        read += thumbnail.pixels is not None
        context.partial(thumbnail)
    return read


def _thumbnail(root: Path, name: str, side: int) -> Thumbnail:
    try:
        pixels = decode_image(image_source(root, name), target_side=side).pixels
    except (DeepStudioError, OSError) as error:
        return Thumbnail(name=name, failure=failure_from(error))
    scale = side / max(pixels.shape[:2])
    if scale < 1:
        size = max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale))
        pixels = np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BOX))
    pixels = pixels.view()
    pixels.flags.writeable = False
    return Thumbnail(name=name, pixels=pixels)
