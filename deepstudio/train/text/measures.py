"""Figures of text tasks: classes, entities, ROUGE-L. Torch-free, any thread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from deepstudio.data.text.spans import entity_spans


def classification_report(probabilities_NK: np.ndarray, labels_N: np.ndarray) -> dict[str, Any]:
    """Return accuracy, macro precision, recall and F1 over the classes that occur, confusion (rows: truth) and ECE.

    With two classes also `f1` of the second one.

    ECE: the mean gap between confidence and accuracy over fifteen bins of confidence (Guo et al. 2017).
    """
    num_classes = probabilities_NK.shape[1]
    predicted = probabilities_NK.argmax(axis=1)
    confusion = np.zeros((num_classes, num_classes), np.int64)
    np.add.at(confusion, (labels_N, predicted), 1)
    correct = np.diag(confusion).astype(float)
    precision = correct / np.maximum(confusion.sum(axis=0), 1)
    recall = correct / np.maximum(confusion.sum(axis=1), 1)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    there = confusion.sum(axis=1) > 0
    binary = {"f1": float(f1[1])} if num_classes == 2 else {}
    return {
        "accuracy": float(correct.sum() / max(len(labels_N), 1)),
        "macro_f1": float(f1[there].mean()),
        "precision": float(precision[there].mean()),
        "recall": float(recall[there].mean()),
        **binary,
        "f1_by_class": f1.tolist(),
        "confusion": confusion.tolist(),
        "ece": _calibration_error(probabilities_NK, labels_N),
    }


def entity_report(true: Iterable[Sequence[str]], predicted: Iterable[Sequence[str]]) -> dict[str, Any]:
    """Return entity precision, recall and F1 (micro average: type and both ends must agree), and F1 by type."""
    hits: dict[str, int] = {}
    wanted: dict[str, int] = {}
    found: dict[str, int] = {}
    for truth, guess in zip(true, predicted, strict=True):
        in_truth, in_guess = set(entity_spans(truth)), set(entity_spans(guess))
        for counts, spans in ((wanted, in_truth), (found, in_guess), (hits, in_truth & in_guess)):
            for kind, _, _ in spans:
                counts[kind] = counts.get(kind, 0) + 1
    overall = _scores(sum(hits.values()), sum(found.values()), sum(wanted.values()))
    by_type = {kind: _scores(hits.get(kind, 0), found.get(kind, 0), wanted[kind])[2] for kind in sorted(wanted)}
    return {
        "entity_f1": overall[2],
        "entity_precision": overall[0],
        "entity_recall": overall[1],
        "entity_f1_by_type": by_type,
    }


def rouge_l(reference: Sequence[str], candidate: Sequence[str]) -> float:
    """Return the ROUGE-L F-measure of two token sequences: longest common subsequence (Lin 2004), 0..1."""
    common = _common_subsequence(reference, candidate)
    return _scores(common, len(candidate), len(reference))[2]


def _common_subsequence(left: Sequence[str], right: Sequence[str]) -> int:
    row = [0] * (len(right) + 1)
    for token in left:
        diagonal = 0
        for place, other in enumerate(right, start=1):
            above = row[place]
            row[place] = diagonal + 1 if token == other else max(above, row[place - 1])
            diagonal = above
    return row[-1]


def _scores(hits: int, found: int, wanted: int) -> tuple[float, float, float]:
    precision = hits / found if found else 0.0
    recall = hits / wanted if wanted else 0.0
    return precision, recall, 2 * hits / (found + wanted) if found + wanted else 0.0


def _calibration_error(probabilities_NK: np.ndarray, labels_N: np.ndarray, bins: int = 15) -> float:
    confidence = probabilities_NK.max(axis=1)
    correct = probabilities_NK.argmax(axis=1) == labels_N
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    gap = 0.0
    for number in range(bins):
        inside = places == number
        if inside.any():
            gap += abs(float(confidence[inside].mean() - correct[inside].mean())) * inside.mean()
    return float(gap)
