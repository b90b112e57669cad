"""Models of small problems in text, trained by the engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from deepstudio.core.job import SilentContext
from deepstudio.infer.pool import ModelPool
from deepstudio.infer.text import TextPredictor
from deepstudio.models.library import ModelLibrary
from deepstudio.train.run_folder import RunFolder
from deepstudio.train.runner import TrainRequest, run_training
from tests.helpers.text_problems import RECIPES, make_recipe, write_data


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the data of all problems."""
    return write_data(tmp_path_factory.mktemp("text") / "data")


@pytest.fixture(scope="session")
def trained(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that gives the model file of a problem, trained once."""
    folder = tmp_path_factory.mktemp("models")
    torch.set_num_threads(1)

    def train(name: str) -> Path:
        target = folder / f"{name}.safetensors"
        if not target.exists():
            request = TrainRequest(recipe=make_recipe(name), data=data, folder=RunFolder(path=folder / "runs" / name))
            finished = run_training(request, SilentContext())
            target.write_bytes(finished.path.read_bytes())
        return target

    return train


@pytest.fixture(scope="session")
def library(trained: Callable[[str], Path]) -> ModelLibrary:
    """Return a library with all four models."""
    paths = [trained(name) for name in RECIPES]
    return ModelLibrary(paths[0].parent, paths[0].parent / "none")


@pytest.fixture(scope="session")
def predictor(library: ModelLibrary) -> TextPredictor:
    """Return a predictor over the four models."""
    return TextPredictor(ModelPool(library, "cpu"))
