"""Small pictures of files that were looked at in an earlier session, read in the lane. Knows no widget."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from deepstudio.core.errors import DeepStudioError
from deepstudio.core.job import JobContext
from deepstudio.core.requests import ImageSource
from deepstudio.ui.workspaces.image.history import THUMBNAIL_SIDE


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadThumbnails:
    """Read small versions of `sources`."""

    sources: tuple[ImageSource, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thumbnail:
    """The picture of one source, uint8 RGB."""

    source: ImageSource
    pixels: np.ndarray


def read_thumbnails(request: ReadThumbnails, context: JobContext) -> None:
    """Send a `Thumbnail` for every source that can be read. A job of the predict lane."""
    from deepstudio.data.decode import decode_image

    for source in request.sources:
        context.check()
        try:
            pixels = decode_image(source, target_side=THUMBNAIL_SIDE).pixels
        except DeepStudioError:  # its failure is told when somebody opens it
            continue
        step = max(1, max(pixels.shape[:2]) // THUMBNAIL_SIDE)
        context.partial(Thumbnail(source=source, pixels=np.ascontiguousarray(pixels[::step, ::step])))
