"""The predict lane's objects, made inside the lane: what the window holds imports no torch.

The window hands `LanePredictor.predict` and `LaneExplainer.explain` to the job manager as jobs. The first one that the
lane runs imports torch and builds the real predictor there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from deepstudio.app.preload import give_back_freed, let_go_of_cuda, preload_torch
from deepstudio.core.device import describe_device, pick_device
from deepstudio.core.job import JobContext
from deepstudio.core.requests import ExplainImage, Explanation, PredictImages, PredictSummary

if TYPE_CHECKING:
    from deepstudio.core.device import DeviceInfo
    from deepstudio.explain.image import ImageExplainer
    from deepstudio.infer.image import ImagePredictor
    from deepstudio.infer.text import TextPredictor
    from deepstudio.models.library import ModelLibrary

_TIDY_EVERY_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WarmUp:
    """Import what the predict lane needs and load `models`, so that the first answer is quick."""

    models: tuple[str, ...] = ()


class LanePredictor:
    """Stands for `infer.image.ImagePredictor`. Build it anywhere; its jobs run in the predict lane only."""

    def __init__(self, library: ModelLibrary, device: str = "auto") -> None:
        self._library = library
        self._device = device
        self._predictor: ImagePredictor | None = None
        self._tidied = 0.0

    def predict(self, request: PredictImages, context: JobContext) -> PredictSummary:
        """Answer for every source; each answer comes as a partial result."""
        try:
            return self.real().predict(request, context)
        finally:
            self.tidy()

    def tidy(self) -> None:
        """Give back what was freed, now and then. Predict lane only."""
        if time.monotonic() - self._tidied > _TIDY_EVERY_S:
            give_back_freed()
            self._tidied = time.monotonic()

    def warm_up(self, request: WarmUp, context: JobContext) -> DeviceInfo:
        """Do what `WarmUp` says and return the device that will compute."""
        predictor = self.real()
        device = describe_device(pick_device(self._device))
        for name in request.models:
            context.check()
            predictor.load(name, context)
        return device

    def real(self) -> ImagePredictor:
        """Return the predictor itself, built on the first call; every job asks for it. Predict lane only."""
        if self._predictor is None:
            preload_torch()
            from deepstudio.infer.image import ImagePredictor

            let_go_of_cuda()
            self._predictor = ImagePredictor(self._library, self._device)
        from deepstudio.core.torch_threads import use_usual_threads

        use_usual_threads()
        return self._predictor


class LaneText:
    """Stands for `infer.text.TextPredictor`: has its methods, as jobs of the predict lane. Build it anywhere."""

    def __init__(self, predictor: LanePredictor) -> None:
        self._predictor = predictor
        self._text: TextPredictor | None = None

    def __getattr__(self, method: str) -> Callable[[Any, JobContext], Any]:
        """Return the job that asks the predictor's method of this name."""
        if method.startswith("_"):
            raise AttributeError(method)
        return lambda request, context: getattr(self._real(), method)(request, context)

    def _real(self) -> TextPredictor:
        pool = self._predictor.real().pool
        if self._text is None:
            from deepstudio.infer.text import TextPredictor

            self._text = TextPredictor(pool)
        return self._text


class LaneExplainer:
    """Stands for `explain.image.ImageExplainer`. Build it anywhere; its jobs run in the predict lane only."""

    def __init__(self, predictor: LanePredictor) -> None:
        self._predictor = predictor
        self._explainer: ImageExplainer | None = None

    def explain(self, request: ExplainImage, context: JobContext) -> tuple[Explanation, ...]:
        """Say why; each method's heat map comes as a partial result."""
        if self._explainer is None:
            from deepstudio.explain.image import ImageExplainer

            self._explainer = ImageExplainer(self._predictor.real())
        try:
            return self._explainer.explain(request, context)
        finally:
            self._predictor.tidy()
