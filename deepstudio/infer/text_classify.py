"""Texts into classes, with the words that moved the answer. In the predict lane.

Shapes: B texts, T tokens, E embedding, K classes, S steps of the integral.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from deepstudio.core.job import JobContext
from deepstudio.core.text_requests import ClassifiedRows, ClassifiedText, ClassifyRows, ClassifyText, RowsSummary
from deepstudio.core.torch_threads import one_thread
from deepstudio.data.text.batches import padded
from deepstudio.infer.text_models import TextModel, TextModels, Tokens, frozen, require_text, take_tokens
from deepstudio.models.text_classifiers import TextClassifier

TASK = "text-classification"
_STEPS = 4
_ROWS_AT_ONCE = 64


class Classifier:
    """Answers `ClassifyText` and `ClassifyRows`."""

    def __init__(self, models: TextModels) -> None:
        self._models = models

    @one_thread()
    def classify(self, request: ClassifyText, context: JobContext) -> ClassifiedText:
        """Return the answer with contributions; the answer without them comes before as a partial result."""
        require_text(request.text)
        model = self._models.get(request.model, context, (TASK,))
        began = time.perf_counter()
        tokens = take_tokens(model, request.text)
        tokens_BT, lengths_B = padded([tokens.ids])
        tokens_BT, lengths_B = tokens_BT.to(model.loaded.device), lengths_B.to(model.loaded.device)
        with torch.inference_mode():
            logits_BK = model.loaded.network(tokens_BT, lengths_B).float()
        answer = _answer(model, tokens, logits_BK[0], 1e3 * (time.perf_counter() - began))
        if not request.explain:
            return answer
        context.partial(answer)
        context.check()
        label = answer.ranking[0] if request.label is None else request.label
        contributions_T = integrated_gradients(model, tokens_BT, lengths_B, label, context.check)
        return ClassifiedText(
            model=answer.model,
            labels=answer.labels,
            probabilities=answer.probabilities,
            ranking=answer.ranking,
            offsets=answer.offsets,
            contributions=frozen(contributions_T[: len(tokens.ids)]),
            explained=label,
            tokens=answer.tokens,
            unknown=answer.unknown,
            milliseconds=answer.milliseconds,
            notes=answer.notes,
        )

    def classify_rows(self, request: ClassifyRows, context: JobContext) -> RowsSummary:
        """Emit `ClassifiedRows` for stretches of rows, in order. A row without words gets an answer too."""
        began = time.perf_counter()
        model = self._models.get(request.model, context, (TASK,))
        for first in range(0, len(request.texts), _ROWS_AT_ONCE):
            context.check()
            rows = [take_tokens(model, text).ids for text in request.texts[first : first + _ROWS_AT_ONCE]]
            tokens_BT, lengths_B = padded(rows)
            with torch.inference_mode():
                logits_BK = model.loaded.network(tokens_BT.to(model.loaded.device), lengths_B.to(model.loaded.device))
            context.partial(
                ClassifiedRows(
                    first=first, labels=model.loaded.card.labels, probabilities=frozen(_probabilities(model, logits_BK))
                )
            )
            context.progress(min(first + _ROWS_AT_ONCE, len(request.texts)), len(request.texts))
        return RowsSummary(rows=len(request.texts), seconds=time.perf_counter() - began)


def integrated_gradients(
    model: TextModel, tokens_BT: Tensor, lengths_B: Tensor, label: int, check: Callable[[], None] = lambda: None
) -> np.ndarray:
    """Return the contribution of each token of one text to the logit of `label`, float32 [T].

    The path goes from no words (zero vectors) to the text, in four midpoints (Sundararajan et al. 2017,
    arXiv:1703.01365); all of them are one batch. Contributions count against the mean of the other classes, so that a
    word that speaks for every class moves nothing.
    """
    network = model.loaded.network
    assert isinstance(network, TextClassifier)
    with torch.inference_mode(False), torch.enable_grad():
        end_1TE = network.embed(tokens_BT.clone()).detach()
        check()
        shares_S = (torch.arange(_STEPS, device=end_1TE.device) + 0.5) / _STEPS
        path_STE = (end_1TE * shares_S[:, None, None]).requires_grad_()
        logits_SK = network.classify(path_STE, lengths_B.clone().expand(_STEPS))
        others = (logits_SK.sum(dim=1) - logits_SK[:, label]) / max(logits_SK.shape[1] - 1, 1)
        (slope_STE,) = torch.autograd.grad((logits_SK[:, label] - others).sum(), path_STE)
    contributions: np.ndarray = (slope_STE.mean(dim=0) * end_1TE[0]).sum(dim=1).float().cpu().numpy()
    return contributions


def _answer(model: TextModel, tokens: Tokens, logits_K: Tensor, milliseconds: float) -> ClassifiedText:
    probabilities = _probabilities(model, logits_K[None])[0]
    return ClassifiedText(
        model=model.name,
        labels=model.loaded.card.labels,
        probabilities=frozen(probabilities),
        ranking=tuple(int(label) for label in np.argsort(-probabilities, kind="stable")),
        offsets=frozen(tokens.offsets),
        tokens=len(tokens.ids),
        unknown=tokens.unknown,
        milliseconds=milliseconds,
        notes=tokens.notes,
    )


def _probabilities(model: TextModel, logits_BK: Tensor) -> np.ndarray:
    found: np.ndarray = torch.softmax(logits_BK.float() / model.loaded.card.temperature, dim=1).cpu().numpy()
    return found
