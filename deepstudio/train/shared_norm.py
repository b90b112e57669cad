"""Batch norm whose statistics are those of all processes' shares of a batch, on any device. In the lane.

torch.nn.SyncBatchNorm does the same on GPUs only. Shapes: x_BC* with C channels.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm


def share_batch_norm(network: nn.Module) -> None:
    """Replace every batch norm in `network` by one over all processes; parameters, statistics and names stay."""
    for parent in list(network.modules()):
        for name, child in parent.named_children():
            if isinstance(child, _BatchNorm) and not isinstance(child, SharedBatchNorm):
                setattr(parent, name, SharedBatchNorm(child))


class SharedBatchNorm(_BatchNorm):
    """Takes the place, and the tensors, of `norm`."""

    def __init__(self, norm: _BatchNorm) -> None:
        super().__init__(norm.num_features, norm.eps, norm.momentum, norm.affine, norm.track_running_stats)
        self.weight, self.bias = norm.weight, norm.bias
        self.running_mean, self.running_var = norm.running_mean, norm.running_var
        self.num_batches_tracked = norm.num_batches_tracked
        self.training = norm.training

    def _check_input_dim(self, input: Tensor) -> None:
        """Take any number of dimensions: what is replaced has checked that already."""

    def forward(self, input: Tensor) -> Tensor:
        """Return the normalised x_BC*."""
        if not self.training:
            return super().forward(input)
        normalised, mean, variance, count = _Normalise.apply(input, self.eps)
        self._keep(mean, variance * (count / (count - 1).clamp(min=1)))
        shape = [1, -1] + [1] * (input.dim() - 2)
        if self.affine:
            normalised = normalised * self.weight.view(shape) + self.bias.view(shape)
        found: Tensor = normalised.to(input.dtype)
        return found

    @torch.no_grad()
    def _keep(self, mean: Tensor, variance: Tensor) -> None:
        if not self.track_running_stats or self.running_mean is None or self.running_var is None:
            return
        assert self.num_batches_tracked is not None
        self.num_batches_tracked.add_(1)
        share = 1 / float(self.num_batches_tracked) if self.momentum is None else self.momentum
        self.running_mean.lerp_(mean, share)
        self.running_var.lerp_(variance, share)


class _Normalise(torch.autograd.Function):
    """(x - mean) / sqrt(variance + eps) with moments over all processes, float32 inside."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, eps: float) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return the normalised x_BC* (float32), mean_C, variance_C (biased) and the count of values a channel."""
        wide, dims = x.float(), [0, *range(2, x.dim())]
        shape = [1, -1] + [1] * (x.dim() - 2)
        count = torch.full((1,), x.numel() / x.shape[1], device=x.device)
        own_mean = wide.mean(dims)
        own_square = (wide - own_mean.view(shape)).square().sum(dims)
        moments = _gather(torch.cat([count, own_mean, own_square]))
        counts, means, squares = moments[:, :1], *moments[:, 1:].chunk(2, dim=1)
        total = counts.sum()
        mean = (counts * means).sum(0) / total
        variance = (squares + counts * (means - mean).square()).sum(0) / total  # Chan, Golub and LeVeque 1979
        scale = torch.rsqrt(variance + eps)
        normalised = (wide - mean.view(shape)) * scale.view(shape)
        ctx.save_for_backward(normalised, scale, total)
        ctx.kind = x.dtype
        ctx.mark_non_differentiable(mean, variance, total)
        return normalised, mean, variance, total

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None]:
        """Return the gradient by x, which runs through the moments of all processes."""
        normalised, scale, total = ctx.saved_tensors
        gradient = gradients[0]
        dims, shape = [0, *range(2, gradient.dim())], [1, -1] + [1] * (gradient.dim() - 2)
        sums = torch.cat([gradient.sum(dims), (gradient * normalised).sum(dims)])
        dist.all_reduce(sums)
        mean, along = (sums / total).chunk(2)
        found = (gradient - mean.view(shape) - normalised * along.view(shape)) * scale.view(shape)
        return found.to(ctx.kind), None


def _gather(values: Tensor) -> Tensor:
    """Return the values of all processes, stacked by rank."""
    found = [torch.empty_like(values) for _ in range(dist.get_world_size())]
    dist.all_gather(found, values)
    return torch.stack(found)
