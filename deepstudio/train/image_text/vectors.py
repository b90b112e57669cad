"""Word vectors from running text, without training: neighbours counted, weighed and factorised. Torch-free.

O. Levy and Y. Goldberg 2014, "Neural word embedding as implicit matrix factorization": skip-gram with negative samples
approximates the matrix of shifted positive pointwise mutual information, which is factorised here directly.

Shapes: N words of text, V words, C contexts, E numbers of a vector.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np

from deepstudio.core.errors import InputError
from deepstudio.core.words import QT_TRANSLATE_NOOP
from deepstudio.models.image_text_words import split_words

_CHUNK = 1_000_000
_SMOOTHING = 0.75
_UNKNOWN = -1


def read_words(paths: Iterable[Path], most: int, check: Callable[[], None]) -> list[list[str]]:
    """Return the words of each file's lines, up to `most` words from all files alike. Raises InputError."""
    paths = list(paths)
    lines: list[list[str]] = []
    for path in paths:
        count = 0
        try:
            with path.open(encoding="utf-8", errors="replace") as stream:
                for line in _spread(stream, path, most // len(paths)):
                    words = split_words(line)
                    count += len(words)
                    lines.append(words)
                    if count >= most // len(paths):
                        break
                    if len(lines) % 4096 == 0:
                        check()
        except FileNotFoundError as error:
            raise InputError(QT_TRANSLATE_NOOP("errors", "There is no file {path}."), path=str(path)) from error
    return lines


def _spread(stream: Iterable[str], path: Path, most: int) -> Iterator[str]:
    """Yield lines evenly spread over a file that has more than is wanted."""
    step = max(1, path.stat().st_size // (6 * most))
    for number, line in enumerate(stream):
        if number % step == 0:
            yield line


def word_vectors(
    lines: list[list[str]],
    *,
    num_words: int,
    dim: int,
    window: int,
    contexts: int,
    must_have: Iterable[str] = (),
    check: Callable[[], None] = lambda: None,
) -> tuple[tuple[str, ...], np.ndarray]:
    """Return up to `num_words` words, most frequent first, and their unit vectors VE float32.

    Words that `must_have` names are among them if the text has them at all.
    """
    counts = Counter(word for line in lines for word in line)
    wanted = [word for word in dict.fromkeys(must_have) if word in counts]
    often = [word for word, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
    chosen = set(wanted[:num_words])
    for word in often:
        if len(chosen) >= num_words:
            break
        chosen.add(word)
    words = tuple(word for word in often if word in chosen)
    places = {word: place for place, word in enumerate(words)}
    text_N = np.array([place for line in lines for place in (*(places.get(w, _UNKNOWN) for w in line), _UNKNOWN)])
    pairs_VC = _count_pairs(text_N, len(words), min(contexts, len(words)), window, check)
    return words, _factorised(_mutual_information(pairs_VC), dim)


def _count_pairs(text_N: np.ndarray, words: int, contexts: int, window: int, check: Callable[[], None]) -> np.ndarray:
    """Return how often each word stands near each context, nearer ones counting more, float32 VC."""
    pairs_VC = np.zeros(words * contexts, np.float32)
    for first in range(0, len(text_N), _CHUNK):
        part = text_N[first : first + _CHUNK]
        for distance in range(1, window + 1):
            check()
            left, right = part[:-distance], part[distance:]
            for word, context in ((left, right), (right, left)):
                near = (word >= 0) & (context >= 0) & (context < contexts)
                keys = word[near] * contexts + context[near]
                found, number = np.unique(keys, return_counts=True)
                pairs_VC[found] += number.astype(np.float32) / distance
    return pairs_VC.reshape(words, contexts)


def _mutual_information(pairs_VC: np.ndarray) -> np.ndarray:
    """Return the positive pointwise mutual information, frequent contexts smoothed (power 0.75)."""
    total = max(float(pairs_VC.sum()), 1.0)
    of_word = pairs_VC.sum(axis=1, keepdims=True) / total
    of_context = pairs_VC.sum(axis=0, keepdims=True) ** _SMOOTHING
    of_context = of_context / max(float(of_context.sum()), 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        information = np.log(pairs_VC / total / (of_word * of_context))
    return np.where(pairs_VC > 0, np.maximum(information, 0), 0).astype(np.float32)


def _factorised(matrix_VC: np.ndarray, dim: int) -> np.ndarray:
    """Return unit rows VE: the left singular vectors, times the roots of their values."""
    gram_CC = (matrix_VC.T @ matrix_VC).astype(np.float64)
    values, vectors = np.linalg.eigh(gram_CC)
    best = np.argsort(-values)[:dim]
    roots = np.sqrt(np.sqrt(np.clip(values[best], 1e-12, None)))
    found_VE = (matrix_VC @ (vectors[:, best] / roots)).astype(np.float32)
    # The sign of a singular vector is free; the largest entry decides, so that every machine finds the same.
    signs = np.sign(vectors[np.abs(vectors[:, best]).argmax(axis=0), best])
    found_VE *= np.where(signs == 0, 1, signs)
    if found_VE.shape[1] < dim:
        found_VE = np.pad(found_VE, ((0, 0), (0, dim - found_VE.shape[1])))
    unit: np.ndarray = found_VE / np.maximum(np.linalg.norm(found_VE, axis=1, keepdims=True), 1e-6)
    return unit
