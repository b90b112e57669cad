"""Looking inside a network while it trains: histograms of weights and gradients, and what the task has to show.

Between the backward pass and the optimiser's step, in the training thread. Nothing is changed and no random number is
drawn. Looking is rationed: at most about a quarter of a hundredth of the time and a few hundred looks a run go into it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from deepstudio.core.training_messages import Media, MediaKind
from deepstudio.train.metric_buffer import MetricBuffer
from deepstudio.train.objective import Objective

BINS = 48
_MOST_LAYERS = 48
_MOST_LOOKS = 300
_FEWEST_STEPS = 50
_SHARE = 0.0025


class Probes:
    """Looks at `network` every `every` steps; 0 lets the time that a look takes decide."""

    def __init__(self, network: nn.Module, objective: Objective, *, every: int, total_steps: int) -> None:
        self._network = network
        self._objective = objective
        self._every = every
        self._gap = max(_FEWEST_STEPS, total_steps // _MOST_LOOKS)
        self._layers = _spread([(name, p) for name, p in network.named_parameters() if p.dim() > 1 and p.requires_grad])
        self._last_step = -self._gap
        self._next_time = 0.0

    def due(self, step: int) -> bool:
        """Return whether this step is to be looked at."""
        if self._every:
            return step % self._every == 0
        return step - self._last_step >= self._gap and time.monotonic() >= self._next_time

    def look(self, step: int, metrics: MetricBuffer) -> None:
        """Pass on what there is to see; the gradients are those of this step."""
        began = time.monotonic()
        media = [
            *(_histogram(f"weights/{name}", step, parameter.detach()) for name, parameter in self._layers),
            *(_histogram(f"gradients/{name}", step, p.grad) for name, p in self._layers if p.grad is not None),
            *self._task_probes(step),
        ]
        metrics.media(media)
        now = time.monotonic()
        self._last_step = step
        self._next_time = now + (now - began) / _SHARE

    def _task_probes(self, step: int) -> list[Media]:
        self._network.eval()
        try:
            with torch.no_grad():
                return [at_step(media, step) for media in self._objective.probes(self._network)]
        finally:
            self._network.train()


def at_step(media: Media, step: int) -> Media:
    """Return `media` as of `step`: objectives do not know the step."""
    return Media(name=media.name, step=step, wall=media.wall, kind=media.kind, payload=media.payload)


def _histogram(name: str, step: int, values: Tensor) -> Media:
    """Return the histogram of `values`: its ends are the exact smallest and largest, what is no number is counted."""
    flat = values.flatten().float()
    low, high = (bound.item() for bound in torch.aminmax(flat))
    non_finite = 0
    if not np.isfinite(low) or not np.isfinite(high):
        finite = flat[flat.isfinite()]
        non_finite = flat.numel() - finite.numel()
        flat = finite
        low, high = (bound.item() for bound in torch.aminmax(flat)) if flat.numel() else (0.0, 0.0)
    if low == high:  # histc would widen the range
        counts = np.zeros(BINS, np.int64)
        counts[-1] = flat.numel()
    else:
        counts = torch.histc(flat, BINS, low, high).long().cpu().numpy()
    payload = {
        "counts": counts,
        "edges": np.linspace(low, high, BINS + 1),
        "non_finite": np.array(non_finite, np.int64),
    }
    return Media(name=name, step=step, wall=time.time(), kind=MediaKind.HISTOGRAM, payload=payload)


def _spread(layers: Sequence[tuple[str, nn.Parameter]]) -> list[tuple[str, nn.Parameter]]:
    """Return at most so many layers, evenly spaced, the first and the last among them."""
    count = min(len(layers), _MOST_LAYERS)
    if count < 2:
        return list(layers)
    return [layers[round(index * (len(layers) - 1) / (count - 1))] for index in range(count)]
