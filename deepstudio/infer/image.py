"""Classifies pictures: decode, fit, network, one answer per picture and model. In the predict lane.

Shapes: B batch, C channels, H height, W width, D features, K classes.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from deepstudio.core.errors import DeepStudioError
from deepstudio.core.failures import failure_from
from deepstudio.core.job import JobContext
from deepstudio.core.messages import Failure
from deepstudio.core.requests import ImageAnswer, ImageSource, OwnLabel, PredictImages, PredictSummary, Timing
from deepstudio.core.torch_threads import one_thread
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.data.decode import DecodedImage, decode_image
from deepstudio.data.fit import decoding_side, fit_image
from deepstudio.data.tensors import to_input
from deepstudio.infer.memory import in_batches
from deepstudio.infer.narrow import is_quick
from deepstudio.infer.pool import ModelPool
from deepstudio.models.hooks import catch_input, last_linear
from deepstudio.models.library import ModelLibrary
from deepstudio.models.modelfile import LoadedModel
from deepstudio.models.rejection import unknown_chance
from deepstudio.models.views import average_views

_LARGEST_BATCH = 32
_DECODERS = min(4, os.cpu_count() or 1)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Picture:
    """A source after decoding: `decoded`, or why not."""

    index: int
    source: ImageSource
    decoded: DecodedImage | None = None
    failure: Failure | None = None
    decode_ms: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outputs:
    """What a network says of a batch, on the CPU: probabilities_BK float32, unknown_B or None."""

    probabilities: np.ndarray
    unknown: np.ndarray | None


class ImagePredictor:
    """Answers `PredictImages`. `pool` holds its models; `ImageExplainer` works with the same ones."""

    def __init__(self, library: ModelLibrary, device: str = "auto") -> None:
        self.pool = ModelPool(library, device)
        self._batch_limits: dict[str, int] = {}

    def load(self, name: str, context: JobContext, own_labels: tuple[OwnLabel, ...] = ()) -> LoadedModel:
        """Return a model, loaded and warm; one of pictures and words tells `own_labels` apart.

        Raises as `ModelPool.get_labelled`.
        """
        return self.pool.get_labelled(name, own_labels, context)

    def predict(self, request: PredictImages, context: JobContext) -> PredictSummary:
        """Emit one `ImageAnswer` per source and model as soon as it is known, sources outermost.

        A source that cannot be read becomes an answer with a failure, and the rest go on. Raises what loading a model
        raises, OutOfMemoryError, and JobCancelled between two sources.
        """
        start = time.perf_counter()
        models = [(name, self.pool.answering(name, request.own_labels, context)) for name in request.models]
        answers = unreadable = 0
        target_side = decoding_side(*(loaded.card.preprocessing for _, loaded in models))
        if len(request.sources) > 1:
            context.status(QT_TRANSLATE_NOOP("status", "Looking at the pictures"))
        for pictures in _decoded(request.sources, target_side, context.check):
            readable = [picture for picture in pictures if picture.decoded is not None]
            found = [self._answers(name, loaded, readable, request, context) for name, loaded in models]
            position = 0
            for picture in pictures:
                if picture.failure is not None:
                    unreadable += 1
                    for name in request.models:
                        context.partial(_failed(picture, name))
                    continue
                for of_model in found:
                    context.partial(of_model[position])
                    answers += 1
                position += 1
            context.progress(pictures[-1].index + 1, len(request.sources))
        return PredictSummary(answers=answers, unreadable=unreadable, seconds=time.perf_counter() - start)

    def _answers(
        self, name: str, loaded: LoadedModel, pictures: list[_Picture], request: PredictImages, context: JobContext
    ) -> list[ImageAnswer]:
        """Return the answers of one model, in the order of `pictures`."""
        if not pictures:
            return []
        preprocessing = loaded.card.preprocessing
        fitted: list[np.ndarray] = []
        fit_ms: list[float] = []
        for picture in pictures:
            begin = time.perf_counter()
            assert picture.decoded is not None
            fitted.append(fit_image(picture.decoded.pixels, preprocessing).pixels)
            fit_ms.append(1e3 * (time.perf_counter() - begin))
        begin = time.perf_counter()
        x_BCHW = to_input(fitted, preprocessing, loaded.device)
        input_ms = 1e3 * (time.perf_counter() - begin) / len(pictures)
        begin = time.perf_counter()
        outputs = self._run(name, loaded, x_BCHW, context)
        network_ms = 1e3 * (time.perf_counter() - begin) / len(pictures)
        return [
            _answer(
                picture,
                name,
                loaded,
                fitted[row],
                probabilities=outputs.probabilities[row],
                unknown=None if outputs.unknown is None else float(outputs.unknown[row]),
                timing=Timing(decode_ms=picture.decode_ms, preprocess_ms=fit_ms[row] + input_ms, network_ms=network_ms),
                request=request,
            )
            for row, picture in enumerate(pictures)
        ]

    def _run(self, name: str, loaded: LoadedModel, x_BCHW: Tensor, context: JobContext) -> _Outputs:
        """Return what the network says, in smaller batches where memory is short (and remember how small)."""

        def forward(part_BCHW: Tensor) -> tuple[Tensor, Tensor | None]:
            return classify(loaded, part_BCHW)

        largest = self._batch_limits.get(name, _LARGEST_BATCH)
        alone = len(x_BCHW) == 1 and is_quick(loaded.network)
        with torch.inference_mode(), one_thread() if alone else nullcontext():
            outputs, fitted = in_batches(forward, x_BCHW, largest=largest, check=context.check)
        if fitted < min(largest, len(x_BCHW)):
            self._batch_limits[name] = fitted
        chances = [unknown for _, unknown in outputs if unknown is not None]
        return _Outputs(
            probabilities=torch.cat([probabilities for probabilities, _ in outputs]).numpy(),
            unknown=torch.cat(chances).numpy() if chances else None,
        )


def classify(loaded: LoadedModel, x_BCHW: Tensor) -> tuple[Tensor, Tensor | None]:
    """Return calibrated probabilities_BK and the chance_B of "none of these" (None without), float32 on the CPU."""
    card = loaded.card
    with catch_input(last_linear(loaded.network)) if card.rejection is not None else nullcontext() as caught:
        logits_BK = average_views(loaded.network, x_BCHW, card.preprocessing).float()
        # Of the picture itself, not of its other views.
        features_BD = None if caught is None else caught.take()[: len(x_BCHW)]
    unknown_B = None if features_BD is None else unknown_chance(loaded, features_BD, logits_BK)
    probabilities_BK = torch.softmax(logits_BK / card.temperature, dim=1)
    return probabilities_BK.cpu(), None if unknown_B is None else unknown_B.float().cpu()


def _decoded(sources: Sequence[ImageSource], target_side: int, check: Callable[[], None]) -> Iterator[list[_Picture]]:
    """Yield the decoded sources in groups that grow, so that the first answer comes soon and the rest fast."""

    def decode(numbered: tuple[int, ImageSource]) -> _Picture:
        return _decode(*numbered, target_side)

    if len(sources) == 1:
        check()
        yield [decode((0, sources[0]))]
        return
    pool = ThreadPoolExecutor(_DECODERS, thread_name_prefix="decode")
    try:
        numbered = list(enumerate(sources))
        size, done = 1, 0
        while done < len(numbered):
            pictures = []
            for picture in pool.map(decode, numbered[done : done + size]):
                check()
                pictures.append(picture)
            yield pictures
            done += size
            size = min(2 * size, _LARGEST_BATCH)
    finally:
        pool.shutdown(cancel_futures=True)


def _decode(index: int, source: ImageSource, target_side: int) -> _Picture:
    begin = time.perf_counter()
    try:
        decoded = decode_image(source, target_side=target_side)
    except DeepStudioError as error:
        return _Picture(index=index, source=source, failure=failure_from(error))
    except Exception as error:  # one picture must never cost the answers for all the others
        _log.exception("Decoding %s failed", source.name)
        return _Picture(index=index, source=source, failure=failure_from(error))
    return _Picture(index=index, source=source, decoded=decoded, decode_ms=1e3 * (time.perf_counter() - begin))


def _failed(picture: _Picture, model: str) -> ImageAnswer:
    return ImageAnswer(index=picture.index, name=picture.source.name, model=model, failure=picture.failure)


def _answer(
    picture: _Picture,
    model: str,
    loaded: LoadedModel,
    fitted: np.ndarray,
    *,
    probabilities: np.ndarray,
    unknown: float | None,
    timing: Timing,
    request: PredictImages,
) -> ImageAnswer:
    decoded = picture.decoded
    assert decoded is not None
    order = np.argsort(-probabilities, kind="stable")[: request.top_k]
    shown = np.repeat(fitted, 3, axis=2) if fitted.shape[2] == 1 else fitted
    return ImageAnswer(
        index=picture.index,
        name=picture.source.name,
        model=model,
        labels=loaded.card.labels,
        probabilities=_frozen(probabilities),
        ranking=tuple(int(label) for label in order),
        unknown=unknown,
        rejected=unknown is not None and unknown > 0.5,
        timing=timing,
        width=decoded.width,
        height=decoded.height,
        format=decoded.format,
        notes=decoded.notes,
        picture=_small(decoded.pixels, request.picture_side) if request.picture_side else None,
        network_input=_frozen(shown),
    )


def _small(pixels: np.ndarray, side: int) -> np.ndarray:
    """Return `pixels` with its longest side at most `side`."""
    if max(pixels.shape[:2]) <= side:
        return pixels
    image = Image.fromarray(pixels)
    image.thumbnail((side, side), Image.Resampling.BILINEAR, reducing_gap=2.0)
    return _frozen(np.array(image))


def _frozen(values: np.ndarray) -> np.ndarray:
    view = values.copy()
    view.flags.writeable = False
    return view
