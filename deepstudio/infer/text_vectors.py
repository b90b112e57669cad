"""Word vectors: which words lie near, analogies, and maps of them. In the predict lane.

Shapes: N words, E embedding. Every text model with an embedding has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import torch
from torch import nn

from deepstudio.core.errors import InputError
from deepstudio.core.job import JobContext
from deepstudio.core.text_requests import FindNeighbours, MapWords, Neighbours, WordPoints
from deepstudio.core.torch_threads import one_thread
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.infer.text_models import TextModel, TextModels, frozen
from deepstudio.models.word_vectors import WordVectors, word_vectors

_STEPS = 300
_STEPS_BETWEEN_PARTIALS = 20
_MOST_POINTS = 1500


class VectorViewer:
    """Answers `MapWords` and `FindNeighbours`."""

    def __init__(self, models: TextModels) -> None:
        self._models = models
        self._latest: tuple[TextModel, WordVectors] | None = None

    @one_thread()
    def map_words(self, request: MapWords, context: JobContext) -> WordPoints:
        """Return points in the plane; t-SNE sends its way there as partial results."""
        vectors = self._of(request.model, context)
        asked = [vectors.places[word] for word in request.words if word in vectors.places]
        chosen = list(dict.fromkeys([*asked, *range(min(request.count, len(vectors.words)))]))[:_MOST_POINTS]
        words = tuple(vectors.words[place] for place in chosen)
        points = principal_plane(vectors.vectors[chosen])
        if request.method == "tsne" and len(chosen) > 3:
            for step, moved in enumerate(t_sne(vectors.vectors[chosen], points, check=context.check)):
                points = moved
                if step % _STEPS_BETWEEN_PARTIALS == 0:
                    context.progress(step, _STEPS)
                    context.partial(WordPoints(model=request.model, words=words, points=frozen(points), settled=False))
        return WordPoints(model=request.model, words=words, points=frozen(points.astype(np.float32)))

    def neighbours(self, request: FindNeighbours, context: JobContext) -> Neighbours:
        """Return the words nearest to plus minus minus, those asked about left out.

        Raises InputError if the model knows none of `plus`.
        """
        vectors = self._of(request.model, context)
        plus, missing_plus = _known(vectors, request.plus)
        minus, missing_minus = _known(vectors, request.minus)
        if not plus:
            raise InputError(
                QT_TRANSLATE_NOOP("errors", "The model does not know the word '{word}'."),
                word=", ".join(request.plus),
            )
        near = vectors.nearest(plus, minus, request.count)
        return Neighbours(
            model=request.model,
            words=tuple((vectors.words[place], cosine) for place, cosine in near),
            missing=(*missing_plus, *missing_minus),
        )

    def _of(self, name: str, context: JobContext) -> WordVectors:
        model = self._models.get(name, context)
        if self._latest is None or self._latest[0] is not model:
            self._latest = (model, _vectors_of(model))
        return self._latest[1]


def _vectors_of(model: TextModel) -> WordVectors:
    embedding = model.loaded.network.embedding
    assert isinstance(embedding, nn.Embedding)
    return word_vectors(model.tokenizer.vocabulary(), embedding.weight.detach().float().cpu().numpy())


def principal_plane(vectors_NE: np.ndarray) -> np.ndarray:
    """Return the points of vectors on their two principal axes, float32 [N, 2]; signs are fixed."""
    centred = vectors_NE - vectors_NE.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    axes = axes[:2] * np.sign(axes[:2, np.abs(axes[:2]).argmax(axis=1)].diagonal())[:, None]
    points = centred @ axes.T
    if points.shape[1] < 2:
        points = np.pad(points, ((0, 0), (0, 2 - points.shape[1])))
    return np.asarray(points, np.float32)


def t_sne(
    vectors_NE: np.ndarray, start_N2: np.ndarray, *, perplexity: float = 20.0, check: Callable[[], None]
) -> Iterator[np.ndarray]:
    """Yield the points float32 [N, 2] of each step of exact t-SNE (van der Maaten and Hinton 2008).

    Begins at `start_N2`, so that the map is the same every time. `check` is called every step.
    """
    p_NN = torch.from_numpy(_similarities(vectors_NE, min(perplexity, (len(vectors_NE) - 1) / 3)))
    scale = max(float(start_N2.std()), 1e-9)
    y_N2 = torch.from_numpy(start_N2 / scale * 1e-2).double()
    speed_N2, gain_N2 = torch.zeros_like(y_N2), torch.ones_like(y_N2)
    rate = max(len(y_N2) / 12 / 4, 10.0)
    for step in range(_STEPS):
        check()
        near_NN = 1 / (1 + torch.cdist(y_N2, y_N2).square_())
        near_NN.fill_diagonal_(0)
        q_NN = near_NN / near_NN.sum()
        exaggeration = 12.0 if step < _STEPS // 4 else 1.0
        pull_NN = (exaggeration * p_NN - q_NN) * near_NN
        slope_N2 = 4 * (pull_NN.sum(dim=1, keepdim=True) * y_N2 - pull_NN @ y_N2)
        gain_N2 = torch.where(slope_N2.sign() == speed_N2.sign(), gain_N2 * 0.8, gain_N2 + 0.2).clamp_(min=0.01)
        momentum = 0.5 if step < _STEPS // 4 else 0.8
        speed_N2 = momentum * speed_N2 - rate * gain_N2 * slope_N2
        y_N2 = y_N2 + speed_N2
        y_N2 -= y_N2.mean(dim=0)
        yield y_N2.float().numpy()


def _similarities(vectors_NE: np.ndarray, perplexity: float) -> np.ndarray:
    """Return joint probabilities [N, N]: Gaussians whose widths give every point the same perplexity, by bisection."""
    square_NN = ((vectors_NE[:, None] - vectors_NE[None]) ** 2).sum(axis=2) if len(vectors_NE) <= 200 else None
    if square_NN is None:
        norms = (vectors_NE**2).sum(axis=1)
        square_NN = np.maximum(norms[:, None] + norms[None] - 2 * vectors_NE @ vectors_NE.T, 0)
    square_NN = square_NN.astype(np.float64)
    np.fill_diagonal(square_NN, np.inf)
    low, high = np.full(len(square_NN), 1e-6), np.full(len(square_NN), 1e6)
    for _ in range(60):
        beta = np.sqrt(low * high)
        p_NN = np.exp(-(square_NN - square_NN.min(axis=1, keepdims=True)) * beta[:, None])
        p_NN /= p_NN.sum(axis=1, keepdims=True)
        entropy = -(p_NN * np.log(np.maximum(p_NN, 1e-300))).sum(axis=1)
        too_wide = entropy > np.log(perplexity)
        low, high = np.where(too_wide, beta, low), np.where(too_wide, high, beta)
    joint = (p_NN + p_NN.T) / (2 * len(p_NN))
    return np.asarray(joint)


def _known(vectors: WordVectors, words: tuple[str, ...]) -> tuple[list[int], tuple[str, ...]]:
    places, missing = [], []
    for word in words:
        found = next((form for form in (word, word.lower(), word.strip().lower()) if form in vectors.places), None)
        if found is None:
            missing.append(word)
        else:
            places.append(vectors.places[found])
    return places, tuple(missing)
