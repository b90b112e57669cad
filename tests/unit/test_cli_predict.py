from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from deepstudio.app.cli import main
from tests.helpers.tiny_models import LABELS, write_model


@pytest.fixture
def pictures(home: Path, tmp_path: Path) -> Path:
    """Return a folder with two pictures; the model tiny is installed."""
    write_model(home / "data" / "models", rejection=True, warning="Only for play.")
    random = np.random.default_rng(0)
    for name in ("1.png", "sub/2.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        Image.fromarray(random.integers(0, 255, (40, 50, 3), np.uint8)).save(tmp_path / name)
    return tmp_path


def test_one_json_object_per_picture(pictures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["predict", "tiny", str(pictures), "--json", "--top-k", "2"]) == 0
    out, err = capsys.readouterr()
    records = [json.loads(line) for line in out.splitlines()]
    assert err == ""
    assert [record["file"] for record in records] == [str(pictures / "1.png"), str(pictures / "sub" / "2.png")]
    for record in records:
        assert record["model"] == "tiny"
        assert len(record["top"]) == 2
        assert record["top"][0]["label"] in LABELS
        assert record["top"][0]["probability"] >= record["top"][1]["probability"]
        assert 0 <= record["unknown"] <= 1
        assert record["rejected"] == (record["unknown"] > 0.5)
        assert record["timing"]["total_ms"] > 0
        assert record["warning"] == "Only for play."


def test_unreadable_inputs_are_reported_and_the_rest_go_on(pictures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (pictures / "notes.jpg").write_text("no picture")
    (pictures / "empty").mkdir()
    inputs = [str(pictures / name) for name in ("notes.jpg", "1.png", "gone.png", "empty", "sub")]
    assert main(["predict", "tiny", *inputs, "--json"]) == 1
    out, err = capsys.readouterr()
    records = [json.loads(line) for line in out.splitlines()]
    assert [Path(record["file"]).name for record in records if "error" in record] == ["empty", "notes.jpg", "gone.png"]
    assert [Path(record["file"]).name for record in records if "top" in record] == ["1.png", "2.png"]
    assert err.splitlines() == [
        f"The folder {pictures / 'empty'} holds no pictures.",
        f"{pictures / 'notes.jpg'} holds text, not a picture.",
        f"There is no file {pictures / 'gone.png'}.",
    ]


def test_a_line_for_people(pictures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["predict", "tiny", str(pictures / "1.png")]) == 0
    out, err = capsys.readouterr()
    assert out.startswith(f"{pictures / '1.png'}: ") and " %" in out and out.endswith(" ms]\n")
    assert err == "Only for play.\n"


def test_a_model_file_that_is_not_installed(pictures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_model(pictures / "elsewhere", "other")
    path = str(pictures / "elsewhere" / "other.safetensors")
    assert main(["predict", path, str(pictures / "1.png"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["model"] == path


def test_an_unknown_model(pictures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["predict", "tinny", str(pictures)]) == 1
    assert capsys.readouterr().err.startswith("There is no model named 'tinny'. Did you mean: tiny")
    assert main(["predict", "xyz", str(pictures)]) == 1
    err = capsys.readouterr().err
    assert "There are: chest-xray, " in err and "Did you mean" not in err


def test_a_model_for_another_task(home: Path, pictures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from deepstudio.models.card import ModelCard
    from deepstudio.models.modelfile import save_model
    from deepstudio.models.registry import build_network

    card = ModelCard(name="words", title="Words", task="keyword-spotting", architecture="speednet", labels=("a", "b"))
    save_model(home / "data" / "models" / "words.safetensors", card, build_network("speednet", {}, num_classes=2))
    assert main(["predict", "words", str(pictures)]) == 1
    assert "deepstudio transcribe" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["predict"], ["predict", "tiny"], ["predict", "tiny", "x.png", "--top-k", "0"]])
def test_wrong_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_labels_of_ones_own_are_for_models_that_take_them(pictures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = str(pictures / "1.png")
    assert main(["predict", "tiny", picture, "--labels", "cat, dog"]) == 2
    assert "takes no others" in capsys.readouterr().err
    assert main(["predict", "tiny", picture, "--example", "cat"]) == 2
    assert "LABEL=FILE" in capsys.readouterr().err


def test_words_are_not_for_models_of_pictures(capsys: pytest.CaptureFixture[str], pictures: Path) -> None:
    assert main(["predict", "tiny", "--text", "hello"]) == 2
    assert capsys.readouterr().err == "The model tiny answers pictures, not texts.\n"


def test_a_count_that_is_none_is_said_in_words(capsys: pytest.CaptureFixture[str], pictures: Path) -> None:
    assert main(["predict", "tiny", "x.png", "--top-k", "two"]) == 2
    assert "whole number" in capsys.readouterr().err
