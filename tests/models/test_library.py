"""The library of models: shipped and the user's, damaged ones listed, removal undone."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from deepstudio.core.errors import ModelFileError, UnknownNameError
from deepstudio.models.card import ModelCard
from deepstudio.models.library import ModelLibrary
from deepstudio.models.modelfile import save_model
from deepstudio.models.registry import build_network

CONFIG = {"widths": [8, 8, 8]}


def write(path: Path, name: str, title: str = "T") -> Path:
    torch.manual_seed(0)
    described = ModelCard(
        name=name,
        title=title,
        task="image-classification",
        architecture="speednet",
        config=CONFIG,
        labels=("a", "b"),
    )
    save_model(path, described, build_network("speednet", CONFIG, num_classes=2))
    return path


@pytest.fixture
def library(tmp_path: Path) -> ModelLibrary:
    write(tmp_path / "shipped" / "one.safetensors", "one", "shipped one")
    return ModelLibrary(tmp_path / "shipped", tmp_path / "user")


def test_installing_copies_under_the_cards_name(library: ModelLibrary, tmp_path: Path) -> None:
    entry = library.install(write(tmp_path / "download (1).safetensors", "two"))
    assert entry.name == "two" and not entry.shipped
    assert [found.name for found in library.entries()] == ["one", "two"]


def test_users_model_hides_the_shipped_one(library: ModelLibrary, tmp_path: Path) -> None:
    library.install(write(tmp_path / "mine.safetensors", "one", "my one"))
    found = library.find("one")
    assert found.card is not None and found.card.title == "my one"
    assert len(library.entries()) == 1


def test_damaged_file_is_not_installed(library: ModelLibrary, tmp_path: Path) -> None:
    path = write(tmp_path / "two.safetensors", "two")
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(ModelFileError):
        library.install(path)
    assert not list(library.user.glob("*")) if library.user.exists() else True


def test_damaged_file_is_listed_with_its_sentence(library: ModelLibrary) -> None:
    library.user.mkdir()
    (library.user / "bad.safetensors").write_bytes(b"nonsense")
    entry = next(found for found in library.entries() if found.name == "bad")
    assert entry.card is None and entry.failure is not None and "bad.safetensors" in entry.failure.text()
    with pytest.raises(ModelFileError):
        library.find("bad")


def test_removal_can_be_undone(library: ModelLibrary, tmp_path: Path) -> None:
    library.install(write(tmp_path / "two.safetensors", "two"))
    aside = library.remove("two")
    with pytest.raises(UnknownNameError):
        library.find("two")
    library.restore(aside)
    assert library.find("two").name == "two"


def test_shipped_models_cannot_be_removed(library: ModelLibrary) -> None:
    with pytest.raises(ModelFileError, match="comes with the program"):
        library.remove("one")


def test_unknown_name_suggests_a_near_one(library: ModelLibrary) -> None:
    with pytest.raises(UnknownNameError, match="one"):
        library.find("onee")


@pytest.mark.parametrize("name", ["../one", "", ".", "shipped/one"])
def test_names_are_not_paths(library: ModelLibrary, name: str) -> None:
    with pytest.raises(UnknownNameError):
        library.find(name)


def test_export_copies_the_whole_file(library: ModelLibrary, tmp_path: Path) -> None:
    target = library.export("one", tmp_path)
    assert target.read_bytes() == library.find("one").path.read_bytes()
