"""Copies among pictures: equal ones by hash, nearly equal ones by their features. Any thread.

Near copies are found exactly, by comparing all pairs as products of blocks of the feature matrix: for 60,000 pictures
2 * 10^9 pairs, some seconds. A hash would be faster and would miss some.

Shapes: N pictures, F features, P pairs.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from deepstudio.data.checks.prints import Prints

_LIKE = 0.96
_SAME = 0.996
_SHARE = 0.1
_CHROMA_TOLERANCE = 14
_SAMPLE = 2000
_RANK = 3
_ROWS, _COLUMNS = 1024, 8192


def equal_groups(prints: Prints) -> list[np.ndarray]:
    """Return the sets (indices) of readable pictures that show exactly the same."""
    shown = np.flatnonzero(prints.readable)
    _, inverse, counts = np.unique(prints.pixels[shown], return_inverse=True, return_counts=True)
    order = np.argsort(inverse, kind="stable")
    parts = np.split(shown[order], np.cumsum(counts)[:-1])
    return [part for part in parts if len(part) > 1]


def near_pairs(
    prints: Prints,
    *,
    check: Callable[[], None] = lambda: None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> np.ndarray:
    """Return pairs int64 P2 (first below second) of pictures that look like copies of each other, equal ones left out.

    Two pictures count where the cosine of their features is above 0.96 and, beside that, their distance is a tenth of
    the distance to other pictures of the set: strokes such as the digit 1 come near each other without being copies.
    """
    # One of each set of equal pictures is enough, and flat ones are alike without being copies.
    _, first = np.unique(prints.pixels, return_index=True)
    kept = np.sort(first[prints.readable[first] & ~prints.flat[first]])
    features = prints.features[kept]
    pairs, cosines = _alike(features, check, progress)
    if not len(pairs):
        return np.zeros((0, 2), np.int64)
    chroma = prints.chroma[kept]
    colour = np.abs(chroma[pairs[:, 0]] - chroma[pairs[:, 1]]).max(axis=1) <= _CHROMA_TOLERANCE
    involved, where = np.unique(pairs, return_inverse=True)
    surroundings = _surroundings(features, involved)[where.reshape(pairs.shape)].min(axis=1)
    close = 1 - cosines <= np.maximum(_SHARE * surroundings, 1 - _SAME)
    found: np.ndarray = kept[pairs[colour & close]]
    return found


def _alike(
    features: np.ndarray, check: Callable[[], None], progress: Callable[[int, int], None]
) -> tuple[np.ndarray, np.ndarray]:
    """Return all pairs P2 with a cosine of at least `_LIKE`, and the cosines P."""
    count = len(features)
    pairs: list[np.ndarray] = []
    cosines: list[np.ndarray] = []
    total = count * count // 2
    for top in range(0, count, _ROWS):
        for left in range(top, count, _COLUMNS):
            check()
            products = features[top : top + _ROWS] @ features[left : left + _COLUMNS].T
            row, column = np.nonzero(products >= _LIKE)
            upper = row + top < column + left
            row, column = row[upper], column[upper]
            pairs.append(np.stack([row + top, column + left], axis=1))
            cosines.append(products[row, column])
        progress(min(total, top * count - top * top // 2), total)
    if not pairs:
        return np.zeros((0, 2), np.int64), np.zeros(0, np.float32)
    return np.concatenate(pairs), np.concatenate(cosines)


def _surroundings(features: np.ndarray, involved: np.ndarray) -> np.ndarray:
    """Return how far the third nearest of a sample of the set is that is no copy, for each picture `involved`."""
    generator = np.random.default_rng(0)
    sample = features[generator.choice(len(features), min(_SAMPLE, len(features)), replace=False)]
    found = np.ones(len(involved), np.float32)
    for start in range(0, len(involved), 4096):
        cosines = features[involved[start : start + 4096]] @ sample.T
        cosines[cosines >= _LIKE] = -1.0
        rank = min(_RANK, cosines.shape[1])
        nearest = np.partition(cosines, cosines.shape[1] - rank, axis=1)[:, -rank]
        found[start : start + 4096] = 1 - nearest
    return found


def join_groups(pairs: np.ndarray) -> list[np.ndarray]:
    """Return the connected sets of `pairs` (P2), each sorted, by union-find."""
    parent: dict[int, int] = {}

    def root(item: int) -> int:
        while (above := parent.setdefault(item, item)) != item:
            parent[item] = parent.get(above, above)
            item = above
        return item

    for first, second in pairs.tolist():
        parent[root(first)] = root(second)
    sets: dict[int, list[int]] = {}
    for item in parent:
        sets.setdefault(root(item), []).append(item)
    return [np.array(sorted(members)) for members in sets.values()]
