"""Jobs whose engine imports torch: it is imported here, in the lane, not by the window."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAtSamples:
    """Ask the model in a file about every sample of a split, as `recipe` makes it."""

    model: Path
    data: Path
    recipe: Any
    split: str
    device: str = "auto"


def look_at_samples(request: LookAtSamples, context: JobContext) -> Any:
    """Job: return `train.inspect.Inspected`."""
    from deepstudio.train.inspect import InspectRequest, inspect_samples

    return inspect_samples(
        InspectRequest(
            model=request.model,
            data=request.data,
            recipe=request.recipe,
            split=request.split,
            device=request.device,
        ),
        context,
    )
