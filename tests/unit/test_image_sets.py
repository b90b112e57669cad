"""Labelled sets from folders and idx files, by name and by index, with damage and without."""

from __future__ import annotations

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from deepstudio.core.errors import DeepStudioError, InputError
from deepstudio.core.preprocessing import Preprocessing
from deepstudio.data.image_sets import load_image_set

SMALL = Preprocessing(height=8, width=8, channels=3)


def picture(path: Path, value: int, size: tuple[int, int] = (8, 8)) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, (value, value, value)).save(path)


def idx(path: Path, array: np.ndarray, *, compress: bool = False) -> None:
    raw = struct.pack(f">{1 + array.ndim}I", 0x0800 + array.ndim, *array.shape) + array.astype(np.uint8).tobytes()
    path.write_bytes(gzip.compress(raw) if compress else raw)


def test_folders_are_classes_and_files_come_in_natural_order(tmp_path: Path) -> None:
    for name, value in (("cat/10.png", 3), ("cat/2.png", 2), ("bird/1.png", 1)):
        picture(tmp_path / name, value)
    found = load_image_set(tmp_path, SMALL)
    assert found.classes == ("bird", "cat")
    assert found.names == ("bird/1.png", "cat/2.png", "cat/10.png")
    assert found.labels.tolist() == [0, 1, 1]
    assert found.images.shape == (3, 8, 8, 3) and found.images[:, 0, 0, 0].tolist() == [1, 2, 3]


@pytest.mark.parametrize("folders", [("frog", "snow_leopard"), ("FROG", "Snow Leopard"), ("0", "1"), ("00", "01")])
def test_labels_by_name_or_by_index(tmp_path: Path, folders: tuple[str, str]) -> None:
    for folder in folders:
        picture(tmp_path / folder / "x.png", 9)
    found = load_image_set(tmp_path, SMALL, classes=("frog", "snow leopard", "newt"))
    assert found.labels.tolist() == [0, 1] and found.classes == ("frog", "snow leopard", "newt")


@pytest.mark.parametrize("folder", ["zebra", "3", "-1"])
def test_a_folder_that_names_no_class_is_a_sentence(tmp_path: Path, folder: str) -> None:
    picture(tmp_path / folder / "x.png", 9)
    with pytest.raises(InputError, match="no class"):
        load_image_set(tmp_path, SMALL, classes=("frog", "newt", "toad"))


def test_unreadable_files_are_named_and_left_out(tmp_path: Path) -> None:
    picture(tmp_path / "a" / "good.png", 1)
    (tmp_path / "a" / "bad.png").write_bytes(b"not a picture")
    named: list[str] = []

    def left_out(name: str, error: DeepStudioError) -> None:
        named.append(name)

    assert len(load_image_set(tmp_path, SMALL, on_unreadable=left_out)) == 1
    assert named == ["a/bad.png"]
    with pytest.raises(DeepStudioError):
        load_image_set(tmp_path, SMALL)


def test_pictures_of_any_size_are_fitted(tmp_path: Path) -> None:
    picture(tmp_path / "a" / "wide.png", 50, (300, 40))
    picture(tmp_path / "b" / "small.png", 60, (3, 5))
    assert load_image_set(tmp_path, SMALL).images.shape == (2, 8, 8, 3)


@pytest.mark.parametrize("content", ["nothing", "loose"])
def test_folders_without_labelled_images_are_a_sentence(tmp_path: Path, content: str) -> None:
    if content == "loose":
        picture(tmp_path / "loose.png", 1)
    with pytest.raises(InputError, match="no labelled images"):
        load_image_set(tmp_path, SMALL)
    with pytest.raises(InputError, match="no folder"):
        load_image_set(tmp_path / "missing", SMALL)


@pytest.mark.parametrize("compress", [False, True])
def test_idx_files(tmp_path: Path, compress: bool) -> None:
    images = np.arange(2 * 4 * 4).reshape(2, 4, 4)
    suffix = ".gz" if compress else ""
    idx(tmp_path / f"t10k-images-idx3-ubyte{suffix}", images, compress=compress)
    idx(tmp_path / f"t10k-labels-idx1-ubyte{suffix}", np.array([1, 0]), compress=compress)
    found = load_image_set(tmp_path, Preprocessing(height=4, width=4, channels=1))
    assert found.images.shape == (2, 4, 4, 1) and np.array_equal(found.images[..., 0], images)
    assert found.labels.tolist() == [1, 0] and found.classes == ("0", "1")


@pytest.mark.parametrize("damage", ["short", "magic", "count", "gzip"])
def test_damaged_idx_files_are_a_sentence(tmp_path: Path, damage: str) -> None:
    images, labels = tmp_path / "x-images-idx3-ubyte", tmp_path / "x-labels-idx1-ubyte"
    idx(images, np.zeros((2, 4, 4)), compress=damage == "gzip")
    idx(labels, np.zeros(3 if damage == "count" else 2))
    if damage in ("short", "gzip"):
        images.write_bytes(images.read_bytes()[:-5])
    if damage == "magic":
        images.write_bytes(b"\x00\x00\x09\x03" + images.read_bytes()[4:])
    with pytest.raises(InputError):
        load_image_set(tmp_path, Preprocessing(height=4, width=4, channels=1))


def test_a_limit_takes_files_evenly_from_all_classes(tmp_path: Path) -> None:
    for index in range(20):
        picture(tmp_path / "ab"[index // 10] / f"{index}.png", index)
    found = load_image_set(tmp_path, SMALL, limit=4)
    assert found.images[:, 0, 0, 0].tolist() == [0, 5, 10, 15]


def test_of_several_idx_pairs_the_test_split_is_taken(tmp_path: Path) -> None:
    for prefix, count in (("train", 3), ("t10k", 2)):
        idx(tmp_path / f"{prefix}-images-idx3-ubyte", np.zeros((count, 4, 4)))
        idx(tmp_path / f"{prefix}-labels-idx1-ubyte", np.arange(count) % 2)
    assert len(load_image_set(tmp_path, Preprocessing(height=4, width=4, channels=1))) == 2
