"""Histograms over the steps of a run on one grid, with the outliers apart. No widgets; any thread.

A histogram that was taken over all values has bins as wide as its farthest outlier makes them. Here the axis covers the
bulk of all steps, and what lies outside is counted at the edges: one outlier flattens nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from deepstudio.core.training_messages import Media

_TAIL = 0.002
_ROWS = 96


@dataclass(frozen=True, slots=True, eq=False)
class HistogramGrid:
    """T histograms over B common bins: steps_T, density_TB (share of the values a bin), low..high of the axis.

    `under_T` and `over_T` are the shares outside; `smallest_T`, `largest_T` the exact ends; `bad_T` counts NaN and inf.
    """

    steps: np.ndarray
    density: np.ndarray
    low: float
    high: float
    under: np.ndarray
    over: np.ndarray
    smallest: np.ndarray
    largest: np.ndarray
    bad: np.ndarray


def make_grid(track: Sequence[Media], rows: int = _ROWS) -> HistogramGrid | None:
    """Return the histograms of `track` on common bins, None if there is nothing in them."""
    usable = [item for item in track if np.sum(item.payload["counts"]) > 0]
    if not usable:
        return None
    counts = [np.asarray(item.payload["counts"], dtype=np.float64) for item in usable]
    edges = [np.asarray(item.payload["edges"], dtype=np.float64) for item in usable]
    low, high = _bulk(counts, edges)
    common = np.linspace(low, high, rows + 1)
    density, under, over = [], [], []
    for count, edge in zip(counts, edges, strict=True):
        cumulated = np.concatenate([[0.0], np.cumsum(count)]) / count.sum()
        # Within a bin nothing is known: its values are taken as spread evenly.
        at = np.interp(common, edge, cumulated, left=0.0, right=1.0)
        density.append(np.diff(at))
        under.append(at[0])
        over.append(1 - at[-1])
    return HistogramGrid(
        steps=np.array([item.step for item in usable], dtype=np.int64),
        density=np.array(density),
        low=float(low),
        high=float(high),
        under=np.array(under),
        over=np.array(over),
        smallest=np.array([edge[0] for edge in edges]),
        largest=np.array([edge[-1] for edge in edges]),
        bad=np.array([int(np.sum(item.payload.get("non_finite", 0))) for item in usable]),
    )


def _bulk(counts: Sequence[np.ndarray], edges: Sequence[np.ndarray]) -> tuple[float, float]:
    """Return the range that holds nearly all values of nearly all steps."""
    lows, highs = [], []
    for count, edge in zip(counts, edges, strict=True):
        cumulated = np.concatenate([[0.0], np.cumsum(count)]) / count.sum()
        lows.append(edge[max(0, int(np.searchsorted(cumulated, _TAIL, side="right")) - 1)])
        highs.append(edge[min(len(edge) - 1, int(np.searchsorted(cumulated, 1 - _TAIL)))])
    low, high = float(np.min(lows)), float(np.max(highs))
    if not low < high:
        pad = max(abs(low) * 0.1, 1e-9)
        return low - pad, high + pad
    return low, high
