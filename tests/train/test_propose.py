"""A folder or table is dropped, and training works after it without another word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from deepstudio.core.errors import InputError
from deepstudio.core.job import SilentContext
from deepstudio.train.propose import ProposeRequest, propose_recipe
from deepstudio.train.run_folder import RunFolder
from deepstudio.train.runner import TrainRequest, run_training
from tests.unit.test_image_sets import idx


def shapes(root: Path, count: int, *, size: tuple[int, int] = (48, 40), grey: bool = False, first: int = 0) -> None:
    """Write pictures of a bright disc or a bright bar on noise."""
    generator = np.random.default_rng(first)
    rows, columns = np.mgrid[: size[1], : size[0]]
    for number in range(first, first + count):
        for label in ("disc", "bar"):
            pixels = generator.integers(0, 90, (size[1], size[0], 3))
            x, y = generator.integers(12, size[0] - 12), generator.integers(12, size[1] - 12)
            inside = np.hypot(rows - y, columns - x) < 8 if label == "disc" else np.abs(rows - y) < 3
            pixels[inside] += generator.integers(60, 160, 3)
            path = root / label / f"{number}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            image = Image.fromarray(pixels.astype(np.uint8))
            (image.convert("L") if grey else image).save(path)


def propose(data: Path):  # type: ignore[no-untyped-def]
    return propose_recipe(ProposeRequest(data=data), SilentContext())


def test_a_dropped_folder_trains_and_its_network_is_good(tmp_path: Path) -> None:
    data = tmp_path / "My_Shapes 2"
    shapes(data, 60)
    proposal = propose(data)
    recipe = proposal.recipe
    assert recipe.name == "my_shapes-2" and recipe.title == "My Shapes 2"
    assert proposal.classes == ("bar", "disc") and proposal.counts == {"train": 120} and proposal.size == (48, 40)
    assert recipe.data.validation_share == 0.2 and recipe.preprocessing.height == 32
    assert all("{" not in str(reason) for reason in proposal.reasons)
    # A quarter of the epochs, and no second opinion of the mirrored picture: seconds instead of a minute.
    recipe = replace(recipe, training=replace(recipe.training, epochs=12, ema=0.0))
    folder = RunFolder(path=tmp_path / "run")
    finished = run_training(TrainRequest(recipe=recipe, data=data, folder=folder, device="cpu"), SilentContext())
    assert finished.validation.report.accuracy >= 0.9
    assert finished.path.name == "my_shapes-2.safetensors" and finished.card.labels == ("bar", "disc")


def test_split_folders_under_other_names(tmp_path: Path) -> None:
    for split, count in (("Training", 20), ("valid", 5), ("Test", 5)):
        shapes(tmp_path / split, count, size=(100, 100))
    proposal = propose(tmp_path)
    data = proposal.recipe.data
    assert (data.train, data.validation, data.test) == ("Training", "valid", "Test")
    assert proposal.counts == {"train": 40, "validation": 10, "test": 10}
    assert proposal.recipe.preprocessing.height == 96


def test_a_table(tmp_path: Path) -> None:
    shapes(tmp_path / "img", 20)
    rows = [f"{path.relative_to(tmp_path).as_posix()},{path.parent.name}" for path in sorted(tmp_path.rglob("*.png"))]
    table = tmp_path / "labels.csv"
    table.write_text("path,label\n" + "\n".join(rows))
    proposal = propose(table)
    assert proposal.counts == {"train": 40} and proposal.classes == ("bar", "disc")
    assert proposal.recipe.name == tmp_path.name.lower()  # "labels" says nothing


def test_grey_and_long_pictures(tmp_path: Path) -> None:
    shapes(tmp_path, 10, size=(120, 60), grey=True)
    recipe = propose(tmp_path).recipe
    assert recipe.preprocessing.channels == 1 and recipe.network.config["in_channels"] == 1
    assert recipe.preprocessing.fit == "pad" and len(recipe.preprocessing.mean) == 1
    assert 0.1 < recipe.preprocessing.mean[0] < 0.5


def test_signs_and_sides_are_not_mirrored(tmp_path: Path) -> None:
    shapes(tmp_path / "sides", 4)
    assert propose(tmp_path / "sides").recipe.augment.flip == "random"
    (tmp_path / "sides" / "disc").rename(tmp_path / "sides" / "turn_left")
    assert propose(tmp_path / "sides").recipe.augment.flip == "none"


def test_idx_files(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    generator = np.random.default_rng(0)
    for prefix, count in (("train", 30), ("t10k", 10)):
        idx(tmp_path / "raw" / f"{prefix}-images-idx3-ubyte", generator.integers(0, 255, (count, 28, 28)))
        idx(tmp_path / "raw" / f"{prefix}-labels-idx1-ubyte", np.arange(count) % 3)
    proposal = propose(tmp_path)
    assert proposal.counts == {"train": 30, "test": 10} and proposal.recipe.data.test == "t10k"
    assert proposal.recipe.preprocessing.channels == 1 and proposal.recipe.augment.flip == "none"
    assert proposal.recipe.preprocessing.height == 28  # idx pictures are not fitted


def test_shipped_recipes_of_a_known_set(tmp_path: Path) -> None:
    shapes(tmp_path / "cifar10" / "train", 2)
    assert propose(tmp_path / "cifar10").shipped == ("objects",)


def test_one_class_is_a_sentence(tmp_path: Path) -> None:
    shapes(tmp_path, 2)
    for path in (tmp_path / "bar").iterdir():
        path.unlink()
    with pytest.raises(InputError, match="one class"):
        propose(tmp_path)


@pytest.mark.parametrize("examples", [2, 40, 700, 9000, 50_000, 400_000])
def test_settings_stay_sensible_for_any_number(examples: int) -> None:
    from deepstudio.train.propose import _with_training
    from deepstudio.train.recipe import load_image_recipe

    base = load_image_recipe("images")
    for side in (32, 64, 96):
        recipe = _with_training(base, examples, side, 5, [])
        assert 8 <= recipe.training.batch_size <= 128 and 8 <= recipe.training.epochs <= 80
        assert 0.0005 < recipe.optimizer.lr <= 0.004
