"""Optimisers by name. In the lane."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import nn

from deepstudio.train.fused_step import FusedAdam, FusedSGD
from deepstudio.train.muon import Muon, inner_matrices
from deepstudio.train.recipe_base import OptimizerConfig

_Groups = list[dict[str, Any]]


def _sgd(groups: _Groups, config: OptimizerConfig, fused: bool) -> torch.optim.Optimizer:
    nesterov = config.nesterov and config.momentum > 0
    momentum = config.momentum
    make = FusedSGD if momentum else torch.optim.SGD  # without momentum there is nothing to remember
    return make(groups, lr=config.lr, momentum=momentum, nesterov=nesterov, fused=fused)


def _adam(groups: _Groups, config: OptimizerConfig, fused: bool) -> torch.optim.Optimizer:
    return FusedAdam(groups, lr=config.lr, betas=_pair(config.betas), fused=fused)


def _adamw(groups: _Groups, config: OptimizerConfig, fused: bool) -> torch.optim.Optimizer:
    return FusedAdam(groups, lr=config.lr, betas=_pair(config.betas), fused=fused, decoupled_weight_decay=True)


def _rmsprop(groups: _Groups, config: OptimizerConfig, fused: bool) -> torch.optim.Optimizer:
    return torch.optim.RMSprop(groups, lr=config.lr, momentum=config.momentum, foreach=True)


def _muon(groups: _Groups, config: OptimizerConfig, fused: bool) -> torch.optim.Optimizer:
    return Muon(groups, lr=config.lr, momentum=config.momentum, betas=_pair(config.betas))


_FACTORIES: dict[str, Callable[[_Groups, OptimizerConfig, bool], torch.optim.Optimizer]] = {
    "sgd": _sgd,
    "adam": _adam,
    "adamw": _adamw,
    "rmsprop": _rmsprop,
    "muon": _muon,
}


def build_optimizer(network: nn.Module, config: OptimizerConfig) -> torch.optim.Optimizer:
    """Return the optimiser over the trainable parameters of `network`.

    Biases of norm layers get `norm_bias_lr` times the rate and the decay divided by it, so that their decay a step
    stays what it is for the others (arXiv:2404.00498, section 3.4). Each group remembers its highest rate as `peak_lr`.
    """
    norms = _norm_biases(network)
    biases = [parameter for parameter in network.parameters() if parameter.requires_grad and id(parameter) in norms]
    others = [parameter for parameter in network.parameters() if parameter.requires_grad and id(parameter) not in norms]
    factor = config.norm_bias_lr or 1.0
    groups: _Groups = []
    if config.name == "muon":
        inner = inner_matrices(network)
        matrices = [parameter for parameter in others if id(parameter) in inner]
        others = [parameter for parameter in others if id(parameter) not in inner]
        groups.append({"params": matrices, "lr": config.lr, "weight_decay": config.l2, "orthogonal": True})
    if others:
        groups.append({"params": others, "lr": config.lr, "weight_decay": config.l2})
    if biases:
        groups.append({"params": biases, "lr": config.lr * factor, "weight_decay": config.l2 / factor})
    for group in groups:
        group["peak_lr"] = group["lr"]
    fused = next(network.parameters()).device.type in ("cuda", "cpu")
    return _FACTORIES[config.name](groups, config, fused)


def set_rate(optimizer: torch.optim.Optimizer, share: float) -> None:
    """Set every group to `share` of its highest rate."""
    for group in optimizer.param_groups:
        group["lr"] = group["peak_lr"] * share


def drop_gradients(parameters: Iterable[nn.Parameter]) -> None:
    """Forget the gradients, as `zero_grad` does in a tenth of a millisecond: a hundredth of a small network's step."""
    for parameter in parameters:
        parameter.grad = None


def gradient_norm(parameters: Iterable[nn.Parameter]) -> torch.Tensor:
    """Return the length of the whole gradient, still on the device."""
    gradients = [parameter.grad for parameter in parameters if parameter.grad is not None]
    norm: torch.Tensor = torch.linalg.vector_norm(torch.stack(torch._foreach_norm(gradients)))
    return norm


def l1_penalty(parameters: Iterable[nn.Parameter]) -> torch.Tensor:
    """Return the sum of absolute weights, biases and norms left out."""
    return torch.stack([parameter.abs().sum() for parameter in parameters if parameter.dim() > 1]).sum()


def _norm_biases(network: nn.Module) -> set[int]:
    kinds = (nn.BatchNorm1d, nn.BatchNorm2d, nn.GroupNorm, nn.LayerNorm)
    return {id(m.bias) for m in network.modules() if isinstance(m, kinds) and m.bias is not None}


def _pair(values: tuple[float, ...]) -> tuple[float, float]:
    return values[0], values[1]
