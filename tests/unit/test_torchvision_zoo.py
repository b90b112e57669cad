from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
import torch
import torchvision

from deepstudio.core.errors import ModelFileError
from deepstudio.explain.grad_cam import grad_cam
from deepstudio.models.library import ModelLibrary
from deepstudio.models.modelfile import load_model
from deepstudio.models.registry import build_network, networks
from deepstudio.models.torchvision_names import NAMES, PREFIX
from deepstudio.models.torchvision_zoo import (
    ZooNetwork,
    install_local_weights,
    zoo_entries,
    zoo_entry,
    zoo_names,
)
from deepstudio.models.zoo_weights import read_weights

SMALL = {
    "efficientnet_b0": 32,
    "mnasnet0_5": 32,
    "mobilenet_v3_small": 32,
    "regnet_y_400mf": 32,
    "resnet18": 32,
    "shufflenet_v2_x0_5": 32,
    "squeezenet1_1": 64,
}


def test_networks_are_listed_without_torchvision() -> None:
    assert list(NAMES) == zoo_names()
    script = (
        "import sys; from deepstudio.models.registry import networks; found = list(networks());"
        "assert 'torchvision/resnet18' in found and 'torchvision' not in sys.modules and 'sympy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_every_network_builds_for_any_number_of_classes() -> None:
    for name in zoo_names():  # one test, because eighty would cost more than they do
        with torch.device("meta"):
            network = build_network(PREFIX + name, {}, num_classes=7)
        assert all(parameter.is_meta for parameter in network.parameters()), name
        head = network.head()
        assert 7 in (getattr(head, "out_features", 0), getattr(head, "out_channels", 0)), name
        assert network.last_conv() in list(network.modules()), name


def check_answers_and_heat(network: ZooNetwork, side: int) -> None:
    x = torch.rand(2, 3, side, side)
    assert network(x).shape == (2, 5)
    features = network.features(x)
    assert features.dim() == 2 and len(features) == 2
    heat = grad_cam(network, x, 3)
    assert len(heat) == 2 and heat.dim() == 3 and heat.shape[1] == heat.shape[2]
    assert torch.isfinite(heat).all()


@pytest.mark.parametrize("name", SMALL)
def test_small_networks_predict_and_explain(name: str) -> None:
    torch.manual_seed(0)
    network = build_network(PREFIX + name, {}, num_classes=5).eval().requires_grad_(False)
    check_answers_and_heat(network, SMALL[name])


def test_transformers_predict_and_explain() -> None:
    torch.manual_seed(0)
    vision = torchvision.models.VisionTransformer(
        image_size=32, patch_size=8, num_layers=2, num_heads=2, hidden_dim=32, mlp_dim=64, num_classes=5
    )
    swin = torchvision.models.SwinTransformer(
        patch_size=[4, 4], embed_dim=16, depths=[1, 1], num_heads=[2, 2], window_size=[4, 4], num_classes=5
    )
    for body in (vision, swin):
        check_answers_and_heat(ZooNetwork(body, 5).eval().requires_grad_(False), 32)


def test_every_published_weight_is_described() -> None:
    entries = zoo_entries()
    assert {entry.architecture for entry in entries} == {PREFIX + name for name in zoo_names()}
    assert len({entry.name for entry in entries}) == len(entries)
    for entry in entries:
        assert entry.url.startswith("https://") and entry.size > 1_000_000
        assert len(entry.sha256) >= 8 and int(entry.sha256, 16) >= 0
        assert 0.4 < entry.accuracy < 0.95
        assert len(set(entry.labels)) == 1000
        assert entry.preprocessing.resize_to is not None
        assert PREFIX + entry.architecture.removeprefix(PREFIX) in networks()


def library(folder: Path) -> ModelLibrary:
    return ModelLibrary(folder / "shipped", folder / "user")


@pytest.mark.parametrize("wrap", [False, True])
def test_a_local_file_becomes_a_model_with_the_same_answers(tmp_path: Path, wrap: bool) -> None:
    torch.manual_seed(0)
    network = torchvision.models.shufflenet_v2_x0_5(weights=None, num_classes=6).eval()
    weights = network.state_dict()
    torch.save({"state_dict": weights, "epoch": 3} if wrap else weights, tmp_path / "my flowers.pth")
    entry = install_local_weights(tmp_path / "my flowers.pth", library(tmp_path))
    assert entry.name == "my-flowers" and entry.card is not None
    assert entry.card.labels == ("0", "1", "2", "3", "4", "5")
    x = torch.rand(1, 3, 64, 64)
    torch.testing.assert_close(load_model(entry.path, torch.device("cpu")).network(x), network(x))


def test_auxiliary_heads_and_old_names_are_understood(tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = torchvision.models.googlenet(weights=None, init_weights=False, aux_logits=True, transform_input=True)
    network = network.eval()
    published = zoo_entry("googlenet-imagenet1k-v1")
    old = {name: t for name, t in network.state_dict().items() if not name.endswith("num_batches_tracked")}
    torch.save(old, tmp_path / published.file_name)
    entry = install_local_weights(tmp_path / published.file_name, library(tmp_path))
    assert entry.name == published.name
    x = torch.rand(1, 3, 64, 64)
    torch.testing.assert_close(load_model(entry.path, torch.device("cpu")).network(x), network(x))


class Malice:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.path),)


def test_code_in_a_pickle_is_refused_and_never_run(tmp_path: Path) -> None:
    torch.save({"weight": Malice(tmp_path / "owned")}, tmp_path / "bad.pth")
    (tmp_path / "plain.pth").write_bytes(pickle.dumps(Malice(tmp_path / "owned")))
    for name in ("bad.pth", "plain.pth"):
        with pytest.raises(ModelFileError, match=r"was refused: it holds other things than weights"):
            install_local_weights(tmp_path / name, library(tmp_path))
    assert not (tmp_path / "owned").exists()
    assert not (tmp_path / "user").exists()


def test_what_is_no_file_of_weights(tmp_path: Path) -> None:
    torch.save(torchvision.models.squeezenet1_1(weights=None).state_dict(), tmp_path / "cut.pth")
    (tmp_path / "cut.pth").write_bytes((tmp_path / "cut.pth").read_bytes()[:-5000])
    (tmp_path / "text.pth").write_text("hello")
    (tmp_path / "empty.pth").touch()
    torch.save([1, 2], tmp_path / "list.pth")
    for name in ("cut.pth", "text.pth", "empty.pth", "list.pth", "gone.pth"):
        with pytest.raises(ModelFileError, match=name):
            read_weights(tmp_path / name)


def test_weights_of_an_unknown_network(tmp_path: Path) -> None:
    torch.save({"a.weight": torch.zeros(3, 4), "a.bias": torch.zeros(3)}, tmp_path / "odd.pth")
    with pytest.raises(ModelFileError, match="fit no network"):
        install_local_weights(tmp_path / "odd.pth", library(tmp_path))
