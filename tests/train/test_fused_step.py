"""The lean optimisers beside torch's own: the same weights and states, to the bit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn

from deepstudio.train.fused_step import FusedAdam, FusedSGD

PAIRS: dict[str, tuple[Callable[..., torch.optim.Optimizer], Callable[..., torch.optim.Optimizer]]] = {
    "adam": (FusedAdam, torch.optim.Adam),
    "adamw": (lambda groups, **options: FusedAdam(groups, decoupled_weight_decay=True, **options), torch.optim.AdamW),
    "sgd": (
        lambda groups, **options: FusedSGD(groups, momentum=0.9, nesterov=True, **options),
        lambda groups, **options: torch.optim.SGD(groups, momentum=0.9, nesterov=True, **options),
    ),
}


def _network() -> nn.Sequential:
    torch.manual_seed(3)
    return nn.Sequential(nn.Linear(5, 7), nn.BatchNorm1d(7), nn.Linear(7, 2), nn.Linear(2, 2))


def _groups(network: nn.Sequential) -> list[dict[str, Any]]:
    return [
        {"params": [*network[0].parameters(), *network[2].parameters()], "weight_decay": 0.01},
        {"params": [*network[1].parameters(), *network[3].parameters()], "weight_decay": 0.0, "lr": 0.03},
    ]


def _train(network: nn.Sequential, optimizer: torch.optim.Optimizer, steps: range) -> None:
    for step in steps:
        random = torch.Generator().manual_seed(step)
        x = torch.randn(6, 5, generator=random)
        whole = step % 4 != 3  # now and then the last layer has no gradient
        (network(x) if whole else network[:3](x)).square().sum().backward()
        optimizer.param_groups[0]["lr"] = 0.01 / (1 + step)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)


def _assert_same(ours: nn.Module, theirs: nn.Module) -> None:
    for (name, one), other in zip(ours.state_dict().items(), theirs.state_dict().values(), strict=True):
        assert torch.equal(one, other), name


@pytest.mark.parametrize("name", PAIRS)
def test_weights_equal_those_of_torch(name: str) -> None:
    networks = [_network(), _network()]
    for network, make in zip(networks, PAIRS[name], strict=True):
        _train(network, make(_groups(network), lr=0.02, fused=True), range(9))
    _assert_same(*networks)


@pytest.mark.parametrize("name", PAIRS)
def test_states_go_to_torch_and_back(name: str) -> None:
    straight, moved = _network(), _network()
    _train(straight, PAIRS[name][1](_groups(straight), lr=0.02, fused=True), range(9))
    states: dict[str, Any] = {}
    for first, last, make in ((0, 3, 0), (3, 5, 1), (5, 9, 0)):
        optimizer = PAIRS[name][make](_groups(moved), lr=0.02, fused=True)
        if states:
            optimizer.load_state_dict(states)
        _train(moved, optimizer, range(first, last))
        states = optimizer.state_dict()
    _assert_same(straight, moved)


def test_lists_are_made_anew_when_states_are_loaded() -> None:
    network, again = _network(), _network()
    optimizer = FusedAdam(_groups(network), lr=0.02, fused=True)
    _train(network, optimizer, range(2))
    early = {name: value.clone() for name, value in network.state_dict().items()}
    states = {**optimizer.state_dict()}
    states["state"] = {k: {n: t.clone() for n, t in state.items()} for k, state in states["state"].items()}
    _train(network, optimizer, range(2, 6))
    network.load_state_dict(early)
    optimizer.load_state_dict(states)
    _train(network, optimizer, range(2, 6))
    _train(again, torch.optim.Adam(_groups(again), lr=0.02, fused=True), range(6))
    _assert_same(network, again)


def test_a_step_without_the_kernels_is_that_of_torch() -> None:
    networks = [_network(), _network()]
    for network, make in zip(networks, PAIRS["adam"], strict=True):
        _train(network, make(_groups(network), lr=0.02, fused=False), range(4))
    _assert_same(*networks)
