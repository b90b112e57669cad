"""Every network of ours: builds, has the right shapes, learns, saves and loads equal."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn
from torch.nn import functional

from deepstudio.app.bench.train import pool_last
from deepstudio.core.errors import RecipeError, UnknownNameError
from deepstudio.models.card import ModelCard
from deepstudio.models.modelfile import load_model, save_model
from deepstudio.models.registry import build_network, networks

OURS = ("article-two-blocks", "article-32-64-64", "article-32-64-128", "article-224", "speednet")
SMALL: dict[str, dict[str, Any]] = {
    "article-224": {"height": 48, "width": 48},
    "speednet": {"widths": [16, 16, 16], "depth": 3},
}


def side(name: str) -> int:
    return 48 if name == "article-224" else 32


@pytest.mark.parametrize("name", OURS)
def test_network_learns_a_batch_and_survives_its_file(name: str, tmp_path: Path) -> None:
    torch.manual_seed(1)
    config = SMALL.get(name, {})
    network = build_network(name, config, num_classes=4)
    x, labels = torch.randn(16, 3, side(name), side(name)), torch.arange(16) % 4
    assert network(x).shape == (16, 4)
    optimizer = torch.optim.Adam(network.parameters(), lr=2e-3)
    first = last = float("nan")
    for _ in range(30):
        loss = nn.functional.cross_entropy(network(x), labels)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        first, last = (loss.item() if first != first else first), loss.item()
    assert last < 0.5 * first
    card = ModelCard(
        name="n", title="n", task="image-classification", architecture=name, config=config, labels=tuple("abcd")
    )
    save_model(tmp_path / "n.safetensors", card, network, half=False)
    loaded = load_model(tmp_path / "n.safetensors", torch.device("cpu")).network
    assert torch.equal(loaded(x), network.eval()(x))


@pytest.mark.parametrize("name", OURS)
def test_features_are_the_input_of_the_last_layer(name: str) -> None:
    network = build_network(name, SMALL.get(name, {}), num_classes=3).eval()
    seen: list[torch.Tensor] = []
    last = [module for module in network.modules() if isinstance(module, nn.Linear)][-1]
    last.register_forward_pre_hook(lambda module, inputs: seen.append(inputs[0]))
    x = torch.randn(2, 3, side(name), side(name))
    network(x)
    assert torch.equal(network.features(x), seen[0])
    assert isinstance(network.last_conv(), nn.Module)


@pytest.mark.parametrize(
    ("name", "parameters"),
    # Counted by hand from the layers as Keras reports them.
    [
        ("article-two-blocks", 896 + 18_496 + 64 * 6 * 6 * 64 + 64 + 650),
        ("article-32-64-64", 896 + 18_496 + 36_928 + 1024 * 64 + 64 + 650),
        ("article-32-64-128", 896 + 18_496 + 73_856 + 128 * 2 * 2 * 128 + 128 + 1290),
    ],
)
def test_articles_networks_have_the_published_size(name: str, parameters: int) -> None:
    network = build_network(name, {}, num_classes=10)
    assert sum(parameter.numel() for parameter in network.parameters()) == parameters


@pytest.mark.parametrize("name", ["article-two-blocks", "article-32-64-64", "article-32-64-128"])
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_pooling_first_gives_the_numbers_and_gradients_of_the_article(name: str, dtype: torch.dtype) -> None:
    ours = build_network(name, {}, num_classes=10)
    written = copy.deepcopy(ours)
    pool_last(written)
    layers = [type(layer).__name__ for layer in written.convolutions]
    assert layers[:6] == ["Conv2d", "ReLU", "MaxPool2d"] * 2
    assert layers != [type(layer).__name__ for layer in ours.convolutions]
    x_BCHW = torch.randn(8, 3, 32, 32)
    for network in (ours, written):
        with torch.autocast("cpu", dtype, enabled=dtype != torch.float32):
            logits = network(x_BCHW)
        functional.cross_entropy(logits.float(), torch.arange(8)).backward()
    for one, other in zip(ours.parameters(), written.parameters(), strict=True):
        assert torch.equal(one.grad, other.grad)


def test_the_large_article_network_takes_224_pixels_and_1000_classes() -> None:
    with torch.device("meta"):
        network = build_network("article-224", {}, num_classes=1000)
        assert network(torch.empty(1, 3, 224, 224)).shape == (1, 1000)


@pytest.mark.parametrize("activation", ["relu", "elu", "gelu", "leaky-relu", "sigmoid", "silu", "tanh"])
def test_options_of_the_articles_networks(activation: str) -> None:
    config = {
        "batch_norm": True,
        "dropout": 0.5,
        "conv_dropout": 0.2,
        "activation": activation,
        "padding": "same",
        "in_channels": 1,
        "height": 28,
        "width": 28,
    }
    network = build_network("article-32-64-128", config, num_classes=10)
    assert network(torch.randn(2, 1, 28, 28)).shape == (2, 10)
    assert any(isinstance(module, nn.BatchNorm2d) for module in network.modules())


def test_whitening_makes_patches_uncorrelated() -> None:
    torch.manual_seed(0)
    base = torch.randn(64, 1, 16, 16)
    x = (base + 0.3 * torch.randn(64, 3, 16, 16)).repeat_interleave(2, 2).repeat_interleave(2, 3)
    network = build_network("speednet", {"widths": [8, 8, 8]}, num_classes=2)
    network.init_from_data(x)
    maps = nn.functional.conv2d(x, network.whiten.weight)[:, :12].transpose(0, 1).flatten(1)
    correlation = torch.corrcoef(maps)
    assert (correlation - torch.eye(12)).abs().max() < 0.05


@pytest.mark.parametrize(
    ("name", "config", "error"),
    [
        ("speednet", {"width": [8]}, RecipeError),
        ("speednet", {"depth": 7}, RecipeError),
        ("speednet", {"widths": "wide"}, RecipeError),
        ("article-two-blocks", {"height": 8, "width": 8}, RecipeError),
        ("article-two-blokcs", {}, UnknownNameError),
    ],
)
def test_bad_configurations_are_sentences(name: str, config: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        build_network(name, config, num_classes=3)


def test_every_registered_name_declares_its_options() -> None:
    registry = networks()
    assert set(OURS) <= set(registry.names())
    for name in OURS:
        assert registry.get(name).title and registry.get(name).source
