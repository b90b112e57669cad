"""Model files: what is written comes back, and nothing damaged or dishonest gets in."""

from __future__ import annotations

import json
import struct
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from deepstudio.core.errors import ModelFileError, UnknownNameError
from deepstudio.models.card import ModelCard, RejectionInfo
from deepstudio.models.modelfile import load_model, read_card, save_model
from deepstudio.models.registry import build_network

CPU = torch.device("cpu")
CONFIG = {"widths": [8, 8, 8]}


def card(**changes: Any) -> ModelCard:
    base = ModelCard(
        name="tiny",
        title="Tiny",
        task="image-classification",
        architecture="speednet",
        config=CONFIG,
        labels=tuple("abc"),
    )
    return replace(base, **changes)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    path = tmp_path / "tiny.safetensors"
    extras = {"rejection.means": torch.randn(3, 8)}
    info = RejectionInfo(method="energy", threshold=1.0, slope=2.0)
    save_model(path, card(rejection=info), build_network("speednet", CONFIG, num_classes=3), extras)
    return path


def rewrite(path: Path, change: Any) -> None:
    """Change the header of a model file in place: `change(header, card)` edits both."""
    content = path.read_bytes()
    (length,) = struct.unpack_from("<Q", content)
    header = json.loads(content[8 : 8 + length])
    inner = json.loads(header["__metadata__"]["deepstudio"])
    change(header, inner)
    header["__metadata__"]["deepstudio"] = json.dumps(inner)
    raw = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(raw)) + raw + content[8 + length :])


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    network = build_network("speednet", CONFIG, num_classes=3).eval()
    path = tmp_path / "tiny.safetensors"
    saved = save_model(path, card(), network, half=False)
    loaded = load_model(path, CPU)
    x = torch.randn(2, 3, 32, 32)
    assert torch.equal(loaded.network(x), network(x))
    assert loaded.card == saved == read_card(path)
    assert saved.parameters == sum(parameter.numel() for parameter in network.parameters())
    assert not any(parameter.requires_grad for parameter in loaded.network.parameters())


def test_half_precision_is_close_and_smaller(tmp_path: Path) -> None:
    network = build_network("speednet", {"widths": [32, 64, 64]}, num_classes=3).eval()
    described = card(config={"widths": [32, 64, 64]})
    save_model(tmp_path / "full.safetensors", described, network, half=False)
    save_model(tmp_path / "half.safetensors", described, network, half=True)
    sizes = [(tmp_path / f"{name}.safetensors").stat().st_size for name in ("half", "full")]
    assert sizes[0] < 0.62 * sizes[1]
    x = torch.randn(4, 3, 32, 32)
    assert torch.allclose(load_model(tmp_path / "half.safetensors", CPU).network(x), network(x), atol=5e-3)


def test_extras_travel_beside_the_network(model: Path) -> None:
    assert load_model(model, CPU).extras["rejection.means"].shape == (3, 8)


@pytest.mark.parametrize("keep", [0, 4, 8, 200, -1])
def test_truncated_file_is_refused(model: Path, keep: int) -> None:
    model.write_bytes(model.read_bytes()[:keep])
    with pytest.raises(ModelFileError):
        load_model(model, CPU)


def test_flipped_bit_is_noticed(model: Path) -> None:
    content = bytearray(model.read_bytes())
    content[-5] ^= 1
    model.write_bytes(content)
    with pytest.raises(ModelFileError, match="not those that the card was written for"):
        load_model(model, CPU)


def test_giant_header_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "giant.safetensors"
    path.write_bytes(struct.pack("<Q", 2**60) + b"{}")
    with pytest.raises(ModelFileError):
        read_card(path)


def test_file_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "photo.safetensors"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    with pytest.raises(ModelFileError):
        read_card(path)


def test_safetensors_without_a_card_are_refused(tmp_path: Path) -> None:
    from safetensors.torch import save_file

    save_file({"w": torch.zeros(2)}, tmp_path / "bare.safetensors")
    with pytest.raises(ModelFileError, match="no DeepStudio card"):
        read_card(tmp_path / "bare.safetensors")


def set_card(key: str, value: Any) -> Any:
    return lambda header, inner: inner.__setitem__(key, value)


@pytest.mark.parametrize(
    ("lie", "says"),
    [
        (set_card("labels", ["a", "b"]), "shape"),
        (set_card("labels", ["a", "a", "a"]), "labels"),
        (set_card("labels", []), "labels"),
        (set_card("labels", "abc"), "card"),
        (set_card("config", {"widths": [8, 8, 16]}), "shape"),
        (set_card("config", {"widths": [8, 8]}), "tensor"),
        (set_card("parameters", 10**9), "promises"),
        (set_card("sha256", "0" * 64), "weights are not those"),
        (set_card("temperature", 0.0), "between"),
        (set_card("name", "../../evil"), "name"),
        (set_card("surprise", 1), "surprise"),
        (set_card("card_version", 99), "newer DeepStudio"),
        (lambda header, inner: header["head.weight"].update(shape=[3, 9]), "contradicts"),
        (lambda header, inner: header["head.weight"].update(shape=[-3, -8]), "contradicts"),
        (lambda header, inner: header["head.weight"].update(dtype="F99"), "not readable"),
        (lambda header, inner: header["head.weight"].update(data_offsets=[0, 48]), "overlap"),
    ],
    ids=[
        "fewer-labels",
        "repeated-labels",
        "no-labels",
        "labels-as-text",
        "wider",
        "fewer-groups",
        "parameters",
        "hash",
        "temperature",
        "path-as-name",
        "unknown-key",
        "future-version",
        "shape",
        "negative-shape",
        "type",
        "offsets",
    ],
)
def test_card_that_lies_is_refused(model: Path, lie: Any, says: str) -> None:
    rewrite(model, lie)
    with pytest.raises(ModelFileError, match=says):
        load_model(model, CPU)


def test_unknown_network_names_the_nearest(model: Path) -> None:
    rewrite(model, set_card("architecture", "speednett"))
    with pytest.raises(UnknownNameError, match="speednet"):
        load_model(model, CPU)


def test_weights_that_are_not_numbers_are_refused(tmp_path: Path) -> None:
    network = build_network("speednet", CONFIG, num_classes=3)
    with torch.no_grad():
        next(network.parameters())[0] = float("nan")
    save_model(tmp_path / "nan.safetensors", card(), network)
    with pytest.raises(ModelFileError, match="not numbers"):
        load_model(tmp_path / "nan.safetensors", CPU)


def test_a_failed_write_leaves_the_old_file(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = model.read_bytes()

    def full(*arguments: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        save_model(model, card(), build_network("speednet", CONFIG, num_classes=3))
    assert model.read_bytes() == before
    assert [path.name for path in model.parent.iterdir()] == [model.name]
