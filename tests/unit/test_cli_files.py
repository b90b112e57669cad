"""Where commands write, and how they name what they could not read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from deepstudio.app.cli import main


def test_export_makes_a_folder_named_with_a_slash(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "new" / "folder"
    assert main(["models", "export", "digits", f"{folder}/"]) == 0
    assert (folder / "digits.safetensors").is_file()
    assert "digits.safetensors" in capsys.readouterr().out


def test_export_overwrites_only_when_forced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "mine.safetensors"
    target.write_bytes(b"mine")
    assert main(["models", "export", "digits", str(target)]) == 1
    error = capsys.readouterr().err
    assert "mine.safetensors is there already" in error and "--force" in error and error.count("\n") == 1
    assert target.read_bytes() == b"mine"
    assert main(["models", "export", "digits", str(target), "--force"]) == 0
    assert target.stat().st_size > 10_000


@pytest.fixture
def album(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("a/1.png", "b/1.png"):
        path = tmp_path / "album" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("L", (28, 28), 90).save(path)
    (tmp_path / "album" / "b" / "broken.png").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    return Path("album")


def test_predict_names_unreadable_files_with_their_folder_and_sums_up(
    album: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["predict", "digits", str(album), "--device", "cpu"]) == 1
    said = capsys.readouterr()
    assert str(album / "b" / "broken.png") in said.err
    assert said.out.splitlines()[-1].startswith("2 answers, 1 unreadable, ")
    assert main(["predict", "digits", str(album), "--device", "cpu", "--json"]) == 1
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(records) == 3 and all("file" in record for record in records)


def test_evaluate_names_unreadable_files_with_their_folder(album: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (album / "a").rename(album / "3")
    (album / "b").rename(album / "5")
    assert main(["evaluate", "digits", "--data", str(album), "--device", "cpu"]) == 1
    error = capsys.readouterr().err
    assert "5/broken.png" in error and error.count("broken.png") == 1


def test_a_model_is_not_exported_into_a_folder_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "export", "digits", str(tmp_path / "no" / "copy.safetensors")]) == 1
    assert "There is no folder" in capsys.readouterr().err
    assert not (tmp_path / "no").exists()
    assert main(["models", "export", "digits", f"{tmp_path / 'new'}/"]) == 0
    assert f"The folder {tmp_path / 'new'} was made." in capsys.readouterr().out


@pytest.mark.parametrize("command", ["predict objects picture.png", "evaluate objects --data .", "train x --data ."])
def test_a_device_that_does_not_exist_is_wrong_usage(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command.split(), "--device", "gpu9"]) == 2
    assert "'gpu9' is no device" in capsys.readouterr().err
