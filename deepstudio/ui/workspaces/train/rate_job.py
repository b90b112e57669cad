"""Looking for a learning rate, in the train lane: torch is imported there, not by the window."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deepstudio.core.job import JobContext


@dataclass(frozen=True, slots=True, kw_only=True)
class FindRate:
    """Try rising rates with `recipe` on `data`."""

    recipe: Any
    data: Path
    device: str = "auto"
    steps: int = 100


def find_rate_job(request: FindRate, context: JobContext) -> Any:
    """Job: return a `RateFinding`; partial results are `RatePoints`."""
    from deepstudio.train.rate_finder import RateFinderRequest, find_rate

    return find_rate(
        RateFinderRequest(recipe=request.recipe, data=request.data, device=request.device, steps=request.steps), context
    )
