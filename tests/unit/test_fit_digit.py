from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from deepstudio.core.preprocessing import Preprocessing
from deepstudio.data.fit import fit_image

DIGIT = Preprocessing(height=28, width=28, channels=1, fit="digit")


def fitted(grey: np.ndarray) -> np.ndarray:
    """Return the 28x28 result for a grey picture."""
    return fit_image(np.repeat(grey[..., None], 3, axis=2), DIGIT).pixels[..., 0]


def drawn(size: int = 280, stroke: int = 20, scale: float = 1.0, offset: tuple[int, int] = (0, 0)) -> np.ndarray:
    """Return a 7 in white strokes on black."""
    image = Image.new("L", (size, size))
    points = [(0.3, 0.25), (0.7, 0.25), (0.45, 0.8)]
    middle = size / 2
    line = [
        (middle + (x * size - middle) * scale + offset[0], middle + (y * size - middle) * scale + offset[1])
        for x, y in points
    ]
    ImageDraw.Draw(image).line(line, fill=255, width=stroke, joint="curve")
    return np.array(image)


def likeness(one: np.ndarray, other: np.ndarray) -> float:
    """Return the correlation of two pictures, one of them shifted by a pixel at most."""
    shifts = [(dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]
    return max(float(np.corrcoef(one.ravel(), np.roll(other, shift, (0, 1)).ravel())[0, 1]) for shift in shifts)


def extent(digit: np.ndarray) -> tuple[int, int]:
    rows, columns = np.flatnonzero((digit > 60).any(1)), np.flatnonzero((digit > 60).any(0))
    return int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1


def photographed(ink: np.ndarray, *, seed: int = 0, light: float = 90.0) -> np.ndarray:
    """Return dark ink on paper lit from one side, blurred and noisy."""
    height, width = ink.shape
    y, x = np.mgrid[:height, :width] / max(height, width)
    paper = 210 - light * (0.7 * x + 0.3 * y) - 25 * (x - 0.4) ** 2
    photo = paper * (1 - 0.7 * ink / 255.0) + np.random.default_rng(seed).normal(0, 4, ink.shape)
    return np.array(Image.fromarray(np.clip(photo, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(1)))


def test_a_drawing_fills_the_box_and_is_centred_by_mass() -> None:
    digit = fitted(drawn())
    assert 19 <= max(extent(digit)) <= 20
    mass = digit.astype(float) / digit.sum()
    assert (mass.sum(1) @ np.arange(28), mass.sum(0) @ np.arange(28)) == pytest.approx((14, 14), abs=0.6)
    assert digit.max() == 255


def test_size_place_and_polarity_do_not_matter() -> None:
    reference = fitted(drawn())
    assert likeness(reference, fitted(drawn(scale=0.5, stroke=10, offset=(40, -50)))) > 0.97
    assert likeness(reference, fitted(drawn(size=900, stroke=64))) > 0.97
    assert np.abs(fitted(255 - drawn()).astype(int) - reference).max() <= 2


def test_thin_pens_are_made_as_wide_as_those_of_the_training_set() -> None:
    thin = fitted(drawn(stroke=3))
    assert likeness(fitted(drawn(stroke=22)), thin) > 0.85
    assert thin.sum() > 0.6 * fitted(drawn(stroke=22)).sum()


@pytest.mark.parametrize("seed", range(4))
def test_a_photo_under_uneven_light_gives_what_the_drawing_gives(seed: int) -> None:
    photo = photographed(drawn(), seed=seed)
    assert likeness(fitted(drawn()), fitted(photo)) > 0.93


def test_light_chalk_on_a_dark_board() -> None:
    assert likeness(fitted(drawn()), fitted(255 - photographed(drawn()))) > 0.93


def test_specks_and_what_reaches_in_from_the_rim_are_left_out() -> None:
    ink = drawn()
    ink[:, :14] = 255  # the edge of the paper
    ink[250:256, 200:206] = 255  # dirt
    assert likeness(fitted(drawn()), fitted(photographed(ink))) > 0.9


def test_the_region_is_where_the_digit_is() -> None:
    result = fit_image(np.repeat(drawn(scale=0.5, stroke=10, offset=(60, 60))[..., None], 3, axis=2), DIGIT)
    left, top, width, height = result.region
    assert width == pytest.approx(height)
    assert width == pytest.approx(0.55 * 140 * 28 / 20, rel=0.25)
    assert left + width / 2 == pytest.approx(200, abs=20)
    assert top + height / 2 == pytest.approx(195, abs=25)


@pytest.mark.parametrize("level", [0, 128, 255])
def test_a_blank_sheet_is_black(level: int) -> None:
    assert not fitted(np.full((100, 120), level, np.uint8)).any()


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (28, 28), (2, 3), (3000, 40)])
def test_odd_shapes_pass(shape: tuple[int, int]) -> None:
    noise = np.random.default_rng(0).integers(0, 255, shape, np.uint8)
    assert fitted(noise).shape == (28, 28)


def test_three_channels_where_the_network_wants_them() -> None:
    result = fit_image(np.repeat(drawn()[..., None], 3, axis=2), Preprocessing(height=28, width=28, fit="digit"))
    assert result.pixels.shape == (28, 28, 3)


@pytest.fixture(scope="module")
def mnist(shared_data: Path) -> np.ndarray:
    path = shared_data / "mnist" / "t10k-images-idx3-ubyte.gz"
    if not path.is_file():
        pytest.skip("no MNIST")
    return np.frombuffer(gzip.decompress(path.read_bytes()), np.uint8, offset=16).reshape(-1, 28, 28)


def test_digits_of_the_training_set_come_out_unchanged(mnist: np.ndarray) -> None:
    for digit in mnist[:300]:
        assert np.array_equal(fitted(digit), digit)
        assert np.abs(fitted(255 - digit).astype(int) - digit).max() <= 1


def test_digits_enlarged_and_photographed_come_out_alike(mnist: np.ndarray) -> None:
    values = []
    for index, digit in enumerate(mnist[:60]):
        large = np.array(Image.fromarray(digit).resize((336, 336), Image.Resampling.BICUBIC))
        values.append(likeness(digit, fitted(photographed(large, seed=index))))
    assert np.median(values) > 0.93
    assert np.mean(np.array(values) > 0.85) > 0.95
