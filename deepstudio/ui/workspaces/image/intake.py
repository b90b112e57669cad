"""What came in, by drop, paste or dialog, as paths or as one picture. GUI thread; nothing is decoded here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from deepstudio.core.requests import ImageSource

_ENCODED = ("image/png", "image/jpeg", "image/webp", "image/bmp", "image/tiff", "image/avif", "image/gif")


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Paths of files and folders, or one picture that is no file. Both empty: nothing that this workspace reads."""

    paths: tuple[Path, ...] = ()
    source: ImageSource | None = None

    def __bool__(self) -> bool:
        return bool(self.paths) or self.source is not None


def read_mime(mime: QMimeData | None, *, name: str) -> Intake:
    """Return the local files in `mime`, else its picture, named `name`.

    Encoded bytes are preferred to a decoded picture: the lane decodes them, so that a huge one cannot hold the window.
    """
    if mime is None:  # an empty clipboard
        return Intake()
    paths = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    if paths:
        return Intake(paths=paths)
    for kind in _ENCODED:
        if mime.hasFormat(kind):
            return Intake(source=ImageSource(name=name, content=bytes(mime.data(kind).data())))
    image = mime.imageData() if mime.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        return Intake(source=ImageSource(name=name, pixels=pixels_from_image(image)))
    return Intake()


def pixels_from_image(image: QImage) -> np.ndarray:
    """Return `image` as uint8, height x width x 3, read-only; what is transparent becomes white."""
    if image.hasAlphaChannel():
        straight = image.convertToFormat(QImage.Format.Format_RGBA8888)
        rgba = _array(straight, 4).astype(np.uint16)
        alpha = rgba[..., 3:]
        pixels = ((rgba[..., :3] * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)
    else:
        pixels = _array(image.convertToFormat(QImage.Format.Format_RGB888), 3).copy()
    pixels.flags.writeable = False
    return pixels


def image_from_pixels(pixels: np.ndarray) -> QImage:
    """Return a QImage of its own from uint8 pixels, height x width x 3."""
    pixels = np.ascontiguousarray(pixels)
    height, width, channels = pixels.shape
    assert channels == 3, f"RGB is needed, not {pixels.shape}"
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def _array(image: QImage, channels: int) -> np.ndarray:
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * channels].reshape(image.height(), image.width(), channels)
