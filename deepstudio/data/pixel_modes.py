"""Every pixel mode of Pillow, and plain arrays, to 8-bit RGB on white. Any thread.

Modes: 1 bit, L and LA grey, P and PA palette, I 32-bit and I;16 16-bit integers, F floats, CMYK, and the rest that
Pillow converts by itself.
"""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageCms

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP

TURNED = QT_TRANSLATE_NOOP("notes", "The picture was turned upright as its EXIF data say.")
ON_WHITE = QT_TRANSLATE_NOOP("notes", "Transparent parts were put on white.")
SIXTEEN_BITS = QT_TRANSLATE_NOOP("notes", "16 bits per pixel were scaled to 8.")
STRETCHED = QT_TRANSLATE_NOOP("notes", "The range of values was stretched from darkest to brightest.")
FROM_CMYK = QT_TRANSLATE_NOOP("notes", "The printing colours (CMYK) were converted to RGB.")


def to_rgb(image: Image.Image, notes: list[str]) -> Image.Image:
    """Return the loaded `image` in mode RGB; what had to be done is appended to `notes`."""
    if image.mode == "RGB" and "transparency" not in image.info:
        return image
    if image.mode in ("I", "F") or image.mode.startswith("I;"):
        return Image.fromarray(_wide_grey(np.asarray(image), notes)).convert("RGB")
    if image.mode == "CMYK":
        notes.append(FROM_CMYK)
        return _from_cmyk(image)
    if image.has_transparency_data:
        return _on_white(image.convert("RGBA"), notes)
    return image.convert("RGB")


def array_to_rgb(pixels: np.ndarray, notes: list[str]) -> np.ndarray:
    """Return uint8 HWC RGB from uint8 HW, HW1, HW3 or HW4 (alpha is put on white); raises InputError for others."""
    if pixels.ndim == 2:
        pixels = pixels[..., None]
    channels = pixels.shape[2]
    if channels == 1:
        return np.repeat(pixels, 3, axis=2)
    if channels == 3:
        return np.array(pixels)
    if channels == 4:
        return np.array(_on_white(Image.fromarray(np.ascontiguousarray(pixels), "RGBA"), notes))
    raise InputError(
        QT_TRANSLATE_NOOP("errors", "A picture has 1, 3 or 4 channels, not {channels}."), channels=channels
    )


def _on_white(rgba: Image.Image, notes: list[str]) -> Image.Image:
    alpha = rgba.getchannel("A")
    if alpha.getextrema() == (255, 255):
        return rgba.convert("RGB")
    notes.append(ON_WHITE)
    canvas = Image.new("RGB", rgba.size, (255, 255, 255))
    canvas.paste(rgba, mask=alpha)  # Pillow's paste takes the colours of `rgba` and leaves its alpha
    return canvas


def _from_cmyk(image: Image.Image) -> Image.Image:
    """Convert by the embedded colour profile where it is whole, else by the plain formula."""
    profile = image.info.get("icc_profile")
    if isinstance(profile, bytes) and profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if converted is not None:
                return converted
        except (ImageCms.PyCMSError, OSError, ValueError):  # a broken or foreign profile: the formula is good enough
            pass
    return image.convert("RGB")


def _wide_grey(values: np.ndarray, notes: list[str]) -> np.ndarray:
    """Return uint8 grey from 16-bit, 32-bit or float grey: full scale where it is known, else the range found."""
    if values.dtype.kind == "u" and values.dtype.itemsize == 2:
        notes.append(SIXTEEN_BITS)
        return _scaled(values, 65535.0)
    finite = np.isfinite(values)
    if not finite.any():
        return np.zeros(values.shape, np.uint8)
    low, high = float(values[finite].min()), float(values[finite].max())
    values = values if finite.all() else np.where(finite, values, low)
    if values.dtype.kind == "f" and low >= 0.0 and high <= 1.0:
        return _scaled(values, 1.0)
    if low >= 0 and high <= 255:
        return _scaled(values, 255.0)
    if values.dtype.kind != "f" and low >= 0 and high <= 65535:
        notes.append(SIXTEEN_BITS)
        return _scaled(values, 65535.0)
    notes.append(STRETCHED)
    return _scaled(values.astype(np.float64) - low, max(high - low, 1e-12))


def _scaled(values: np.ndarray, full: float) -> np.ndarray:
    return np.clip(np.rint(values.astype(np.float64) * (255.0 / full)), 0, 255).astype(np.uint8)
