from __future__ import annotations

import numpy as np
import pytest

from deepstudio.core.preprocessing import Preprocessing
from deepstudio.data.fit import fit_image


def gradient(height: int, width: int) -> np.ndarray:
    """Red grows to the right, green downwards, by their position in the whole picture."""
    y, x = np.mgrid[:height, :width]
    red, green = 255 * (x + 0.5) / width, 255 * (y + 0.5) / height
    return np.stack([red, green, np.full_like(red, 60)], axis=2).astype(np.uint8)


@pytest.mark.parametrize("fit", ["crop", "squash", "pad"])
def test_a_picture_of_the_right_size_comes_out_as_it_is(fit: str) -> None:
    pixels = np.random.default_rng(0).integers(0, 255, (32, 32, 3), np.uint8)
    fitted = fit_image(pixels, Preprocessing(fit=fit))
    assert np.array_equal(fitted.pixels, pixels)
    assert fitted.region == (0, 0, 32, 32)


@pytest.mark.parametrize("fit", ["crop", "squash", "pad"])
@pytest.mark.parametrize("size", [(1, 1), (3, 500), (500, 3), (31, 33), (1000, 700), (2, 2)])
@pytest.mark.parametrize("channels", [1, 3])
def test_every_shape_is_fitted(fit: str, size: tuple[int, int], channels: int) -> None:
    fitted = fit_image(gradient(*size), Preprocessing(height=24, width=40, channels=channels, fit=fit))
    assert fitted.pixels.shape == (24, 40, channels)
    assert fitted.pixels.dtype == np.uint8


def test_crop_takes_the_middle_and_says_which() -> None:
    fitted = fit_image(gradient(100, 300), Preprocessing(height=32, width=32))
    assert fitted.region == (100, 0, 100, 100)
    assert fitted.pixels[16, 0, 0] == pytest.approx(255 / 3, abs=4)
    assert fitted.pixels[16, -1, 0] == pytest.approx(255 * 2 / 3, abs=4)


def test_crop_after_resizing_the_shorter_side() -> None:
    fitted = fit_image(gradient(256, 512), Preprocessing(height=224, width=224, resize_to=256))
    assert fitted.region == pytest.approx((144, 16, 224, 224))
    smaller = fit_image(gradient(512, 512), Preprocessing(height=224, width=224, resize_to=256))
    assert smaller.region == pytest.approx((32, 32, 448, 448))


def test_resizing_to_less_than_the_input_pads() -> None:
    fitted = fit_image(gradient(64, 64), Preprocessing(height=32, width=32, resize_to=16))
    assert fitted.region == (-32, -32, 128, 128)


def test_squash_keeps_everything() -> None:
    fitted = fit_image(gradient(100, 300), Preprocessing(height=32, width=32, fit="squash"))
    assert fitted.region == (0, 0, 300, 100)
    assert fitted.pixels[16, 0, 0] < 8 and fitted.pixels[16, -1, 0] > 247


def test_pad_keeps_the_shape_and_reaches_beyond_the_picture() -> None:
    pixels = np.full((50, 100, 3), (200, 10, 10), np.uint8)
    pixels[20:30, 40:60] = (0, 0, 255)
    fitted = fit_image(pixels, Preprocessing(height=40, width=40, fit="pad"))
    assert fitted.region == (0, -25, 100, 100)
    assert tuple(fitted.pixels[0, 0]) == (200, 10, 10)
    assert fitted.pixels[20, 20, 2] > 200


def test_shrinking_is_antialiased() -> None:
    checks = (np.indices((640, 640)).sum(axis=0) % 2 * 255).astype(np.uint8)
    fitted = fit_image(np.repeat(checks[..., None], 3, axis=2), Preprocessing())
    assert np.abs(fitted.pixels.astype(int) - 127).max() <= 3


def test_grey_is_luminance() -> None:
    pixels = np.full((8, 8, 3), (0, 255, 0), np.uint8)
    fitted = fit_image(pixels, Preprocessing(height=8, width=8, channels=1))
    assert fitted.pixels[0, 0, 0] == pytest.approx(150, abs=1)
