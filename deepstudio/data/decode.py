"""From a file, bytes or pixels to upright RGB pixels, or a sentence that says why not.

Only formats that Pillow decodes by itself are opened (no external programs). Everything is checked by the header before
it is decoded. Any thread.
"""

from __future__ import annotations

import io
import stat
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import ExifTags, Image, JpegImagePlugin

from deepstudio.core.errors import InputError
from deepstudio.core.requests import ImageSource
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.pixel_modes import TURNED, array_to_rgb, to_rgb
from deepstudio.data.signatures import Kind, is_cut_short, kind_of

MAX_PIXELS = 178_000_000
_FORMATS = ["PNG", "GIF", "WEBP", "BMP", "DIB", "TIFF", "PPM", "AVIF", "JPEG2000", "ICO", "ICNS", "TGA", "PCX", "SGI"]
_FORMATS += ["PSD", "XBM", "QOI", "DDS"]
_TRANSPOSE = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_FIRST_FRAME = QT_TRANSLATE_NOOP("notes", "Only the first frame of several was used.")
_warnings_lock = threading.RLock()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedImage:
    """Pixels uint8 HWC (RGB, read-only), upright.

    `width` and `height` are the upright size of the whole picture; `pixels` is smaller where `target_side` allowed it.
    `notes` are marked sentences (context "notes") on what was done to the picture.
    """

    pixels: np.ndarray
    width: int
    height: int
    format: str
    notes: tuple[str, ...] = ()


def decode_image(source: ImageSource, *, max_pixels: int = MAX_PIXELS, target_side: int | None = None) -> DecodedImage:
    """Return the picture in `source` (its first frame), upright, on white, 8 bits a channel.

    With `target_side` a larger picture may come back reduced by a whole factor, its shorter side still at least that
    many pixels: JPEG files then decode several times faster. Raises InputError with a sentence for everything that is
    no whole picture, and for more than `max_pixels` pixels, before any of them is decoded.
    """
    if source.pixels is not None:
        return _from_pixels(source, target_side)
    if source.content is not None:
        return _decode_stream(io.BytesIO(source.content), source.name, len(source.content), max_pixels, target_side)
    assert source.path is not None, "a source has a path, content or pixels"
    size = _check_file(source.path)
    with open(source.path, "rb") as stream:
        return _decode_stream(stream, source.name or source.path.name, size, max_pixels, target_side)


def _check_file(path: Path) -> int:
    """Return the size of the file; raises InputError for what cannot be opened."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError(QT_TRANSLATE_NOOP("errors", "{path} is a folder; a picture is needed."), path=str(path))
        if not stat.S_ISREG(status.st_mode):
            raise InputError(QT_TRANSLATE_NOOP("errors", "{path} is not an ordinary file."), path=str(path))
        with open(path, "rb"):
            return status.st_size
    except FileNotFoundError as error:
        raise InputError(QT_TRANSLATE_NOOP("errors", "There is no file {path}."), path=str(path)) from error
    except PermissionError as error:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "There is no permission to read {path}."), path=str(path)
        ) from error
    except OSError as error:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "{path} cannot be read: {reason}."),
            path=str(path),
            reason=error.strerror or "?",
        ) from error


def _decode_stream(stream: BinaryIO, name: str, size: int, max_pixels: int, target_side: int | None) -> DecodedImage:
    head = stream.read(4096)
    kind = kind_of(head)
    if not head:
        raise InputError(QT_TRANSLATE_NOOP("errors", "{name} is empty (0 bytes)."), name=name)
    stream.seek(0)
    image: Image.Image | None = None
    try:
        image = _open(stream, kind)
        full_size = image.size
        if full_size[0] * full_size[1] > max_pixels:
            raise _too_large(name, full_size, max_pixels)
        return _decode(image, full_size, target_side)
    except InputError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_large(name, None, max_pixels) from error
    except MemoryError as error:
        raise InputError(QT_TRANSLATE_NOOP("errors", "{name} needs more memory than there is."), name=name) from error
    except Exception as error:  # on damaged files Pillow's parsers raise errors of almost every type
        raise _unreadable(stream, name, size, kind, image, error) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Pillow's remarks on odd metadata out of the way. The filters are the process's, hence the lock."""
    with _warnings_lock, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _open(stream: BinaryIO, kind: Kind) -> Image.Image:
    """Return the picture with its header read only."""
    with _quiet():
        if kind is Kind.JPEG:  # not by Image.open, which may take a photo with a gain map or preview for a sequence
            return JpegImagePlugin.JpegImageFile(stream)
        formats = list(_FORMATS)
        if kind is Kind.HEIF and _register_heif():
            formats.append("HEIF")
        return Image.open(stream, formats=formats)


def _register_heif() -> bool:
    try:
        import pillow_heif
    except ImportError:
        return False
    pillow_heif.register_heif_opener()
    return True


def _decode(image: Image.Image, full_size: tuple[int, int], target_side: int | None) -> DecodedImage:
    container = image.format or ""
    if target_side is not None and image.format == "JPEG":
        share = target_side / min(full_size)
        image.draft(None, (max(1, round(full_size[0] * share)), max(1, round(full_size[1] * share))))
    image.load()
    notes: list[str] = []
    rgb = to_rgb(image, notes)
    orientation = _orientation(image)
    if target_side is not None and (factor := min(rgb.size) // target_side) >= 2:
        rgb = rgb.reduce(factor)
    if orientation in _TRANSPOSE:
        rgb = rgb.transpose(_TRANSPOSE[orientation])
        notes.append(TURNED)
    width, height = full_size[::-1] if orientation in (5, 6, 7, 8) else full_size
    if getattr(image, "is_animated", False):  # asked last, because it may move to another frame
        notes.insert(0, _FIRST_FRAME)
    return DecodedImage(pixels=_frozen(np.array(rgb)), width=width, height=height, format=container, notes=tuple(notes))


def _orientation(image: Image.Image) -> int:
    """Return the EXIF orientation, 1 where there is none or the EXIF data are broken."""
    try:
        with _quiet():
            value = image.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception:  # broken EXIF must never cost the picture
        return 1
    return value if isinstance(value, int) else 1


def _from_pixels(source: ImageSource, target_side: int | None) -> DecodedImage:
    assert source.pixels is not None
    pixels = source.pixels
    if pixels.dtype != np.uint8 or pixels.ndim not in (2, 3) or pixels.size == 0:
        raise InputError(
            QT_TRANSLATE_NOOP("errors", "{name} is no picture: {shape} values of type {kind}."),
            name=source.name,
            shape="x".join(map(str, pixels.shape)),
            kind=str(pixels.dtype),
        )
    notes: list[str] = []
    rgb = array_to_rgb(pixels, notes)
    height, width = rgb.shape[:2]
    if target_side is not None and (factor := min(height, width) // target_side) >= 2:
        rgb = np.array(Image.fromarray(rgb).reduce(factor))
    return DecodedImage(pixels=_frozen(rgb), width=width, height=height, format="", notes=tuple(notes))


def _frozen(pixels: np.ndarray) -> np.ndarray:
    view = pixels.view()
    view.flags.writeable = False
    return view


def _too_large(name: str, size: tuple[int, int] | None, max_pixels: int) -> InputError:
    if size is None:
        return InputError(
            QT_TRANSLATE_NOOP("errors", "{name} claims to hold more than {limit} megapixels and was not decoded."),
            name=name,
            limit=max_pixels // 1_000_000,
        )
    return InputError(
        QT_TRANSLATE_NOOP(
            "errors",
            "{name} claims to hold {width} x {height} pixels, more than {limit} megapixels, and was not decoded.",
        ),
        name=name,
        width=size[0],
        height=size[1],
        limit=max_pixels // 1_000_000,
    )


def _unreadable(
    stream: BinaryIO, name: str, size: int, kind: Kind, image: Image.Image | None, error: Exception
) -> InputError:
    """Return the sentence that tells best why the file is no picture."""
    if kind is Kind.TEXT:
        return InputError(QT_TRANSLATE_NOOP("errors", "{name} holds text, not a picture."), name=name)
    if kind is Kind.SVG:
        return InputError(
            QT_TRANSLATE_NOOP("errors", "{name} is a vector drawing (SVG), not a picture made of pixels."),
            fix=QT_TRANSLATE_NOOP("errors", "Export it as PNG."),
            name=name,
        )
    if kind is Kind.DOCUMENT:
        return InputError(QT_TRANSLATE_NOOP("errors", "{name} is a document or an archive, not a picture."), name=name)
    if kind is Kind.MEDIA:
        return InputError(QT_TRANSLATE_NOOP("errors", "{name} is a video or a sound, not a picture."), name=name)
    if kind is Kind.HEIF and image is None and not _register_heif():
        return InputError(
            QT_TRANSLATE_NOOP("errors", "{name} is a HEIC picture, and the package that reads those is not installed."),
            fix=QT_TRANSLATE_NOOP("errors", "Install it with: pip install pillow-heif; or export the picture as JPEG."),
            name=name,
        )
    if is_cut_short(stream, kind, size):
        return InputError(
            QT_TRANSLATE_NOOP("errors", "{name} is truncated: the file ends before the picture does."), name=name
        )
    if kind is Kind.UNKNOWN and image is None:
        return InputError(QT_TRANSLATE_NOOP("errors", "{name} is not a picture in any format known here."), name=name)
    return InputError(
        QT_TRANSLATE_NOOP("errors", "{name} is damaged and cannot be decoded ({reason})."),
        name=name,
        reason=str(error).rstrip(".") or type(error).__name__,
    )
