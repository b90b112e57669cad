"""Drawn pictures of other things: of the asked size, various, the same for the same seed, and what they are named."""

from __future__ import annotations

import numpy as np
import pytest

from deepstudio.core.errors import JobCancelled, UnknownNameError
from deepstudio.core.preprocessing import Preprocessing
from deepstudio.data.outliers.faces import draw_people
from deepstudio.data.outliers.make import make_outliers, outlier_kinds

COLOUR = Preprocessing(height=20, width=24, channels=3)
GREY = Preprocessing(height=16, width=16, channels=1, mean=(0.5,), std=(0.5,))


def known(count: int = 6) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (count, 20, 24, 3)).astype(np.uint8)


@pytest.mark.parametrize("kind", outlier_kinds())
def test_every_kind_makes_various_pictures_that_the_seed_decides(kind: str) -> None:
    pictures = make_outliers(kind, 12, COLOUR, seed=3, known=known())
    assert pictures.shape == (12, 20, 24, 3) and pictures.dtype == np.uint8
    assert np.array_equal(pictures, make_outliers(kind, 12, COLOUR, seed=3, known=known()))
    assert not np.array_equal(pictures, make_outliers(kind, 12, COLOUR, seed=4, known=known()))
    flat = pictures.reshape(12, -1).astype(float)
    apart = np.abs(flat[:, None] - flat[None]).mean(axis=-1)
    assert apart[~np.eye(12, dtype=bool)].min() > 3, "two pictures are nearly the same"
    assert (flat.std(axis=1) > 2).mean() > 0.8, "most pictures show something"


@pytest.mark.parametrize("kind", ["portraits", "crops", "jigsaws"])
def test_grey_pictures_and_no_training_pictures_will_do(kind: str) -> None:
    assert make_outliers(kind, 5, GREY, seed=0).shape == (5, 16, 16, 1)
    grey = known()[..., :1]
    assert make_outliers(kind, 5, GREY, seed=0, known=grey).shape == (5, 16, 16, 1)


def test_jigsaws_keep_the_colours_of_their_picture() -> None:
    plain = np.zeros((1, 20, 20, 3), np.uint8)
    plain[:, :10] = (250, 0, 0)
    square = Preprocessing(height=48, width=48, channels=3)
    jigsaw = make_outliers("jigsaws", 1, square, seed=0, known=plain)[0]
    reds = (jigsaw[..., 0] > 125).mean()
    assert 0.4 < reds < 0.6
    assert (jigsaw[:24, :, 0] > 125).mean() < 0.95, "the pieces were moved"


def test_a_face_is_skin_with_darker_eyes_in_it() -> None:
    wall = np.full((40, 48, 48, 3), (0.1, 0.3, 0.9), np.float32)
    drawn = draw_people(np.random.default_rng(1), wall, smallest=0.6, largest=0.7, low=0.0, high=0.01)
    middle = drawn[:, 16:34, 16:32].reshape(40, -1, 3).mean(axis=1)
    assert (middle[:, 0] > middle[:, 2]).mean() > 0.9, "redder than blue, whatever the skin"
    assert np.abs(drawn - wall).mean(axis=(1, 2, 3)).min() > 0.05


def test_drawing_can_be_ended_and_unknown_kinds_are_named() -> None:
    def stop() -> None:
        raise JobCancelled

    with pytest.raises(JobCancelled):
        make_outliers("noise", 4, COLOUR, seed=0, check=stop)
    with pytest.raises(UnknownNameError):
        make_outliers("unicorns", 4, COLOUR, seed=0)
