"""Why a model gives a label to a picture: heat maps over what the network saw of it. In the predict lane.

Shapes: B batch, C channels, H height, W width, K classes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from deepstudio.core.errors import InputError, OutOfMemoryError
from deepstudio.core.job import JobContext
from deepstudio.core.registry import Registry
from deepstudio.core.requests import ExplainImage, Explanation, OwnLabel
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.decode import decode_image
from deepstudio.data.fit import decoding_side, fit_image
from deepstudio.data.tensors import to_input
from deepstudio.explain.grad_cam import grad_cam
from deepstudio.explain.integrated_gradients import integrated_gradients
from deepstudio.models.modelfile import LoadedModel
from deepstudio.models.views import average_views

_HEAT_SIDE = 224  # coarser maps are enlarged smoothly, so that nobody sees their squares
_HOTTEST = 99.0  # per cent of the pixels that lie below full heat in a map of single pixels

Region = tuple[float, float, float, float]
Method = Callable[[LoadedModel, Tensor, int, JobContext], Tensor]
_METHODS: Registry[Method] = Registry("method of explanation")


class HoldsModels(Protocol):
    """Whoever gives a loaded model by name, such as `ImagePredictor`."""

    def load(self, name: str, context: JobContext, own_labels: tuple[OwnLabel, ...] = ()) -> LoadedModel:
        """Return the model, ready to run; one of pictures and words tells `own_labels` apart."""


class ImageExplainer:
    """Answers `ExplainImage` with the models of `holder`."""

    def __init__(self, holder: HoldsModels) -> None:
        self._holder = holder

    def explain(self, request: ExplainImage, context: JobContext) -> tuple[Explanation, ...]:
        """Emit and return one `Explanation` per method.

        The context is checked between the passes of a method. Raises InputError for a source that cannot be read or a
        label that the model does not have, UnknownNameError for a method, and what loading the model raises.
        """
        methods = [(name, _METHODS.get(name)) for name in request.methods]
        loaded = self._holder.load(request.model, context, request.own_labels)
        card = loaded.card
        if not 0 <= request.label < len(card.labels):
            raise InputError(
                QT_TRANSLATE_NOOP("errors", "The model {model} has no label number {label}."),
                model=card.name,
                label=request.label,
            )
        decoded = decode_image(request.source, target_side=decoding_side(card.preprocessing))
        context.check()
        fitted = fit_image(decoded.pixels, card.preprocessing)
        x_1CHW = to_input([fitted.pixels], card.preprocessing, loaded.device)
        full = decoded.width, decoded.height
        scale = decoded.width / decoded.pixels.shape[1], decoded.height / decoded.pixels.shape[0]
        explanations = []
        for name, method in methods:
            context.status(QT_TRANSLATE_NOOP("status", "Looking for the reasons"))
            begin = time.perf_counter()
            heat_HW = _or_too_large(method, loaded, x_1CHW, request.label, context)
            heat, region = _within(_enlarged(heat_HW), _scaled(fitted.region, scale), full)
            explanation = Explanation(
                method=name,
                label=request.label,
                heat=heat,
                region=region,
                seconds=time.perf_counter() - begin,
            )
            context.partial(explanation)
            explanations.append(explanation)
            context.check()
        return tuple(explanations)


@_METHODS.register("grad-cam")
def _grad_cam(loaded: LoadedModel, x_1CHW: Tensor, label: int, context: JobContext) -> Tensor:
    """Return heat_hw in 0..1; with a card that says so, the mean over the picture and its mirror image."""
    context.check()
    heat = grad_cam(loaded.network, x_1CHW, label)[0]
    if loaded.card.preprocessing.mirror:
        context.check()
        heat = heat + grad_cam(loaded.network, x_1CHW.flip(-1), label)[0].flip(-1)
    return heat / heat.max().clamp(min=1e-12)


@_METHODS.register("integrated-gradients")
def _integrated_gradients(loaded: LoadedModel, x_1CHW: Tensor, label: int, context: JobContext) -> Tensor:
    """Return heat_HW in 0..1: what speaks for the label, channels summed, the very hottest pixels cut off."""
    attributions = integrated_gradients(
        logits_of(loaded), x_1CHW, label, baseline_BCHW=baseline_for(loaded, x_1CHW), check=context.check
    )
    heat = attributions[0].sum(dim=0).relu()
    full = torch.maximum(torch.quantile(heat.flatten(), _HOTTEST / 100), 0.1 * heat.max())
    return (heat / full.clamp(min=1e-12)).clamp(max=1.0)


def logits_of(loaded: LoadedModel) -> Callable[[Tensor], Tensor]:
    """Return the function x_BCHW to logits_BK that predicting uses, its other views included."""

    def forward(x_BCHW: Tensor) -> Tensor:
        return average_views(loaded.network, x_BCHW, loaded.card.preprocessing)

    return forward


def baseline_for(loaded: LoadedModel, x_1CHW: Tensor) -> Tensor:
    """Return the picture that says nothing: black for grey input, the mean colour of the training set for colour."""
    preprocessing = loaded.card.preprocessing
    if preprocessing.channels == 3:
        return torch.zeros_like(x_1CHW)
    return torch.full_like(x_1CHW, -preprocessing.mean[0] / preprocessing.std[0])


def _or_too_large(method: Method, loaded: LoadedModel, x_1CHW: Tensor, label: int, context: JobContext) -> Tensor:
    try:
        return method(loaded, x_1CHW, label, context)
    except (torch.OutOfMemoryError, MemoryError) as error:
        raise OutOfMemoryError(
            QT_TRANSLATE_NOOP("errors", "The device has too little memory to explain this network.")
        ) from error


def _enlarged(heat_hw: Tensor) -> np.ndarray:
    """Return heat float32 with its shorter side at least `_HEAT_SIDE`."""
    factor = _HEAT_SIDE / min(heat_hw.shape)
    if factor > 1:
        size = [round(side * factor) for side in heat_hw.shape]
        heat_hw = F.interpolate(heat_hw[None, None], size, mode="bicubic", align_corners=False)[0, 0]
    return heat_hw.clamp(0, 1).cpu().numpy().astype(np.float32)


def _scaled(region: Region, scale: tuple[float, float]) -> Region:
    return region[0] * scale[0], region[1] * scale[1], region[2] * scale[0], region[3] * scale[1]


def _within(heat: np.ndarray, region: Region, full: tuple[int, int]) -> tuple[np.ndarray, tuple[int, int, int, int]]:
    """Return the heat and its region cut to the picture, which padding reaches beyond."""
    left, top, width, height = region
    right, bottom = min(left + width, full[0]), min(top + height, full[1])
    inner_left, inner_top = max(left, 0.0), max(top, 0.0)
    columns = np.array([inner_left - left, right - left]) * heat.shape[1] / width
    rows = np.array([inner_top - top, bottom - top]) * heat.shape[0] / height
    first_column, last_column = int(columns[0]), max(int(np.ceil(columns[1])), int(columns[0]) + 1)
    first_row, last_row = int(rows[0]), max(int(np.ceil(rows[1])), int(rows[0]) + 1)
    cut = heat[first_row:last_row, first_column:last_column].copy()
    cut.flags.writeable = False
    box = round(inner_left), round(inner_top), max(1, round(right - inner_left)), max(1, round(bottom - inner_top))
    return cut, box
