"""Relabelling and leaving out: kept beside the data, undone, shared, and seen by every reader of training sets."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from deepstudio.core.errors import InputError, StorageError
from deepstudio.core.files import write_text_atomic
from deepstudio.core.job import SilentContext
from deepstudio.core.preprocessing import Preprocessing
from deepstudio.data import corrections_file
from deepstudio.data.corrections import Corrections
from deepstudio.data.corrections_file import NAME
from deepstudio.data.corrections_jobs import (
    ApplyToFiles,
    ChangeCorrections,
    ExportCorrections,
    apply_to_files,
    change_corrections,
    export_corrections,
)
from deepstudio.data.image_sets import load_image_set
from tests.unit.test_image_sets import idx, picture

SMALL = Preprocessing(height=8, width=8, channels=3)


@pytest.fixture
def pets(tmp_path: Path) -> Path:
    root = tmp_path / "pets"
    for split in ("train", "test"):
        for label in ("cat", "dog"):
            for number in range(4):
                picture(root / split / label / f"{number}.png", 10 * number + (100 if label == "dog" else 0))
    return root


def labels_of(folder: Path) -> dict[str, str]:
    found = load_image_set(folder, SMALL)
    return {name: found.classes[label] for name, label in zip(found.names, found.labels, strict=True)}


def test_readers_of_the_set_and_of_a_split_see_the_corrections(pets: Path) -> None:
    corrections = Corrections.open(pets)
    corrections.relabel({"train/cat/1.png": "dog"})
    corrections.exclude(["train/dog/2.png", "test/cat/0.png"])
    train, test = labels_of(pets / "train"), labels_of(pets / "test")
    assert train["cat/1.png"] == "dog" and "dog/2.png" not in train and len(train) == 7
    assert "cat/0.png" not in test and len(test) == 7
    assert sorted(path.name for path in (pets / "train" / "dog").iterdir()) == ["0.png", "1.png", "2.png", "3.png"]


def test_undo_and_redo_outlive_the_program(pets: Path) -> None:
    Corrections.open(pets).exclude(["train/cat/0.png"])
    Corrections.open(pets).relabel({"train/cat/1.png": "dog", "train/cat/2.png": "dog"})
    again = Corrections.open(pets)
    assert [(step.kind, step.count, step.labels) for step in again.steps] == [
        ("exclude", 1, ()),
        ("relabel", 2, ("dog",)),
    ]
    assert again.undo() and again.state().relabelled == {} and again.state().excluded == {"train/cat/0.png"}
    later = Corrections.open(pets)
    assert later.can_redo and later.redo() and later.state().relabelled["train/cat/2.png"] == "dog"
    assert later.undo() and later.undo() and not later.undo()
    assert len(labels_of(pets / "train")) == 8
    later.exclude(["train/dog/0.png"])
    assert not later.can_redo


def test_merged_labels_follow_each_other(pets: Path) -> None:
    (pets / "train" / "dog").rename(pets / "train" / "Dog ")
    corrections = Corrections.open(pets)
    corrections.merge({"Dog ": "hound"})
    corrections.merge({"hound": "dog"})
    assert set(labels_of(pets / "train").values()) == {"cat", "dog"}
    corrections.merge({"dog": "Dog "})  # the other way round takes it back
    assert set(labels_of(pets / "train").values()) == {"cat", "Dog "}


def test_a_changed_file_loses_its_correction(pets: Path) -> None:
    corrections = Corrections.open(pets)
    corrections.exclude(["train/cat/0.png", "train/cat/1.png"])
    picture(pets / "train" / "cat" / "0.png", 77)
    state = Corrections.open(pets).state()
    assert state.stale == ("train/cat/0.png",) and state.excluded == {"train/cat/1.png"}
    assert "cat/0.png" in labels_of(pets / "train")


def test_two_windows_share_the_steps(pets: Path) -> None:
    first, second = Corrections.open(pets), Corrections.open(pets)
    first.exclude(["train/cat/0.png"])
    second.exclude(["train/cat/1.png"])
    assert first.state().excluded == {"train/cat/0.png", "train/cat/1.png"}


def test_a_read_only_folder_keeps_its_corrections_elsewhere(
    pets: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(path: Path, text: str) -> None:
        if path.is_relative_to(pets):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        write_text_atomic(path, text)

    monkeypatch.setattr(corrections_file, "write_text_atomic", refusing)
    Corrections.open(pets).exclude(["train/cat/0.png"])
    assert not (pets / NAME).exists() and Corrections.open(pets).path.is_relative_to(home)
    assert "cat/0.png" not in labels_of(pets / "train")
    monkeypatch.undo()
    monkeypatch.setenv("DEEPSTUDIO_HOME", str(home))
    Corrections.open(pets).exclude(["train/cat/1.png"])  # the folder can be written again: nothing is forgotten
    assert Corrections.open(pets).state().excluded == {"train/cat/0.png", "train/cat/1.png"}


def test_a_full_disk_is_a_sentence_and_loses_nothing(pets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corrections = Corrections.open(pets)
    corrections.exclude(["train/cat/0.png"])

    def full(path: Path, text: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(corrections_file, "write_text_atomic", full)
    with pytest.raises(StorageError, match="No space left"):
        corrections.exclude(["train/cat/1.png"])
    assert corrections.state().excluded == {"train/cat/0.png"}


def test_a_damaged_file_is_kept_aside(pets: Path) -> None:
    (pets / NAME).write_text('{"version": 1, "steps": [')
    assert Corrections.open(pets).steps == ()
    assert (pets / (NAME + ".damaged")).is_file()


def test_a_file_of_a_newer_program_is_refused_and_kept(pets: Path) -> None:
    (pets / NAME).write_text(json.dumps({"version": 9, "steps": []}))
    with pytest.raises(InputError, match="newer"):
        Corrections.open(pets)
    assert (pets / NAME).is_file()


def test_idx_pictures_are_corrected_by_number(tmp_path: Path) -> None:
    pixels = np.arange(5 * 16, dtype=np.uint8).reshape(5, 4, 4)
    (tmp_path / "raw").mkdir()
    idx(tmp_path / "raw" / "train-images-idx3-ubyte", pixels)
    idx(tmp_path / "raw" / "train-labels-idx1-ubyte", np.array([0, 1, 2, 1, 0]))
    corrections = Corrections.open(tmp_path)
    corrections.exclude(["raw/train-images-idx3-ubyte#1"])
    corrections.relabel({"raw/train-images-idx3-ubyte#4": "2"})
    found = load_image_set(tmp_path / "raw", Preprocessing(height=4, width=4, channels=1))
    assert found.labels.tolist() == [0, 2, 1, 2]
    assert found.names[1] == "train-images-idx3-ubyte#2" and found.images[1, 0, 0, 0] == 32


def test_the_export_is_a_set_of_its_own(pets: Path, tmp_path: Path) -> None:
    step = ChangeCorrections(data=pets, action="relabel", labels={"train/cat/1.png": "dog"})
    change_corrections(step, SilentContext())
    state = change_corrections(
        ChangeCorrections(data=pets, action="exclude", names=("test/dog/0.png",)), SilentContext()
    )
    assert state.can_undo and state.excluded == {"test/dog/0.png"}
    target = tmp_path / "pets.csv"
    assert export_corrections(ExportCorrections(data=pets, target=target), SilentContext()) == 15
    lines = target.read_text().splitlines()
    assert lines[0] == "path,label,split" and "pets/train/cat/1.png,dog,train" in lines
    assert len(load_image_set(target, SMALL, split="test")) == 7
    assert len(load_image_set(target, SMALL, split="train")) == 8


def test_files_move_only_on_demand_and_nothing_is_lost(pets: Path) -> None:
    corrections = Corrections.open(pets)
    corrections.relabel({"train/cat/1.png": "dog"})
    corrections.exclude(["test/cat/0.png"])
    before = {Image.open(path).tobytes() for path in pets.rglob("*.png")}
    assert apply_to_files(ApplyToFiles(data=pets), SilentContext()) == 2
    assert (pets / "train" / "dog" / "1 (2).png").is_file() and not (pets / "train" / "cat" / "1.png").exists()
    assert (pets.parent / "pets-excluded" / "test" / "cat" / "0.png").is_file()
    assert {Image.open(path).tobytes() for path in pets.parent.rglob("*.png")} == before
    assert Corrections.open(pets).steps == ()
    assert labels_of(pets / "train")["dog/1 (2).png"] == "dog"


def test_an_empty_label_is_refused(pets: Path) -> None:
    with pytest.raises(InputError, match="empty"):
        Corrections.open(pets).relabel({"train/cat/1.png": "  "})
